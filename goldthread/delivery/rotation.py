"""The rotation of themes: when each was last seen in depth, when it comes next, what became of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.years import year_days
from goldthread.delivery.models import Report, ReportKind
from goldthread.delivery.themes import Theme, themes_of
from goldthread.meetings.models import (
    Board,
    Decision,
    DecisionStage,
    MeetingStage,
    Paper,
    PaperStage,
    Planned,
    PlannedState,
)
from goldthread.plans.models import Document
from goldthread.web.templatetags.web import day

IN_DEPTH = ("in depth", "in-depth")
COMING = (PlannedState.PLANNED, PlannedState.ON_AGENDA)
UNSEEN = 12
"""After how many months without it a theme has gone unseen too long."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a theme stands in the rotation. ``since`` is from when it waits if it was never seen."""

    theme: Theme
    last: date | None
    paper: Paper | None
    planned: Planned | None
    draft: Report | None
    months: int | None
    overdue: bool = False

    @property
    def words(self) -> str:
        """When it was last seen and when it comes next, in a sentence or two."""
        if self.last is None:
            seen = _("Never seen in depth.")
        elif not self.months:
            seen = _("Seen in depth on %(day)s.") % {"day": day(self.last)}
        else:
            ago = ngettext("%d month ago", "%d months ago", self.months) % self.months
            seen = _("Last seen in depth on %(day)s, %(ago)s.") % {"day": day(self.last), "ago": ago}
        return f"{seen} {self._next()}"

    def _next(self) -> str:
        if self.planned is None:
            return _("Not planned.") if self.last is None else _("Not planned again.")
        if self.overdue:
            return _("It was planned for %(day)s and has not come.") % {"day": day(self.planned.due)}
        return _("Planned for %(day)s.") % {"day": day(self.planned.due)}

    @property
    def status(self) -> tuple[str, str]:
        """A word for it, and its tone."""
        if self.overdue:
            return _("overdue"), "bad"
        if self.planned is not None:
            return _("planned"), "good"
        if self.last is None or (self.months or 0) >= UNSEEN:
            return _("unseen"), "bad"
        return _("not planned"), "warn"


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the forward plan for a theme in depth, or a report without one, and what became of it."""

    theme: str
    planned: Planned | None
    paper: Paper | None
    decisions: tuple[Decision, ...] = ()
    overdue: bool = False

    @property
    def first(self) -> date | None:
        """The day for which it was first planned."""
        if self.planned is None:
            return None
        return date.fromisoformat(self.planned.moves[0][0]) if self.planned.moves else self.planned.due

    @property
    def moves(self) -> tuple[tuple[date | None, str], ...]:
        """Each time that it was moved: to which day (nothing where it was dropped), and why."""
        rows = self.planned.moves if self.planned is not None else ()
        return tuple((date.fromisoformat(to) if to else None, why) for _was, to, why, _at, _by in rows)

    @property
    def held(self) -> date | None:
        """The day of the meeting that took it."""
        return self.paper.item.meeting.on if self.paper is not None else None

    @property
    def status(self) -> tuple[str, str]:
        """What became of it in a word, and its tone."""
        if self.paper is not None:
            if self.planned is None:
                return _("taken without being planned"), "warn"
            return (_("taken as planned"), "good") if self.held == self.first else (_("taken later"), "warn")
        if self.planned is not None and self.planned.state == PlannedState.DROPPED:
            return _("dropped"), "calm"
        return (_("overdue"), "bad") if self.overdue else (_("to come"), "calm")


def rotation(plan: Document, board: Board | None, year: int, on: date) -> tuple[Turn, ...]:
    """Every theme of a plan, the one that waits longest first: a few queries for them all."""
    themes = worked_on(plan, year, on)
    papers = _seen(plan, on)
    lines = lines_in_depth(board, themes) if board is not None else ()
    drafts = {
        each.theme_key: each
        for each in Report.objects.filter(plan=plan, kind=ReportKind.IN_DEPTH, frozen_at=None, year=year)
        .exclude(paper=None)
        .exclude(paper__stage=PaperStage.WITHDRAWN)
    }
    turns = [_turn(each, papers, lines, drafts.get(each.key), on) for each in themes]
    return tuple(sorted(turns, key=lambda each: (each.last or date.min, each.theme.title)))


def worked_on(plan: Document, year: int, on: date) -> list[Theme]:
    """The themes of a plan for which priorities were ever written: an introduction is none of them."""
    used = frozenset(plan.priorities.values_list("theme_key", flat=True).distinct())
    return [each for each in themes_of(plan, on, plan.priorities.filter(year=year)) if each.key in used]


def _turn(
    theme: Theme, papers: dict[str, Paper], lines: Sequence[Planned], draft: Report | None, on: date
) -> Turn:
    name = theme.title.casefold()
    own = [each for each in lines if each.theme.casefold() == name]
    paper = papers.get(theme.key)
    seen = [paper.item.meeting.on] if paper is not None else []
    seen += [each.due for each in own if each.state == PlannedState.DONE and each.due <= on]
    last = max(seen, default=None)
    coming = sorted((each for each in own if each.state in COMING), key=lambda each: each.due)
    planned = coming[0] if coming else None
    months = _months(last, on) if last else None
    overdue = planned is not None and planned.due < on
    return Turn(
        theme,
        last,
        paper if paper and paper.item.meeting.on == last else None,
        planned,
        draft,
        months,
        overdue,
    )


def _months(last: date, on: date) -> int:
    return max(0, (on.year - last.year) * 12 + on.month - last.month - (on.day < last.day))


def _seen(plan: Document, on: date) -> dict[str, Paper]:
    """The paper by which each theme was last seen in depth at a meeting, by theme."""
    rows = Report.objects.filter(
        plan=plan,
        kind=ReportKind.IN_DEPTH,
        frozen_at__isnull=False,
        paper__stage=PaperStage.ACCEPTED,
        paper__item__withdrawn_at=None,
        paper__item__meeting__stage=MeetingStage.HELD,
        paper__item__meeting__on__lte=on,
    )
    rows = rows.select_related("paper__item__meeting__board", "paper__item__planned")
    return {each.theme_key: each.paper for each in rows.order_by("paper__item__meeting__on", "pk")}


def lines_in_depth(board: Board, themes: Iterable[Theme]) -> tuple[Planned, ...]:
    """The lines of a board's forward plan that are for one of these themes in depth, in order of days."""
    names = {each.title.casefold() for each in themes}
    rows = board.planned.exclude(theme="").order_by("due", "pk")
    return tuple(
        each
        for each in rows
        if each.theme.casefold() in names and any(words in each.title.casefold() for words in IN_DEPTH)
    )


def reconciled(plan: Document, board: Board, year: int, on: date) -> tuple[Happened, ...]:
    """What was planned in depth for a year, beside what came of it; then what came without being planned."""
    starts, ends = year_days(year)
    themes = worked_on(plan, year, on)
    lines = [each for each in lines_in_depth(board, themes) if _in_year(each, starts, ends)]
    papers = _papers(plan, board, starts, ends)
    decisions = _decisions(papers)
    by_line = {paper.item.planned_id: paper for paper in papers.values() if paper.item.planned_id}
    found, used = [], set()
    for line in lines:
        paper = by_line.get(line.pk)
        used |= {paper.pk} if paper else set()
        late = line.state == PlannedState.PLANNED and line.due < on
        found.append(Happened(line.theme, line, paper, decisions.get(paper.pk, ()) if paper else (), late))
    titles = {each.paper_id: each.theme_title for each in Report.objects.filter(paper__in=papers)}
    for pk, paper in papers.items():
        if pk not in used:
            found.append(Happened(titles[pk], None, paper, decisions.get(pk, ())))
    return tuple(found)


def _in_year(line: Planned, starts: date, ends: date) -> bool:
    days = [line.due, *(date.fromisoformat(move[0]) for move in line.moves)]
    return any(starts <= each <= ends for each in days)


def _papers(plan: Document, board: Board, starts: date, ends: date) -> dict[int, Paper]:
    """The in-depth reports that a board took at its meetings in a time, by paper."""
    rows = Paper.objects.filter(
        board=board,
        reports__plan=plan,
        reports__kind=ReportKind.IN_DEPTH,
        stage=PaperStage.ACCEPTED,
        item__withdrawn_at=None,
        item__meeting__stage=MeetingStage.HELD,
        item__meeting__on__range=(starts, ends),
    )
    rows = rows.select_related("item__meeting__board", "item__planned").distinct()
    return {each.pk: each for each in rows.order_by("item__meeting__on", "pk")}


def _decisions(papers: Iterable[int]) -> dict[int, tuple[Decision, ...]]:
    rows = Decision.objects.filter(version__paper__in=list(papers), stage=DecisionStage.DECIDED)
    found: dict[int, tuple[Decision, ...]] = {}
    for row in rows.select_related("version", "register").order_by("pk"):
        found[row.version.paper_id] = (*found.get(row.version.paper_id, ()), row)
    return found


def suggested(themes: Sequence[Theme], meetings: Sequence[date], year: int, on: date) -> dict[str, date]:
    """A day for each theme, spread over the rest of a year, on meetings that are called if enough are."""
    starts, ends = year_days(year)
    first = max(starts, on)
    days = sorted(each for each in meetings if first <= each <= ends)
    count = len(themes)
    if not count or first > ends:
        return {}
    if len(days) >= count:
        return {each.key: days[(at + 1) * len(days) // count - 1] for at, each in enumerate(themes)}
    step = (ends - first).days // count
    return {each.key: first + timedelta(days=step * (at + 1)) for at, each in enumerate(themes)}
