"""How long a search takes in an office of ten years, on SQLite and on PostgreSQL.

    python tests/bench/search.py [sqlite|postgres] [size]

Each line is a whole request to the server, page and all: the quickest and the middle of fifteen, beside
the limit of 100 ms. A word in nearly every text, rare words, phrases, facets and late pages are asked
for, by a governance officer at the desk and by the public.
"""

from __future__ import annotations

import sys

from office import asked, bench, readers

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
    ("a late page", "police&page=12"),
    ("a rare word's late page", "constabulary bantar&page=3"),
)


def measure() -> bool:
    """Ask everything as both readers; whether all was within the limit."""
    officer, _partner, public = readers()
    return all(
        [
            asked(f"{name}: {label}", visit, f"{address}?q={query}")
            for name, visit, address in (("desk", officer, "/desk/search/"), ("public", public, "/search/"))
            for label, query in ASKED
        ]
    )


if __name__ == "__main__":
    bench(__file__, sys.argv[1:], measure)
