"""How a link stands, and how long a plan runs."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.core.governance.links import LinkState, Pair, judge, moved_on
from goldthread.core.governance.period import financial_year_end, plan_runs_to

READ = Pair("section 1", "clause 1")
LATER = Pair("section 2", "clause 1")


@pytest.mark.parametrize(
    ("now", "cleared", "state"),
    [
        (READ, (READ,), LinkState.COVERS),
        (LATER, (READ,), LinkState.SUSPECT),
        (Pair("section 1", "clause 2"), (READ,), LinkState.SUSPECT),
        (LATER, (READ, LATER), LinkState.COVERS),
        (READ, (READ, LATER), LinkState.COVERS),
        (Pair("section 2", "clause 2"), (LATER, Pair("section 1", "clause 2")), LinkState.SUSPECT),
        (Pair("", "clause 1"), (READ,), LinkState.ORPHANED),
        (Pair("section 1", ""), (READ,), LinkState.ORPHANED),
        (Pair("", ""), (Pair("", ""),), LinkState.ORPHANED),
        (READ, (), LinkState.SUSPECT),
    ],
)
def test_a_link_is_judged_by_the_pair_that_was_read(
    now: Pair, cleared: tuple[Pair, ...], state: LinkState
) -> None:
    assert judge(now, cleared) is state


def test_which_of_the_two_moved_on() -> None:
    assert moved_on(READ, READ) == (False, False)
    assert moved_on(LATER, READ) == (True, False)
    assert moved_on(Pair("section 1", ""), READ) == (False, True)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2016, 5, 5), date(2017, 3, 31)),
        (date(2016, 3, 31), date(2016, 3, 31)),
        (date(2016, 4, 1), date(2017, 3, 31)),
        (date(2016, 1, 1), date(2016, 3, 31)),
        (date(2020, 2, 29), date(2020, 3, 31)),
    ],
)
def test_a_financial_year_ends_on_31_march(day: date, end: date) -> None:
    assert financial_year_end(day) == end


def test_a_plan_runs_to_the_end_of_the_year_of_the_next_ordinary_election() -> None:
    """Police Reform and Social Responsibility Act 2011 s.5(1) with s.7(3): the election of 5 May 2016."""
    assert plan_runs_to(date(2016, 5, 5)) == date(2017, 3, 31)
