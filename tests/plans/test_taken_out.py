"""A section that was taken out is found again on the desk, and put back where it stood."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.plans.telling import Story


@pytest.fixture
def desk(client: Client, cast: Any, settings: Any) -> Client:
    settings.SECOND_FACTOR = False
    client.force_login(cast.governance_officer)
    return client


def _take_out(desk: Client, story: Story, key: str) -> Any:
    at = [story.plan.slug, story.draft.slug, key]
    return desk.post(reverse("plans:desk-remove-section", args=at), follow=True)


def _tree(story: Story) -> list[tuple[int, str]]:
    return list(story.draft.placements.order_by("position").values_list("depth", "key"))


@pytest.mark.parametrize("key", ["visible", "contact", "value"])
def test_a_section_is_put_back_where_it_stood(desk: Client, story: Story, key: str) -> None:
    before = _tree(story)
    page = _take_out(desk, story, key)
    version = page.context["changes"][-1].version
    assert page.context["title"] == version.title
    place = {name: page.context[name] for name in ("after", "depth")}
    at = [story.plan.slug, story.draft.slug, key]
    desk.post(reverse("plans:desk-restore", args=at), {"version": version.pk, **place})
    assert _tree(story) == before


def test_the_edition_names_what_was_taken_out_until_it_is_put_back(desk: Client, story: Story) -> None:
    edition = story.draft.get_absolute_url()
    assert desk.get(edition).context["taken_out"] == {}
    title = story.draft.placements.get(key="contact").version.title
    _take_out(desk, story, "contact")
    page = desk.get(edition)
    assert page.context["taken_out"] == {"contact": title}
    at = [story.plan.slug, story.draft.slug, "contact"]
    assert reverse("plans:desk-history", args=at) in page.content.decode()
