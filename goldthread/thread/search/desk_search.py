"""Search at the desk: everything that the reader's offices let them read today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.people.queries import offices_asked_once
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.thread.search.pages import page_of


@desk_page
def search(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What a person finds; their offices are asked for once."""
    with offices_asked_once():
        context = page_of(request, user=acting.user, on=acting.on)
    return render(request, "thread/search/desk.html", context)
