"""What a Word file says to those who look inside it and not to those who read it."""

from __future__ import annotations

from lxml import etree

from goldthread.files.docx.names import OFF, RID, VAL, W
from goldthread.files.docx.package import Package
from goldthread.files.gate import Gate
from goldthread.files.hidden.found import Findings
from goldthread.files.hidden.looks import Looks
from goldthread.files.hidden.office import check_package, path_in, place_of, relationships
from goldthread.files.hidden.story import Story

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PERSON, _NAMED = _W15 + "person", _W15 + "author"
_STORIES = (
    ("footnotes", "the footnotes"),
    ("endnotes", "the endnotes"),
    ("header", "a header"),
    ("footer", "a footer"),
)
_TURNS = {"first": "the first page only", "even": "even pages only"}


def check_word(data: bytes, findings: Findings) -> None:
    """Note everything in the bytes of a .docx file. Raises Refused where it cannot be read."""
    package = Package(Gate(data))
    main = package.main
    styles = package.related(main, "styles")
    looks = Looks(package.xml(styles[0]) if styles else None)
    document = package.xml(main)
    Story(document, "", looks, findings, ground=_ground(package, document)).check()
    for kind, place in _STORIES:
        for name in package.related(main, kind):
            Story(package.xml(name), place, looks, findings).check()
    _comments(package, findings)
    for part in package.related(main, "people"):
        for person in package.xml(part).iter(_PERSON):
            findings.add("author", "the list of reviewers", person.get(_NAMED, ""))
    for part in package.related(main, "settings"):
        _settings(package.xml(part), findings)
    _headers(package, document, findings)
    for owner, link in relationships(package):
        if link.kind == "ink" and not link.external:
            findings.add("ink", place_of(owner), link.target.rpartition("/")[2])
    check_package(package, findings)


def _ground(package: Package, document: etree._Element) -> str:
    """The colour of the page, where the settings say that it shows."""
    background = document.find(W + "background")
    if background is None:
        return ""
    for part in package.related(package.main, "settings"):
        if _on(package.xml(part).find(W + "displayBackgroundShape")):
            return background.get(W + "color", "").replace("auto", "")
    return ""


def _comments(package: Package, findings: Findings) -> None:
    """Comments that no place in the text refers to are still in the file, so the part itself is read."""
    for part in package.related(package.main, "comments"):
        for comment in package.xml(part).iterchildren(W + "comment"):
            words = " ".join(text.text or "" for text in comment.iter(W + "t"))
            findings.add("comments", "", words, by=comment.get(W + "author", ""))


def _settings(settings: etree._Element, findings: Findings) -> None:
    for variable in settings.iter(W + "docVar"):
        findings.add(
            "document-variables", "the settings", f"{variable.get(W + 'name', '')}: {variable.get(VAL, '')}"
        )
    for merge in settings.iterchildren(W + "mailMerge"):
        for name in ("query", "connectString"):
            for element in merge.iter(W + name):
                findings.add("mail-merge", "the mail merge", element.get(VAL, ""))
                if path_in(element.get(VAL, "")):
                    findings.add("file-path", "the mail merge", element.get(VAL, ""))


def _headers(package: Package, document: etree._Element, findings: Findings) -> None:
    """Headers and footers with words that no section shows."""
    links = package.relationships(package.main)
    turns, shown = _turns(package, document)
    seen = {package.name(links[ident].target) for ident in shown if ident in links}
    kept = {package.name(links[ident].target): turn for ident, turn in turns.items() if ident in links}
    for kind in ("header", "footer"):
        for name in package.related(package.main, kind):
            words = "".join(text.text or "" for text in package.xml(name).iter(W + "t")).strip()
            if words and name not in seen:
                place = _TURNS.get(kept.get(name, ""), "no page")
                findings.add("hidden-header", f"a {kind} kept for {place}", words)


def _turns(package: Package, document: etree._Element) -> tuple[dict[str, str], set[str]]:
    """The pages for which each header or footer is kept, by its id, and the ids that are shown.

    A section without a header of its own shows the one of the section before.
    """
    settings = [package.xml(part) for part in package.related(package.main, "settings")]
    even = any(_on(root.find(W + "evenAndOddHeaders")) for root in settings)
    turns: dict[str, str] = {}
    shown: set[str] = set()
    current: dict[tuple[str, str], str] = {}
    for section in document.iter(W + "sectPr"):
        for reference in section.iterchildren(W + "headerReference", W + "footerReference"):
            turn, ident = reference.get(W + "type", "default"), reference.get(RID, "")
            turns[ident] = turn
            current[str(reference.tag), turn] = ident
        showing = {"default": True, "even": even, "first": _on(section.find(W + "titlePg"))}
        shown.update(ident for (_, turn), ident in current.items() if showing.get(turn, True))
    return turns, shown


def _on(element: etree._Element | None) -> bool:
    return element is not None and element.get(VAL, "1") not in OFF
