"""What waits for a person: told by plans, and by every other app that has something to tell.

An app calls `register` from its `AppConfig.ready` with a function of the person and the day:

    needs.register(lambda user, on: tuple[Need, ...])

What it gives is listed under "What needs me" after what plans have to tell, in the order given.
It is asked at every opening of that page, so it costs few queries, and it names nothing that the
person may not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from goldthread.people.models import User


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a person: what, where, and how pressing.

    What a person owes to others says which ``kind`` of thing it is, and by when it is due where a
    day is known; without a kind it only waits for whoever comes first.
    """

    title: str
    href: str
    words: str
    status: str = ""
    tone: str = "calm"
    due: date | None = None
    kind: str = ""


Teller = Callable[[User, date], Iterable[Need]]

_tellers: list[Teller] = []


def register(tell: Teller) -> None:
    """Ask this too, whenever somebody asks what waits for them; registering twice changes nothing."""
    if tell not in _tellers:
        _tellers.append(tell)


def told_elsewhere(user: User, on: date, *, but: Teller | None = None) -> tuple[Need, ...]:
    """What every other app says waits for a person on a day; ``but`` leaves one of them out."""
    return tuple(need for tell in _tellers if tell is not but for need in tell(user, on))
