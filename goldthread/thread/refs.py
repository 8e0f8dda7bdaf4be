"""How a thread is named for good: what kind of thing it starts from, and that thing's own name."""

from __future__ import annotations

from enum import StrEnum, unique

from django.urls import NoReverseMatch, reverse


@unique
class Kind(StrEnum):
    """What a thread can start from."""

    PLEDGE = "pledge"
    SECTION = "section"
    PRIORITY = "priority"
    ACTION = "action"
    MEASURE = "measure"
    PAPER = "paper"
    DECISION = "decision"
    REPORT = "report"
    ARISING = "arising"


def address_of(kind: str, ref: str, public: bool) -> str:
    """Where a thread is read, by the public or at the desk; nothing for what no thread starts from."""
    if kind not in tuple(Kind) or not ref:
        return ""
    try:
        return reverse(f"thread:{'site' if public else 'desk'}-thread", args=[kind, ref])
    except NoReverseMatch:
        return ""


def file_of(kind: str, ref: str, public: bool, form: str) -> str:
    """Where a thread is had as a picture (svg) or a table (csv)."""
    return reverse(f"thread:{'site' if public else 'desk'}-thread-file", args=[kind, ref, form])


def parts(ref: str) -> tuple[str, str]:
    """A reference of a thing and a part of it: a plan and a pledge, a board and a number."""
    whole, _dot, part = ref.partition(".")
    return whole, part
