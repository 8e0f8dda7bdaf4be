"""How many questions each page asks the database: a number that does not grow with the office's years.

The small office has the plan of the story; the large one has twelve editions, sixty sections and
many links. Each page asks no more of the one than of the other.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from goldthread.core.text import Kind, Prose, Run, Section, Text
from goldthread.plans.actions.editions import create_document, start_edition
from goldthread.plans.actions.gates import adopt
from goldthread.plans.actions.links import link
from goldthread.plans.actions.sections import save_section
from goldthread.plans.models import Document, DocumentKind
from goldthread.plans.reading import address_of
from tests.cast import Cast
from tests.plans.story import a_draft, a_plan, issued

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2014, 10, 3, 10, tzinfo=UTC)
PLAN, STRATEGY, DRAFT, ISSUED = "police-and-crime-plan-2013-16", "their-strategy", "a-draft", "edition-1"
FIRST = "section-000-0000-4000-8000"


def _text(sections: int, words: str) -> Text:
    return Text(
        "Police and Crime Plan",
        tuple(
            Section(
                f"section-{n:03}-0000-4000-8000",
                f"Section {n}",
                (Prose(f"block-{n:03}", Kind.PARAGRAPH, (Run(f"{words} {n}"),), numbered=True),),
            )
            for n in range(sections)
        ),
    )


def _office(cast: Cast, *, editions: int, sections: int, links: int) -> None:
    """A plan with issued editions and a draft, a strategy, and links that have become doubtful."""
    plan = a_plan(cast)
    for n in range(1, editions + 1):
        edition = a_draft(cast, plan, f"Edition {n}", _text(sections, f"Words of {n}:"), date(2013, 1, 7))
        issued(cast, edition, date(2013, 2, n + 1))
    draft = a_draft(cast, plan, "A draft", _text(sections, "Words of the draft:"), date(2014, 1, 7))
    strategy = _strategy(cast, sections)
    for n in range(links):
        link(
            plan=plan,
            section_key=f"section-{n:03}-0000-4000-8000",
            strategy=strategy,
            clause_key=f"section-{n:03}-0000-4000-8000",
            reason="They meet.",
            by=cast.analyst,
            at=AT,
        )
    placed = draft.placements.select_related("version").first()
    form = {**placed.version.form, "title": "Another title"}
    save_section(edition=draft, key=placed.key, form=form, base=placed.version.seal, by=cast.deputy, at=AT)


def _strategy(cast: Cast, sections: int) -> Document:
    strategy = create_document(
        body=cast.body,
        kind=DocumentKind.STRATEGY,
        title="Their strategy",
        made_by="Constabulary",
        by=cast.governance_officer,
        at=AT,
    )
    edition = start_edition(
        document=strategy, label="2013", text=_text(sections, "Clause"), by=cast.governance_officer, at=AT
    )
    adopt(edition=edition, on=date(2013, 6, 3), by=cast.governance_officer, at=AT)
    return strategy


def _pages() -> dict[str, str]:
    """Every page that is read, by a name."""

    def at(name: str, *args: Any, query: str = "") -> str:
        return reverse(f"plans:{name}", args=args) + query

    section = address_of(FIRST, "Section 0")
    return {
        "home": "/desk/",
        "shelf": at("desk-shelf"),
        "new plan": at("desk-new-document"),
        "files": at("desk-import"),
        "document": at("desk-document", PLAN),
        "strategy": at("desk-document", STRATEGY),
        "new edition": at("desk-new-edition", PLAN),
        "edition": at("desk-edition", PLAN, DRAFT),
        "edition issued": at("desk-edition", PLAN, ISSUED),
        "presentation": at("desk-presentation", PLAN, DRAFT),
        "approval": at("desk-approval", PLAN, DRAFT),
        "gate": at("desk-gate", PLAN, DRAFT, "consult_chief"),
        "ask": at("desk-ask", PLAN, DRAFT),
        "compare": at("desk-compare", PLAN),
        "links": at("desk-links", PLAN),
        "clauses": at("desk-links", PLAN, query="?way=clauses"),
        "links as CSV": at("desk-links-csv", PLAN),
        "add link": at("desk-add-link", PLAN, FIRST),
        "section": at("desk-section", PLAN, DRAFT, FIRST),
        "history": at("desk-history", PLAN, DRAFT, FIRST),
        "move": at("desk-move-section", PLAN, DRAFT, FIRST),
        "add section": at("desk-add-section", PLAN, DRAFT),
        "care": at("desk-care", PLAN, DRAFT, FIRST),
        "public home": at("site-home"),
        "public plans": at("site-plan-list"),
        "public plan": at("site-plan", PLAN),
        "public section": at("site-plan-section", PLAN, section),
        "public edition": at("site-edition", PLAN, ISSUED),
        "public whole": at("site-plan-whole", PLAN),
        "public editions": at("site-editions", PLAN),
        "public date": at("site-at", PLAN, "2014-01-02"),
        "public made": at("site-plan-made", PLAN),
        "public changes": at("site-changes", PLAN, "edition-1", "edition-2"),
        "public feed": at("site-feed", PLAN),
    }


def _counts(cast: Cast) -> dict[str, int]:
    """How many queries each page makes for the chief executive, once whatever it keeps is kept."""
    visit = Client()
    visit.force_login(cast.chief_executive)
    found = {}
    for name, path in _pages().items():
        assert visit.get(path).status_code == 200, name
        with CaptureQueriesContext(
            connection,
        ) as asked:
            visit.get(path)
        found[name] = len(asked)
    return found


COUNTS = {
    "home": 52,
    "shelf": 7,
    "new plan": 3,
    "files": 6,
    "document": 6,
    "strategy": 6,
    "new edition": 6,
    "edition": 12,
    "edition issued": 10,
    "presentation": 5,
    "approval": 13,
    "gate": 13,
    "ask": 7,
    "compare": 10,
    "links": 18,
    "clauses": 18,
    "links as CSV": 17,
    "add link": 27,
    "section": 8,
    "history": 8,
    "move": 9,
    "add section": 7,
    "care": 8,
    "public home": 1,
    "public plans": 1,
    "public plan": 2,
    "public section": 2,
    "public edition": 2,
    "public whole": 2,
    "public editions": 1,
    "public date": 2,
    "public made": 2,
    "public changes": 2,
    "public feed": 1,
}


@pytest.mark.parametrize(
    ("editions", "sections", "links"), [(2, 6, 2), (12, 60, 30)], ids=["small office", "large office"]
)
def test_each_page_asks_a_fixed_number_of_questions(
    cast: Cast, editions: int, sections: int, links: int
) -> None:
    for role in Role:
        cast.holder(role)
    _office(cast, editions=editions, sections=sections, links=links)
    assert _counts(cast) == COUNTS
