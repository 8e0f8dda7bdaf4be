"""What waits for a person: told by plans, and by every other app that has something to tell.

An app calls `register` from its `AppConfig.ready` with a function of the person and the day:

    needs.register(lambda user, on: tuple[Need, ...])
    needs.register(lambda user, on: tuple[Need, ...], owed=True)

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

_tellers: dict[Teller, bool] = {}
"""Who is asked, in order, and whether they tell what is owed."""


def register(tell: Teller, *, owed: bool = False) -> None:
    """Ask this too, whenever somebody asks what waits for them; registering twice changes nothing.

    ``owed`` says that some of what it tells bears a kind: only such a teller is asked for what a person
    owes.
    """
    _tellers.setdefault(tell, owed)


def told_elsewhere(user: User, on: date) -> tuple[Need, ...]:
    """What every other app says waits for a person on a day."""
    return tuple(need for tell in _tellers for need in tell(user, on))


def owed_elsewhere(user: User, on: date, *, but: Teller) -> tuple[Need, ...]:
    """What a person owes on a day to all apps but one: what waits for them and for nobody else."""
    asked = (tell for tell, owed in _tellers.items() if owed and tell is not but)
    return tuple(need for tell in asked for need in tell(user, on) if need.kind)
