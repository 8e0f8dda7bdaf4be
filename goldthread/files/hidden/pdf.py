"""What a PDF says to those who look inside it and not to those who read it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from lxml import etree

from goldthread.files.hidden.found import Findings
from goldthread.files.hidden.history import check_history
from goldthread.files.hidden.objects import actions, entry, items, number, words_of
from goldthread.files.hidden.office import PROGRAMS, path_in
from goldthread.files.hidden.pages import check_pages
from goldthread.files.hidden.photographs import has_location
from goldthread.files.refused import Refused
from goldthread.files.xml import parse

MAX_PAGES = 5_000
_TAIL = 4_096
_MEND = "Send another copy, or make the PDF again from the original."
_PEOPLE = ("/Author", "/Company", "/Manager", "/LastModifiedBy", "/LastSavedBy")
_USUAL = frozenset(
    [
        "/Title",
        "/Subject",
        "/Keywords",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/Trapped",
        "/GTS_PDFXVersion",
        "/GTS_PDFXConformance",
        "/GTS_PDFA1Version",
        "/PTEX.Fullbanner",
        "/SourceModified",
        "/AAPL:Keywords",
    ]
)
_NOT_REMARKS = frozenset(
    [
        "/Link",
        "/Widget",
        "/Popup",
        "/PrinterMark",
        "/TrapNet",
        "/Watermark",
        "/Screen",
        "/3D",
        "/Redact",
    ]
)
_HIDDEN = 0x2 | 0x20
_DC = "{http://purl.org/dc/elements/1.1/}creator"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_PDFX = "{http://ns.adobe.com/pdfx/1.3/}"


def check_pdf(data: bytes, findings: Findings) -> None:
    """Note everything in the bytes of a PDF. Raises Refused where it is locked or damaged."""
    try:
        with open_pdf(data) as pdf:
            pages = len(pdf.pages)
            if not pages:
                raise Refused("It is damaged: it has no pages.", _MEND)
            if pages > MAX_PAGES:
                raise Refused(f"It has more than {MAX_PAGES:,} pages.", "Split it and check each part.")
            hides_layers = _layers(pdf, findings)
            _document(pdf, findings)
            for at, page in enumerate(pdf.pages, 1):
                _page(page.obj, f"page {at}", findings)
            _photographs(pdf, findings)
            check_history(data, pdf, findings)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, OverflowError) as fault:
        raise Refused("It is damaged.", _MEND) from fault
    check_pages(data, findings, layers=hides_layers)


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The structure of a PDF. Raises Refused where it is locked, cut short or damaged."""
    if b"%%EOF" not in data[-_TAIL:]:
        raise Refused("It is cut short or damaged: its end is missing.", _MEND)
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as fault:
        raise Refused(
            "It is locked with a password.", "Save a copy without the password and check that."
        ) from fault
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as fault:
        raise Refused("It is damaged.", _MEND) from fault


def _layers(pdf: pikepdf.Pdf, findings: Findings) -> bool:
    """Whether the document has layers that are switched off, each noted by its name."""
    layers = entry(pdf.Root, "/OCProperties")
    usual = entry(layers, "/D")
    off = items(entry(usual, "/OFF"))
    if str(entry(usual, "/BaseState") or "") == "/OFF":
        on = {each.objgen for each in items(entry(usual, "/ON"))}
        off = [each for each in items(entry(layers, "/OCGs")) if each.objgen not in on]
    for each in off:
        findings.add("hidden-layer", "the list of layers", words_of(entry(each, "/Name")))
    return bool(off)


def _document(pdf: pikepdf.Pdf, findings: Findings) -> None:
    _information(entry(pdf.trailer, "/Info"), findings)
    _metadata(entry(pdf.Root, "/Metadata"), findings)
    _actions(pdf.Root, "opening the document", findings)
    for name in pdf.attachments:
        findings.add("embedded-file", "the attachments", str(name))
    for _ in _leaves(entry(entry(pdf.Root, "/Names"), "/JavaScript")):
        findings.add("script", "the document", "JavaScript")
    if entry(pdf.Root, "/PieceInfo") is not None:
        findings.add("private-data", "the document")
    for field in _fields(entry(entry(pdf.Root, "/AcroForm"), "/Fields")):
        value = words_of(entry(field, "/V"))
        shown = entry(field, "/Rect") is not None or items(entry(field, "/Kids"))
        if value and not shown:
            findings.add("hidden-field", f"the field “{words_of(entry(field, '/T'))}”", value)


def _leaves(tree: pikepdf.Object | None, depth: int = 0) -> Iterator[pikepdf.Object]:
    """The values of a name tree."""
    yield from items(entry(tree, "/Names"))[1::2]
    if depth < 20:
        for kid in items(entry(tree, "/Kids")):
            yield from _leaves(kid, depth + 1)


def _fields(fields: pikepdf.Object | None, depth: int = 0) -> Iterator[pikepdf.Object]:
    for field in items(fields):
        yield field
        if depth < 20:
            yield from _fields(entry(field, "/Kids"), depth + 1)


def _information(info: pikepdf.Object | None, findings: Findings) -> None:
    if not isinstance(info, pikepdf.Dictionary):
        return
    for name in info.keys():  # noqa: SIM118
        said = words_of(entry(info, name)).strip()
        if not said or (name in _PEOPLE and said.casefold() in PROGRAMS):
            continue
        if name in _PEOPLE:
            findings.add("author", f"{name[1:]} in the properties", said)
        elif name not in _USUAL:
            findings.add("properties", "the properties", f"{name[1:]}: {said}")
        if name in _USUAL and path_in(said):
            findings.add("file-path", f"{name[1:]} in the properties", said)


def _metadata(stream: pikepdf.Object | None, findings: Findings) -> None:
    """The second set of properties (XMP), which is often left when the first is cleared."""
    if not isinstance(stream, pikepdf.Stream):
        return
    try:
        root = parse(stream.read_bytes().strip(b"\x00 \r\n\t"), "metadata")
    except (Refused, pikepdf.PdfError):
        return
    for creator in root.iter(_DC):
        for name in creator.iter(_RDF):
            said = (name.text or "").strip()
            if said and said.casefold() not in PROGRAMS:
                findings.add("author", "the properties (XMP)", said)
    for element in root.iter("*"):
        if str(element.tag).startswith(_PDFX) and (element.text or "").strip():
            called = etree.QName(element).localname
            sort = "author" if f"/{called}" in _PEOPLE else "properties"
            if sort == "author" or f"/{called}" not in _USUAL:
                findings.add(sort, f"{called} in the properties (XMP)", element.text or "")


def _page(page: pikepdf.Object, place: str, findings: Findings) -> None:
    _actions(page, place, findings)
    if entry(page, "/Thumb") is not None:
        findings.add("thumbnail", place)
    if entry(page, "/PieceInfo") is not None:
        findings.add("private-data", place)
    for annotation in items(entry(page, "/Annots")):
        _annotation(annotation, place, findings)


def _annotation(annotation: pikepdf.Object, place: str, findings: Findings) -> None:
    kind = str(entry(annotation, "/Subtype") or "")
    _actions(annotation, place, findings)
    if kind == "/Redact":
        findings.add("redaction-mark", place)
    elif kind == "/FileAttachment":
        file = entry(annotation, "/FS")
        findings.add("embedded-file", place, words_of(entry(file, "/UF")) or words_of(entry(file, "/F")))
    elif kind == "/Widget":
        parent = entry(annotation, "/Parent")
        value = words_of(entry(annotation, "/V")) or words_of(entry(parent, "/V"))
        if value and number(entry(annotation, "/F")) & _HIDDEN:
            name = words_of(entry(annotation, "/T")) or words_of(entry(parent, "/T"))
            findings.add("hidden-field", f"{place}, the field “{name}”", value)
    if kind not in _NOT_REMARKS:
        words, by = words_of(entry(annotation, "/Contents")), words_of(entry(annotation, "/T"))
        if words.strip() or by.strip():
            findings.add("comments", place, words, by=by)


def _actions(thing: pikepdf.Object, place: str, findings: Findings) -> None:
    for kind, target in actions(thing):
        if kind in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm"):
            findings.add("script", place, f"{kind[1:]} {target}".strip())
        elif path_in(target):
            findings.add("file-path", f"a link on {place}", target)


def _photographs(pdf: pikepdf.Pdf, findings: Findings) -> None:
    pages: dict[tuple[int, int], int] = {}
    for at, page in enumerate(pdf.pages, 1):
        held = entry(entry(page.obj, "/Resources"), "/XObject")
        if isinstance(held, pikepdf.Dictionary):
            for name in held.keys():  # noqa: SIM118
                pages.setdefault(held[name].objgen, at)
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream) or str(entry(thing, "/Filter") or "") != "/DCTDecode":
            continue
        if has_location(thing.read_raw_bytes()):
            at = pages.get(thing.objgen, 0)
            findings.add("picture-location", f"a photograph on page {at}" if at else "a photograph")
