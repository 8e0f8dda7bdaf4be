"""How long a thread takes in an office of ten years, on SQLite and on PostgreSQL.

    python tests/bench/thread.py [sqlite|postgres] [size]

A pledge is served by four priorities with two hundred actions and a thousand updates between them.
Each line is a whole request, at the desk or public, as a page, a picture or a table; the limit is 100 ms.
"""

from __future__ import annotations

import sys

from office import asked, bench, readers

STARTS = ("pledge", "section", "priority", "action", "decision", "paper")


def measure() -> bool:
    """Ask for the thread of one thing of each kind; whether all was within the limit."""
    officer, _partner, public = readers()
    within = []
    for kind, ref in starts().items():
        within.append(asked(f"desk: of {kind}", officer, f"/desk/thread/{kind}/{ref}/"))
        within.append(asked(f"public: of {kind}", public, f"/thread/{kind}/{ref}/"))
    pledge = f"/desk/thread/pledge/{starts()['pledge']}/thread"
    within += [asked(f"desk: of a pledge as {form}", officer, f"{pledge}.{form}") for form in ("svg", "csv")]
    return all(within)


def starts() -> dict[str, str]:
    """By kind, the name of the thing whose thread is asked for."""
    from goldthread.delivery.models import Action, Priority  # noqa: PLC0415 - Django is ready by now
    from goldthread.plans.reading import short_key  # noqa: PLC0415

    priority = Priority.objects.get(year=2019, number="V1")
    section = f"section-{priority.theme_key[-1]}{priority.position % 10}"
    action = Action.objects.filter(priority=priority).order_by("pk")[3]
    pledge = priority.serves.order_by("pk")[0].block_key
    refs = (
        f"plan.{short_key(pledge)}",
        f"plan.{short_key(section)}",
        priority.slug,
        action.slug,
        priority.decision.slug,
        "bcb-paper-0",
    )
    return dict(zip(STARTS, refs, strict=True))


if __name__ == "__main__":
    bench(__file__, sys.argv[1:], measure)
