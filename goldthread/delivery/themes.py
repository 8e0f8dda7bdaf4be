"""The themes of a plan in a year: its top sections, with the priorities for action of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from goldthread.core.delivery.years import year_of
from goldthread.delivery.models import Priority
from goldthread.delivery.serving import current_edition, places_of
from goldthread.people.models import Body
from goldthread.performance.identified import APPROVED
from goldthread.plans.models import Document, DocumentKind


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a plan: the permanent key and the title of a top section.

    ``stands`` is false where the plan has it no more, and only priorities still name it.
    """

    key: str
    title: str
    stands: bool = True


def plans_of(body: Body) -> QuerySet[Document]:
    """The plans of a body of which an edition was approved, the newest first."""
    stages = [stage.value for stage in APPROVED]
    rows = Document.objects.filter(body=body, kind=DocumentKind.PLAN, editions__stage__in=stages)
    return rows.distinct().order_by("-runs_from", "title")


def plan_for_work(body: Body, on: date) -> Document | None:
    """The plan that is worked on: the newest with priorities for action, else the one in force, else any."""
    plans = plans_of(body)
    running = plans.filter(runs_from__lte=on)
    return plans.filter(priorities__isnull=False).first() or running.first() or plans.first()


def years_of(plan: Document) -> tuple[int, ...]:
    """The years in which a plan has priorities for action, the newest first."""
    rows = plan.priorities.order_by("-year").values_list("year", flat=True)
    return tuple(dict.fromkeys(rows))


def year_for_work(plan: Document, on: date) -> int:
    """The year that is worked on: this one where it has priorities, else the last that has any, else this."""
    years, this = years_of(plan), year_of(on)
    past = [year for year in years if year <= this]
    return this if this in years or not years else (past[0] if past else years[-1])


def themes_of(plan: Document, on: date, priorities: Iterable[Priority] = ()) -> tuple[Theme, ...]:
    """The top sections of a plan as its words count on a day, in order; then themes that are no longer
    there but have one of these priorities."""
    edition = current_edition(plan, on)
    rows = edition.placements.filter(depth=0).order_by("position") if edition is not None else None
    titles = rows.values_list("key", "version__title") if rows is not None else ()
    found = {key: Theme(key, title) for key, title in titles}
    gone = {
        each.theme_key: Theme(each.theme_key, each.theme_title, stands=False)
        for each in priorities
        if each.theme_key not in found
    }
    return (*found.values(), *gone.values())


def promising(plan: Document, on: date) -> tuple[Theme, ...]:
    """The themes of a plan that hold a pledge or an outcome, in order: an introduction is none of them."""
    edition = current_edition(plan, on)
    keys: set[str] = set()
    top = ""
    for place in places_of(edition) if edition is not None else ():
        if not place.block_key and place.depth == 0:
            top = place.section_key
        if place.block_key:
            keys.add(top)
    return tuple(theme for theme in themes_of(plan, on) if theme.key in keys)
