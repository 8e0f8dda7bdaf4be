"""Keeping the index in step with what is recorded, making it anew, and checking that it agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import Model

from goldthread.audit import listeners
from goldthread.audit.verify import register
from goldthread.core.problems import Problem
from goldthread.thread.models import Entry
from goldthread.thread.search import index, tables
from goldthread.thread.search.sources import SOURCES, TOUCHES, Source

CHUNK = 200


def heard(thing: Model, verb: str, at: datetime) -> None:
    """Index again whatever reads differently since something was recorded; a mere reading changes nothing."""
    if index.is_waiting() or verb in READING:
        return
    wanted: dict[str, set[int]] = {}
    for touches in TOUCHES.get(thing._meta.label_lower, ()):
        for name, pks in touches(thing, verb):
            wanted.setdefault(name, set()).update(pks)
    for name, found in wanted.items():
        put_again(SOURCES[name], sorted(found))
        for after in AFTER.get(name, ()):
            after(sorted(found))


AFTER: dict[str, list[Callable[[Sequence[int]], None]]] = {}
"""By source, who is told which of its rows were indexed because they changed."""

READING = frozenset({"read exempt business", "signed in"})
"""Verbs of events after which everything reads as before."""


def put_again(source: Source, pks: Sequence[int]) -> int:
    """Write what differs of some rows, those that are no more included; says how many entries did."""
    count = 0
    for chunk in _chunks(pks):
        parts = dict.fromkeys(chunk, ()) | dict(source.parts(chunk))
        count += index.put({source.scope(pk): each for pk, each in parts.items()})
    return count


def _chunks(pks: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(pks)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; says how many entries it has."""
    index.clear()
    for source in SOURCES.values():
        for chunk in _chunks(sorted(source.every())):
            rows = [
                index.entry(saying, source.scope(pk), part)
                for pk, parts in source.parts(chunk)
                for part in parts
                for saying in part.make()
            ]
            index.add(rows)
    tables.made_anew(connection)
    return Entry.objects.count()


def problems() -> Iterator[Problem]:
    """Every row that would be found otherwise than it reads now."""
    if not tables.in_step(connection):
        yield Problem("search", f"The index of words does not agree with its entries. {MEND}", "search-index")
    known = set()
    for source in SOURCES.values():
        for chunk in _chunks(sorted(source.every())):
            yield from _differing(source, chunk)
            known.update(source.scope(pk) for pk in chunk)
    for scope in Entry.objects.values_list("scope", flat=True).distinct():
        if scope not in known:
            yield Problem(f"search, {scope}", f"It can be found and is no more. {MEND}", "search-stale")


MEND = "Run goldthread search --rebuild."


def _differing(source: Source, pks: Sequence[int]) -> Iterator[Problem]:
    scopes = {source.scope(pk) for pk in pks}
    kept: dict[str, dict[str, str]] = {}
    for scope, part, seal in Entry.objects.filter(scope__in=scopes).values_list("scope", "part", "seal"):
        kept.setdefault(scope, {})[part] = seal
    for pk, parts in source.parts(pks):
        scope = source.scope(pk)
        if kept.get(scope, {}) != {part.name: part.seal for part in parts}:
            yield Problem(f"search, {scope}", f"It is not found as it reads now. {MEND}", "search-stale")


def afterwards(source: str, tell: Callable[[Sequence[int]], None]) -> None:
    """Tell this which rows of a source were indexed because they changed."""
    told = AFTER.setdefault(source, [])
    if tell not in told:
        told.append(tell)


def register_own() -> None:
    """Listen to what is recorded, and let ``goldthread verify`` compare the index with the records."""
    listeners.hear(heard)
    register("what search finds", problems)
