"""A chart as blocks of a text, for Word, PDF and pages: what it says, its picture, its figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from goldthread.core.text import Block, Cell, Figure, Kind, Prose, Row, Run, Table, another_key
from goldthread.files.charts import funnel, ranked, spark, words
from goldthread.files.charts.model import Chart, ControlChart, Funnel, RankedStrip, SmallMultiples, Sparkline
from goldthread.files.charts.sheet import PRINT
from goldthread.files.charts.svg import svg
from goldthread.files.charts.tables import Grid, table_of

ROWS = 13


class Figured(NamedTuple):
    """The blocks of a chart, and the bytes of its picture by their SHA-256."""

    blocks: tuple[Block, ...]
    images: Mapping[str, bytes]


def figure_text(chart: Chart, *, key: str, table: bool = True, rows: int = ROWS) -> Figured:
    """A chart as a sentence, a figure with its description, and a table of its last ``rows`` periods.

    The keys of the blocks are made from ``key``, so that the same chart at the same place keeps them.
    A chart that would mislead gives its refusal and its table, and no picture.
    """
    said = Prose(another_key(key, "sentence"), Kind.PARAGRAPH, (Run(sentence_of(chart)),))
    grid = block_of(table_of(chart, last=rows, reasons=False), another_key(key, "table"))
    figures: tuple[Block, ...] = (grid,) if table else ()
    if isinstance(chart, ControlChart) and chart.refusal is not None:
        return Figured((said, grid), {})
    image = svg(chart, width=PRINT).encode("utf-8")
    seal = hashlib.sha256(image).hexdigest()
    picture = Figure(another_key(key, "picture"), seal, alt_of(chart), (Run(caption_of(chart)),))
    return Figured((said, picture, *figures), {seal: image})


def sentence_of(chart: Chart) -> str:
    """What a chart says, in a sentence or two."""
    match chart:
        case ControlChart():
            return words.sentence(chart)
        case Funnel():
            return funnel.sentence(chart)
        case RankedStrip():
            return ranked.sentence(chart)
        case SmallMultiples():
            return spark.described_multiples(chart)
        case Sparkline():
            return spark.spark_words(chart)


def description_of(chart: Chart) -> str:
    """What a picture shows, for who cannot see it."""
    match chart:
        case ControlChart():
            return words.described(chart)
        case Funnel():
            return funnel.described(chart)
        case RankedStrip():
            return ranked.described(chart)
        case _:
            return sentence_of(chart)


def alt_of(chart: Chart) -> str:
    """The words in a picture's place: its title and what it shows."""
    return f"{chart.title}. {description_of(chart)}"


def caption_of(chart: Chart) -> str:
    """What is written below a picture: its title, the rules it was judged by, where its figures are from."""
    rules = f"Limits and rules: {chart.rules}." if isinstance(chart, ControlChart) and chart.rules else ""
    source = (
        "" if isinstance(chart, Sparkline) or not chart.source else f"Source: {chart.source.rstrip('.')}."
    )
    return " ".join(filter(None, (f"{chart.title}.", rules, source)))


def block_of(grid: Grid, key: str) -> Table:
    """A grid as a table whose first row and first column are headers."""

    def cell(words: str, *, header: bool) -> Cell:
        return Cell(((Run(words),) if words else (),), header=header)

    head = Row(tuple(cell(words, header=True) for words in grid.head))
    body = (Row(tuple(cell(w, header=not place) for place, w in enumerate(row))) for row in grid.rows)
    return Table(key, (head, *body), caption=f"Figures: {grid.caption}")
