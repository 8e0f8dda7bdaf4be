"""The rooms that search looks in, as each registers what it has to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from goldthread.people.models import User
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search.entries import Part

Parts = Iterator[tuple[int, tuple[Part, ...]]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is looking, on which day; nobody for a visitor."""

    user: User | None
    on: date


@dataclass(frozen=True, slots=True)
class Source:
    """What is indexed at once: its rows, what they say, and what a change of another row means for it.

    ``parts`` gives, for some rows by number, what is to be found of each; a row that is no more gives
    nothing. ``every`` names all rows.
    """

    name: str
    every: Callable[[], Iterable[int]]
    parts: Callable[[Sequence[int]], Parts]

    def scope(self, pk: int) -> str:
        """The name under which what one row says is kept."""
        return f"{self.name}:{pk}"


Check = Callable[[Asker, Sequence[Entry]], set[int]]
Touches = Callable[[Model, str], Iterable[tuple[str, Iterable[int]]]]

SOURCES: dict[str, Source] = {}
CHECKS: dict[str, Check] = {}
TOUCHES: dict[str, list[Touches]] = {}


def register(source: Source) -> None:
    """Look in this too; the last of one name counts."""
    SOURCES[source.name] = source


def check_with(check: Check, *kinds: Kind) -> None:
    """Ask this, of entries of some kinds, which of them their doors still open to whoever looks."""
    CHECKS.update({kind.value: check for kind in kinds})


def touched_by(touches: Touches, *models: type[Model]) -> None:
    """Ask this, of a thing of which something was recorded, what is to be indexed again."""
    for model in models:
        asked = TOUCHES.setdefault(model._meta.label_lower, [])
        if touches not in asked:
            asked.append(touches)
