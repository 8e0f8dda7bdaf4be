"""Since when the words of a section have stood, edition by edition, worked out once for a plan."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goldthread.plans.models import Edition
from goldthread.plans.published import Shelf
from goldthread.plans.reading import address_of, keep, kept, outlines, renderer, short_key


class Became(StrEnum):
    """What an edition did to a section."""

    FIRST = "first"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Stint:
    """A run of editions in which a section said the same, or was not there; what began it."""

    became: Became
    editions: tuple[Edition, ...]
    number: str = ""

    @property
    def began(self) -> Edition:
        """The edition with which it began."""
        return self.editions[0]


@dataclass(frozen=True, slots=True)
class Story:
    """What every section said (by mark, empty where absent) and its number in each edition of a plan."""

    editions: tuple[Edition, ...]
    said: dict[str, list[str]]
    numbers: dict[str, list[str]]
    titles: dict[str, str]

    def stints(self, key: str) -> tuple[Stint, ...]:
        """The life of one section, oldest first, from the edition in which it first stood."""
        found: list[Stint] = []
        before, there = "", False
        for edition, said, number in zip(
            self.editions, self.said.get(key, ()), self.numbers.get(key, ()), strict=False
        ):
            if found and said == before:
                last = found[-1]
                found[-1] = Stint(last.became, (*last.editions, edition), last.number)
            elif said or found:
                found.append(Stint(_became(before, said, edition, self.editions, there), (edition,), number))
            before, there = said, there or bool(said)
        return tuple(found)

    def key_at(self, address: str) -> str:
        """The key of the section whose address ends alike, in whatever edition; empty where none does."""
        short = address[-8:]
        same = [key for key in self.said if short_key(key) == short]
        exact = [key for key in same if self.address(key) == address]
        return next(iter(exact or same), "")

    def address(self, key: str) -> str:
        """The last step of a section's address, by its newest title."""
        return address_of(key, self.titles[key])

    def stands(self, key: str) -> bool:
        """Whether a section is in the newest edition."""
        return bool(self.said[key][-1])

    def last_with(self, key: str) -> Edition:
        """The newest edition in which a section stands."""
        return next(e for e, said in zip(self.editions[::-1], self.said[key][::-1], strict=False) if said)


def _became(before: str, said: str, edition: Edition, editions: tuple[Edition, ...], there: bool) -> Became:
    if not said:
        return Became.REMOVED
    if before:
        return Became.CHANGED
    if there:
        return Became.RETURNED
    return Became.FIRST if edition is editions[0] else Became.ADDED


def story_name(shelf: Shelf) -> str:
    """The name under which the story of a plan is kept, until it has another edition."""
    return f"{renderer()} {shelf.seal} story"


def story_of(shelf: Shelf, *, form: str = "") -> Story:
    """The story of a plan, from its kept form if at hand, else told anew and kept."""
    name = story_name(shelf)
    form = form or kept((name,)).get(name, "")
    if not form:
        form = _tell(shelf.editions)
        keep({name: form}, at=shelf.sealed_at)
    return Story(shelf.editions, *json.loads(form))


def _tell(editions: Iterable[Edition]) -> str:
    listed = list(editions)
    opened = outlines(listed)
    said: dict[str, list[str]] = {}
    numbers: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for place, edition in enumerate(listed):
        for entry in opened[edition.seal]:
            said.setdefault(entry.key, [""] * len(listed))[place] = entry.said
            numbers.setdefault(entry.key, [""] * len(listed))[place] = entry.number
            titles[entry.key] = entry.title
    return json.dumps([said, numbers, titles])
