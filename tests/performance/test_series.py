"""A series: the figure that counts, the one first reported, what is missing, and as it stood before."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from time import process_time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.core.spc.values import Assurance, Stated, Variation
from goldthread.people.actions import NotAllowed
from goldthread.performance.actions.breaks import mark_break, withdraw_break
from goldthread.performance.actions.measures import choose_rules
from goldthread.performance.judging import chart_of, dashboard, judgement_of
from goldthread.performance.queries import series_many, series_of
from goldthread.performance.series import months_after, period_of, periods_between
from goldthread.performance.shown import form_now
from tests.performance.story import STEADY, at_hour

JUNE = date(2013, 6, 1)


def test_the_newest_load_counts_and_the_first_figure_is_kept_beside_it(measuring: Any) -> None:
    measuring.load(STEADY, at=at_hour(date(2014, 1, 10)))
    measuring.load({JUNE: 140.0}, at=at_hour(date(2014, 2, 10)))
    series = series_of(measuring.measure, measuring.area)
    assert len(series.points) == 24
    point = series.points[17]
    assert (point.period, point.value, point.first_value, point.revised) == (JUNE, 140.0, 97.0, True)
    assert point.first_at == at_hour(date(2014, 1, 10))
    assert [p.period for p in series.revised] == [JUNE]


def test_as_it_stood_at_a_moment(measuring: Any) -> None:
    measuring.load(STEADY, at=at_hour(date(2014, 1, 10)))
    wrong = measuring.load({JUNE: 140.0}, at=at_hour(date(2014, 2, 10)))
    measuring.undo(wrong, at_hour(date(2014, 2, 12)))

    def june(day: date) -> float | None:
        series = series_of(measuring.measure, measuring.area, as_at=at_hour(day))
        return series.points[17].value if series.points else None

    days = [date(2014, 1, 9), date(2014, 1, 11), date(2014, 2, 11), date(2014, 2, 13)]
    assert [june(day) for day in days] == [None, 97.0, 140.0, 97.0]
    now = series_of(measuring.measure, measuring.area)
    assert (now.points[17].value, now.points[17].revised) == (97.0, False)


def test_a_figure_of_a_load_that_does_not_stand_yet_counts_for_nothing(measuring: Any) -> None:
    load = measuring.load(STEADY)
    type(load).objects.filter(pk=load.pk).update(
        status="undone", undone_at=measuring.at, undone_by="T", undone_reason="R"
    )
    assert series_of(measuring.measure, measuring.area).points == ()


def test_missing_zero_and_suppressed_are_three_things(measuring: Any) -> None:
    values = [5.0, None, 0.0, 3.0]
    measuring.load(values, suppressed=[date(2012, 4, 1)])
    measuring.load({date(2012, 6, 1): 7.0}, provisional=[date(2012, 6, 1)])
    series = series_of(measuring.measure, measuring.area)
    assert [(p.stated, p.value) for p in series.points] == [
        (Stated.VALUE, 5.0),
        (Stated.MISSING, None),
        (Stated.VALUE, 0.0),
        (Stated.SUPPRESSED, None),
        (Stated.MISSING, None),
        (Stated.VALUE, 7.0),
    ]
    assert series.points[4].load is None
    assert [p.provisional for p in series.points] == [False] * 5 + [True]
    assert series.provisional


def test_a_figure_that_becomes_known_or_withheld_is_revised(measuring: Any) -> None:
    measuring.load([1.0, None, 2.0])
    measuring.load([1.0, 4.0, 2.0], suppressed=[date(2012, 3, 1)], at=measuring.at + timedelta(days=1))
    series = series_of(measuring.measure, measuring.area)
    assert [p.revised for p in series.points] == [False, True, True]
    assert series.points[1].first_stated is Stated.MISSING
    assert (series.points[2].first_stated, series.points[2].first_value) == (Stated.VALUE, None)


def test_what_is_withheld_is_nowhere_in_a_chart_or_in_what_is_kept_of_it(measuring: Any) -> None:
    measuring.load([100.0, 98765.0, 100.0])
    withheld = date(2012, 2, 1)
    measuring.load({withheld: 98765.0}, suppressed=[withheld], at=measuring.at + timedelta(days=1))
    series = series_of(measuring.measure, measuring.area)
    assert series.points[1].stated is Stated.SUPPRESSED
    assert "98765" not in repr((series, judgement_of(series), chart_of(series), form_now(series)))


def test_a_steady_series_is_common_cause_and_a_rise_is_a_concern(measuring: Any) -> None:
    measuring.load(STEADY)
    steady = judgement_of(series_of(measuring.measure, measuring.area))
    assert (steady.variation, steady.rules) == (Variation.COMMON, "plot-the-dots")
    measuring.load({date(2013, 12, 1): 160.0}, at=measuring.at + timedelta(days=1))
    risen = series_of(measuring.measure, measuring.area)
    assert judgement_of(risen).variation is Variation.CONCERN_HIGH
    chart = chart_of(risen)
    assert chart.points[-1].was == 102.0
    assert chart.source == "Return of the force (Open Government Licence v3.0)."
    assert chart.title == "Burglary, Fenshire"


def test_shares_are_judged_by_their_numerators_and_denominators(measuring: Any) -> None:
    measure = measuring.a_measure(
        key="calls",
        name="Calls answered in time",
        chart="p-prime",
        better="up",
        unit="%",
        multiplier=100,
        decimals=1,
        denominator={"source": "return", "words": "Calls.", "column": "calls"},
        target={"value": 90.0},
    )
    answered = [780 + (place * 7) % 11 for place in range(24)]
    measuring.load(answered, measure=measure, denominators=[1000] * 24, multiplier=100)
    judgement = judgement_of(series_of(measure, measuring.area))
    assert (judgement.kind, judgement.assurance) == ("p-prime", Assurance.FAIL)
    assert judgement.values[0] == pytest.approx(78.0)
    chart = chart_of(series_of(measure, measuring.area))
    assert (chart.unit.after, chart.points[0].denominator) == ("%", 1000)


def test_shares_told_without_their_parts_are_judged_as_single_values_and_that_is_said(measuring: Any) -> None:
    measure = measuring.a_measure(
        key="calls",
        chart="p",
        unit="%",
        multiplier=100,
        denominator={"source": "return", "words": "Calls."},
    )
    measuring.load(STEADY, measure=measure)
    judgement = judgement_of(series_of(measure, measuring.area))
    assert (judgement.kind, judgement.variation) == ("xmr", Variation.COMMON)
    assert judgement.advice[-1].code == "shares-alone"


def test_few_cases_behind_a_rate_are_refused_as_few_counts_are(measuring: Any) -> None:
    rate = {"multiplier": 1000, "decimals": 2, "denominator": {"source": "population", "words": "People."}}
    measures = [measuring.a_measure(key="rare"), measuring.a_measure(key="rare-rate", **rate)]
    few = [float(place % 4) for place in range(24)]
    measuring.load(few, measure=measures[0])
    measuring.load(few, measure=measures[1], denominators=[9000.0] * 24, multiplier=1000)
    refusals = [judgement_of(series_of(measure, measuring.area)).refusal for measure in measures]
    assert [refusal and refusal.code for refusal in refusals] == ["too-few-events"] * 2


def test_a_return_that_holds_yearly_totals_is_not_judged(measuring: Any) -> None:
    draw = Random(7)
    single = [draw.gauss(100, 8) for _ in range(72)]
    rolling = [sum(single[place : place + 12]) for place in range(60)]
    measuring.load(rolling)
    refusal = judgement_of(series_of(measuring.measure, measuring.area)).refusal
    assert refusal is not None
    assert refusal.code == "rolling-total"


def test_rare_events_are_judged_by_the_days_between_them(measuring: Any) -> None:
    measure = measuring.a_measure(
        key="homicide", name="Homicide", chart="t", frequency="event", better="up", unit="days between"
    )
    days = [date(2012, 1, 3) + timedelta(days=30 * place + place % 5) for place in range(20)]
    measuring.load({day: 2.0 if place == 4 else 1.0 for place, day in enumerate(days)}, measure=measure)
    series = series_of(measure, measuring.area)
    assert len(series.points) == 20
    judgement = judgement_of(series)
    assert (judgement.kind, len(judgement.values)) == ("t", 20)
    assert judgement.values[4] == 0.5
    assert len(chart_of(series, judgement).points) == 20


def test_the_office_s_rules_judge_unless_the_definition_asks_for_no_screening(
    measuring: Any, cast: Any
) -> None:
    measure = measuring.a_measure(key="plain", limits={"screen": False})
    for each in (measure, measuring.measure):
        measuring.load(STEADY, measure=each)
    assert judgement_of(series_of(measure, measuring.area)).rules == "plot-the-dots-unscreened"
    choose_rules(body=cast.body, rules="autospc", reason="Ours.", by=cast.chief_executive, at=measuring.at)
    assert judgement_of(series_of(measure, measuring.area)).rules == "autospc-unscreened"
    assert judgement_of(series_of(measuring.measure, measuring.area)).rules == "autospc"


def test_a_break_is_told_and_moves_no_limits(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    given = {
        "body": cast.body,
        "kind": "recording",
        "period": date(2013, 4, 1),
        "words": "Sheds became burglary.",
        "by": cast.analyst,
        "at": measuring.at,
    }
    before = judgement_of(series_of(measuring.measure, measuring.area))
    found = mark_break(source="Home Office Counting Rules", measure=measuring.measure, **given)
    series = series_of(measuring.measure, measuring.area)
    after = judgement_of(series)
    assert [(b.kind, b.period) for b in series.breaks] == [("recording", date(2013, 4, 1))]
    assert after.lines == before.lines
    assert [advice.code for advice in after.advice] == ["break-not-rebased"]
    assert [event.words for event in chart_of(series).events] == [
        "Recording rule changed: Sheds became burglary."
    ]
    with pytest.raises(ValidationError):
        mark_break(source="", **given)
    with pytest.raises(ValidationError, match="last period of a gap"):
        mark_break(source="Us", until=date(2013, 6, 1), **given)
    with pytest.raises(NotAllowed):
        mark_break(source="Us", **{**given, "by": cast.commissioner})
    withdraw_break(found=found, reason="It was another force.", by=cast.analyst, at=measuring.at)
    assert series_of(measuring.measure, measuring.area).breaks == ()
    with pytest.raises(ValidationError, match="already"):
        withdraw_break(found=found, reason="Again.", by=cast.analyst, at=measuring.at)


def test_a_break_of_all_measures_in_an_area_is_told_of_each(measuring: Any, cast: Any) -> None:
    other = measuring.an_area("Marshshire")
    mark_break(
        body=cast.body,
        kind="boundary",
        period=JUNE,
        words="Two districts merged.",
        source="The order of 2013",
        area=measuring.area,
        by=cast.analyst,
        at=measuring.at,
    )
    assert len(series_of(measuring.measure, measuring.area).breaks) == 1
    assert series_of(measuring.measure, other).breaks == ()


def test_a_dashboard_tells_the_worst_news_first(measuring: Any) -> None:
    told = {
        "steady": {},
        "better": {},
        "worse": {},
        "missing-target": {"target": {"value": 50.0}},
    }
    for key, more in told.items():
        measure = measuring.a_measure(key=key, name=key, **more)
        last = {"better": 40.0, "worse": 160.0}.get(key, 102.0)
        measuring.load([*STEADY[:-1], last], measure=measure)
    measuring.draft(key="unchecked", name="unchecked")
    news = dashboard(measuring.theme, measuring.area)
    assert [each.series.name for each in news] == ["worse", "missing-target", "steady", "better"]
    assert [each.rank for each in news] == [1, 2, 4, 5]


def test_ten_measures_take_as_many_queries_as_one(measuring: Any) -> None:
    measures = [measuring.a_measure(key=f"m-{n}", name=f"M {n}") for n in range(4)]
    for measure in measures:
        measuring.load(STEADY, measure=measure)
    counts = []
    for wanted in (measures[:1], measures):
        with CaptureQueriesContext(connection) as asked:
            series_many(wanted, (measuring.area,))
        counts.append(len(asked))
    assert counts == [6, 6]
    with CaptureQueriesContext(connection) as asked:
        dashboard(measuring.theme, measuring.area)
    assert len(asked) <= 8


def test_periods_follow_each_other() -> None:
    assert months_after(date(2012, 11, 1), 3) == date(2013, 2, 1)
    assert months_after(date(2012, 1, 1), -1) == date(2011, 12, 1)
    assert list(periods_between(date(2012, 10, 1), date(2013, 4, 1), 3)) == [
        date(2012, 10, 1),
        date(2013, 1, 1),
        date(2013, 4, 1),
    ]
    day = date(2013, 2, 17)
    assert [period_of(day, each) for each in ("month", "quarter", "year", "event")] == [
        date(2013, 2, 1),
        date(2013, 1, 1),
        date(2012, 4, 1),
        day,
    ]


@pytest.mark.slow
def test_ten_years_told_again_month_by_month_are_read_and_judged_in_time(measuring: Any) -> None:
    """Slow: thirteen hundred figures are written. A page has 50 ms; the quickest of three runs counts,
    in time of this program alone, so that a busy machine does not decide."""
    measuring.load([100 + place % 7 for place in range(120)], first=date(2004, 1, 1))
    for turn in range(100):
        told = {months_after(date(2004, 1, 1), 8 + turn + n): 101.0 + n % 5 for n in range(12)}
        measuring.load(told, at=measuring.at + timedelta(days=turn + 1))
    took = []
    for _turn in range(3):
        began = process_time()
        series = series_of(measuring.measure, measuring.area)
        chart = chart_of(series, judgement_of(series))
        took.append(process_time() - began)
    assert len(chart.points) == 120
    assert min(took) < 0.05
