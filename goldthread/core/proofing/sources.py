"""Source documents and addresses: what a reader could no longer find as it was when cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from goldthread.core.citations import CitationKind, find_citations, written_dates
from goldthread.core.citations.dates import MONTH
from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import NAMELESS, Line, Reading, shortened
from goldthread.core.text import Figure, Kind, MarkKind, Typed

_HEADING = re.compile(
    r"^(?:\d+\.?\s+)?(?:bibliography|references|sources?|"
    r"(?:source|background) (?:documents?|papers?|information))"
    r"(?:\s*\(s\))?\s*:?$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"^\s*(?:contact|report author|author|appendix|appendices|annex|tel)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^\W*(?:(?:https?://|www\.)\S+\s*$"
    r"|(?:last )?(?:accessed|retrieved|read|viewed|downloaded|as at|version|dated)\b)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^\W*(?:none|nil|n/?a|not applicable|no\b|there (?:are|is|were) no)\b|^\W*$", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_VERSION = re.compile(
    rf"\b(?:v(?:ersion)?\.?\s?\d|(?:first|second|third|\d+(?:st|nd|rd|th)) edition|edition \d|issue \d"
    rf"|rev(?:ision)?\.? \d|{MONTH} (?:19|20)\d\d)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?\b\.?:?\s*\S|no\.? ?\d|item \d|minute \d|[A-Z]{2,}[-/ ]?\d{2,}|\d+/\d+)"
)
_PINNED = re.compile(
    r"(?:19|20)\d\d|[/_.-]v(?:ersion)?[_.-]?\d|[?&](?:version|v|rev)=|\b[0-9a-f]{12,}\b|doi\.org/|web\.archive\.org",
    re.I,
)
_OPENING = re.compile(
    r"^(?:to|from|date|tel(?:ephone)?|e-?mail|web(?:site)?|contact)\b.{0,20}:", re.IGNORECASE
)


def sources_found(reading: Reading) -> Iterator[Finding]:
    """Source documents that name neither date, version nor reference, and addresses without them."""
    listing = _Listing()
    sources: list[list[Line]] = []
    for line in reading.lines:
        if line.block.kind in {Kind.CONTACT, Kind.QUOTATION} or isinstance(line.block, Figure):
            continue
        typed = line.block.kind is Kind.SOURCE_DOCUMENT
        if not typed and (line.in_table or not _HEADING.match(line.section.title)):
            yield from _in_passing(reading, line)
        elif not (typed or listing.holds(line)):
            continue
        elif sources and sources[-1][0].section is line.section and _GOES_ON.match(line.words):
            sources[-1].append(line)
        else:
            sources.append([line])
    for lines in sources:
        yield from _source(reading, lines)


@dataclass(slots=True)
class _Listing:
    """Whether the lines of a bibliography that is not a table are now sources, or something after them."""

    key: str = ""
    sources: bool = True

    def holds(self, line: Line) -> bool:
        """Whether this line is a source; the names of the parts and what follows the sources are none."""
        if line.section.key != self.key:
            self.key, self.sources = line.section.key, True
        if _HEADING.match(line.words.strip()):
            self.sources = True
            return False
        if _OTHER.match(line.words):
            self.sources = False
        return self.sources and not line.words.rstrip().endswith(":")


def _source(reading: Reading, lines: list[Line]) -> Iterator[Finding]:
    """What a source lacks, given its line and those that go on about it: its address, when it was read."""
    line = lines[0]
    words = " ".join(each.words for each in lines)
    fields = dict(line.block.fields) if isinstance(line.block, Typed) else {}
    said = " ".join(filter(None, (words, fields.get("reference"), fields.get("dated"))))
    addresses = _addresses(" ".join((words, fields.get("address", "")))) or _linked(line)
    without = line.words
    for address in addresses:
        said, without = said.replace(address, " "), without.replace(address, " ")
    if _NOTHING.match(words) and not addresses:
        return
    if fields.get("dated") or fields.get("reference") or _told(said):
        return
    named = shortened(without, 60).strip(" -–—:,.;()") or "This source"
    if addresses:
        if all(_PINNED.search(address) for address in addresses):
            return
        message = (
            f"“{named}” is cited by a bare address, {shortened(addresses[0], 80)}, without a date or a "
            "version. What stands there changes. Give the document's title with its date or version, and "
            "the day on which it was read."
        )
        yield reading.at("address-bare", message, line.section, line.block)
        return
    message = (
        f"“{named}” has neither a date nor a reference, so nobody can tell which version was relied on. "
        f"Add its date, its version or where it was published{_hint(named)}."
    )
    yield reading.at("source-undated", message, line.section, line.block)


def _hint(named: str) -> str:
    current = re.match(r"(?:current|latest|existing|draft|updated)\b", named, re.IGNORECASE)
    return f"; “{current.group().lower()}” will mean another one later" if current else ""


def _in_passing(reading: Reading, line: Line) -> Iterator[Finding]:
    """An address to a page in running words, with no date beside it; a site's own front page is a name."""
    if "://" not in line.words and "www." not in line.words:
        return
    if _OPENING.match(line.words) or line.section.title in NAMELESS:
        return
    addresses = [each for each in _addresses(line.words) if _is_page(each) and not _PINNED.search(each)]
    around = line.words
    for address in addresses:
        around = around.replace(address, " ")
    if not addresses or _told(around):
        return
    more = f" (and {len(addresses) - 1} more)" if len(addresses) > 1 else ""
    message = (
        f"A bare address is cited, {shortened(addresses[0], 80)}{more}, without a date or a version. What "
        "stands there changes. Name the document with its date, or list it among the source documents."
    )
    yield reading.at("address-bare", message, line.section, line.block)


def _told(words: str) -> bool:
    """Whether words give a date, a year, a version or a reference."""
    return bool(
        _YEAR.search(words)
        or _VERSION.search(words)
        or _REFERENCE.search(words)
        or written_dates(words)
        or find_citations(words, kinds=tuple({*CitationKind} - {CitationKind.ADDRESS}))
    )


def _addresses(words: str) -> list[str]:
    found = find_citations(words, kinds=(CitationKind.ADDRESS,))
    return list(dict.fromkeys(each.reference for each in found))


def _linked(line: Line) -> list[str]:
    """The addresses behind a source's words."""
    if not isinstance(line.block, Typed):
        return []
    marks = (mark for run in line.block.runs for mark in run.marks)
    return list(
        dict.fromkeys(mark.target for mark in marks if mark.kind is MarkKind.LINK and "://" in mark.target)
    )


def _is_page(address: str) -> bool:
    """Whether an address names a page, not merely a site."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)
