"""Notes, comments, headers and footers: the stories beside the body."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from goldthread.core.text import Run, Runs, tidy
from goldthread.files.docx.body import Story
from goldthread.files.docx.formats import roman
from goldthread.files.docx.names import ID, W
from goldthread.files.docx.numbering import number
from goldthread.files.docx.shelf import Shelf
from goldthread.files.tree import BlockKind, Change, ReadBlock

_FLAT = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CONTENTS)


def joined(blocks: tuple[ReadBlock, ...]) -> tuple[Runs, tuple[Change, ...], tuple[ReadBlock, ...]]:
    """Plain paragraphs as one set of runs with line breaks; anything richer stays as blocks."""
    if not all(block.kind in _FLAT and not block.label for block in blocks):
        return (), (), blocks
    runs: list[Run] = []
    changes: list[Change] = []
    at = 0
    for block in blocks:
        if runs:
            runs.append(Run("\n"))
            at += 1
        runs.extend(block.runs)
        changes.extend(
            change._replace(start=change.start + at, end=change.end + at) for change in block.changes
        )
        at += len(block.text)
    return tidy(runs), tuple(changes), ()


def read_notes(shelf: Shelf, main: str) -> Iterator[ReadBlock]:
    """Footnotes then endnotes, in the order in which the body refers to them."""
    for kind, name in (("footnote", "footnotes"), ("endnote", "endnotes")):
        elements: dict[str, tuple[etree._Element, str]] = {}
        for part in shelf.package.related(main, name):
            for element in shelf.package.story(part).iterchildren(W + kind):
                if element.get(W + "type", "normal") == "normal":
                    elements.setdefault(f"{kind}-{number(element.get(ID), 0)}", (element, part))
        order = [ref for ref in shelf.note_order if ref in elements]
        order += [ref for ref in elements if ref not in shelf.note_order]
        for count, ref in enumerate(order, start=1):
            label = str(count) if kind == "footnote" else roman(count)
            element, part = elements[ref]
            place = f"{kind.capitalize()} {label}"
            inner = Story(shelf, part, element, place).blocks(element)
            runs, changes, blocks = joined(inner)
            if ref not in shelf.note_order:
                if not runs and not blocks:
                    continue
                shelf.warn(place, "A note that nothing refers to was kept at the end.", "note")
            yield ReadBlock(
                BlockKind.NOTE,
                runs,
                label=label,
                place=place,
                style=kind,
                blocks=blocks,
                changes=changes,
                ref=ref,
                lang=next((block.lang for block in inner if block.lang), ""),
                bookmarks=tuple(name for block in inner for name in block.bookmarks),
            )


def read_comments(shelf: Shelf, main: str) -> Iterator[ReadBlock]:
    """Comments, each with the place it was made, by whom and when."""
    for part in shelf.package.related(main, "comments"):
        for element in shelf.package.story(part).iterchildren(W + "comment"):
            ref = element.get(ID, "")
            place = shelf.comment_places.get(ref, "")
            runs, changes, blocks = joined(Story(shelf, part, element, place or "Comment").blocks(element))
            yield ReadBlock(
                BlockKind.COMMENT,
                runs,
                place=place,
                blocks=blocks,
                changes=changes,
                ref=f"comment-{ref[:20]}",
                by=element.get(W + "author", "")[:200],
                on=element.get(W + "date", "")[:40],
            )


def read_edges(shelf: Shelf, main: str) -> Iterator[ReadBlock]:
    """Headers and footers, each part once."""
    for kind in (BlockKind.HEADER, BlockKind.FOOTER):
        for part in shelf.package.related(main, kind.value):
            root = shelf.package.story(part)
            place = kind.value.capitalize()
            runs, changes, blocks = joined(Story(shelf, part, root, place).blocks(root))
            block = ReadBlock(kind, runs, place=place, blocks=blocks, changes=changes)
            if runs or blocks:
                yield block
