"""Threads as the public reads them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goldthread.meetings.site.answering import public_page
from goldthread.thread import pages
from goldthread.thread.reader import Reader


@public_page
def thread(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """What became of a pledge, or of anything else that is public."""
    return pages.page(request, kind, ref, Reader(timezone.localdate()))


@public_page
def file(request: HttpRequest, kind: str, ref: str, form: str) -> HttpResponse:
    """The same as a picture or as a table."""
    return pages.file(request, kind, ref, form, Reader(timezone.localdate()))
