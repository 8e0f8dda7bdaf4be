"""What a chart says: the sentence a board reads first, the description, the figures as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.core.spc.judgement import judge
from goldthread.core.spc.values import (
    Advice,
    Assurance,
    Better,
    DatedTarget,
    Rule,
    Side,
    Signal,
    Stated,
    Variation,
)
from goldthread.files.charts import funnel, ranked
from goldthread.files.charts.amounts import amount, level, number, unit_named, worded
from goldthread.files.charts.control import control_chart
from goldthread.files.charts.icons import assurance_icon, variation_icon
from goldthread.files.charts.letters import shortened, width, wrapped
from goldthread.files.charts.model import ControlChart, Frequency, Tone, Unit
from goldthread.files.charts.periods import brief, named
from goldthread.files.charts.tables import table_of
from goldthread.files.charts.words import ASSURANCE_WORDS, VARIATION_WORDS, described, has, sentence
from tests.files.charts.geometry import parsed
from tests.files.charts.samples import (
    OFFENCES,
    burglary,
    crime,
    districts,
    gaps,
    homicides,
    months,
    overtime,
    ranking,
    shoplifting,
)


def _judged(
    values: list[float | None], *, better: Better = Better.DOWN, unit: Unit = OFFENCES, **told: object
) -> ControlChart:
    periods = months(2024, 2027)[: len(values)]
    target = told.pop("target", None)
    judgement = judge(periods, values, better=better, target=target)  # type: ignore[arg-type]
    return control_chart(judgement, measure="Burglary", area="Cambridgeshire", unit=unit, **told)  # type: ignore[arg-type]


SWINGS = [
    430.0,
    440.0,
    425.0,
    436.0,
    428.0,
    441.0,
    433.0,
    427.0,
    438.0,
    429.0,
    435.0,
    431.0,
    437.0,
    426.0,
    434.0,
    440.0,
    432.0,
]


def test_seven_months_below_the_average_are_an_improvement() -> None:
    chart = _judged([*SWINGS, 405.0, 412.0, 403.0, 410.0, 406.0, 409.0, 411.0])
    assert sentence(chart) == (
        "Burglary in Cambridgeshire has averaged 426 a month since January 2024; December 2025 was 411, "
        "lower than usual: seven months in a row below the average, which is an improvement."
    )


def test_the_same_run_is_a_concern_or_a_change_where_it_should_be() -> None:
    values: list[float | None] = [*SWINGS, 405.0, 412.0, 403.0, 410.0, 406.0, 409.0, 411.0]
    assert sentence(_judged(values, better=Better.UP)).endswith("which is a concern.")
    assert sentence(_judged(values, better=Better.NEITHER)).endswith("which is a change.")


def test_a_point_outside_names_the_limit_it_is_outside_of() -> None:
    chart = _judged([*SWINGS, 500.0])
    assert "higher than usual: above the upper limit of 4" in sentence(chart)


def test_ordinary_variation_says_what_is_usual_and_what_that_means_for_a_target() -> None:
    assert sentence(burglary()) == (
        "Burglary in Cambridgeshire has averaged 254 a month since January 2024; December 2025 was 260 "
        "(provisional), within the usual range of 198 to 310. "
        "It may meet the target of 300 in one month and miss it in the next."
    )
    assert sentence(_judged([*SWINGS], target=500.0)).endswith(
        "It can be relied on to meet the target of 500."
    )
    assert sentence(_judged([*SWINGS], target=300.0)).endswith(
        "It will not meet the target of 300 unless something changes."
    )


def test_too_few_figures_give_no_verdict() -> None:
    assert sentence(_judged([5.0, 7.0, 6.0])) == (
        "Burglary in Cambridgeshire: March 2024 was 6. "
        "There are three figures so far, too few to say what is usual."
    )
    assert "There are twelve figures since the new baseline" in sentence(shoplifting())


def test_no_figures_and_a_figure_that_is_not_there_yet() -> None:
    assert sentence(_judged([None])) == "There are no figures yet for burglary in Cambridgeshire."
    assert "(the figure for June 2025 is not there yet), and no verdict" in sentence(_judged([*SWINGS, None]))
    hidden = _judged([*SWINGS, None], stated={date(2025, 6, 1): Stated.SUPPRESSED})
    assert "(the figure for June 2025 may not be shown)" in sentence(hidden)


def test_a_refusal_is_said_instead_of_a_verdict() -> None:
    words = "A control chart of these would mislead; use a chart of the time between events instead."
    chart = replace(_judged([*SWINGS]), refusal=Advice("rare", words))
    assert sentence(chart) == f"Burglary in Cambridgeshire: May 2025 was 432. {words}"


def test_shares_and_money_are_written_as_they_are_read() -> None:
    unit = unit_named("%", decimals=1)
    chart = replace(
        _judged([81.2, 80.4] * 10, unit=unit, better=Better.UP), measure="999 calls answered in time", area=""
    )
    assert sentence(chart).startswith("999 calls answered in time have averaged 80.8% since January 2024;")
    assert sentence(overtime()).startswith("Overtime has averaged £1,2")
    assert "a quarter since January to March 2022" in sentence(overtime())


@pytest.mark.parametrize(
    ("measure", "verb"),
    [
        ("Burglary", "has"),
        ("Violence and sexual offences", "have"),
        ("Possession of weapons", "has"),
        ("Theft from the person", "has"),
        ("Crimes per 1,000 people", "have"),
        ("Business rates collected", "have"),
        ("Sickness", "has"),
    ],
)
def test_one_and_many(measure: str, verb: str) -> None:
    assert has(measure) == verb


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("side", [Side.HIGH, Side.LOW, None])
def test_every_rule_has_its_words(rule: Rule, side: Side | None) -> None:
    chart = _judged([*SWINGS])
    signal = Signal(rule, side, date(2024, 1, 1), date(2025, 5, 1), 17)
    assert "17" in described(replace(chart, signals=(signal,))) or rule in (
        Rule.TWO_OF_THREE,
        Rule.FEW_CROSSINGS,
    )


def test_every_verdict_has_its_words_and_its_icon() -> None:
    assert set(VARIATION_WORDS) == set(Variation)
    assert set(ASSURANCE_WORDS) == set(Assurance)
    icons = [variation_icon(each) for each in Variation] + [assurance_icon(each) for each in Assurance]
    assert len(set(icons)) == len(icons)
    names = [parsed(icon).get("aria-label") for icon in icons]
    assert len(set(names)) == len(names)
    assert parsed(variation_icon(Variation.COMMON, name="As ever")).get("aria-label") == "As ever"


def test_the_description_tells_all_that_is_drawn() -> None:
    said = described(shoplifting())
    for words in (
        "24 months of figures from January 2024 to December 2025",
        "From January 2025: mean",
        "then 480 from Apr 2025",
        "Break in the series from July 2024: New records system.",
        "New baseline from January 2025: recording changed.",
    ):
        assert words in said
    assert "months with no figure" in described(gaps())
    assert "One month with a figure that may not be shown." in described(gaps())
    assert "One of the figures is provisional." in described(burglary())


def test_the_table_holds_every_period_and_what_is_said_of_it() -> None:
    grid = table_of(burglary())
    assert grid.head == ("Month", "Offences", "Mean", "Usual range", "Target", "What it shows")
    assert len(grid.rows) == 24
    assert grid.rows[-1] == ("Dec 2025", "260 (provisional)", "254", "198 to 310", "300", "")
    assert grid.rows[13][-1] == "Improvement: below the lower limit"
    assert table_of(burglary(), last=3).rows == grid.rows[-3:]
    shown = {row[0]: row[1] for row in table_of(gaps()).rows}
    assert (shown["Apr 2024"], shown["May 2025"]) == ("no figure", "withheld")


def test_a_revised_figure_says_what_was_first_reported() -> None:
    chart = crime("Burglary", first_reported={date(2025, 11, 1): 251.0})
    assert table_of(chart).rows[-2][1].endswith("(first reported as 251)")


def test_tables_of_areas_mark_our_own_and_the_similar_ones() -> None:
    names = [row[0] for row in table_of(ranking(9)).rows]
    assert "Area 3 (this area)" in names
    assert names[-2:] == ["Average: most similar group", "Average: all areas"]
    assert table_of(ranking(9)).rows[-3] == ("Area 5", "withheld")
    assert {row[3] for row in table_of(homicides()).rows} <= {"within", "above", "below"}
    assert len(table_of(districts()).rows) == 5


def test_a_funnel_and_a_ranking_say_where_our_area_stands() -> None:
    assert funnel.sentence(homicides()).startswith("Homicides per million people in Area 4 were ")
    assert "lies outside" in funnel.sentence(homicides(marked=False)) or "lie outside" in funnel.sentence(
        homicides(marked=False)
    )
    said = ranked.sentence(ranking(9))
    assert "(most similar group 8.4, all areas 9.1)" in said
    assert said.endswith("in its most similar group.")


def test_targets_step_when_they_say_they_do() -> None:
    periods = months(2024, 2025)
    steps = [
        DatedTarget(date(2024, 1, 1), 9.0),
        DatedTarget(date(2025, 4, 1), 7.0),
        DatedTarget(date(2027, 1, 1), 1.0),
    ]
    judgement = judge(periods, [8.0, 6.0] * 12, better=Better.DOWN, target=steps)
    targets = control_chart(judgement, measure="X").targets
    assert [(target.first, target.last, target.value) for target in targets] == [(0, 14, 9.0), (15, 23, 7.0)]


def test_limits_that_step_keep_a_value_for_each_point() -> None:
    periods = months(2024, 2025)
    judgement = judge(
        periods, [40.0, 60.0] * 12, better=Better.UP, kind="p", denominators=[80.0, 120.0] * 12, multiply=100
    )
    baseline = control_chart(judgement, measure="X", unit=unit_named("%")).baselines[0]
    assert len(baseline.centre) == 1
    assert len(baseline.lower) == len(baseline.upper) == 24


def test_limits_that_mean_nothing_are_not_drawn() -> None:
    chart = _judged([7.0] * 20)
    assert [(line.meaningful, line.lower, line.upper) for line in chart.baselines] == [(False, (), ())]
    assert "usual range" not in described(chart)
    assert "Usual range" not in table_of(chart).head


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1204.0, OFFENCES, "1,204 offences"),
        (-1234.5, Unit(before="£", decimals=2), "−£1,234.50"),
        (81.25, unit_named("%", decimals=1), "81.2%"),
        (-0.2, OFFENCES, "0 offences"),
        (12.34, Unit("minutes", decimals=1), "12.3 minutes"),
    ],
)
def test_values_are_written_as_a_board_reads_them(value: float, unit: Unit, shown: str) -> None:
    assert worded(value, unit) == shown
    assert amount(value, unit) in shown


def test_small_averages_keep_a_decimal() -> None:
    assert level(4.26, OFFENCES) == "4.3"
    assert level(412.4, OFFENCES) == "412"
    assert number(-1234567.891, 2) == "−1,234,567.89"


@pytest.mark.parametrize(
    ("frequency", "period", "full", "short"),
    [
        (Frequency.MONTH, date(2025, 12, 1), "December 2025", "Dec 2025"),
        (Frequency.QUARTER, date(2025, 10, 1), "October to December 2025", "Oct–Dec 2025"),
        (Frequency.QUARTER, date(2025, 11, 1), "November 2025 to January 2026", "Nov 2025–Jan 2026"),
        (Frequency.YEAR, date(2025, 1, 1), "2025", "2025"),
        (Frequency.YEAR, date(2025, 4, 1), "2025/26", "2025/26"),
        (Frequency.WEEK, date(2025, 11, 3), "week of 3 November 2025", "week of 3 Nov 2025"),
        (Frequency.DAY, date(2025, 11, 3), "3 November 2025", "3 Nov 2025"),
        (Frequency.EVENT, date(2025, 11, 3), "3 November 2025", "3 Nov 2025"),
    ],
)
def test_periods_in_full_and_in_short(frequency: Frequency, period: date, full: str, short: str) -> None:
    assert (named(period, frequency), brief(period, frequency)) == (full, short)


def test_words_are_cut_and_folded_to_the_room_there_is() -> None:
    assert shortened("Cambridgeshire", 200, 14) == "Cambridgeshire"
    cut = shortened("Cambridgeshire", 60, 14)
    assert cut.endswith("…")
    assert width(cut, 14) <= 60
    lines = wrapped("New records system for all of the constabulary", 120, 14)
    assert len(lines) > 1
    assert all(width(line, 14) <= 120 for line in lines)


def test_a_group_too_short_to_judge_has_trial_limits_and_no_news() -> None:
    chart = shoplifting()
    assert chart.variation is Variation.TOO_FEW
    assert [line.trial for line in chart.baselines] == [False, True]
    assert {point.tone for point in chart.points[12:]} == {Tone.COMMON}
    assert all(signal.last < date(2025, 1, 1) for signal in chart.signals)
    assert "trial limits" in described(chart)


def test_weeks_events_and_units_are_spoken_of_as_they_should_be() -> None:
    weeks = [date(2025, 1, 6) + timedelta(days=7 * place) for place in range(20)]
    judgement = judge(weeks, [300.0, 310.0] * 10, better=Better.DOWN)
    calls = control_chart(judgement, measure="Calls", unit=OFFENCES, frequency=Frequency.WEEK)
    assert "since the week of 6 January 2025; the week of 19 May 2025 was 310" in sentence(calls)
    days = Unit("days")
    events = control_chart(judgement, measure="Time between them", unit=days, frequency=Frequency.EVENT)
    assert "averaged 305 days since 6 January 2025; the last, on 19 May 2025, was 310 days" in sentence(
        events
    )
    again = control_chart(judgement, measure="Days between them", unit=days, frequency=Frequency.EVENT)
    assert "averaged 305 since" in sentence(again)
