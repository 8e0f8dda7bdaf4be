"""A thread as a table: one row a stop, one row each for what stands beneath it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from goldthread.plans.comparing import sheet_cell
from goldthread.thread.stops import Stop, Thread

COLUMNS = (
    _("Date"),
    _("When"),
    _("What happened"),
    _("What"),
    _("Status"),
    _("Words"),
    _("By"),
    _("Public"),
    _("Address"),
)

Absolute = Callable[[str], str]


def csv_of(thread: Thread, absolute: Absolute) -> bytes:
    """The table as CSV that a spreadsheet reads as it is; ``absolute`` makes an address whole."""
    told = io.StringIO()
    table = csv.writer(told)
    table.writerow([str(name) for name in COLUMNS])
    for row in rows_of(thread, absolute):
        table.writerow([sheet_cell(cell) for cell in row])
    return told.getvalue().encode("utf-8-sig")


def rows_of(thread: Thread, absolute: Absolute) -> Iterator[tuple[str, ...]]:
    """The rows of the table, in the order of the thread."""
    for stop in thread.stops:
        words = " ".join(filter(None, (stop.words, *stop.quiet)))
        yield _row(stop, stop.title, stop.status, words, "", stop.href, absolute)
        for piece in stop.pieces:
            told = " ".join(filter(None, (piece.quiet, f"“{piece.said}”" if piece.said else "")))
            yield _row(stop, piece.words, piece.status, told, piece.by, piece.href, absolute)


def _row(
    stop: Stop, title: str, status: str, words: str, by: str, href: str, absolute: Absolute
) -> tuple[str, ...]:
    public = str(_("yes")) if stop.public else str(_("no"))
    where = absolute(href) if href else ""
    return (
        stop.when.isoformat(),
        stop.when_words,
        stop.kind_words,
        title,
        status,
        words,
        by,
        public,
        where,
    )
