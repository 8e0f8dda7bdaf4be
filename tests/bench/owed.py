"""How long “What I owe” and the home page take in an office of ten years, on SQLite and on PostgreSQL.

    python tests/bench/owed.py [sqlite|postgres] [size]

A partner owes what is open of a sixtieth of 20,000 actions; the governance officer owes sign-offs and
is shown the state of the plan. Each line is a whole request; the limit is 100 ms.
"""

from __future__ import annotations

import sys

from office import asked, bench, readers


def measure() -> bool:
    """Ask as a partner and as the governance officer; whether all was within the limit."""
    officer, partner, _public = readers()
    return all(
        [
            asked("a partner: what I owe", partner, "/desk/owe/"),
            asked("a partner: home", partner, "/desk/"),
            asked("the officer: what I owe", officer, "/desk/owe/"),
            asked("the officer: home", officer, "/desk/"),
        ]
    )


if __name__ == "__main__":
    bench(__file__, sys.argv[1:], measure)
