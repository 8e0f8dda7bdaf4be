"""What every Word file that we write must be: valid, with its ids used once and its moves paired."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = ("word/document.xml", "word/footnotes.xml")
_PAIRED = {
    "bookmarkEnd": "bookmarkStart",
    "moveFromRangeEnd": "moveFromRangeStart",
    "moveToRangeEnd": "moveToRangeStart",
}
_OWN_IDS = {"footnote", "footnoteReference"}


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "xsd" / "written.xsd"))


def part(written: bytes, name: str) -> etree._Element:
    """One part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        return etree.fromstring(package.read(name))


def faults(written: bytes) -> list[str]:
    """What is wrong with the markup of a Word file that we wrote: nothing, one hopes."""
    found: list[str] = []
    ids: Counter[str] = Counter()
    for name in PARTS:
        root = part(written, name)
        if not _schema().validate(root):
            found.extend(f"{name}: {error.message}" for error in list(_schema().error_log)[:3])
        starts: dict[str, set[str]] = {}
        for element in root.iter(etree.Element):
            tag = element.tag.removeprefix(W)
            ident = element.get(f"{W}id")
            if ident is None or tag in _OWN_IDS:
                continue
            if tag in _PAIRED:
                if ident not in starts.get(_PAIRED[tag], ()):
                    found.append(f"{name}: {tag} {ident} closes nothing")
            else:
                ids[ident] += 1
                starts.setdefault(tag, set()).add(ident)
        found.extend(_moves(root, name))
    found.extend(f"id {ident} is used {count} times" for ident, count in ids.items() if count > 1)
    return found


def _moves(root: etree._Element, name: str) -> list[str]:
    came = sorted(e.get(f"{W}name", "") for e in root.iter(f"{W}moveFromRangeStart"))
    went = sorted(e.get(f"{W}name", "") for e in root.iter(f"{W}moveToRangeStart"))
    if came != went or len(set(came)) != len(came):
        return [f"{name}: moves {came} and {went} are not pairs"]
    marks = [e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")]
    return [f"{name}: bookmark {mark} twice" for mark, count in Counter(marks).items() if count > 1]
