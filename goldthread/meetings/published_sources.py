"""What a published decision relied on, so far as the public may read it."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from goldthread.core.governance.exemption import Marking
from goldthread.meetings.doors import SeenItem, public_meetings, seen_agenda
from goldthread.meetings.models import Appendix, Decision, Meeting
from goldthread.meetings.published import PUBLIC, address_of, appendix_line, paper_line, shown_to_public
from goldthread.plans.models import DocumentKind, Edition


class Source(NamedTuple):
    """Something that a published decision relied on and that the public can read.

    Of a plan that has been issued since, ``issued`` is the address of it as it was issued, and
    ``as_decided`` whether it was issued in just the words that were decided on.
    """

    label: str
    address: str
    issued: str = ""
    as_decided: bool = False


def sources_of(decision: Decision) -> tuple[Source, ...]:
    """What an open decision relied on, so far as the public may read it; nothing of an exempt one."""
    if decision.marking != Marking.OPEN:
        return ()
    readers = {
        "item": _item_source,
        "paper": _paper_source,
        "appendix": _appendix_source,
        "decision": _decision_source,
    }
    agendas: Agendas = {}
    found = (
        readers[each.target](each.target_id, agendas)
        for each in decision.relied_on.all()
        if each.target in readers
    )
    return tuple(source for source in found if source is not None)


Agendas = dict[int, tuple[Meeting, tuple[SeenItem, ...]]]


def _agenda_with(agendas: Agendas, **where: int) -> tuple[Meeting, tuple[SeenItem, ...]] | None:
    """The public agenda on which a thing stands; each is read once."""
    meeting = public_meetings().filter(**where).first()
    if meeting is None:
        return None
    if meeting.pk not in agendas:
        agendas[meeting.pk] = (meeting, seen_agenda(meeting, audience=PUBLIC))
    return agendas[meeting.pk]


def _item_source(pk: int, agendas: Agendas) -> Source | None:
    meeting, items = _agenda_with(agendas, items=pk) or (None, ())
    for item in items:
        if item.pk == pk and not item.exempt and meeting is not None:
            label = f"{meeting.board.name}, {meeting.on:%-d %B %Y}, item {item.number}: {item.title}"
            return Source(label, f"{address_of(meeting)}#{item.anchor}")
    return None


def _paper_source(pk: int, agendas: Agendas) -> Source | None:
    meeting, items = _agenda_with(agendas, items__papers=pk) or (None, ())
    for each in (each for item in items for each in item.papers):
        if each.paper.pk == pk and meeting is not None:
            line = paper_line(meeting, each)
            return Source(line.title, line.address)
    return None


def _appendix_source(pk: int, agendas: Agendas) -> Source | None:
    meeting, items = _agenda_with(agendas, items__papers__appendices=pk) or (None, ())
    for paper in (each for item in items for each in item.papers):
        for appendix in paper.appendices:
            if appendix.pk == pk and meeting is not None:
                line = appendix_line([meeting.board.slug, meeting.slug, paper.paper.slug], appendix)
                if not line.address:
                    return None
                return Source(f"{line.label}: {line.title}", line.address, *_issued(appendix))
    return None


def _issued(appendix: Appendix) -> tuple[str, bool]:
    """Where the plan that was attached stands as it was issued, and whether in the words attached."""
    edition = Edition.objects.select_related("document").filter(pk=appendix.edition_id).first()
    if edition is None or not edition.is_sealed or edition.document.kind != DocumentKind.PLAN:
        return "", False
    address = reverse("plans:site-edition", args=[edition.document.slug, edition.slug])
    return address, edition.seal == appendix.edition_seal


def _decision_source(pk: int, _agendas: Agendas) -> Source | None:
    row = Decision.objects.filter(pk=pk, published_at__isnull=False).select_related("register").first()
    if row is None:
        return None
    (seen,) = shown_to_public([row])
    return Source(f"{seen.reference}: {seen.title}", reverse("meetings:site-decision", args=[seen.slug]))
