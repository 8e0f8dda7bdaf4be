"""Every address of boards, as everybody: who gets what stands in addresses.toml. See tests/asking.py."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.asking import Asking, differing
from tests.meetings.leaks.addresses import Addresses, routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")


def test_every_address_of_boards_answers_everybody_as_the_golden_file_says(office: Any) -> None:
    addresses, asking = Addresses(office), Asking(office.cast)
    answers = {}
    for route in routes():
        if route.name.startswith("meetings:"):
            for path in islice(addresses.of(route), 1):
                answers[route.name.removeprefix("meetings:")] = asking.answers(path)
    assert differing(GOLDEN, answers, "boards") == {}
