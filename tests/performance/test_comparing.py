"""Forces compared: weighted averages, places in order, who is left out, and when a funnel can be drawn."""

from __future__ import annotations

from datetime import date

import pytest

from goldthread.core.spc.values import Better, Stated
from goldthread.files.charts.model import Unit
from goldthread.performance.comparing import Compared, Standing, beyond_chance, funnel_of, strip_of

PER_THOUSAND = Unit(words="per 1,000 people", decimals=1)
WORDS = ("most similar group", "all")


def compared(*standings: Standing, group: tuple[str, ...] = ("b", "c"), share: bool = False) -> Compared:
    return Compared("a", group, standings, date(2025, 1, 1), date(2025, 12, 1), 1000, share=share)


def force(slug: str, counted: float, size: float, *, told: int = 12, suppressed: bool = False) -> Standing:
    return Standing(slug, slug.upper(), counted, size, told, 12, suppressed)


def many(*counts: float) -> Compared:
    return compared(*(force(chr(97 + n), count, 100_000) for n, count in enumerate(counts)))


def strip(found: Compared, words: tuple[str, str] = WORDS):
    return strip_of(
        found,
        title="Burglary",
        measure="Burglary",
        unit=PER_THOUSAND,
        better=Better.DOWN,
        period="2025",
        words=words,
    )


def funnel(found: Compared):
    return funnel_of(
        found,
        title="Burglary",
        measure="Burglary",
        unit=PER_THOUSAND,
        size_unit="people",
        better=Better.DOWN,
        period="2025",
    )


def test_averages_are_weighted_by_people() -> None:
    found = compared(force("a", 500, 100_000), force("b", 100, 100_000), force("c", 900, 300_000))
    assert found.average(("b", "c")) == pytest.approx(2.5)
    assert found.average() == pytest.approx(3.0)
    assert found.place({"a", "b", "c"}) == (1, 3)


def test_who_did_not_tell_every_month_stands_at_the_end_without_a_rate() -> None:
    found = compared(
        force("a", 500, 100_000),
        force("b", 100, 90_000, told=11),
        force("c", 0, 80_000, told=9, suppressed=True),
    )
    bars = strip(found).bars
    assert [(bar.area, bar.value, bar.stated) for bar in bars] == [
        ("A", 5.0, Stated.VALUE),
        ("B", None, Stated.MISSING),
        ("C", None, Stated.SUPPRESSED),
    ]
    assert found.average(("b", "c")) is None


def test_a_force_with_hardly_any_residents_is_left_out_of_rates_but_not_of_shares() -> None:
    standings = (force("a", 500, 900_000), force("b", 400, 800_000), force("c", 300, 9_000))
    assert [each.slug for each in compared(*standings).small] == ["c"]
    assert compared(*standings, share=True).small == ()


def test_our_own_force_is_never_left_out() -> None:
    found = compared(force("a", 30, 9_000), force("b", 400, 800_000), force("c", 300, 900_000))
    assert found.small == ()
    assert found.standing("a") is not None


def test_without_a_group_only_the_average_of_all_is_drawn() -> None:
    found = compared(force("a", 500, 100_000), force("b", 100, 100_000), group=())
    assert [average.words for average in strip(found).averages] == ["all"]


def test_no_funnel_is_drawn_of_few_forces_or_of_nothing() -> None:
    assert funnel(many(*[300] * 9)) is None
    assert funnel(many(*[0] * 12)) is None


def test_a_funnel_says_how_much_forces_differ_beyond_chance() -> None:
    found = funnel(many(100, 900, *range(200, 800, 50)))
    assert found is not None
    chart, judged = found
    chance, allowing = beyond_chance(judged)
    assert (chart.overdispersed, chance > allowing) == (True, True)
    assert chart.centre == pytest.approx(many(100, 900, *range(200, 800, 50)).average())
    assert all(limit.lower < chart.centre < limit.upper for limit in chart.limits)
    assert all(limit.outer_lower <= limit.lower <= limit.upper <= limit.outer_upper for limit in chart.limits)


def test_forces_that_differ_by_chance_alone_lie_within_its_limits() -> None:
    found = funnel(many(*[300, 305, 295, 310, 290, 302, 298, 301, 299, 304, 296, 300]))
    assert found is not None
    chart, judged = found
    assert (chart.overdispersed, beyond_chance(judged)) == (False, [0, 0])
    assert {point.outside for point in chart.points} == {""}
