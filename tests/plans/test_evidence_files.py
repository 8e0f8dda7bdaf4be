"""A document handed in with evidence is kept with it, for the office only."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.core.governance.stages import Move
from goldthread.plans.bundles import LARGEST, keep_attachment
from goldthread.plans.queries import current_seal
from tests.plans.telling import Story

LETTER = b"%PDF-1.7 The chief constable is content."


def _consult(client: Client, story: Story, **more: Any) -> Any:
    address = f"/desk/plan/{story.plan.slug}/{story.draft.slug}/approval/{Move.CONSULT_CHIEF.value}/"
    given = {
        "on": "2014-03-03",
        "body_name": "The constabulary",
        "who": "The chief constable",
        "words": "Content.",
        "reference": "",
        "seen": current_seal(story.draft)[0],
    }
    return client.post(address, {**given, **more})


def test_a_letter_is_kept_with_the_evidence_and_read_back(story: Story, client: Client) -> None:
    client.force_login(story.cast.governance_officer)
    letter = SimpleUploadedFile("..\\secret\\letter.pdf", LETTER)
    assert _consult(client, story, file=letter).status_code == 302
    row = story.draft.evidence.get()
    assert [(each["name"], each["public"]) for each in row.attachments] == [("letter.pdf", False)]
    read = client.get(f"/desk/plan/{story.plan.slug}/{story.draft.slug}/evidence/{row.pk}/1/")
    assert b"".join(read.streaming_content) == LETTER
    assert "letter.pdf" in read["Content-Disposition"]


def test_nobody_keeps_a_file_with_a_step_that_is_not_theirs(story: Story, client: Client) -> None:
    client.force_login(story.cast.analyst)
    letter = SimpleUploadedFile("letter.pdf", LETTER)
    assert _consult(client, story, file=letter).status_code == 403
    assert not story.draft.evidence.exists()


def test_no_file_is_no_attachment() -> None:
    assert keep_attachment(None) == ()
    assert LARGEST == 50 * 1024 * 1024
