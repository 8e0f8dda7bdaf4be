"""Begin a board; its terms of reference, the rules by which it meets, what comes to every meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.meetings import Recurrence
from goldthread.core.governance.meetings import problems_with as problems_of_recurrence
from goldthread.core.governance.quorum import QuorumRule
from goldthread.core.governance.references import problems_with as problems_of_pattern
from goldthread.core.text import Text, text_seal
from goldthread.meetings.actions.calling import cancel_meeting, change_meeting, hold_meeting_on
from goldthread.meetings.actions.seats import end_seat, replace_seat, seat
from goldthread.meetings.actions.wording import given
from goldthread.meetings.house_rules import SCHEMES, quorum_form, recurrence_form
from goldthread.meetings.models import Board, ItemKind, StandingItem, Terms
from goldthread.meetings.texts import form_of
from goldthread.people.actions import require
from goldthread.people.models import Body, Office, User
from goldthread.plans.actions.editions import free_slug

__all__ = [
    "cancel_meeting",
    "change_meeting",
    "end_seat",
    "hold_meeting_on",
    "make_board",
    "rename_board",
    "replace_seat",
    "seat",
    "set_house_rules",
    "set_standing",
    "set_terms",
]

RESERVED_SLUGS = frozenset({"new", "feed", "papers", "decisions", "actions", "packs", "minutes", "boards"})
"""Words that stand for pages beside the boards' own."""

USUAL: tuple[tuple[str, str, bool], ...] = (
    (ItemKind.APOLOGIES, "Welcome and apologies", False),
    (ItemKind.INTERESTS, "Declarations of interest", False),
    (ItemKind.MINUTES, "Minutes of the previous meeting", False),
    (ItemKind.ACTIONS, "Actions arising", False),
    (ItemKind.FORWARD, "Forward plan", True),
    (ItemKind.OTHER, "Any other business", True),
    (ItemKind.NEXT, "Date of the next meeting", True),
)
"""What comes to every meeting of a new board: kind, title, whether after the business of the day."""

LONGEST_PERIOD = 60
"""More days than any board counts back from its meetings."""


@transaction.atomic
def make_board(
    *,
    body: Body,
    name: str,
    short: str,
    kind: str,
    starts: date,
    ends: date | None = None,
    predecessor: Board | None = None,
    decider: Office | None = None,
    listed: bool = True,
    standing: Sequence[tuple[str, str, bool]] = USUAL,
    by: User,
    at: datetime,
    **rules: Any,
) -> Board:
    """Begin a board of a body with the items that come to each of its meetings."""
    require(by, Ability.MANAGE_MEETINGS, body, on=localdate(at))
    name, short = given("name", name), given("short", short)
    _of_body(body, predecessor, decider)
    taken = Board.objects.values_list("slug", flat=True)
    board = Board(
        body=body,
        name=name,
        short=short,
        slug=free_slug(short, [*taken, *RESERVED_SLUGS]),
        kind=kind,
        starts=starts,
        ends=ends,
        predecessor=predecessor,
        decider=decider,
        listed=listed,
        made_at=at,
        **_rules(rules),
    )
    board.full_clean(exclude=RULES_AS_JSON)
    board.save()
    _stand(board, standing)
    record(board, "began a board", by=by, at=at, body=body, starts=starts)
    return board


def _of_body(body: Body, predecessor: Board | None, decider: Office | None) -> None:
    if predecessor is not None and predecessor.body_id != body.pk:
        raise ValidationError({"predecessor": "That board belongs to another body."})
    if decider is not None and decider.body_id != body.pk:
        raise ValidationError({"decider": f"{decider.title} is an office of another body."})


def _stand(board: Board, standing: Sequence[tuple[str, str, bool]]) -> None:
    for position, (kind, title, at_end) in enumerate(standing, 1):
        StandingItem.objects.create(board=board, kind=kind, title=title, position=position, at_end=at_end)


RULES_AS_JSON = frozenset({"quorum", "recurrence"})
RULES = frozenset(
    {
        "house_template",
        "decision_pattern",
        "item_scheme",
        "quorum",
        "recurrence",
        "usual_time",
        "usual_place",
        "papers_days",
        "notice_days",
        "minutes_days",
        "questions_days",
        "jurisdiction",
    }
)


def _rules(given: dict[str, Any]) -> dict[str, Any]:
    """House rules as a board keeps them; each that makes no sense is refused beside its own name."""
    unknown = set(given) - RULES
    if unknown:
        raise TypeError(f"A board has no such rule: {', '.join(sorted(unknown))}.")
    kept = dict(given)
    problems: dict[str, list[str]] = {}
    if isinstance(kept.get("quorum"), QuorumRule):
        kept["quorum"] = quorum_form(kept["quorum"])
    if isinstance(kept.get("recurrence"), Recurrence):
        wrong = problems_of_recurrence(kept["recurrence"])
        if wrong:
            problems["recurrence"] = [problem.message for problem in wrong]
        kept["recurrence"] = recurrence_form(kept["recurrence"])
    if "decision_pattern" in kept:
        wrong = problems_of_pattern(kept["decision_pattern"])
        if wrong:
            problems["decision_pattern"] = [problem.message for problem in wrong]
    if kept.get("item_scheme", "decimal") not in SCHEMES:
        problems["item_scheme"] = ["Choose one of the ways of numbering."]
    for name in ("papers_days", "notice_days", "minutes_days", "questions_days"):
        if not 0 <= int(kept.get(name, 0)) <= LONGEST_PERIOD:
            problems[name] = [f"Give a number of days from 0 to {LONGEST_PERIOD}."]
    if problems:
        raise ValidationError(problems)
    return kept


@transaction.atomic
def set_house_rules(*, board: Board, by: User, at: datetime, **rules: Any) -> None:
    """Change the rules by which a board meets. Meetings that were called keep the days they were given."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    changed = {name: value for name, value in _rules(rules).items() if getattr(board, name) != value}
    if not changed:
        return
    was = {name: getattr(board, name) for name in changed}
    for name, value in changed.items():
        setattr(board, name, value)
    board.full_clean(exclude=RULES_AS_JSON)
    board.save(update_fields=list(changed))
    record(board, "changed house rules", by=by, at=at, body=board.body, was=was, now=changed)


@transaction.atomic
def rename_board(
    *,
    board: Board,
    name: str,
    listed: bool,
    ends: date | None,
    decider: Office | None,
    by: User,
    at: datetime,
) -> None:
    """What a board is called, who decides on its advice, whether the public is told of it, when it ends."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    _of_body(board.body, None, decider)
    last = board.meetings.exclude(stage="cancelled").order_by("on").values_list("on", flat=True).last()
    if ends is not None and last is not None and ends < last:
        raise ValidationError({"ends": f"It still meets on {last:%-d %B %Y}. Cancel that meeting first."})
    board.name, board.listed, board.ends, board.decider = given("name", name), listed, ends, decider
    board.full_clean(exclude=RULES_AS_JSON)
    board.save(update_fields=["name", "listed", "ends", "decider"])
    record(board, "renamed", by=by, at=at, body=board.body, name=board.name, listed=listed, ends=ends)


@transaction.atomic
def set_standing(*, board: Board, standing: Sequence[tuple[str, str, bool]], by: User, at: datetime) -> None:
    """Choose the items that come to every meeting from now on; agendas that exist stay as they are."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    for kind, title, _at_end in standing:
        if kind not in ItemKind.values or not title.strip():
            raise ValidationError("Every standing item needs a title and a kind.")
    board.standing_items.all().delete()
    _stand(board, [(kind, title.strip(), at_end) for kind, title, at_end in standing])
    record(board, "chose standing items", by=by, at=at, body=board.body, items=[t for _k, t, _e in standing])


@transaction.atomic
def set_terms(
    *, board: Board, from_day: date, text: Text, adopted: str = "", by: User, at: datetime
) -> Terms:
    """Keep the terms of reference as they stand from a day; earlier ones stay to be compared with."""
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    if not any(section.blocks for _number, section in text.walk()):
        raise ValidationError({"words": "There are no words in it."})
    if from_day < board.starts:
        raise ValidationError({"from_day": f"{board.name} began on {board.starts:%-d %B %Y}."})
    seal = text_seal(text)
    if board.terms.filter(seal=seal, from_day=from_day).exists():
        raise ValidationError({"words": "These are the terms as they stand from that day already."})
    terms = Terms.objects.create(
        board=board,
        from_day=from_day,
        form=form_of(text),
        seal=seal,
        adopted=adopted.strip(),
        made_at=at,
        made_by=by.name,
    )
    record(board, "set terms of reference", by=by, at=at, body=board.body, from_day=from_day, seal=seal)
    return terms
