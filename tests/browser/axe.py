"""Looking at a page as axe-core and as a person would: violations in words, pictures at two widths.

axe.min.js is axe-core, unchanged, under the Mozilla Public Licence 2.0 (axe.LICENCE.txt); it runs in
tests only and is not part of the product.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

WIDTHS = (1280, 390)
SCRIPT = Path(__file__).with_name("axe.min.js")
PICTURES = Path(os.environ.get("GOLDTHREAD_PICTURES", "var/pictures"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    """Each rule of WCAG 2.2 AA and good practice that the page breaks, with the first places it does.

    `page` is a Playwright page. The script is evaluated by the browser's debugger, so the page's own
    content security policy stays as strict as it is for readers.
    """
    page.evaluate(SCRIPT.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{broken['id']}: {broken['help']} at " + ", ".join(str(n["target"][0]) for n in broken["nodes"][:3])
        for broken in found["violations"]
    ]


def screenshot(page: Any, name: str, widths: tuple[int, ...] = WIDTHS) -> list[Path]:
    """Whole-page pictures as `name-1280.png` and `name-390.png` in the folder of pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    taken = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready")
        taken.append(PICTURES / f"{name}-{width}.png")
        page.screenshot(path=taken[-1], full_page=True)
    if size:
        page.set_viewport_size(size)
    return taken


def too_wide(page: Any) -> int:
    """How many pixels of a page lie beyond its right edge, where a reader would have to scroll sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
