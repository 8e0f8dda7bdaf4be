"""What is done with a paper that was handed in: returned, accepted, withdrawn, marked."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking, problems_with
from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.core.problems import Problem
from goldthread.meetings.actions.paper_rows import check_item, copy_saved, locked
from goldthread.meetings.followers import tell_accepted, tell_returned
from goldthread.meetings.models import (
    AgendaItem,
    Board,
    Meeting,
    MeetingStage,
    Paper,
    PaperReturn,
    PaperStage,
)
from goldthread.meetings.papers import findings, latest, signings
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.people.queries import offices_of
from goldthread.plans.seals import sealed


@transaction.atomic
def return_paper(*, paper: Paper, words: str, by: User, at: datetime) -> PaperReturn:
    """Give a paper back to its author with the words of what is to be done; off the agenda meanwhile."""
    require(by, Ability.MANAGE_MEETINGS, paper.board.body, on=localdate(at))
    fresh = locked(paper)
    last = latest(fresh)
    if fresh.stage not in (PaperStage.SUBMITTED, PaperStage.ACCEPTED) or last is None:
        raise ValidationError(f"It is {fresh.get_stage_display().lower()}, so there is nothing to return.")
    if fresh.item and fresh.stage == PaperStage.ACCEPTED and fresh.item.meeting.stage == MeetingStage.HELD:
        raise ValidationError("The meeting has been held on this paper. It stays as the meeting had it.")
    if not words.strip():
        raise ValidationError({"words": "Say what the author is asked to do."})
    given = PaperReturn.objects.create(version=last, words=words.strip(), at=at, by_name=by.name)
    fresh.stage = PaperStage.RETURNED
    fresh.save(update_fields=["stage"])
    copy_saved(fresh, paper, ["stage"])
    tell_returned(fresh, by=by, at=at)
    facts = {"version": last.number, "rows": sealed(given)}
    record(fresh, "returned paper", by=by, at=at, body=fresh.board.body, **facts)
    return given


@transaction.atomic
def accept_paper(*, paper: Paper, item: AgendaItem, by: User, at: datetime) -> tuple[Problem, ...]:
    """Take a paper, as it was last handed in, onto an agenda item; gives what is doubtful, blocks nothing."""
    require(by, Ability.MANAGE_MEETINGS, paper.board.body, on=localdate(at))
    fresh = locked(paper)
    last = latest(fresh)
    if fresh.stage not in (PaperStage.SUBMITTED, PaperStage.ACCEPTED) or last is None:
        raise ValidationError(
            f"It is {fresh.get_stage_display().lower()}. Only a paper that was handed in can be accepted."
        )
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    check_item(item, fresh.board)
    if item.meeting.stage == MeetingStage.HELD:
        raise ValidationError({"item": "That meeting has been held. Choose an item of a meeting to come."})
    if fresh.item_id != item.pk:
        fresh.position = (item.papers.aggregate(last=Max("position"))["last"] or 0) + 1
    fresh.item, fresh.stage = item, PaperStage.ACCEPTED
    fresh.save(update_fields=["item", "position", "stage"])
    copy_saved(fresh, paper, ["item", "position", "stage"])
    tell_accepted(fresh, last, by=by, at=at)
    doubts = warnings_of(fresh, on=localdate(at))
    record(
        fresh,
        "accepted paper",
        by=by,
        at=at,
        body=fresh.board.body,
        item=str(item.pk),
        doubts=[each.code for each in doubts],
    )
    return doubts


def warnings_of(paper: Paper, *, on: date) -> tuple[Problem, ...]:
    """What whoever accepts a paper should know: signatures that are missing, and what proofing found."""
    found = [
        Problem(each.sign_off.office.title, f"Its sign-off ({each.sign_off.kind}): {each.words}.", "sign-off")
        for each in signings(paper, on=on)
        if each.tone != "good"
    ]
    if not paper.marking:
        found.append(
            Problem("Marking", "It bears no marking, so nobody but officers can read it.", "marking")
        )
    found.extend(Problem(each.where, each.message, each.code) for each in findings(paper))
    return tuple(found)


@transaction.atomic
def withdraw_paper(*, paper: Paper, reason: str, by: User, at: datetime) -> None:
    """Withdraw a paper; what was handed in of it is kept."""
    on = localdate(at)
    fresh = locked(paper)
    mine = fresh.author_id == by.pk or fresh.owner_office_id in {o.pk for o in offices_of(by, on)}
    ability = Ability.WRITE_PAPER if mine else Ability.MANAGE_MEETINGS
    require(by, ability, fresh.board.body, on=on)
    if fresh.stage == PaperStage.WITHDRAWN:
        raise ValidationError("It was withdrawn already.")
    if fresh.item and fresh.stage == PaperStage.ACCEPTED and fresh.item.meeting.stage == MeetingStage.HELD:
        raise ValidationError("The meeting has been held on this paper. It can no longer be withdrawn.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is withdrawn."})
    fresh.stage, fresh.withdrawn_reason = PaperStage.WITHDRAWN, reason.strip()[:300]
    fresh.save(update_fields=["stage", "withdrawn_reason"])
    copy_saved(fresh, paper, ["stage", "withdrawn_reason"])
    record(fresh, "withdrew paper", by=by, at=at, body=fresh.board.body)


@transaction.atomic
def mark_paper(
    *,
    paper: Paper,
    marking: str,
    by: User,
    at: datetime,
    reason_code: str = "",
    reason_words: str = "",
    public_title: str = "",
    review_on: date | None = None,
) -> None:
    """Say how far a paper may go: open, for members, or exempt with a reason in law and a review."""
    on = localdate(at)
    require(by, Ability.MARK_EXEMPT, paper.board.body, on=on)
    fresh = locked(paper)
    check_marking(fresh.board, marking, reason_code, by, review_on, on)
    exempt = marking == Marking.EXEMPT
    fresh.marking, fresh.marked_by, fresh.marked_at = marking, by.name, at
    fresh.reason_code = "" if marking == Marking.OPEN else reason_code
    fresh.reason_words = "" if marking == Marking.OPEN else reason_words.strip()[:500]
    fresh.public_title = public_title.strip()[:200] if exempt else ""
    fresh.review_on = review_on if exempt else None
    fields = [
        "marking",
        "marked_by",
        "marked_at",
        "reason_code",
        "reason_words",
        "public_title",
        "review_on",
    ]
    fresh.save(update_fields=fields)
    copy_saved(fresh, paper, fields)
    facts = {"marking": marking, "reason": fresh.reason_code, "review_on": review_on}
    record(fresh, "marked paper", by=by, at=at, body=fresh.board.body, **facts)


def check_marking(
    board: Board, marking: str, reason_code: str, by: User, review_on: date | None, on: date
) -> None:
    """Refuse, field by field, a marking that lacks something."""
    fields = {"Marking": "marking", "Reason": "reason_code", "Review date": "review_on"}
    jurisdiction = Jurisdiction(board.jurisdiction)
    problems = problems_with(marking, reason_code, by.name, review_on, on, jurisdiction=jurisdiction)
    if problems:
        raise ValidationError({fields.get(each.where, "marking"): each.message for each in problems})
