"""The front of a pack: its cover and its contents, set with typst, linked to the pages behind."""

from __future__ import annotations

import json
import re
import tempfile
from calendar import day_name, month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from goldthread.files.pack.numbering import Numbered, said_as
from goldthread.files.pack.papers import Cover, PackItem
from goldthread.files.pack.tokens import text
from goldthread.files.pdf.data import Json, language
from goldthread.files.pdf.fonts import shown
from goldthread.files.pdf.write import compiled

_LABEL = 14
HEAD = ("Item", "", "Pages")
_ADDRESS = re.compile(rb"/A ?<<[^<>]*?\(goldthread:page/(\d+)\)\s*>>")
_CONTENTS = re.compile(rb"/Contents ?\(goldthread:page/(\d+)\)")


@dataclass(frozen=True, slots=True)
class Placed:
    """An item's papers: the place of the first page of each in the file, from 1, and its printed numbers."""

    firsts: tuple[int, ...]
    numbered: tuple[Numbered, ...]


def day(on: date) -> str:
    """A date in full: "Thursday 2 October 2014"."""
    return f"{day_name[on.weekday()]} {on.day} {month_name[on.month]} {on.year}"


def front(cover: Cover, items: Sequence[PackItem], placed: Sequence[Placed], at: datetime) -> bytes:
    """Cover and contents as PDF/UA-1; a link to a page is an address such as goldthread:page/12."""
    tongue, _, region = (language(cover.lang) or "en").partition("-")
    lines = [shown(line) for line in cover.lines if line.strip()]
    said = [shown(line) for line in (cover.at, cover.where) if line.strip()]
    data: Json = {
        "title": shown(cover.title).strip() or "Agenda pack",
        "body": shown(cover.body),
        "on": day(cover.on),
        "said": said,
        "variant": shown(cover.variant),
        "lines": lines,
        "height": 88,
        "lang": tongue,
        "region": region or None,
        "contents": "Contents",
        "head": HEAD,
        "rows": _rows(items, placed),
    }
    return _set(data, at)


def _rows(items: Sequence[PackItem], placed: Sequence[Placed]) -> list[Json]:
    rows: list[Json] = []
    for item, place in zip(items, placed, strict=True):
        alone = len(item.papers) == 1 and item.papers[0].title in ("", item.title)
        head = {
            "kind": "item",
            "first": not rows,
            "number": shown(item.number),
            "title": shown(item.title).strip() or "Item",
            "note": shown(item.note).strip(),
            "label": "",
            "last": False,
            "marking": shown(item.marking or (item.papers[0].marking if alone else "")),
            "page": place.firsts[0] if alone else 0,
            "pages": _pages(place.numbered[0]) if alone else "",
        }
        rows.append(head)
        for paper, first, numbered in zip(item.papers, place.firsts, place.numbered, strict=True):
            if alone:
                continue
            same = paper.marking in ("", item.marking)
            short = bool(paper.title.strip()) and len(paper.label) <= _LABEL
            rows.append(
                {
                    "kind": "paper",
                    "first": False,
                    "number": "",
                    "label": shown(paper.label) if short else "",
                    "title": shown(paper.title if short else paper.name).strip() or "Paper",
                    "note": "",
                    "last": False,
                    "marking": "" if same else shown(paper.marking),
                    "page": first,
                    "pages": _pages(numbered),
                }
            )
        rows[-1]["last"] = True
    return rows


def _pages(numbered: Numbered) -> str:
    return said_as(numbered.pages)


def _set(data: Json, at: datetime) -> bytes:
    with tempfile.TemporaryDirectory(prefix="goldthread-front-") as folder:
        root = Path(folder)
        for name, template in _templates():
            (root / name).write_bytes(template)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return compiled(root / "front.typ", at)


@cache
def _templates() -> tuple[tuple[str, bytes], ...]:
    house = resources.files("goldthread.files.pdf").joinpath("house.typ")
    own = resources.files("goldthread.files.pack").joinpath("front.typ")
    return ("house.typ", house.read_bytes()), ("front.typ", own.read_bytes())


class Links:
    """Turns the addresses of the front into links to pages, once the pages are known."""

    def __init__(self, pages: Sequence[int], printed: Sequence[str]) -> None:
        self._pages, self._printed = pages, printed

    def __call__(self, body: bytes) -> bytes:
        """An object of the front with its links as they are in the pack."""
        if b"goldthread:page/" not in body:
            return body
        return _CONTENTS.sub(self._said, _ADDRESS.sub(self._goal, body))

    def _goal(self, found: re.Match[bytes]) -> bytes:
        return b"/Dest[%d 0 R/Fit]" % self._pages[int(found[1]) - 1]

    def _said(self, found: re.Match[bytes]) -> bytes:
        return b"/Contents" + text(f"Page {self._printed[int(found[1]) - 1]}")
