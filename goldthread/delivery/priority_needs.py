"""What priorities ask of a person, for the page of what needs them: pins to read again, approvals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.delivery.years import year_words
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Priority, Serves
from goldthread.delivery.serving import moved_on
from goldthread.people.models import User
from goldthread.people.queries import bodies_where
from goldthread.plans import needs
from goldthread.plans.needs import Need

OPEN = (PriorityStage.DRAFT, PriorityStage.PROPOSED, PriorityStage.LIVE)


def asked_of(user: User, on: date) -> tuple[Need, ...]:
    """Pins whose words in the plan moved on, then priorities that wait for their decision."""
    return (*_pins(user, on), *_proposed(user, on))


def _pins(user: User, on: date) -> Iterator[Need]:
    bodies = bodies_where(user, Ability.WRITE_DELIVERY, on)
    if not bodies:
        return
    rows = Serves.objects.filter(priority__body__in=bodies, priority__stage__in=OPEN, ended_at=None)
    found = moved_on(rows.order_by("priority", "pk"), on)
    if not found:
        return
    first = found[0].serves
    title = ngettext(
        "The plan moved on under what %(number)s serves",
        "The plan moved on under %(n)d things that priorities serve",
        len(found),
    ) % {"n": len(found), "number": first.priority.number}
    href = reverse("delivery:desk-serving", args=[first.priority.slug, first.pk])
    named = ", ".join(dict.fromkeys(each.serves.priority.number for each in found))
    words = _("Read both texts, then pin it again or let it go: %(named)s.") % {"named": named}
    yield Need(title, href, words, _("doubtful"), "warn")


def _proposed(user: User, on: date) -> Iterator[Need]:
    bodies = bodies_where(user, Ability.RECORD_DECISION, on)
    if not bodies:
        return
    rows = Priority.objects.filter(body__in=bodies, stage=PriorityStage.PROPOSED)
    waiting = Counter(rows.order_by("year").values_list("plan__slug", "year"))
    for (plan, year), count in waiting.items():
        title = ngettext(
            "%(n)d priority of %(year)s is before the board",
            "%(n)d priorities of %(year)s are before the board",
            count,
        ) % {"n": count, "year": year_words(year)}
        query = urlencode({"plan": plan, "year": year_words(year)})
        words = _("Once it has decided, the decision makes them live in exactly their words.")
        yield Need(title, f"{reverse('delivery:desk-approve')}?{query}", words)


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    needs.register(asked_of)
