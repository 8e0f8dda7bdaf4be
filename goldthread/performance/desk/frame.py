"""What every page of a measure does alike: find it, know where it is looked at, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.people.models import Body
from goldthread.performance.models import Area, Measure
from goldthread.performance.places import busiest, home_area
from goldthread.performance.queries import measure_for
from goldthread.plans.desk.frame import Acting


@dataclass(frozen=True, slots=True)
class About:
    """A measure in an area, as the frame of its pages names it; no area where none is known yet.

    ``home`` is the body's own area.
    """

    measure: Measure
    area: Area | None
    home: Area | None

    @property
    def key(self) -> str:
        return self.measure.slug

    @property
    def name(self) -> str:
        return self.measure.name

    @property
    def theme(self) -> str:
        return self.measure.theme.name

    @property
    def theme_href(self) -> str:
        return reverse("performance:desk-theme", args=[self.measure.theme.key]) + self.query

    @property
    def query(self) -> str:
        """What follows an address so that it stays in this area."""
        return f"?area={self.area.slug}" if self.area is not None and self.area != self.home else ""

    @property
    def href(self) -> str:
        """The page of the measure itself, in this area."""
        return self.path("desk-measure")

    @property
    def home_href(self) -> str:
        """The measure in the body's own area, where it is looked at in another."""
        return self.at("desk-measure") if self.query else ""

    def at(self, page: str, *args: Any) -> str:
        """The bare address of one of the measure's pages."""
        return reverse(f"performance:{page}", args=[self.key, *args])

    def path(self, page: str, *args: Any) -> str:
        """The address of one of the measure's pages, in this area."""
        return self.at(page, *args) + self.query


def area_asked(request: HttpRequest, home: Area | None) -> Area | None:
    """The area that an address asks for by name, or the body's own; 404 where there is no such area."""
    slug = request.GET.get("area", "")
    if not slug or (home is not None and slug == home.slug):
        return home
    found = Area.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no such area here."))
    return found


def open_measure(
    request: HttpRequest, acting: Acting, slug: str, ability: Ability = Ability.READ_DRAFTS
) -> About:
    """A measure of the reader's, in the area asked for; 404 or 403 where it is not theirs to open."""
    measure = measure_for(acting.user, slug, on=acting.on, ability=ability)
    home = home_area(measure.body) or busiest(measure.body)
    area = area_asked(request, home)
    return About(measure, area, home)


def own_body(acting: Acting, ability: Ability = Ability.READ_DRAFTS) -> Body:
    """The body whose room of measures the reader is in; refused where they may not read it."""
    return acting.body_where(ability)


def can_of(acting: Acting, body: Body) -> dict[str, bool]:
    """What the reader may do with the measures of a body, by the words that templates use."""
    held = acting.abilities(body)
    return {
        "write": Ability.WRITE_MEASURES in held,
        "check": Ability.CHECK_MEASURES in held,
        "load": Ability.LOAD_FIGURES in held,
        "approve": Ability.APPROVE_FIGURES in held,
        "rebase": Ability.APPROVE_REBASE in held,
        "paper": Ability.WRITE_PAPER in held,
    }
