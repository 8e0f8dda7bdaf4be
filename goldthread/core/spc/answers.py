"""Answers to cases: what kind a case is, by its keys, and the result in the shape its package prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.core.spc.answers_elsewhere import (
    autospc_result,
    powerbi_result,
    powerbi_rule_result,
    runcharter_result,
)
from goldthread.core.spc.cases import ptd_result
from goldthread.core.spc.cautions import funnel_cautions, phased_cautions, series_cautions
from goldthread.core.spc.funnel import Funnel, Limits, Method, Of, funnel, poisson_limits
from goldthread.core.spc.inputs import Given, flag, numbers, one, one_whole, told, wholes, word, words
from goldthread.core.spc.numbers import outward
from goldthread.core.spc.phases import PhasedChart, phased
from goldthread.core.spc.values import Advice

EXACT = ("ll95", "ul95", "ll998", "ul998")


@dataclass(frozen=True, slots=True)
class Answer:
    """A result in the shape its package prints, and what a reader of the chart should be told."""

    result: object
    advice: tuple[Advice, ...] = ()


def answer(given: Given, shared: Mapping[str, object] | None = None) -> Answer:
    """The answer to one case; ``shared`` are the data sets that cases of its file refer to by name.

    Raises ValueError, in words, for a case that cannot be read or worked out.
    """
    if "rule" in given:
        return Answer(powerbi_rule_result(given))
    if "med_rows" in given or "runlength" in given:
        return Answer(runcharter_result(given, shared or {}))
    if "expected_counts" in given:
        limits = poisson_limits(told(given["expected_counts"], "expected_counts"))
        return Answer(_limits(limits, ""))
    if "data_type" in given or "sr_method" in given:
        return _funnel(given)
    if "numerators" in given or "settings" in given:
        return Answer(powerbi_result(given))
    if "chart" in given and "y" in given:
        return Answer(autospc_result(given)) if _of_autospc(given) else qic_answer(given)
    if "values" in given:
        return Answer(ptd_result(given), series_cautions(given))
    raise ValueError(
        "no chart is known with these keys: "
        f"{', '.join(sorted(map(str, given))) or 'none'}; see docs/reference/spc.md for those there are"
    )


def _of_autospc(given: Given) -> bool:
    """autospc and qicharts2 share most keys: the former has loops or no parts."""
    if given.get("chart") == "cp" or "mr_screen_max_loops" in given or "use_nbar" in given:
        return True
    return "exclude" in given and not {"screened_mr", "freeze", "part"} & set(given)


def qic_answer(given: Given) -> Answer:
    """A chart of qicharts2's kinds."""
    kind, values = word(given, "chart", "run"), numbers(given.get("y"), "y")
    denominators = numbers(given.get("n"), "n")
    chart = phased(
        kind,
        values,
        denominators,
        screened=flag(given, "screened_mr", default=True),
        freeze=one_whole(given, "freeze"),
        exclude=wholes(given.get("exclude"), "exclude"),
        part=wholes(given.get("part"), "part"),
        multiply=one(given, "multiply", 1.0),
    )
    result = qic_result(chart)
    if not isinstance(given.get("y"), list | tuple):
        result = {name: column[0] for name, column in result.items() if isinstance(column, list) and column}
    return Answer(result, phased_cautions(kind, values, denominators, chart, given))


def qic_result(chart: PhasedChart) -> dict[str, object]:
    """A chart's columns by the names qicharts2 gives them."""
    lines = chart.lines
    runs = [chart.runs[part - 1] for part in chart.part]
    return {
        "y": list(outward(lines.plotted)),
        "cl": list(outward(lines.centre)),
        "lcl": list(outward(lines.lower)),
        "ucl": list(outward(lines.upper)),
        "lcl_2sigma": list(outward(lines.lower_near)),
        "ucl_2sigma": list(outward(lines.upper_near)),
        "part": list(chart.part),
        "sigma_signal": list(chart.outside),
        "runs_signal": [one.signal for one in runs],
        "longest_run": [one.longest for one in runs],
        "longest_run_max": [one.longest_allowed for one in runs],
        "n_crossings": [one.crossings for one in runs],
        "n_crossings_min": [one.crossings_needed for one in runs],
        "n_useful": [one.useful for one in runs],
    }


def _limits(limits: Limits, before: str) -> dict[str, object]:
    return {before + name: list(outward(getattr(limits, name))) for name in EXACT}


def _funnel(given: Given) -> Answer:
    of, method = word(given, "data_type", Of.RATIO), word(given, "sr_method", Method.SHMI)
    if of not in list(Of):
        raise ValueError(f"data_type is “{of}”; it can be SR, PR or RC")
    if method not in list(Method):
        raise ValueError(f"sr_method is “{method}”; it can be SHMI or CQC")
    observed = told(given.get("numerator"), "numerator")
    named = words(given.get("group"), "group") or [str(at + 1) for at in range(len(observed))]
    found = funnel(
        named,
        observed,
        told(given.get("denominator"), "denominator"),
        of=Of(of),
        method=Method(method),
        adjust=flag(given, "draw_adjusted_requested", default=True),
        trim_by=one(given, "trim_by", 0.1),
        multiplier=one(given, "multiplier", 1.0),
        limit=one_whole(given, "limit") or 99,
    )
    square_roots = of == Of.RATIO and method == Method.CQC
    return Answer(_funnel_result(found, squared=square_roots), funnel_cautions(found, Of(of), Method(method)))


def _funnel_result(found: Funnel, *, squared: bool) -> dict[str, object]:
    """A funnel's columns by the names of the cases; CQC limits both as published and squared."""
    return {
        "target": found.target,
        "ratio": list(outward(found.ratio)),
        "uz": list(outward(found.scores)),
        "w": list(outward(found.trimmed)),
        "n_used": found.used,
        "phi": outward([found.phi])[0],
        "tau2": found.tau2,
        "adjusted_limits_used": found.overdispersed,
        **_limits(found.limits, ""),
        **_limits(found.published, "od_"),
        "outlier": [int(out) for out in found.published_outlier],
        "od_backtransformed": _limits(found.adjusted, "") if squared else None,
    }
