"""What an edition is called can be changed until it is issued, and nothing lapses by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.stages import Move, Stage
from goldthread.plans.actions.editions import rename_edition
from tests.plans.telling import Story


def _rename(story: Story, label: str) -> None:
    rename_edition(edition=story.draft, label=label, by=story.cast.governance_officer, at=story.now())


def test_a_draft_is_called_something_else_and_its_approval_stands(story: Story) -> None:
    story.reaches(story.draft, Move.APPROVE)
    _rename(story, " October 2014 ")
    story.draft.refresh_from_db()
    assert (story.draft.label, story.draft.slug) == ("October 2014", "october-2014")
    assert story.draft.stage == Stage.BOARD_APPROVED


def test_no_two_editions_of_a_document_have_one_label(story: Story) -> None:
    first = story.draft
    second = story.begin("Second", parent=None)
    with pytest.raises(ValidationError, match="already an edition"):
        rename_edition(edition=second, label=first.label, by=story.cast.governance_officer, at=story.now())
    with pytest.raises(ValidationError, match="Give the edition a label"):
        _rename(story, "  ")


def test_an_issued_edition_keeps_its_label(story: Story) -> None:
    story.draft = story.issued()
    with pytest.raises(ValidationError, match="was issued"):
        _rename(story, "Another")


def test_the_desk_sends_on_to_the_new_address(client: Client, cast: Any, settings: Any, story: Story) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(cast.governance_officer)
    at = reverse("plans:desk-presentation", args=[story.plan.slug, story.draft.slug])
    shown = {"label": "October 2014", "title": story.draft.title, "note": ""}
    answer = client.post(at, shown)
    assert answer.url == reverse("plans:desk-edition", args=[story.plan.slug, "october-2014"])


def test_who_may_not_take_a_step_is_told_whose_it_is(
    client: Client, cast: Any, settings: Any, story: Story
) -> None:
    settings.SECOND_FACTOR = False
    story.reaches(story.draft, Move.REPORT)
    client.force_login(cast.governance_officer)
    at = reverse("plans:desk-gate", args=[story.plan.slug, story.draft.slug, "respond"])
    offices = client.get(at).context["whose"]
    assert offices
    assert cast.governance_officer.office_words(cast.body, story.at.date()) not in offices
