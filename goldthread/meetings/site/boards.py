"""Public pages of boards: what each is, its meetings, agendas, minutes and actions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from goldthread.core.text import numbers
from goldthread.files.html_blocks import text_html
from goldthread.meetings import published
from goldthread.meetings.doors import public_boards
from goldthread.meetings.minutes_text import labels_of, public_minutes
from goldthread.meetings.site.answering import public_page


def _pictureless(_image: str) -> str:
    return ""


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """Every board of which the public is told: those that meet now, and those that did."""
    today = timezone.localdate()
    boards = list(public_boards())
    context = {
        "boards": [board for board in boards if board.exists_on(today)],
        "past": [board for board in boards if not board.exists_on(today)],
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/boards.html", context)


@public_page
def board(request: HttpRequest, board: str) -> HttpResponse:
    """One board: what it is, who sits on it, when it meets next, its past meetings by year."""
    found = published.board_of(board)
    today = timezone.localdate()
    terms = published.terms_of(found, today)
    text = terms[0] if terms else None
    context = {
        "board": found,
        "members": published.members_of(found, today),
        "meetings": published.meetings_of(found, today),
        "terms": terms,
        "terms_html": _html(text_html(text, numbers(text), level=2, image_address=_pictureless))
        if text
        else "",
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/board.html", context)


def _html(html: str) -> str:
    return mark_safe(html)  # noqa: S308 - written by our own renderer, which escapes


@public_page
def meeting(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """One meeting: its agenda with papers, questions, decisions, and the way to its minutes and pack."""
    found = published.meeting_of(board, meeting)
    context = {
        "meeting": found,
        "board": found.board,
        "items": published.agenda_of(found),
        "decisions": published.decisions_of(found),
        "questions": published.questions_of(found),
        "minutes_on": published.minutes_published(found),
        "packs": published.packs_of(found),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/meeting.html", context)


@public_page
def minutes(request: HttpRequest, board: str, meeting: str) -> HttpResponse:
    """The published minutes of a meeting, with who came and what they declared."""
    found = published.meeting_of(board, meeting)
    kept = getattr(found, "minutes", None)
    text = public_minutes(kept) if kept is not None else None
    if kept is None or text is None:
        raise Http404("These minutes have not been published.")
    kept.meeting = found
    html = text_html(text, labels_of(found, text), level=2, image_address=_pictureless)
    context = {
        "meeting": found,
        "board": found.board,
        "minutes": kept,
        "published_on": published.minutes_published(found),
        "kept_back": [item for item in published.agenda_of(found) if item.exempt],
        "html": _html(html),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/minutes.html", context)


@public_page
def actions(request: HttpRequest, board: str) -> HttpResponse:
    """The actions of a board's published minutes: open ones first."""
    found = published.board_of(board)
    rows = published.actions_of(found)
    context = {
        "board": found,
        "open": [row for row in rows if row.open],
        "done": [row for row in rows if not row.open],
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/actions.html", context)
