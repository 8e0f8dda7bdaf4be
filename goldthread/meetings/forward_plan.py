"""The forward plan as it is read: month by month, themes not seen for long, and against what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from goldthread.core.governance.exemption import Audience, allowed
from goldthread.meetings.doors import EXEMPT_TITLE, chain_of
from goldthread.meetings.models import (
    AgendaItem,
    Board,
    Decision,
    Meeting,
    MeetingStage,
    Planned,
    PlannedState,
)

MONTHS_UNSEEN = 12
"""After how many months without it a theme is called unseen."""


@dataclass(frozen=True, slots=True)
class Move:
    """That planned business was moved: from which day to which (nothing where it was dropped), and why."""

    was: date
    to: date | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the forward plan as its reader may see it; ``overdue`` where its day passed without it."""

    planned: Planned
    title: str
    item: AgendaItem | None
    moves: tuple[Move, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the forward plan: the meetings in it, and what is planned for it."""

    first: date
    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that no meeting has taken for long: when last, and for when it is planned."""

    name: str
    last: date | None
    planned: date | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was planned for decision and held without one, and what was decided without being planned."""

    undecided: tuple[Line, ...]
    unplanned: tuple[Decision, ...]


def lines(board: Board, *, audience: Audience, on: date) -> tuple[Line, ...]:
    """The forward plan of a board as an audience may see it on a day, in order of days: two queries.

    The public sees what is listed. A line whose item is not for its reader has only its public title.
    """
    rows = board.planned.select_related("lead")
    if audience is Audience.PUBLIC:
        rows = rows.filter(listed=True)
    items = _items(board)
    return tuple(_line(row, items.get(row.pk), audience, on) for row in rows)


def _items(board: Board) -> dict[int, AgendaItem]:
    """The item on which each line stands: one that was not withdrawn before any other, then the newest."""
    rows = AgendaItem.objects.filter(planned__board=board).select_related("meeting__board", "parent")
    return {item.planned_id: item for item in rows.order_by(F("withdrawn_at").asc(nulls_last=True), "pk")}


def _line(planned: Planned, item: AgendaItem | None, audience: Audience, on: date) -> Line:
    title = planned.title
    shown = item is None or allowed(*chain_of(item), audience=audience)
    late = planned.state == PlannedState.PLANNED and planned.due < on
    if not shown:
        title = item.public_title or EXEMPT_TITLE
        planned = _only_its_day(planned)
    moves = tuple(_move(row) for row in planned.moves) if shown else ()
    return Line(planned, title, item if shown else None, moves, late)


def _only_its_day(planned: Planned) -> Planned:
    """A line of which a reader is told no more than for which day it is planned."""
    return Planned(pk=planned.pk, board=planned.board, due=planned.due, state=planned.state)


def _move(row: list[str]) -> Move:
    was, to, reason, _at, by = row
    return Move(date.fromisoformat(was), date.fromisoformat(to) if to else None, reason, by)


def months(board: Board, found: Iterable[Line], first: date) -> tuple[Month, ...]:
    """Lines and meetings from a month on, by month; what is overdue stands in the first."""
    first = first.replace(day=1)
    by_month: dict[date, list[Line]] = {}
    for line in found:
        if line.planned.state == PlannedState.DROPPED:
            continue
        month = line.planned.due.replace(day=1)
        if month >= first or line.overdue:
            by_month.setdefault(max(month, first), []).append(line)
    called: dict[date, list[Meeting]] = {}
    coming = board.meetings.filter(on__gte=first).exclude(stage=MeetingStage.CANCELLED).order_by("starts_at")
    for meeting in coming.select_related("board"):
        called.setdefault(meeting.on.replace(day=1), []).append(meeting)
    every = sorted({*by_month, *called})
    return tuple(
        Month(month, tuple(called.get(month, ())), tuple(by_month.get(month, ()))) for month in every
    )


def unseen_themes(found: Iterable[Line], on: date, after: int = MONTHS_UNSEEN) -> tuple[Theme, ...]:
    """The themes that no meeting has taken in the last ``after`` months, longest first."""
    last: dict[str, date | None] = {}
    coming: dict[str, date] = {}
    for line in found:
        theme, due = line.planned.theme, line.planned.due
        if not theme or line.planned.state == PlannedState.DROPPED:
            continue
        last.setdefault(theme, None)
        if line.planned.state == PlannedState.DONE:
            last[theme] = max(last[theme] or due, due)
        else:
            coming[theme] = min(coming.get(theme, due), due)
    limit = _months_before(on, after)
    unseen = [Theme(name, seen, coming.get(name)) for name, seen in last.items() if not seen or seen < limit]
    return tuple(sorted(unseen, key=lambda theme: (theme.last or date.min, theme.name)))


def _months_before(on: date, months: int) -> date:
    count = on.year * 12 + on.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def reconcile(board: Board, found: Iterable[Line], decisions: QuerySet[Decision]) -> Reconciled:
    """The forward plan against the decisions that its reader may see."""
    taken = decisions.filter(board=board, decided_at__isnull=False).select_related("item__planned", "meeting")
    decided = {decision.item.planned_id for decision in taken if decision.item_id}
    undecided = tuple(
        line
        for line in found
        if line.planned.purpose == "decision"
        and line.planned.state == PlannedState.DONE
        and line.planned.pk not in decided
    )
    unplanned = tuple(
        decision for decision in taken if decision.item is not None and decision.item.planned_id is None
    )
    return Reconciled(undecided, unplanned)
