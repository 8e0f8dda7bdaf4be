"""Write a text, or a comparison of two texts, as an accessible PDF (PDF/UA-1)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from goldthread.core.compare.changes import Comparison
from goldthread.core.text import Kind, Text
from goldthread.files.changes import figures, section_lines
from goldthread.files.charts.ours import is_ours, size_of
from goldthread.files.front import Front
from goldthread.files.pdf.data import Data, Json, language
from goldthread.files.pdf.fonts import fonts, shown
from goldthread.files.weave import unchanged
from goldthread.files.word.house import picture_kind
from goldthread.files.word.pictures import pixels

NO_IMAGES: Mapping[str, bytes] = {}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
TEMPLATES = ("house.typ", "blocks.typ", "document.typ")
KEY = "Words put in are green and underlined; words taken out are red and struck through."
_PAGE_WIDTH = 570
_CONTENTS_FROM = 6


class PdfFailed(Exception):
    """The words could not be set as an accessible PDF, and why."""


def write_pdf(
    text: Text,
    labels: Mapping[str, str],
    *,
    subtitle: str = "",
    hidden: Collection[Kind] = (),
    images: Mapping[str, bytes] = NO_IMAGES,
    at: datetime = EPOCH,
    front: Front | None = None,
) -> bytes:
    """The text as PDF/UA-1: the same arguments always give the same bytes.

    ``labels`` are the printed numbers by key, ``images`` each picture's bytes by its
    SHA-256; ``at`` is written as the date of making; ``front`` is what a paper bears before its
    words. Raises PdfFailed where it cannot be set.
    """
    woven = unchanged(text, labels, hidden)
    data = _front(woven, text.title, subtitle)
    if front is not None:
        data |= {"contents": False, "paper": _paper(front)}
    return _set(woven, data, images, at)


def _paper(front: Front) -> Json:
    return {
        "marking": shown(front.marking),
        "lines": [[shown(label), shown(words)] for label, words in front.lines],
        "foot": [shown(part) for part in front.foot_parts()],
    }


def redline_pdf(
    comparison: Comparison,
    *,
    old_name: str = "",
    new_name: str = "",
    images: Mapping[str, bytes] = NO_IMAGES,
    at: datetime = EPOCH,
) -> bytes:
    """What changed as PDF/UA-1: the table of changes by section, then the text with its changes."""
    title = f"What changed in {comparison.new.title}" if comparison.new.title else "What changed"
    names = f"From {old_name} to {new_name}." if old_name and new_name else ""
    front = _front(comparison, title, names)
    front["contents"] = False
    front["changes"] = {
        "figures": [{"number": number, "said": said} for number, said in figures(comparison)],
        "lines": [
            [
                shown(f"{line.number} {line.title}".strip()),
                shown(line.words),
                f"{line.inserted:,}",
                f"{line.deleted:,}",
            ]
            for line in section_lines(comparison)
        ],
        "key": KEY,
    }
    return _set(comparison, front, images, at)


def _front(comparison: Comparison, title: str, subtitle: str) -> Json:
    tongue, _, region = (language(comparison.new.lang) or "en").partition("-")
    heading = shown(title).strip() or "Untitled"
    return {
        "title": heading,
        "subtitle": shown(subtitle),
        "running": heading,
        "lang": tongue,
        "region": region or None,
        "contents": sum(section.depth < 2 for section in comparison.sections) >= _CONTENTS_FROM,
    }


def _set(comparison: Comparison, front: Json, images: Mapping[str, bytes], at: datetime) -> bytes:
    with tempfile.TemporaryDirectory(prefix="goldthread-pdf-") as folder:
        root = Path(folder)
        for name in TEMPLATES:
            (root / name).write_bytes(_template(name))
        pictures = Pictures(root, images)
        data = front | {"sections": Data(comparison, pictures.place).sections()}
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return compiled(root / "document.typ", at)


def compiled(main: Path, at: datetime) -> bytes:
    """A template in a folder of its own, set as PDF/UA-1 and dated ``at``. Raises PdfFailed, saying why."""
    root = main.parent
    try:
        compiler = typst.Compiler(
            input=str(main),
            root=str(root),
            font_paths=fonts(),
            ignore_system_fonts=True,
            package_path=str(root),
            package_cache_path=str(root),
        )
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(at.timestamp()))
    except typst.TypstError as fault:
        raise PdfFailed(fault.message) from fault
    if not isinstance(made, bytes):
        raise PdfFailed("Nothing was written.")
    return made


class Pictures:
    """The pictures of a document, written beside its data once each."""

    def __init__(self, root: Path, images: Mapping[str, bytes]) -> None:
        self._root, self._images = root, images
        self._placed: dict[str, tuple[str, int]] = {}

    def place(self, seal: str) -> tuple[str, int]:
        """The path and width in per cent of a picture, or no path where its bytes are not to hand."""
        if seal not in self._placed:
            image = self._images.get(seal, b"")
            drawn = is_ours(image)
            kind = "svg" if drawn else picture_kind(image)
            name = f"picture{len(self._placed)}.{kind}" if kind else ""
            if name:
                (self._root / name).write_bytes(image)
            width = max(
                5, min(100, round(100 * (size_of(image) if drawn else pixels(image))[0] / _PAGE_WIDTH))
            )
            self._placed[seal] = (name, width)
        return self._placed[seal]


@cache
def _template(name: str) -> bytes:
    return resources.files("goldthread.files.pdf").joinpath(name).read_bytes()
