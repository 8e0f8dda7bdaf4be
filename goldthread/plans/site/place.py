"""Where a reader stands: a plan as in force today, as at a date, or in a named edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.plans.models import Edition
from goldthread.plans.published import Shelf, shelf_of
from goldthread.plans.site.answer import answer
from goldthread.web.templatetags.web import day as in_full


class NotYetIssued(Http404):
    """There was no edition in force on the date asked for; ``shelf`` holds those that came later."""

    def __init__(self, shelf: Shelf, day: date) -> None:
        super().__init__(f"“{shelf.plan.title}” was not in force on {day}.")
        self.shelf, self.day = shelf, day


@dataclass(frozen=True)
class Place:
    """One edition of a plan, and by which kind of address the reader came to it."""

    shelf: Shelf
    edition: Edition
    day: date | None = None
    named: bool = False

    @property
    def later(self) -> Edition | None:
        """The edition in force today, where this is not it."""
        return self.shelf.newest if self.edition is not self.shelf.newest else None

    @cached_property
    def scope(self) -> tuple[str, list[str]]:
        """The name and arguments that the addresses at this place begin with."""
        slug = self.shelf.plan.slug
        if self.day is not None:
            return "at", [slug, self.day.isoformat()]
        return ("edition", [slug, self.edition.slug]) if self.named else ("plan", [slug])

    def url(self, page: str = "", *more: str) -> str:
        """The address of a page (none for the front page) at this place."""
        name, args = self.scope
        return reverse(f"plans:site-{name}{'-' if page else ''}{page}", args=[*args, *more])

    @property
    def permanent(self) -> Place:
        """The same text at the address that will always show it."""
        return Place(self.shelf, self.edition, named=True)

    @property
    def canonical(self) -> Place:
        """The one address by which search engines should know this text."""
        return self.permanent if self.day is not None else self

    @property
    def in_force(self) -> Place:
        """The plan as in force today."""
        return Place(self.shelf, self.shelf.newest)


def place_of(plan: str, *, day: date | None = None, edition: str = "") -> Place:
    """The place at an address, or 404 (``NotYetIssued`` where the date is the reason): two queries."""
    today = timezone.localdate()
    shelf = shelf_of(plan, on=today)
    if edition:
        return Place(shelf, shelf.find(edition), named=True)
    if day is None:
        return Place(shelf, shelf.newest)
    found = shelf.in_force(day) if day <= today else None
    if found is None:
        raise NotYetIssued(shelf, day)
    return Place(shelf, found, day=day)


def placed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call a view with the place that its address names; say kindly why there is none on a date."""

    @wraps(view)
    def found(
        request: HttpRequest, plan: str, day: date | None = None, edition: str = "", **more: Any
    ) -> HttpResponse:
        try:
            place = place_of(plan, day=day, edition=edition)
        except NotYetIssued as missing:
            return _not_yet(request, missing)
        return view(request, place, **more)

    return found


def _not_yet(request: HttpRequest, missing: NotYetIssued) -> HttpResponse:
    shelf, day = missing.shelf, missing.day
    context = {"shelf": shelf, "plan": shelf.plan, "day": day, "future": day > shelf.on}
    return render(request, "plans/site/not_yet.html", context, status=404)


def answer_at(request: HttpRequest, place: Place, make: Callable[[], HttpResponse]) -> HttpResponse:
    """A page of one edition, valid until that plan has another edition."""
    shelf = place.shelf
    return answer(request, seals=[shelf.seal, place.edition.seal], changed=shelf.sealed_at, make=make)


def page_at(
    request: HttpRequest, name: str, place: Place, *steps: str, status: int = 200, **more: object
) -> HttpResponse:
    """A page of one edition; ``steps`` are what ``Place.url`` needs for its own address."""
    shelf, edition = place.shelf, place.edition
    after = shelf.after(edition)
    kept = name in ("whole", "section")
    context = {
        "place": place,
        "shelf": shelf,
        "plan": shelf.plan,
        "edition": edition,
        "superseded_on": after.issued_on if after else None,
        "front_url": place.url(),
        "whole_url": place.url("whole"),
        "made_url": place.url("made"),
        "now_url": place.in_force.url(*(steps if kept else ())),
        "fixed": request.build_absolute_uri(place.permanent.url(*steps)),
        "canonical": request.build_absolute_uri(place.canonical.url(*steps)) if status == 200 else "",
        "summary": summary_of(place),
        **more,
    }
    return render(request, f"plans/site/{name}.html", context, status=status)


def summary_of(place: Place) -> str:
    """One sentence on an edition of a plan: what it is, and when it is or was in force."""
    edition, after = place.edition, place.shelf.after(place.edition)
    facts = {"since": in_full(edition.issued_on), "by": place.shelf.plan.made_by}
    if after is not None:
        facts["until"] = in_full(after.issued_on)
        return _("The plan of %(by)s, as it stood from %(since)s until %(until)s.") % facts
    if place.shelf.ended:
        facts["until"] = in_full(place.shelf.ended)
        return _("The plan of %(by)s, as it stood from %(since)s until it ended on %(until)s.") % facts
    return _("The plan of %(by)s, in force in these words since %(since)s.") % facts
