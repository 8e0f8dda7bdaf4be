"""Words that give away where they came from, each with the least audience that may read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from goldthread.core.governance.abilities import Ability
from goldthread.people.models import User

FORM = re.compile(r"qz[pdmf]\d{3}zq", re.IGNORECASE)
"""How every sentinel is written: one word without a hyphen, so that no writer of files breaks it."""


class Level(IntEnum):
    """How much somebody reads of a body's affairs, the least first."""

    PUBLIC = 0
    DESK = 1
    """Drafts of plans and the agendas of the desk, but no pack."""
    MEMBERS = 2
    FULL = 3

    @classmethod
    def of(cls, user: User | None, body: object, on: object) -> Level:
        """As which level a person reads the affairs of a body on a day."""
        offices = [o for o in user.offices_on(on) if o.body_id == body.pk] if user else []
        held = frozenset().union(*(office.abilities for office in offices))
        if Ability.READ_EXEMPT in held:
            return cls.FULL
        if Ability.READ_PACKS in held:
            return cls.MEMBERS
        return cls.DESK if Ability.READ_DRAFTS in held else cls.PUBLIC


@dataclass(frozen=True, slots=True)
class Sentinel:
    """A word that stands in one place only; ``only`` and ``also`` name readers apart from their level.

    Where ``only`` is given nobody else may read it, whatever they read besides.
    """

    word: str
    where: str
    level: Level
    also: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    def for_reader(self, name: str, level: Level) -> bool:
        """Whether somebody of this name and level may be shown it."""
        if self.only:
            return name in self.only
        return level >= self.level or name in self.also


@dataclass
class Sentinels:
    """Every sentinel that was planted, by its word."""

    found: dict[str, Sentinel] = field(default_factory=dict)

    def plant(self, where: str, level: Level, *, also: Iterable[str] = (), only: Iterable[str] = ()) -> str:
        """A new word for a place."""
        count = sum(1 for each in self.found.values() if each.level is level)
        word = f"qz{level.name[0].lower()}{count + 1:03}zq"
        self.found[word] = Sentinel(word, where, level, frozenset(also), frozenset(only))
        return word

    def public(self, where: str) -> str:
        return self.plant(where, Level.PUBLIC)

    def members(self, where: str, **whom: Iterable[str]) -> str:
        return self.plant(where, Level.MEMBERS, **whom)

    def full(self, where: str, **whom: Iterable[str]) -> str:
        return self.plant(where, Level.FULL, **whom)

    def within(self, words: str) -> set[str]:
        """The sentinels that stand in some words, however they are written there."""
        return {each.lower() for each in FORM.findall(words)}

    def above(self, words: Iterable[str], name: str, level: Level) -> list[str]:
        """What somebody was shown and may not be: each with where it came from."""
        told = (self.found[word] for word in sorted(words) if word in self.found)
        return [f"{each.word} ({each.where})" for each in told if not each.for_reader(name, level)]
