"""The agenda as the officer who builds it sees it: each item with its hour, its papers and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.bank_holidays import bank_holidays
from goldthread.core.governance.exemption import Audience, Marking, reason_of
from goldthread.core.governance.meetings import Deadline, in_words
from goldthread.meetings.agendas import fingerprint, in_order
from goldthread.meetings.doors import SeenItem, seen_agenda
from goldthread.meetings.house_rules import (
    clock_change,
    has_short_notice,
    notice_deadline,
    papers_deadline,
    questions_deadline,
    quorum_of,
)
from goldthread.meetings.models import AgendaItem, ItemKind, Meeting, MeetingStage, Paper, PaperStage

SPOKEN = "verbal"
"""The purpose of an item to which somebody speaks without a paper."""
SOON = timedelta(days=7)
_SATURDAY = 5
TONES = {
    PaperStage.DRAFTING: "warn",
    PaperStage.SUBMITTED: "calm",
    PaperStage.RETURNED: "warn",
    PaperStage.ACCEPTED: "good",
    PaperStage.WITHDRAWN: "calm",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item of an agenda that is being built; ``first`` and ``last`` among its fellows."""

    item: AgendaItem
    papers: tuple[Paper, ...]
    starts: datetime
    lacks_paper: bool
    first: bool
    last: bool
    goes_in: bool

    @property
    def beneath(self) -> bool:
        return self.item.parent_id is not None

    @property
    def reason(self) -> str:
        found = reason_of(self.item.reason_code)
        return found.title if found else self.item.reason_code

    @property
    def under_exempt(self) -> bool:
        """Whether an item is kept back because the one it stands beneath is."""
        parent = self.item.parent
        return parent is not None and parent.marking == Marking.EXEMPT != self.item.marking

    @property
    def goes_out(self) -> bool:
        return self.beneath and not self.item.pinned


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that is not as it should be yet; ``stops`` where the agenda cannot be published so."""

    words: str
    anchor: str = ""
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Building:
    """An agenda being built, its deadlines with their working, and what is still to be put right."""

    meeting: Meeting
    rows: tuple[Row, ...]
    seen: str
    ends: datetime
    untimed: int
    papers: Deadline
    notice: Deadline
    questions: Deadline
    cautions: tuple[Caution, ...]

    @property
    def timed(self) -> bool:
        """Whether any item has its minutes, so that there is a running time to show."""
        return any(row.item.minutes_allowed for row in self.rows)

    @property
    def stopped(self) -> bool:
        return any(caution.stops for caution in self.cautions)


def building(meeting: Meeting, *, on: date) -> Building:
    """The agenda of a meeting as its officer sees it on a day: two queries."""
    order = in_order(meeting)
    papers = _papers(meeting)
    rows = tuple(_rows(meeting, order, papers))
    ends = meeting.starts_at + sum((_length(row.item) for row in rows), timedelta())
    return Building(
        meeting=meeting,
        rows=rows,
        seen=fingerprint(order),
        ends=ends,
        untimed=sum(1 for row in rows if not row.item.minutes_allowed and _is_taken(row.item)),
        papers=papers_deadline(meeting.board, meeting.on),
        notice=notice_deadline(meeting.board, meeting.on),
        questions=questions_deadline(meeting.board, meeting.on),
        cautions=tuple(_cautions(meeting, rows, ends, on)),
    )


def as_public(meeting: Meeting, *, at: datetime) -> tuple[SeenItem, ...]:
    """The agenda as the public would see it if it were published now."""
    published = copy(meeting)
    published.board = copy(meeting.board)
    published.published_at, published.board.listed = meeting.published_at or at, True
    return seen_agenda(published, audience=Audience.PUBLIC)


def _papers(meeting: Meeting) -> dict[int, tuple[Paper, ...]]:
    found: dict[int, tuple[Paper, ...]] = {}
    rows = Paper.objects.filter(item__meeting=meeting).exclude(stage=PaperStage.WITHDRAWN)
    for paper in rows.select_related("author", "owner_office").order_by("position", "pk"):
        found[paper.item_id] = (*found.get(paper.item_id, ()), paper)
    return found


def _rows(
    meeting: Meeting, order: Sequence[AgendaItem], papers: dict[int, tuple[Paper, ...]]
) -> Iterable[Row]:
    clock = meeting.starts_at
    parents = {item.parent_id for item in order if item.parent_id}
    for item in order:
        fellows = [each.pk for each in order if each.parent_id == item.parent_id]
        own = papers.get(item.pk, ())
        yield Row(
            item=item,
            papers=own,
            starts=localtime(clock),
            lacks_paper=not own and item.pk not in parents and expects_paper(item),
            first=fellows[0] == item.pk,
            last=fellows[-1] == item.pk,
            goes_in=item.parent_id is None
            and fellows[0] != item.pk
            and item.pk not in parents
            and not item.pinned,
        )
        clock += _length(item)


def expects_paper(item: AgendaItem) -> bool:
    """Whether an item is business on which something is to be read."""
    return item.kind == ItemKind.BUSINESS and item.purpose != SPOKEN and item.withdrawn_at is None


def _length(item: AgendaItem) -> timedelta:
    return timedelta(minutes=item.minutes_allowed or 0) if _is_taken(item) else timedelta()


def _is_taken(item: AgendaItem) -> bool:
    return item.withdrawn_at is None


def _cautions(meeting: Meeting, rows: Sequence[Row], ends: datetime, on: date) -> Iterable[Caution]:
    """Everything to be put right, what stops publication first."""
    if meeting.stage not in (MeetingStage.PLANNED, MeetingStage.PUBLISHED):
        return
    yield from _of_markings(meeting, rows)
    yield from _of_papers(meeting, rows, on)
    yield from _of_the_day(meeting, rows, ends)
    if meeting.published_at is None and has_short_notice(meeting, on):
        yield Caution(_("The day for full notice has passed. The agenda needs a reason to be published now."))
    if quorum_of(meeting.board) is None:
        yield Caution(_("The board has no quorum rule. Give it one under House rules."))


def _of_markings(meeting: Meeting, rows: Sequence[Row]) -> Iterable[Caution]:
    if not rows:
        yield Caution(_("There is nothing on this agenda yet. Add its first item."), stops=True)
    for row in rows:
        item = row.item
        if not item.marking:
            words = _("Item %(number)s is not marked: say whether it is open or exempt.")
            yield Caution(words % {"number": item.number}, item.anchor, stops=True)
        if item.marking == Marking.EXEMPT and not item.reason_code:
            words = _("The exempt item %(number)s has no reason.")
            yield Caution(words % {"number": item.number}, item.anchor, stops=True)
        elif item.marking == Marking.EXEMPT and not item.public_title:
            words = _("The public is shown item %(number)s only as “Exempt item”. Give it a public title.")
            yield Caution(words % {"number": item.number}, item.anchor)
    closed = any(row.item.marking == Marking.EXEMPT and _is_taken(row.item) for row in rows)
    asked = any(row.item.kind == ItemKind.EXCLUSION for row in rows)
    if meeting.open_to_public and closed and not asked:
        yield Caution(
            _("The public may attend, and exempt business is on. Add an item to exclude the public.")
        )


def _of_papers(meeting: Meeting, rows: Sequence[Row], on: date) -> Iterable[Caution]:
    waiting = [row for row in rows if any(p.stage == PaperStage.SUBMITTED for p in row.papers)]
    if waiting:
        words = ngettext(
            "%(count)s paper was handed in and waits for you to accept it: %(items)s.",
            "%(count)s papers were handed in and wait for you to accept them: %(items)s.",
            len(waiting),
        )
        yield Caution(words % {"count": len(waiting), "items": _numbers(waiting)}, waiting[0].item.anchor)
    unmarked = [row for row in rows if any(_is_unmarked(paper) for paper in row.papers)]
    if unmarked:
        words = ngettext(
            "%(count)s paper is accepted but not marked, so members do not see it: item %(items)s.",
            "%(count)s papers are accepted but not marked, so members do not see them: items %(items)s.",
            len(unmarked),
        )
        yield Caution(words % {"count": len(unmarked), "items": _numbers(unmarked)}, unmarked[0].item.anchor)
    missing = [row for row in rows if row.lacks_paper or any(_is_out(paper) for paper in row.papers)]
    if meeting.papers_due is None or not missing or meeting.papers_due - on > SOON:
        return
    words = ngettext(
        "%(count)s paper, due %(when)s, is not in: item %(items)s.",
        "%(count)s papers, due %(when)s, are not in: items %(items)s.",
        len(missing),
    )
    facts = {"count": len(missing), "when": _when(meeting.papers_due, on), "items": _numbers(missing)}
    yield Caution(words % facts, missing[0].item.anchor)


def _is_out(paper: Paper) -> bool:
    return paper.stage in (PaperStage.DRAFTING, PaperStage.RETURNED)


def _is_unmarked(paper: Paper) -> bool:
    return paper.stage == PaperStage.ACCEPTED and not paper.marking


def _of_the_day(meeting: Meeting, rows: Sequence[Row], ends: datetime) -> Iterable[Caution]:
    change = clock_change(meeting.on)
    if change:
        way = _("forward") if change > 0 else _("back")
        words = _(
            "The clocks go %(way)s that day. The meeting keeps its time: %(time)s by the clock in the room."
        )
        yield Caution(words % {"way": way, "time": f"{localtime(meeting.starts_at):%H:%M}"})
    holiday = bank_holidays(meeting.on.year).get(meeting.on)
    if holiday or meeting.on.weekday() >= _SATURDAY:
        words = _("%(day)s is not a working day%(why)s.")
        why = f": {holiday}" if holiday else ""
        yield Caution(words % {"day": in_words(meeting.on), "why": why})
    if meeting.ends_at and ends > meeting.ends_at:
        over = int((ends - meeting.ends_at).total_seconds() // 60)
        words = _("The items take until %(end)s, %(over)s minutes more than the meeting has.")
        yield Caution(words % {"end": f"{localtime(ends):%H:%M}", "over": over})


def _numbers(rows: Sequence[Row]) -> str:
    return ", ".join(row.item.number for row in rows)


def _when(due: date, on: date) -> str:
    """A deadline as it is said today: "today", "tomorrow", "yesterday", or its date."""
    said = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return said.get((due - on).days) or in_words(due)


def due_words(due: date | None, on: date) -> str:
    """How far a deadline is: "in 5 days", "today", "2 days ago"; nothing where there is none."""
    if due is None:
        return ""
    days = (due - on).days
    if abs(days) <= 1:
        return _when(due, on)
    words = (
        ngettext("in %(n)s day", "in %(n)s days", days)
        if days > 0
        else ngettext("%(n)s day ago", "%(n)s days ago", -days)
    )
    return words % {"n": abs(days)}
