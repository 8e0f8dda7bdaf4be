"""What `goldthread verify` checks about people: the grid, and that single offices were held singly."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.audit import verify
from goldthread.core.governance.abilities import SINGLE, check_grid
from goldthread.core.problems import Problem
from goldthread.people.models import Holding


def overlaps() -> Iterator[Problem]:
    """A problem for each two people who held a single-holder office on one day."""
    previous: Holding | None = None
    held = Holding.objects.filter(office__role__in=SINGLE).select_related("office__body", "user")
    for holding in held.order_by("office_id", "starts", "pk"):
        if previous is not None and previous.office_id == holding.office_id:
            if previous.ends is None or previous.ends >= holding.starts:
                message = f"{previous.user} and {holding.user} both held it on {holding.starts:%-d %B %Y}."
                yield Problem(str(holding.office), message, "overlap")
            if previous.ends is None or (holding.ends is not None and holding.ends < previous.ends):
                continue
        previous = holding


def register_own() -> None:
    """Register the checks of this app."""
    verify.register("abilities", check_grid)
    verify.register("offices", overlaps)
