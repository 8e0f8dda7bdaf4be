"""Every address of the product, with something real behind it, in one small office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from goldthread.audit import vault
from goldthread.core.governance.abilities import Role
from goldthread.plans.actions.gates import request_changes
from goldthread.plans.actions.imports import hand_in, read_file
from goldthread.plans.actions.links import link
from goldthread.plans.actions.sections import Conflict, save_section
from goldthread.plans.models import DocumentKind, KeptDraft
from goldthread.plans.reading import address_of
from tests.cast import Cast
from tests.plans.story import CALLS, SAFETY, a_strategy, the_plan

PLAN, DRAFT, ISSUED = "police-and-crime-plan-2013-16", "october-2014-draft", "march-2014"
SHOWN = {"label": "A label", "title": "A title", "note": ""}
AT = datetime(2014, 10, 3, 10, tzinfo=UTC)
NO_SEAL = "0" * 64
SAVE = {"title": "Answering calls", "numbered": True, "content": []}


@dataclass(frozen=True, slots=True)
class Address:
    """A named address with its arguments, its query, and what is posted to it where it takes a post."""

    name: str
    args: tuple[Any, ...] = ()
    query: str = ""
    post: dict[str, Any] | None = None
    case: str = ""
    json: bool = False

    @property
    def title(self) -> str:
        """The name under which the golden file keeps it."""
        return f"{self.name} ({self.case})" if self.case else self.name


class World:
    """The plan of the story with everything that hangs on it: files, links, two texts, a change asked for."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.plan = the_plan(cast)
        self.strategy = a_strategy(cast)
        self.draft = self.plan.editions.get(slug=DRAFT)
        self.issued = self.plan.editions.get(slug=ISSUED)
        for role in Role:
            cast.holder(role)
        self.link = self._linked()
        self.kept = self._kept()
        self.handed = self._handed()
        self.asked = request_changes(
            edition=self.draft, words="Say it shorter.", key="", by=cast.monitoring_officer, at=AT
        )
        self.bundle = self.issued.bundles.get()
        self.picture = vault.keep(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")

    def _linked(self) -> int:
        made = link(
            plan=self.plan,
            section_key=CALLS,
            strategy=self.strategy,
            clause_key="clause-1",
            reason="Both are about calls.",
            by=self.cast.analyst,
            at=AT,
        )
        return int(made.pk)

    def _kept(self) -> KeptDraft:
        """Words of the governance officer's, kept while the chief executive saved."""
        base = self.draft.placements.get(key=CALLS).version.seal
        for by in (self.cast.chief_executive, self.cast.governance_officer):
            form = {**SAVE, "content": [_paragraph(f"Written by {by.name}.")]}
            saved = save_section(edition=self.draft, key=CALLS, form=form, base=base, by=by, at=AT)
        assert isinstance(saved, Conflict)
        return saved.mine

    def _handed(self) -> int:
        handed = hand_in(
            body=self.cast.body,
            name="paper.txt",
            content=b"1. Safer roads\n\nFewer people are hurt on our roads.\n",
            kind=DocumentKind.PAPER,
            into=None,
            by=self.cast.governance_officer,
            at=AT,
        )
        read_file(pk=handed.pk, at=AT)
        return int(handed.pk)


def _paragraph(words: str) -> dict[str, Any]:
    return {"type": "paragraph", "attrs": {"key": "p1"}, "content": [{"type": "text", "text": words}]}


REASON = {"clear-reason": "They still agree.", "end-reason": "No longer."}
EDITION = {"label": "2015", "parent": "", "note": ""}
KEEP = {"title": "A paper", "label": "2014", "made_by": "The office", "dated": "2014-10-01"}
PLACE = {"after": "", "depth": "0"}


def desk(world: World) -> list[Address]:
    """The staff pages of plans."""
    edition, section = (PLAN, DRAFT), (PLAN, DRAFT, SAFETY)
    handed, seal = world.handed, world.draft.placements.get(key=SAFETY).version.seal
    version = world.draft.placements.get(key=SAFETY).version_id
    return [
        Address("desk-shelf"),
        Address("desk-new-document", post={"title": "Another plan", "label": "2016"}),
        Address("desk-import", post={"kind": "paper"}),
        Address("desk-import-review", (handed,), post=KEEP),
        Address("desk-import-progress", (handed,)),
        Address("desk-import-discard", (handed,), post={}),
        Address("desk-compare-files", post={}),
        Address("desk-conflict", (world.kept.pk,), post={"outcome": "theirs"}),
        Address("desk-document", (PLAN,)),
        Address("desk-document", (world.strategy.slug,), case="a strategy"),
        Address("desk-new-edition", (PLAN,), post=EDITION),
        Address("desk-compare", (PLAN,)),
        Address("desk-links", (PLAN,)),
        Address("desk-links-csv", (PLAN,)),
        Address("desk-link", (PLAN, world.link), post={"do": "end", **REASON}),
        Address(
            "desk-add-link", (PLAN, SAFETY), post={"clause": f"{world.strategy.pk}:clause-1", "reason": "R"}
        ),
        Address("desk-edition", edition),
        Address("desk-edition", (PLAN, ISSUED), case="issued"),
        Address("desk-presentation", edition, post=SHOWN),
        Address("desk-presentation", (PLAN, ISSUED), post=SHOWN, case="issued"),
        Address("desk-edition-file", (*edition, "docx")),
        Address("desk-approval", edition),
        Address("desk-ask", edition, post={"key": "", "words": "Say it shorter."}),
        Address("desk-answer", (*edition, world.asked.pk), post={"answer": "Done."}),
        Address("desk-bundle-file", (PLAN, ISSUED, world.bundle.pk, 1)),
        Address("desk-evidence-file", (PLAN, ISSUED, world.issued.evidence.earliest("pk").pk, 1)),
        Address("desk-take-in-picture", (PLAN,), post={}),
        Address("desk-picture", (PLAN, world.picture)),
        Address("desk-add-section", edition, post={"title": "New", **PLACE}),
        Address("desk-section", section),
        Address("desk-save", section, post={**SAVE, "base": seal}, json=True),
        Address("desk-save", (PLAN, ISSUED, SAFETY), post={**SAVE, "base": seal}, json=True, case="issued"),
        Address("desk-history", section),
        Address("desk-restore", section, post={"version": version, "base": seal}),
        Address("desk-move-section", section, post=PLACE),
        Address("desk-remove-section", section, post={}),
        Address("desk-care", section, post={"office": "", "next_review": "2015-01-01"}),
    ]


def people(world: World) -> list[Address]:
    """The people desk, the record, and the door."""
    office = world.cast.office(Role.ANALYST)
    holding = world.cast.analyst.holdings.get()
    given = {"name": "Ada March", "email": "ada@fenshire.example", "starts": "2020-01-06"}
    return [
        Address("people"),
        Address("appoint", (office.pk,), post=given),
        Address("end_holding", (holding.pk,), post={"ends": "2020-01-06"}),
        Address("record"),
        Address("account_login"),
        Address("account_logout"),
        Address("sign_in_as", (world.cast.analyst.pk,), post={}),
    ]


def look() -> list[Address]:
    """The style pages, which only a demonstration shows."""
    names = ("look", "look_list", "look_job", "look_thread", "look_changes", "look_plain")
    return [Address(name) for name in names]


def public(world: World) -> list[Address]:
    """The public pages, and the same addresses asked for what was never issued."""
    section = address_of(CALLS, "Answering calls")
    places = {"plan": (PLAN,), "at": (PLAN, "2014-04-01"), "edition": (PLAN, ISSUED)}
    hidden = {
        "a draft": (PLAN, DRAFT),
        "a strategy": (world.strategy.slug, "2013"),
        "no such plan": ("nowhere", "2013"),
    }
    found = [
        Address("site-home"),
        Address("site-plan-list"),
        *(Address(f"site-{name}", (PLAN,)) for name in ("at-choose", "editions", "changes-choose", "feed")),
        Address("site-picture", (PLAN, NO_SEAL), case="none such"),
        Address("site-at", (PLAN, "2012-04-01"), case="before the first"),
        Address("site-plan", (world.strategy.slug,), case="a strategy"),
    ]
    for name, args in places.items():
        found += _place(name, args, section)
    for case, args in hidden.items():
        found += [Address(f"site-{name}", more, case=case) for name, more in _edition_pages(args, section)]
    for old, new, case in (("march-2013", ISSUED, ""), (ISSUED, DRAFT, "a draft")):
        found += [
            Address("site-changes", (PLAN, old, new), case=case),
            Address("site-changes-file", (PLAN, old, new, "docx"), case=case),
            Address("site-changes-csv", (PLAN, old, new), case=case),
        ]
    return found


def _edition_pages(args: tuple[Any, ...], section: str) -> list[tuple[str, tuple[Any, ...]]]:
    return [
        ("edition", args),
        ("edition-whole", args),
        ("edition-made", args),
        ("edition-file", (*args, "docx")),
        ("edition-section", (*args, section)),
    ]


def _place(name: str, args: tuple[Any, ...], section: str) -> list[Address]:
    return [
        Address(f"site-{name}", args),
        Address(f"site-{name}-whole", args),
        Address(f"site-{name}-made", args),
        Address(f"site-{name}-attachment", (*args, NO_SEAL), case="none such"),
        Address(f"site-{name}-file", (*args, "docx")),
        Address(f"site-{name}-section", (*args, section)),
    ]
