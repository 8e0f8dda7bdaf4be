"""Our limits, rules and verdicts against those of the packages they come from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldthread.core.spc.cases import DIRECTIONS, ptd_result
from goldthread.core.spc.guidance import Setting
from goldthread.core.spc.judgement import judge
from goldthread.core.spc.rules import beyond, shift, trend, two_of_three_net
from goldthread.core.spc.rulesets import (
    AUTOSPC,
    AUTOSPC_UNSCREENED,
    AUTOSPC_UNTIL_STABLE,
    PLOT_THE_DOTS,
    PLOT_THE_DOTS_UNSCREENED,
)
from goldthread.core.spc.values import Assurance, Side, Variation
from goldthread.core.spc.xmr import xmr
from tests.core.spc.published import cases

PTD = cases("ptd_*.json")
SERIES = [(name, case) for name, case in PTD if isinstance(case["input"]["dates"], list)]
SINGLE = [(name, case) for name, case in cases("autospc_*.json") if case["input"]["chart"] == "i"]
POWERBI = cases("powerbi_rules_*.json")
SIDES = {None: "none", Side.HIGH: "upper", Side.LOW: "lower"}
SCREENS = {0: AUTOSPC_UNSCREENED, 1: AUTOSPC, "until_stable": AUTOSPC_UNTIL_STABLE}
SCREENS_OF_PTD = {True: PLOT_THE_DOTS, False: PLOT_THE_DOTS_UNSCREENED}
ASSURANCES = {
    None: Assurance.NONE,
    "pass": Assurance.PASS,
    "fail": Assurance.FAIL,
    "inconsistent": Assurance.HIT_OR_MISS,
}


def same(ours: Any, theirs: Any, at: str = "") -> None:
    """Equal in shape and words, and in numbers to nine places."""
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs), at
        for name in theirs:
            same(ours[name], theirs[name], f"{at}.{name}")
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs), at
        for place, pair in enumerate(zip(ours, theirs, strict=True)):
            same(*pair, f"{at}[{place}]")
    elif isinstance(theirs, float) or (isinstance(theirs, int) and not isinstance(theirs, bool)):
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9), at
    else:
        assert ours is theirs or (type(ours) is type(theirs) and ours == theirs), at


@pytest.mark.parametrize("case", [case for _, case in PTD], ids=[name for name, _ in PTD])
def test_plot_the_dots_is_printed_as_published(case: Any) -> None:
    same(ptd_result(case["input"]), case["expected"])


@pytest.mark.parametrize("case", [case for _, case in PTD], ids=[name for name, _ in PTD])
def test_the_order_of_the_rows_does_not_matter(case: Any) -> None:
    given = dict(case["input"])
    if isinstance(given["dates"], list):
        given["dates"], given["values"] = given["dates"][::-1], given["values"][::-1]
    same(ptd_result(given), case["expected"])


@pytest.mark.parametrize("case", [case for _, case in SERIES], ids=[name for name, _ in SERIES])
def test_a_judgement_gives_the_published_icons_where_it_gives_a_verdict(case: Any) -> None:
    given, expected = case["input"], case["expected"]
    judgement = judge(
        [date.fromisoformat(day) for day in given["dates"]],
        given["values"],
        better=DIRECTIONS[given["improvement_direction"]],
        target=given["target"],
        rebases=[date.fromisoformat(day) for day in given["rebase_dates"]],
        fix_after=given["fix_after_n_points"],
        rules=SCREENS_OF_PTD[given["screen_outliers"]],
        setting=Setting(covers_months=1, counted=False),
    )
    if judgement.variation in (Variation.TOO_FEW, Variation.NONE):
        last = expected["groups"][-1]
        figures = [value for value in given["values"][-last["n"] :] if value is not None]
        assert len(figures) < 13 or last["mr_mean"] in (0, None) or given["values"][-1] is None
        return
    icon = judgement.variation.value.replace("common cause", "common_cause").replace(", ", "_")
    assert icon == expected["variation_icon"]
    assert judgement.assurance is ASSURANCES[expected["assurance_icon"]]


@pytest.mark.parametrize("case", [case for _, case in SINGLE], ids=[name for name, _ in SINGLE])
def test_autospc_limits_with_every_screening_and_exclusion(case: Any) -> None:
    given, expected = case["input"], case["expected"]
    limits = xmr(
        given["y"],
        rules=SCREENS[given["mr_screen_max_loops"]],
        exclude=[place - 1 for place in given["exclude"]],
    ).groups[0]
    assert limits.mean == pytest.approx(expected["cl"], rel=1e-9)
    assert limits.lpl == pytest.approx(expected["lcl"], rel=1e-9)
    assert limits.upl == pytest.approx(expected["ucl"], rel=1e-9)


@pytest.mark.parametrize("case", [case for _, case in POWERBI], ids=[name for name, _ in POWERBI])
def test_powerbi_rules_flag_the_published_points(case: Any) -> None:
    given = case["input"]
    values = given["val"]
    flags = {
        "shift": lambda: shift(values, given["targets"], given["n"]),
        "trend": lambda: trend(values, given["n"]),
        "twoInThree": lambda: two_of_three_net(
            values, given["ll95"], given["ul95"], whole=given["highlight_series"]
        ),
        "astronomical": lambda: beyond(values, given["ll99"], given["ul99"]),
    }[given["rule"]]()
    assert [SIDES[flag] for flag in flags] == case["expected"]
