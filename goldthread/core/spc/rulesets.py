"""The rule sets by name: how limits are set and which patterns count as out of the ordinary.

The figures are those of NHSRplotthedots 0.2.2, of NHS England's Making Data Count workbook, and of the
packages autospc, PowerBI-SPC and qicharts2, as each publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goldthread.core.spc.values import Rule

SCREEN_FACTOR = 3.267


class Screen(StrEnum):
    """How often the widest moving ranges are set aside before the limits are taken."""

    NEVER = "never"
    ONCE = "once"
    UNTIL_STABLE = "until stable"


class TwoOfThree(StrEnum):
    """What two points of three near a limit means."""

    NOT_USED = "not used"
    SAME_SIDE = "three on one side of the mean, two of them between the near and the outer limit"
    NET_BEYOND = "two more beyond the near limit on one side than on the other, among three"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything that decides a verdict besides the figures.

    Lengths are in points, 0 for a rule not used. `width` is the distance of the limits from the mean in mean
    moving ranges; `runs` asks for Anhøj's rules about the centre line.
    """

    name: str
    version: str
    title: str
    shift: int
    trend: int
    two_of_three: TwoOfThree
    outside: bool = True
    screen: Screen = Screen.ONCE
    width: float = 2.66
    minimum_points: int = 13
    runs: bool = False
    order: tuple[Rule, ...] = (Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT, Rule.LONG_RUN)

    @property
    def near_width(self) -> float:
        """The near limits as a multiple of the mean moving range: two thirds of the way out."""
        return 2 * (self.width / 3)


PLOT_THE_DOTS = RuleSet("plot-the-dots", "NHSRplotthedots 0.2.2", "Plot the dots", 7, 7, TwoOfThree.SAME_SIDE)
PLOT_THE_DOTS_UNSCREENED = RuleSet(
    "plot-the-dots-unscreened",
    "Making Data Count",
    "Plot the dots, every moving range kept",
    7,
    7,
    TwoOfThree.SAME_SIDE,
    screen=Screen.NEVER,
)
POWERBI_SPC = RuleSet(
    "powerbi-spc", "PowerBI-SPC", "PowerBI-SPC", 7, 5, TwoOfThree.NET_BEYOND, width=3 / 1.128
)
AUTOSPC = RuleSet("autospc", "autospc", "autospc", 8, 0, TwoOfThree.NOT_USED, width=3 / 1.128)
AUTOSPC_UNSCREENED = RuleSet(
    "autospc-unscreened",
    "autospc",
    "autospc, every moving range kept",
    8,
    0,
    TwoOfThree.NOT_USED,
    screen=Screen.NEVER,
    width=3 / 1.128,
)
AUTOSPC_UNTIL_STABLE = RuleSet(
    "autospc-until-stable",
    "autospc",
    "autospc, screened until stable",
    8,
    0,
    TwoOfThree.NOT_USED,
    screen=Screen.UNTIL_STABLE,
    width=3 / 1.128,
)
QICHARTS2 = RuleSet(
    "qicharts2", "qicharts2 0.7.2", "qicharts2 (Anhøj)", 0, 0, TwoOfThree.NOT_USED, width=3 / 1.128, runs=True
)
RUN_CHART = RuleSet(
    "run-chart", "qicharts2 0.7.2", "Run chart (Anhøj)", 0, 0, TwoOfThree.NOT_USED, outside=False, runs=True
)

RULE_SETS: tuple[RuleSet, ...] = (
    PLOT_THE_DOTS,
    PLOT_THE_DOTS_UNSCREENED,
    POWERBI_SPC,
    AUTOSPC,
    AUTOSPC_UNSCREENED,
    AUTOSPC_UNTIL_STABLE,
    QICHARTS2,
    RUN_CHART,
)


def named(name: str) -> RuleSet:
    """The rule set of that name; raises ValueError listing the names there are."""
    for rules in RULE_SETS:
        if rules.name == name:
            return rules
    known = ", ".join(rules.name for rules in RULE_SETS)
    raise ValueError(f"there is no rule set called {name!r}; the names are {known}")
