"""What the pages of delivery do alike: which plan and year the reader is in, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.delivery.years import year_of, year_read, year_words
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.doors import priority_for
from goldthread.delivery.models import Priority
from goldthread.delivery.themes import plan_for_work, plans_of, year_for_work, years_of
from goldthread.people.models import Body
from goldthread.plans.desk.frame import Acting
from goldthread.plans.models import Document

FAR = 50
"""How many years from this one a page of delivery may be asked for."""


@dataclass(frozen=True, slots=True)
class Here:
    """A plan of a body and a year: where in the room of delivery the reader is."""

    body: Body
    plan: Document
    year: int

    @property
    def words(self) -> str:
        """The year as an office writes it."""
        return year_words(self.year)

    @property
    def query(self) -> str:
        """What follows an address so that it stays in this plan and year."""
        return "?" + urlencode({"plan": self.plan.slug, "year": self.words})

    @property
    def href(self) -> str:
        """The room's own page for this plan and year."""
        return reverse("delivery:desk-home") + self.query

    @property
    def years(self) -> tuple[tuple[str, str, bool], ...]:
        """The years of this plan, each with its address and whether it is this one."""
        found = sorted({*years_of(self.plan), self.year})
        return tuple(
            (year_words(year), Here(self.body, self.plan, year).href, year == self.year) for year in found
        )


def here_of(request: HttpRequest, acting: Acting, ability: Ability = Ability.READ_DRAFTS) -> Here | None:
    """The plan and year that an address asks for, or those that are worked on; None where no plan was
    approved yet. 404 where there is no such plan, 403 where the reader may not do what the page is for."""
    body = acting.body_where(ability)
    asked = request.GET.get("plan", "")
    if asked:
        plan = plans_of(body).filter(slug=asked).first()
        if plan is None:
            raise Http404(_("There is no such plan here."))
    else:
        plan = plan_for_work(body, acting.on)
    if plan is None:
        return None
    return Here(body, plan, _year(request, acting, plan))


def _year(request: HttpRequest, acting: Acting, plan: Document) -> int:
    given = request.GET.get("year", "")
    if not given:
        return year_for_work(plan, acting.on)
    year = year_read(given)
    if year is None or abs(year - year_of(acting.on)) > FAR:
        raise Http404(_("There is no such year here."))
    return year


def here_of_priority(priority: Priority) -> Here:
    """The plan and year to which a priority belongs."""
    return Here(priority.body, priority.plan, priority.year)


def open_priority(acting: Acting, slug: str, ability: Ability = Ability.READ_DRAFTS) -> Priority:
    """A priority that the reader may open to do something; 404 or 403 where they may not."""
    return priority_for(acting.user, slug, acting.on, ability)


def can_of(acting: Acting, body: Body) -> dict[str, bool]:
    """What the reader may do with the delivery of a body, by the words that templates use."""
    held = acting.abilities(body)
    return {
        "write": Ability.WRITE_DELIVERY in held,
        "decide": bool({Ability.RECORD_DECISION, Ability.DECIDE} & held),
        "sign": Ability.SIGN_UPDATE in held,
        "close": Ability.CLOSE_PERIOD in held,
        "paper": Ability.WRITE_PAPER in held,
    }
