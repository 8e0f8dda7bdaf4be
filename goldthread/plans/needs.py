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
    """Something that waits for a person: what, where, and how pressing."""

    title: str
    href: str
    words: str
    status: str = ""
    tone: str = "calm"


Teller = Callable[[User, date], Iterable[Need]]

_tellers: list[Teller] = []


def register(tell: Teller) -> None:
    """Ask this too, whenever somebody asks what waits for them; registering twice changes nothing."""
    if tell not in _tellers:
        _tellers.append(tell)


def told_elsewhere(user: User, on: date) -> tuple[Need, ...]:
    """What every other app says waits for a person on a day."""
    return tuple(need for tell in _tellers for need in tell(user, on))
