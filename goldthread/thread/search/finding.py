"""What somebody finds: things in order, counted by kind, theme, year and board, with snippets."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.delivery.years import year_words
from goldthread.meetings.models import Board
from goldthread.people.models import Body, User
from goldthread.thread.models import Entry
from goldthread.thread.search.asking import Question
from goldthread.thread.search.looking import Narrowed, Row, look
from goldthread.thread.search.marks import PUBLIC, keys_of
from goldthread.thread.search.names import KINDS, name_of
from goldthread.thread.search.snippets import Piece, marked, snippet
from goldthread.thread.search.sources import CHECKS, Asker
from goldthread.web import threads

PER_PAGE = 20
ALL = Narrowed()
WEIGHTS = {"section": 1.4, "pledge": 1.5, "priority": 1.4, "decision": 1.3, "measure": 1.3, "paper": 1.2}
"""How much more a thing of a kind counts than others that say what is sought just as plainly."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: what it is, where it is read, and where in it the words stand."""

    kind: str
    kind_name: str
    ref: str
    href: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    on: date | None
    theme: str
    within: str
    thread: str

    @property
    def title_html(self) -> SafeString:
        """The title with what was sought marked."""
        return html_of(self.title)

    @property
    def snippet_html(self) -> SafeString:
        """The snippet with what was sought marked."""
        return html_of(self.snippet)

    @property
    def name(self) -> str:
        """The title alone."""
        return "".join(piece.words for piece in self.title)


def html_of(pieces: Iterable[Piece]) -> SafeString:
    """Pieces of a text as HTML, the words that were sought marked and everything escaped."""
    whole = "".join(
        f"<mark>{escape(each.words)}</mark>" if each.sought else escape(each.words) for each in pieces
    )
    return mark_safe(whole)  # noqa: S308 - every piece of it was escaped


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many of what was found have it, where all was found, and whether it
    was chosen."""

    value: str
    name: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow down: its name in an address, its values."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question: a page of hits, how many there are, and how it can be narrowed down."""

    question: Question
    hits: tuple[Hit, ...]
    total: int
    all_of_them: bool
    facets: tuple[Facet, ...]
    page: int
    pages: int


def find(
    question: Question,
    *,
    user: User | None,
    on: date,
    narrowed: Narrowed = ALL,
    newest: bool = False,
    page: int = 1,
) -> Found:
    """What a person, or anybody where there is none, finds on a day. Six queries, and the doors'."""
    keys = keys_of(user, on) if user is not None else (PUBLIC,)
    looked = look(question, keys, narrowed)
    rows = _things(looked.rows)
    rows.sort(key=_newest if newest else _best)
    pages = max(1, ceil(len(rows) / PER_PAGE))
    page = min(max(1, page), pages)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    boards = Board.objects.in_bulk({row.board for row in rows if row.board is not None})
    return Found(
        question,
        _hits(shown, question, Asker(user, on)),
        len(rows),
        looked.all_of_them,
        _facets(rows, narrowed, boards, counted=looked.all_of_them),
        page,
        pages,
    )


def _things(rows: Iterable[Row]) -> list[Row]:
    """One row for each thing: the face that is shown, with the best score of all its faces."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        name = (row.kind, row.ref)
        kept = found.get(name)
        if kept is None:
            found[name] = row
        else:
            face = row if row.place > kept.place else kept
            found[name] = face._replace(score=max(row.score, kept.score))
    return list(found.values())


def _best(row: Row) -> tuple[float, int, int]:
    return -row.score * WEIGHTS.get(row.kind, 1.0), *_newest(row)


def _newest(row: Row) -> tuple[int, int]:
    return -(row.on or date.min).toordinal(), row.pk


def _hits(rows: Sequence[Row], question: Question, asker: Asker) -> tuple[Hit, ...]:
    entries = Entry.objects.in_bulk([row.pk for row in rows])
    opened = still_open(asker, entries.values())
    shown = (entries[row.pk] for row in rows if row.pk in opened)
    return tuple(_hit(entry, question, public=asker.user is None) for entry in shown)


def still_open(asker: Asker, entries: Iterable[Entry]) -> set[int]:
    """The entries that the doors themselves open to whoever looks: the index is not taken at its word."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    opened: set[int] = set()
    for kind, found in by_kind.items():
        seen = CHECKS[kind](asker, found)
        for entry in found:
            if entry.pk not in seen:
                log.warning("Search found %s, which its door keeps shut; it is left out.", entry)
        opened |= seen
    return opened


def _hit(entry: Entry, question: Question, *, public: bool) -> Hit:
    kind, _space, ref = entry.thread.partition(" ")
    said = "" if entry.words.strip() == entry.title else entry.words
    return Hit(
        entry.kind,
        name_of(entry.kind),
        entry.ref,
        entry.href,
        marked(entry.title, question),
        snippet(said, question),
        entry.on,
        entry.theme,
        entry.within,
        threads.address_of(kind, ref, public=public),
    )


def _facets(
    rows: Sequence[Row], narrowed: Narrowed, boards: dict[int, Board], *, counted: bool
) -> tuple[Facet, ...]:
    """Every way to narrow down what was found in which there is a choice, or one was made.

    Where not all was found nothing is counted, and every kind is offered.
    """
    bodies = Body.objects.in_bulk({row.body for row in rows})
    made: tuple[tuple[str, Counter[Any], Callable[[Any], object], object], ...] = (
        ("kind", Counter(row.kind for row in rows), name_of, narrowed.kind),
        ("theme", Counter(row.theme for row in rows if row.theme), str, narrowed.theme),
        (
            "year",
            Counter(row.year for row in rows if row.year is not None),
            year_words,
            narrowed.year,
        ),
        (
            "board",
            Counter(row.board for row in rows if row.board is not None),
            lambda pk: boards[pk].name,
            narrowed.board,
        ),
        ("body", Counter(row.body for row in rows), lambda pk: bodies[pk].name, narrowed.body),
    )
    if rows and not counted and not narrowed.kind:
        made[0][1].update(dict.fromkeys(KINDS, 0))
    facets = []
    for name, counts, named, chosen in made:
        order = (
            sorted(counts, reverse=True) if name == "year" else [value for value, _ in counts.most_common()]
        )
        choices = tuple(
            Choice(str(value), str(named(value)), counts[value] if counted else None, value == chosen)
            for value in order
        )
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            facets.append(Facet(name, choices))
    return tuple(facets)
