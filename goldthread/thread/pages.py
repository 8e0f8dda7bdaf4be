"""A thread as a page, a picture or a table: the same for the desk and for the public."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.thread.picture import svg_of
from goldthread.thread.reader import Reader
from goldthread.thread.refs import Kind, address_of, file_of
from goldthread.thread.stops import Stop, StopKind, Thread
from goldthread.thread.tables import csv_of
from goldthread.thread.threads import thread_of

FOLLOW = {
    Kind.PLEDGE: gettext_lazy("Follow this pledge"),
    Kind.SECTION: gettext_lazy("Follow this section"),
    Kind.PRIORITY: gettext_lazy("Follow this priority"),
    Kind.ACTION: gettext_lazy("Follow this action"),
    Kind.MEASURE: gettext_lazy("Follow this measure"),
    Kind.PAPER: gettext_lazy("Follow this paper"),
    Kind.DECISION: gettext_lazy("Follow this decision"),
    Kind.ARISING: gettext_lazy("Follow this action"),
}
"""What the way from a stop to the thread that starts from it is called."""

_PLAN = ("plans:desk-shelf", "plans:site-plan-list")
_DELIVERY = ("delivery:desk-home", "delivery:site-delivery")
_BOARDS = ("meetings:desk-home", "meetings:site-boards")
ROOMS = {
    Kind.PLEDGE: _PLAN,
    Kind.SECTION: _PLAN,
    Kind.PRIORITY: _DELIVERY,
    Kind.ACTION: _DELIVERY,
    Kind.REPORT: _DELIVERY,
    Kind.MEASURE: ("performance:desk-home", "performance:site-measures"),
    Kind.PAPER: _BOARDS,
    Kind.ARISING: _BOARDS,
    Kind.DECISION: ("meetings:desk-home", "meetings:site-decisions"),
}
"""In which room the thread of each kind of thing stands: at the desk, for the public."""

TYPES = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8"}


def page(request: HttpRequest, kind: str, ref: str, reader: Reader) -> HttpResponse:
    """The page of a thread."""
    thread = thread_of(kind, ref, reader=reader)
    area = "site" if reader.public else "desk"
    request.room = ROOMS[Kind(kind)][reader.public]
    context = {
        "thread": thread,
        "stops": [(stop, *follows(stop, thread)) for stop in thread.stops],
        "files": [(form, file_of(kind, ref, reader.public, form)) for form in ("svg", "csv")],
        "public_href": "" if reader.public else _public(thread),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, f"thread/{area}.html", context)


def follows(stop: Stop, thread: Thread) -> tuple[str, str]:
    """Where the thread that starts from a stop is read, and what the way there is called; nothing where
    that is this very page, or where the stops of one priority would send to the same thread twice."""
    kind, ref = stop.thread
    doubled = stop.kind is StopKind.DOING and kind == Kind.PRIORITY
    if not kind or doubled or (kind, ref) == (thread.subject.kind, thread.subject.ref):
        return "", ""
    return address_of(kind, ref, thread.public), str(FOLLOW[Kind(kind)])


def _public(thread: Thread) -> str:
    """Where the public reads the same thread, where it can."""
    here = next((stop for stop in thread.stops if stop.here), None)
    if here is not None and not here.public:
        return ""
    return address_of(thread.subject.kind, thread.subject.ref, True)


def file(request: HttpRequest, kind: str, ref: str, form: str, reader: Reader) -> HttpResponse:
    """A thread as a picture, which is shown, or as a table, which is kept."""
    if form not in TYPES:
        raise Http404(_("It can be had as a picture or as a table."))
    thread = thread_of(kind, ref, reader=reader)
    made = svg_of(thread) if form == "svg" else csv_of(thread, request.build_absolute_uri)
    response = HttpResponse(made, content_type=TYPES[form])
    name = f"thread-{kind}-{ref.replace('.', '-')}.{form}"
    response["Content-Disposition"] = content_disposition_header(form == "csv", name)
    return response
