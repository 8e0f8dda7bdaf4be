"""The doors to documents, editions and one's own words: nobody from elsewhere comes in."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from goldthread.core.governance.abilities import GRID, Ability, Role
from goldthread.core.governance.stages import Move
from goldthread.people.actions import NotAllowed, end_holding
from goldthread.people.models import User
from goldthread.plans.actions.sections import Conflict
from goldthread.plans.queries import (
    document_for,
    documents_for,
    edition_for,
    editions_for,
    editions_listed_for,
    kept_draft_for,
)
from tests.plans.telling import Story


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("ability", [Ability.READ_DESK, Ability.WRITE_PLAN, Ability.MANAGE_PLAN])
def test_an_office_opens_the_door_to_what_it_may_do(story: Story, role: Role, ability: Ability) -> None:
    person, today = story.cast.holder(role), story.at.date()
    where = {"on": today, "ability": ability}
    if Ability.READ_DRAFTS not in GRID[role]:
        with pytest.raises(Http404):
            edition_for(person, story.draft.document.slug, story.draft.slug, **where)
    elif ability in GRID[role]:
        assert document_for(person, story.plan.slug, **where) == story.plan
        assert edition_for(person, story.draft.document.slug, story.draft.slug, **where) == story.draft
    else:
        with pytest.raises(NotAllowed):
            document_for(person, story.plan.slug, **where)
        with pytest.raises(NotAllowed):
            edition_for(person, story.draft.document.slug, story.draft.slug, **where)


@pytest.mark.parametrize("role", [Role.PANEL_CLERK, Role.PANEL_MEMBER])
def test_the_panel_reads_what_was_submitted_or_issued_and_no_draft(story: Story, role: Role) -> None:
    person, today = story.cast.holder(role), story.at.date()
    assert story.draft
    assert story.strategy
    assert not documents_for(person, on=today).exists()
    story.reaches(story.draft, Move.SUBMIT)
    assert list(documents_for(person, on=today)) == [story.plan]
    assert edition_for(person, story.plan.slug, story.draft.slug, on=today, steps=True) == story.draft
    with pytest.raises(Http404):
        edition_for(person, story.plan.slug, story.draft.slug, on=today)
    other = story.begin("Another draft", parent=story.draft)
    assert list(editions_listed_for(person, story.plan, on=today)) == [story.draft]
    assert not editions_for(person, story.plan, on=today).exists()
    with pytest.raises(Http404):
        edition_for(person, story.plan.slug, other.slug, on=today, steps=True)


@pytest.mark.parametrize("who", ["resident", "stranger", "nobody"])
def test_who_holds_no_office_here_learns_not_even_that_it_exists(story: Story, who: str) -> None:
    person = AnonymousUser() if who == "nobody" else getattr(story.cast, who)
    today = story.at.date()
    for slug in (story.draft.document.slug, "no-such-plan"):
        with pytest.raises(Http404, match="There is no such document here"):
            document_for(person, slug, on=today)
        with pytest.raises(Http404, match="There is no such document here"):
            edition_for(person, slug, story.draft.slug, on=today)
    assert not documents_for(person, on=today).exists()


def test_an_office_opens_doors_only_while_it_is_held(story: Story) -> None:
    person = story.cast.analyst
    end_holding(holding=person.holdings.get(), ends=date(2014, 3, 3), by=None, at=story.now())
    person = User.objects.get(pk=person.pk)
    assert document_for(person, story.plan.slug, on=date(2014, 3, 3)) == story.plan
    with pytest.raises(Http404):
        document_for(person, story.plan.slug, on=date(2014, 3, 4))
    with pytest.raises(Http404):
        document_for(person, story.plan.slug, on=date(2012, 11, 21))


def test_an_edition_is_found_under_its_own_document_only(story: Story) -> None:
    person, today = story.cast.analyst, story.at.date()
    with pytest.raises(Http404, match="has no such edition"):
        edition_for(person, story.plan.slug, "no-such-edition", on=today)
    with pytest.raises(Http404, match="has no such edition"):
        edition_for(person, story.strategy.slug, story.draft.slug, on=today)


def test_words_that_were_kept_are_opened_by_their_writer_only(story: Story) -> None:
    conflict = story.writes("value", "His.", base="an older seal")
    assert isinstance(conflict, Conflict)
    writer, today = story.cast.governance_officer, story.at.date()
    assert kept_draft_for(writer, conflict.mine.pk, on=today) == conflict.mine
    for person in (story.cast.chief_executive, story.cast.stranger, story.cast.resident):
        with pytest.raises(Http404):
            kept_draft_for(person, conflict.mine.pk, on=today)
    end_holding(holding=writer.holdings.get(), ends=date(2014, 3, 3), by=None, at=story.now())
    with pytest.raises((Http404, NotAllowed)):
        kept_draft_for(User.objects.get(pk=writer.pk), conflict.mine.pk, on=today)
