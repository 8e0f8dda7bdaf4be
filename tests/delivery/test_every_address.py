"""Every address of delivery, as everybody: who gets what stands in addresses.toml. See tests/asking.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.asking import Asking, differing
from tests.delivery.addressed import Addressed, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")


def test_every_address_of_delivery_answers_everybody_as_the_golden_file_says(cast: Any) -> None:
    office, asking = Addressed(cast), Asking(cast)
    answers = {name: asking.answers(path) for name, path in addresses(office)}
    assert differing(GOLDEN, answers, "delivery") == {}
