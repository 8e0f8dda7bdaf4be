"""Tables that are really lists of typed blocks: bibliographies and key measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.text import FIELDS, Cell, Kind, Row, Run, Runs, Table, Typed, new_key, plain, tidy
from goldthread.files.recognise.lines import line_of, retarget, spaced
from goldthread.files.tree import BlockKind, ReadBlock, ReadCell, Warned

_SOURCE = re.compile(r"^(?:source|background) (?:documents?|papers?)\s*(?:\(s\))?:?$", re.IGNORECASE)
_CONTACT = re.compile(r"^contact (?:officers?|person|people|details)\s*(?:\(s\))?:?$", re.IGNORECASE)
_ADDRESS = re.compile(r"^https?://\S+$")
_COLUMNS = {
    "measure": "", "key measure": "", "key measures": "", "indicator": "", "statement": "",
    "baseline": "baseline", "target": "target", "unit": "unit", "units": "unit", "by when": "by_when",
    "by": "by_when", "date": "by_when", "when": "by_when", "timescale": "by_when",
}  # fmt: skip


def bibliography(block: ReadBlock, keys: dict[str, str]) -> tuple[list[Typed], list[Warned]] | None:
    """Sources and contacts, where every row of a table is named as one; else None."""
    made: list[Typed] = []
    left: list[Warned] = []
    for row in block.rows:
        if len(row.cells) != 2:
            return None
        name = row.cells[0].text.strip()
        kind = Kind.SOURCE_DOCUMENT if _SOURCE.match(name) else Kind.CONTACT if _CONTACT.match(name) else None
        if kind is None:
            return None
        left.append(
            Warned(block.place, f"The row heading “{name}” became the kind of what it holds.", "label")
        )
        made.extend(_references(row.cells[1], kind, keys))
    return (made, left) if made else None


def _references(cell: ReadCell, kind: Kind, keys: dict[str, str]) -> Iterator[Typed]:
    """One block a paragraph; an address alone belongs to the source above it."""
    held: Typed | None = None
    for paragraph in _paragraphs(cell.blocks, keys):
        words = plain(paragraph).strip()
        if not words:
            continue
        if (
            held is not None
            and kind is Kind.SOURCE_DOCUMENT
            and _ADDRESS.match(words)
            and not held.field("address")
        ):
            held = Typed(held.key, kind, held.runs, (*held.fields, ("address", words)))
            continue
        if held is not None:
            yield held
        held = Typed(new_key(), kind, paragraph)
    if held is not None:
        yield held


def measures(block: ReadBlock, keys: dict[str, str]) -> tuple[list[Typed], list[Warned]] | None:
    """Key measures, where a table's first row names a measure and a baseline or target; else None."""
    if len(block.rows) < 2:
        return None
    names = [_COLUMNS.get(cell.text.strip().rstrip(":").lower()) for cell in block.rows[0].cells]
    fields = [name for name in names if name]
    if (
        None in names
        or names.count("") != 1
        or not {"baseline", "target"} & set(fields)
        or len(set(fields)) < len(fields)
    ):
        return None
    if any(len(row.cells) != len(names) or any(c.rowspan > 1 for c in row.cells) for row in block.rows):
        return None
    made: list[Typed] = []
    for row in block.rows[1:]:
        values = {
            name: " ".join(cell.text.split()) for name, cell in zip(names, row.cells, strict=True) if name
        }
        statement = row.cells[names.index("")]
        runs: list[Run] = []
        for paragraph in _paragraphs(statement.blocks, keys):
            runs.extend([Run("\n"), *paragraph] if runs else paragraph)
        ordered = tuple((name, values[name]) for name in FIELDS[Kind.KEY_MEASURE] if values.get(name))
        if runs or ordered:
            made.append(Typed(new_key(), Kind.KEY_MEASURE, tidy(runs), ordered))
    words = ", ".join(" ".join(cell.text.split()) for cell in block.rows[0].cells)
    said = f"The column headings “{words}” became the fields of {len(made)} key measures."
    if block.text or block.alt:
        said += f" Its caption was “{' '.join(filter(None, (block.text, block.alt)))}”."
    return made, [Warned(block.place, said, "label")]


def _paragraphs(blocks: tuple[ReadBlock, ...], keys: dict[str, str]) -> Iterator[Runs]:
    """Every paragraph in a cell; a table inside it becomes lines of its own."""
    for block in blocks:
        line = line_of(block)
        label = block.label if block.label != "•" else ""
        own = tidy([Run(f"{label} "), *line.runs]) if label else spaced(block.runs)
        if own:
            yield retarget(own, keys)
        if block.kind is BlockKind.FIGURE and block.alt:
            yield (Run(block.alt),)
        yield from _paragraphs(block.blocks, keys)
        for row in block.rows:
            cells = [" ".join(cell.text.split()) for cell in row.cells]
            if any(cells):
                yield spaced((Run(" | ".join(cells)),))


def plain_table(block: ReadBlock, key: str, keys: dict[str, str]) -> Table:
    """A table as it stands."""
    rows = tuple(
        Row(
            tuple(
                Cell(tuple(_paragraphs(cell.blocks, keys)), cell.header, cell.colspan, cell.rowspan)
                for cell in row.cells
            )
        )
        for row in block.rows
    )
    return Table(key, rows, " – ".join(filter(None, (block.text.strip(), block.alt.strip()))))
