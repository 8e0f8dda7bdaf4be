"""What a list of actions says once it is understood: actions with their milestones, faults, what is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.files.sheets.faults import Fault


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as a row says it."""

    row: int
    title: str
    owner: str = ""
    due: date | None = None
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An action as a row says it, with the milestones of the rows that belong to it. Cost is in pounds."""

    row: int
    priority: int
    title: str
    number: str = ""
    words: str = ""
    owner: str = ""
    starts: date | None = None
    due: date | None = None
    forecast: date | None = None
    finished: date | None = None
    begun: bool = False
    weight: int = 1
    cost: str = ""
    cost_words: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All that a list says: its actions, the faults that keep rows out, and what is only told."""

    deeds: tuple[Deed, ...] = ()
    faults: tuple[Fault, ...] = ()
    told: tuple[Fault, ...] = ()
    rows: int = 0

    @property
    def steps(self) -> int:
        """How many milestones there are."""
        return sum(len(deed.steps) for deed in self.deeds)

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who is named as an owner, in the order of the list."""
        named = (who for deed in self.deeds for who in (deed.owner, *(step.owner for step in deed.steps)))
        return tuple(dict.fromkeys(who for who in named if who))
