"""OpenDocument text through the gate, and made harmless before LibreOffice sees it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import quoteattr

from lxml import etree

from goldthread.files.gate import Gate
from goldthread.files.refused import Refused
from goldthread.files.tree import Warned
from goldthread.files.xml import parse

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DROPPED = {
    _TEXT + "section-source": ("A section linked to another file", "external"),
    _OFFICE + "dde-source": ("A link that runs a program (DDE)", "field"),
    _TEXT + "dde-connection-decls": ("A link that runs a program (DDE)", "field"),
    _TABLE + "table-source": ("A table linked to another file", "external"),
    _OFFICE + "scripts": ("Macros", "macros"),
    _OFFICE + "event-listeners": ("Macros", "macros"),
    _DRAW + "object": ("An embedded object", "ole"),
    _DRAW + "object-ole": ("An embedded object", "ole"),
    _DRAW + "plugin": ("An embedded plug-in", "ole"),
    _DRAW + "applet": ("An embedded program", "ole"),
    _DRAW + "floating-frame": ("A frame kept elsewhere", "external"),
}
_XML_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
_KIND = "application/vnd.oasis.opendocument.text"
_INSIDE = re.compile(r"^(?:\./)?(?:Pictures|media)/[^:]*$")
_LINKS = frozenset({_TEXT + "a", _DRAW + "a"})


def cleaned(data: bytes) -> tuple[bytes, tuple[Warned, ...]]:
    """The same document without links to files, macros or objects, and what was dropped. Raises Refused."""
    gate = Gate(data)
    if "META-INF/manifest.xml" in gate and b"encryption-data" in gate.read("META-INF/manifest.xml"):
        raise Refused("It is locked with a password.", "Save a copy without the password and upload that.")
    if "content.xml" not in gate:
        raise Refused(
            "It has no content: it is not a whole OpenDocument file.", "Save it again and upload that."
        )
    dropped: dict[Warned, None] = {}
    parts: dict[str, bytes] = {}
    for name in _XML_PARTS:
        if name in gate:
            root = parse(gate.read(name), name)
            _clean(root, dropped)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    for name in gate.names:
        if _INSIDE.match(name):
            parts[name] = gate.read(name)
        elif name.startswith(("Basic/", "Scripts/")):
            dropped[Warned("", "Macros were dropped; they are never run.", "macros")] = None
    return _packed(parts), tuple(dropped)


def _clean(root: etree._Element, dropped: dict[Warned, None]) -> None:
    for element in list(root.iter(*_DROPPED)):
        what, code = _DROPPED[element.tag]
        target = element.get(_HREF, "")
        named = f"{what} (“{target[:80]}”)" if target else what
        if len(element) or target or code != "macros":
            dropped[Warned("", f"{named} was dropped; nothing was fetched or run.", code)] = None
        above = element.getparent()
        if above is not None:
            above.remove(element)
    for element in root.iter():
        target = element.get(_HREF, "")
        if target and element.tag not in _LINKS and not target.startswith("#") and not _INSIDE.match(target):
            dropped[
                Warned(
                    "",
                    f"A picture kept elsewhere (“{target[:80]}”) was dropped; nothing was fetched.",
                    "external",
                )
            ] = None
            del element.attrib[_HREF]


def _packed(parts: dict[str, bytes]) -> bytes:
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type="
        f'"{"text/xml" if name.endswith(".xml") else ""}"/>'
        for name in parts
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
        f"{entries}</manifest:manifest>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND, compress_type=zipfile.ZIP_STORED)
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()
