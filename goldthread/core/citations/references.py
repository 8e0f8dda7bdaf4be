"""What a paper refers to, found in its words: nothing is looked up here.

The forms are those that offices print: "13/12/2018 BCB Agenda Item 8.0 Delivery of the Plan",
"17 05 11 BCB - Agenda Item 5.0" (year, month, day), "Appendices A-D", "Decision 048/2021",
"CPCC 2016-020", "PCD 1842", and addresses of the web.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial

from goldthread.core.citations.dates import MONTH, Taken, written_dates


class CitationKind(StrEnum):
    """What sort of thing is referred to."""

    AGENDA_ITEM = "agenda_item"
    APPENDIX = "appendix"
    DECISION = "decision"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference found in ``words`` from ``start`` to ``end``; what it does not say is empty.

    ``body``, ``on``, ``item`` and ``title`` belong to an agenda item; ``reference`` is a decision's
    number as printed, or an address; ``label`` is one appendix, such as "Appendix A". A range of
    appendices is one citation for each, all at the same place.
    """

    kind: CitationKind
    words: str
    start: int
    end: int
    body: str = ""
    on: date | None = None
    item: str = ""
    title: str = ""
    reference: str = ""
    label: str = ""


_DATE = rf"\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d\d \d\d \d\d|\d{{1,2}}(?:st|nd|rd|th)? {MONTH} \d{{4}}"
_BODY = r"(?!Agenda|Item)[A-Z][A-Za-z&’']*(?: (?!Agenda|Item)(?:and |of |the )?[A-Z][A-Za-z&’']*){0,7}"
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?(?: ?\([a-z]\)|[a-z])?(?![\w(])"
_TITLE = r"(?:[ \t]*[-–—:,]?[ \t]+(?P<title>[A-Z“‘\"'][^\n;]{0,200}))?"
_ITEM = r"[ ,]*[-–—:]?[ ]*(?:Agenda )?Item(?: No\.?)? "
_DATED_ITEM = re.compile(
    rf"(?<![\d/])(?P<date>{_DATE})[ ,]*[-–—:]?[ ]*(?P<body>{_BODY}){_ITEM}(?P<item>{_NUMBER}){_TITLE}"
)
_BODY_ITEM = re.compile(
    rf"\b(?P<body>{_BODY})[ ,]*[-–—:]?[ ]*(?:on |of )?(?P<date>{_DATE}){_ITEM}(?P<item>{_NUMBER}){_TITLE}"
)
_ITEM_HINT = re.compile(r"\bItem\b")
_LABEL = r"[‘'“\"]?(?:\d{1,2}(?:\.\d{1,2})?[a-z]?|[A-Z]\d{0,2}|[IVX]{2,4})[’'”\"]?(?!\w)"
_APPENDIX = re.compile(
    rf"\b(?P<name>(?i:appendix|annexe?))\s+(?P<first>{_LABEL})(?:\s*[-–—]\s*(?P<last>{_LABEL}))?"
    rf"|\b(?P<names>(?i:appendices|appendixes|annexes))\s+(?P<list>{_LABEL}"
    rf"(?:\s*(?:-|–|—|,\s*and|,|to|and|&|or)\s*(?:(?i:appendix|annexe?)\s+)?{_LABEL}){{0,30}})"
)
_EACH = re.compile(rf"(?P<sign>-|–|—|\bto\b)?\s*(?:,|and|&|or|(?i:appendix|annexe?)|\s)*(?P<label>{_LABEL})")
_REFERENCE = (
    r"(?:[A-Z]{2,8}\d?[ -]?)?(?:(?:19|20)\d\d(?:/\d\d)?[-/]\d{2,5}|\d{1,4}/(?:19|20)\d\d)"
    r"|[A-Z]{2,8}\d?[ -]\d{3,5}"
)
_DECISION = re.compile(
    rf"\b(?i:decisions?)\s+(?i:(?:notice|record|number|no\.?|ref(?:erence)?\.?)\s*:?\s*){{0,2}}"
    rf"(?P<reference>{_REFERENCE})(?![\w/])"
)
_NAMED = re.compile(
    r"\b(?P<reference>PCD \d{3,5}|[A-Z]{0,4}PCC\d?(?: (?:19|20)\d\d-\d{2,4}|-\d{3,5}))(?![\w/])"
)
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>“”\"\[\]{}|\\^`]+")
_PLACES = {
    "body": r"[A-Z]{2,8}",
    "year": r"(?:19|20)\d\d",
    "short_year": r"\d\d",
    "financial_year": r"(?:19|20)\d\d/\d\d",
}
_PLACE = re.compile(r"\{(?P<name>[a-z_]+)(?::[^{}]*)?\}")


def find_citations(
    words: str, *, patterns: Sequence[str] = (), kinds: Collection[CitationKind] = tuple(CitationKind)
) -> tuple[Citation, ...]:
    """Every reference of the kinds asked for in some words, in reading order.

    ``patterns`` are the office's own ways of numbering decisions (`governance.references.Pattern`),
    such as "FEN {year}-{serial:03}". A reference in one of these forms is found without the word
    "Decision" before it.
    """
    finders: dict[CitationKind, Callable[[str], Iterator[Citation]]] = {
        CitationKind.AGENDA_ITEM: _items,
        CitationKind.APPENDIX: _appendices,
        CitationKind.DECISION: partial(_decisions, patterns=tuple(patterns)),
        CitationKind.ADDRESS: _addresses,
    }
    found = (each for kind in kinds for each in finders[kind](words))
    return tuple(sorted(found, key=lambda each: (each.start, each.label)))


def _items(words: str) -> Iterator[Citation]:
    if not _ITEM_HINT.search(words):
        return
    taken = Taken()
    for pattern in (_DATED_ITEM, _BODY_ITEM):
        for match in pattern.finditer(words):
            start, end = match.start(), match.end("item")
            if not taken.claim(start, end):
                continue
            yield Citation(
                CitationKind.AGENDA_ITEM,
                words[start:end],
                start,
                end,
                body=match["body"],
                on=_day(match["date"]),
                item=match["item"].replace(" ", ""),
                title=(match["title"] or "").strip(),
            )


def _day(words: str) -> date | None:
    """The day of an item; six figures parted by spaces are year, month and day, as the boards file them."""
    if words[2:3] == " " and words[5:6] == " " and words.replace(" ", "").isdigit():
        words = f"20{words.replace(' ', '-')}"
    found = written_dates(words)
    return found[0].on if found else None


def _appendices(words: str) -> Iterator[Citation]:
    for match in _APPENDIX.finditer(words):
        name = match["name"] or match["names"]
        name = "Annex" if name.lower().startswith("annex") else "Appendix"
        listed = match["list"] or "-".join(filter(None, (match["first"], match["last"])))
        for label in _labels(listed):
            yield Citation(CitationKind.APPENDIX, match.group(), *match.span(), label=f"{name} {label}")


def _labels(listed: str) -> list[str]:
    """The labels that a list or a range names: "A-D" is four of them."""
    labels: list[str] = []
    for match in _EACH.finditer(listed):
        label = match["label"].strip("‘’'“”\"")
        between = _between(labels[-1], label) if match["sign"] and labels else []
        labels.extend([*between, label])
    return list(dict.fromkeys(labels))


def _between(first: str, last: str) -> list[str]:
    """What stands between the ends of a range of figures or letters; nothing where they do not rise."""
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _decisions(words: str, patterns: tuple[str, ...]) -> Iterator[Citation]:
    taken = Taken()
    for pattern in (_DECISION, *(_own(each) for each in patterns), _NAMED):
        for match in pattern.finditer(words):
            start, end = match.span()
            if not match["reference"] or not taken.claim(start, end):
                continue
            yield Citation(CitationKind.DECISION, match.group(), start, end, reference=match["reference"])


@lru_cache(maxsize=64)
def _own(pattern: str) -> re.Pattern[str]:
    """An office's own way of numbering as an expression that finds it."""
    made, end = "", 0
    for place in _PLACE.finditer(pattern):
        made += re.escape(pattern[end : place.start()]) + _PLACES.get(place["name"], r"\d{1,6}")
        end = place.end()
    return re.compile(rf"(?<![\w/])(?P<reference>{made}{re.escape(pattern[end:])})(?![\w/])")


def _addresses(words: str) -> Iterator[Citation]:
    if "://" not in words and "www." not in words:
        return
    for match in _ADDRESS.finditer(words):
        address = match.group().rstrip(".,;:!?'’")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:")
        start = match.start()
        yield Citation(CitationKind.ADDRESS, address, start, start + len(address), reference=address)
