"""The neutral tree back from its JSON, as a reader in another process wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.core.text import Mark, MarkKind, Run, Runs
from goldthread.files.tree import (
    BlockKind,
    Change,
    ChangeKind,
    ReadBlock,
    ReadCell,
    ReadDocument,
    ReadRow,
    Warned,
)

Json = dict[str, Any]


def read_form(form: Json, images: Mapping[str, bytes]) -> ReadDocument:
    """A document from what ``ReadDocument.as_json`` gave. Raises KeyError, TypeError or ValueError."""
    return ReadDocument(
        str(form["title"]),
        tuple(_block(block) for block in form["blocks"]),
        tuple(Warned(str(w["place"]), str(w["message"]), str(w["code"])) for w in form["warnings"]),
        str(form["format"]),
        str(form["lang"]),
        tuple((str(name), str(value)) for name, value in form["properties"].items()),
        dict(images),
    )


def _runs(form: Json) -> Runs:
    if "runs" not in form:
        return (Run(str(form["text"])),) if form["text"] else ()
    return tuple(
        Run(str(words), tuple(Mark(MarkKind(kind), str(target)) for kind, target in marks))
        for words, marks in form["runs"]
    )


def _change(form: list[Any] | None) -> Change | None:
    if form is None:
        return None
    kind, start, end, by, on = form
    return Change(ChangeKind(kind), int(start), int(end), str(by), str(on))


def _changes(forms: list[list[Any]]) -> tuple[Change, ...]:
    return tuple(change for change in map(_change, forms) if change is not None)


def _block(form: Json) -> ReadBlock:
    return ReadBlock(
        BlockKind(form["kind"]),
        _runs(form),
        int(form["level"]),
        str(form["label"]),
        str(form.get("place", "")),
        str(form.get("style", "")),
        tuple(_row(row) for row in form.get("rows", ())),
        tuple(_block(block) for block in form.get("blocks", ())),
        _changes(form.get("changes", [])),
        _change(form.get("mark")),
        str(form.get("ref", "")),
        str(form.get("by", "")),
        str(form.get("on", "")),
        str(form.get("image", "")),
        str(form.get("alt", "")),
        str(form.get("lang", "")),
        form.get("rtl", False) is True,
        form.get("bold", False) is True,
        tuple(map(str, form.get("bookmarks", ()))),
    )


def _row(form: Json) -> ReadRow:
    cells = tuple(
        ReadCell(
            tuple(_block(block) for block in cell["blocks"]),
            cell.get("header", False) is True,
            int(cell.get("colspan", 1)),
            int(cell.get("rowspan", 1)),
            _change(cell.get("change")),
        )
        for cell in form["cells"]
    )
    return ReadRow(cells, form.get("header", False) is True, _change(form.get("change")))
