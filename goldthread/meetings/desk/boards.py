"""The room of boards: what is next and what it lacks; one board; beginning one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.boards import make_board
from goldthread.meetings.builder import Building, building
from goldthread.meetings.calendar import address_for, boards_of
from goldthread.meetings.doors import board_for, boards_for, papers_for
from goldthread.meetings.forms.boards import BoardForm
from goldthread.meetings.models import (
    ActionState,
    Arising,
    Board,
    Meeting,
    MeetingStage,
    Paper,
    PaperStage,
)
from goldthread.people.queries import abilities, bodies_where
from goldthread.plans.desk.frame import Acting, desk_page, refusals

COMING = (MeetingStage.PLANNED, MeetingStage.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A board as the room shows it: its next meeting, what that lacks, actions that are open."""

    board: Board
    next: Meeting | None
    made: Building | None
    open_actions: int


@desk_page
def home(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The boards of the office: what is next, what it lacks, what waits for the reader."""
    boards = list(boards_for(acting.user, on=acting.on))
    running = [board for board in boards if board.exists_on(acting.on)]
    begins = [office.body for office in acting.user.offices_on(acting.on)]
    own = papers_for(acting.user, on=acting.on).filter(board__in=boards, author=acting.user)
    context = {
        "shelves": [_shelf(board, acting) for board in running],
        "ended": [board for board in boards if board not in running],
        "waiting": _waiting(acting, boards),
        "mine": own.filter(stage__in=(PaperStage.DRAFTING, PaperStage.RETURNED)),
        "begins": any(Ability.MANAGE_MEETINGS in abilities(acting.user, b, acting.on) for b in set(begins)),
        "writes": bool(bodies_where(acting.user, Ability.WRITE_PAPER, acting.on)),
        "calendar": _calendar(request, acting),
        "today": acting.on,
    }
    return render(request, "meetings/desk/home.html", context)


def _shelf(board: Board, acting: Acting) -> Shelf:
    coming = board.meetings.filter(stage__in=COMING, on__gte=acting.on).order_by("starts_at")
    meeting = coming.first()
    manages = Ability.MANAGE_MEETINGS in acting.abilities(board.body)
    if meeting is not None:
        meeting.board = board
    made = building(meeting, on=acting.on) if meeting is not None and manages else None
    return Shelf(board, meeting, made, _open_actions(board))


def _open_actions(board: Board) -> int:
    return Arising.objects.filter(board=board, state=ActionState.OPEN).count()


def _waiting(acting: Acting, boards: list[Board]) -> list[Paper]:
    """The papers that were handed in, for those who may accept or return them."""
    managed = [b.pk for b in boards if Ability.MANAGE_MEETINGS in acting.abilities(b.body)]
    rows = Paper.objects.filter(board__in=managed, stage=PaperStage.SUBMITTED)
    return list(rows.select_related("board", "author", "item__meeting").order_by("pk"))


def _calendar(request: HttpRequest, acting: Acting) -> str:
    """The whole address of the reader's own calendar, where they sit on a board."""
    if not boards_of(acting.user, on=acting.on):
        return ""
    return request.build_absolute_uri(address_for(acting.user))


@desk_page
def new_board(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin a board."""
    body = acting.body_where(Ability.MANAGE_MEETINGS)
    form = BoardForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            board = make_board(body=body, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("The board is begun. Seat its members, then call its meetings."))
            return redirect(board)
    return render(request, "meetings/desk/board_new.html", {"form": form, "body": body})


@desk_page
def board(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """One board: its meetings to come and those held."""
    found = board_for(acting.user, board, on=acting.on)
    meetings = found.meetings.select_related("board")
    coming = meetings.filter(stage__in=COMING, on__gte=acting.on).order_by("starts_at")
    context = {
        "board": found,
        "coming": coming,
        "past": meetings.exclude(pk__in=coming.values("pk")).order_by("-starts_at")[:60],
        "can": acting.abilities(found.body),
        "seats": found.seats.exists(),
        "today": acting.on,
    }
    return render(request, "meetings/desk/board.html", context)
