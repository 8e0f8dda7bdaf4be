"""Minutes: begun, written item by item, circulated, amended, approved as a correct record, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.minutes import (
    IllegalMinutesMove,
    MinutesMove,
    MinutesState,
    advance,
    problems_approving,
)
from goldthread.core.text import seal_of
from goldthread.meetings.actions.minuting import Conflict, Saved, locked, write_minute, write_words
from goldthread.meetings.minutes_text import living_entries, people_of
from goldthread.meetings.models import Meeting, MeetingStage, Minutes, MinutesStage, MinutesVersion, Seat
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.seals import sealed

__all__ = [
    "Conflict",
    "Saved",
    "Standing",
    "amend",
    "approve_minutes",
    "begin_minutes",
    "circulate",
    "publish_minutes",
    "standing_of",
    "unapproved",
    "usual_readers",
    "write_minute",
    "write_words",
]


class Standing(NamedTuple):
    """Minutes as they would be kept now, and the seal of that."""

    form: list[list[Any]]
    attendance: list[dict[str, Any]]
    seal: str


def standing_of(minutes: Minutes) -> Standing:
    """What a version made now would hold: what is minuted, and who took part."""
    form = [entry.row for entry in living_entries(minutes) if entry.section.blocks]
    attendance = people_of(minutes.meeting)
    return Standing(form, attendance, seal_of([form, attendance]))


@transaction.atomic
def begin_minutes(*, meeting: Meeting, by: User, at: datetime) -> Minutes:
    """Begin the minutes of a meeting whose agenda is published; those begun already are given back."""
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    if meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError(_("This meeting was cancelled, so there is nothing to minute."))
    if meeting.stage == MeetingStage.PLANNED:
        raise ValidationError(_("Publish the agenda first: minutes follow its numbers."))
    minutes, begun = Minutes.objects.get_or_create(meeting=meeting, defaults={"made_at": at})
    if begun:
        record(minutes, "began minutes", by=by, at=at, body=meeting.board.body)
    return minutes


def _moved(minutes: Minutes, move: MinutesMove) -> MinutesStage:
    try:
        return MinutesStage(advance(MinutesState(minutes.stage), move).value)
    except IllegalMinutesMove as refused:
        raise ValidationError(str(refused)) from refused


@transaction.atomic
def circulate(
    *, minutes: Minutes, to: Sequence[str] = (), note: str = "", by: User, at: datetime
) -> MinutesVersion:
    """Send the draft round: what it says and who took part are fixed as a version, with who it went to.

    ``to`` are names; where none are given it goes to everybody with a seat and everybody noted.
    """
    minutes = locked(minutes)
    body = minutes.meeting.board.body
    require(by, Ability.MANAGE_MEETINGS, body, on=localdate(at))
    stage = _moved(minutes, MinutesMove.CIRCULATE)
    if minutes.meeting.stage != MeetingStage.HELD:
        raise ValidationError(_("Say first that the meeting was held. Minutes go round only after that."))
    standing = _complete(minutes)
    version = _freeze(minutes, standing, stage, note, to or usual_readers(minutes.meeting), by, at)
    minutes.stage, minutes.circulated_at = stage, at
    minutes.save(update_fields=["stage", "circulated_at"])
    _event(minutes, "circulated minutes", version, by, at)
    return version


def usual_readers(meeting: Meeting) -> list[str]:
    """Everybody noted at a meeting, then everybody with a seat that day, each once."""
    seats = Seat.objects.filter(board=meeting.board, starts__lte=meeting.on)
    held = [seat.name for seat in seats if seat.ends is None or seat.ends >= meeting.on]
    return list(dict.fromkeys([*meeting.attendance.values_list("name", flat=True), *held]))


def _complete(minutes: Minutes) -> Standing:
    """What the minutes say now; refused where nothing is minuted, or two texts are not settled."""
    standing = standing_of(minutes)
    if not standing.form:
        raise ValidationError(_("Nothing is minuted yet. Write under at least one item first."))
    open_items = minutes.kept.filter(settled_at__isnull=True).values_list("item__number", flat=True)
    if open_items:
        numbers = ", ".join(sorted(set(open_items)))
        raise ValidationError(
            _("Two people saved different words under %(numbers)s. Choose between them first.")
            % {"numbers": numbers}
        )
    return standing


def _freeze(
    minutes: Minutes,
    standing: Standing,
    stage: MinutesStage,
    note: str,
    to: Sequence[str],
    by: User,
    at: datetime,
) -> MinutesVersion:
    last = minutes.versions.order_by("number").last()
    return MinutesVersion.objects.create(
        minutes=minutes,
        number=last.number + 1 if last else 1,
        stage=stage,
        form=standing.form,
        attendance=standing.attendance,
        sent_to=list(to),
        seal=standing.seal,
        note=note.strip(),
        at=at,
        by_name=by.name,
    )


def _event(
    minutes: Minutes, verb: str, version: MinutesVersion, by: User, at: datetime, **facts: Any
) -> None:
    kept = {"version": version.number, "seal": version.seal, "rows": sealed(version), **facts}
    record(minutes, verb, by=by, at=at, body=minutes.meeting.board.body, **kept)


@transaction.atomic
def amend(*, minutes: Minutes, note: str, to: Sequence[str] = (), by: User, at: datetime) -> MinutesVersion:
    """Fix what was changed since the minutes went round as a version of its own, with why, and send it.

    The version before stays as it was, and the two can be compared.
    """
    minutes = locked(minutes)
    require(by, Ability.MANAGE_MEETINGS, minutes.meeting.board.body, on=localdate(at))
    if minutes.stage != MinutesStage.CIRCULATED:
        raise ValidationError(_("Only minutes that went round, and are not approved yet, are amended."))
    if not note.strip():
        raise ValidationError(_("Say what was amended, and why."))
    standing = _complete(minutes)
    last = minutes.versions.order_by("number").last()
    if last is not None and last.seal == standing.seal:
        raise ValidationError(_("Nothing has changed since they went round. Change the words first."))
    whom = to or (last.sent_to if last else ()) or usual_readers(minutes.meeting)
    version = _freeze(minutes, standing, MinutesStage.CIRCULATED, note, whom, by, at)
    _event(minutes, "amended minutes", version, by, at)
    return version


@transaction.atomic
def approve_minutes(
    *, minutes: Minutes, at_meeting: Meeting, words: str = "", by: User, at: datetime
) -> MinutesVersion:
    """Record that a later meeting of the board approved minutes as a correct record.

    ``words`` say what it was subject to; where the text has changed since it went round they must.
    Refused at their own or a cancelled meeting, and while earlier minutes are not approved.
    """
    minutes = locked(minutes)
    board = minutes.meeting.board
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    words = words.strip()
    if len(words) > 500:
        raise ValidationError(_("“Subject to” is too long: 500 letters is the most."))
    move = MinutesMove.APPROVE_AS_AMENDED if words else MinutesMove.APPROVE
    stage = _moved(minutes, move)
    _may_approve(minutes, at_meeting, at)
    standing = _complete(minutes)
    last = minutes.versions.order_by("number").last()
    if last is not None and last.seal != standing.seal and not words:
        raise ValidationError(
            _("The words have changed since they went round. Say subject to what they were approved.")
        )
    version = _freeze(minutes, standing, stage, words, (), by, at)
    minutes.stage, minutes.approved_at, minutes.approved_words = stage, at_meeting, words
    minutes.save(update_fields=["stage", "approved_at", "approved_words"])
    _event(minutes, "approved minutes", version, by, at, meeting=str(at_meeting), subject_to=bool(words))
    return version


def _may_approve(minutes: Minutes, at_meeting: Meeting, at: datetime) -> None:
    meeting = minutes.meeting
    if at_meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError(_("That meeting was cancelled, so it approved nothing. Name the one held."))
    if at_meeting.stage == MeetingStage.PLANNED or localdate(at_meeting.starts_at) > localdate(at):
        raise ValidationError(_("That meeting has not been held yet. Record the approval when it has."))
    earlier = [each.meeting.on for each in unapproved(meeting)]
    problems = problems_approving(
        meeting.on, at_meeting.on, earlier, same_body=meeting.board_id == at_meeting.board_id
    )
    if problems and at_meeting.pk != meeting.pk and at_meeting.on == meeting.on:
        later = at_meeting.starts_at > meeting.starts_at
        problems = tuple(p for p in problems if not (later and p.code == "own-minutes"))
    if problems:
        raise ValidationError([problem.message for problem in problems])


def unapproved(before: Meeting) -> list[Minutes]:
    """The minutes of a board's meetings before one which are not approved yet, oldest first."""
    rows = Minutes.objects.filter(
        meeting__board=before.board_id,
        meeting__starts_at__lt=before.starts_at,
        stage__in=(MinutesStage.DRAFT, MinutesStage.CIRCULATED),
    )
    return list(rows.exclude(meeting__stage=MeetingStage.CANCELLED).order_by("meeting__starts_at"))


@transaction.atomic
def publish_minutes(*, minutes: Minutes, by: User, at: datetime) -> None:
    """Let the public read approved minutes: those of their entries that are open."""
    minutes = locked(minutes)
    require(by, Ability.MANAGE_MEETINGS, minutes.meeting.board.body, on=localdate(at))
    stage = _moved(minutes, MinutesMove.PUBLISH)
    minutes.stage, minutes.published_at = stage, at
    minutes.save(update_fields=["stage", "published_at"])
    last = minutes.versions.order_by("number").last()
    facts = {"version": last.number, "seal": last.seal} if last else {}
    record(minutes, "published minutes", by=by, at=at, body=minutes.meeting.board.body, **facts)
