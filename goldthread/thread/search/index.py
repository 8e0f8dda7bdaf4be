"""Writing entries: only what differs from what is kept, in the transaction of whoever changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from hashlib import sha256

from django.db import connection, transaction

from goldthread.core.delivery.years import year_of
from goldthread.thread.models import Entry
from goldthread.thread.search import marks, tables
from goldthread.thread.search.entries import LONGEST, Part, Saying

BATCH = 500
_waiting: ContextVar[bool] = ContextVar("indexing waits", default=False)


@contextmanager
def waiting() -> Iterator[None]:
    """Index nothing meanwhile: whoever brings in a whole office makes the index anew afterwards."""
    before = _waiting.set(True)
    try:
        yield
    finally:
        _waiting.reset(before)


def is_waiting() -> bool:
    """Whether somebody will make the index anew afterwards."""
    return _waiting.get()


@transaction.atomic
def put(wanted: Mapping[str, Sequence[Part]]) -> int:
    """Let the entries of some scopes be those of their parts; says how many were written or taken away."""
    kept: dict[str, dict[str, str]] = {scope: {} for scope in wanted}
    rows = Entry.objects.filter(scope__in=list(wanted)).values_list("scope", "part", "seal")
    for scope, part, seal in rows:
        kept[scope][part] = seal
    gone, fresh = 0, []
    for scope, parts in wanted.items():
        seals = {part.name: part.seal for part in parts}
        stale = [name for name, seal in kept[scope].items() if seals.get(name) != seal]
        if stale:
            gone += Entry.objects.filter(scope=scope, part__in=stale).delete()[0]
        for part in parts:
            if kept[scope].get(part.name) != part.seal:
                fresh += [entry(saying, scope, part) for saying in part.make()]
    return gone + len(add(fresh))


def add(rows: list[Entry]) -> list[Entry]:
    """Write entries that are not there yet, each under a number of its own."""
    if not rows:
        return rows
    taken: set[int] = set()
    for start in range(0, len(rows), BATCH):
        some = [row.pk for row in rows[start : start + BATCH]]
        taken.update(Entry.objects.filter(pk__in=some).values_list("pk", flat=True))
    for row in rows:
        while row.pk in taken:
            row.pk += 1
        taken.add(row.pk)
    return Entry.objects.bulk_create(rows, batch_size=BATCH)


def clear() -> None:
    """Take every entry away at once."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {tables.TABLE}")  # noqa: S608 - our own name


def entry(saying: Saying, scope: str, part: Part) -> Entry:
    """The row of one saying."""
    return Entry(
        id=number_of(saying),
        kind=saying.kind.value,
        ref=saying.ref,
        face=saying.face,
        place=saying.place,
        on=saying.on,
        year=year_told(saying),
        theme=saying.theme[:200],
        body_id=saying.body,
        board_id=saying.board,
        within=saying.within[:200],
        href=saying.href,
        thread=saying.thread,
        scope=scope,
        part=part.name,
        seal=part.seal,
        marks=" ".join(marks_of(saying)),
        title=_clean(saying.title)[:300],
        words=_clean(saying.words)[:LONGEST],
    )


def _clean(words: str) -> str:
    """Words without the one sign that PostgreSQL cannot keep."""
    return words.replace("\x00", "")


def marks_of(saying: Saying) -> tuple[str, ...]:
    """The locks of a saying, and what it is narrowed down by."""
    year = year_told(saying)
    return (
        *sorted(saying.locks),
        marks.of_kind(saying.kind.value),
        marks.of_body(saying.body),
        *((marks.of_theme(saying.theme),) if saying.theme else ()),
        *((marks.of_year(year),) if year is not None else ()),
        *((marks.of_board(saying.board),) if saying.board is not None else ()),
    )


def year_told(saying: Saying) -> int | None:
    """The year of delivery that a saying belongs to: its own, else that of its day."""
    if saying.year is not None:
        return saying.year
    return year_of(saying.on) if saying.on else None


def number_of(saying: Saying) -> int:
    """A number that grows with the day and is always the same for one face of one thing."""
    name = f"{saying.kind.value} {saying.ref} {saying.face}".encode()
    return ((saying.on or date.min).toordinal() << 39) | int(sha256(name).hexdigest()[:9], 16)
