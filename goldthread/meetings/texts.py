"""Whole texts as they are kept in one field: sections as [depth, form] in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goldthread.core.text import Text, read_section, section_form
from goldthread.plans.texts import Flat, flatten, nest


def form_of(text: Text) -> list[list[Any]]:
    """A text as it is kept: a list of [depth, section form]."""
    return [[each.depth, section_form(each.section)] for each in flatten(text)]


def text_of_form(form: Iterable[Iterable[Any]], *, title: str, lang: str = "en-GB") -> Text:
    """The text that was kept so; whatever follows the section's form in a row is left aside."""
    flat = [Flat(depth, read_section(section)[0]) for depth, section, *_ in form]
    return nest(title, lang, flat)
