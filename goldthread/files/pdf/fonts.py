"""The fonts that PDFs are set in, and what they can show."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from goldthread.files.word.xml import clean

MISSING = "□"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_OVERRIDES = {0x202D: None, 0x202E: None}


def shown(words: str) -> str:
    """Words with every character that no font of ours can show as an empty box, and in their own direction.

    PDF/UA does not allow a character without a shape; an unseen one is left out.
    """
    found = clean(words).translate(_OVERRIDES)
    if found.isascii():
        return found
    return _missing().sub(lambda match: "" if _UNSEEN.match(match[0]) else MISSING, found)


@cache
def _missing() -> re.Pattern[str]:
    covered = json.loads(_folder().joinpath("coverage.json").read_text("utf-8"))
    ranges = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in covered)
    return re.compile(f"[^\n\t{ranges}]")


@cache
def fonts() -> Any:
    """Our fonts and no others, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_folder())])


def _folder() -> Path:
    return Path(str(resources.files("goldthread.files.pdf").joinpath("fonts")))


def font_file(name: str) -> bytes:
    """One of our fonts' bytes by the name of its file."""
    return _folder().joinpath(name).read_bytes()
