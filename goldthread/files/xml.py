"""XML from strangers: parsed without entities, network, document types or great depth."""

from __future__ import annotations

import re

from lxml import etree

from goldthread.files.refused import Refused

MAX_TAGS = 4_000_000
MAX_XML_BYTES = 80 * 1024 * 1024
MAX_DEPTH = 256
_DECLARATION = re.compile(rb"^\s*<\?xml\s[^>]{0,400}?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_BYTE_ORDER = (
    (b"\xff\xfe\x00\x00", ""),
    (b"\x00\x00\xfe\xff", ""),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_PLAIN = {"utf-8", "utf8", "us-ascii", "ascii"}
_SINGLE = {"iso-8859-1", "latin1", "windows-1252", "cp1252"}
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def as_utf8(data: bytes, part: str) -> bytes:
    """The same XML in UTF-8 without a declaration; another encoding than Word's own is refused."""
    for mark, encoding in _BYTE_ORDER:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, part)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if b"\x00" in data[:8]:
        return _decoded(data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", part)
    declaration = _DECLARATION.match(data)
    if declaration:
        named = _ENCODING.search(declaration.group())
        name = named.group(1).decode().lower() if named else "utf-8"
        data = data[declaration.end() :]
        if name in _SINGLE:
            return data.decode("cp1252", "replace").encode()
        if name not in _PLAIN:
            raise Refused(
                f"Its part “{part}” is written in {name}, which no Word file uses.",
                "Open it in Word, save it as a new .docx file and upload that.",
            )
    return data


def _decoded(data: bytes, encoding: str, part: str) -> bytes:
    try:
        text = data.decode(encoding or "utf-32")
    except (UnicodeDecodeError, LookupError) as fault:
        raise Refused(f"Its part “{part}” is garbled.", "Save it again in Word and upload that.") from fault
    return as_utf8(re.sub(r"^\s*<\?xml\s[^>]{0,400}?\?>", "", text).encode("utf-8", "replace"), part)


def parse(data: bytes, part: str) -> etree._Element:
    """The root element of one part. Raises Refused for a document type, great depth or bad XML."""
    data = as_utf8(data, part)
    if len(data) > MAX_XML_BYTES or (len(data) > 3 * MAX_TAGS and data.count(b"<") > MAX_TAGS):
        raise Refused(
            f"Its part “{part}” is too large to read safely.", "Split the document and upload each half."
        )
    if b"<!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise Refused(
            f"Its part “{part}” declares a document type, which Word never writes and attackers use.",
            "Open it in Word, save it as a new .docx file and upload that.",
        )
    if _STRICT in data:
        for strict, transitional in _TRANSITIONAL:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as fault:
        deep = "depth" in str(fault).lower()
        raise Refused(
            f"Its part “{part}” nests elements more than {MAX_DEPTH} deep."
            if deep
            else f"Its part “{part}” is damaged: {str(fault).split(', line')[0][:120]}.",
            "Open it in Word, let Word repair it, save it and upload that.",
        ) from fault
    except MemoryError as fault:
        raise Refused(
            "It needs more memory to read than is allowed.", "Split it and upload each half."
        ) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(f"Its part “{part}” declares a document type.", "Save it again in Word.")
    return root
