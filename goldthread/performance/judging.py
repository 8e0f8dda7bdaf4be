"""Judge a series as its definition, its approved re-bases and the office's rules say, and chart it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from goldthread.core.spc.guidance import Setting
from goldthread.core.spc.judgement import Judgement, judge
from goldthread.core.spc.rare import days_between
from goldthread.core.spc.rulesets import (
    AUTOSPC,
    AUTOSPC_UNSCREENED,
    PLOT_THE_DOTS,
    PLOT_THE_DOTS_UNSCREENED,
    RuleSet,
    named,
)
from goldthread.core.spc.values import Advice, Assurance, Better, Variation
from goldthread.files.charts.control import control_chart
from goldthread.files.charts.model import ControlChart, Frequency, Unit
from goldthread.performance.definitions import Defined
from goldthread.performance.models import Area, BreakKind, Measure, SourceKind, Theme
from goldthread.performance.queries import series_many, sources_of
from goldthread.performance.series import STEPS, Point, Series, SeriesBreak

UNSCREENED = {PLOT_THE_DOTS.name: PLOT_THE_DOTS_UNSCREENED, AUTOSPC.name: AUTOSPC_UNSCREENED}
SHARES = ("p", "p-prime", "u", "u-prime")
BETWEEN = ("g", "t")
SHARES_ALONE = Advice(
    "shares-alone",
    "Only the shares were told, not what they are shares of. The limits are those of single values, which "
    "know nothing of how many cases stand behind each.",
)


def rules_of(series: Series) -> RuleSet:
    """The rule set for a series: the office's, without screening where its definition asks for that."""
    rules = named(series.rules)
    return rules if series.defined.limits.screen else UNSCREENED.get(rules.name, rules)


def judgement_of(series: Series, *, rules: RuleSet | None = None) -> Judgement:
    """The judgement on a series: nothing of it is computed anywhere else."""
    what = series.defined
    given = {
        "better": Better(what.better),
        "target": what.target.value,
        "rules": rules or rules_of(series),
        "kind": what.chart,
        "rebases": [rebase.first_period for rebase in series.rebases],
        "fix_after": what.limits.fix_after,
        "breaks": [_resumes(series, each) for each in series.breaks],
    }
    if what.chart in BETWEEN:
        days, gaps = gaps_of(series.points, chances=what.chart == "g")
        return judge(days, gaps, **given)
    given |= {"seasonal": what.limits.seasonal, "setting": setting_of(what)}
    if what.denominator is not None and _has_parts(series.points):
        sizes = [point.denominator for point in series.points]
        counted = [point.numerator for point in series.points]
        return judge(series.periods, counted, denominators=sizes, multiply=what.multiplier, **given)
    if what.chart in SHARES:
        alone = judge(series.periods, series.values, **{**given, "kind": "xmr"})
        return replace(alone, advice=(*alone.advice, SHARES_ALONE)) if alone.refusal is None else alone
    return judge(series.periods, series.values, **given)


def setting_of(what: Defined) -> Setting:
    """What the definition tells of the figures; the rest is told from the figures themselves.

    Records that are counted month by month cover a month each. A return or a table may hold totals
    over a longer time, whatever its definition says, so that is looked for.
    """
    counted = what.numerator.source == SourceKind.STREET or None
    return Setting(STEPS.get(what.frequency) if counted else None, counted)


def _has_parts(points: Iterable[Point]) -> bool:
    """Whether every figure that was told came with its numerator and its denominator."""
    told = [point for point in points if point.value is not None]
    return all(point.numerator is not None and point.denominator for point in told)


def _resumes(series: Series, found: SeriesBreak) -> date:
    """The first period after a break: of a gap, the one in which figures are told again."""
    if found.until is None:
        return found.period
    later = [period for period in series.periods if period > found.until]
    return later[0] if later else found.period


def gaps_of(points: Iterable[Point], *, chances: bool = False) -> tuple[list[date], list[float]]:
    """The days of events after the first, and how long it was since the one before, in days.

    A point tells how many events fell on its day; those of one day follow each other within it. With
    ``chances``, points tell how many chances passed since the event before, and stand as they are.
    """
    told = [point for point in points if point.value is not None]
    if chances:
        return [point.period for point in told], [point.value or 0.0 for point in told]
    days = [point.period for point in told for _n in range(round(point.value or 0))]
    return days[1:], list(days_between(days))


def unit_of(what: Defined) -> Unit:
    """How values of a measure are written."""
    if what.unit == "%":
        return Unit(after="%", decimals=what.decimals)
    if what.unit.startswith("£"):
        return Unit(words=what.unit[1:].strip(), before="£", decimals=what.decimals)
    total = what.denominator is None and what.chart in ("xmr", "c") and what.frequency in STEPS
    return Unit(words=what.unit, decimals=what.decimals, total=total)


def chart_of(
    series: Series, judgement: Judgement | None = None, *, source: str | None = None
) -> ControlChart:
    """The chart of a series with its judgement. ``source`` says whose figures they are; asked for if None."""
    judgement = judgement or judgement_of(series)
    what = series.defined
    told = {point.period: point for point in series.points}
    between = what.chart in BETWEEN
    return control_chart(
        judgement,
        measure=series.name,
        area=series.area_name,
        unit=unit_of(what),
        frequency=Frequency(what.frequency),
        stated={point.period: point.stated for point in series.points},
        provisional={point.period for point in series.points if point.provisional},
        first_reported={}
        if between
        else {p.period: p.first_value for p in series.revised if p.first_value is not None},
        numerators=_parts(told, "numerator") if what.denominator else {},
        denominators=_parts(told, "denominator") if what.denominator else {},
        breaks={each.period: _break_words(each.kind, each.words) for each in series.breaks},
        rebases={each.first_period: each.reason for each in series.rebases},
        source=" ".join(sources_of(series)) if source is None else source,
    )


def _parts(told: dict[date, Point], name: str) -> dict[date, float]:
    found = ((period, getattr(point, name)) for period, point in told.items())
    return {period: value for period, value in found if value is not None}


def _break_words(kind: str, words: str) -> str:
    return f"{BreakKind(kind).label}: {words}"


CONCERNS = (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)
CHANGES = (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW)
IMPROVEMENTS = (Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW)


def news_rank(judgement: Judgement) -> int:
    """How early a judgement is told among others, worst first: concern, failing its target, change, none."""
    failing = judgement.assurance is Assurance.FAIL
    if judgement.variation in CONCERNS:
        return 0 if failing else 1
    if failing:
        return 2
    if judgement.variation in CHANGES:
        return 3
    if judgement.refusal is not None or judgement.variation in (Variation.TOO_FEW, Variation.NONE):
        return 6
    return 5 if judgement.variation in IMPROVEMENTS else 4


@dataclass(frozen=True, slots=True)
class News:
    """A measure on a dashboard: its series, what is judged of it, and how early it is told."""

    measure: Measure
    series: Series
    judgement: Judgement
    rank: int


def dashboard(theme: Theme, area: Area, *, as_at: datetime | None = None) -> tuple[News, ...]:
    """The measures of a theme in an area, worst news first; as many queries for ten as for one.

    Measures that are no longer used, or that nobody has checked or told a figure of, are left out.
    """
    rows = theme.measures.filter(ended_at=None).select_related("body")
    checked = rows.filter(definitions__checked_at__isnull=False)
    if as_at is not None:
        checked = checked.filter(definitions__checked_at__lte=as_at)
    return news_of(series_many(tuple(checked.distinct()), (area,), as_at=as_at))


def news_of(found: Sequence[Series]) -> tuple[News, ...]:
    """Series with their judgements, worst news first."""
    news = [_news(series) for series in found if series.points]
    return tuple(sorted(news, key=lambda each: (each.rank, each.series.name)))


def _news(series: Series) -> News:
    judgement = judgement_of(series)
    return News(series.measure, series, judgement, news_rank(judgement))
