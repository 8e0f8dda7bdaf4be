"""Atom feeds for the public: the register of decisions, and what each board put before the public."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goldthread.meetings import published
from goldthread.meetings.doors import public_decisions, public_meetings
from goldthread.meetings.models import Board, Decision, MeetingStage
from goldthread.meetings.published import News
from goldthread.meetings.site.answering import answered
from goldthread.plans.site.feed import told

NEWEST = 50


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The decisions published last."""
    rows = public_decisions().order_by("-published_at", "-pk")[:NEWEST]
    href = reverse("meetings:site-decisions")
    return _answer(request, _("Decisions"), _("The register of decisions."), href, _decided(rows))


@require_safe
def board(request: HttpRequest, board: str) -> HttpResponse:
    """What a board put before the public: agendas, minutes, decisions."""
    found = published.board_of(board)
    rows = public_decisions().filter(board=found).order_by("-published_at", "-pk")[:NEWEST]
    news = sorted((*_met(found), *_decided(rows)), key=lambda each: each.at, reverse=True)[:NEWEST]
    href = reverse("meetings:site-board", args=[found.slug])
    return _answer(request, found.name, _("Agendas, minutes and decisions."), href, news)


def _decided(rows: Iterable[Decision]) -> list[News]:
    found = list(rows)
    return [
        News(
            f"{seen.reference}: {seen.title}",
            seen.words if seen.exempt else seen.resolved,
            reverse("meetings:site-decision", args=[seen.slug]),
            row.published_at,
        )
        for row, seen in zip(found, published.shown_to_public(found), strict=True)
    ]


def _met(board: Board) -> list[News]:
    found: list[News] = []
    rows = public_meetings().filter(board=board).select_related("minutes").order_by("-on")[:NEWEST]
    for meeting in rows:
        day = f"{meeting.on:%-d %B %Y}"
        title = _("Agenda of %(day)s") % {"day": day}
        words = meeting.place
        if meeting.stage == MeetingStage.CANCELLED:
            title = _("Cancelled: the meeting of %(day)s") % {"day": day}
            words = meeting.cancelled_reason
        found.append(News(title, words, published.address_of(meeting), meeting.published_at))
        if published.minutes_published(meeting):
            address = reverse("meetings:site-minutes", args=[board.slug, meeting.slug])
            title = _("Minutes of %(day)s") % {"day": day}
            found.append(News(title, "", address, meeting.minutes.published_at))
    return found


def _answer(request: HttpRequest, title: str, words: str, href: str, news: Iterable[News]) -> HttpResponse:
    feed = Atom1Feed(
        title=told(title),
        link=request.build_absolute_uri(href),
        description=told(words),
        subtitle=told(words),
        feed_url=request.build_absolute_uri(request.path),
        language="en-GB",
    )
    for each in news:
        feed.add_item(
            title=told(each.title),
            link=request.build_absolute_uri(each.address),
            description=told(each.words),
            pubdate=timezone.localtime(each.at),
            updateddate=each.at,
        )
    content = feed.writeString("utf-8")
    return answered(request, HttpResponse(content, content_type="application/atom+xml; charset=utf-8"))
