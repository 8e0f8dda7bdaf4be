"""Runs: what chance allows, and medians set afresh."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from scipy.stats import binom

from goldthread.core.spc.run import Runs, crossings_needed, longest_allowed, medians, runs

START = date(2024, 1, 1)


def _series(values: list[float]) -> list[tuple[date, float]]:
    return [(START + timedelta(at), value) for at, value in enumerate(values)]


@pytest.mark.parametrize("useful", [2, 3, 10, 13, 24, 36, 61, 100, 250])
def test_crossings_are_the_lower_twentieth_of_a_fair_coin(useful: int) -> None:
    """Checked against SciPy's binomial distribution."""
    assert crossings_needed(useful) == int(binom.ppf(0.05, useful - 1, 0.5))


def test_one_point_need_not_cross() -> None:
    assert crossings_needed(1) == 0


@pytest.mark.parametrize(("useful", "allowed"), [(10, 6), (16, 7), (24, 8), (36, 8), (60, 9)])
def test_longest_run_that_chance_allows(useful: int, allowed: int) -> None:
    """Anhøj and Olesen (2014), table 1."""
    assert longest_allowed(useful) == allowed


def test_points_on_the_line_are_left_out() -> None:
    assert runs([1, 5, 3, 3, 5], [3] * 5) == Runs(False, 2, 5, 1, 0, 3)


def test_nothing_off_the_line_says_nothing() -> None:
    assert runs([3, 3, float("nan")], [3] * 3) == Runs(False, None, None, None, None, 0)


def test_a_shift_is_a_signal() -> None:
    assert runs([1] * 12 + [9] * 12, [5] * 24).signal


def test_medians_follow_each_sustained_run() -> None:
    values = [5, 6, 5, 4, 5, 9, 9, 8, 5, 9, 8, 20, 21, 22, 20, 4]
    found = medians({"a": _series(values)}, baseline=5, length=4, direction="above")
    assert [(one.median, one.sustained) for one in found] == [(5, False), (9, True), (20.5, True)]
    assert found[1].start == START + timedelta(5)
    assert found[1].end == START + timedelta(9)
    assert found[0].extend_to == found[1].start
    assert found[2].extend_to == START + timedelta(15)


def test_a_group_that_is_too_short_for_a_run_keeps_its_baseline() -> None:
    groups = {"long": _series([5] * 5 + [9] * 5), "short": _series([5] * 5 + [9])}
    found = medians(groups, baseline=5, length=5, direction="both")
    assert [(one.group, one.sustained) for one in found] == [
        ("long", False),
        ("short", False),
        ("long", True),
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"baseline": 9, "length": 9, "direction": "up"}, "above, below or both"),
        ({"baseline": 9, "length": 9, "direction": "both"}, "no group is long enough"),
        ({"baseline": 0, "length": 9, "direction": "both"}, "at least one point"),
    ],
)
def test_what_cannot_be_followed_is_said(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        medians({"a": _series([1, 2, 3])}, **options)  # type: ignore[arg-type]
