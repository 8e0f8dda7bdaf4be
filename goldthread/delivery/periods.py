"""Periods as pages show them: who has spoken in one that is open, what changed in one that is closed."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import ActionState, PriorityStage, UpdateStage
from goldthread.delivery.models import Action, Period, Update
from goldthread.delivery.snapshots import LineThen, changes, read_line
from goldthread.delivery.updates import HEARD
from goldthread.plans.comparing import sheet_cell

COLUMNS = (
    "Theme",
    "Kind",
    "Number",
    "Title",
    "Owner",
    "Status",
    "What the status means",
    "Last word",
    "Given as",
    "Given on",
    "How it stood",
    "Why",
    "First due",
    "Expected",
    "Done",
    "Weight",
    "Share done",
    "Seal",
)


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who owes word in an open period: an office or a name, and the actions it owes word of."""

    owner: str
    office: int | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an open period has come: actions that want word, those that have it, and who is silent."""

    wanted: int
    heard: int
    waiting: int
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of a closed period with what changed in it since the one before.

    ``owner`` is empty where a milestone is its action's owner's, who stands above it.
    """

    line: LineThen
    changes: tuple[str, ...]
    owner: str


def progress_of(period: Period) -> Progress:
    """Who has given word in a period that is open, and who has not: three queries."""
    rows = Action.objects.filter(
        priority__body=period.body_id,
        priority__stage=PriorityStage.LIVE,
        state__in=(ActionState.PLANNED, ActionState.UNDER_WAY),
    ).filter(Q(starts__isnull=True) | Q(starts__lte=period.ends))
    heard = heard_in(period).filter(action=OuterRef("pk"))
    wanted = list(rows.annotate(heard=Exists(heard)).select_related("owner_office").order_by("pk"))
    by_owner: defaultdict[tuple[str, int | None], list[Action]] = defaultdict(list)
    for action in wanted:
        if not action.heard:
            title = action.owner_office.title if action.owner_office else action.owner_words
            by_owner[title or _("Nobody yet"), action.owner_office_id].append(action)
    silent = tuple(Silent(owner, office, tuple(found)) for (owner, office), found in by_owner.items())
    waiting = period.updates.filter(stage=UpdateStage.GIVEN).count()
    return Progress(
        len(wanted),
        sum(action.heard for action in wanted),
        waiting,
        tuple(sorted(silent, key=lambda each: (-len(each.actions), each.owner))),
    )


def heard_in(period: Period) -> QuerySet[Update]:
    """The updates that stand and were given in a period or for it."""
    since = Q(period=period) | Q(given_at__date__gte=period.starts, given_at__date__lte=period.ends)
    return Update.objects.filter(since, body=period.body_id, stage__in=HEARD)


def before(period: Period) -> Period | None:
    """The last period that was closed before this one."""
    rows = Period.objects.filter(body=period.body_id, closed_at__isnull=False, starts__lt=period.starts)
    return rows.order_by("-starts").first()


def kept_by_theme(period: Period) -> Iterator[tuple[str, tuple[Kept, ...]]]:
    """A closed period's lines under their themes, each with what changed since the period before."""
    was = _by_thing(before(period))
    on = localdate(period.closed_at)
    themes: dict[str, list[Kept]] = {}
    above = ""
    for row in period.lines.all():
        line = read_line(row)
        owner = "" if line.kind == "milestone" and line.owner == above else line.owner
        above = line.owner if line.kind == "action" else above
        said = changes(was.get((line.kind, line.ref_id)), line, on) if was else ()
        themes.setdefault(line.theme, []).append(Kept(line, said, owner))
    yield from ((theme, tuple(found)) for theme, found in themes.items())


def _by_thing(period: Period | None) -> Mapping[tuple[str, int], LineThen]:
    rows = period.lines.all() if period else ()
    return {(row.kind, row.ref_id): read_line(row) for row in rows}


def as_csv(period: Period) -> bytes:
    """A closed period as a table, from what was kept of it and nothing else."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in period.lines.all():
        writer.writerow([sheet_cell(cell) for cell in _cells(read_line(row), row.seal)])
    return out.getvalue().encode("utf-8-sig")


def _cells(line: LineThen, seal: str) -> tuple[str, ...]:
    last = line.last
    return (
        line.theme,
        line.kind,
        line.number,
        line.title,
        line.owner,
        last.word if last else "",
        last.meaning if last else "",
        last.words if last else "",
        last.given_as if last else "",
        _day(last.given_on if last else None),
        line.word,
        line.words,
        _day(line.baseline),
        _day(line.forecast),
        _day(line.finished),
        str(line.weight),
        line.share,
        seal,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
