"""What the public reads of delivery: built up from what is open, approved and signed off, and nothing else.

Nothing here knows who is reading. A page gets records with words and addresses in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.delivery.years import year_of, year_words
from goldthread.delivery.doors import public_actions, public_priorities, public_updates
from goldthread.delivery.measured import measures_released, ties_of
from goldthread.delivery.models import Approval, Priority, Update
from goldthread.delivery.queries import PriorityLine, ThemeLines, Word, by_theme, lines_of, word_of
from goldthread.delivery.serving import Serving, Stands, standing_of
from goldthread.delivery.themes import themes_of
from goldthread.delivery.wording import Wording, wording_of
from goldthread.performance.drawing import Line
from goldthread.plans.models import Placement
from goldthread.plans.published import shelves
from goldthread.plans.reading import address_of


class Promised(NamedTuple):
    """Words of the plan that a priority serves, as they stood when it was tied to them: where they are
    read, and what became of them since, in words; no address where they are in no plan in force.

    ``whole`` of a pledge, whose words are quoted; a section is only named.
    """

    label: str
    words: str
    edition: str
    href: str
    since: str
    whole: bool


class Said(NamedTuple):
    """A public update with the number of what it is about."""

    about: str
    word: Word


@dataclass(frozen=True, slots=True)
class Shown:
    """One priority as the public reads it."""

    line: PriorityLine
    approval: Approval
    decision_href: str
    promised: tuple[Promised, ...]
    measures: tuple[Line, ...]
    said: tuple[Said, ...]
    ended: str


def approval_of(priority: Priority) -> Approval:
    """The approval by which the public reads a priority of `public_priorities`."""
    return priority.public_approvals[-1]


def wording_for_public(priority: Priority) -> Wording:
    """What the public reads of a priority: the words that an open decision approved last."""
    return wording_of(approval_of(priority).version)


def years_published() -> tuple[int, ...]:
    """The years of which the public reads any priority, the newest first."""
    return tuple(dict.fromkeys(public_priorities().order_by("-year").values_list("year", flat=True)))


def year_to_show(on: date) -> int | None:
    """The year with which the public begins: this one, or the last before it of which it reads anything."""
    years = years_published()
    return next((year for year in years if year <= year_of(on)), years[-1] if years else None)


def delivery_in(year: int, on: date) -> tuple[ThemeLines, ...]:
    """What is done in a year, theme by theme, as the public reads it; 404 where it reads nothing of it."""
    found = list(public_priorities().filter(year=year).order_by("plan", "position", "pk"))
    if not found:
        raise Http404(_("Nothing has been published of %(year)s.") % {"year": year_words(year)})
    lines = _lines(found, on)
    plans = {each.plan_id: each.plan for each in found}
    return tuple(
        theme
        for plan in plans.values()
        for theme in by_theme(
            [line for line in lines if line.priority.plan_id == plan.pk],
            themes_of(plan, on, [each for each in found if each.plan_id == plan.pk]),
        )
    )


def _lines(found: Sequence[Priority], on: date) -> tuple[PriorityLine, ...]:
    wordings = {each.pk: wording_for_public(each) for each in found}
    return lines_of(found, wordings, public_actions(), on, said=public_updates())


def shown(priority: Priority, on: date) -> Shown:
    """One of `public_priorities` as its page shows it."""
    (line,) = _lines([priority], on)
    approval = approval_of(priority)
    return Shown(
        line,
        approval,
        reverse("meetings:site-decision", args=[approval.decision.slug]),
        tuple(_promised(priority, on)),
        tuple(measures_released(tie.measure_id for tie in ties_of([priority]))),
        tuple(_said(line)),
        _ended(priority),
    )


def _ended(priority: Priority) -> str:
    """How it ended, in a sentence; empty while it is live."""
    if priority.closed_on is None:
        return ""
    facts = {"on": f"{priority.closed_on:%-d %B %Y}", "why": priority.closed_reason}
    later = public_priorities().filter(carried_from=priority).first()
    if later is not None:
        facts["later"] = later.year_words
        return _("Carried forward into %(later)s on %(on)s. %(why)s") % facts
    if priority.stage == "carried":
        return _("Carried forward on %(on)s. %(why)s") % facts
    return _("Closed on %(on)s. %(why)s") % facts


def _promised(priority: Priority, on: date) -> Iterator[Promised]:
    """What it serves, of the words that were in an edition that was issued."""
    rows = priority.serves.filter(ended_at=None, edition__issued_on__lte=on)
    found = standing_of(rows.select_related("plan", "edition"), on)
    places = dict(_addresses(found, on))
    for each in found:
        href = places.get(each.serves.section_key, "") if each.state is not Serving.ORPHANED else ""
        row = each.serves
        yield Promised(
            row.label, row.words, row.edition.label, href, SINCE[each.state](), bool(row.block_key)
        )


SINCE = {
    Serving.HOLDS: lambda: "",
    Serving.SUSPECT: lambda: _("The plan says this in other words today."),
    Serving.ORPHANED: lambda: _("The plan in force has this no more."),
}
"""What became of words since a priority was tied to them."""


def _addresses(found: Iterable[Stands], on: date) -> Iterator[tuple[str, str]]:
    """Where the sections in question are read in the plan in force, by key."""
    keys = {each.serves.section_key for each in found}
    plans = {each.serves.plan_id for each in found}
    editions = {shelf.newest.pk: shelf for shelf in shelves(on=on) if shelf.plan.pk in plans}
    for row in Placement.objects.filter(edition__in=editions, key__in=keys).select_related("version"):
        plan = editions[row.edition_id].plan
        step = address_of(row.key, row.version.title)
        yield row.key, reverse("plans:site-plan-section", args=[plan.slug, step])


def _said(line: PriorityLine) -> Iterator[Said]:
    """Every public update on a priority, its actions and their milestones, newest first."""
    actions = {each.action.pk: each.action.number for each in line.actions}
    rows = public_updates().select_related("scale", "milestone")
    own = rows.filter(priority=line.priority.pk)
    theirs = rows.filter(action__in=actions) | rows.filter(milestone__action__in=actions)
    every = sorted((*own, *theirs.distinct()), key=lambda row: (row.given_at, row.pk), reverse=True)
    for row in every:
        yield Said(_about(row, actions, line.priority.number), word_of(row))


def _about(row: Update, actions: dict[int, str], number: str) -> str:
    if row.milestone is not None:
        return row.milestone.number
    return actions[row.action_id] if row.action_id is not None else number
