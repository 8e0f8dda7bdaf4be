"""Pin the sources of a paper to what they are."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.exemption import Audience
from goldthread.core.text import Text
from goldthread.meetings.doors import may_write
from goldthread.meetings.models import Paper, SourceLink
from goldthread.meetings.sources import references_in
from goldthread.meetings.targets import Pinned, Target, target
from goldthread.people.models import User


@transaction.atomic
def find_sources(*, paper: Paper, text: Text, by: User, at: datetime) -> tuple[SourceLink, ...]:
    """Bring a paper's list of sources up to its words: new references in, those gone out.

    What names its target exactly is pinned to it as it is now; what was pinned before stays.
    """
    _may(paper, by, at)
    known = {(link.block_key, link.words): link for link in paper.sources.all()}
    kept = []
    for reference in references_in(paper, text):
        link = known.pop((reference.block_key, reference.words), None)
        if link is None:
            link = SourceLink(paper=paper, block_key=reference.block_key, words=reference.words)
        link.address = reference.address
        if not link.target and reference.target is not None:
            _pin(link, _found(reference.target), by, at)
        elif not link.target and reference.address:
            link.target = "address"
        link.save()
        kept.append(link)
    for gone in known.values():
        gone.delete()
    record(paper, "read for sources", by=by, at=at, body=paper.board.body, found=len(kept))
    return tuple(kept)


@transaction.atomic
def pin_source(*, link: SourceLink, to: Pinned, by: User, at: datetime) -> SourceLink:
    """Pin a reference to what a person says it is, as that is now."""
    _may(link.paper, by, at)
    _pin(link, _found(to), by, at)
    link.save()
    record(link.paper, "pinned source", by=by, at=at, body=link.paper.board.body, seal=link.seal)
    return link


@transaction.atomic
def keep_as_cited(*, link: SourceLink, quoted: str, by: User, at: datetime) -> SourceLink:
    """Keep what a page outside said on the day that it was cited."""
    _may(link.paper, by, at)
    if not quoted.strip():
        raise ValidationError("Paste the words of the page that the paper relies on.")
    link.target, link.target_id, link.quoted = "address", 0, quoted.strip()
    link.pinned_at, link.pinned_by = at, by.name
    link.save()
    record(link.paper, "kept source as cited", by=by, at=at, body=link.paper.board.body)
    return link


def _may(paper: Paper, by: User, at: datetime) -> None:
    if not may_write(by, paper, on=localdate(at)):
        raise PermissionDenied(f"{by.name} may not change “{paper.title}” now.")


def _found(pinned: Pinned) -> Target:
    found = target(*pinned)
    if found is None:
        raise ValidationError("What this was to be pinned to is no longer here. Choose again.")
    return found


def _pin(link: SourceLink, found: Target, by: User, at: datetime) -> None:
    link.target, link.target_id, link.seal = found.kind, found.pk, found.seal
    link.label = found.label(Audience.PUBLIC)[:300]
    link.pinned_at, link.pinned_by = at, by.name
