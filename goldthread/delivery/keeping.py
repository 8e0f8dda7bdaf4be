"""Theme documents as plans know them: plans keep their words, delivery says who reads and writes them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Report
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import User
from goldthread.people.queries import abilities, bodies_where
from goldthread.plans.keepers import Note, register
from goldthread.plans.models import Document, DocumentKind, Edition

READING = frozenset({Ability.READ_DESK, Ability.READ_DRAFTS})
WRITING = READING | {Ability.WRITE_PLAN}


def report_of(document: Document) -> Report | None:
    """The newest report whose words a document holds."""
    return Report.objects.filter(edition__document=document.pk).order_by("-pk").first()


class ThemeKeeper:
    """Keeps every theme document: whoever writes delivery writes it, until it is frozen with its paper."""

    kept = Q(kind=DocumentKind.THEME)
    handed_in = Q(pk__in=())
    room = "delivery:desk-reports"

    def keeps(self, document: Document) -> bool:
        """Whether a document is a theme's: all of their kind are."""
        return document.kind == DocumentKind.THEME

    def readable(self, user: User, on: date) -> Q:
        """Those of the bodies whose drafts a person may read."""
        return Q(body__in=bodies_where(user, Ability.READ_DRAFTS, on))

    def abilities(self, user: User, document: Document, on: date) -> frozenset[Ability]:
        """Reading for whoever reads drafts; writing for whoever writes delivery, until it is frozen."""
        can = abilities(user, document.body, on)
        if Ability.READ_DRAFTS not in can:
            return frozenset()
        report = report_of(document)
        if report is not None and report.is_frozen:
            return READING
        return WRITING if Ability.WRITE_DELIVERY in can else READING

    def refuse(self, user: User, ability: Ability, document: Document, on: date) -> None:
        """Say why not: it is frozen, or that is no affair of a theme document's."""
        require(user, Ability.READ_DRAFTS, document.body, on=on)
        if ability is not Ability.WRITE_PLAN:
            raise NotAllowed("That is done with plans, not with the documents of their themes.")
        require(user, Ability.WRITE_DELIVERY, document.body, on=on)
        raise NotAllowed("This document is frozen with the paper that it is attached to. Assemble a new one.")

    def address(self, document: Document) -> str:
        """The report's page."""
        report = report_of(document)
        return report.get_absolute_url() if report is not None else ""

    def notes(self, edition: Edition) -> tuple[Note, ...]:
        """Nothing is told in its margin."""
        return ()


def register_own() -> None:
    """Keep theme documents from here on."""
    register(DocumentKind.THEME, ThemeKeeper())
