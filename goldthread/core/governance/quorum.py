"""Who was there for an item, who could take part in it, whether that was a quorum, and how they voted.

Items are places in the agenda's order, from 0. People are named by the caller's own keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from goldthread.core.governance.verbs import DecidesBy
from goldthread.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Member:
    """A seat on a body, held from a first day to a last day, both included; no last day while it is held."""

    who: str
    since: date
    until: date | None = None
    office: str = ""


def members_on(members: Iterable[Member], on: date) -> tuple[Member, ...]:
    """The members of a body on a date."""
    return tuple(each for each in members if each.since <= on and (each.until is None or on <= each.until))


@unique
class Presence(StrEnum):
    """How somebody attended."""

    FULL = "full"
    PART = "part"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Attendance:
    """One line of the attendance list: ``items`` where somebody came in part, ``stands_for`` of a substitute.

    ``counts`` is false for officers and guests, who are there without being members.
    """

    who: str
    presence: Presence
    items: frozenset[int] = frozenset()
    stands_for: str = ""
    counts: bool = True


def items_in(words: str, numbers: Sequence[str]) -> frozenset[int]:
    """The places meant by "(Items 4-7)" or "Items 1, 3 and 5 to 6" among an agenda's printed numbers.

    4 means 4.0 with all beneath it, 9(a) that alone; an item that is not on the agenda is a ``ValueError``.
    """
    spoken = re.sub(r"^\W*items?\b", "", words.strip().rstrip(")"), flags=re.IGNORECASE)
    spoken = spoken if spoken.count("(") == spoken.count(")") else spoken + ")"
    found: set[int] = set()
    for part in re.split(r",|;|&|\band\b", spoken):
        ends = [each.strip() for each in re.split(r"\bto\b|[-–—]", part) if each.strip()]
        if not 1 <= len(ends) <= 2:
            raise ValueError(f"“{words.strip()}” does not name items. Write for example: Items 4-7.")
        first, last = _places(ends[0], numbers), _places(ends[-1], numbers)
        if last[-1] < first[0]:
            raise ValueError(f"“{part.strip()}” runs backwards. Write the earlier item first.")
        found |= set(range(first[0], last[-1] + 1))
    return frozenset(found)


def _places(spoken: str, numbers: Sequence[str]) -> list[int]:
    """The places of one number: as printed, or of all items that begin with that figure."""
    exact = [place for place, number in enumerate(numbers) if number.casefold() == spoken.casefold()]
    figure = re.fullmatch(r"(\d+)(?:\.0)?", spoken)
    if figure:
        exact = [place for place, number in enumerate(numbers) if re.match(rf"{figure[1]}(?!\d)", number)]
    if not exact:
        raise ValueError(f"There is no item {spoken} on this agenda.")
    return exact


def present_for(item: int, attendance: Iterable[Attendance]) -> tuple[str, ...]:
    """The members present for an item, each once; a substitute counts as the member, who counts first."""
    there = [each for each in attendance if each.counts and _is_there(each, item)]
    return tuple(dict.fromkeys(each.stands_for or each.who for each in there))


def _is_there(line: Attendance, item: int) -> bool:
    return line.presence is Presence.FULL or (line.presence is Presence.PART and item in line.items)


@unique
class InterestEffect(StrEnum):
    """What somebody did about an interest declared in an item."""

    STAYED = "stayed"
    """Declared, and took part."""
    SPOKE_THEN_LEFT = "spoke_then_left"
    """Spoke, and left before it was decided."""
    LEFT = "left"
    """Left the room for the whole of the item."""


class Interest(NamedTuple):
    """An interest declared by a member in one item."""

    member: str
    item: int
    effect: InterestEffect


def takes_part(member: str, item: int, interests: Iterable[Interest]) -> bool:
    """Whether a member decides an item, given every interest declared: one that sent them out is enough."""
    mine = (each for each in interests if (each.member, each.item) == (member, item))
    return all(each.effect is InterestEffect.STAYED for each in mine)


def deciding(
    item: int, attendance: Iterable[Attendance], interests: Collection[Interest] = ()
) -> tuple[str, ...]:
    """The members present for an item who also take part in deciding it."""
    return tuple(who for who in present_for(item, attendance) if takes_part(who, item, interests))


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """What makes a quorum: all that is given must be met.

    ``number`` of members; a ``share`` of those in office, rounded up; ``offices`` that must be there.
    """

    number: int = 0
    share: Fraction = Fraction(0)
    offices: tuple[str, ...] = ()


class QuorumAnswer(NamedTuple):
    """Whether there is a quorum, and the working in a sentence."""

    met: bool
    words: str


_SHARES = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
}


def quorum_met(present: Collection[str], rule: QuorumRule, members: Collection[Member]) -> QuorumAnswer:
    """Whether those present are a quorum of the members in office on the day (``members_on``)."""
    holding = {each.who: each.office for each in members}
    there = [who for who in dict.fromkeys(present) if who in holding]
    total = len(holding)
    needed = max(rule.number, ceil(rule.share * total))
    missing = [office for office in rule.offices if office not in {holding[who] for who in there}]
    met = len(there) >= needed and not missing
    words = f"{len(there)} of {total} {'member is' if total == 1 else 'members are'} present"
    if needed:
        words += f"; the quorum is {_needed(rule, needed, total)}"
    for office in missing:
        words += f"; the {office} must be there and is not"
    return QuorumAnswer(met, f"{words}: there is {'a' if met else 'no'} quorum.")


def _needed(rule: QuorumRule, needed: int, total: int) -> str:
    if needed == rule.number:
        return str(needed)
    share = _SHARES.get(rule.share, f"{rule.share.numerator} of every {rule.share.denominator}")
    exact = rule.share * total
    return f"{share} of {total}, {'' if exact == needed else 'rounded up, '}which is {needed}"


@unique
class Vote(StrEnum):
    """How a member voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Counts(NamedTuple):
    """How many voted for, against, and for neither."""

    for_: int
    against: int
    abstained: int = 0


class Result(NamedTuple):
    """Whether a vote was carried, nothing where it could not be held; the working, and what is wrong."""

    carried: bool | None
    words: str
    problems: tuple[Problem, ...] = ()


def counts_of(votes: Mapping[str, Vote], entitled: Collection[str]) -> tuple[Counts, tuple[Problem, ...]]:
    """The votes of those entitled (``deciding``), and a problem for each that does not count."""
    valid = [vote for who, vote in votes.items() if who in entitled]
    wrong = tuple(
        Problem(who, "Was not there for the item or took no part in it: this vote is not counted.", "no-vote")
        for who in votes
        if who not in entitled
    )
    return Counts(valid.count(Vote.FOR), valid.count(Vote.AGAINST), valid.count(Vote.ABSTAIN)), wrong


def result(counts: Counts, entitled: int, decides_by: DecidesBy, casting: Vote | None = None) -> Result:
    """The result of a vote among ``entitled`` members: more for than against, or the chair's casting vote.

    Local Government Act 1972, Sch. 12 para 39: a majority of those voting, and a casting vote where equal.
    """
    if decides_by is not DecidesBy.VOTE:
        return Result(None, "No vote is held here.", (_NO_VOTE[decides_by],))
    cast = sum(counts)
    if min(counts) < 0 or cast > entitled:
        message = f"{cast} votes are recorded and {entitled} could vote. Count them again."
        return Result(None, "The votes do not add up.", (Problem("Vote", message, "too-many"),))
    words = f"{counts.for_} for, {counts.against} against, {counts.abstained} abstained"
    if cast < entitled:
        words += f", {entitled - cast} did not vote"
    if counts.for_ == counts.against:
        return _tied(words, casting)
    wrong: tuple[Problem, ...] = ()
    if casting is not None:
        message = "The votes were not equal, so there is no casting vote. Take it out."
        wrong = (Problem("Vote", message, "no-tie"),)
    carried = counts.for_ > counts.against
    return Result(carried, f"{words}: {'carried' if carried else 'not carried'}.", wrong)


def _tied(words: str, casting: Vote | None) -> Result:
    if casting in (Vote.FOR, Vote.AGAINST):
        carried = casting is Vote.FOR
        how = "carried" if carried else "not carried"
        return Result(carried, f"{words}; the chair’s casting vote was {casting}: {how}.")
    return Result(False, f"{words}; equal, without a casting vote: not carried.")


_NO_VOTE = {
    DecidesBy.ONE_PERSON: Problem(
        "Vote",
        "This board advises and one person decides, so it does not vote. Record the advice, and the decision "
        "of the office holder.",
        "one-decides",
    ),
    DecidesBy.ADVICE_ONLY: Problem(
        "Vote", "This body only advises, so it does not vote. Record its advice.", "advises"
    ),
}
