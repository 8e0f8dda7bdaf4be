"""The people desk: the offices of each body, who holds them, and who held them."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from goldthread.core.governance.abilities import Ability
from goldthread.people import actions
from goldthread.people.forms import AppointForm, EndForm
from goldthread.people.models import Holding, Office
from goldthread.people.queries import bodies_for, bodies_where, history_of


def people(request: HttpRequest) -> HttpResponse:
    """Every body the reader belongs to, its offices and their holders today."""
    today = timezone.localdate()
    managed = bodies_where(request.user, Ability.MANAGE_PEOPLE, today)
    readable = bodies_where(request.user, Ability.READ_DESK, today)
    places = [
        {
            "body": body,
            "history": history_of(body),
            "manages": body in managed,
            "offices": _offices(body, today),
        }
        for body in readable
    ]
    return render(request, "people/people.html", {"places": places, "today": today})


def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody in an office."""
    at = timezone.now()
    office = _office(request, pk, timezone.localdate(at))
    form = AppointForm(office, timezone.localdate(at), request.POST or None)
    if request.method == "POST" and form.is_valid() and _appointed(request, office, form, at):
        return redirect("people")
    return render(request, "people/appoint.html", {"form": form, "office": office})


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a holding its last day."""
    at = timezone.now()
    today = timezone.localdate(at)
    seen = Holding.objects.filter(office__body__in=bodies_for(request.user, today))
    holding = get_object_or_404(seen.select_related("office__body", "user"), pk=pk)
    actions.require(request.user, Ability.MANAGE_PEOPLE, holding.office.body, today)
    form = EndForm(holding, today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_holding(holding=holding, ends=form.cleaned_data["ends"], by=request.user, at=at)
        except ValidationError as error:
            form.add_error("ends", error.messages)
        else:
            messages.success(request, f"{holding.user} no longer holds this office after that day.")
            return redirect("people")
    return render(request, "people/end.html", {"form": form, "holding": holding})


def _offices(body: object, on: date) -> list[dict[str, object]]:
    current = Holding.objects.in_force(on).filter(office__body=body).select_related("user", "office")
    held: dict[int, list[Holding]] = {}
    for holding in current:
        held.setdefault(holding.office_id, []).append(holding)
    return [
        {"office": office, "holdings": held.get(office.pk, [])} for office in Office.objects.filter(body=body)
    ]


def _office(request: HttpRequest, pk: int, on: date) -> Office:
    """The one door to an office on this desk: 404 at another body, 403 without the ability."""
    seen = Office.objects.filter(body__in=bodies_for(request.user, on)).select_related("body")
    office = get_object_or_404(seen, pk=pk)
    actions.require(request.user, Ability.MANAGE_PEOPLE, office.body, on)
    return office


def _appointed(request: HttpRequest, office: Office, form: Form, at: datetime) -> bool:
    """Whether the appointment could be made; if not, the form says why."""
    given = form.cleaned_data
    act = actions.hand_over if given.get("instead") else actions.appoint
    person = {"hand_over": "to", "appoint": "user"}[act.__name__]
    try:
        with transaction.atomic():
            user = actions.take_in(
                body=office.body, email=given["email"], name=given["name"], by=request.user, at=at
            )
            act(office=office, starts=given["starts"], by=request.user, at=at, **{person: user})
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    words = f"{user} is {office.title} from {given['starts']:%-d %B %Y}."
    if not user.has_usable_password():
        words += " They choose a password under “Forgot your password?” on the sign-in page."
    messages.success(request, words)
    return True
