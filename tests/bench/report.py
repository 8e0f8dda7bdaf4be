"""How long an in-depth report takes to assemble in an office of ten years, on SQLite and on PostgreSQL.

    python tests/bench/report.py [sqlite|postgres] [size]

A theme of one year has ten priorities with five hundred actions and two and a half thousand updates.
It is assembled into a draft paper, sources and all, as the governance officer presses the button, and
taken back after each time; the limit is 5 s.
"""

from __future__ import annotations

import sys
from datetime import date

from office import bench, moment, timed

LIMIT = 5.0
YEAR = 2019


def measure() -> bool:
    """Assemble it three times; whether the quickest was within the limit."""
    from django.db import transaction  # noqa: PLC0415 - Django is ready by now

    from goldthread.delivery.actions.reports import assemble_in_depth  # noqa: PLC0415
    from goldthread.delivery.models import ReportSource  # noqa: PLC0415
    from goldthread.meetings.models import Board  # noqa: PLC0415
    from goldthread.people.models import User  # noqa: PLC0415
    from goldthread.plans.models import Document  # noqa: PLC0415

    plan, board = Document.objects.get(slug="plan"), Board.objects.get(slug="bcb")
    by, until = User.objects.get(name="Peter Lode"), date(YEAR + 1, 3, 31)
    sources = []

    def assemble() -> None:
        with transaction.atomic():
            report = assemble_in_depth(
                plan=plan,
                theme_key="theme-0",
                year=YEAR,
                since=date(YEAR, 4, 1),
                until=until,
                board=board,
                by=by,
                at=moment(until),
            )
            sources.append(ReportSource.objects.filter(report=report).count())
            transaction.set_rollback(True)

    within = timed("an in-depth report", LIMIT, assemble, times=3)
    print(f"  {sources[0]:,} sources", flush=True)
    return within


if __name__ == "__main__":
    bench(__file__, sys.argv[1:], measure)
