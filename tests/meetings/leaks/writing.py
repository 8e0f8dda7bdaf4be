"""Texts, pictures and files full of sentinels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import docx
import pikepdf

from goldthread.audit import vault
from goldthread.core.text import Figure, Kind, Prose, Run, Section, Text, Typed, numbers
from goldthread.files.pdf.write import write_pdf

Plant = Callable[[str], str]


def a_picture(words: str) -> str:
    """A small picture with words in its bytes; its seal in the vault."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"tEXt", b"Comment\0" + words.encode()), (b"IDAT", zlib.compress(b"\0\0")))
    chunks = b"".join(_chunk(kind, data) for kind, data in (*parts, (b"IEND", b"")))
    return vault.keep(b"\x89PNG\r\n\x1a\n" + chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_text(title: str, mark: str, plant: Plant, *cited: str) -> Text:
    """A paper in the house template, with a word of its own in every kind of place."""

    def say(key: str, words: str) -> Prose:
        return Prose(f"{mark}-{key}", Kind.PARAGRAPH, (Run(f"{words}."),), numbered=True)

    asks = f"The Board is recommended to approve {plant('its recommendation')}."
    return Text(
        title,
        (
            Section(f"{mark}-1", "Purpose", (say("purpose", f"To tell of {plant('a paragraph')}"),)),
            Section(
                f"{mark}-2",
                "Recommendation",
                (Typed(f"{mark}-asks", Kind.RECOMMENDATION, (Run(asks),)),),
            ),
            Section(
                f"{mark}-3",
                f"About {plant('a heading')}",
                (
                    say("more", f"It rests on {plant('its background')}"),
                    *(say(f"cited-{n}", words) for n, words in enumerate(cited)),
                    Figure(
                        f"{mark}-figure",
                        a_picture(plant("the bytes of a picture")),
                        plant("the words for a picture"),
                        (Run(f"Figure of {plant('a caption')}"),),
                    ),
                ),
            ),
            Section(
                f"{mark}-4",
                "Bibliography",
                (
                    Typed(
                        f"{mark}-source",
                        Kind.SOURCE_DOCUMENT,
                        (Run(f"Report on {plant('a source')}"),),
                        (("address", f"https://example.org/{plant('the address of a source')}"),),
                    ),
                    Typed(f"{mark}-contact", Kind.CONTACT, (Run(plant("a contact")),)),
                ),
                numbered=False,
            ),
        ),
    )


def a_word_file(plant: Plant) -> bytes:
    """A Word file with words in its text and in its properties."""
    document = docx.Document()
    document.core_properties.author = plant("the author of a Word file")
    document.core_properties.title = plant("the title of a Word file")
    document.add_heading("A table of figures", 1)
    document.add_paragraph(f"What it says: {plant('the text of a Word file')}.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_pdf_file(plant: Plant, *, hiding: bool = False) -> bytes:
    """A PDF with words in its text; ``hiding``, in its properties and in a file attached to it as well."""
    words = f"What it says: {plant('the text of a PDF')}."
    block = Prose("file-1", Kind.PARAGRAPH, (Run(words),))
    text = Text("A file", (Section("file-0", "A heading", (block,)),))
    content = write_pdf(text, numbers(text))
    if not hiding:
        return content
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.docinfo["/Author"] = plant("the author of a PDF")
        pdf.attachments[f"{plant('the name of an embedded file')}.txt"] = plant("an embedded file").encode()
        pdf.save(out)
    return out.getvalue()
