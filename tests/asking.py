"""Asking every address as every office, as somebody of another body, and as nobody: who gets which status.

What each gets stands in a golden file beside the test. To write it anew after a change that is meant, run
the test with GOLDTHREAD_WRITE_ADDRESSES=yes, then read every line of the difference.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

from goldthread.core.governance.abilities import Role

OUTSIDE = ("visitor", "resident", "stranger")
NOT_ALLOWED = 405
METHODS = ("get", "post")
Groups = dict[str, str]
Answers = dict[str, dict[str, Groups]]


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

    def status(self, who: str, path: str, method: str, given: Any = None, *, as_json: bool = False) -> int:
        """The status that somebody gets; whatever they changed is put back."""
        visit = self.visits[who]
        visit.cookies = SimpleCookie(self.cookies[who])
        with transaction.atomic():
            if as_json:
                response = visit.post(path, json.dumps(given), content_type="application/json")
            else:
                response = getattr(visit, method)(path, *(() if given is None else (given,)))
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(response.streaming_content)  # the file is closed at its end
        return int(response.status_code)

    def groups(self, path: str, method: str, given: Any = None, *, as_json: bool = False) -> Groups:
        """Status: the people who get it; "others" for the largest group of offices."""
        found: dict[int, list[str]] = defaultdict(list)
        for who in self.visits:
            found[self.status(who, path, method, given, as_json=as_json)].append(who)
        offices = {status: [w for w in names if w not in OUTSIDE] for status, names in found.items()}
        largest = max(offices, key=lambda status: len(offices[status]))
        return {
            str(status): " ".join(
                [w for w in names if w in OUTSIDE] + (["others"] if status == largest else offices[status])
            )
            for status, names in sorted(found.items())
        }

    def answers(self, path: str, *, first: str = Role.GOVERNANCE_OFFICER.value) -> dict[str, Groups]:
        """By method, who gets what. A page that answers ``first`` alike for both is asked once."""
        told = {method: self.status(first, path, method) for method in METHODS}
        taken = [method for method, status in told.items() if status != NOT_ALLOWED]
        once = len(set(told.values())) == 1
        return {method.upper(): self.groups(path, method) for method in taken[: 1 if once else 2]}


def as_golden(path: Path, answers: Answers, subject: str) -> Mapping[str, Any]:
    """What the golden file says, written anew first where the environment asks for that."""
    if os.environ.get("GOLDTHREAD_WRITE_ADDRESSES"):
        path.write_text(_written(answers, subject), encoding="utf-8")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def differing(path: Path, answers: Answers, subject: str) -> dict[str, Any]:
    """Every address that answers otherwise than the golden file says, or that only one of them knows."""
    golden = as_golden(path, answers, subject)
    differ = {name: answer for name, answer in answers.items() if golden.get(name) != answer}
    return differ | {name: "is in the golden file alone" for name in golden if name not in answers}


def _written(answers: Answers, subject: str) -> str:
    of = f" of {subject}" if subject else ""
    lines = [f"# Who gets which status at every address{of}. Generated, then read line by line.", ""]
    for name, methods in answers.items():
        lines.append(f'["{name}"]')
        for method, groups in methods.items():
            pairs = ", ".join(f'{status} = "{who}"' for status, who in groups.items())
            lines.append(f"{method} = {{ {pairs} }}")
        lines.append("")
    return "\n".join(lines)
