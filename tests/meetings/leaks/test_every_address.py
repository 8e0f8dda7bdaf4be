"""Every address of boards as every office, as somebody of another body, and as nobody: who gets which status.

What each gets stands in addresses.toml. To write it anew after a change that is meant:
GOLDTHREAD_WRITE_ADDRESSES=yes pytest tests/meetings/leaks/test_every_address.py,
then read every line of the difference.
"""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from goldthread.core.governance.abilities import Role
from tests.meetings.leaks.addresses import Addresses, routes
from tests.meetings.leaks.walking import NOBODY, NOT_ALLOWED, Reader, everybody

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")
OUTSIDE = (NOBODY, "resident", "stranger")
CLERK = Role.GOVERNANCE_OFFICER.value
Answers = dict[str, dict[str, dict[str, str]]]


def _status(reader: Reader, path: str, method: str) -> int:
    """What somebody gets; whatever they changed is put back."""
    with transaction.atomic():
        response = reader.ask(path, method)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]  # the file is closed at its end
    return response.status_code


def _answers(readers: list[Reader], path: str) -> dict[str, dict[str, str]]:
    """By method, status: the people who get it; "others" for the largest group of offices.

    A page that answers a post as it does a get asks nothing more of whoever posts: it is asked once.
    """
    clerk = next(reader for reader in readers if reader.name == CLERK)
    told = {method: _status(clerk, path, method) for method in ("get", "post")}
    taken = [method for method, status in told.items() if status != NOT_ALLOWED]
    found = {}
    for method in taken[: 1 if len(set(told.values())) == 1 else 2]:
        groups: dict[int, list[str]] = defaultdict(list)
        for reader in readers:
            groups[_status(reader, path, method)].append(reader.name)
        offices = {
            status: [name for name in names if name not in OUTSIDE] for status, names in groups.items()
        }
        largest = max(offices, key=lambda status: len(offices[status]))
        found[method.upper()] = {
            str(status): " ".join(
                [name for name in names if name in OUTSIDE]
                + (["others"] if status == largest else offices[status])
            )
            for status, names in sorted(groups.items())
        }
    return found


def _written(answers: Answers) -> str:
    """The golden file, a table an address."""
    lines = ["# Who gets which status at every address of boards. Generated, then read line by line.", ""]
    for name, methods in answers.items():
        lines.append(f'["{name}"]')
        for method, groups in methods.items():
            pairs = ", ".join(f'{status} = "{who}"' for status, who in groups.items())
            lines.append(f"{method} = {{ {pairs} }}")
        lines.append("")
    return "\n".join(lines)


def test_every_address_of_boards_answers_everybody_as_the_golden_file_says(office: Any) -> None:
    addresses = Addresses(office)
    readers = list(everybody(office, [*OUTSIDE, *(role.value for role in Role)]))
    answers: Answers = {}
    for route in routes():
        if route.name.startswith("meetings:"):
            for path in islice(addresses.of(route), 1):
                answers[route.name.removeprefix("meetings:")] = _answers(readers, path)
    if os.environ.get("GOLDTHREAD_WRITE_ADDRESSES"):
        GOLDEN.write_text(_written(answers), encoding="utf-8")
    golden = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))
    assert {name: answer for name, answer in answers.items() if golden.get(name) != answer} == {}
    assert set(golden) == set(answers)
