"""Pages of plans ask a fixed number of queries, however many editions, sections and links there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.plans.actions.sections import add_section
from goldthread.plans.crossings import links_of, matrix
from goldthread.plans.models import Document, Edition
from goldthread.plans.progress import desk_shelves, edition_page
from goldthread.plans.queries import compare_editions, history_of, outline, standings_of
from tests.plans.telling import Story

Ask = Callable[[Story], object]


def _edition(story: Story) -> Edition:
    return Edition.objects.select_related("document__body", "parent").get(pk=story.draft.pk)


def _links(story: Story) -> object:
    return links_of(_plan(story), [Document.objects.get(pk=story.strategy.pk)])


def _plan(story: Story) -> Document:
    return Document.objects.get(pk=story.plan.pk)


def _matrix(story: Story) -> object:
    return matrix(_plan(story), [Document.objects.get(pk=story.strategy.pk)])


ASKED: dict[str, tuple[Ask, int]] = {
    "outline": (lambda story: outline(_edition(story), on=story.at.date()), 3),
    "edition_page": (lambda story: edition_page(_edition(story), on=story.at.date()), 7),
    "standings_of": (lambda story: standings_of(_edition(story)), 3),
    "history_of": (lambda story: list(history_of(_edition(story), "value")), 3),
    "desk_shelves": (lambda story: desk_shelves(story.cast.analyst, on=story.at.date()), 2),
    "links_of": (_links, 9),
    "matrix": (_matrix, 14),
    "compare_editions": (lambda story: compare_editions(_edition(story), _edition(story)), 4),
}


def _count(ask: Ask, story: Story) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask(story)
    return [query["sql"] for query in asked.captured_queries]


def _grow(story: Story) -> None:
    """Two more editions, three more sections, two more links, another strategy's worth of history."""
    keeper = story.cast.governance_officer
    story.links("value", "c-estate")
    story.links("value", "c-visit")
    parent = story.issued()
    for label in ("Second", "Third"):
        child = story.begin(label, parent=parent)
        for title in ("More", "And more", "Yet more"):
            add_section(edition=child, title=title, after="", depth=0, by=keeper, at=story.now())
        story.writes("value", f"{label} words.", edition=child)
        parent = story.issued(child)
    story.draft = story.begin("Fourth", parent=parent)


@pytest.mark.slow
def test_the_number_of_queries_is_fixed_and_does_not_grow(story: Story) -> None:
    """Reason for slow: three editions are issued."""
    story.links()
    story.draft = story.begin("A draft with a parent", parent=story.issued())
    assert story.cast.analyst.name
    before = {name: _count(ask, story) for name, (ask, _) in ASKED.items()}
    assert {name: len(asked) for name, asked in before.items()} == {n: most for n, (_, most) in ASKED.items()}
    _grow(story)
    after = {name: len(_count(ask, story)) for name, (ask, _) in ASKED.items()}
    assert after == {name: most for name, (_, most) in ASKED.items()}
