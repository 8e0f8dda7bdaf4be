"""A part made lighter before it is parsed: what says nothing to the reader is taken out.

Most of a Word file is fonts, sizes and languages repeated on every run. Only a ``w:rPr``
made wholly of the known empty elements below is taken out, so that no word can be lost;
a part with anything unusual in it is left as it is. Runs that follow each other with
nothing but words in them are then made one, as Word splits them at every edit.
"""

from __future__ import annotations

import re

_SILENT = re.compile(
    rb"(?:<w:(?:rFonts|sz|szCs|lang|color|kern|spacing|noProof|u|highlight|shd|bCs|iCs|caps|smallCaps|w|"
    rb"position|rtl|cs|snapToGrid|webHidden|bdr|fitText|em|effect|shadow|outline)(?: [^<>]*)?/>\s*)*"
)
_MARKED = re.compile(rb"<w:r w:rsid[^<>]*>")
_RUN = b"<w:r>"
_ENDS, _ENDS_APART = b"</w:t></w:r>", b"</w:t ></w:r>"
_NEXT = (b'</w:t></w:r><w:r><w:t xml:space="preserve">', b"</w:t></w:r><w:r><w:t>")
_OPEN, _CLOSE = b"<w:rPr>", b"</w:rPr>"
_UNUSUAL = (b"<!", b"rPrChange")
_OURS = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lean(data: bytes) -> bytes:
    """The same part, in UTF-8, without run properties that change nothing the reader keeps."""
    first, *pieces = data.split(_OPEN)
    kept = [first]
    known: dict[bytes, bool] = {}
    for piece in pieces:
        inside, closed, rest = piece.partition(_CLOSE)
        silent = known.get(inside)
        if silent is None:
            silent = known[inside] = bool(closed) and _SILENT.fullmatch(inside) is not None
        if silent:
            kept.append(rest)
        else:
            kept.extend((_OPEN, inside, closed, rest.replace(_ENDS, _ENDS_APART, 1)))
    light = b"".join(kept)
    if light.count(b"xmlns:w=") != 1 or _OURS not in light or any(odd in light for odd in _UNUSUAL):
        return data
    return _joined(light)


def _joined(data: bytes) -> bytes:
    """Runs of mere words made one; those that kept properties end otherwise, and stay apart."""
    data = _MARKED.sub(_RUN, data)
    for between in _NEXT:
        data = data.replace(between, b"")
    return data
