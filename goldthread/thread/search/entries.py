"""What may be found of a thing, before it is written down: its faces, and the parts they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.core.text import Section, seal_of, words_of
from goldthread.core.text.blocks import Kind as BlockKind
from goldthread.thread.models import Kind

FORM = 1
"""Raised when entries are made otherwise: every seal is then another, and a rebuild writes them anew."""

LONGEST = 400_000
"""So many letters of one text are looked in; beyond that a database refuses."""

DESK, EARLIER, OPEN = 20, 5, 10
"""Of two faces of one thing that a reader may see, the one with the higher place is shown."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing as one audience reads it: ``locks`` say who may find it, ``href`` where it is read."""

    kind: Kind
    ref: str
    face: str
    locks: tuple[str, ...]
    href: str
    title: str
    words: str
    body: int
    on: date | None = None
    place: int = OPEN
    theme: str = ""
    year: int | None = None
    board: int | None = None
    within: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a scope that is made at once: the seal of what it is made from, and how it is made."""

    name: str
    seal: str
    make: Callable[[], Iterable[Saying]]


def whole(sayings: Iterable[Saying]) -> tuple[Part, ...]:
    """A scope of one part that is sealed by what it says itself."""
    made = tuple(sayings)
    return (Part("", sealed(made), lambda: made),) if made else ()


def sealed(sayings: Iterable[Saying]) -> str:
    """The seal of all that some sayings hold."""
    return seal_of([FORM, *(_form(each) for each in sayings)])


def _form(each: Saying) -> list[object]:
    on = each.on.isoformat() if each.on else ""
    named = [each.kind.value, each.ref, each.face, sorted(each.locks), each.href, each.title, each.words]
    told = [each.body, on, each.place, each.theme, each.year, each.board, each.within, each.thread]
    return [*named, *told]


def joined(*words: str | None) -> str:
    """Several texts as one, each on a line of its own; the empty ones are left out."""
    return "\n".join(each.strip() for each in words if each and each.strip())


def thread_of(kind: str, *ref: str) -> str:
    """The thread that tells of a thing, as `web.threads` asks for it."""
    return f"{kind} {'.'.join(ref)}" if all(ref) else ""


def words_in(sections: Iterable[Section], hidden: frozenset[BlockKind] = frozenset()) -> str:
    """Everything that some sections say with their subsections, but for blocks of hidden kinds."""
    return "\n".join(line for section in sections for line in _lines(section, hidden) if line)


def _lines(section: Section, hidden: frozenset[BlockKind]) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        if block.kind not in hidden:
            yield words_of(block)
    for child in section.children:
        yield from _lines(child, hidden)
