"""Drawings: the same bytes each time, named and described, right without a style sheet."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from goldthread.core.spc.values import Side, Stated
from goldthread.files.charts.model import Chart, Event, Target, Tone
from goldthread.files.charts.ours import is_ours
from goldthread.files.charts.sheet import COLOURS, INK, MUTED, PAPER, RANGE, TARGET
from goldthread.files.charts.spark import sparkline
from goldthread.files.charts.svg import NARROW, WIDE, svg
from tests.files.charts.geometry import SVG, boxes, parsed
from tests.files.charts.samples import (
    answered,
    burglary,
    by_hand,
    crime,
    districts,
    gaps,
    homicides,
    ranking,
    shoplifting,
)

GOLDEN = Path(__file__).parent / "golden"
DRAWN: dict[str, tuple[Chart, float]] = {
    "burglary": (burglary(), WIDE),
    "shoplifting": (shoplifting(), WIDE),
    "shoplifting-phone": (shoplifting(), NARROW),
    "gaps": (gaps(), WIDE),
    "homicides": (homicides(), WIDE),
    "ranking": (ranking(9), WIDE),
    "ranking-many-phone": (ranking(40), NARROW),
    "districts": (districts(), WIDE),
    "sparkline": (sparkline(burglary()), 120),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_what_it_was(name: str) -> None:
    """With GOLDTHREAD_DRAW=1 the drawings are written anew: look at them before they are committed."""
    chart, width = DRAWN[name]
    drawing = svg(chart, width=width)
    path = GOLDEN / f"{name}.svg"
    if os.environ.get("GOLDTHREAD_DRAW"):
        path.write_text(drawing, "utf-8")
    assert drawing == path.read_text("utf-8")
    assert svg(chart, width=width) == drawing


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_one_named_picture_and_holds_nothing_but_our_marks(name: str) -> None:
    chart, width = DRAWN[name]
    drawing = svg(chart, width=width, name="first")
    root = parsed(drawing)
    assert root.get("role") == "img"
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == ("first-t", "first-d")
    title, described = root[0], root[1]
    assert (title.tag, title.get("id"), title.text) == (f"{SVG}title", "first-t", chart.title)
    assert (described.tag, described.get("id")) == (f"{SVG}desc", "first-d")
    assert len(described.text or "") > 25
    assert is_ours(drawing.encode())


def test_two_widths_of_a_chart_share_no_ids() -> None:
    ids = [parsed(svg(burglary(), width=width))[0].get("id") for width in (WIDE, NARROW)]
    assert len(set(ids)) == 2


def test_a_usual_chart_weighs_less_than_twelve_kilobytes() -> None:
    assert len(svg(shoplifting())) < 8_000
    assert len(svg(answered())) < 36_000


def test_every_figure_names_itself() -> None:
    titles = [title.text for title in parsed(svg(burglary())).iter(f"{SVG}title")][1:]
    assert len(titles) == 24
    assert "January 2024: 288" in titles
    assert "December 2025: 260, provisional" in titles
    assert titles[-1] == "February 2025: 188, an improvement"


def _shape(tone: Tone, side: Side) -> str:
    root = parsed(svg(by_hand([1.0, 2.0, 3.0], tones={1: (tone, side)})))
    return next(
        str(mark.get("d") or mark.tag).translate({ord(digit): None for digit in "0123456789. -M"})
        for mark in root.iter(f"{SVG}path", f"{SVG}circle")
        if any((title.text or "").startswith("February") for title in mark)
    )


def test_each_kind_of_point_has_a_shape_of_its_own() -> None:
    shapes = {tone: _shape(tone, Side.HIGH) for tone in Tone}
    assert len(set(shapes.values())) == len(Tone)
    assert svg(by_hand([1.0, 2.0], tones={1: (Tone.CONCERN, Side.HIGH)})) != svg(
        by_hand([1.0, 2.0], tones={1: (Tone.CONCERN, Side.LOW)})
    )


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*COLOURS.values(), INK, MUTED, TARGET])
def test_words_and_marks_stand_out_on_the_paper_and_on_the_range(colour: str) -> None:
    assert min(_contrast(colour, PAPER), _contrast(colour, RANGE)) >= 4.5


def _lines(drawing: str) -> list[str]:
    """The paths of the values, firm and dashed."""
    return [
        path.get("d", "") for path in parsed(drawing).iter(f"{SVG}path") if path.get("stroke") == "#1a2f4b"
        and path.get("stroke-width") in ("2", "1.4")
    ]  # fmt: skip


def test_a_missing_figure_leaves_a_gap_and_a_mark() -> None:
    whole, broken = by_hand([1.0, 2.0, 3.0, 2.0]), by_hand([1.0, None, 3.0, 2.0])
    assert _lines(svg(whole))[0].count("M") == 1
    assert _lines(svg(broken))[0].count("M") == 2
    assert "February 2015: no figure" in svg(broken)
    assert "no figure" in {box.words for box in boxes(parsed(svg(broken)))}


def test_a_withheld_figure_is_not_taken_for_a_missing_one() -> None:
    drawing = svg(gaps())
    assert "May 2025: figure withheld" in drawing
    assert {"no figure", "figure withheld"} <= {box.words for box in boxes(parsed(drawing))}


def test_a_zero_is_drawn_as_a_figure() -> None:
    drawing = svg(by_hand([0.0, 2.0, 0.0]))
    assert "January 2015: 0" in drawing
    assert _lines(drawing)[0].count("M") == 1


def test_a_provisional_figure_is_open_and_reached_by_dashes() -> None:
    firm, loose = crime("Burglary"), crime("Burglary", provisional={date(2025, 12, 1)})
    assert len(_lines(svg(firm))) == 1
    assert len(_lines(svg(loose))) == 2
    assert 'stroke-dasharray="3 3"' in svg(loose)
    assert "provisional" in {box.words for box in boxes(parsed(svg(loose)))}


def test_the_line_stops_at_a_break_and_runs_through_a_rebase() -> None:
    values = [1.0, 2.0, 3.0, 2.0]
    assert _lines(svg(by_hand(values, events=(Event(2, "New system"),))))[0].count("M") == 2
    assert _lines(svg(by_hand(values, events=(Event(2, "New order", rebase=True),))))[0].count("M") == 1


def test_breaks_and_rebases_are_labelled_by_words_or_by_letters_with_a_key() -> None:
    wide = {box.words for box in boxes(parsed(svg(shoplifting())))}
    phone = {box.words for box in boxes(parsed(svg(shoplifting(), width=NARROW)))}
    assert {"New records system", "New baseline: recording changed"} <= wide
    assert {"A", "B", "Jul 2024: New records system", "Jan 2025: New baseline: recording changed"} <= phone


def test_the_lines_are_named_at_the_right_edge() -> None:
    said = [box for box in boxes(parsed(svg(burglary()))) if box.left > 780]
    words = [box.words for box in sorted(said, key=lambda box: box.top)]
    assert words == ["upper limit 310", "target 300", "260 in Dec 2025", "mean 254", "lower limit 198"]


def test_a_limit_beyond_what_is_possible_says_so() -> None:
    chart = crime("Anti-social behaviour", "East Cambridgeshire", years=(2024, 2025))
    low = by_hand([1.0, 4.0, 0.0], targets=(Target(0, 2, 2.0),))
    assert "lower limit below 0" not in svg(low)
    limits = chart.baselines[0]
    shown = svg(by_hand([1.0, 4.0, 0.0], baseline=type(limits)(0, 2, (1.7,), (-6.0,), (9.3,))))
    assert "lower limit below 0" in shown


def test_words_from_elsewhere_cannot_become_markup() -> None:
    chart = by_hand([1.0, 2.0], events=(Event(1, '<script>alert("x")</script>&amp;\x00'),))
    drawing = svg(chart)
    assert "<script" not in drawing
    assert is_ours(drawing.encode())


@pytest.mark.parametrize("values", [[], [None], [5.0], [5.0] * 30, [0.0, 0.0]])
def test_too_little_to_draw_is_still_drawn(values: list[float | None]) -> None:
    for width in (NARROW, WIDE):
        assert is_ours(svg(by_hand(values), width=width).encode())
    assert is_ours(svg(sparkline(by_hand(values))).encode())


def test_a_suppressed_point_has_no_value() -> None:
    points = [point for point in gaps().points if point.stated is Stated.SUPPRESSED]
    assert [point.drawn for point in points] == [None]
