"""One item of an agenda: its words, its marking, its place, whether it stays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.actions.agenda import (
    bring_back_item,
    change_item,
    mark_item,
    move_item,
    remove_item,
    withdraw_item,
)
from goldthread.meetings.agendas import family, fingerprint, in_order, item_fingerprint
from goldthread.meetings.doors import item_for, meeting_for, note_reading
from goldthread.meetings.forms.agenda import ItemForm, MarkingForm, PlaceForm, ReasonForm
from goldthread.meetings.models import AgendaItem, Meeting
from goldthread.plans.desk.frame import Acting, desk_page, refusals

WORDS = ("title", "kind", "purpose", "lead", "minutes_allowed", "note")
MARKS = ("marking", "reason_code", "reason_words", "public_title", "review_on")


def _item(acting: Acting, board: str, slug: str, pk: int) -> AgendaItem:
    meeting = meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    return item_for(meeting, pk, audience=Audience.FULL)


@desk_page
def item(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Change what an item says."""
    try:
        found = _item(acting, board, slug, pk)
    except Http404:
        return _gone(request, acting, board, slug)
    form = ItemForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        with refusals(request, form) as done:
            seen = form.cleaned_data["seen"]
            change_item(item=found, seen=seen, by=acting.user, at=acting.at, **form.words())
        if done():
            messages.success(request, _("Kept."))
            return _back(found)
        found.refresh_from_db()
    return _page(request, acting, found, words=form)


def _gone(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """An item that somebody took off while another was writing: what was typed is given back."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    if request.method != "POST":
        raise Http404(_("There is no such item here."))
    typed = [(name, request.POST[name]) for name in WORDS if request.POST.get(name)]
    return render(request, "meetings/desk/item_gone.html", {"meeting": meeting, "typed": typed}, status=409)


@desk_page
@require_POST
def marking(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Mark an item as open, for members, or exempt with its reason."""
    found = _item(acting, board, slug, pk)
    form = MarkingForm(request.POST, board=found.meeting.board, on=acting.on)
    if form.is_valid():
        with refusals(request, form) as done:
            mark_item(item=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Marked."))
            return _back(found)
        found.refresh_from_db()
    return _page(request, acting, found, marks=form)


@desk_page
@require_POST
def place(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Put an item somewhere else on the agenda."""
    found = _item(acting, board, slug, pk)
    form = PlaceForm(request.POST, places=_places(found))
    if form.is_valid():
        how, _colon, other = form.cleaned_data["after"].partition(":")
        neighbour = found.meeting.items.filter(pk=other).first() if other else None
        under = neighbour if how == "beneath" else (neighbour.parent if neighbour else None)
        after = neighbour if how == "after" else None
        if how == "beneath":
            after = next(reversed(family(in_order(found.meeting), neighbour)[1:]), None)
        with refusals(request, form) as done:
            seen = form.cleaned_data["seen"]
            move_item(item=found, after=after, parent=under, seen=seen, by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Moved."))
            return _back(found)
    return _page(request, acting, found, places=form)


@desk_page
@require_POST
def withdraw(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Withdraw an item, or bring a withdrawn one back."""
    found = _item(acting, board, slug, pk)
    if found.withdrawn_at is not None:
        with refusals(request) as done:
            bring_back_item(item=found, by=acting.user, at=acting.at)
        return _back(found)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusals(request, form) as done:
            withdraw_item(item=found, reason=form.cleaned_data["reason"], by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Withdrawn. It stays on the agenda, struck through."))
            return _back(found)
    return _page(request, acting, found, reason=form)


@desk_page
@require_POST
def remove(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Take an item off a draft agenda."""
    found = _item(acting, board, slug, pk)
    with refusals(request) as done:
        remove_item(item=found, by=acting.user, at=acting.at)
    if not done():
        return _page(request, acting, found)
    messages.success(request, _("Taken off the agenda."))
    return redirect(found.meeting)


def _back(item: AgendaItem) -> HttpResponse:
    return redirect(f"{item.meeting.get_absolute_url()}#{item.anchor}")


def _places(item: AgendaItem) -> list[tuple[str, str]]:
    """Where an item can be put, each as "after:12" or "beneath:12"."""
    order = in_order(item.meeting)
    own = {each.pk for each in family(order, item)}
    others = [each for each in order if each.pk not in own]
    found = [("first", _("First on the agenda"))] if not (item.pinned and item.parent_id) else []
    for other in others:
        same = other.parent_id == item.parent_id
        if same or not item.pinned:
            words = _("After %(number)s %(title)s")
            if len(own) == 1 or not other.parent_id:
                found.append((f"after:{other.pk}", words % {"number": other.number, "title": other.title}))
        if not other.parent_id and not item.pinned and len(own) == 1:
            words = _("Beneath %(number)s %(title)s")
            found.append((f"beneath:{other.pk}", words % {"number": other.number, "title": other.title}))
    return found


def _page(
    request: HttpRequest,
    acting: Acting,
    item: AgendaItem,
    *,
    words: forms.Form | None = None,
    marks: forms.Form | None = None,
    places: forms.Form | None = None,
    reason: forms.Form | None = None,
) -> HttpResponse:
    meeting: Meeting = item.meeting
    note_reading(item, by=acting.user, at=acting.at, body=meeting.board.body)
    seen = item_fingerprint(item)
    order = in_order(meeting)
    board = meeting.board
    changed = _take_new(words, seen) or _take_new(marks, seen)
    _take_new(places, fingerprint(order))
    context: dict[str, Any] = {
        "meeting": meeting,
        "item": item,
        "form": words or ItemForm(initial=_initial(item, WORDS) | {"seen": seen}),
        "changed": changed,
        "marks": marks
        or MarkingForm(initial=_initial(item, MARKS) | {"seen": seen}, board=board, on=acting.on),
        "places": places or PlaceForm(initial={"seen": fingerprint(order)}, places=_places(item)),
        "reason": reason or ReasonForm(),
        "papers": item.papers.exclude(stage="withdrawn"),
        "has_beneath": len(family(order, item)) > 1,
        "is_open": meeting.stage in ("planned", "published"),
        "may_mark": Ability.MARK_EXEMPT in acting.abilities(board.body),
    }
    return render(request, "meetings/desk/item.html", context)


def _take_new(form: forms.Form | None, seen: str) -> bool:
    """Let a form that is shown again be saved over what is there now, which is shown beside it."""
    if form is None or form.data.get("seen") == seen:
        return False
    form.data = form.data.copy()
    form.data["seen"] = seen
    return True


def _initial(item: AgendaItem, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}
