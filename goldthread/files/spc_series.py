"""A series from a CSV as a case: which chart it gets, and what was taken to be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldthread.core.spc.answers import Answer, qic_answer
from goldthread.core.spc.cases import ptd_result
from goldthread.core.spc.cautions import series_cautions
from goldthread.core.spc.judgement import assurance_of
from goldthread.core.spc.numbers import outward
from goldthread.core.spc.rare import days_between
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, RuleSet, Screen
from goldthread.core.spc.values import Advice, Assurance, Better
from goldthread.files.spc_dates import months_without
from goldthread.files.spc_file import SeriesFile

CHARTS = {
    "xmr": "XmR", "i": "I", "ip": "I′", "mr": "MR", "p": "P", "pp": "P′", "u": "U", "up": "U′",
    "c": "C", "g": "G", "t": "T", "run": "run",
}  # fmt: skip
"""The charts a series can be asked for, and how they are written."""
DIRECTIONS = {Better.UP: "increase", Better.DOWN: "decrease", Better.NEITHER: "neutral"}
VERDICTS = {
    Assurance.PASS: "consistent_pass",
    Assurance.FAIL: "consistent_fail",
    Assurance.HIT_OR_MISS: "inconsistent",
    Assurance.NONE: None,
}

HIGHER = Advice("higher-is-better", "Higher was taken to be better: say with --better up, down or neither.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for: a chart ("" where it is to be chosen), rules, direction, target.

    Where nobody said which way is better, higher is taken to be, as the published package does.
    """

    chart: str = ""
    rules: RuleSet = PLOT_THE_DOTS
    better: Better | None = None
    target: float | None = None
    rebases: Sequence[date] = ()


def series_answer(series: SeriesFile, asked: Asked) -> Answer:
    """The chart of a series; raises ValueError, in words, where it cannot be drawn.

    A row whose denominator is zero counts for nothing, in the centre line as in the limits.
    """
    kind, chosen = _chosen(series, asked.chart)
    notes = [Advice("read-as", note) for note in series.notes]
    if chosen:
        notes.append(Advice("chosen", chosen))
    absent = months_without(series.days) if series.width else ()
    if absent:
        notes.append(Advice("months-absent", _absent(absent)))
    answer = _xmr(series, asked) if kind == "xmr" else _other(kind, series, asked)
    return replace(answer, advice=(*notes, *answer.advice))


def _absent(months: Sequence[date]) -> str:
    named = ", ".join(f"{month:%B %Y}" for month in months[:3])
    more = f" and {len(months) - 3} more" if len(months) > 3 else ""
    return (
        f"There is no row for {named}{more}: the points either side were taken as neighbours. Where a figure "
        "is missing, give its row with a blank."
    )


def _chosen(series: SeriesFile, chart: str) -> tuple[str, str]:
    """The chart asked for, or the one that suits the columns and words that say so."""
    if chart:
        if series.width == 0 and chart != "t":
            raise ValueError(
                "the file holds only dates of events: they make a T chart, of the days between them"
            )
        if series.width == 2 and chart == "c":
            return chart, "A C chart looks at the numerators alone."
        if series.width == 2 and chart in ("g", "t", "mr", "run", "xmr"):
            return chart, f"The points of the {CHARTS[chart]} chart are numerator over denominator."
        return chart, ""
    if series.width == 0:
        return "t", "The file holds only dates of events: the chart is a T chart of the days between them."
    if series.width == 1:
        return "xmr", ""
    pairs = zip(series.values, series.denominators, strict=True)
    if all(value is None or not size or value <= size for value, size in pairs):
        return "pp", "No numerator is above its denominator, so this is a share: the chart is P′ (Laney)."
    return "up", "A numerator is above its denominator, so this is a rate: the chart is U′ (Laney)."


def _xmr(series: SeriesFile, asked: Asked) -> Answer:
    values = series.values
    if series.width == 2:
        pairs = zip(series.values, series.denominators, strict=True)
        values = tuple(None if a is None or not b else a / b for a, b in pairs)
    given = {
        "dates": [day.isoformat() for day in series.days],
        "values": list(values),
        "improvement_direction": DIRECTIONS[asked.better or Better.UP],
        "target": asked.target,
        "rebase_dates": [day.isoformat() for day in asked.rebases],
    }
    advice = series_cautions(given, asked.rules)
    result = ptd_result(given, rules=asked.rules, fallback=True)
    if asked.better is None and (result["variation_icon"] != "common_cause" or asked.target is not None):
        advice = (HIGHER, *advice)
    return Answer(result, advice)


def _other(kind: str, series: SeriesFile, asked: Asked) -> Answer:
    gaps = series.width == 0
    absent = [day.isoformat() for day in asked.rebases if day not in series.days]
    divided = zip(series.values, series.denominators or (None,) * len(series.values), strict=True)
    given: dict[str, object] = {
        "chart": kind,
        "y": list(outward(days_between(series.days)))
        if gaps
        else [None if size == 0 else value for value, size in divided],
        "n": list(series.denominators),
        "screened_mr": asked.rules.screen is not Screen.NEVER,
        "part": [at for at in map(series.days.index, set(asked.rebases) & set(series.days)) if at],
    }
    answer = qic_answer(given)
    notes = [
        Advice("rebase-not-in-data", f"No point falls on {day}: nothing was re-based.") for day in absent
    ]
    if asked.target is not None and isinstance(answer.result, dict):
        verdict = _verdict(answer.result, asked)
        answer = replace(answer, result={**answer.result, "assurance_type": VERDICTS[verdict]})
        notes += [HIGHER] if asked.better is None else []
    return replace(answer, advice=(*notes, *answer.advice))


def _verdict(result: dict[str, object], asked: Asked) -> Assurance:
    """The target held against the limits of the last point that has them."""
    lower, upper = result["lcl"], result["ucl"]
    if not isinstance(lower, list) or not isinstance(upper, list) or asked.target is None:
        return Assurance.NONE
    drawn = [(low, high) for low, high in zip(lower, upper, strict=True) if None not in (low, high)]
    return assurance_of(*drawn[-1], asked.target, asked.better or Better.UP) if drawn else Assurance.NONE
