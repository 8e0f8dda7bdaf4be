"""What a Word file carries that is never run, opened or fetched: named, and left out."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.files.docx.package import Package
from goldthread.files.docx.shelf import Shelf

_OUTSIDE = {
    "attachedTemplate": "A template kept elsewhere",
    "image": "A picture kept elsewhere",
    "oleObject": "A link to another program's file",
    "aFChunk": "A document to be imported from elsewhere",
    "frame": "A page kept elsewhere",
    "subDocument": "A sub-document kept elsewhere",
    "mailMergeSource": "A source of addresses for mail merge",
    "mailMergeHeaderSource": "A source of addresses for mail merge",
    "externalLinkPath": "A link to another file",
    "video": "A video kept elsewhere",
    "audio": "A sound kept elsewhere",
}
_INSIDE = {
    "vbaProject": ("macros", "Macros were dropped; they are never run."),
    "wordVbaData": ("macros", "Macros were dropped; they are never run."),
    "oleObject": ("ole", "An embedded object was dropped; it is never opened."),
    "package": ("ole", "An embedded file was dropped; it is never opened."),
    "control": ("activex", "A form control that runs code (ActiveX) was dropped."),
    "aFChunk": ("altchunk", "An imported document (altChunk) was dropped: its words are not read."),
    "keyMapCustomizations": ("macros", "Keyboard commands of the file's own were dropped."),
    "attachedToolbars": ("macros", "Toolbars of the file's own were dropped."),
}
_BY_NAME = (
    ("vbaproject", "macros", "Macros were dropped; they are never run."),
    ("/embeddings/", "ole", "An embedded object was dropped; it is never opened."),
    ("/activex/", "activex", "A form control that runs code (ActiveX) was dropped."),
    ("customui/", "macros", "Buttons of the file's own were dropped."),
)


def flag_dangers(shelf: Shelf) -> None:
    """Warn of everything dangerous that the parts and their relationships show."""
    codes: set[str] = set()
    for code, place, message in _found(shelf.package):
        codes.add(code)
        shelf.warn(place, message, code)
    for name in shelf.package.gate.names:
        for mark, code, message in _BY_NAME:
            if mark in f"/{name.casefold()}" and code not in codes:
                shelf.warn("", message, code)
                codes.add(code)


def _found(package: Package) -> Iterator[tuple[str, str, str]]:
    for name in package.gate.names:
        if not name.endswith(".rels"):
            continue
        folder, _, leaf = name.rpartition("/")
        owner = "/".join(filter(None, (folder.removesuffix("_rels").rstrip("/"), leaf.removesuffix(".rels"))))
        for relationship in package.relationships(owner).values():
            if relationship.external and relationship.kind in _OUTSIDE:
                what = _OUTSIDE[relationship.kind]
                yield (
                    "external",
                    "",
                    f"{what} (“{relationship.target[:80]}”) was dropped; nothing was fetched.",
                )
            elif not relationship.external and relationship.kind in _INSIDE:
                code, message = _INSIDE[relationship.kind]
                yield code, "", message
            elif not relationship.external and relationship.target.startswith(".."):
                yield "outside", "", f"A part outside the file (“{relationship.target[:80]}”) was not read."
