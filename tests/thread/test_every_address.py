"""Every address of the thread, of search and of the first page, as everybody: who gets what.

What each gets stands in addresses.toml. See tests/asking.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from goldthread.core.governance.exemption import Marking
from goldthread.thread.urls import urlpatterns
from tests.asking import Asking, differing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GOLDEN = Path(__file__).with_name("addresses.toml")
FILES = ("svg", "csv", "pdf")


def ends(threading: Any) -> dict[str, tuple[str, str]]:
    """What a thread can start from: public things, things of the desk, and one that is exempt."""
    threading.all_of_it()
    delivering = threading.delivering
    exempt = delivering.deciding.paper(marking=Marking.EXEMPT)
    return {
        "pledge": ("pledge", threading.pledge),
        "section": ("section", threading.section),
        "priority": ("priority", threading.priority.slug),
        "draft": ("priority", delivering.draft.slug),
        "action": ("action", threading.priority.actions.first().slug),
        "measure": ("measure", threading.measuring.measure.slug),
        "paper": ("paper", delivering.paper.slug),
        "exempt paper": ("paper", exempt.slug),
        "decision": ("decision", delivering.decision.slug),
        "nothing": ("nothing", "nothing"),
    }


def addresses(threading: Any) -> Iterator[tuple[str, str]]:
    """Every address by its name and what it is of."""
    for pattern in urlpatterns:
        if "<" not in str(pattern.pattern):
            yield pattern.name, reverse(f"thread:{pattern.name}")
    for name, (kind, ref) in ends(threading).items():
        for area in ("desk", "site"):
            yield f"{area}-thread ({name})", reverse(f"thread:{area}-thread", args=[kind, ref])
            for form in FILES if name == "priority" else ():
                path = reverse(f"thread:{area}-thread-file", args=[kind, ref, form])
                yield f"{area}-thread-file ({name} {form})", path


def test_every_address_of_threads_answers_everybody_as_the_golden_file_says(threading: Any) -> None:
    asking = Asking(threading.cast)
    told = list(addresses(threading))
    assert {name.partition(" ")[0] for name, _path in told} == {each.name for each in urlpatterns}
    answers = {name: asking.answers(path) for name, path in told}
    assert differing(GOLDEN, answers, "threads") == {}
