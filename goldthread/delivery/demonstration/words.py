"""The words of the demonstration's delivery, as the TOML files beside this module have them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Entry = dict[str, Any]


@cache
def _told(name: str) -> Entry:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def year() -> Entry:
    """The year 2019-20: its themes, its periods, its statuses and the decision that approved it."""
    return _told("year.toml")


def priorities(theme: str) -> list[Entry]:
    """The priorities of a theme in that year, with their actions and what was said of them."""
    return list(_told(f"{theme}.toml")["priority"])


def later() -> Entry:
    """What was carried forward or closed, and how the next year ended."""
    return _told("later.toml")


def present() -> Entry:
    """What is going on whenever the demonstration is opened; days are counted from that day."""
    return _told("present.toml")


def owners() -> Entry:
    """Those who owe something and stand in no other list of the demonstration."""
    return _told("cast.toml")


def meeting(day: str) -> Entry:
    """One of the two meetings that delivery brought something to."""
    return _told(f"meetings/{day}.toml")


def file(name: str) -> bytes:
    """A file that somebody handed in."""
    return (HERE / "data" / name).read_bytes()
