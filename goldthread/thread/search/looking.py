"""Looking words up in the index of either database: who may find what is part of the same question.

A question that fits few entries is answered in full, best first. One that fits more than `MOST` is
answered with those which say it in their title and the newest of others: to rank a hundred
thousand entries by a word that stands in all of them takes long, and tells nobody anything. Of a
phrase PostgreSQL ranks fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from goldthread.thread.models import Kind
from goldthread.thread.search import marks
from goldthread.thread.search.asking import COMMON, Question
from goldthread.thread.search.tables import INDEX, NAMES, SHELF, TABLE

MOST = 1_000
MOST_OF_A_PHRASE = 300
"""On PostgreSQL, which reads an entry to know that words follow each other: the index does not say."""
OF_EACH_GROUP = 120
OF_ONE_KIND = 500
NAMED = 150
LOOKED_BACK = 1_000
GROUPS = (
    ("update",),
    ("action", "milestone"),
    tuple(kind for kind in Kind.values if kind not in ("update", "action", "milestone")),
)
"""Kinds of which there are so many more than of others that each group is asked for by itself."""

FIELDS = ("id", "kind", "ref", "place", "on", "year", "theme", "body_id", "board_id")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a question is narrowed down to; empty for all."""

    kind: str = ""
    theme: str = ""
    year: int | None = None
    body: int | None = None
    board: int | None = None

    def marks(self) -> tuple[str, ...]:
        """The marks that an entry must bear."""
        found = (
            marks.of_kind(self.kind) if self.kind else "",
            marks.of_theme(self.theme) if self.theme else "",
            marks.of_year(self.year) if self.year is not None else "",
            marks.of_body(self.body) if self.body is not None else "",
            marks.of_board(self.board) if self.board is not None else "",
        )
        return tuple(mark for mark in found if mark)


class Row(NamedTuple):
    """An entry that answers, without its words, and how well it does."""

    pk: int
    kind: str
    ref: str
    place: int
    on: date | None
    year: int | None
    theme: str
    body: int
    board: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Looked:
    """The entries that answer; ``all_of_them`` is false where there are more."""

    rows: tuple[Row, ...]
    all_of_them: bool


def look(question: Question, keys: Sequence[str], narrowed: Narrowed) -> Looked:
    """The entries that somebody with these keys may find."""
    if not question or not keys:
        return Looked((), True)
    wanted = narrowed.marks()
    base = _postgresql if connection.vendor == "postgresql" else _sqlite
    ranked = base.ranked(question, keys, wanted)
    if ranked is not None:
        return Looked(ranked, True)
    groups = ((narrowed.kind,),) if narrowed.kind else GROUPS
    each = OF_ONE_KIND if narrowed.kind else OF_EACH_GROUP
    found = {row.pk: row for row in base.newest(question, keys, wanted, groups, each)}
    found |= {row.pk: row for row in base.named(question, keys, wanted)}
    return Looked(tuple(found.values()), False)


def _rows(sql: str, values: Sequence[Any]) -> Iterator[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for row in cursor.fetchall():
            yield Row(*row[:4], _day(row[4]), *row[5:])


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _one(sql: str, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


_FIELDS = ", ".join(f'e."{name}"' for name in FIELDS)


class _Sqlite:
    """FTS5: words are quoted, so that nothing that was typed is read as one of its signs."""

    _from = f"FROM {INDEX} JOIN {TABLE} e ON e.id = {INDEX}.rowid WHERE {INDEX} MATCH %s"

    def ranked(
        self, question: Question, keys: Sequence[str], wanted: Sequence[str]
    ) -> tuple[Row, ...] | None:
        """What answers and how well; nothing where it is too much: to count is quick, to rank is not."""
        match = self._match(question, keys, wanted)
        count = f"SELECT count(*) FROM (SELECT 1 FROM {INDEX} WHERE {INDEX} MATCH %s LIMIT {MOST + 1})"  # noqa: S608
        if _one(count, [match]) > MOST:
            return None
        sql = f"SELECT {_FIELDS}, -bm25({INDEX}, 8.0, 1.0, 0.0) {self._from}"
        return tuple(_rows(sql, [match]))

    def newest(
        self,
        question: Question,
        keys: Sequence[str],
        wanted: Sequence[str],
        groups: Iterable[Sequence[str]],
        each: int,
    ) -> Iterator[Row]:
        sql = f"SELECT {_FIELDS}, 0 {self._from} ORDER BY {INDEX}.rowid DESC LIMIT {each}"
        for kinds in groups:
            yield from _rows(sql, [self._match(question, keys, wanted, kinds)])

    def named(self, question: Question, keys: Sequence[str], wanted: Sequence[str]) -> Iterator[Row]:
        found = f"FROM {NAMES} JOIN {TABLE} e ON e.id = {NAMES}.rowid WHERE {NAMES} MATCH %s"
        sql = f"SELECT {_FIELDS}, 1 {found} ORDER BY {NAMES}.rowid DESC LIMIT {NAMED}"
        return _rows(sql, [self._match(question, keys, wanted, where="title")])

    def _match(
        self,
        question: Question,
        keys: Sequence[str],
        wanted: Sequence[str],
        kinds: Sequence[str] = (),
        where: str = "{title words}",
    ) -> str:
        said = " AND ".join('"' + " ".join(part) + '"' for part in question.parts)
        locks = " OR ".join(keys)
        narrowed = "".join(f" AND marks : {mark}" for mark in wanted)
        if kinds:
            narrowed += f" AND marks : ({' OR '.join(map(marks.of_kind, kinds))})"
        return f"{where} : ({said}) AND marks : ({locks}){narrowed}"


class _Postgresql:
    """A text vector: each part of what was typed is a phrase, and marks bear a sign that no word has."""

    def ranked(
        self, question: Question, keys: Sequence[str], wanted: Sequence[str]
    ) -> tuple[Row, ...] | None:
        """What answers and how well; nothing where it is too much. One question: to ask is what costs."""
        query, values = self._query(question, keys, wanted)
        said, spoken = self._said(question)
        most = MOST_OF_A_PHRASE if any(map(_is_phrase, question.parts)) else MOST
        rank = f"ts_rank('{{0.05, 0.1, 0.2, 1.0}}', said, {said}, 1)"
        sql = f"SELECT {_FIELDS}, {rank} FROM {TABLE} e WHERE said @@ ({query}) LIMIT {most + 1}"  # noqa: S608
        found = tuple(_rows(sql, [*spoken, *values]))
        return found if len(found) <= most else None

    def newest(
        self,
        question: Question,
        keys: Sequence[str],
        wanted: Sequence[str],
        groups: Iterable[Sequence[str]],
        each: int,
    ) -> Iterator[Row]:
        """Of each group, what answers among the `LOOKED_BACK` newest entries that may be found at all."""
        said, spoken = self._said(question)
        for kinds in groups:
            shelf = next(place for place, group in enumerate(GROUPS) if kinds[0] in group)
            opened = f"SELECT * FROM {TABLE} WHERE ({SHELF}) = {shelf} AND named @@ %s::tsquery"  # noqa: S608
            newest = f"{opened} ORDER BY id DESC LIMIT {LOOKED_BACK}"
            sql = (
                f"SELECT {_FIELDS}, 0 FROM ({newest}) e WHERE said @@ {said} ORDER BY e.id DESC LIMIT {each}"  # noqa: S608
            )
            yield from _rows(sql, [self._marks(keys, wanted, kinds if len(kinds) == 1 else ()), *spoken])

    def named(self, question: Question, keys: Sequence[str], wanted: Sequence[str]) -> Iterator[Row]:
        query, values = self._query(question, keys, wanted)
        sql = f"SELECT {_FIELDS}, 1 FROM {TABLE} e WHERE named @@ ({query})"  # noqa: S608
        return _rows(f"{sql} ORDER BY e.id DESC LIMIT {NAMED}", values)

    def _said(self, question: Question) -> tuple[str, list[str]]:
        phrases = " && ".join(["phraseto_tsquery('english', %s)"] * len(question.parts))
        return f"({phrases})", [" ".join(part) for part in question.parts]

    def _query(self, question: Question, keys: Sequence[str], wanted: Sequence[str]) -> tuple[str, list[str]]:
        said, values = self._said(question)
        return f"{said} && %s::tsquery", [*values, self._marks(keys, wanted)]

    def _marks(self, keys: Sequence[str], wanted: Sequence[str], kinds: Sequence[str] = ()) -> str:
        locks = " | ".join(f"'={key}'" for key in keys)
        bare = [*wanted, *map(marks.of_kind, kinds)]
        return f"({locks})" + "".join(f" & '={mark}'" for mark in bare)


def _is_phrase(part: Sequence[str]) -> bool:
    """Whether words of a part must follow each other; such as stand in every text are not looked up."""
    return sum(word not in COMMON for word in part) > 1


_sqlite, _postgresql = _Sqlite(), _Postgresql()
