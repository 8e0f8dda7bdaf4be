"""Blocks of a report, each written together with the records that it was written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldthread.core.text import (
    Block,
    Cell,
    Kind,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Prose,
    Row,
    Run,
    Runs,
    Section,
    Table,
    Text,
    Typed,
    another_key,
    tidy,
)
from goldthread.delivery.reporting.records import Ref
from goldthread.files.charts.figures import figure_text
from goldthread.files.charts.model import Chart

_STRONG = (Mark(MarkKind.STRONG),)


@dataclass(frozen=True, slots=True)
class Source:
    """That a block was written from a record."""

    block_key: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Composed:
    """A report as it is written: its text, where each of its blocks comes from, its pictures by SHA-256."""

    text: Text
    sources: tuple[Source, ...]
    images: Mapping[str, bytes] = field(default_factory=dict)


class Writer:
    """Writes the blocks of one report and remembers their records.

    Every key is made from the report's own key and a name, so that the same block bears the same key
    whenever the report is assembled again.
    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._sources: dict[tuple[str, str, int], Source] = {}
        self._images: dict[str, bytes] = {}

    @property
    def sources(self) -> tuple[Source, ...]:
        """What has been written so far and from which records, each once, in the order of the text."""
        return tuple(self._sources.values())

    @property
    def images(self) -> Mapping[str, bytes]:
        """The pictures drawn so far, by their SHA-256."""
        return self._images

    def chart(self, name: str, chart: Chart, refs: Iterable[Ref | None] = ()) -> tuple[Block, ...]:
        """What a chart says, its picture and its last twelve figures."""
        figured = figure_text(chart, key=self.key(name), rows=12)
        self._images.update(figured.images)
        cited = tuple(refs)
        for block in figured.blocks:
            self.cite(block.key, cited)
        return figured.blocks

    def key(self, name: str) -> str:
        """The permanent key of what bears this name in the report."""
        return another_key(self._key, name)

    def cite(self, block_key: str, refs: Iterable[Ref | None]) -> None:
        """Say from which records a block was written."""
        for ref in refs:
            if ref is not None:
                self._sources.setdefault((block_key, ref.kind, ref.pk), Source(block_key, ref))

    def para(
        self, name: str, *said: str | Run, refs: Iterable[Ref | None] = (), numbered: bool = True
    ) -> Prose:
        """A paragraph."""
        key = self.key(name)
        self.cite(key, refs)
        return Prose(key, Kind.PARAGRAPH, runs(*said), numbered)

    def recommended(self, name: str, words: str, refs: Iterable[Ref | None] = ()) -> Typed:
        """Something that the board is recommended to do."""
        key = self.key(name)
        self.cite(key, refs)
        return Typed(key, Kind.RECOMMENDATION, (Run(words),))

    def cited(self, name: str, words: str, refs: Iterable[Ref | None] = ()) -> Typed:
        """A source document."""
        key = self.key(name)
        self.cite(key, refs)
        return Typed(key, Kind.SOURCE_DOCUMENT, (Run(words),))

    def bullets(self, name: str, items: Sequence[Runs], refs: Iterable[Ref | None] = ()) -> ListBlock:
        """A list."""
        key = self.key(name)
        self.cite(key, refs)
        return ListBlock(key, tuple(ListItem(item) for item in items))

    def table(
        self,
        name: str,
        head: Sequence[str],
        rows: Iterable[Sequence[Sequence[str | Run] | str]],
        *,
        caption: str = "",
        refs: Iterable[Ref | None] = (),
    ) -> Table:
        """A table whose first row and first column are headers; a cell is words or paragraphs of them."""
        key = self.key(name)
        self.cite(key, refs)
        top = Row(tuple(_cell(words, header=True) for words in head))
        body = (Row(tuple(_cell(words, header=not at) for at, words in enumerate(row))) for row in rows)
        return Table(key, (top, *body), caption)

    def section(
        self,
        name: str,
        title: str,
        blocks: Iterable[Block | None],
        children: Iterable[Section] = (),
        *,
        numbered: bool = True,
    ) -> Section:
        """A section of the blocks given, leaving out those that are nothing."""
        written = tuple(block for block in blocks if block is not None)
        return Section(self.key(f"section {name}"), title, written, tuple(children), numbered)


def strong(words: str) -> Run:
    """Words in bold."""
    return Run(words, _STRONG)


def link(words: str, address: str) -> Run:
    """Words that lead somewhere."""
    return Run(words, (Mark(MarkKind.LINK, address),) if address else ())


def runs(*said: str | Run) -> Runs:
    """Words and runs as runs, nothing empty among them."""
    return tidy(each if isinstance(each, Run) else Run(each) for each in said if each)


def _cell(said: Sequence[str | Run] | str, *, header: bool) -> Cell:
    paragraphs = (said,) if isinstance(said, str) else said
    return Cell(tuple(written for each in paragraphs if (written := runs(each))), header=header)


def full_day(day: date) -> str:
    """A date as a report writes it: 4 March 2019."""
    return f"{day:%-d %B %Y}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what is counted: 1 action, 3 actions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def ended(words: str) -> str:
    """Words as a sentence: with a full stop unless they end in one."""
    trimmed = words.strip()
    return trimmed if not trimmed or trimmed[-1] in ".!?…" or trimmed[-2:] in (".”", ".’") else f"{trimmed}."
