"""A picture begins after years without figures, and says what it leaves out."""

from __future__ import annotations

from datetime import date

from goldthread.core.spc.judgement import judge
from goldthread.core.spc.values import Better, Stated
from goldthread.files.charts.control import control_chart
from goldthread.files.charts.model import ControlChart, Unit
from goldthread.files.charts.svg import svg
from goldthread.files.charts.tables import table_of
from goldthread.files.charts.window import after_long_gap, latest


def _chart(before: int, without: int, after: int) -> ControlChart:
    count = before + without + after
    periods = [date(2010 + at // 12, at % 12 + 1, 1) for at in range(count)]
    values = [None if before <= at < before + without else 100.0 + at * 7 % 13 for at in range(count)]
    begins = periods[before + without]
    judgement = judge(periods, values, better=Better.DOWN, rebases=[begins])
    return control_chart(
        judgement,
        measure="Burglary",
        area="Cambridgeshire",
        unit=Unit(words="offences"),
        rebases={begins: "New baseline"},
    )


def test_a_picture_begins_after_a_year_or_more_without_figures() -> None:
    whole = _chart(5, 20, 24)
    drawn = after_long_gap(whole)
    assert [point.period for point in drawn.points] == [point.period for point in whole.points[25:]]
    assert all(point.stated is Stated.VALUE for point in drawn.points)
    assert [(line.first, line.last) for line in drawn.baselines] == [(0, 23)]
    assert [event.index for event in drawn.events] == [0]
    said = "Five figures from before February 2012 can be read in the table."
    assert svg(whole).count(said) == 2, "in the picture and in its description"


def test_a_short_gap_is_drawn_and_so_is_one_with_few_figures_after_it() -> None:
    for chart in (_chart(5, 11, 24), _chart(24, 20, 12)):
        assert after_long_gap(chart) is chart
        assert "can be read in the table" not in svg(chart)


def test_the_last_points_keep_their_lines() -> None:
    chart = latest(_chart(14, 1, 24), 30)
    assert len(chart.points) == 30
    assert [(line.first, line.last) for line in chart.baselines] == [(0, 5), (6, 29)]


def test_a_table_tells_many_months_without_a_figure_in_one_row() -> None:
    rows = table_of(_chart(5, 20, 24)).rows
    assert len(rows) == 5 + 1 + 24
    assert rows[5] == ("Jun 2010 to Jan 2012", "no figure", "", "", "")
    assert [row[0] for row in table_of(_chart(5, 20, 24), last=26).rows][:2] == ["Dec 2011", "Jan 2012"]
    assert len(table_of(_chart(5, 5, 24)).rows) == 34


def test_a_share_of_nothing_has_no_range_of_its_own() -> None:
    periods = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(20)]
    counted = [None if at == 7 else 80.0 + at % 5 for at in range(20)]
    sizes = [None if at == 7 else 100.0 + at for at in range(20)]
    judgement = judge(periods, counted, better=Better.UP, kind="p", denominators=sizes, multiply=100.0)
    chart = control_chart(judgement, measure="Satisfied", area="Cambridgeshire", unit=Unit(after="%"))
    rows = table_of(chart).rows
    assert (rows[7][1], rows[7][3]) == ("no figure", "")
    assert all(row[3] for place, row in enumerate(rows) if place != 7)
