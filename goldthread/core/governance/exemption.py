"""Who may be shown what: markings, audiences and the reasons for keeping something from the public.

Everything is refused unless it is plainly allowed: a thing that nobody has marked is shown only
to those who read everything.
"""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Marking(StrEnum):
    """How far a thing may go. An empty marking means that nobody has marked it yet."""

    OPEN = "open"
    MEMBERS = "members"
    EXEMPT = "exempt"


@unique
class Audience(StrEnum):
    """Who a page, pack or feed is for, from the least to the most that they may be shown."""

    PUBLIC = "public"
    MEMBERS = "members"
    FULL = "full"


_MAY_SEE: dict[Audience, frozenset[str]] = {
    Audience.PUBLIC: frozenset({Marking.OPEN}),
    Audience.MEMBERS: frozenset({Marking.OPEN, Marking.MEMBERS}),
    Audience.FULL: frozenset({Marking.OPEN, Marking.MEMBERS, Marking.EXEMPT, ""}),
}


def allowed(*markings: str, audience: Audience) -> bool:
    """Whether an audience may be shown a thing that stands under these markings (item, paper, appendix).

    The strictest decides; a marking that is not known is refused to everybody.
    """
    seen = _MAY_SEE[audience]
    return bool(markings) and all(marking in seen for marking in markings)
