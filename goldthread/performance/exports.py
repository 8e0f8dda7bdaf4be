"""A measure to take away: Word, PDF, a table, the chart as JSON and as a picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from goldthread.core.text import Block, Kind, Prose, Run, Section, Text, another_key, numbers
from goldthread.files.charts.figures import figure_text
from goldthread.files.charts.model import ControlChart
from goldthread.files.charts.svg import svg
from goldthread.files.charts.vega import vega
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx
from goldthread.performance.definitions import Defined
from goldthread.performance.sheets import CSV, csv_rows
from goldthread.plans.comparing import sheet_cell

FORMS: Mapping[str, str] = {
    "docx": "Word",
    "pdf": "PDF",
    "csv": "CSV, for a spreadsheet",
    "json": "JSON, with the chart as Vega-Lite",
    "svg": "The chart alone (SVG)",
}
TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken away of a measure: its chart, its definition, and what is said around it."""

    chart: ControlChart
    defined: Defined
    at: datetime
    facts: tuple[tuple[str, str], ...] = ()
    narrative: str = ""
    narrative_by: str = ""
    address: str = ""


def written(taken: Taken, form: str) -> bytes:
    """The measure in one of ``FORMS``; `KeyError` for any other."""
    return _WRITERS[form](taken)


def _csv(taken: Taken) -> bytes:
    """A row a period. Missing and suppressed are told apart by their state, and neither is a zero."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV)
    for row in csv_rows(taken.chart):
        writer.writerow([cell if _is_number(cell) else sheet_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdecimal()


def _json(taken: Taken) -> bytes:
    chart = taken.chart
    whole = {
        "measure": {"key": taken.defined.key, "name": chart.measure, "why": taken.defined.why},
        "area": chart.area,
        "unit": taken.defined.unit,
        "better": taken.defined.better,
        "rules": chart.rules,
        "variation": chart.variation.value,
        "assurance": chart.assurance.value,
        "advice": [advice.words for advice in chart.advice],
        "refusal": chart.refusal.words if chart.refusal is not None else None,
        "facts": dict(taken.facts),
        "narrative": taken.narrative,
        "source": chart.source,
        "address": taken.address,
        "figures": [dict(zip(CSV, row, strict=True)) for row in csv_rows(chart)],
        "vega_lite": None if chart.refusal is not None else vega(chart),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _svg(taken: Taken) -> bytes:
    return svg(taken.chart, headed=True).encode()


def measure_text(taken: Taken) -> tuple[Text, Mapping[str, bytes]]:
    """The measure as a text with its pictures: the chart, what is said of it, what it counts."""
    key = taken.defined.key
    figured = figure_text(taken.chart, key=key, rows=max(24, len(taken.chart.points)))
    sections = [Section(another_key(key, "chart"), taken.chart.area or taken.chart.measure, figured.blocks)]
    if taken.narrative:
        said = [*taken.narrative.split("\n\n"), taken.narrative_by]
        sections.append(
            Section(another_key(key, "said"), "What we say about it", _paragraphs(key, "said", said))
        )
    told = [f"{term}: {words}" for term, words in _told(taken)]
    sections.append(Section(another_key(key, "counts"), "What it counts", _paragraphs(key, "counts", told)))
    return Text(taken.chart.measure, tuple(sections)), figured.images


def _told(taken: Taken) -> Iterator[tuple[str, str]]:
    what = taken.defined
    yield "What is counted", what.numerator.words
    if what.denominator is not None:
        yield "Out of", what.denominator.words
    yield "Why it matters", what.why
    for caveat in what.caveats:
        yield "Take care", caveat
    yield from taken.facts
    for advice in taken.chart.advice:
        yield "About the chart", advice.words


def _paragraphs(key: str, place: str, words: list[str]) -> tuple[Block, ...]:
    return tuple(
        Prose(another_key(key, f"{place} {n}"), Kind.PARAGRAPH, (Run(each.strip()),))
        for n, each in enumerate(words)
        if each.strip()
    )


def _docx(taken: Taken) -> bytes:
    text, images = measure_text(taken)
    return write_docx(text, labels=numbers(text), images=dict(images))


def _pdf(taken: Taken) -> bytes:
    text, images = measure_text(taken)
    return write_pdf(text, numbers(text), images=dict(images), at=taken.at)


_WRITERS: Mapping[str, Callable[[Taken], bytes]] = {
    "docx": _docx,
    "pdf": _pdf,
    "csv": _csv,
    "json": _json,
    "svg": _svg,
}
