"""What a chart can bear: when to refuse it, what to use instead, and what to warn a reader of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.core.spc.baselines import advice_on_dates
from goldthread.core.spc.values import Advice
from goldthread.core.spc.xmr import Xmr


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a series besides its figures.

    `covers_months` is how many months one figure covers, when it is known; `counted` says whether figures
    are counts of events, None to tell by their being whole numbers.
    """

    covers_months: int | None = None
    counted: bool | None = None


def refusal_of(days: Sequence[date], values: Sequence[float | None], setting: Setting) -> Advice | None:
    """Why an XmR chart of these figures would mislead, and what to use instead; None when it would not."""
    return None


def advice_on(
    days: Sequence[date],
    values: Sequence[float | None],
    chart: Xmr,
    setting: Setting,
    *,
    rebases: Collection[date] = (),
    breaks: Collection[date] = (),
    adjusted: bool = False,
) -> tuple[Advice, ...]:
    """Everything a reader of the chart must be told."""
    return advice_on_dates(days, rebases, breaks)
