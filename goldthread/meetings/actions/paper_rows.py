"""What every action on a paper does alike: take its row, ask who may write, say back what was saved."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.doors import may_write
from goldthread.meetings.models import AgendaItem, Board, MeetingStage, Paper
from goldthread.meetings.papers import OPEN_STAGES
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import User

CLOSED = "It is {stage}. Ask whoever manages the board's meetings to return it; then it can be changed."


def locked(paper: Paper) -> Paper:
    """The paper as it is now, held until the commit."""
    Paper.objects.select_for_update().get(pk=paper.pk)
    related = ("board__body", "document", "item__meeting", "author", "owner_office")
    return Paper.objects.select_related(*related).get(pk=paper.pk)


def require_writer(by: User, paper: Paper, at: datetime) -> None:
    """Refuse whoever may not change this paper, or not at the stage that it has reached."""
    on = localdate(at)
    require(by, Ability.WRITE_PAPER, paper.board.body, on=on)
    if paper.stage not in OPEN_STAGES:
        raise ValidationError(CLOSED.format(stage=paper.get_stage_display().lower()))
    if not may_write(by, paper, on=on):
        raise NotAllowed(f"{by.name} may not change this paper: it is another author's, of another office.")


def copy_saved(fresh: Paper, paper: Paper, fields: list[str]) -> None:
    """Let the row that the caller holds say what was saved."""
    for name in fields:
        setattr(paper, name, getattr(fresh, name))


def given_words(words: str, field: str, message: str, longest: int) -> str:
    if not words.strip():
        raise ValidationError({field: message})
    if len(words.strip()) > longest:
        raise ValidationError({field: f"It is too long: {longest} characters is the most."})
    return words.strip()


def check_item(item: AgendaItem | None, board: Board) -> None:
    """Refuse an agenda item on which no paper of this board can come."""
    if item is None:
        return
    if item.meeting.board_id != board.pk:
        raise ValidationError({"item": "That item is on the agenda of another board."})
    if item.withdrawn_at is not None:
        raise ValidationError({"item": "That item was withdrawn. Choose another, or add one to the agenda."})
    if item.meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError({"item": "That meeting was cancelled. Choose an item of another meeting."})
