"""Actions arising: taken from the minutes, reported on, changed, closed. Each step is in their history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.references import next_serial
from goldthread.core.text import canonical
from goldthread.meetings.models import (
    ActionNews,
    ActionState,
    AgendaItem,
    Arising,
    Board,
    Meeting,
    MeetingStage,
    Seat,
)
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import Office, User
from goldthread.people.queries import may, offices_of
from goldthread.plans.seals import sealed

LONGEST = 4_000
"""Letters of an action's words, or of a line of its history."""


@transaction.atomic
def take_action(
    *,
    board: Board,
    meeting: Meeting,
    item: AgendaItem | None,
    words: str,
    owners: Sequence[Seat] = (),
    owner_words: str = "",
    owner_office: Office | None = None,
    due: date | None = None,
    due_words: str = "",
    exempt: bool = False,
    anchor: str = "",
    minuted: str = "",
    by: User,
    at: datetime,
) -> Arising:
    """Take an action into a board's log under the next number of the meeting's year.

    An owner or a day may be missing; the log says so. The same line of the minutes, or the same
    words of the same item, are not taken twice.
    """
    require(by, Ability.MANAGE_MEETINGS, board.body, on=localdate(at))
    words = _words(words, _("Say what is to be done."))
    _belongs(board, meeting, item, owners)
    Board.objects.select_for_update().get(pk=board.pk)
    _refuse_twice(meeting, item, words, anchor)
    action = Arising.objects.create(
        board=board,
        meeting=meeting,
        item=item,
        number=_next_number(board, meeting.on.year),
        words=words,
        owner_words=(owner_words or ", ".join(seat.initials or seat.name for seat in owners))[:300],
        owner_office=owner_office,
        due=due,
        due_words=due_words[:100],
        exempt=exempt,
        anchor=anchor,
        minuted=minuted or words,
        made_at=at,
    )
    action.owners.set(owners)
    record(action, "took action", by=by, at=at, body=board.body, number=action.number)
    return action


def _words(words: str, missing: str) -> str:
    words = words.strip()
    if not words:
        raise ValidationError(missing)
    if len(words) > LONGEST:
        raise ValidationError(_("This is too long: %(most)s letters is the most.") % {"most": f"{LONGEST:,}"})
    return words


def _belongs(board: Board, meeting: Meeting, item: AgendaItem | None, owners: Sequence[Seat]) -> None:
    if meeting.board_id != board.pk:
        raise ValidationError(_("That meeting is of another board. Take the action into that board's log."))
    if meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError(_("That meeting was cancelled, so nothing can arise from it."))
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError(_("That item is on the agenda of another meeting."))
    if any(seat.board_id != board.pk for seat in owners):
        raise ValidationError(_("An owner must have a seat at this board. Name others in words."))


def _refuse_twice(meeting: Meeting, item: AgendaItem | None, words: str, anchor: str) -> None:
    for row in Arising.objects.filter(meeting=meeting):
        same_words = row.item_id == (item.pk if item else None) and canonical(row.words) == canonical(words)
        if (anchor and row.anchor == anchor) or (same_words and not (anchor and row.anchor)):
            raise ValidationError(
                _("This is in the log already, as action %(number)s.") % {"number": row.number}
            )


def _next_number(board: Board, year: int) -> str:
    taken = Arising.objects.filter(board=board, number__startswith=f"{year}/")
    serials = [int(number.partition("/")[2]) for number in taken.values_list("number", flat=True)]
    return f"{year}/{next_serial(serials):02}"


def is_owner(user: User, action: Arising, *, on: date) -> bool:
    """Whether an action is a person's own: by their seat or an office, while they hold
    any office at its body."""
    offices = {office.pk for office in offices_of(user, on, action.board.body)}
    if not offices:
        return False
    return action.owner_office_id in offices or any(
        seat.user_id == user.pk or (seat.user_id is None and seat.office_id in offices)
        for seat in action.owners.all()
    )


@transaction.atomic
def report_on(*, action: Arising, words: str, done: bool = False, by: User, at: datetime) -> ActionNews:
    """Say how an action goes, or that it is done: its owner may, or whoever manages meetings."""
    on = localdate(at)
    if not is_owner(by, action, on=on) and not may(by, Ability.MANAGE_MEETINGS, action.board.body, on):
        raise NotAllowed(_("Only its owners, and those who manage meetings, report on an action."))
    words = _words(words, _("Say how it goes, in a sentence that the Board can read."))
    action = _still_open(action)
    last = action.news.last()
    finishes = done and action.state != ActionState.DONE
    if last is not None and not finishes and (last.words, last.by_name) == (words, by.name):
        raise ValidationError(_("You have said this already."))
    was, now = {}, {}
    if finishes:
        was, now = {"state": action.state}, {"state": ActionState.DONE.value}
        action.state = ActionState.DONE
        action.save(update_fields=["state"])
    news = _log(action, words, was, now, by, at)
    _event(action, "reported done" if now else "reported on action", news, by, at)
    return news


@transaction.atomic
def change_action(
    *,
    action: Arising,
    why: str,
    words: str | None = None,
    owners: Sequence[Seat] | None = None,
    owner_words: str | None = None,
    due: date | None = None,
    clear_due: bool = False,
    minuted: str | None = None,
    by: User,
    at: datetime,
) -> ActionNews:
    """Change what an action says, who owes it or by when; what was replaced and why are kept.

    Only what is given is changed. ``clear_due`` takes the day away. ``minuted`` follows its line.
    """
    require(by, Ability.MANAGE_MEETINGS, action.board.body, on=localdate(at))
    why = _words(why, _("Say why it is changed."))
    action = _still_open(action)
    _belongs(action.board, action.meeting, action.item, owners or ())
    before = _facts(action)
    if words is not None:
        action.words = _words(words, _("Say what is to be done."))
    if owners is not None:
        action.owners.set(owners)
        action.owner_words = ", ".join(seat.initials or seat.name for seat in owners)
    if owner_words is not None:
        action.owner_words = owner_words.strip()[:300]
    if due is not None or clear_due:
        action.due, action.due_words = due, ""
    moved = minuted is not None and minuted != action.minuted
    action.minuted = minuted if minuted is not None else action.minuted
    after = _facts(action)
    changed = [name for name in after if after[name] != before[name]]
    if not changed and not moved:
        raise ValidationError(_("Nothing would change. Change its words, its owners or its day."))
    action.save(update_fields=["words", "owner_words", "due", "due_words", "minuted"])
    was, now = ({name: side[name] for name in changed} for side in (before, after))
    news = _log(action, why, was, now, by, at)
    _event(action, "changed action", news, by, at)
    return news


def _facts(action: Arising) -> dict[str, Any]:
    return {
        "words": action.words,
        "owners": action.owner_words,
        "due": action.due.isoformat() if action.due else "",
    }


@transaction.atomic
def close_action(
    *, action: Arising, on: date, words: str, dropped: bool = False, by: User, at: datetime
) -> ActionNews:
    """Close an action on a day, or drop it as no longer needed; it goes from later agendas."""
    require(by, Ability.MANAGE_MEETINGS, action.board.body, on=localdate(at))
    words = _words(words, _("Say why it is no longer needed.") if dropped else _("Say what was done."))
    action = _still_open(action)
    if on < action.meeting.on:
        raise ValidationError(_("It cannot be closed before the meeting from which it arose."))
    if on > localdate(at):
        raise ValidationError(_("That day is still to come. Close it on the day."))
    was = {"state": action.state}
    action.state = ActionState.DROPPED if dropped else ActionState.CLOSED
    action.closed_on = on
    action.save(update_fields=["state", "closed_on"])
    now = {"state": action.state.value, "closed": on.isoformat()}
    news = _log(action, words, was, now, by, at)
    _event(action, "dropped action" if dropped else "closed action", news, by, at)
    return news


@transaction.atomic
def reopen_action(*, action: Arising, why: str, by: User, at: datetime) -> ActionNews:
    """Open an action again that was reported done, closed or dropped."""
    require(by, Ability.MANAGE_MEETINGS, action.board.body, on=localdate(at))
    why = _words(why, _("Say why it is opened again."))
    action = _locked(action)
    if action.state == ActionState.OPEN:
        raise ValidationError(_("It is open."))
    was = {"state": action.state, "closed": action.closed_on.isoformat() if action.closed_on else ""}
    action.state, action.closed_on = ActionState.OPEN, None
    action.save(update_fields=["state", "closed_on"])
    news = _log(action, why, was, {"state": ActionState.OPEN.value}, by, at)
    _event(action, "opened action again", news, by, at)
    return news


@transaction.atomic
def mark_action(*, action: Arising, exempt: bool, by: User, at: datetime) -> None:
    """Keep an action from all but those who read everything, or let it go as far as its item."""
    require(by, Ability.MARK_EXEMPT, action.board.body, on=localdate(at))
    action = _locked(action)
    if action.exempt == exempt:
        return
    action.exempt = exempt
    action.save(update_fields=["exempt"])
    marking = Marking.EXEMPT.value if exempt else ""
    record(action, "marked action", by=by, at=at, body=action.board.body, marking=marking)


def _locked(action: Arising) -> Arising:
    return Arising.objects.select_for_update().get(pk=action.pk)


def _still_open(action: Arising) -> Arising:
    action = _locked(action)
    if not action.is_open:
        state = action.get_state_display().lower()
        raise ValidationError(_("This action is %(state)s. Open it again first.") % {"state": state})
    return action


def _log(
    action: Arising, words: str, was: dict[str, Any], now: dict[str, Any], by: User, at: datetime
) -> ActionNews:
    return ActionNews.objects.create(action=action, words=words, was=was, now=now, at=at, by_name=by.name)


def _event(action: Arising, verb: str, news: ActionNews, by: User, at: datetime) -> None:
    facts = {"number": action.number, "rows": sealed(news)}
    record(action, verb, by=by, at=at, body=action.board.body, **facts)
