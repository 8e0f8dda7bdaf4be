"""What the board did about a promise: papers that examined it, decisions, and what it asked to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.exemption import Audience
from goldthread.core.governance.references import normal
from goldthread.core.governance.stages import Move
from goldthread.delivery.models import Report
from goldthread.meetings.logs import is_seen
from goldthread.meetings.models import (
    ActionState,
    Arising,
    Correction,
    Decision,
    DecisionStage,
    Paper,
    PaperStage,
    Reliance,
)
from goldthread.meetings.registers import Shown, shown
from goldthread.performance.models import ShownChart, ShownTo
from goldthread.plans.models import GateEvidence
from goldthread.thread.addresses import decision_address, paper_address
from goldthread.thread.gathered import Gathered
from goldthread.thread.gathering.measured import Measured
from goldthread.thread.gathering.relied import relied_by
from goldthread.thread.reader import is_public_paper
from goldthread.thread.refs import Kind
from goldthread.thread.stops import Piece, Stop, StopKind
from goldthread.web.templatetags.web import day, short_day

Row = TypeVar("Row", Paper, Decision)
PAPERS, DECISIONS, ASKED = 12, 12, 12
"""How many of each one thread shows; the newest, where there are more."""

QUOTED = 360
"""How much of what was resolved a thread quotes, in characters."""

TONES = {ActionState.OPEN: "calm", ActionState.DONE: "good", ActionState.CLOSED: "good"}


@dataclass(frozen=True, slots=True)
class Business:
    """The board's business with a promise, as its reader may see it."""

    papers: tuple[Paper, ...]
    decisions: tuple[Decision, ...]
    told: dict[int, Shown]
    relied: dict[int, tuple[Piece, ...]]
    reports: dict[int, tuple[Report, ...]]
    charts: dict[int, tuple[str, ...]]
    arising: tuple[Arising, ...]

    def decided_on(self, paper: Paper) -> tuple[Decision, ...]:
        """The decisions of the thread that rest on a paper."""
        return tuple(row for row in self.decisions if row.version and row.version.paper_id == paper.pk)


def business_of(found: Gathered, measured: Measured) -> Business:
    """Everything that the board did about a promise: a fixed number of queries."""
    charts: dict[int, set[str]] = {}
    for paper, measure in _shown_in(measured):
        charts.setdefault(paper, set()).add(measure)
    reports: dict[int, list[Report]] = {}
    for report in found.reports:
        if report.paper_id:
            reports.setdefault(report.paper_id, []).append(report)
    wanted = {*found.start.papers, *charts, *reports}
    papers = tuple(found.reader.papers().filter(pk__in=wanted).order_by()) if wanted else ()
    decisions = _decisions(found, papers)
    own = [row for row in decisions if row.pk in found.start.decisions]
    items = {row.item_id for row in (*papers, *own) if row.item_id}
    return Business(
        papers,
        decisions,
        _told(found, decisions),
        relied_by(found, decisions) if decisions else {},
        {pk: tuple(rows) for pk, rows in reports.items()},
        {pk: tuple(sorted(names)) for pk, names in charts.items()},
        tuple(_arising(found, items)),
    )


def _shown_in(measured: Measured) -> Iterable[tuple[int, str]]:
    """The papers in which the measures of a thread were reported to a board, with each measure's name."""
    names = {row.pk: row.name for row in measured.measures}
    if not names:
        return
    rows = ShownChart.objects.filter(to=ShownTo.BOARD, measure__in=names, paper__isnull=False)
    for paper, measure in rows.order_by("pk").values_list("paper_id", "measure_id"):
        yield paper, names[measure]


def _decisions(found: Gathered, papers: Iterable[Paper]) -> tuple[Decision, ...]:
    """The decisions of a thread: those that it names, that approved its priorities, that rest on its
    papers, that relied on an edition of its plans, or by which such an edition was issued."""
    named = {*found.start.decisions, *(each.decision for each in found.taken if each.decision)}
    wanted = Q(pk__in=named) | Q(version__paper__in=[row.pk for row in papers])
    editions = _editions(found)
    if editions:
        on_editions = Q(target="edition", target_id__in=editions)
        wanted |= Q(pk__in=Reliance.objects.filter(on_editions).values("decision"))
    references = {normal(words) for words in _issued_by(found)}
    if references:
        wanted |= Q(normal__in=references)
    rows = found.reader.decisions().filter(wanted).exclude(stage=DecisionStage.WITHDRAWN)
    return tuple(rows.order_by("decided_on", "pk"))


def _editions(found: Gathered) -> set[int]:
    """The editions in which the promises of a thread stand."""
    return {
        edition.pk
        for plan, place in found.places
        for edition in found.plans[plan].issued
        if found.plans[plan].said[edition.pk].said_at(place)
    }


def _issued_by(found: Gathered) -> Iterator[str]:
    """The references of the decisions by which editions with the promises of a thread were issued."""
    editions = _editions(found)
    for read in found.plans.values():
        for edition in read.issued:
            if edition.pk in editions:
                rows: Iterable[GateEvidence] = edition.evidence.all()
                yield from (row.reference for row in rows if row.gate == Move.ISSUE and row.reference)


def _told(found: Gathered, decisions: Iterable[Decision]) -> dict[int, Shown]:
    """Decisions in corrected words, as the reader may see them."""
    corrected: dict[int, list[Correction]] = {}
    for row in Correction.objects.filter(decision__in=[each.pk for each in decisions]):
        corrected.setdefault(row.decision_id, []).append(row)
    audience = found.reader.audience
    return {
        row.pk: shown(row, audience=audience(row.register.body), corrections=corrected.get(row.pk, ()))
        for row in decisions
    }


def _arising(found: Gathered, items: set[int]) -> Iterator[Arising]:
    """The actions that arose where the thread came before the board, as far as the reader may see them."""
    wanted = Q(pk__in=found.start.arising) | Q(item__in=items)
    rows = Arising.objects.filter(wanted).select_related(
        "board__body", "meeting__minutes", "meeting__board", "item__parent"
    )
    for row in rows.order_by("meeting__on", "number"):
        if found.reader.sees(row):
            yield row


def stops(found: Gathered, business: Business) -> Iterator[Stop]:
    """The papers of a thread, each with what was decided on it and asked for; then decisions and actions
    arising that stand by themselves.

    A decision that approved a priority is told where the priority is, unless it is what the thread is about.
    """
    papers = tuple(_newest(found, business.papers, PAPERS))
    told = {each.decision for each in found.taken}
    told |= {row.pk for paper in papers for row in business.decided_on(paper)}
    alone = [row for row in business.decisions if row.pk not in told or row == found.start.thing]
    items = {paper.item_id for paper in papers}
    yield from (_examined(found, business, row) for row in papers)
    yield from (_decided(found, business, row) for row in _newest(found, alone, DECISIONS))
    for row in business.arising[-ASKED:]:
        if row.item_id not in items or row == found.start.thing:
            yield _arisen(found, row)


def left_out(business: Business) -> Iterator[str]:
    """What of the board's business a thread does not show one by one, in words."""
    for rows, most, words in (
        (business.papers, PAPERS, _("%(count)d earlier papers")),
        (business.arising, ASKED, _("%(count)d earlier actions arising")),
    ):
        if len(rows) > most:
            yield words % {"count": len(rows) - most}


def _newest(found: Gathered, rows: Sequence[Row], most: int) -> Iterator[Row]:
    """The newest of some rows, and whatever the thread starts from."""
    begin = len(rows) - most
    for place, row in enumerate(sorted(rows, key=_when)):
        if place >= begin or row == found.start.thing:
            yield row


def _when(row: Paper | Decision) -> date:
    """The day of a decision, or of the meeting that a paper is for."""
    if isinstance(row, Decision):
        return row.decided_on or row.made_at.date()
    return row.item.meeting.on if row.item else row.dated or row.made_at.date()


def _examined(found: Gathered, business: Business, row: Paper) -> Stop:
    """A paper that examined the promise: what it was, and what the board did with it."""
    when = _when(row)
    decided = business.decided_on(row)
    outcomes = [business.told[each.pk].outcome for each in decided]
    status = _("Decided: %(outcome)s") % {"outcome": outcomes[0].lower()} if any(outcomes) else _stage(row)
    reports = business.reports.get(row.pk, ())
    report = reports[0] if reports else None
    at_board = f"{row.board.short}, {_('item')} {row.item.number}" if row.item else row.board.short
    return Stop(
        StopKind.EXAMINED,
        when,
        short_day(when),
        str(report) if report else row.title,
        paper_address(row, public=found.reader.public),
        status,
        "calm" if decided else "warn",
        f"{row.title}. {at_board}." if report else f"{at_board}.",
        tuple(_kept(business, row, report)),
        (*(decision_piece(found, business, each) for each in decided), *_asked(found, business, row)),
        done=bool(decided) or row.stage == PaperStage.ACCEPTED,
        here=row == found.start.thing or (found.start.kind is Kind.REPORT and report == found.start.thing),
        public=is_public_paper(row),
        thread=(Kind.PAPER.value, row.slug),
    )


def decision_piece(found: Gathered, business: Business, row: Decision, *, short: bool = False) -> Piece:
    """A decision told beneath what it was about: what was resolved, and whether what it relied on stands."""
    told = business.told[row.pk]
    return Piece(
        f"{told.reference} {told.title}".strip(),
        decision_address(row, public=found.reader.public),
        said="" if short else cut(told.resolved),
        quiet=relied_words(business.relied.get(row.pk, ())),
    )


def relied_words(relied: Sequence[Piece]) -> str:
    """How many texts a decision relied on, and how many of them have moved on since."""
    if not relied:
        return ""
    moved = sum(piece.tone == "warn" for piece in relied)
    facts = {"count": len(relied), "moved": moved}
    if not moved:
        return (
            ngettext(
                "It relied on one text, which stands as decided.",
                "It relied on %(count)d texts, which stand as decided.",
                len(relied),
            )
            % facts
        )
    return (
        ngettext(
            "It relied on one text, which has moved on since.",
            "It relied on %(count)d texts, of which %(moved)d moved on since.",
            len(relied),
        )
        % facts
    )


def cut(words: str) -> str:
    """Words as a thread quotes them: on one line, and not all where they are many."""
    line = " ".join(words.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED].rsplit(' ', 1)[0]} …"


def _asked(found: Gathered, business: Business, paper: Paper) -> Iterator[Piece]:
    """The actions that arose where a paper came before the board."""
    for row in business.arising:
        if row.item_id == paper.item_id and row != found.start.thing:
            stop = _arisen(found, row)
            words = f"{stop.title}: {row.words}"
            yield Piece(words, stop.href, stop.status, stop.tone, quiet=stop.quiet_line)


def _stage(row: Paper) -> str:
    if row.stage == PaperStage.ACCEPTED:
        return _("Before the board")
    return str(PaperStage(row.stage).label)


def _kept(business: Business, row: Paper, report: Report | None) -> Iterator[str]:
    if report is not None and report.frozen_at is not None:
        facts = {"day": day(report.frozen_at)}
        yield _("It keeps the words and figures that the board saw, frozen on %(day)s.") % facts
    names = business.charts.get(row.pk, ())
    if names:
        yield _("It showed the board: %(names)s.") % {"names": ", ".join(names)}


def _decided(found: Gathered, business: Business, row: Decision) -> Stop:
    """A decision: what was resolved, what it relied on, and whether that has moved on."""
    told = business.told[row.pk]
    when = _when(row)
    return Stop(
        StopKind.DECIDED,
        when,
        short_day(when),
        f"{told.reference} {told.title}".strip(),
        decision_address(row, public=found.reader.public),
        told.outcome or told.stage_words,
        "calm" if row.stage == DecisionStage.DECIDED else "warn",
        cut(told.resolved),
        pieces=business.relied.get(row.pk, ()),
        done=row.stage == DecisionStage.DECIDED,
        here=row == found.start.thing,
        public=row.published_at is not None and row.marking == "open",
        thread=(Kind.DECISION.value, row.slug or str(row.pk)),
    )


def _arisen(found: Gathered, row: Arising) -> Stop:
    """An action that the board asked for: what, by when, and how it stands."""
    on = found.reader.on
    late = row.is_overdue(on)
    due = row.due_words or (day(row.due) if row.due else "")
    owner = "" if found.reader.public else row.owner_words
    quiet = [_("Due %(day)s.") % {"day": due}] if due else []
    quiet += [_("Owed by %(who)s.") % {"who": owner}] if owner else []
    href = row.get_absolute_url()
    if found.reader.public:
        href = reverse("meetings:site-actions", args=[row.board.slug])
    return Stop(
        StopKind.ARISEN,
        row.meeting.on,
        short_day(row.meeting.on),
        _("Action %(number)s of the %(board)s") % {"number": row.number, "board": row.board.short},
        href,
        _("Late") if late else str(row.get_state_display()),
        "bad" if late else TONES.get(ActionState(row.state), "calm"),
        row.words,
        tuple(quiet),
        done=not row.is_open,
        here=row == found.start.thing,
        public=is_seen(row, Audience.PUBLIC),
        thread=(Kind.ARISING.value, f"{row.board.slug}.{row.number.replace('/', '-')}"),
    )
