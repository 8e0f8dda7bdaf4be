"""The words and files of the demonstration, as `measures.toml` has them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Entry = dict[str, Any]


@cache
def told() -> Entry:
    """Everything that `measures.toml` says."""
    return tomllib.loads((HERE / "measures.toml").read_text(encoding="utf-8"))


def file(name: str) -> Path:
    """A file of figures."""
    return HERE / "data" / name
