"""Reading the parts of a case: every wrong shape is a sentence, and nothing is put right in silence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from goldthread.core.spc.values import LARGEST

MOST_POINTS = 100_000
MISSING_WORDS = ("", "NA", "NaN")
"""How R writes a missing number where it cannot write null."""
Given = Mapping[str, object]


def listed(given: object, name: str) -> list[object]:
    """What was given as a list; one thing stands for a list of it, and nothing for an empty one.

    R writes nothing as an empty object too.
    """
    if given is None or given == {}:
        return []
    things = list(given) if isinstance(given, list | tuple) else [given]
    if len(things) > MOST_POINTS:
        raise ValueError(
            f"{name} holds {len(things)} entries; {MOST_POINTS} are the most a chart is drawn of"
        )
    return things


def number(given: object, name: str) -> float | None:
    """A number, or None for one that is missing."""
    if given is None or given in MISSING_WORDS:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError(f"{name} is {_shown(given)}, which is not a number")
    if not -LARGEST <= given <= LARGEST:
        raise ValueError(f"{name} is {_shown(given)}, which is not a number of ordinary size")
    return float(given)


def numbers(given: object, name: str) -> list[float | None]:
    """Numbers, each None where it is missing."""
    return [number(one, f"{name}, entry {at},") for at, one in enumerate(listed(given, name), 1)]


def told(given: object, name: str) -> list[float]:
    """Numbers of which none may be missing."""
    found = numbers(given, name)
    if None in found:
        raise ValueError(f"{name}, entry {found.index(None) + 1}, is missing")
    return [one for one in found if one is not None]


def one(given: Given, name: str, default: float) -> float:
    """One number, or the default where there is none."""
    found = numbers(given.get(name), name)
    if len(found) > 1:
        raise ValueError(f"{name} should be one number, and {len(found)} were given")
    return default if not found or found[0] is None else found[0]


def whole(given: object, name: str) -> int | None:
    """A whole number, or None for one that is missing."""
    found = number(given, name)
    if found is None:
        return None
    if not math.isclose(found, round(found), abs_tol=1e-9):
        raise ValueError(f"{name} is {found:g}, which is not a whole number")
    return round(found)


def one_whole(given: Given, name: str) -> int | None:
    """One whole number, or None where there is none."""
    found = one(given, name, math.nan)
    return None if math.isnan(found) else whole(found, name)


def wholes(given: object, name: str) -> list[int]:
    """Whole numbers, of which none may be missing."""
    return [round(found) for found in told(given, name) if whole(found, name) is not None]


def flag(given: Given, name: str, *, default: bool) -> bool:
    """True or false."""
    found = given.get(name)
    if found is None:
        return default
    if not isinstance(found, bool):
        raise ValueError(f"{name} is {_shown(found)}; it can be true or false")
    return found


def word(given: Given, name: str, default: str) -> str:
    """A word."""
    found = given.get(name)
    if found is None:
        return default
    if not isinstance(found, str):
        raise ValueError(f"{name} is {_shown(found)}, which is not a word")
    return found


def words(given: object, name: str) -> list[str]:
    """Names; a number is taken as its own name."""
    found = listed(given, name)
    for at, thing in enumerate(found, 1):
        if isinstance(thing, bool) or not isinstance(thing, str | int | float):
            raise ValueError(f"{name}, entry {at}, is {_shown(thing)}, which is not a name")
    return [str(thing) for thing in found]


def days(given: object, name: str) -> list[date]:
    """Dates written year, month, day."""
    found = []
    for at, thing in enumerate(listed(given, name), 1):
        try:
            found.append(date.fromisoformat(str(thing)[:10]))
        except ValueError:
            raise ValueError(f"{name}, entry {at}, is {_shown(thing)}, which is not a date") from None
    return found


def _shown(thing: object) -> str:
    """A short form of what was given, for a sentence."""
    if isinstance(thing, list | tuple):
        return "a list"
    if isinstance(thing, Mapping):
        return "an object"
    if isinstance(thing, int) and abs(thing) > LARGEST:
        return "a number beyond all measure"
    text = repr(thing)
    return text if len(text) <= 40 else text[:40] + "…"
