"""The one door to what the public may read: plans that were issued, and only their issued editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import Http404

from goldthread.core.text import seal_of
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.plans.models.documents import EditionQuerySet

LARGE = ("printed",)
"""What a list of editions does without: it is kept with the rendered text."""


@dataclass(frozen=True)
class Shelf:
    """A plan and the editions of it that were in force on or before a day, oldest first; at least one."""

    plan: Document
    editions: tuple[Edition, ...]
    on: date

    @property
    def newest(self) -> Edition:
        """The edition in force on the day of the shelf."""
        return self.editions[-1]

    @property
    def first(self) -> Edition:
        """The edition with which the plan began."""
        return self.editions[0]

    @property
    def ended(self) -> date | None:
        """The last day of the plan where that is past."""
        last = self.plan.runs_to
        return last if last is not None and last < self.on else None

    @property
    def sealed_at(self) -> datetime:
        """When the newest of the editions was sealed."""
        return max(edition.sealed_at for edition in self.editions if edition.sealed_at)

    @cached_property
    def seal(self) -> str:
        """The same as long as nothing that the public reads of this plan has changed."""
        plan = self.plan
        dates = [str(day) for day in (plan.runs_from, plan.runs_to, self.ended)]
        return seal_of([plan.slug, plan.title, plan.made_by, *dates, *(e.record_seal for e in self.editions)])

    def in_force(self, day: date) -> Edition | None:
        """The edition in force on a date; none before the first."""
        return next((e for e in reversed(self.editions) if e.issued_on and e.issued_on <= day), None)

    def find(self, slug: str) -> Edition:
        """One of the editions by its address, or 404."""
        for edition in self.editions:
            if edition.slug == slug:
                return edition
        raise Http404(f"“{self.plan.title}” has no such edition.")

    def before(self, edition: Edition) -> Edition | None:
        """The edition that this one replaced."""
        place = self.editions.index(edition)
        return self.editions[place - 1] if place else None

    def after(self, edition: Edition) -> Edition | None:
        """The edition that replaced this one."""
        place = self.editions.index(edition)
        return self.editions[place + 1] if place + 1 < len(self.editions) else None


def shelf_of(slug: str, *, on: date) -> Shelf:
    """What the public may read of one plan on a day, or 404: one query."""
    found = _shelves(_issued(on).filter(document__slug=slug), on)
    if not found:
        raise Http404("There is no such plan.")
    return found[0]


def shelves(*, on: date) -> tuple[Shelf, ...]:
    """Every plan that the public may read on a day, the newest first: one query."""
    found = _shelves(_issued(on), on)
    return tuple(sorted(found, key=lambda shelf: shelf.plan.runs_from or date.min, reverse=True))


def _issued(on: date) -> EditionQuerySet:
    """Every edition of every plan that was in force on or before a day, oldest first."""
    rows = Edition.objects.filter(document__kind=DocumentKind.PLAN, issued_on__lte=on)
    return rows.select_related("document").order_by("issued_on", "pk").defer(*LARGE)


def _shelves(rows: Iterable[Edition], on: date) -> tuple[Shelf, ...]:
    editions: dict[int, list[Edition]] = {}
    for edition in rows:
        editions.setdefault(edition.document_id, []).append(edition)
    return tuple(Shelf(found[0].document, tuple(found), on) for found in editions.values())
