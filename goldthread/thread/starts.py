"""Where a thread starts: one thing that its reader may read, and what else hangs on it by name.

Each kind of thing has a function that finds it through the reader's doors, or raises 404 as if it
were not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from goldthread.delivery.models import PriorityMeasure
from goldthread.meetings.models import Arising
from goldthread.plans.models import Edition
from goldthread.thread.reader import Reader
from goldthread.thread.refs import Kind, parts
from goldthread.thread.texts import Place, PledgeAt, Said, SectionAt, said_in

NONE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Start:
    """A thing from which a thread starts, and how to find what belongs to it.

    ``priorities`` finds priorities beside those that serve ``places``; ``actions`` keeps to these
    alone, where any are named. ``editions`` are those of its plan that were read to find it.
    """

    kind: Kind
    ref: str
    thing: Any
    plan: int | None = None
    places: tuple[Place, ...] = ()
    priorities: Q = NONE
    actions: tuple[int, ...] = ()
    measures: tuple[int, ...] = ()
    papers: tuple[int, ...] = ()
    decisions: tuple[int, ...] = ()
    reports: tuple[int, ...] = ()
    arising: tuple[int, ...] = ()
    of_measure: int | None = None
    editions: tuple[Edition, ...] = ()

    @property
    def is_promise(self) -> bool:
        """Whether it starts from words of a plan."""
        return self.kind in (Kind.PLEDGE, Kind.SECTION)


def start_of(kind: str, ref: str, reader: Reader) -> Start:
    """The start of a thread for a reader; 404 where there is no such thing for them."""
    find = _FINDERS.get(kind)
    if find is None:
        raise _missing()
    return find(ref, reader)


def _missing() -> Http404:
    return Http404(_("There is no such thread here."))


def _plan(ref: str, reader: Reader) -> tuple[tuple[Edition, ...], list[Said], str]:
    """The editions of a plan, what they say with the newest first, the short key of the part asked for."""
    slug, short = parts(ref)
    editions = list(reader.editions().filter(document__slug=slug))
    if not editions or not short:
        raise _missing()
    issued = [each for each in editions if each.issued_on]
    order = sorted(issued, key=lambda each: (each.issued_on, each.pk), reverse=True)
    order += [each for each in editions if not each.issued_on]
    said = said_in(order)
    return tuple(editions), [said[each.pk] for each in order], short


def _pledge(ref: str, reader: Reader) -> Start:
    editions, said, short = _plan(ref, reader)
    found: PledgeAt | None = next(filter(None, (each.pledge_called(short) for each in said)), None)
    if found is None:
        raise _missing()
    place = Place(found.section, found.key)
    return Start(Kind.PLEDGE, ref, found, editions[0].document_id, (place,), editions=editions)


def _section(ref: str, reader: Reader) -> Start:
    editions, said, short = _plan(ref, reader)
    found: SectionAt | None = next(filter(None, (each.section_called(short) for each in said)), None)
    if found is None:
        raise _missing()
    place = Place(found.key)
    return Start(Kind.SECTION, ref, found, editions[0].document_id, (place,), editions=editions)


def _priority(ref: str, reader: Reader) -> Start:
    found = reader.priorities().filter(slug=ref).first()
    if found is None:
        raise _missing()
    near = Q(pk=found.pk) | Q(carried_from=found.pk) | Q(carried_to=found.pk)
    return Start(Kind.PRIORITY, ref, found, found.plan_id, priorities=near)


def _action(ref: str, reader: Reader) -> Start:
    found = reader.actions().filter(slug=ref).select_related("priority", "owner_office").first()
    if found is None:
        raise _missing()
    only = Q(pk=found.priority_id)
    return Start(Kind.ACTION, ref, found, found.priority.plan_id, priorities=only, actions=(found.pk,))


def _measure(ref: str, reader: Reader) -> Start:
    found = reader.measures().filter(slug=ref).select_related("theme", "body").first()
    if found is None:
        raise _missing()
    ties = PriorityMeasure.objects.filter(measure=found.pk, ended_at__isnull=True)
    told = Q(pk__in=ties.values("priority"))
    return Start(Kind.MEASURE, ref, found, priorities=told, measures=(found.pk,), of_measure=found.pk)


def _paper(ref: str, reader: Reader) -> Start:
    found = reader.papers().filter(slug=ref).first()
    if found is None:
        raise _missing()
    decided = Q(decision__version__paper=found.pk)
    return Start(Kind.PAPER, ref, found, priorities=decided, papers=(found.pk,))


def _decision(ref: str, reader: Reader) -> Start:
    named = Q(slug=ref) | Q(pk=int(ref)) if ref.isdecimal() and len(ref) < 12 else Q(slug=ref)
    found = reader.decisions().filter(named).first()
    if found is None:
        raise _missing()
    paper = (found.version.paper_id,) if found.version else ()
    return Start(
        Kind.DECISION, ref, found, priorities=Q(decision=found.pk), papers=paper, decisions=(found.pk,)
    )


def _report(ref: str, reader: Reader) -> Start:
    known = ref.isdecimal() and len(ref) < 12
    found = reader.reports().filter(pk=int(ref)).select_related("plan", "paper").first() if known else None
    if found is None:
        raise _missing()
    served = Q(plan=found.plan_id, theme_key=found.theme_key, year=found.year)
    paper = (found.paper_id,) if found.paper_id else ()
    return Start(Kind.REPORT, ref, found, found.plan_id, priorities=served, papers=paper, reports=(found.pk,))


def _arising(ref: str, reader: Reader) -> Start:
    board, number = parts(ref)
    rows = Arising.objects.filter(board__slug=board, number=number.replace("-", "/"))
    found = rows.select_related("board__body", "meeting__minutes", "item__parent").first()
    if found is None or not reader.sees(found):
        raise _missing()
    at = {"item": found.item_id} if found.item_id else {"pk__in": ()}
    papers = tuple(reader.papers().filter(**at).values_list("pk", flat=True))
    decisions = tuple(reader.decisions().filter(**at).values_list("pk", flat=True))
    served = Q(decision__in=decisions)
    return Start(
        Kind.ARISING, ref, found, priorities=served, papers=papers, decisions=decisions, arising=(found.pk,)
    )


_FINDERS: dict[str, Callable[[str, Reader], Start]] = {
    Kind.PLEDGE: _pledge,
    Kind.SECTION: _section,
    Kind.PRIORITY: _priority,
    Kind.ACTION: _action,
    Kind.MEASURE: _measure,
    Kind.PAPER: _paper,
    Kind.DECISION: _decision,
    Kind.REPORT: _report,
    Kind.ARISING: _arising,
}
