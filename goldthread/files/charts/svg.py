"""Any chart as SVG: the same chart and width always give the same bytes."""

from __future__ import annotations

from goldthread.files.charts import funnel, ranked, series, spark
from goldthread.files.charts.model import Chart, ControlChart, Funnel, RankedStrip, SmallMultiples, Sparkline
from goldthread.files.charts.sheet import NARROW, PRINT, WIDE
from goldthread.files.charts.window import after_long_gap
from goldthread.files.charts.words import earlier_words

__all__ = ["NARROW", "PRINT", "SPARK", "WIDE", "svg"]
SPARK = 120


def svg(chart: Chart, *, width: float = 0, name: str = "", headed: bool = False) -> str:
    """The picture of a chart. Below 520 pixels it is a drawing of its own, for phones.

    ``width`` is WIDE unless given, and SPARK for a sparkline. ``name`` begins the ids inside it, which
    must be unique on a page; it is made from the chart's words and width unless given. ``headed`` writes
    the title into the picture, for one that stands alone.
    """
    match chart:
        case ControlChart():
            drawn = after_long_gap(chart)
            note = earlier_words(chart, drawn)
            return series.draw(drawn, width or WIDE, name=name, headed=headed, note=note)
        case Funnel():
            return funnel.draw(chart, width or WIDE, name=name, headed=headed)
        case RankedStrip():
            return ranked.draw(chart, width or WIDE, name=name, headed=headed)
        case SmallMultiples():
            return spark.draw_multiples(chart, width or WIDE, name=name, headed=headed)
        case Sparkline():
            return spark.draw_spark(chart, width or SPARK, name=name)
