"""Search at the desk: everything that the reader's offices let them read today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.thread.search.pages import page_of


@desk_page
def search(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What a person finds."""
    context = page_of(request, user=acting.user, on=acting.on)
    return render(request, "thread/search/desk.html", context)
