"""An answer of ``goldthread spc`` for a person: a sentence, a table, and what to be careful of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from goldthread.core.spc.answers import Answer

ICONS = {
    "common_cause": "nothing out of the ordinary",
    "improvement_high": "an improvement, high",
    "improvement_low": "an improvement, low",
    "concern_high": "a concern, high",
    "concern_low": "a concern, low",
    "neutral_high": "out of the ordinary, high",
    "neutral_low": "out of the ordinary, low",
}
TARGETS = {
    "consistent_pass": "The target will be met whatever chance does.",
    "consistent_fail": "The target will be missed whatever chance does.",
    "inconsistent": "The target will be met or missed by chance.",
}
PTD = ("mean", "lpl", "upl", "special_cause_type")
QIC = ("y", "cl", "lcl", "ucl", "sigma_signal")
QIC_HEADING = ("", "value", "centre", "lower", "upper", "signal")
FUNNEL_HEADING = ("", "ratio", "lower 99.8 %", "upper 99.8 %", "beyond")
Row = Sequence[object]


def words_of(name: str, answer: Answer, labels: Sequence[str], values: Sequence[object]) -> str:
    """An answer as lines; ``labels`` name its points where the case names them."""
    result = answer.result
    lines = [name]
    if isinstance(result, Mapping) and "groups" in result:
        lines += [*_ptd_sentences(result), *_ptd_table(result, labels, values)]
    elif isinstance(result, Mapping) and "sigma_signal" in result:
        lines += [_qic_sentence(result), *_table(QIC_HEADING, _columns(result, QIC, labels))]
    elif isinstance(result, Mapping) and "ratio" in result:
        rows = _funnel_rows(result, labels)
        lines += [_funnel_sentence(result, rows), *_table(FUNNEL_HEADING, rows)]
    else:
        lines.append(json.dumps(result, ensure_ascii=False))
    lines += [f"Note: {advice.words}" for advice in answer.advice]
    return "\n".join(lines) + "\n"


def _ptd_sentences(result: Mapping[str, object]) -> list[str]:
    groups = _listed(result["groups"])
    if not groups or not isinstance(groups[-1], Mapping):
        return ["There are no points."]
    last = groups[-1]
    count = "one point" if last["n_limits"] == 1 else f"{last['n_limits']} points"
    basis = f"from {count}" + (", since the last re-base" if len(groups) > 1 else "")
    limits = f"limits {_shown(last['lpl'])} to {_shown(last['upl'])}"
    sentence = f"Mean {_shown(last['mean'])}, {limits}, {basis}."
    icon = ICONS.get(str(result["variation_icon"]), "no verdict")
    target = TARGETS.get(str(result["assurance_type"]), "")
    return [" ".join(filter(None, (sentence, f"The last point shows {icon}.", target)))]


def _ptd_table(result: Mapping[str, object], labels: Sequence[str], values: Sequence[object]) -> list[str]:
    points = result["points"]
    if not isinstance(points, Mapping):
        return []
    columns = [points[name] if isinstance(points[name], list) else [points[name]] for name in PTD]
    rows = zip(labels, values, *columns, strict=True)
    return _table(("date", "value", "mean", "lower", "upper", "signal"), list(rows))


def _qic_sentence(result: Mapping[str, object]) -> str:
    signals = [str(at) for at, out in enumerate(_listed(result["sigma_signal"]), 1) if out]
    beyond = f"beyond the limits: point {', '.join(signals)}" if signals else "no point is beyond the limits"
    runs = any(_listed(result["runs_signal"]))
    told = "runs show a shift" if runs else "runs show no shift"
    centre = _shown((_listed(result["cl"]) or [None])[-1])
    target = TARGETS.get(str(result.get("assurance_type")), "")
    return " ".join(filter(None, (f"Centre {centre}; {beyond}; {told}.", target)))


def _funnel_rows(result: Mapping[str, object], labels: Sequence[str]) -> list[Row]:
    """Each area with its ratio and the limits to judge it by: those put right where there are any."""
    right = result["od_backtransformed"]
    if not result["adjusted_limits_used"]:
        lower, upper = result["ll998"], result["ul998"]
    elif isinstance(right, Mapping):
        lower, upper = right["ll998"], right["ul998"]
    else:
        lower, upper = result["od_ll998"], result["od_ul998"]
    columns = [_listed(one) for one in (result["ratio"], lower, upper)]
    names = labels or [str(at) for at in range(1, len(columns[0]) + 1)]
    return [(*row, _beyond(*row[1:])) for row in zip(names, *columns, strict=True)]


def _beyond(value: object, lower: object, upper: object) -> bool:
    if not isinstance(value, float) or not isinstance(lower, float) or not isinstance(upper, float):
        return False
    return not lower <= value <= upper


def _funnel_sentence(result: Mapping[str, object], rows: Sequence[Row]) -> str:
    used = "with" if result["adjusted_limits_used"] else "without"
    spread = f"spread {_shown(result['phi'])} times chance (phi), tau2 {_shown(result['tau2'])}"
    out = sum(row[-1] is True for row in rows)
    return f"Limits {used} an allowance for differences between areas; {spread}; {out} beyond them."


def _columns(result: Mapping[str, object], names: Sequence[str], labels: Sequence[object]) -> list[Row]:
    columns = [_listed(result[name]) for name in names]
    numbered = list(labels) if len(labels) == len(columns[0]) else list(range(1, len(columns[0]) + 1))
    return list(zip(numbered, *columns, strict=True))


def _table(heading: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Rows under headings, each column as wide as its widest cell."""
    cells = [list(heading), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heading))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _listed(given: object) -> list[object]:
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple) else [given]


def _shown(given: object) -> str:
    if given is None:
        return "–"
    if isinstance(given, bool):
        return "yes" if given else ""
    return f"{given:.6g}" if isinstance(given, float) else str(given)
