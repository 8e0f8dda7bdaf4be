"""Every address of measures, as everybody: who gets what stands in addresses.toml. See tests/asking.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.asking import Asking, differing
from tests.performance.measured import Measured, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")


def test_every_address_of_measures_answers_everybody_as_the_golden_file_says(cast: Any) -> None:
    office, asking = Measured(cast), Asking(cast)
    answers = {name: asking.answers(path, first="analyst") for name, path in addresses(office)}
    assert differing(GOLDEN, answers, "measures") == {}
