"""Search for everybody: what was issued, published or released, and nothing beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.meetings.site.answering import public_page
from goldthread.thread.search.pages import page_of


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """The same for whoever asks, signed in or not."""
    context = page_of(request, user=None, on=timezone.localdate())
    return render(request, "thread/search/site.html", context)
