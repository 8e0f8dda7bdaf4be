"""The words of the demonstration's boards, as they are written in the TOML files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from goldthread.core.text import Section, Text
from goldthread.plans.demonstration.markup import read_words
from goldthread.plans.demonstration.sheets import key_of

FOLDER = Path(__file__).parent
Entry = dict[str, Any]


def _load(name: str) -> Entry:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def board() -> Entry:
    """The board: its name and rules, terms of reference, seats and standing items."""
    return _load("board.toml")


@cache
def meetings() -> tuple[Entry, ...]:
    """The meetings that were held, earliest first."""
    return tuple(_load(f"meetings/{path.name}") for path in sorted((FOLDER / "meetings").glob("*.toml")))


@cache
def upcoming() -> Entry:
    """What is on its way to the next meeting, whenever that is."""
    return _load("upcoming.toml")


def terms_text(entry: Entry) -> Text:
    """Terms of reference as a text of one section."""
    key = key_of("bcb/terms")
    return Text(
        "Terms of reference", (Section(key("terms"), "Terms of reference", read_words(entry["words"], key)),)
    )


def paper_text(day: str, entry: Entry) -> Text:
    """A paper that was written for the demonstration, in the house's sections."""
    key = key_of(f"bcb/{day}/{entry['id']}")
    sections = (
        Section(key(s["id"]), s["title"], read_words(s["words"], key), numbered=s.get("numbered", True))
        for s in entry["section"]
    )
    return Text(entry["title"], tuple(sections))


def appendix_text(name: str) -> Text:
    """An appendix that was written for the demonstration."""
    entry = _load("appendices.toml")[name]
    key = key_of(f"bcb/appendix/{name}")
    sections = (Section(key("all"), "Priorities for action", read_words(entry["words"], key)),)
    return Text(entry["title"], sections)


def file_bytes(name: str) -> bytes:
    """One of the two real papers, as a Word file."""
    return (FOLDER / "papers" / name).read_bytes()
