"""Sections and blocks of a comparison as HTML; a text by itself is one in which nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from goldthread.core.compare.changes import (
    CellChange,
    Comparison,
    FieldChange,
    FigureDetail,
    ItemChange,
    ListDetail,
    Piece,
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
    Prose,
    Run,
    Text,
    words_of,
)
from goldthread.files.html import HIDDEN, Inline, anchor, attribute, first_words, lang_attribute, text
from goldthread.files.weave import unchanged

Address = Callable[[str], str]
Follow = Callable[[Kind, str], str]
"""Where what became of a block is read, by its kind and key; nothing where nobody tells."""


def no_address(image: str) -> str:
    """Where no pictures are served."""
    return ""


def not_followed(kind: Kind, key: str) -> str:
    """Where nobody tells what became of a block."""
    return ""


def text_html(
    whole: Text,
    labels: Mapping[str, str],
    *,
    hidden: Collection[Kind] = (),
    level: int = 2,
    image_address: Address = no_address,
    follow: Follow = not_followed,
) -> str:
    """The text as a fragment: sections with their keys as ids, headings from ``level`` down.

    Its title is left to the page. ``image_address`` gives a picture's address by its SHA-256;
    ``follow`` where what became of a typed block is read.
    """
    return Fragment(unchanged(whole, labels, hidden), level, image_address, follow).write()


def redline_fragment(comparison: Comparison, *, level: int = 2, image_address: Address = no_address) -> str:
    """The whole new text with what changed in it, as a fragment."""
    return Fragment(comparison, level, image_address).write()


class Fragment:
    """One fragment in the making."""

    def __init__(
        self, comparison: Comparison, level: int, image_address: Address, follow: Follow = not_followed
    ) -> None:
        self._comparison = comparison
        self._level, self._address, self._follow = level, image_address, follow
        blocks = [block for _, block in comparison.blocks()]
        notes: dict[str, str] = {}
        for block in (b for b in blocks if b.kind is Kind.NOTE):
            for side, label in ((block.old, block.old_label), (block.new, block.new_label)):
                if side is not None:
                    notes[side.key] = label
        self._new = frozenset(entry.new.key for entry in _placed(comparison) if entry.new is not None)
        self._names = self._named(comparison)
        self.inline = Inline(notes, self._names)
        self._places = _places(comparison)

    def _named(self, comparison: Comparison) -> dict[str, str]:
        """What everything that stands in the fragment is called there, by its old key and by its new."""
        names: dict[str, str] = {}
        for old in (True, False):
            for entry in _placed(comparison):
                side = entry.old if old else entry.new
                if side is not None and entry.status is not Status.NO_LONGER_SHOWN:
                    names[side.key] = self._name(entry)
        return names

    def _name(self, entry: WovenSection | WovenBlock) -> str:
        """The new key, or for what is gone the old one, marked where something new bears it."""
        if entry.new is not None:
            return entry.new.key
        key = entry.old.key if entry.old is not None else ""
        return f"{key}-was" if key in self._new else key

    def write(self) -> str:
        """The sections, then the notes."""
        return "".join((*(self.section(s) for s in self._comparison.sections), self.notes()))

    def section(self, woven: WovenSection) -> str:
        """One section's heading and own blocks, in a section element named by its key."""
        ghost = woven.place is Place.FROM
        key = anchor(f"{woven.section.key}-from" if ghost else self._name(woven))
        tag = f"h{min(self._level + woven.depth, 6)}"
        number = woven.old_number if ghost else woven.number
        shown = f'<span class="num">{text(number)}</span> ' if number else ""
        title = self._sided(woven.title, woven.on_old, woven.on_new)
        label = f'<{tag} id="title-{key}">{shown}{title}</{tag}>'
        opening = f'<section id="{key}" aria-labelledby="title-{key}"{lang_attribute(woven.section.lang)}>'
        moved = self._moved(woven.move, woven.place, woven.old.key if woven.old else "")
        blocks = "".join(self.block(woven, b) for b in woven.blocks if b.kind is not Kind.NOTE)
        return f"{opening}{label}{moved}{blocks}</section>"

    def block(self, section: WovenSection, woven: WovenBlock) -> str:
        """One block, boxed or marked by what became of it."""
        if woven.place is Place.FROM:
            return self._ghost(section, woven)
        if woven.status is Status.NO_LONGER_SHOWN:
            label = woven.old_label or KIND_NAMES[woven.kind]
            quoted = first_words((Run(words_of(woven.block)),))
            return f'<p class="unchanged">{text(label)} is no longer shown: “{text(quoted)}”</p>'
        attributes = f' id="{anchor(self._name(woven))}"{lang_attribute(woven.block.lang)}'
        detail = woven.detail
        match detail:
            case WordsDetail():
                shown = self._prose(woven, detail.pieces, attributes)
            case TypedDetail():
                shown = self._typed(woven, detail, attributes)
            case ListDetail():
                shown = self._list(woven, detail, attributes)
            case FigureDetail():
                shown = self._figure(woven, detail, attributes)
            case _:
                shown = self._table(woven, detail, attributes)
        if woven.place is Place.TO and woven.move != section.move:
            shown += self._arrived(woven)
        return shown

    def _ghost(self, section: WovenSection, woven: WovenBlock) -> str:
        if woven.move == section.move:
            return ""
        quoted = first_words((Run(words_of(woven.block)),))
        label = f'<span class="num">{text(woven.old_label)}</span> ' if woven.old_label else ""
        where = self._places.get((woven.move, woven.block.key), "")
        to = f" to {text(where)}" if where else ""
        link = f'<a href="#{anchor(self._names.get(woven.block.key, ""))}">moved{to}</a>'
        return (
            f'<p class="moved moved-note" id="{anchor(woven.block.key)}-from">'
            f"{label}“{text(quoted)}” {link}</p>"
        )

    def _moved(self, move: str, place: Place, key: str) -> str:
        if not move or place is Place.HERE:
            return ""
        if place is Place.FROM:
            there = anchor(self._names.get(key, ""))
            return f'<p class="moved-note"><a href="#{there}">Moved from here to its new place</a></p>'
        return f'<p class="moved-note"><a href="#{anchor(key)}-from">Moved here from its old place</a></p>'

    def _arrived(self, woven: WovenBlock) -> str:
        where = f" from {text(woven.old_label)}" if woven.old_label else ""
        same = "" if woven.inserted or woven.deleted else ", unchanged"
        before = anchor(woven.old.key if woven.old else "")
        link = f'<a href="#{before}-from">moved here{where}</a>'
        return f'<p class="moved-note">{link}{same}</p>'

    def _sided(self, pieces: Pieces, on_old: bool, on_new: bool) -> str:
        """Pieces, or where they stand on one side only, that side inside ins or del."""
        if on_old and not on_new:
            return self.inline.deleted(tuple(run for piece in pieces for run in piece.old))
        return self.inline.pieces(pieces)

    def _words(self, woven: WovenBlock, pieces: Pieces) -> str:
        if woven.old is None and pieces:
            return self.inline.inserted(tuple(run for piece in pieces for run in piece.new))
        if woven.new is None and pieces:
            return self.inline.deleted(tuple(run for piece in pieces for run in piece.old))
        return self.inline.pieces(pieces)

    def _prose(self, woven: WovenBlock, pieces: Pieces, attributes: str) -> str:
        label = woven.new_label or woven.old_label
        number = ""
        if label and isinstance(woven.block, Prose) and woven.block.numbered:
            number = f'<span class="num">{text(label)}</span> '
        words = self._words(woven, pieces)
        if woven.kind is Kind.QUOTATION:
            return f"<blockquote{attributes}{_class(woven)}><p>{words}</p></blockquote>"
        return f"<p{attributes}{_class(woven)}>{number}{words}</p>"

    def _typed(self, woven: WovenBlock, detail: TypedDetail, attributes: str) -> str:
        kind = f"block block--{woven.kind.value}"
        label = woven.new_label or woven.old_label or KIND_NAMES[woven.kind]
        words = self._words(woven, detail.pieces)
        said = f"<p>{words}</p>" if words else ""
        fields = "".join(self._field(woven, field) for field in detail.fields)
        listed = f'<dl class="block__fields">{fields}</dl>' if fields else ""
        named = f'<p class="block__kind">{text(label)}</p>'
        on = self._follow(woven.kind, woven.block.key)
        words = f"What became of {text(label)}?"
        link = f'<p class="block__follow"><a href="{attribute(on)}">{words}</a></p>' if on else ""
        return f"<div{attributes}{_class(woven, kind)}>{named}{said}{listed}{link}</div>"

    def _field(self, woven: WovenBlock, field: FieldChange) -> str:
        old = field.old if woven.old is not None else ""
        new = field.new if woven.new is not None else ""
        shown = text(new) if old == new else self.inline.change(old, new)
        return f"<div><dt>{FIELD_NAMES[field.name]}</dt><dd>{shown}</dd></div>"

    def _list(self, woven: WovenBlock, detail: ListDetail, attributes: str) -> str:
        start = getattr(woven.block, "start", 1)
        items = [i for i in detail.items if i.place is not Place.FROM]
        return nested([(_item(i), self._item(woven, i)) for i in items], start, attributes + _class(woven))

    def _item(self, woven: WovenBlock, item: ItemChange) -> str:
        if woven.old is None or item.old is None:
            return self.inline.inserted(tuple(r for p in item.pieces for r in p.new))
        if woven.new is None or item.new is None:
            return self.inline.deleted(tuple(r for p in item.pieces for r in p.old))
        moved = ' <span class="moved-note">moved</span>' if item.place is Place.TO else ""
        return self.inline.pieces(item.pieces) + moved

    def _figure(self, woven: WovenBlock, detail: FigureDetail, attributes: str) -> str:
        figure = woven.block
        image = figure.image if isinstance(figure, Figure) else ""
        alt = figure.alt if isinstance(figure, Figure) else ""
        address = self._address(image)
        shown = f"<p>{text(alt)}</p>"
        if address:
            shown = f'<img src="{attribute(address)}" alt="{attribute(alt)}">'
        note = '<p class="said">The picture is another one.</p>' if detail.image_changed else ""
        changed = any(piece.status is not Status.KEPT for piece in detail.alt)
        if changed and woven.old and woven.new:
            note += f'<p class="said">Said of the picture: {self.inline.pieces(detail.alt)}</p>'
        words = self._words(woven, detail.pieces)
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        return f"<figure{attributes}{_class(woven)}>{shown}{note}{caption}</figure>"

    def _table(self, woven: WovenBlock, detail: TableDetail, attributes: str) -> str:
        name = attribute(getattr(woven.block, "caption", "") or "Table")
        caption = self._words(woven, detail.caption)
        rows = [row for row in detail.rows if row.place is not Place.FROM]
        top = 0
        while top < len(rows) and _all_headers(rows[top]):
            top += 1
        head = "".join(self._row(woven, row, "col") for row in rows[:top])
        body = "".join(self._row(woven, row, "row") for row in rows[top:])
        return (
            f'<div class="table-frame" role="group" tabindex="0" aria-label="{name}">'
            f"<table{attributes}{_class(woven)}>"
            + (f"<caption>{caption}</caption>" if caption else "")
            + (f"<thead>{head}</thead>" if head else "")
            + (f"<tbody>{body}</tbody>" if body else "")
            + "</table></div>"
        )

    def _row(self, woven: WovenBlock, row: RowChange, scope: str) -> str:
        state = ""
        if woven.old is not None and woven.new is not None:
            state = ' class="added"' if row.old is None else ' class="removed"' if row.new is None else ""
        cells = "".join(self._cell(woven, row, cell, scope) for cell in row.cells)
        return f"<tr{state}>{cells}</tr>"

    def _cell(self, woven: WovenBlock, row: RowChange, change: CellChange, scope: str) -> str:
        cell = change.new or change.old or Cell()
        tag = "th" if cell.header else "td"
        attributes = f' scope="{scope}"' if cell.header else ""
        attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        added = woven.old is None or row.old is None or change.old is None
        removed = woven.new is None or row.new is None or change.new is None
        shown = []
        for paragraph in change.paragraphs:
            if added or removed:
                status = Status.ADDED if added else Status.REMOVED
                pieces: Pieces = (Piece(status, paragraph.old or (), paragraph.new or ()),)
                shown.append(self.inline.pieces(pieces) if paragraph.old or paragraph.new else "")
            else:
                shown.append(self.inline.pieces(paragraph.pieces))
        return f"<{tag}{attributes}>{'<br>'.join(filter(None, shown))}</{tag}>"

    def notes(self) -> str:
        """The notes at the foot, each linked with the words that refer to it."""
        found = [
            block
            for _, block in self._comparison.blocks()
            if block.kind is Kind.NOTE and block.place is not Place.FROM
        ]
        if not found:
            return ""
        items = "".join(self._note(block) for block in found)
        return f'<section class="notes" aria-label="Notes"><ol>{items}</ol></section>'

    def _note(self, woven: WovenBlock) -> str:
        key = anchor(self._name(woven))
        words = self._words(woven, woven.detail.pieces if isinstance(woven.detail, WordsDetail) else ())
        back = HIDDEN.format("Back to where this note is made")
        link = f' <a href="#ref-{key}"><span aria-hidden="true">↩</span>{back}</a>'
        link = link if self.inline.met(key) else ""
        label = woven.new_label or woven.old_label
        value = f' value="{label}"' if label.isdecimal() else ""
        attributes = f"{value}{lang_attribute(woven.block.lang)}{_class(woven)}"
        return f'<li id="note-{key}"{attributes}>{words}{link}</li>'


def nested(items: Sequence[tuple[ListItem, str]], start: int, attributes: str) -> str:
    """Flat items as nested lists; an item deeper than its neighbour allows is raised to fit."""
    parts: list[str] = []
    open_lists: list[str] = []
    for item, shown in items:
        depth = min(item.depth, len(open_lists))
        tag = "ol" if item.ordered else "ul"
        while len(open_lists) > depth + 1:
            parts.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth + 1:
            parts.append("</li>")
            if open_lists[-1] != tag:
                parts.append(f"</{open_lists.pop()}>")
        if len(open_lists) <= depth:
            first = f' start="{start}"' if tag == "ol" and depth == 0 and start != 1 else ""
            parts.append(f"<{tag}{attributes}{first}>")
            attributes = ""
            open_lists.append(tag)
        parts.append(f"<li>{shown}")
    parts.extend(f"</li></{tag}>" for tag in reversed(open_lists))
    return "".join(parts)


def _item(change: ItemChange) -> ListItem:
    return change.new or change.old or ListItem(())


def _all_headers(row: RowChange) -> bool:
    cells = [change.new or change.old for change in row.cells]
    return bool(cells) and all(cell is not None and cell.header for cell in cells)


def _class(woven: WovenBlock, name: str = "") -> str:
    state = ""
    if woven.old is None:
        state = "added"
    elif woven.new is None:
        state = "removed"
    elif woven.place is Place.TO:
        state = "moved"
    names = " ".join(filter(None, (name, state)))
    return f' class="{names}"' if names else ""


def _placed(comparison: Comparison) -> Iterator[WovenSection | WovenBlock]:
    """Every section and block but those that moved away."""
    for section in comparison.sections:
        if section.place is not Place.FROM:
            yield section
        yield from (block for block in section.blocks if block.place is not Place.FROM)


def _places(comparison: Comparison) -> dict[tuple[str, str], str]:
    """The label of every moved block at its new place, or the number of its section there."""

    def moved() -> Iterable[tuple[WovenSection, WovenBlock]]:
        return (pair for pair in comparison.blocks() if pair[1].place is Place.TO)

    def ends() -> Iterator[tuple[tuple[str, str], str]]:
        for section, block in moved():
            if block.old is not None:
                where = block.new_label or (f"section {section.number}" if section.number else "")
                yield (block.move, block.old.key), where

    return dict(ends())
