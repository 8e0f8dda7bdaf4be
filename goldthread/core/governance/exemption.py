"""What may be kept from whom, and for which reason. Whatever is not known to be open stays shut.

The reasons are data, in ``exemption.toml`` beside this module: a law that changes is a new row with
new dates, and a record keeps the code it was given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from functools import cache
from importlib.resources import files

from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.core.problems import Problem


@unique
class Marking(StrEnum):
    """How far an item, a paper or an appendix may go; each is stricter than the one before."""

    OPEN = "open"
    """For everybody."""
    MEMBERS = "members"
    """Official: for members of the body and its officers."""
    EXEMPT = "exempt"
    """For those alone who are named for exempt business, and with a reason."""


@unique
class Audience(StrEnum):
    """For whom a page, pack or file is made."""

    PUBLIC = "public"
    MEMBERS = "members"
    FULL = "full"


_STRICTER = tuple(Marking)
_MAY_SEE: dict[str, frozenset[str | None]] = {
    Audience.PUBLIC: frozenset({Marking.OPEN}),
    Audience.MEMBERS: frozenset({Marking.OPEN, Marking.MEMBERS}),
    Audience.FULL: frozenset({*Marking, ""}),
}


def strictest(*markings: str | None) -> Marking | None:
    """The strictest of a chain of markings, or nothing where one is missing or unknown, or there is none."""
    if not markings or any(marking not in _STRICTER for marking in markings):
        return None
    return max((Marking(str(marking)) for marking in markings), key=_STRICTER.index)


def allowed(*markings: str | None, audience: str) -> bool:
    """Whether an audience may see what stands under a chain of markings (item, paper, appendix).

    The strictest decides. What nobody has marked yet ("") is only for those who read everything; a
    marking that is not known, an unknown audience and an empty chain are refused to everybody.
    """
    seen = _MAY_SEE.get(audience, frozenset())
    return bool(markings) and all(marking in seen for marking in markings)


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground in law for keeping something back.

    ``public_interest`` says whether the public interest must be weighed; ``opinion`` whose view the
    law asks for, empty where it names nobody; ``until`` is the last day, if the law has ended.
    """

    code: str
    title: str
    law: str
    source: str
    jurisdictions: frozenset[Jurisdiction]
    since: date
    until: date | None
    public_interest: bool
    opinion: str

    def holds(self, jurisdiction: Jurisdiction | None, on: date) -> bool:
        """Whether it can be given in a country, or in any, on a date."""
        here = jurisdiction is None or jurisdiction in self.jurisdictions
        return here and self.since <= on and (self.until is None or on <= self.until)


@cache
def reasons() -> tuple[Reason, ...]:
    """Every reason ever offered, in the order of the data."""
    data = files("goldthread.core.governance").joinpath("exemption.toml").read_text(encoding="utf-8")
    return tuple(
        Reason(
            code=row["code"],
            title=row["title"],
            law=row["law"],
            source=row["source"],
            jurisdictions=frozenset(map(Jurisdiction, row["jurisdictions"])),
            since=row["since"],
            until=row.get("until"),
            public_interest=row["public_interest"],
            opinion=row["opinion"],
        )
        for row in tomllib.loads(data)["reason"]
    )


def reasons_for(jurisdiction: Jurisdiction, on: date) -> tuple[Reason, ...]:
    """The reasons that can be given in a country on a date."""
    return tuple(reason for reason in reasons() if reason.holds(jurisdiction, on))


def reason_of(code: str) -> Reason | None:
    """The reason with a code, or nothing."""
    return next((reason for reason in reasons() if reason.code == code), None)


def problems_with(
    marking: str | None,
    reason: str,
    decided_by: str,
    review_on: date | None,
    on: date,
    *,
    jurisdiction: Jurisdiction | None = None,
) -> tuple[Problem, ...]:
    """Everything that is missing or wrong in a marking on a date; ``reason`` is a code, empty for none."""
    if marking not in _STRICTER:
        message = "It has no marking, so nobody can see it. Choose open, members or exempt."
        return (Problem("Marking", message, "no-marking"),)
    if marking == Marking.EXEMPT:
        return tuple(_problems_of_exemption(reason, decided_by, review_on, on, jurisdiction))
    if reason and marking == Marking.OPEN:
        message = (
            "It is open and carries a reason for being kept back. Take out the reason, or mark it exempt."
        )
        return (Problem("Marking", message, "open-with-reason"),)
    return ()


def _problems_of_exemption(
    code: str, decided_by: str, review_on: date | None, on: date, jurisdiction: Jurisdiction | None
) -> Iterator[Problem]:
    reason = reason_of(code)
    if not code:
        yield Problem("Reason", "It is exempt without a reason. Choose the ground in law.", "no-reason")
    elif reason is None:
        yield Problem(
            "Reason", f"“{code}” is not a known reason. Choose one from the list.", "unknown-reason"
        )
    elif not reason.holds(jurisdiction, on):
        message = f"{reason.law} cannot be given here on {_printed(on)}. Choose another reason."
        yield Problem("Reason", message, "reason-elsewhere")
    if not decided_by.strip():
        whose = f" The law asks for the view of {reason.opinion}." if reason and reason.opinion else ""
        yield Problem("Decided by", f"Say who decided that it is exempt.{whose}", "no-decider")
    if review_on is None:
        message = "Give a date on which it will be asked whether this must stay exempt."
        yield Problem("Review date", message, "no-review")
    elif review_on < on:
        message = (
            f"The review was due on {_printed(review_on)}. Review it, then open it or give a later date."
        )
        yield Problem("Review date", message, "review-due")


def _printed(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"
