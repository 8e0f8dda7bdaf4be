"""The words by which an entry is opened and narrowed down, kept beside its own in the same index.

A lock names who may find an entry: everybody, whoever may do something at a body, one office, one
person. A reader has keys, by the offices that they hold on the day; an entry is found by whoever
has a key to one of its locks. As the locks stand in the index itself, what a reader may not see
is neither counted nor ranked. Every mark ends in a figure, so that no stemmer changes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zlib import crc32

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking, strictest
from goldthread.people.models import User
from goldthread.people.queries import offices_of

PUBLIC = "p0"
ABILITIES = {
    "d": Ability.READ_DRAFTS,
    "m": Ability.READ_PACKS,
    "f": Ability.READ_EXEMPT,
    "g": Ability.MANAGE_MEETINGS,
}
"""By the letter of a lock, what its reader may do at the body that it names."""


def drafts(body: int) -> str:
    """For those who read a body's drafts."""
    return f"d{body}"


def members(body: int) -> str:
    """For those who read the packs of a body's members."""
    return f"m{body}"


def full(body: int) -> str:
    """For those who read a body's exempt business."""
    return f"f{body}"


def managers(body: int) -> str:
    """For those who manage a body's meetings."""
    return f"g{body}"


def office(pk: int) -> str:
    """For whoever holds an office."""
    return f"o{pk}"


def person(pk: int, body: int) -> str:
    """For one person, as long as they hold any office at a body."""
    return f"u{pk}b{body}"


def marked(chain: Iterable[str], body: int, *, open_to: str) -> str:
    """The lock of what stands under a chain of markings; ``open_to`` is that of open business."""
    found = strictest(*chain)
    if found is Marking.OPEN:
        return open_to
    return members(body) if found is Marking.MEMBERS else full(body)


def keys_of(user: User, on: date) -> tuple[str, ...]:
    """Every key that a person has on a day; a visitor has the public's alone."""
    found = {PUBLIC}
    for held in offices_of(user, on):
        able = held.abilities
        found |= {f"{letter}{held.body_id}" for letter, ability in ABILITIES.items() if ability in able}
        found |= {office(held.pk), person(user.pk, held.body_id)}
    return tuple(sorted(found))


def of_kind(kind: str) -> str:
    return f"kind{kind}0"


def of_year(year: int) -> str:
    return f"year{year}"


def of_body(body: int) -> str:
    return f"body{body}"


def of_board(board: int) -> str:
    return f"board{board}"


def of_theme(theme: str) -> str:
    return f"theme{crc32(theme.casefold().encode())}"
