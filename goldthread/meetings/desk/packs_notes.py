"""A reader's own notes in the packs of a meeting: listed, printed, and brought together from devices."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.meetings.actions.notes import NotYours, drop_note, keep_note
from goldthread.meetings.doors import meeting_for
from goldthread.meetings.models import Meeting, Paper, PrivateNote
from goldthread.meetings.packs import contents_of, current, pack_for
from goldthread.plans.desk.frame import Acting, desk_page, refusals

MOST = 500
"""How many notes are taken in at once."""


@desk_page
def notes(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """One's own notes of a meeting, in the order of the pack, to be read through or printed."""
    meeting = _meeting(acting, board, slug)
    places = _places(acting, meeting)
    if request.method == "POST":
        with refusals(request) as done:
            _from_form(request, acting, meeting, places)
        if done():
            return redirect("meetings:desk-pack-notes", board, slug)
    own = PrivateNote.objects.filter(owner=acting.user, meeting=meeting).order_by("made_at")
    groups = _grouped(list(own), places)
    context = {"meeting": meeting, "groups": groups, "places": places}
    return render(request, "meetings/desk/pack_notes.html", context)


def _meeting(acting: Acting, board: str, slug: str) -> Meeting:
    """A meeting that has a pack which this person reads; 404 else."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    if pack_for(acting.user, meeting, on=acting.on) is None:
        raise Http404(_("There is no pack to make notes in yet."))
    return meeting


def _places(acting: Acting, meeting: Meeting) -> list[tuple[str, str]]:
    """What a note can stand beside, in the order of the pack: an item or paper's key, and its name."""
    pack = pack_for(acting.user, meeting, on=acting.on)
    found: dict[str, str] = {}
    for each in current(meeting, pack.variant) if pack else ():
        for item in contents_of(each).items:
            found.setdefault(item.anchor, item.name)
            for paper in item.papers:
                found.setdefault(paper.key, f"{item.number} {paper.title}".strip())
    return list(found.items())


def _grouped(notes: list[PrivateNote], places: list[tuple[str, str]]) -> list[tuple[str, list[PrivateNote]]]:
    names = dict(places)
    by_place: dict[str, list[PrivateNote]] = {key: [] for key, _name in places}
    for note in notes:
        by_place.setdefault(_place_of(note), []).append(note)
    gone = _("On what is no longer in the pack")
    return [(names.get(key, gone), found) for key, found in by_place.items() if found]


def _place_of(note: PrivateNote) -> str:
    """The key of the item or paper that a note stands in; other texts keep theirs before the block's."""
    if note.paper_id:
        return f"paper-{note.paper_id}"
    return note.block_key.partition(":")[0]


def _from_form(request: HttpRequest, acting: Acting, meeting: Meeting, places: list[tuple[str, str]]) -> None:
    if gone := request.POST.get("remove"):
        drop_note(owner=acting.user, uid=gone)
        return
    place = request.POST.get("place", "")
    if place not in dict(places):
        raise ValidationError({"place": _("Choose what the note is about.")})
    given = {"uid": str(uuid.uuid4()), "place": place, "words": request.POST.get("words", "")}
    _keep(given, acting, meeting, {key for key, _name in places}, acting.at)


@desk_page
@require_POST
def sync(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Take in what a device kept, and answer with every note of its owner; nobody else's, ever."""
    meeting = _meeting(acting, board, slug)
    try:
        given = json.loads(request.body or b"{}")["notes"][:MOST]
        refused = list(_taken_in(given, acting, meeting))
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"message": _("These notes could not be read.")}, status=400)
    own = PrivateNote.objects.filter(owner=acting.user, meeting=meeting).order_by("made_at")
    return JsonResponse({"notes": [_form(note) for note in own], "refused": refused})


def _taken_in(given: list[dict[str, Any]], acting: Acting, meeting: Meeting) -> list[str]:
    """Keep or drop each note; gives the names of those that could not be."""
    places = {key for key, _name in _places(acting, meeting)}
    refused = []
    for each in given:
        uid = str(uuid.UUID(str(each["uid"])))
        if each.get("dropped"):
            drop_note(owner=acting.user, uid=uid, base=_moment(each.get("base")))
            continue
        try:
            _keep(each, acting, meeting, places, _moment(each.get("changed_at")) or acting.at)
        except (NotYours, ValidationError):
            refused.append(uid)
    return refused


def _keep(
    given: dict[str, Any], acting: Acting, meeting: Meeting, places: set[str], changed_at: datetime
) -> None:
    place, block = str(given["place"]), str(given.get("block", ""))
    known = PrivateNote.objects.filter(uid=given["uid"], owner=acting.user, meeting=meeting).exists()
    if place not in places and not known:
        raise ValidationError(_("That is not in the pack."))
    paper = None
    if place.startswith("paper-"):
        paper = Paper.objects.filter(pk=int(place.removeprefix("paper-"))).first()
    keep_note(
        owner=acting.user,
        uid=given["uid"],
        meeting=meeting,
        paper=paper,
        block_key=block if paper else f"{place}:{block}",
        quoted=str(given.get("quoted", "")),
        words=str(given["words"]),
        changed_at=changed_at,
        base=_moment(given.get("base")),
        at=acting.at,
    )


def _moment(said: object) -> datetime | None:
    moment = parse_datetime(str(said)) if said else None
    return moment if moment is not None and is_aware(moment) else None


def _form(note: PrivateNote) -> dict[str, str]:
    """A note as a device keeps it."""
    place = _place_of(note)
    return {
        "uid": note.uid,
        "place": place,
        "block": note.block_key if note.paper_id else note.block_key.removeprefix(f"{place}:"),
        "quoted": note.quoted,
        "words": note.words,
        "made_at": note.made_at.isoformat(),
        "changed_at": note.changed_at.isoformat(),
    }
