"""Answers to cases of other packages: autospc, PowerBI-SPC's limits and rules, and runcharter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from goldthread.core.spc import rules
from goldthread.core.spc.alternatives import autospc, powerbi
from goldthread.core.spc.inputs import (
    Given,
    days,
    flag,
    listed,
    number,
    numbers,
    one,
    one_whole,
    whole,
    wholes,
    word,
)
from goldthread.core.spc.numbers import inward, outward
from goldthread.core.spc.run import medians
from goldthread.core.spc.values import Side

MOST_LOOPS = 1_000_000
LONGEST = 1_000
SIDES = {Side.HIGH: "upper", Side.LOW: "lower", None: "none"}


def autospc_result(given: Given) -> dict[str, object]:
    """cl, lcl and ucl; a limit that is the same for every point is one number."""
    chart = word(given, "chart", "")
    loops = given.get("mr_screen_max_loops")
    found = autospc(
        chart,
        inward(numbers(given.get("y"), "y")),
        inward(numbers(given.get("n"), "n")),
        loops=MOST_LOOPS if loops in ("until_stable", "Inf") else whole(loops, "mr_screen_max_loops"),
        exclude=wholes(given.get("exclude"), "exclude"),
        multiply=one(given, "multiply", 1.0),
        mean_size=flag(given, "use_nbar", default=False),
    )
    return {
        "cl": outward([found.centre])[0],
        "lcl": _unboxed(outward(found.lower)),
        "ucl": _unboxed(outward(found.upper)),
    }


def _unboxed(limits: Sequence[float | None]) -> object:
    return limits[0] if len(limits) == 1 else list(limits)


def powerbi_result(given: Given) -> dict[str, object]:
    """ul99, ul95, ll95 and ll99 for every point; settings are strings of JSON, as that tool keeps them."""
    settings = given.get("settings") or {}
    if not isinstance(settings, Mapping):
        raise ValueError("settings should be an object")
    lines = powerbi(
        word(given, "chart", ""),
        inward(numbers(given.get("numerators"), "numerators")),
        inward(numbers(given.get("denominators"), "denominators")),
        inward(numbers(given.get("xbar_sds"), "xbar_sds")),
        screened=_setting(settings, "spc.outliers_in_limits") is not True,
        multiplier=number(_setting(settings, "spc.multiplier"), "spc.multiplier") or 1.0,
    )
    return {
        "ul99": list(outward(lines.upper)),
        "ul95": list(outward(lines.upper_near)),
        "ll95": list(outward(lines.lower_near)),
        "ll99": list(outward(lines.lower)),
    }


def _setting(settings: Mapping[object, object], name: str) -> object:
    found = settings.get(name)
    if not isinstance(found, str):
        return found
    try:
        return json.loads(found) if len(found) < 100 else found
    except (ValueError, RecursionError):
        return found


def powerbi_rule_result(given: Given) -> list[str]:
    """ "upper", "lower" or "none" for every point, by one rule."""
    rule = word(given, "rule", "")
    values = numbers(given.get("val"), "val")
    length = one_whole(given, "n") or 0

    def lines(name: str) -> list[float | None]:
        found = numbers(given.get(name), name)
        if len(found) != len(values):
            raise ValueError(f"val has {len(values)} entries but {name} has {len(found)}")
        return found

    if rule in ("shift", "trend") and not 1 <= length <= LONGEST:
        raise ValueError(f"n should be a whole number of points, from 1 to {LONGEST}")
    if rule == "shift":
        sides = rules.shift(values, lines("targets"), length)
    elif rule == "trend":
        sides = rules.trend(values, length)
    elif rule == "twoInThree":
        series = flag(given, "highlight_series", default=False)
        sides = rules.two_of_three_net(values, lines("ll95"), lines("ul95"), whole=series)
    elif rule == "astronomical":
        sides = rules.beyond(values, lines("ll99"), lines("ul99"))
    else:
        raise ValueError(f"there is no rule “{rule}”; there are shift, trend, twoInThree and astronomical")
    return [SIDES[side] for side in sides]


def runcharter_result(given: Given, shared: Mapping[str, object]) -> list[dict[str, object]]:
    """Every median with its span; ``data`` is the series themselves or the name of shared ones."""
    found = medians(
        _series(given.get("data"), shared),
        baseline=one_whole(given, "med_rows") or 13,
        length=one_whole(given, "runlength") or 9,
        direction=word(given, "direction", "both"),
    )
    return [
        {
            "grp": median.group,
            "median": median.median,
            "start_date": median.start.isoformat(),
            "end_date": median.end.isoformat(),
            "extend_to": median.extend_to.isoformat(),
            "run_type": "sustained" if median.sustained else "baseline",
        }
        for median in found
    ]


def _series(data: object, shared: Mapping[str, object]) -> dict[str, list[tuple[date, float]]]:
    if isinstance(data, str):
        if data not in shared:
            raise ValueError(f"the case speaks of data called “{data}”, which the file does not hold")
        data = shared[data]
    if not isinstance(data, Mapping):
        raise ValueError("data should hold, for each group, its dates and values")
    return {str(name): _points(str(name), given) for name, given in data.items()}


def _points(name: str, given: object) -> list[tuple[date, float]]:
    if not isinstance(given, Mapping):
        raise ValueError(f"data, group {name}, should hold date and y")
    dates, values = days(given.get("date"), f"{name}, date"), inward(numbers(given.get("y"), f"{name}, y"))
    if len(dates) != len(values) or not listed(given.get("y"), "y"):
        raise ValueError(f"data, group {name}, has {len(dates)} dates and {len(values)} values")
    return list(zip(dates, values, strict=True))
