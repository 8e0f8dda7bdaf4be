"""What the PDF templates are given: a comparison as plain JSON, nothing of it ever evaluated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from goldthread.core.compare.changes import (
    CellChange,
    Comparison,
    FieldChange,
    FigureDetail,
    ItemChange,
    ListDetail,
    Pieces,
    Place,
    RowChange,
    Status,
    TableDetail,
    TypedDetail,
    WordsDetail,
    WovenBlock,
    WovenSection,
)
from goldthread.core.text import (
    FIELD_NAMES,
    KIND_NAMES,
    Cell,
    Figure,
    Kind,
    ListItem,
    MarkKind,
    Prose,
    Run,
    Runs,
    words_of,
)
from goldthread.files.html import first_words
from goldthread.files.pdf.fonts import shown
from goldthread.files.weave import referred, unnoted

Json = dict[str, Any]
Picture = Callable[[str], tuple[str, int]]
GOLDEN = frozenset({Kind.PLEDGE, Kind.KEY_MEASURE, Kind.ACTION, Kind.OUTCOME, Kind.RECOMMENDATION})
_PLAIN = frozenset({MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT})
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}))?(?:-|$)")
_STATES = {Status.ADDED: "in", Status.REMOVED: "out"}


class Data:
    """A comparison as the templates read it. ``picture`` gives a picture's path and width in per cent."""

    def __init__(self, comparison: Comparison, picture: Picture) -> None:
        self._comparison, self._picture = comparison, picture
        self._notes: dict[str, tuple[WovenBlock, str]] = {}
        for _, block in comparison.blocks():
            if block.kind is Kind.NOTE:
                for side, label in ((block.old, block.old_label), (block.new, block.new_label)):
                    if side is not None:
                        self._notes[side.key] = (block, label)
        self._referred = frozenset().union(*referred(comparison))
        self._origins = {b.move: (s, b) for s, b in comparison.blocks() if b.place is Place.FROM}

    def sections(self) -> list[Json]:
        """Every section in reading order, no level of heading skipped; one that moved away is a line."""
        found: list[Json] = []
        for section in self._comparison.sections:
            above = found[-1]["level"] if found else 0
            found.append({**self._section(section), "level": min(section.depth + 1, above + 1, 6)})
        return found

    def _section(self, woven: WovenSection) -> Json:
        ghost = woven.place is Place.FROM
        said = ""
        if ghost:
            said = "Moved from here."
        elif woven.place is Place.TO:
            said = f"Moved here; it was {woven.old_number}." if woven.old_number else "Moved here."
        state = "out" if ghost or woven.new is None else ""
        return {
            "outlined": not ghost,
            "number": woven.old_number if ghost else woven.number,
            "title": self._pieces(woven.title, state) or [{"t": "Untitled"}],
            "lang": language(woven.section.lang),
            "said": said,
            "blocks": [] if ghost else [b for block in woven.blocks for b in self._block(woven, block)],
        }

    def _block(self, section: WovenSection, woven: WovenBlock) -> Iterator[Json]:
        if woven.kind is Kind.NOTE and woven.block.key in self._referred:
            return
        lang = language(woven.block.lang)
        if woven.place is Place.FROM:
            if woven.move != section.move:
                yield {"type": "said", "lang": lang, "words": self._left(woven)}
            return
        if woven.status is Status.NO_LONGER_SHOWN:
            name = woven.old_label or KIND_NAMES[woven.kind]
            yield {"type": "said", "lang": lang, "words": f"{name} is no longer shown: “{_first(woven)}”"}
            return
        yield {"lang": lang, **self._shown(section, woven)}

    def _left(self, woven: WovenBlock) -> str:
        name = f"{woven.old_label} moved" if woven.old_label else "Moved"
        return f"{name} from here: “{_first(woven)}”"

    def _shown(self, section: WovenSection, woven: WovenBlock) -> Json:
        state = "in" if woven.old is None else "out" if woven.new is None else ""
        arrived = woven.place is Place.TO and woven.move != section.move
        said = self._arrived(woven) if arrived else ""
        detail = woven.detail
        match detail:
            case WordsDetail():
                return self._prose(woven, detail.pieces, state, said)
            case TypedDetail():
                return self._typed(woven, detail, state, said)
            case ListDetail():
                items = [(i, self._item(i, state)) for i in detail.items if i.place is not Place.FROM]
                return {"type": "list", "nodes": _nodes(items, getattr(woven.block, "start", 1))}
            case FigureDetail():
                return self._figure(woven, detail, state)
            case _:
                return self._table(detail, state)

    def _arrived(self, woven: WovenBlock) -> str:
        where = f" from {woven.old_label}" if woven.old_label else ""
        same = "" if woven.inserted or woven.deleted else ", unchanged"
        return f"moved here{where}{same}"

    def _prose(self, woven: WovenBlock, pieces: Pieces, state: str, said: str) -> Json:
        words = self._pieces(pieces, state)
        if woven.kind is Kind.QUOTATION:
            return {"type": "quote", "words": words}
        numbered = isinstance(woven.block, Prose) and woven.block.numbered
        number = (woven.new_label or woven.old_label) if numbered else ""
        return {"type": "prose", "number": number, "words": words, "said": said}

    def _typed(self, woven: WovenBlock, detail: TypedDetail, state: str, said: str) -> Json:
        return {
            "type": "typed",
            "golden": woven.kind in GOLDEN,
            "pledge": woven.kind is Kind.PLEDGE,
            "label": woven.new_label or woven.old_label or KIND_NAMES[woven.kind],
            "words": self._pieces(detail.pieces, state),
            "fields": [{"name": FIELD_NAMES[f.name], "words": _field(f, state)} for f in detail.fields],
            "said": said,
        }

    def _item(self, item: ItemChange, state: str) -> list[Json]:
        if not state:
            state = "in" if item.old is None else "out" if item.new is None else ""
        return self._pieces(item.pieces, state)

    def _figure(self, woven: WovenBlock, detail: FigureDetail, state: str) -> Json:
        figure = woven.block
        image, alt = (figure.image, figure.alt) if isinstance(figure, Figure) else ("", "")
        path, width = self._picture(image)
        said = []
        if detail.image_changed:
            said.append([{"t": "The picture is another one."}])
        if woven.old and woven.new and any(piece.status is not Status.KEPT for piece in detail.alt):
            said.append([{"t": "Said of the picture: "}, *self._pieces(detail.alt, "")])
        alt = shown(alt).strip() or "A picture that is not described"
        caption = self._pieces(detail.pieces, state)
        return {"type": "figure", "path": path, "width": width, "alt": alt, "caption": caption, "said": said}

    def _table(self, detail: TableDetail, state: str) -> Json:
        rows = [row for row in detail.rows if row.place is not Place.FROM and row.cells]
        grid = [[self._cell(cell, _row_state(row, state)) for cell in row.cells] for row in rows]
        columns = max((sum(cell["across"] for cell in row) for row in grid), default=1)
        columns = max(columns, 1)
        top = 0
        while top < len(grid) - 1 and all(cell["header"] and cell["down"] == 1 for cell in grid[top]):
            top += 1
        _square(grid, columns)
        caption = self._pieces(detail.caption, state)
        return {
            "type": "table",
            "columns": columns,
            "head": grid[:top],
            "rows": grid[top:],
            "caption": caption,
        }

    def _cell(self, change: CellChange, state: str) -> Json:
        cell = change.new or change.old or Cell()
        if not state:
            state = "in" if change.old is None else "out" if change.new is None else ""
        words = []
        for paragraph in change.paragraphs:
            own = state
            if not own:
                own = "in" if paragraph.old is None else "out" if paragraph.new is None else ""
            words.append(self._pieces(paragraph.pieces, own))
        return {"across": cell.colspan, "down": cell.rowspan, "header": cell.header, "words": words}

    def _pieces(self, pieces: Pieces, state: str) -> list[Json]:
        found: list[Json] = []
        for piece in pieces:
            own = state or _STATES.get(piece.status, "")
            found.extend(self._runs(piece.old if own == "out" else piece.new or piece.old, own))
        return found

    def _runs(self, runs: Runs, state: str) -> Iterator[Json]:
        for run in runs:
            note = next((m.target for m in run.marks if m.kind is MarkKind.NOTE_REFERENCE), None)
            if note is not None:
                if note in self._notes:
                    woven, label = self._notes[note]
                    detail = woven.detail
                    pieces = detail.pieces if isinstance(detail, WordsDetail) else ()
                    yield {"note": self._pieces(unnoted(pieces), state) or [{"t": " "}], "label": label}
                continue
            yield written(run, state)


def language(lang: str) -> str:
    """The language as "cy" or "en-GB", or an empty string where it is not a common one."""
    found = _LANGUAGE.match(lang)
    return "-".join(filter(None, (found[1].lower(), (found[2] or "").upper()))) if found else ""


def written(run: Run, state: str) -> Json:
    """A run as the templates read it; what is empty is left out."""
    found: Json = {"t": shown(run.words)}
    marks = [mark.kind.value for mark in run.marks if mark.kind in _PLAIN]
    if marks:
        found["m"] = marks
    if state:
        found["s"] = state
    for mark in run.marks:
        if mark.kind is MarkKind.LINK:
            found["href"] = mark.target
    return found


def _first(woven: WovenBlock) -> str:
    return shown(first_words((Run(words_of(woven.block)),)))


def _field(field: FieldChange, state: str) -> list[Json]:
    if state or field.old == field.new:
        return [written(Run(field.old if state == "out" else field.new), state)]
    found = [written(Run(field.old), "out")] if field.old else []
    if field.old and field.new:
        found.append({"t": " → "})
    return [*found, written(Run(field.new), "in")] if field.new else found


def _row_state(row: RowChange, state: str) -> str:
    if state:
        return state
    return "in" if row.old is None else "out" if row.new is None else ""


def _square(grid: list[list[Json]], columns: int) -> None:
    """Fill every row to the width of the table, spans from above counted, so that none runs over."""
    hanging = [0] * columns
    for place, row in enumerate(grid):
        left = len(grid) - place
        for cell in row:
            cell["down"] = min(cell["down"], left)
        taken = sum(1 for rows in hanging if rows)
        room = columns - taken - sum(cell["across"] for cell in row)
        row.extend({"across": 1, "down": 1, "header": False, "words": []} for _ in range(room))
        while room < 0 and row:
            room += row.pop()["across"]
        hanging = _hang(hanging, row)


def _hang(hanging: list[int], row: Sequence[Mapping[str, Any]]) -> list[int]:
    """How many rows each column is still covered for, below this row."""
    below = [max(0, rows - 1) for rows in hanging]
    column = 0
    for cell in row:
        while column < len(hanging) and hanging[column]:
            column += 1
        for at in range(column, min(column + cell["across"], len(hanging))):
            below[at] = cell["down"] - 1
        column += cell["across"]
    return below


def _nodes(items: Sequence[tuple[ItemChange, list[Json]]], start: int) -> list[Json]:
    """Flat items as nested lists, as the templates draw them."""
    top: list[Json] = []
    holders = [top]
    for change, words in items:
        item = change.new or change.old or ListItem(())
        depth = min(item.depth, len(holders) - 1)
        del holders[depth + 1 :]
        holder = holders[depth]
        if not holder or holder[-1]["ordered"] != item.ordered:
            first = start if depth == 0 and not holder else 1
            holder.append({"ordered": item.ordered, "start": first, "items": []})
        node: Json = {"words": words, "below": []}
        holder[-1]["items"].append(node)
        holders.append(node["below"])
    return top
