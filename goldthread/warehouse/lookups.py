"""Which area became which, and which force answers for it. Sources: ``lookups/SOURCES.md``."""

from __future__ import annotations

import csv
import gzip
import io
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lookups")
_NOT_A_NAME = re.compile(r"\b(constabulary|police service|police)\b")


@dataclass(frozen=True, slots=True)
class Force:
    """A police force, or a body that stands among forces in national tables.

    ``key`` is how data.police.uk names it in files; ``code`` its police force area (ONS), "" where it
    has none; ``kind`` is territorial, national or reporting body; ``population`` the residents at
    mid-2020, None where nobody lives in it.
    """

    key: str
    code: str
    name: str
    kind: str
    population: int | None


@dataclass(frozen=True, slots=True)
class ForceName:
    """A name that a source uses for a force, from and until given days where these are known."""

    name: str
    force: str
    starts: date | None = None
    ends: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the name was in use on a day."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True)
class District:
    """A local authority district; ``became`` names the one that took its place on ``ended``."""

    code: str
    name: str
    force_code: str
    became: str
    ended: date | None


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one lookup shipped with the product."""
    with gzip.open(FOLDER / f"{name}.csv.gz", "rb") as packed:
        return list(csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8", newline="")))


@cache
def forces() -> dict[str, Force]:
    """Every force by its key."""
    return {
        row["force"]: Force(
            row["force"],
            row["pfa"],
            row["name"],
            row["kind"],
            int(row["population_2020"]) if row["population_2020"] else None,
        )
        for row in rows("forces")
    }


@cache
def force_names() -> tuple[ForceName, ...]:
    """Every name known for a force, as the sources write them."""
    return tuple(
        ForceName(row["name"], row["force"], _day(row["starts"]), _day(row["ends"]))
        for row in rows("force_names")
    )


@cache
def districts() -> dict[str, District]:
    """Every district since 2022 by its code, those since merged included."""
    return {
        row["district"]: District(row["district"], row["name"], row["pfa"], row["became"], _day(row["ended"]))
        for row in rows("districts")
    }


def folded(name: str) -> str:
    """A force's name without what differs between sources: Devon & Cornwall Police → devon-and-cornwall."""
    bare = _NOT_A_NAME.sub("", name.replace("&", " and ").casefold())
    return re.sub(r"[^a-z0-9]+", "-", bare)[:60].strip("-")


def force_of(name: str, on: date, more: tuple[ForceName, ...] = ()) -> str | None:
    """The key of the force that a source calls by this name on a day; None when it is not known."""
    wanted = name.strip().casefold()
    for known in (*more, *force_names()):
        if known.name.casefold() == wanted and known.holds(on):
            return known.force
    return None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
