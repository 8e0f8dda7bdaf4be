"""The story that tests of measures are told in."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def measuring(cast: Any, at: datetime) -> Any:
    """A measure, its area and its figures, made as a test first names them."""
    return import_module("tests.performance.story").Measuring(cast, at)
