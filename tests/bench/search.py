"""How long a search takes in an office of ten years, on SQLite and on PostgreSQL.

    python tests/bench/search.py [sqlite|postgres] [size]

Each line is a whole request to the server, page and all: the middle of fifteen, beside the limit
of 100 ms. A word in nearly every text, rare words, phrases, facets and the last page are asked for,
by a governance officer at the desk and by the public.
"""

from __future__ import annotations

import sys
from typing import Any

from office import DATABASES, LIMIT, began, in_office, timed

ASKED = (
    ("a word in every other text", "victims"),
    ("three such words", "police victims office"),
    ("words of which one is rare", "victims bantar"),
    ("a rare word", "bantar"),
    ("a phrase", '"victims police"'),
    ("a number", "V2.1"),
    ("a word that is nowhere", "xylophone"),
    ("of one kind", "victims&kind=update"),
    ("papers alone", "police&kind=paper"),
    ("a theme in a year", "police&theme=Victims&year=2019"),
    ("newest first", "police&order=newest"),
    ("a late page", "police&page=40"),
    ("a rare word's late page", "constabulary bantar&page=3"),
)


def measure() -> bool:
    """Ask everything as both readers; whether all was within the limit."""
    from django.test import Client  # noqa: PLC0415 - Django is ready by now

    from goldthread.people.models import User  # noqa: PLC0415

    desk = Client(SERVER_NAME="localhost")
    desk.force_login(User.objects.get(name="Peter Lode"))
    within = True
    for name, client, address in (
        ("desk", desk, "/desk/search/"),
        ("public", Client(SERVER_NAME="localhost"), "/search/"),
    ):
        for label, query in ASKED:
            within &= timed(f"{name}: {label}", LIMIT, lambda c=client, a=f"{address}?q={query}": page(c, a))
    return within


def page(client: Any, address: str) -> None:
    """One page, found."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--here"]:
        office = began(float(arguments[2]) if len(arguments) > 2 else 1.0)
        print(f"{arguments[1]}: {office.told()}", flush=True)
        if not measure() and office.size == 1:
            raise SystemExit("A search took longer than its limit.")
        return
    for database in [each for each in arguments if each in DATABASES] or DATABASES:
        in_office(database, __file__, *[each for each in arguments if each not in DATABASES])


if __name__ == "__main__":
    main(sys.argv[1:])
