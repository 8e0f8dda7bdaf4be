"""Every address of measures as every office, as somebody of another body, and as nobody: who gets what.

What each gets stands in addresses.toml. To write it anew after a change that is meant:
GOLDTHREAD_WRITE_ADDRESSES=yes pytest tests/performance/test_every_address.py,
then read every line of the difference.
"""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from goldthread.core.governance.abilities import Role
from tests.performance.measured import Measured, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")
OUTSIDE = ("visitor", "resident", "stranger")
NOT_ALLOWED = 405
Answers = dict[str, dict[str, dict[str, str]]]


class Asking:
    """Everybody with a visit of their own; each request leaves the database as it was."""

    def __init__(self, cast: Any) -> None:
        people = {"visitor": None, "resident": cast.resident, "stranger": cast.stranger}
        people |= {role.value: cast.holder(role) for role in Role}
        self.visits = {name: Client() for name in people}
        for name, user in people.items():
            if user is not None:
                self.visits[name].force_login(user)
        self.cookies = {who: visit.cookies.output(header="") for who, visit in self.visits.items()}

    def status(self, who: str, path: str, method: str) -> int:
        visit = self.visits[who]
        visit.cookies = SimpleCookie(self.cookies[who])
        with transaction.atomic():
            response = getattr(visit, method)(path)
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(response.streaming_content)  # the file is closed at its end
        return int(response.status_code)

    def answers(self, path: str) -> dict[str, dict[str, str]]:
        """By method, status: the people who get it. A page that answers both alike is asked once."""
        told = {method: self.status("analyst", path, method) for method in ("get", "post")}
        taken = [method for method, status in told.items() if status != NOT_ALLOWED]
        return {m.upper(): self._groups(path, m) for m in taken[: 1 if len(set(told.values())) == 1 else 2]}

    def _groups(self, path: str, method: str) -> dict[str, str]:
        groups: dict[int, list[str]] = defaultdict(list)
        for who in self.visits:
            groups[self.status(who, path, method)].append(who)
        offices = {status: [w for w in names if w not in OUTSIDE] for status, names in groups.items()}
        largest = max(offices, key=lambda status: len(offices[status]))
        return {
            str(status): " ".join(
                [w for w in names if w in OUTSIDE] + (["others"] if status == largest else offices[status])
            )
            for status, names in sorted(groups.items())
        }


def _written(answers: Answers) -> str:
    lines = ["# Who gets which status at every address of measures. Generated, then read line by line.", ""]
    for name, methods in answers.items():
        lines.append(f'["{name}"]')
        for method, groups in methods.items():
            pairs = ", ".join(f'{status} = "{who}"' for status, who in groups.items())
            lines.append(f"{method} = {{ {pairs} }}")
        lines.append("")
    return "\n".join(lines)


def test_every_address_of_measures_answers_everybody_as_the_golden_file_says(cast: Any) -> None:
    office, asking = Measured(cast), Asking(cast)
    answers = {name: asking.answers(path) for name, path in addresses(office)}
    if os.environ.get("GOLDTHREAD_WRITE_ADDRESSES"):
        GOLDEN.write_text(_written(answers), encoding="utf-8")
    golden = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))
    assert {name: answer for name, answer in answers.items() if golden.get(name) != answer} == {}
    assert set(golden) == set(answers)
