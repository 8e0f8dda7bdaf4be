"""The worked cases of published packages, kept beside the tests with the source of each file inside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"


def cases(pattern: str) -> list[Any]:
    """Every case of the files that match, by name of file and case."""
    return [
        (f"{path.stem}:{case['id']}", case)
        for path in sorted(CASES.glob(pattern))
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
    ]
