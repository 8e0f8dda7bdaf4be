"""The rules by which a board meets, as values: its numbering, quorum, recurrence and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from goldthread.core.governance.agenda import ItemStyle, Scheme, SubStyle
from goldthread.core.governance.bank_holidays import bank_holidays_between
from goldthread.core.governance.meetings import (
    LONDON,
    Convention,
    Deadline,
    Every,
    Moment,
    Recurrence,
    deadline,
    local_moment,
)
from goldthread.core.governance.quorum import QuorumRule
from goldthread.meetings.models import Board, Meeting

SCHEMES: Mapping[str, tuple[Scheme, str]] = MappingProxyType(
    {
        "decimal": (Scheme(ItemStyle.DECIMAL, SubStyle.BRACKETS), "8.0, and 9(a) beneath 9.0"),
        "plain": (Scheme(ItemStyle.PLAIN, SubStyle.BRACKETS), "8, and 9(a) beneath 9"),
        "letter": (Scheme(ItemStyle.PLAIN, SubStyle.LETTER), "8, and 9a beneath 9"),
        "point": (Scheme(ItemStyle.PLAIN, SubStyle.POINT), "8, and 9.1 beneath 9"),
    }
)
"""How an agenda may be numbered: the name a board keeps, the scheme, and an example."""

LONGEST_BACK = timedelta(days=120)
"""How far before a meeting holidays are looked up: farther than any period counts back."""


def scheme_of(board: Board) -> Scheme:
    """How a board numbers its agendas; as 8.0 and 9(a) where it keeps a name that is not known."""
    return SCHEMES.get(board.item_scheme, SCHEMES["decimal"])[0]


def quorum_of(board: Board) -> QuorumRule | None:
    """What makes a quorum of a board, or nothing where it has no rule."""
    kept = board.quorum or {}
    rule = QuorumRule(
        int(kept.get("number") or 0),
        Fraction(kept.get("share") or 0),
        tuple(kept.get("offices") or ()),
    )
    return rule if rule != QuorumRule() else None


def quorum_form(rule: QuorumRule) -> dict[str, Any]:
    """A quorum rule as a board keeps it."""
    return {"number": rule.number, "share": str(rule.share), "offices": list(rule.offices)}


def recurrence_of(board: Board) -> Recurrence | None:
    """How a board's meetings come round, or nothing where they do not."""
    kept = board.recurrence or {}
    if not kept.get("every"):
        return None
    ends = kept.get("ends")
    return Recurrence(
        every=Every(kept["every"]),
        weekday=int(kept["weekday"]),
        starts=date.fromisoformat(kept["starts"]),
        nth=int(kept.get("nth", 1)),
        step=int(kept.get("step", 1)),
        ends=date.fromisoformat(ends) if ends else None,
        skip_months=frozenset(kept.get("skip_months", ())),
    )


def recurrence_form(recurrence: Recurrence) -> dict[str, Any]:
    """A recurrence as a board keeps it."""
    return {
        "every": recurrence.every.value,
        "weekday": recurrence.weekday,
        "starts": recurrence.starts.isoformat(),
        "nth": recurrence.nth,
        "step": recurrence.step,
        "ends": recurrence.ends.isoformat() if recurrence.ends else None,
        "skip_months": sorted(recurrence.skip_months),
    }


def papers_deadline(board: Board, on: date) -> Deadline:
    """The last day on which papers for a meeting on a day may be handed in."""
    return deadline(on, board.papers_days, Convention.WORKING_DAYS, _holidays(on))


def notice_deadline(board: Board, on: date) -> Deadline:
    """The last day on which the agenda of a meeting on a day can be published with full notice."""
    return deadline(on, board.notice_days, Convention.CLEAR_DAYS, _holidays(on))


def questions_deadline(board: Board, on: date) -> Deadline:
    """The last day on which the public may send questions for a meeting on a day, until noon."""
    return deadline(on, board.questions_days, Convention.WORKING_DAYS, _holidays(on))


def questions_moment(board: Board, on: date) -> datetime | None:
    """Noon in London on the last day for questions."""
    return local_moment(questions_deadline(board, on).on, time(12)).at


def moment_of(on: date, at: time) -> Moment:
    """The moment of a time in London on a day; nothing where the clocks leave that time out."""
    return local_moment(on, at)


def clock_change(on: date) -> int:
    """By how many hours the clocks in London go forward (1) or back (-1) on a day; 0 on any other."""
    before, after = (
        datetime.combine(day, time(), LONDON).utcoffset() for day in (on, on + timedelta(days=1))
    )
    return round(((after or timedelta()) - (before or timedelta())) / timedelta(hours=1))


def has_short_notice(meeting: Meeting, on: date) -> bool:
    """Whether an agenda that is published on a day comes out with less notice than the board gives."""
    return on > notice_deadline(meeting.board, meeting.on).on


def _holidays(on: date) -> dict[date, str]:
    return bank_holidays_between(on - LONGEST_BACK, on)
