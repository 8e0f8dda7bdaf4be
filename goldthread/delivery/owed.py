"""What one person owes, whatever kind of thing it is, in the order in which it is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.delivery.standing import Horizon, day_words, horizon
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Period, Update
from goldthread.delivery.owed_measures import owed_of_measures
from goldthread.delivery.wanted import Owed, give_href, owed_by_offices
from goldthread.people.models import Body, Office, User
from goldthread.people.queries import bodies_where, offices_of
from goldthread.plans import needs
from goldthread.plans.needs import Need

WORDS = 24
"""How many words of an update a line shows."""
NAMED = 2
"""How many things a line names before it says that there are others."""

HEADINGS = {
    Horizon.OVERDUE: _lazy("Overdue"),
    Horizon.THIS_MONTH: _lazy("This month"),
    Horizon.LATER: _lazy("Later"),
    Horizon.NO_DATE: _lazy("Without a day"),
}
ORDER = tuple(HEADINGS)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is owed by the same time."""

    horizon: Horizon
    rows: tuple[Owed, ...]

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.horizon])


def owed_by_person(user: User, on: date) -> tuple[Owed, ...]:
    """All that a person owes on a day, by the day it is due; what has no day comes last."""
    own = owed_here(user, on)
    told = needs.owed_elsewhere(user, on, but=needs_here)
    rows = (*own, *map(_told, told), *owed_of_measures(user, on))
    return in_order(rows, on)


def owed_here(user: User, on: date) -> tuple[Owed, ...]:
    """What a person owes to delivery: word of what their offices own, and what waits for their name."""
    returned = tuple(_returned(user, on))
    again = {row.subject for row in returned}
    own = (row for row in owed_by_offices(_owning(user, on), on) if row.subject not in again)
    return (*returned, *own, *_to_sign(user, on), *_to_close(user, on))


def _owning(user: User, on: date) -> list[Office]:
    """The offices of a person that may own work."""
    return [each for each in offices_of(user, on) if Ability.GIVE_UPDATE in each.abilities]


def in_order(rows: Iterable[Owed], on: date) -> tuple[Owed, ...]:
    """The overdue first, then by day, then what has none; where word is wanted before where it is not."""
    far = date.max
    return tuple(
        sorted(rows, key=lambda row: (ORDER.index(horizon(row.due, on)), row.due or far, not row.speak))
    )


def shelves(rows: Iterable[Owed], on: date) -> tuple[Shelf, ...]:
    """What is owed, under overdue, this month, later and without a day; none that is empty."""
    found = in_order(rows, on)
    cut = ((each, tuple(row for row in found if horizon(row.due, on) is each)) for each in ORDER)
    return tuple(Shelf(each, kept) for each, kept in cut if kept)


def _told(need: Need) -> Owed:
    """What another app says that a person owes."""
    return Owed(need.kind, need.title, need.href, need.words, need.due, need.status, need.tone)


def _returned(user: User, on: date) -> Iterator[Owed]:
    """What came back to a person and was not said anew."""
    rows = Update.objects.filter(giver=user, stage=UpdateStage.RETURNED, replaced_by__isnull=True)
    for row in rows.select_related("action", "milestone", "priority").order_by("pk"):
        kind = "action" if row.action_id else "milestone" if row.milestone_id else "priority"
        yield Owed(
            kind=_("Update"),
            title=_("Say again how %(number)s goes") % {"number": row.subject.number},
            href=give_href(kind, row.subject.pk),
            words=f"{row.returned_by}: {Truncator(row.returned_words).words(WORDS)}",
            due=on,
            status=_("returned to you"),
            tone="warn",
            update_href=give_href(kind, row.subject.pk),
            speak=True,
            subject=f"{kind}-{row.subject.pk}",
        )


def to_sign(user: User, on: date) -> QuerySet[Update]:
    """The updates that a person may sign off: those of their bodies, unless they gave them themselves."""
    bodies: tuple[Body, ...] = bodies_where(user, Ability.SIGN_UPDATE, on)
    return Update.objects.filter(stage=UpdateStage.GIVEN, body__in=bodies).exclude(giver=user)


def _to_sign(user: User, on: date) -> Iterator[Owed]:
    found = to_sign(user, on).aggregate(n=Count("pk"), first=Min("given_at"), due=Min("period__due"))
    if found["n"]:
        title = ngettext("Sign off %(n)s update", "Sign off %(n)s updates", found["n"])
        day = day_words(localdate(found["first"]), on)
        words = _("The first has waited since %(day)s. The board sees none before.") % {"day": day}
        href = reverse("delivery:desk-updates")
        yield Owed(_("Sign-off"), title % found, href, words, found["due"], _("to be signed off"), "warn")


def _to_close(user: User, on: date) -> Iterator[Owed]:
    bodies = bodies_where(user, Ability.CLOSE_PERIOD, on)
    for row in Period.objects.filter(body__in=bodies, closed_at__isnull=True, ends__lte=on):
        title = _("Close %(period)s") % {"period": row.name}
        words = _("Updates were due %(due)s. What stands then is kept as the board saw it.")
        href = reverse("delivery:desk-period", args=[row.pk])
        said = words % {"due": day_words(row.due, on)}
        yield Owed(_("Period"), title, href, said, max(row.due, row.ends), _("to be closed"), "warn")


def needs_here(user: User, on: date) -> tuple[Need, ...]:
    """The same in brief, for the page of what needs a person: one line for all that their offices own."""
    rows = owed_here(user, on)
    own = [row for row in rows if row.own]
    wanted = [row for row in own if row.speak]
    late = [row for row in own if horizon(row.due, on) is Horizon.OVERDUE]
    return (*_brief(wanted, late, on), *(_need(row) for row in rows if not row.own))


def _brief(wanted: Sequence[Owed], late: Sequence[Owed], on: date) -> Iterator[Need]:
    """One line for what is wanted of the things that somebody owns, or for those that are late."""
    about = wanted or late
    if not about:
        return
    n = len(about)
    if wanted:
        title = ngettext("Give the word on %(n)s action you own", "Give the word on %(n)s actions you own", n)
    else:
        title = ngettext("%(n)s thing that you own is late", "%(n)s things that you own are late", n)
    due = min((row.due for row in about if row.due), default=None)
    words = "; ".join(row.title for row in about[:NAMED]) + (_("; and others") if n > NAMED else "")
    status = _("overdue") if late else _("due %(day)s") % {"day": day_words(due, on)} if due else ""
    href = reverse("delivery:desk-owe")
    yield Need(title % {"n": n}, href, words, status, "bad" if late else "warn", due, _("Action"))


def _need(row: Owed) -> Need:
    return Need(row.title, row.href, row.words, row.status, row.tone, row.due, row.kind)


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    needs.register(needs_here, owed=True)
