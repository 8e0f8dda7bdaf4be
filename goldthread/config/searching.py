"""Making the index of search anew, and telling what it holds."""

from __future__ import annotations

import argparse
from time import monotonic

from django.db import connection
from django.db.models import Count

from goldthread.config.keeping import require_migrated
from goldthread.people.models import Body
from goldthread.thread.models import Entry
from goldthread.thread.search.attached import ask_for_readings, read_now
from goldthread.thread.search.keeping import rebuild
from goldthread.thread.search.names import name_of


def search(args: argparse.Namespace) -> int:
    """Say what search can find, having made its index anew with --rebuild."""
    require_migrated()
    if args.rebuild:
        started = monotonic()
        files = read_now()
        count = rebuild()
        took = monotonic() - started
        print(f"Made anew in {took:.1f} s: {count:,} entries, {files:,} attached files read.")
    for kind, count in Entry.objects.values_list("kind").annotate(Count("pk")).order_by("-pk__count"):
        print(f"{count:>9,}  {name_of(kind)}")
    return 0


def make_where_missing() -> bool:
    """Make the index of an office that had none, as after an upgrade; says whether it did.

    What is attached is read by the worker afterwards.
    """
    if Entry.objects.exists() or not Body.objects.exists():
        return False
    rebuild()
    ask_for_readings()
    return True


def count_rows() -> None:
    """Let SQLite look at samples of every table, so that it chooses well among indexes; a second at most.

    PostgreSQL does so by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")
