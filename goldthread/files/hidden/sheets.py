"""What an Excel file says to those who look inside it and not to those who read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from goldthread.files.docx.names import RID
from goldthread.files.docx.package import Package
from goldthread.files.gate import Gate
from goldthread.files.hidden.cells import CellStyles, X
from goldthread.files.hidden.found import Findings
from goldthread.files.hidden.office import check_drawing, check_package, path_in, relationships
from goldthread.files.hidden.sheet import Book, Sheet

_REVISED = re.compile(r"(?:^|/)revisions/revisionlog[^/]*\.xml$", re.IGNORECASE)
_ABSOLUTE = "{http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac}absPath"
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_ELSEWHERE = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)
_CONNECTED = {
    "connections": "connections",
    "powerPivotData": "the data model",
    "queryTable": "a query",
}


@dataclass(frozen=True, slots=True)
class _Tab:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def check_sheets(data: bytes, findings: Findings) -> None:
    """Note everything in the bytes of an .xlsx file. Raises Refused where it cannot be read."""
    package = Package(Gate(data))
    workbook = package.xml(package.main)
    tabs = _tabs(package, workbook, findings)
    book = Book(
        _shared(package),
        CellStyles(_part(package, "styles"), _part(package, "theme")),
        frozenset(tab.name for tab in tabs if tab.hidden),
    )
    people = _people(package)
    for tab in tabs:
        if not tab.part:
            continue
        tables = [package.xml(name) for name in package.related(tab.part, "table")]
        Sheet(tab.name, package.xml(tab.part), tables, book, findings).check()
        _comments(package, tab, people, findings)
        for drawing in package.related(tab.part, "drawing"):
            for element in package.xml(drawing).iter("*"):
                check_drawing(element, f"the sheet “{tab.name}”", findings)
    _names(workbook, findings)
    _around(package, workbook, findings)
    check_package(package, findings)


def _part(package: Package, kind: str) -> etree._Element | None:
    names = package.related(package.main, kind)
    return package.xml(names[0]) if names else None


def _shared(package: Package) -> list[str]:
    root = _part(package, "sharedStrings")
    if root is None:
        return []
    return [
        "".join(text.text or "" for text in item.iter(X + "t"))[:200] for item in root.iterchildren(X + "si")
    ]


def _tabs(package: Package, workbook: etree._Element, findings: Findings) -> list[_Tab]:
    links = package.relationships(package.main)
    tabs = []
    for sheet in workbook.iterfind(f"{X}sheets/{X}sheet"):
        name, state = sheet.get("name", ""), sheet.get("state", "visible")
        link = links.get(sheet.get(RID, ""))
        hidden = state in ("hidden", "veryHidden")
        if hidden:
            kind = "very hidden sheet" if state == "veryHidden" else "hidden sheet"
            findings.add("hidden-sheet", f"the sheet “{name}”", name, kind=kind)
        tabs.append(_Tab(name, package.name(link.target) if link and not link.external else "", hidden))
    return tabs


def _people(package: Package) -> dict[str, str]:
    """The writers of threaded comments by id."""
    found = {}
    for part in package.related(package.main, "person"):
        for person in package.xml(part).iter(_THREADED + "person"):
            found[person.get("id", "")] = person.get("displayName", "")
    return found


def _comments(package: Package, tab: _Tab, people: dict[str, str], findings: Findings) -> None:
    """Notes and comments; each threaded comment also has a note for older programs, not counted."""
    threads = package.related(tab.part, "threadedComment")
    for part in threads:
        for comment in package.xml(part).iter(_THREADED + "threadedComment"):
            words = comment.findtext(_THREADED + "text") or ""
            by = people.get(comment.get("personId", ""), "")
            findings.add("comments", f"“{tab.name}”, cell {comment.get('ref', '')}", words, by=by)
    for part in package.related(tab.part, "comments"):
        root = package.xml(part)
        authors = [author.text or "" for author in root.iterfind(f"{X}authors/{X}author")]
        for comment in root.iter(X + "comment"):
            number = comment.get("authorId", "")
            by = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
            if threads and by.startswith("tc="):
                continue
            words = "".join(text.text or "" for text in comment.iter(X + "t"))
            findings.add("comments", f"“{tab.name}”, cell {comment.get('ref', '')}", words, by=by)


def _names(workbook: etree._Element, findings: Findings) -> None:
    for name in workbook.iterfind(f"{X}definedNames/{X}definedName"):
        called, value = name.get("name", ""), name.text or ""
        if called.startswith("_xlnm."):
            continue
        if name.get("hidden") in ("1", "true"):
            findings.add("hidden-name", f"the name {called}", f"{called} = {value}", kind="hidden name")
        elif _ELSEWHERE.search(value) or path_in(value):
            kind = "name of another file"
            findings.add("hidden-name", f"the name {called}", f"{called} = {value}", kind=kind)


def _around(package: Package, workbook: etree._Element, findings: Findings) -> None:
    """What stands around the sheets: paths, sharing, connections, pivot tables, revisions."""
    for element in workbook.iter(_ABSOLUTE):
        findings.add("file-path", "the workbook (where it was last saved)", element.get("url", ""))
    for element in workbook.iter(X + "fileSharing"):
        if element.get("userName"):
            findings.add("author", "Reserved by", element.get("userName", ""))
    linked = {package.name(link.target): link for _, link in relationships(package) if not link.external}
    for name, link in linked.items():
        if not name:
            continue
        if link.kind == "pivotCacheRecords":
            count = sum(1 for _ in package.xml(name).iterchildren(X + "r"))
            findings.add("pivot-cache", name, f"{count:,} rows")
        elif link.kind in _CONNECTED:
            words = ""
            if link.kind == "connections":
                words = ", ".join(c.get("name", "") for c in package.xml(name).iter(X + "connection"))
            findings.add("connections", _CONNECTED[link.kind], words)
        elif link.kind == "customXml" and _has_mashup(package, name):
            findings.add("connections", "a query (Power Query)")
    for name in package.gate.names:
        if _REVISED.search(name):
            _revisions(package.xml(name), findings)


def _has_mashup(package: Package, name: str) -> bool:
    return name.casefold().endswith(".xml") and package.xml(name).tag.endswith("}DataMashup")


def _revisions(root: etree._Element, findings: Findings) -> None:
    for change in root.iterchildren("*"):
        kind = {"rcc": "changed cell", "rrc": "inserted or deleted row"}.get(
            etree.QName(change).localname, "other change"
        )
        old = change.findtext(f"{X}oc/{X}v") or change.findtext(f"{X}oc/{X}is/{X}t") or ""
        findings.add("tracked-changes", "the history of the workbook", old, kind=kind)
