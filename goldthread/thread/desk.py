"""Threads as staff read them. Whoever reads no drafts, such as the panel, reads them as the public does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.doors import note_reading
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.thread import pages
from goldthread.thread.reader import Reader
from goldthread.thread.refs import Kind
from goldthread.thread.starts import start_of


def _reads_drafts(acting: Acting) -> bool:
    return bool(bodies_where(acting.user, Ability.READ_DRAFTS, acting.on))


@desk_page
def thread(request: HttpRequest, acting: Acting, kind: str, ref: str) -> HttpResponse:
    """What became of a pledge, or of anything else that its reader may read."""
    if not _reads_drafts(acting):
        return redirect("thread:site-thread", kind, ref)
    _note_reading(kind, ref, acting)
    return pages.page(request, kind, ref, Reader(acting.on, acting.user))


def _note_reading(kind: str, ref: str, acting: Acting) -> None:
    """Record that somebody opened the thread of exempt business, as of the business itself."""
    if kind not in (Kind.PAPER, Kind.DECISION):
        return
    thing = start_of(kind, ref, Reader(acting.on, acting.user)).thing
    body = thing.board.body if kind == Kind.PAPER else thing.register.body
    note_reading(thing, by=acting.user, at=acting.at, body=body)


@desk_page
def file(request: HttpRequest, acting: Acting, kind: str, ref: str, form: str) -> HttpResponse:
    """The same as a picture or as a table."""
    if not _reads_drafts(acting):
        return redirect("thread:site-thread-file", kind, ref, form)
    _note_reading(kind, ref, acting)
    return pages.file(request, kind, ref, form, Reader(acting.on, acting.user))
