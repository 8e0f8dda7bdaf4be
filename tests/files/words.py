"""The words of a Word file taken from its XML by other means than the reader's, to check it against."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

CORPUS = Path(__file__).parent / "corpus"
_PARTS = re.compile(
    r"^word/(document|footnotes|endnotes|comments|header\d*|footer\d*|diagrams/data\d*)\.xml$"
)
_TEXTS = ("t", "delText")
_BREAKS = ("tab", "br", "cr", "ptab")


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _without_fallbacks(root: etree._Element) -> None:
    for element in [each for each in root.iter() if _name(each) == "AlternateContent"]:
        choice = next((child for child in element if _name(child) == "Choice"), None)
        if choice is not None and any(
            (each.text or "").strip() for each in choice.iter() if _name(each) == "t"
        ):
            for child in [each for each in element if _name(each) == "Fallback"]:
                element.remove(child)


def _texts(element: etree._Element) -> Iterator[str]:
    """The pieces of one paragraph; each piece of a formula stands by itself."""
    for child in element:
        name = _name(child)
        if name in ("p", "txbxContent"):
            continue
        if name in _TEXTS:
            maths = "officeDocument/2006/math" in child.tag or "officeDocument/math" in child.tag
            yield f" {child.text or ''} " if maths else child.text or ""
        elif name in _BREAKS:
            yield " "
        else:
            yield from _texts(child)


def raw_words(path: Path) -> Counter[str]:
    """Every word of the text elements of a Word file, with how often it stands there."""
    words: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if _PARTS.match(name):
                root = etree.fromstring(archive.read(name))
                _without_fallbacks(root)
                for paragraph in [each for each in root.iter() if _name(each) == "p"]:
                    words.update("".join(_texts(paragraph)).split())
    return words


def missing(wanted: Counter[str], held: str) -> dict[str, int]:
    """The words that stand fewer times in ``held`` than wanted, with how many are lost."""
    whole = Counter(held.split())
    doubtful = {word: count for word, count in wanted.items() if whole[word] < count}
    joined = re.sub(r"\s", "", held) if doubtful else ""
    lost = {word: count - joined.count(word) for word, count in doubtful.items()}
    return {word: count for word, count in lost.items() if count > 0}
