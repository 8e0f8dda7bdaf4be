"""What is sent as a section and is none: refused in words, at once, and nothing of it kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from goldthread.plans.models import KeptDraft, SectionVersion
from tests.plans.telling import Story


@pytest.fixture
def send(story: Story, client: Client) -> Any:
    """Send something as the section on value, as the governance officer's editor would."""
    client.force_login(story.cast.governance_officer)
    edition = story.draft

    def post(body: str) -> Any:
        address = f"{edition.get_absolute_url()}sections/value/save/"
        return client.post(address, body, content_type="application/json")

    return post


def _section(content: Any, **more: Any) -> str:
    return json.dumps({"title": "Value", "content": content, **more})


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"title": "x", "content": ' + '[{"content": ' * 5_000 + "[]" + "}]" * 5_000 + "}",
        '{"title": ' + "9" * 5_000 + "}",
        '{"title": "\\ud800", "base": "\\u0000", "content": []}',
        _section([{"type": "paragraph"}] * 20_001),
        _section([{"type": "paragraph", "content": [{"type": "text", "text": "a" * 2_000_001}]}]),
        _section([], more="x" * 8 * 1024 * 1024),
        "",
        "null",
    ],
    ids=[
        "nested",
        "nested blocks",
        "a number",
        "no letters",
        "blocks",
        "letters",
        "bytes",
        "nothing",
        "null",
    ],
)
def test_what_is_no_section_is_refused_in_words(send: Any, body: str) -> None:
    before = SectionVersion.objects.count()
    answer = send(body)
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["message"]
    assert SectionVersion.objects.count() == before
    assert not KeptDraft.objects.exists()


def test_a_base_that_is_no_seal_is_kept_no_longer_than_one(send: Any) -> None:
    answer = send(_section([], base="\ud800" + "q" * 5_000))
    assert answer.status_code == 409
    assert KeptDraft.objects.get().base == "q" * 64


def test_content_that_is_no_list_is_left_out_and_said(send: Any) -> None:
    answer = send(_section(7))
    assert answer.status_code in (200, 409)
