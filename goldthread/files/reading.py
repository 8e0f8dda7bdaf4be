"""One door to every kind of file: what it is comes from its bytes, never from its name."""

from __future__ import annotations

import gc
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from goldthread.files.docx.reader import read_docx
from goldthread.files.gate import MAX_FILE, Gate
from goldthread.files.plain import read_plain
from goldthread.files.refused import Refused
from goldthread.files.tree import ReadDocument, View, Warned

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_OTHERS = (
    (
        b"%PDF-",
        "It is a PDF, which this reader does not take.",
        "Upload the Word file from which it was made.",
    ),
    (b"\x89PNG", "It is a picture.", "Upload the document itself."),
    (b"\xff\xd8\xff", "It is a picture.", "Upload the document itself."),
    (b"GIF8", "It is a picture.", "Upload the document itself."),
    (b"\x1f\x8b", "It is a compressed file.", "Unpack it and upload the document inside."),
    (b"Rar!", "It is a compressed folder.", "Unpack it and upload the document inside."),
    (b"7z\xbc\xaf", "It is a compressed folder.", "Unpack it and upload the document inside."),
    (b"MZ", "It is a program.", "Upload a document."),
    (b"\x7fELF", "It is a program.", "Upload a document."),
)
_MARKUP = re.compile(rb"^\s*<(?:!doctype|html|\?xml|[a-z]+:|office:)", re.IGNORECASE)

_ENDINGS = {".docx": "docx", ".docm": "docx", ".odt": "odt", ".doc": "doc", ".rtf": "rtf", ".txt": "text"}
_KINDS = {
    "docx": "a Word file",
    "odt": "an OpenDocument file",
    "doc": "an old Word file",
    "rtf": "a Rich Text file",
    "text": "plain text",
}

__all__ = ["Refused", "read", "sniff"]


def sniff(data: bytes) -> str:
    """What a file is from its bytes: docx, odt, doc, rtf or text. Raises Refused for anything else."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Refused("It is empty.", "Check that the upload finished and try again.")
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(_OLE):
        return _compound(data)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return "rtf"
    for start, reason, mend in _OTHERS:
        if data.startswith(start):
            raise Refused(reason, mend)
    if _MARKUP.match(data[:200]):
        raise Refused(
            "It is a web page or other markup, not a document.",
            "Open it in Word, save it as .docx and upload that.",
        )
    return "text"


def _zipped(data: bytes) -> str:
    gate = Gate(data)
    if "[Content_Types].xml" in gate or "word/document.xml" in gate:
        return "docx"
    if "mimetype" in gate and gate.read("mimetype").strip().startswith(
        b"application/vnd.oasis.opendocument.text"
    ):
        return "odt"
    raise Refused("It is a zip file, but not a document.", "Unpack it and upload the document inside.")


def _compound(data: bytes) -> str:
    if _ENCRYPTED in data:
        raise Refused("It is locked with a password.", "Save a copy without the password and upload that.")
    if _WORD_STREAM not in data:
        raise Refused(
            "It is not a Word document, though it begins like one.", "Save it as .docx and upload that."
        )
    return "doc"


def read(source: Path | str | bytes, *, name: str = "", view: View | str = View.FINAL) -> ReadDocument:
    """The neutral tree of a file, given by path or by bytes. ``name`` is what its owner calls it.

    Raises Refused with the reason for a file that cannot be read safely, and OSError for a
    path that cannot be opened.
    """
    data = source if isinstance(source, bytes) else _load(Path(source))
    kind = sniff(data)
    collecting = gc.isenabled()
    gc.disable()
    try:
        document = _read(data, kind, View(view))
    finally:
        if collecting:
            gc.enable()
    ending = Path(name).suffix.lower()
    if ending in _ENDINGS and _ENDINGS[ending] != kind:
        told = Warned(
            "", f"Its name ends in {ending}, but it is {_KINDS[kind]} and was read as such.", "name"
        )
        document = replace(document, warnings=(told, *document.warnings))
    return document


def _read(data: bytes, kind: str, view: View) -> ReadDocument:
    if kind == "docx":
        return read_docx(data, view=view)
    if kind == "text":
        return read_plain(data)
    legacy = import_module("goldthread.files.legacy")
    document: ReadDocument = legacy.read_legacy(data, kind, view=view)
    return document


def _load(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise Refused("It is larger than 120 MB.", "Compress its pictures in Word and upload it again.")
    return path.read_bytes()
