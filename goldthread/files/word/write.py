"""Write a text, or a comparison of two texts, as a Word file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from lxml import etree

from goldthread.core.compare.changes import Comparison, Piece, Pieces, Status
from goldthread.core.text import Kind, Mark, MarkKind, Run, Text, numbers
from goldthread.files.front import Front
from goldthread.files.weave import unchanged
from goldthread.files.word.blocks import Blocks, lift, move_names
from goldthread.files.word.house import Package
from goldthread.files.word.lists import Numbering
from goldthread.files.word.notes import Footnotes
from goldthread.files.word.paragraphs import Look, Paragraph, Paragraphs
from goldthread.files.word.words import Words
from goldthread.files.word.xml import Ids, w

NO_IMAGES: Mapping[str, bytes] = {}


def write_docx(
    text: Text,
    *,
    labels: Mapping[str, str] | None = None,
    edition: str = "",
    images: Mapping[str, bytes] = NO_IMAGES,
    hidden: Collection[Kind] = (),
    front: Front | None = None,
) -> bytes:
    """The text as a Word file: the same arguments always give the same bytes.

    ``labels`` are ``numbers(text)`` unless given (a sealed text keeps its printed ones),
    ``edition`` is kept in the file's properties, ``images`` holds each picture's bytes by
    its SHA-256, blocks of ``hidden`` kinds are left out, and ``front`` is what a paper bears
    before its words.
    """
    woven = unchanged(text, numbers(text) if labels is None else labels, hidden)
    return _write(woven, edition, images, None, front)


def write_redline(
    comparison: Comparison,
    *,
    at: datetime,
    edition: str = "",
    images: Mapping[str, bytes] = NO_IMAGES,
) -> bytes:
    """The comparison as a Word file with genuine tracked changes, by "Goldthread", dated ``at`` (UTC).

    Accepting them all gives the new text; rejecting them all gives the old.
    """
    return _write(comparison, edition, images, at)


def _write(
    comparison: Comparison,
    edition: str,
    images: Mapping[str, bytes],
    at: datetime | None,
    front: Front | None = None,
) -> bytes:
    package, ids = Package(), Ids(at)
    lang = comparison.new.lang
    document = package.parse("word/document.xml")
    body = document[0]
    end = body[0]
    body.remove(end)
    numbering = Numbering(package.parse("word/numbering.xml"))
    notes = Footnotes(package.parse("word/footnotes.xml"), comparison, package, ids, lang)
    paragraphs = Paragraphs(Words(package, ids, "document", lang, notes.reference), ids)
    blocks = Blocks(body, paragraphs, numbering, package, ids, images)
    blocks.moves = move_names(comparison.sections)
    if front is not None:
        _fronted(body, paragraphs, front)
        package.foot(front.foot_parts())
    if comparison.title:
        paragraphs.write(body, Paragraph(Look("Title"), comparison.title))
    for section in comparison.sections:
        blocks.section(section)
        for block in section.blocks:
            blocks.block(section, block, notes)
    if needs_end(body):
        lift(body)
    body.append(end)
    package.put("word/document.xml", document)
    package.put("word/footnotes.xml", notes.root)
    package.put("word/numbering.xml", numbering.finish())
    package.describe(comparison.new.title, lang, edition)
    return package.save()


def _fronted(body: etree._Element, paragraphs: Paragraphs, front: Front) -> None:
    """A paper's marking and header, each line a paragraph as "To: …", so that they are read back."""
    if front.marking:
        paragraphs.write(body, Paragraph(Look("Paper Marking"), _pieces(Run(front.marking))))
    for label, words in front.lines:
        runs = (Run(f"{label}: ", (Mark(MarkKind.STRONG),)), Run(words))
        paragraphs.write(body, Paragraph(Look("Paper Head"), _pieces(*runs)))


def _pieces(*runs: Run) -> Pieces:
    return (Piece(Status.KEPT, runs, runs),)


def needs_end(body: etree._Element) -> bool:
    """Whether the body ends in a table, in a tracked mark, or in nothing."""
    if not len(body) or body[-1].tag != w("p"):
        return True
    look = body[-1].find(f"{w('pPr')}/{w('rPr')}")
    return look is not None and any(mark.get(w("author")) for mark in look)
