"""The story that tests of plans are told in."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest


@pytest.fixture
def story(cast: Any, at: datetime) -> Any:
    """A plan, its drafts and its strategy, made as a test first names them."""
    return import_module("tests.plans.telling").Story(cast, at)
