"""No words of any drawing lie on others or leave the picture, whatever is drawn and however wide."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.spc.values import Side
from goldthread.files.charts.model import Baseline, Chart, Event, Frequency, Target, Tone, Unit
from goldthread.files.charts.periods import ticks
from goldthread.files.charts.scales import lanes, scale, spread
from goldthread.files.charts.sheet import Sheet
from goldthread.files.charts.svg import NARROW, PRINT, WIDE, svg
from tests.files.charts.geometry import clashes
from tests.files.charts.samples import (
    answered,
    burglary,
    by_hand,
    districts,
    gaps,
    homicides,
    overtime,
    ranking,
    shoplifting,
)

WIDTHS = (NARROW, PRINT, WIDE)
CHARTS = {
    "burglary": burglary(),
    "shoplifting": shoplifting(),
    "gaps": gaps(),
    "answered": answered(),
    "overtime": overtime(),
    "homicides": homicides(),
    "ranking of 9": ranking(9),
    "ranking of 40": ranking(40),
    "districts": districts(),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("headed", [False, True])
def test_words_stand_clear(name: str, width: float, headed: bool) -> None:
    assert clashes(svg(CHARTS[name], width=width, headed=headed)) == []


def test_the_check_itself_sees_words_on_words_and_words_outside() -> None:
    sheet = Sheet(100, 14)
    sheet.text(10, 20, "one")
    sheet.text(14, 24, "other")
    sheet.text(80, 60, "too far")
    assert [fault.split("'")[1] for fault in clashes(sheet.finish(80, "t", "d"))] == ["too far", "one"]


_WORDS = st.sampled_from(
    ["", "New records system", "Boundaries of two districts changed after the order", "A"]
)
_UNITS = st.sampled_from(
    [Unit("offences", total=True), Unit("", "£", "", 2), Unit("", "", "%", 1), Unit("minutes", decimals=1)]
)


@st.composite
def _charts(draw: st.DrawFn) -> Chart:
    count = draw(st.integers(1, 240))
    size = draw(st.sampled_from([0.01, 1.0, 37.0, 5000.0, 12_345_678.0]))
    told = st.none() | st.floats(0, 10, allow_nan=False).map(lambda value: value * size)
    values = (
        draw(st.lists(told, min_size=count, max_size=count))
        if count < 40
        else [place % 17 * size for place in range(count)]
    )
    places = draw(st.lists(st.integers(1, count), max_size=6, unique=True).map(sorted))
    events = tuple(Event(place, draw(_WORDS), draw(st.booleans())) for place in places)
    level = draw(st.floats(0.1, 9)) * size
    baseline = Baseline(
        0, count - 1, (level,), (level * 0.6,), (level * 1.4,), (level * 0.75,), (level * 1.25,)
    )
    targets = (Target(0, count - 1, level * draw(st.sampled_from([0.2, 1.0, 1.41, 3.0]))),)
    tones = {count - 1: (draw(st.sampled_from(list(Tone))), draw(st.sampled_from(list(Side))))}
    return by_hand(values, baseline=baseline, events=events, targets=targets, tones=tones, unit=draw(_UNITS))


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(chart=_charts(), width=st.sampled_from([320, NARROW, 460, PRINT, 760, WIDE, 1120]))
def test_words_stand_clear_in_any_chart(chart: Chart, width: float) -> None:
    """Reason for slow: many charts, some of 240 points."""
    assert clashes(svg(chart, width=width)) == []


@given(st.lists(st.floats(0, 300), max_size=7).map(sorted))
def test_labels_keep_their_order_and_their_distance(wanted: list[float]) -> None:
    found = spread(wanted, 18, 0, 300)
    assert all(right - left >= 18 - 1e-6 for left, right in pairwise(found))
    assert all(-1e-6 <= place <= 300 + 1e-6 for place in found)


def test_labels_that_have_room_stay_where_they_are_wanted() -> None:
    assert spread([10, 60, 200], 18, 0, 300) == (10, 60, 200)
    assert spread([100, 100], 20, 0, 300) == (90, 110)


def test_words_above_lines_go_below_what_is_still_there() -> None:
    assert lanes([(0, 50), (20, 30), (25, 60), (90, 100)]) == (0, 1, 2, 0)


@pytest.mark.slow
@given(
    st.lists(st.floats(-1e7, 1e7, allow_nan=False), min_size=1, max_size=30),
    st.integers(2, 8),
    st.booleans(),
)
def test_a_scale_holds_its_values_in_round_steps(values: list[float], most: int, whole: bool) -> None:
    """Reason for slow: many scales."""
    made = scale(values, most=most, whole=whole)
    assert made.low <= min(values) + made.step * 1e-6
    assert made.high >= max(values) - made.step * 1e-6
    assert len(made.ticks()) <= most + 2
    assert not whole or made.step == int(made.step)


def test_a_scale_stays_within_what_is_possible() -> None:
    assert scale([96.0, 99.0, 104.0], (0.0, 100.0)).high == 100.0
    assert scale([-38.0, 20.0, 60.0], (0.0, None)).low == 0.0


@pytest.mark.parametrize(
    ("frequency", "step", "expected"),
    [
        (Frequency.MONTH, 60, "Jan 2024, Feb, Mar, Apr"),
        (Frequency.DAY, 60, "1 Jan 2024, 1 Feb, 1 Mar, 1 Apr"),
        (Frequency.QUARTER, 80, "Jan–Mar 2024, Feb–Apr, Mar–May, Apr–Jun"),
    ],
)
def test_periods_under_a_chart_say_the_year_once(frequency: Frequency, step: float, expected: str) -> None:
    periods = [date(2024, month, 1) for month in range(1, 5)]
    found = ticks(periods, frequency, lambda place: place * step, 14)
    said = ", ".join(f"{tick.words} {tick.year}".strip() for tick in found)
    assert said == expected if frequency is not Frequency.QUARTER else said.startswith("Jan–Mar 2024")


def test_a_long_series_is_marked_by_its_years() -> None:
    periods = [date(2005 + place // 12, place % 12 + 1, 1) for place in range(240)]
    found = ticks(periods, Frequency.MONTH, lambda place: place * 3.0, 14)
    assert [tick.words for tick in found][:3] == ["2006", "2008", "2010"]
