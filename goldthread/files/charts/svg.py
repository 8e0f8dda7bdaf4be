"""Any chart as SVG: the same chart and width always give the same bytes."""

from __future__ import annotations

from goldthread.files.charts import series
from goldthread.files.charts.model import Chart, ControlChart
from goldthread.files.charts.sheet import NARROW, PRINT, WIDE

__all__ = ["NARROW", "PRINT", "WIDE", "svg"]


def svg(chart: Chart, *, width: float = WIDE, name: str = "", headed: bool = False) -> str:
    """The picture of a chart. Below 520 pixels it is a drawing of its own, for phones.

    ``name`` begins the ids inside it, which must be unique on a page; it is made from the chart's words
    and width unless given. ``headed`` writes the title into the picture, for one that stands alone.
    """
    match chart:
        case ControlChart():
            return series.draw(chart, width, name=name, headed=headed)
        case _:
            raise TypeError
