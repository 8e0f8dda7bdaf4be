"""The first page of the desk: what needs me, what I owe in brief, and the state of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.stages import ActionState, PriorityStage
from goldthread.core.delivery.standing import Dates, Horizon, Standing, horizon, stand, tally_words
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.desk.frame import Here, here_of
from goldthread.delivery.doors import actions_for
from goldthread.people.models import User
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.plans.needs import Need
from goldthread.plans.progress import desk_shelves, needs_of

RUNNING = (PriorityStage.LIVE, PriorityStage.CARRIED)
FIRST = 10
"""How many things that need somebody are shown before the rest, which opens."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A theme of the plan in a line: how its actions stand, in words and by the worst of them."""

    title: str
    href: str
    words: str
    status: str
    tone: str


@desk_page
def home(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What needs me, and the state of the plan."""
    needs = pressing_first(needs_of(acting.user, on=acting.on))
    here = _here(request, acting)
    context = {
        "needs": needs[:FIRST],
        "more": needs[FIRST:],
        "owed": owed_words(needs, acting.on),
        "shelves": desk_shelves(acting.user, on=acting.on),
        "here": here,
        "themes": tuple(themes_in_brief(here, acting.user, acting.on)) if here else (),
        "state_href": reverse("delivery:desk-state") if here else "",
        "today": acting.on,
    }
    return render(request, "thread/home.html", context)


def pressing_first(needs: Iterable[Need]) -> tuple[Need, ...]:
    """What waits for somebody, what is overdue before the rest; else in the order in which it was told."""
    return tuple(sorted(needs, key=lambda need: need.tone != "bad"))


def _here(request: HttpRequest, acting: Acting) -> Here | None:
    """The plan and year that are worked on, for whoever reads drafts."""
    if not bodies_where(acting.user, Ability.READ_DRAFTS, acting.on):
        return None
    return here_of(request, acting)


def owed_words(needs: Iterable[Need], on: date) -> str:
    """What somebody owes, counted: “2 overdue, 1 due this month”; empty where nothing has a day."""
    counts = Counter(horizon(need.due, on) for need in needs if need.kind and need.due)
    overdue, month = counts[Horizon.OVERDUE], counts[Horizon.THIS_MONTH]
    said = []
    if overdue:
        said.append(ngettext("%(n)d overdue", "%(n)d overdue", overdue) % {"n": overdue})
    if month:
        said.append(ngettext("%(n)d due this month", "%(n)d due this month", month) % {"n": month})
    return ", ".join(said)


def themes_in_brief(here: Here, user: User, on: date) -> Iterator[Brief]:
    """The themes of a plan in a year, each in a line: one query, however many actions there are."""
    rows = actions_for(user, on).filter(
        priority__plan=here.plan, priority__year=here.year, priority__stage__in=RUNNING
    )
    found: dict[tuple[str, str], Counter[Standing]] = {}
    named = ("priority__theme_key", "priority__theme_title")
    dates = ("baseline", "forecast", "finished", "starts", "state")
    for key, title, *days, state in rows.order_by("priority__theme_title").values_list(*named, *dates):
        told = stand(Dates(*days, dropped=state == ActionState.DROPPED), on)
        found.setdefault((key, title), Counter())[told.standing] += 1
    for (key, title), counts in found.items():
        href = reverse("delivery:desk-theme", args=[key]) + here.query
        yield Brief(title, href, tally_words(counts), *_worst(counts))


def _worst(counts: Counter[Standing]) -> tuple[str, str]:
    """What is worst among some actions, in a word, and its tone."""
    if counts[Standing.LATE]:
        return _("%(n)d late") % {"n": counts[Standing.LATE]}, "bad"
    if counts[Standing.SLIPPING]:
        return _("%(n)d will be late") % {"n": counts[Standing.SLIPPING]}, "warn"
    if counts[Standing.DONE] + counts[Standing.DROPPED] == counts.total():
        return _("Done"), "good"
    return _("On course"), "good"
