"""The package around the words: the house template, relationships, pictures, properties, fixed dates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from goldthread.files.front import PAGE, PAGES
from goldthread.files.word.xml import R, clean, w

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_DC = "http://purl.org/dc/elements/1.1/"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIELDS = {PAGE: "PAGE", PAGES: "NUMPAGES"}
_EXTENSIONS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}


@cache
def template() -> Mapping[str, bytes]:
    """The parts of the house template by name."""
    source = resources.files("goldthread.files.word").joinpath("house.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def style_ids() -> Mapping[str, str]:
    """The id of every style of the template by its name, read once."""
    styles = etree.fromstring(template()["word/styles.xml"])
    named = ((style.find(w("name")), style) for style in styles.iterfind(w("style")))
    return {name.get(w("val"), ""): style.get(w("styleId"), "") for name, style in named if name is not None}


def picture_kind(image: bytes) -> str:
    """The extension of a picture that Word can show, from its first bytes, or an empty string."""
    return next((kind for start, kind in _EXTENSIONS.items() if image.startswith(start)), "")


class Package:
    """A Word file in the making."""

    def __init__(self) -> None:
        self.parts = dict(template())
        self._relations = {"document": 100, "footnotes": 100}
        self._rels: dict[str, list[tuple[str, str, str, bool]]] = {"document": [], "footnotes": []}
        self._links: dict[tuple[str, str], str] = {}
        self._pictures: dict[str, str] = {}

    def link(self, part: str, address: str) -> str:
        """The relationship id of an outside address in a part, made once."""
        known = self._links.get((part, address))
        if known is None:
            known = self._relate(part, f"{R}/hyperlink", clean(address), outside=True)
            self._links[part, address] = known
        return known

    def picture(self, seal: str, image: bytes) -> str:
        """The relationship id of a picture in the document, its bytes stored once."""
        known = self._pictures.get(seal)
        if known is None:
            name = f"media/image{len(self._pictures) + 1}.{picture_kind(image)}"
            self.parts[f"word/{name}"] = image
            known = self._relate("document", f"{R}/image", name)
            self._pictures[seal] = known
        return known

    def _relate(self, part: str, kind: str, target: str, *, outside: bool = False) -> str:
        self._relations[part] += 1
        ident = f"rId{self._relations[part]}"
        self._rels[part].append((ident, kind, target, outside))
        return ident

    def describe(self, title: str, lang: str, edition: str) -> None:
        """Set the title, the language and the edition that the file was written from."""
        core = etree.fromstring(self.parts["docProps/core.xml"])
        for heading in core.iter(f"{{{_DC}}}title"):
            heading.text = clean(title)
        etree.SubElement(core, f"{{{_DC}}}language").text = clean(lang)
        self.parts["docProps/core.xml"] = _written(core)
        header = etree.fromstring(self.parts["word/header.xml"])
        for text in header.iter(w("t")):
            text.text = clean(title)
        self.parts["word/header.xml"] = _written(header)
        styles = etree.fromstring(self.parts["word/styles.xml"])
        for tongue in styles.iterfind(f"{w('docDefaults')}//{w('lang')}"):
            tongue.set(w("val"), lang)
        self.parts["word/styles.xml"] = _written(styles)
        custom = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap=_spaces(_CUSTOM, vt=_VALUES))
        if edition:
            attributes = {"fmtid": _FORMAT_ID, "pid": "2", "name": "GoldthreadEdition"}
            entry = etree.SubElement(custom, f"{{{_CUSTOM}}}property", attributes)
            etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = clean(edition)
        self.parts["docProps/custom.xml"] = _written(custom)

    def foot(self, parts: tuple[str, ...]) -> None:
        """Put words at the foot of every page, the numbers of pages as fields."""
        footer = etree.fromstring(self.parts["word/footer.xml"])
        paragraph = footer[0]
        for run in paragraph.findall(w("r")):
            paragraph.remove(run)
        for side in paragraph.iter(w("jc")):
            side.set(w("val"), "left")
        for part in parts:
            if part in _FIELDS:
                _field(paragraph, _FIELDS[part])
            else:
                _run(paragraph, part)
        self.parts["word/footer.xml"] = _written(footer)

    def put(self, name: str, root: etree._Element) -> None:
        """Store a part."""
        self.parts[name] = _written(root)

    def parse(self, name: str) -> etree._Element:
        """A part of the template, to add to."""
        return etree.fromstring(self.parts[name])

    def save(self) -> bytes:
        """The file: the same parts always give the same bytes."""
        for part, added in self._rels.items():
            self._write_relationships(f"word/_rels/{part}.xml.rels", added)
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
            for name, content in self.parts.items():
                stamp = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                stamp.external_attr = 0o600 << 16
                package.writestr(stamp, content, zipfile.ZIP_DEFLATED)
        return held.getvalue()

    def _write_relationships(self, name: str, added: list[tuple[str, str, str, bool]]) -> None:
        if name in self.parts:
            root = etree.fromstring(self.parts[name])
        else:
            root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap=_spaces(_RELATIONSHIPS))
        for ident, kind, target, outside in added:
            attributes = {"Id": ident, "Type": kind, "Target": target}
            if outside:
                attributes["TargetMode"] = "External"
            etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", attributes)
        if len(root):
            self.parts[name] = _written(root)


def _run(paragraph: etree._Element, words: str) -> None:
    text = etree.SubElement(etree.SubElement(paragraph, w("r")), w("t"))
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = clean(words)


def _field(paragraph: etree._Element, code: str) -> None:
    field = etree.SubElement(paragraph, w("fldSimple"), {w("instr"): f" {code} "})
    etree.SubElement(etree.SubElement(field, w("r")), w("t")).text = "1"


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _spaces(default: str, **named: str) -> Any:
    """Name spaces with a default one, which lxml's published types do not allow for."""
    return {None: default, **named}
