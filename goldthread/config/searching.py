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
        count_rows()
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
    """Let the database look at samples of its tables, so that it chooses well among indexes.

    SQLite looks at every table each time, a second at most. PostgreSQL does so by itself within minutes:
    it is asked for the tables that were filled and not looked at yet, as after an office was brought in.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")
        elif connection.vendor == "postgresql":
            cursor.execute(NOT_LOOKED_AT)
            for (name,) in cursor.fetchall():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")


NOT_LOOKED_AT = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = quote_ident(current_schema())::regnamespace
    AND reltuples <= 0 AND pg_relation_size(oid) > 0
"""
