"""One delivery of figures, handed in, matched, checked and carried out as a person would."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import File
from django.utils.timezone import localdate

from goldthread.people.models import Body, User
from goldthread.performance.actions.loads import check_file, choose, hand_in, look_over, open_source, sheet_of
from goldthread.performance.actions.standing import carry_out, confirm
from goldthread.performance.demonstration.words import Entry, file
from goldthread.performance.loading.choosing import guess
from goldthread.performance.loading.known import areas_on, in_use
from goldthread.performance.models import Load, LoadStage, SourceKind


class NotDelivered(RuntimeError):
    """A delivery of the demonstration did not come to stand."""


def deliver(body: Body, entry: Entry, area: str, *, by: User, at: datetime) -> Load:
    """Bring one file in, so that its figures stand. Raises NotDelivered with the reason."""
    source = open_source(
        body=body,
        kind=entry["kind"],
        name=entry["source"],
        licence=entry.get("licence", ""),
        attribution=entry.get("attribution", ""),
        by=by,
        at=at,
    )
    with file(entry["file"]).open("rb") as stream:
        load = hand_in(
            source=source,
            name=entry["file"],
            file=File(stream, entry["file"]),
            provisional=entry.get("provisional", False),
            by=by,
            at=at,
        )
    look_over(load=load)
    if source.kind != SourceKind.STREET:
        _match(load, area, by, at)
    load.refresh_from_db()
    confirm(load=load, without_faults=True, by=by, at=at)
    carry_out(pk=load.pk, by=by, clock=lambda: at)
    load.refresh_from_db()
    if load.status != LoadStage.STANDING:
        raise NotDelivered(f"{load.name}: {load.reason} {load.problems[:3]}")
    return load


def _match(load: Load, area: str, by: User, at: datetime) -> None:
    """Take the columns as they are guessed, which is what the page offers."""
    sheet = sheet_of(load)
    measures, areas = in_use(load.body), areas_on(load.source.kind, localdate(at))
    choice = guess(sheet, load.source, measures, areas, area=area).choice
    choose(load=load, choice=choice, sheet=sheet, by=by, at=at)
    check_file(pk=load.pk, at=at)
