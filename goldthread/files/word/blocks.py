"""Sections and blocks as paragraphs and tables, in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from goldthread.core.compare.changes import (
    FigureDetail,
    ItemChange,
    ListDetail,
    Piece,
    Pieces,
    Place,
    Status,
    TypedDetail,
    WordsDetail,
    WovenBlock,
    WovenSection,
)
from goldthread.core.text import (
    FIELD_NAMES,
    KIND_NAMES,
    Block,
    Figure,
    Kind,
    ListItem,
    Mark,
    MarkKind,
    Prose,
    Run,
    Section,
    Typed,
    plain,
)
from goldthread.files.charts.ours import is_ours, size_of
from goldthread.files.charts.png import png
from goldthread.files.weave import unnoted
from goldthread.files.word.house import Package, picture_kind, style_ids
from goldthread.files.word.lists import LEVELS, OUTLINE, Numbering, Spot
from goldthread.files.word.notes import Footnotes
from goldthread.files.word.paragraphs import Look, Paragraph, Paragraphs
from goldthread.files.word.pictures import blank, drawing, pixels
from goldthread.files.word.tables import Tables
from goldthread.files.word.xml import Ids, Track, add, w

STYLES = {
    Kind.QUOTATION: "Quote",
    Kind.NOTE: "Note Text",
    Kind.PLEDGE: "Pledge",
    Kind.KEY_MEASURE: "Key Measure",
    Kind.ACTION: "Action",
    Kind.OUTCOME: "Outcome",
    Kind.RECOMMENDATION: "Recommendation",
    Kind.CONTACT: "Contact Officer",
    Kind.SOURCE_DOCUMENT: "Source Document",
}
_STRONG = (Mark(MarkKind.STRONG),)


def track_of(*, on_old: bool, on_new: bool, moved: bool) -> Track:
    """How something is tracked from the sides it is on."""
    if on_old and on_new:
        return Track.NONE
    if on_old:
        return Track.FROM if moved else Track.DELETED
    return Track.TO if moved else Track.INSERTED


class Blocks:
    """Writes sections and blocks into the body of a Word file."""

    def __init__(
        self,
        body: etree._Element,
        paragraphs: Paragraphs,
        numbering: Numbering,
        package: Package,
        ids: Ids,
        images: Mapping[str, bytes],
    ) -> None:
        self._body, self._paragraphs, self._numbering = body, paragraphs, numbering
        self._package, self._ids, self._images = package, ids, images
        self._tables = Tables(paragraphs, ids)
        self._named: set[str] = set()
        self.moves: Mapping[str, str] = {}
        self.lang = ""

    def section(self, woven: WovenSection) -> None:
        """Append a section's heading."""
        track = track_of(
            on_old=woven.on_old, on_new=woven.on_new, moved=woven.old is not None and bool(woven.move)
        )
        track, move = self._move(track, woven.old.key if woven.old else "")
        now = _heading(woven, old=track.old_only)
        before = _heading(woven, old=True) if track is Track.NONE else None
        key = self._key(woven.section.key, ghost=track.old_only)
        self._paragraphs.write(
            self._body, Paragraph(now, woven.title, track, key=key, before=before, move=move)
        )

    def block(self, section: WovenSection, woven: WovenBlock, notes: Footnotes) -> None:
        """Append a block. A note that is referred to stands in the footnotes instead."""
        on_old, on_new = woven.on_old, woven.on_new
        if woven.kind is Kind.NOTE:
            on_old, on_new = notes.stands(woven)
        if not (on_old or on_new):
            return
        came = woven.old is not None and woven.place is not Place.HERE
        track = track_of(on_old=on_old, on_new=on_new, moved=came)
        track, move = self._move(track, woven.old.key if woven.old else "")
        lang = woven.block.lang or section.section.lang
        key = self._key(woven.block.key, ghost=track.old_only)
        detail = woven.detail
        match detail:
            case WordsDetail():
                now, before = self._prose(woven, track, lang)
                pieces = unnoted(detail.pieces) if woven.kind is Kind.NOTE else detail.pieces
                self._put(Paragraph(now, pieces, track, key=key, before=before, move=move))
            case TypedDetail():
                self._typed(woven, detail, track, lang, key, move)
            case ListDetail():
                self._list(woven, detail, track, lang, key)
            case FigureDetail():
                self._figure(woven, detail, track, lang, key)
            case _:
                self._caption(detail.caption, track, lang)
                self._tables.write(self._body, woven, track, key, lang)
                self._put(Paragraph(Look("Table Spacer"), ()))

    def _put(self, paragraph: Paragraph) -> etree._Element:
        return self._paragraphs.write(self._body, paragraph)

    def _key(self, key: str, *, ghost: bool) -> str:
        """The key to name a paragraph after, each once; what is gone from here has a name of its own."""
        if ghost:
            key = f"o_{key.replace('-', '')}"
        if key in self._named:
            return ""
        self._named.add(key)
        return key

    def _move(self, track: Track, key: str) -> tuple[Track, str]:
        """A move needs both its ends: where one is missing it is a deletion or an insertion."""
        if track not in (Track.FROM, Track.TO):
            return track, ""
        name = self.moves.get(key, "")
        if not name:
            return (Track.DELETED if track is Track.FROM else Track.INSERTED), ""
        return track, name

    def _prose(self, woven: WovenBlock, track: Track, lang: str) -> tuple[Look, Look | None]:
        old = self._prose_look(woven.old, woven.old_label, lang)
        new = self._prose_look(woven.new, woven.new_label, lang)
        if track.old_only or new is None:
            return old or Look("Body Text", lang=lang), None
        return new, old if track is Track.NONE else None

    def _prose_look(self, block: Block | None, label: str, lang: str) -> Look | None:
        """Numbers with points count on with the headings around them, plain ones through the whole text."""
        if not isinstance(block, Prose):
            return None
        if not block.numbered or block.kind is not Kind.PARAGRAPH:
            return Look(STYLES.get(block.kind, "Body Text"), lang=lang)
        if level := min(label.count("."), LEVELS - 1):
            return Look("Numbered Paragraph", OUTLINE, level, lang)
        return Look("Numbered Paragraph", self._numbering.paragraphs(), 0, lang)

    def _typed(
        self, woven: WovenBlock, detail: TypedDetail, track: Track, lang: str, key: str, move: str
    ) -> None:
        now = self._label_look(woven, woven.old_label if track.old_only else woven.new_label, lang)
        before = self._label_look(woven, woven.old_label, lang) if track is Track.NONE else None
        self._put(Paragraph(now, detail.pieces, track, key=key, before=before, move=move))
        for field in detail.fields:
            pieces, state = _field(FIELD_NAMES[field.name], field.old, field.new, track)
            if pieces:
                self._put(Paragraph(Look(_field_style(woven.kind), lang=lang), pieces, state))

    def _label_look(self, woven: WovenBlock, label: str, lang: str) -> Look:
        name = KIND_NAMES[woven.kind]
        if not label:
            number = self._numbering.label(name, counted=False)
        else:
            words, dot, _ = label.rpartition(".")
            number = self._numbering.label(words + dot if dot else f"{name} ", counted=True)
        return Look(STYLES[woven.kind], number, 0, lang)

    def _list(self, woven: WovenBlock, detail: ListDetail, track: Track, lang: str, key: str) -> None:
        starts = getattr(woven.old, "start", 1), getattr(woven.new, "start", 1)
        shown = [(item.pieces, _item_sides(item, track)) for item in detail.items]
        shown = [(pieces, sides) for pieces, sides in shown if any(sides)]
        places = self._numbering.places([sides for _, sides in shown], starts)
        for (pieces, (old, new)), (was, became) in zip(shown, places, strict=True):
            before, now = _item_look(old, was, lang), _item_look(new, became, lang)
            if look := now or before:
                state = track_of(on_old=old is not None, on_new=new is not None, moved=False)
                self._put(Paragraph(look, pieces, state, key=key, before=before if now else None))
            key = ""

    def _figure(self, woven: WovenBlock, detail: FigureDetail, track: Track, lang: str, key: str) -> None:
        look = Look("Figure", lang=lang)
        paragraph = self._put(Paragraph(look, (), track, key=key))
        both = track is Track.NONE
        split = both and (detail.image_changed or any(p.status is not Status.KEPT for p in detail.alt))
        if (track.old_only or split) and isinstance(woven.old, Figure):
            self._picture(paragraph, woven.old, Track.DELETED if split else track)
        if not track.old_only and isinstance(woven.new, Figure):
            self._picture(paragraph, woven.new, Track.INSERTED if split else track)
        if detail.pieces:
            self._put(Paragraph(Look("Caption", lang=lang), detail.pieces, _whole(detail.pieces, track)))

    def _picture(self, paragraph: etree._Element, figure: Figure, track: Track) -> None:
        image = self._images.get(figure.image, b"")
        size = pixels(image)
        if is_ours(image):
            size, image = size_of(image), png(image)
        if not picture_kind(image):
            image = blank()
            size = pixels(image)
            relation = self._package.picture("", image)
        else:
            relation = self._package.picture(figure.image, image)
        holder = paragraph
        if track is not Track.NONE:
            holder = etree.SubElement(paragraph, w(track), self._ids.stamp())
        holder.append(drawing(relation, self._ids.next(), figure.alt, size))

    def _caption(self, pieces: Pieces, track: Track, lang: str) -> None:
        if pieces:
            state = _whole(pieces, _unmoved(track))
            self._put(Paragraph(Look("Table Caption", lang=lang), pieces, state))


def _unmoved(track: Track) -> Track:
    if track is Track.NONE:
        return track
    return Track.DELETED if track.old_only else Track.INSERTED


def _whole(pieces: Pieces, track: Track) -> Track:
    """The state of a paragraph that may stand on one side only, as all its words do."""
    if track is Track.NONE and all(p.status is Status.ADDED for p in pieces):
        return Track.INSERTED
    if track is Track.NONE and all(p.status is Status.REMOVED for p in pieces):
        return Track.DELETED
    return _unmoved(track)


def _heading(woven: WovenSection, *, old: bool) -> Look:
    side_old = old and woven.old is not None
    depth = woven.old_depth if side_old else woven.depth
    number = woven.old_number if side_old else woven.number
    level = min(depth, LEVELS - 1)
    style = f"heading {level + 1}"
    lang = woven.section.lang
    if number and number.count(".") == level:
        return Look(style, lang=lang)
    if number:
        return Look(style, OUTLINE, min(number.count("."), LEVELS - 1), lang)
    return Look(style, 0, 0, lang)


def _item_sides(item: ItemChange, track: Track) -> tuple[ListItem | None, ListItem | None]:
    """An item as it stands on the old side and on the new, of those sides that its list is on."""
    old = item.old if item.place is not Place.TO and (track is Track.NONE or track.old_only) else None
    new = item.new if item.place is not Place.FROM and not track.old_only else None
    return old, new


def _item_look(item: ListItem | None, place: Spot, lang: str) -> Look | None:
    if item is None:
        return None
    return Look("List Number" if item.ordered else "List Bullet", *place, lang)


def _field_style(kind: Kind) -> str:
    return "Reference Field" if kind in (Kind.CONTACT, Kind.SOURCE_DOCUMENT) else "Block Field"


def _field(name: str, old: str, new: str, track: Track) -> tuple[Pieces, Track]:
    """A field as a paragraph of its own: its name in bold, then its words."""
    before = (Run(f"{name}: ", _STRONG), Run(old)) if old else ()
    after = (Run(f"{name}: ", _STRONG), Run(new)) if new else ()
    if track is Track.NONE and old and new:
        head = Piece(Status.KEPT, before[:1], after[:1])
        if old == new:
            return (head, Piece(Status.KEPT, before[1:], after[1:])), track
        return (head, Piece(Status.REMOVED, before[1:], ()), Piece(Status.ADDED, (), after[1:])), track
    side = before if track.old_only or (track is Track.NONE and old) else after
    state = _unmoved(track)
    if track is Track.NONE:
        state = Track.DELETED if old else Track.INSERTED
    return ((Piece(Status.KEPT, side, side),) if side else ()), state


def move_names(sections: tuple[WovenSection, ...]) -> dict[str, str]:
    """A unique name for every section and block that stands at both ends of a move, by its old key."""
    ends: Counter[tuple[str, str]] = Counter()
    for end, key in _ends(sections):
        ends[end, key] += 1
    froms = [key for (end, key), count in ends.items() if end == "from" and count == 1]
    return {key: f"move{place}" for place, key in enumerate(froms, start=1) if ends["to", key] == 1}


def _can_move(entry: Section | Block) -> bool:
    """Whether Word can track the move of a thing: of a paragraph with words, and of nothing else."""
    if isinstance(entry, Section):
        return bool(entry.title)
    return isinstance(entry, Prose | Typed) and entry.kind is not Kind.NOTE and bool(plain(entry.runs))


def _ends(sections: tuple[WovenSection, ...]) -> Iterator[tuple[str, str]]:
    for section in sections:
        entries: tuple[WovenSection | WovenBlock, ...] = (section, *section.blocks)
        for entry in entries:
            if entry.old is None or entry.place is Place.HERE:
                continue
            if not _can_move(entry.old):
                continue
            if entry.on_old and not entry.on_new:
                yield "from", entry.old.key
            elif entry.on_new and not entry.on_old:
                yield "to", entry.old.key


def lift(body: etree._Element) -> None:
    """Put an untracked paragraph last: the last mark of a document cannot be tracked."""
    paragraph = add(body, "p")
    add(add(paragraph, "pPr"), "pStyle", val=style_ids()["Table Spacer"])
