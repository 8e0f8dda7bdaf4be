"""Papers as plans know them: plans keep their words, boards say who reads, writes and is told what."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.doors import may_write, papers_for
from goldthread.meetings.models import Paper
from goldthread.meetings.paper_needs import paper_needs
from goldthread.meetings.papers import findings
from goldthread.people.actions import NotAllowed
from goldthread.people.models import User
from goldthread.plans import needs
from goldthread.plans.keepers import Note, register
from goldthread.plans.models import Document, DocumentKind, Edition

READING = frozenset({Ability.READ_DESK, Ability.READ_DRAFTS})
WRITING = READING | {Ability.WRITE_PLAN}


class PaperKeeper:
    """Keeps every document that is a paper's. Its doors are those of boards, for the living words."""

    kept = Q(paper__isnull=False)
    handed_in = Q(paper_file__isnull=False)
    room = "meetings:desk-home"

    def keeps(self, document: Document) -> bool:
        """Whether a document is a paper's."""
        return Paper.objects.filter(document=document.pk).exists()

    def readable(self, user: User, on: date) -> Q:
        """The papers whose living words a person may read; what was accepted is read elsewhere."""
        return Q(paper__in=papers_for(user, on=on, living=True).values("pk"))

    def abilities(self, user: User, document: Document, on: date) -> frozenset[Ability]:
        """Reading for whoever may read its living words; writing while it is with its author."""
        paper = papers_for(user, on=on, living=True).filter(document=document.pk).first()
        if paper is None:
            return frozenset()
        return WRITING if may_write(user, paper, on=on) else READING

    def refuse(self, user: User, ability: Ability, document: Document, on: date) -> None:
        """Say why not: it was handed in, it is another's, or that is no affair of a paper's."""
        paper = papers_for(user, on=on, living=True).filter(document=document.pk).first()
        if paper is None:
            raise NotAllowed(f"{user.name} may not read this paper.")
        if ability is not Ability.WRITE_PLAN:
            raise NotAllowed("That is done with plans, not with papers.")
        stage = paper.get_stage_display().lower()
        raise NotAllowed(
            f"{user.name} may not change this paper now. It is {stage}: its author and their office write "
            "while it is with them. What you typed is still on your screen."
        )

    def address(self, document: Document) -> str:
        """The paper's own page."""
        slug = Paper.objects.values_list("slug", flat=True).get(document=document.pk)
        return reverse("meetings:desk-paper", args=[slug])

    def notes(self, edition: Edition) -> tuple[Note, ...]:
        """What a clerk would find wrong, section by section."""
        paper = Paper.objects.select_related("item__meeting", "board").get(document=edition.document_id)
        return tuple(
            Note(each.section, each.block, each.where, each.message)
            for each in findings(paper)
            if each.section
        )


def register_own() -> None:
    """Keep papers from here on, and tell what waits for a person in them."""
    register(DocumentKind.PAPER, PaperKeeper())
    needs.register(paper_needs, owed=True)
