"""Earlier versions of a PDF: a program that saves by adding to the end leaves what it changed in the file."""

from __future__ import annotations

import io
import re

import pikepdf

from goldthread.files.hidden.found import Findings, spans
from goldthread.files.hidden.objects import entry, words_of

_END = re.compile(rb"startxref\s{1,8}(\d{1,12})\s{1,8}%%EOF")
_TABLE = re.compile(rb"\s{0,4}(?:xref|\d+\s+\d+\s+obj)")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
MAX_VERSIONS = 20


def check_history(data: bytes, pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Note each earlier version of which something was changed or taken out since."""
    ends = [
        found.end()
        for found in _END.finditer(data)
        if int(found[1]) and _TABLE.match(data, min(int(found[1]), len(data)))
    ]
    for at, end in enumerate(ends[:-1][:MAX_VERSIONS], 1):
        try:
            with pikepdf.open(io.BytesIO(data[:end])) as earlier:
                changed, pages = _changed(earlier, pdf)
                if changed:
                    saved = _saved(earlier)
                    which = f"; {spans(pages, 'page')} changed since" if pages else ""
                    findings.add("earlier-version", f"version {at}{saved}{which}")
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            continue


def _changed(earlier: pikepdf.Pdf, later: pikepdf.Pdf) -> tuple[bool, list[int]]:
    """Whether any object of the earlier version is not the same now, and the pages that are not."""
    different: set[tuple[int, int]] = set()
    for thing in earlier.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        if str(entry(thing, "/Type") or "") in ("/XRef", "/ObjStm"):
            continue
        if not _same(thing, later.get_object(*thing.objgen)):
            different.add(thing.objgen)
    pages = [
        at
        for at, page in enumerate(earlier.pages, 1)
        if page.objgen in different or _contents(page.obj) & different
    ]
    return bool(different), pages


def _same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    if isinstance(one, pikepdf.Stream):
        alike = isinstance(other, pikepdf.Stream) and _words(one.stream_dict) == _words(other.stream_dict)
        return alike and one.read_raw_bytes() == other.read_raw_bytes()
    return type(one) is type(other) and _words(one) == _words(other)


def _words(thing: pikepdf.Object) -> bytes:
    return bytes(thing.unparse())


def _contents(page: pikepdf.Object) -> set[tuple[int, int]]:
    contents = entry(page, "/Contents")
    if isinstance(contents, pikepdf.Array):
        return {each.objgen for each in contents if isinstance(each, pikepdf.Stream)}
    return {contents.objgen} if isinstance(contents, pikepdf.Stream) else set()


def _saved(pdf: pikepdf.Pdf) -> str:
    info = entry(pdf.trailer, "/Info")
    found = _DATE.match(words_of(entry(info, "/ModDate")) or words_of(entry(info, "/CreationDate")))
    return f" (saved {int(found[3])}/{int(found[2])}/{found[1]})" if found else ""
