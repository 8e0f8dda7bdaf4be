"""A drawing of ours as PNG, for where no vectors are taken: set by typst, in our own fonts."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

import typst

from goldthread.files.charts.ours import size_of
from goldthread.files.pdf.fonts import fonts

TWICE = 2
_PAGE = "#set page(width: {wide}pt, height: {high}pt, margin: 0pt)\n#image({name}, width: 100%)\n"


class NotDrawn(Exception):
    """A drawing could not be made into a PNG, and why."""


@lru_cache(maxsize=256)
def png(drawing: bytes, scale: int = TWICE) -> bytes:
    """The PNG of a drawing, ``scale`` pixels to each of its own. The same drawing gives the same bytes.

    Raises NotDrawn where typst refuses it.
    """
    wide, high = size_of(drawing)
    with tempfile.TemporaryDirectory(prefix="goldthread-png-") as folder:
        root = Path(folder)
        (root / "drawing.svg").write_bytes(drawing)
        page = _PAGE.format(wide=wide, high=high, name='"drawing.svg"')
        (root / "page.typ").write_text(page, "utf-8")
        try:
            compiler = typst.Compiler(
                input=str(root / "page.typ"),
                root=str(root),
                font_paths=fonts(),
                ignore_system_fonts=True,
                package_path=str(root),
                package_cache_path=str(root),
            )
            made = compiler.compile(format="png", ppi=72.0 * scale)
        except typst.TypstError as fault:
            raise NotDrawn(fault.message) from fault
    if not isinstance(made, bytes):
        raise NotDrawn("Nothing was drawn.")
    return made
