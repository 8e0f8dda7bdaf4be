"""The measures that tell how priorities go, as lines with a sentence each: live ones, and released ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.delivery.models import Priority, PriorityMeasure
from goldthread.people.models import Body
from goldthread.performance import published
from goldthread.performance.drawing import Line, line_of
from goldthread.performance.judging import chart_of, news_of
from goldthread.performance.models import Measure
from goldthread.performance.places import busiest, home_area
from goldthread.performance.queries import series_many


def ties_of(priorities: Iterable[Priority]) -> list[PriorityMeasure]:
    """Which measures tell of these priorities now: one query."""
    rows = PriorityMeasure.objects.filter(priority__in=[each.pk for each in priorities], ended_at=None)
    return list(rows.select_related("measure__theme", "measure__body").order_by("priority", "pk"))


def measures_told(body: Body, measures: Sequence[Measure]) -> dict[int, Line]:
    """By key, measures as they are judged today in the body's own area; none without figures."""
    area = home_area(body) or busiest(body)
    if area is None or not measures:
        return {}
    return {
        news.measure.pk: line_of(
            chart_of(news.series, news.judgement, source=""),
            news.measure.get_absolute_url(),
            f"m{news.measure.pk}",
            rank=news.rank,
        )
        for news in news_of(series_many(list(measures), [area]))
    }


def measures_released(measures: Iterable[int]) -> list[Line]:
    """Measures, by key, as they were released to the public; what was not released is left out."""
    wanted = set(measures)
    releases = [each for each in published.main_releases() if each.measure_id in wanted]
    return [line for _release, line in published.lines_of(releases)]
