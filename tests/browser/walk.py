"""Walking through pages: what is wrong with each, wide, on a tablet and on a telephone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from playwright.sync_api import Page

from tests.browser.axe import WIDTHS, screenshot, too_wide, violations

TABLET = 820


def faults(
    page: Page, name: str, widths: Iterable[int] = WIDTHS, fits: Iterable[int] = ()
) -> dict[str, list[str]]:
    """What is wrong with the page as it stands, by name and width: violations, and what is too wide.

    At the widths that it only ``fits`` nothing but its width is looked at, which takes no time. With
    GOLDTHREAD_PICTURES set, a picture of it at each width is left in that folder.
    """
    found = {}
    size = page.viewport_size
    looked = tuple(widths)
    for width in (*looked, *fits):
        page.set_viewport_size({"width": width, "height": 900})
        wrong = violations(page) if width in looked else []
        if (over := too_wide(page)) > 0:
            wrong.append(f"{over} pixels too wide")
        if wrong:
            found[f"{name} at {width}"] = wrong
    if "GOLDTHREAD_PICTURES" in os.environ:
        screenshot(page, name)
    if size:
        page.set_viewport_size(size)
    return found


def visited(
    page: Page, office: str, pages: Mapping[str, str], fits: Iterable[int] = ()
) -> dict[str, list[str]]:
    """What is wrong with each of some pages, by its name; none may break down."""
    found = {}
    for name, path in pages.items():
        answer = page.goto(office + path)
        assert answer is not None
        assert answer.status < 500, path
        found |= faults(page, name, fits=fits)
    return found
