"""The record as staff read it: who did what, when, in which office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.audit.queries import events_of, verbs_of
from goldthread.core.governance.abilities import Ability

PER_PAGE = 50


class FilterForm(forms.Form):
    """Which events to show."""

    actor = forms.CharField(label="Who", required=False, max_length=200)
    verb = forms.ChoiceField(label="Did", required=False)
    thing = forms.CharField(label="To what", required=False, max_length=300)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, verbs: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "Anything"), *((verb, verb) for verb in verbs)]


def events(request: HttpRequest) -> HttpResponse:
    """The events of the bodies whose record the reader may read, with filters, fifty to a page."""
    today = timezone.localdate()
    offices = request.user.offices_on(today)
    body_ids = sorted({str(office.body_id) for office in offices if Ability.READ_AUDIT in office.abilities})
    if not body_ids:
        raise PermissionDenied("You may not read the record of who did what.")
    form = FilterForm(verbs_of(body_ids), request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(events_of(body_ids, **chosen), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    whole = {str(office.body_id) for office in offices if Ability.READ_EXEMPT in office.abilities}
    for event in page:
        event.shown = event.told(whole=event.body_id in whole)
    context = {"form": form, "page": page, "query": query.urlencode()}
    return render(request, "audit/events.html", context)
