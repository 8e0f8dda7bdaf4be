"""Where this installation's crime records lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def warehouse_root() -> Path:
    """The folder of the warehouse, beside the records and the kept files."""
    return Path(settings.HOME) / "warehouse"
