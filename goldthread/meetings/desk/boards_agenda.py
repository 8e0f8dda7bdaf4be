"""The agenda: read by members, built and published by whoever manages meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.accepting import accept_paper
from goldthread.meetings.actions.agenda import add_item, mark_held, mark_item, publish_agenda, step_item
from goldthread.meetings.actions.forward import place_on_agenda
from goldthread.meetings.agendas import in_order
from goldthread.meetings.builder import as_public, building
from goldthread.meetings.doors import audience_of, meeting_for, note_reading, seen_agenda
from goldthread.meetings.forms.agenda import AddItemForm, PublishForm
from goldthread.meetings.house_rules import has_short_notice
from goldthread.meetings.models import Meeting, MeetingStage, Paper, PaperStage, Planned, PlannedState
from goldthread.plans.desk.frame import Acting, desk_page, refusals

OPEN_STAGES = (MeetingStage.PLANNED, MeetingStage.PUBLISHED)


@desk_page
def agenda(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """The agenda of a meeting: to be built, or to be read."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    can = acting.abilities(meeting.board.body)
    if Ability.MANAGE_MEETINGS not in can:
        audience = audience_of(acting.user, meeting.board.body, acting.on)
        items = seen_agenda(meeting, audience=audience)
        _note([each.item for each in items if each.item], acting, meeting)
        return render(request, "meetings/desk/agenda_read.html", {"meeting": meeting, "items": items})
    if request.method == "GET":
        _note(in_order(meeting), acting, meeting)
    return _builder(request, acting, meeting)


def _note(items: list[Any], acting: Acting, meeting: Meeting) -> None:
    for item in items:
        item.meeting = meeting
        note_reading(item, by=acting.user, at=acting.at, body=meeting.board.body)


def _builder(
    request: HttpRequest, acting: Acting, meeting: Meeting, form: AddItemForm | None = None
) -> HttpResponse:
    made = building(meeting, on=acting.on)
    is_open = meeting.stage in OPEN_STAGES
    context = {
        "meeting": meeting,
        "made": made,
        "today": acting.on,
        "is_open": is_open,
        "form": form or AddItemForm(meeting=meeting, initial={"seen": made.seen}),
        "planned": _planned(meeting) if is_open else (),
        "waiting": _waiting(meeting) if is_open else (),
        "can": acting.abilities(meeting.board.body),
        "may_be_held": meeting.stage == MeetingStage.PUBLISHED and acting.on >= meeting.on,
    }
    return render(request, "meetings/desk/agenda.html", context)


def _planned(meeting: Meeting) -> list[Planned]:
    """What the forward plan has for this meeting or an earlier one, and is on no agenda yet."""
    rows = meeting.board.planned.filter(state=PlannedState.PLANNED, due__lte=meeting.on)
    return list(rows.select_related("lead"))


def _waiting(meeting: Meeting) -> list[Paper]:
    """The papers that were handed in and stand on no agenda."""
    rows = Paper.objects.filter(board=meeting.board, item__isnull=True, stage=PaperStage.SUBMITTED)
    return list(rows.select_related("author").order_by("dated", "pk"))


def _managed(acting: Acting, board: str, slug: str) -> Meeting:
    return meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)


@desk_page
@require_POST
def step(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Move an item one step; the button that was pressed says which and where: "up:12"."""
    meeting = _managed(acting, board, slug)
    way, _colon, pk = request.POST.get("step", "").partition(":")
    item = meeting.items.filter(pk=pk).first() if pk.isdigit() else None
    if item is None:
        messages.error(request, _("That item was taken off the agenda meanwhile. Nothing was moved."))
        return redirect(meeting)
    item.meeting = meeting
    with refusals(request) as done:
        seen = request.POST.get("seen", "")
        if way == "open":
            mark_item(item=item, marking="open", by=acting.user, at=acting.at)
        else:
            step_item(item=item, step=way, seen=seen, by=acting.user, at=acting.at)
    if done() and way != "open":
        item.refresh_from_db()
        messages.success(
            request, _("“%(title)s” is now %(number)s.") % {"title": item.title, "number": item.number}
        )
    return redirect(meeting)


@desk_page
def add(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Add an item to the agenda; what was typed is shown again where it is refused."""
    meeting = _managed(acting, board, slug)
    form = AddItemForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals(request, form) as done:
            item = add_item(
                meeting=meeting,
                parent=given["parent"],
                late_reason=given.get("late_reason", ""),
                by=acting.user,
                at=acting.at,
                **form.words(),
            )
        if done():
            messages.success(request, _("Added as item %(number)s.") % {"number": item.number})
            return redirect(f"{meeting.get_absolute_url()}#{item.anchor}")
    return _builder(request, acting, meeting, form)


@desk_page
@require_POST
def bring(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Put a line of the forward plan on the agenda."""
    meeting = _managed(acting, board, slug)
    planned = get_object_or_404(Planned, board=meeting.board, pk=request.POST.get("planned") or 0)
    with refusals(request) as done:
        late = request.POST.get("late_reason", "")
        item = place_on_agenda(
            planned=planned, meeting=meeting, late_reason=late, by=acting.user, at=acting.at
        )
    if done():
        messages.success(request, _("On the agenda as item %(number)s.") % {"number": item.number})
    return redirect(meeting)


@desk_page
@require_POST
def attach_paper(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Accept a paper that was handed in, onto an item of this agenda."""
    meeting = _managed(acting, board, slug)
    papers = Paper.objects.filter(board=meeting.board)
    paper = get_object_or_404(papers, pk=request.POST.get("paper") or 0)
    item = get_object_or_404(meeting.items, pk=request.POST.get("item") or 0)
    with refusals(request) as done:
        doubts = accept_paper(paper=paper, item=item, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("The paper is accepted for item %(number)s.") % {"number": item.number})
        for doubt in doubts:
            messages.warning(request, str(doubt.message))
    return redirect(f"{meeting.get_absolute_url()}#{item.anchor}")


@desk_page
def publish(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """What the public will read, and the button that lets them."""
    meeting = _managed(acting, board, slug)
    form = PublishForm(request.POST if request.method == "POST" else None)
    form.fields["notice_reason"].required = short = has_short_notice(meeting, acting.on)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            publish_agenda(meeting=meeting, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("The agenda is published. Its numbers are fixed from now on."))
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "made": building(meeting, on=acting.on),
        "items": as_public(meeting, at=acting.at),
        "short": short,
    }
    return render(request, "meetings/desk/meeting_publish.html", context)


@desk_page
@require_POST
def held(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Say that the meeting was held."""
    meeting = _managed(acting, board, slug)
    with refusals(request) as done:
        mark_held(meeting=meeting, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Kept: the meeting was held. Its agenda is closed."))
    return redirect(meeting)


@desk_page
def papers(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Every paper of the meeting, by item, and those that are still wanted."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    can = acting.abilities(meeting.board.body)
    audience = audience_of(acting.user, meeting.board.body, acting.on)
    context: dict[str, Any] = {"meeting": meeting, "can": can, "today": acting.on}
    if Ability.MANAGE_MEETINGS in can:
        context["made"] = building(meeting, on=acting.on)
    else:
        context["items"] = [each for each in seen_agenda(meeting, audience=audience) if each.papers]
    return render(request, "meetings/desk/meeting_papers.html", context)
