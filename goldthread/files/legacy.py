"""Older formats (.doc, .odt, .rtf), through LibreOffice where it is present."""

from __future__ import annotations

from goldthread.files.refused import Refused
from goldthread.files.tree import ReadDocument, View


def read_legacy(data: bytes, kind: str, *, view: View = View.FINAL) -> ReadDocument:
    """The neutral tree of an older format. Raises Refused."""
    raise Refused(f"A .{kind} file needs LibreOffice.", "Save it as .docx and upload that.")
