"""Appendices that are cited and not there, and those that are there and never cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from goldthread.core.citations import Citation, CitationKind, find_citations
from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import Line, Reading
from goldthread.core.text import Kind, Section

_HINT = re.compile(r"append|annex", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\s*(?:,\s*)?(?:of|to|in)\s+(?!(?:this|the)\s+(?:report|paper|agenda|minutes|document|business case)\b)"
    r"(?:the|that|its|their|our|an?|[A-Z])\b|\s+(?:of|to)\s+[A-Z]"
)
_APPENDICES = (CitationKind.APPENDIX,)
_FEW = 5
_LISTING = re.compile(r"^(?:appendices|annexes|list of|attachments|contents)", re.I)
_ALONE = re.compile(r"^(?i:appendix|annexe?)\s+[‘'“\"]?(?:[A-Z]|\d{1,2})[’'”\"]?(?:\s*[:–-]\s*\S.{0,80})?$")
_NAME = re.compile(
    r"(?P<kind>append|annex)(?:ix|ices|ixes|es|e)?(?:[\s_.:-]+[‘'“\"]?(?=[a-z0-9])|(?=\d))"
    r"(?P<label>\d{1,2}|[a-z])(?![a-z0-9])",
    re.IGNORECASE,
)


def appendices_found(reading: Reading) -> Iterator[Finding]:
    """Each place that cites appendices not attached, and each attached one that nothing cites."""
    inside = dict(_inside(reading))
    attached = {*inside, *(label for name in reading.facts.attached for label in _labels_of(name))}
    cited: set[str] = set()
    said: set[str] = set()
    for line, citations in _citing(reading):
        labels = [each.label for each in citations]
        cited.update(map(_same, labels))
        missing = [label for label in dict.fromkeys(labels) if _same(label) not in attached | said]
        said.update(map(_same, missing))
        if missing:
            whole = next(
                (
                    c.words
                    for c in citations
                    if {e.label for e in citations if e.start == c.start} == {*missing}
                ),
                "",
            )
            yield _not_attached(reading, line, missing, whole or _listed(missing))
    for name in reading.facts.attached:
        labels_of = _labels_of(name)
        if labels_of and not cited.intersection(labels_of):
            yield Finding("appendix-not-cited", name, f"“{name}” is attached but {_UNUSED}")
    for label, section in inside.items():
        if label not in cited:
            message = f"{label.capitalize()} is part of this paper but {_UNUSED}"
            yield reading.at("appendix-not-cited", message, section)


_UNUSED = "the paper never refers to it. Say in the paper what it is for, or leave it out."


def _not_attached(reading: Reading, line: Line, missing: list[str], named: str) -> Finding:
    one = len(missing) == 1
    message = (
        f"{named} {'is' if one else 'are'} cited here but not attached. Attach "
        f"{'it' if one else 'them'} to the paper, or take out the reference."
    )
    return reading.at("appendix-not-attached", message, line.section, line.block)


def _listed(labels: list[str]) -> str:
    """ "Appendix 1", or "Appendices A, B, C and D"."""
    if len(labels) == 1:
        return labels[0]
    names = {label.split(" ", 1)[0] for label in labels}
    if len(names) > 1:
        return f"{', '.join(labels[:-1])} and {labels[-1]}"
    letters = [label.split(" ", 1)[1] for label in labels]
    plural = "Appendices" if names == {"Appendix"} else "Annexes"
    return f"{plural} {', '.join(letters[:-1])} and {letters[-1]}"


def _citing(reading: Reading) -> Iterator[tuple[Line, list[Citation]]]:
    """The lines that cite this paper's own appendices."""
    for line in reading.lines:
        if line.block.kind in {Kind.SOURCE_DOCUMENT, Kind.QUOTATION} or not _HINT.search(line.words):
            continue
        if _is_heading(line):
            continue
        found = [
            each
            for each in find_citations(line.words, kinds=_APPENDICES)
            if not _ELSEWHERE.match(line.words[each.end :])
        ]
        if found:
            yield line, found


def _inside(reading: Reading) -> Iterator[tuple[str, Section]]:
    """The appendices that the file itself holds: headed as such, with something beneath."""
    for section in reading.sections:
        label = _label_of_title(section.title)
        if label and (section.blocks or section.children):
            yield label, section
    for line, following in pairwise(reading.lines):
        under = following.section is line.section and not _is_heading(following)
        if under and _is_heading(line) and (following.in_table or len(following.words.split()) > _FEW):
            yield _same(line.words), line.section


def _is_heading(line: Line) -> bool:
    """A paragraph that is nothing but an appendix's name, where no list of appendices is being given."""
    return (
        line.block.kind is Kind.PARAGRAPH
        and not line.in_table
        and not _LISTING.match(line.section.title)
        and bool(_ALONE.match(line.words.strip()))
    )


def _label_of_title(title: str) -> str:
    found = _NAME.match(title.strip())
    return _same(found.group()) if found else ""


def _labels_of(name: str) -> tuple[str, ...]:
    """The appendices that a title or a file's name stands for, in the form that they are compared in."""
    citations = find_citations(name, kinds=_APPENDICES)
    if citations:
        return tuple(_same(each.label) for each in citations)
    return tuple(_same(found.group()) for found in _NAME.finditer(name))


def _same(label: str) -> str:
    """One form for "Appendix 1", "appendix_01" and "APPENDIX 1:"."""
    found = _NAME.search(label)
    if not found:
        return label.casefold().strip()
    kind = "appendix" if found["kind"].lower() == "append" else "annex"
    return f"{kind} {found['label'].lower().lstrip('0')}"
