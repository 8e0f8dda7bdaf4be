"""What the panel is not shown of an edition that it was sent: earlier words, letters, what was asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from goldthread.audit import vault
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.stages import Move
from goldthread.plans.actions.gates import answer_change_request, request_changes
from tests.plans.telling import Story


@pytest.mark.parametrize("role", [Role.PANEL_CLERK, Role.PANEL_MEMBER])
def test_the_panel_is_shown_neither_earlier_words_nor_letters_nor_requests(
    story: Story, client: Client, role: Role
) -> None:
    story.writes("value", "SENTINEL words of an earlier draft.")
    story.writes("value", "Two stations are shared.")
    officer = story.cast.monitoring_officer
    asked = request_changes(edition=story.draft, words="SENTINEL ask", key="", by=officer, at=story.now())
    by = story.cast.governance_officer
    answer_change_request(asked=asked, answer="Done.", by=by, at=story.now())
    letter = {"name": "SENTINEL.pdf", "words": "", "sha256": vault.keep(b"SENTINEL"), "size": 8}
    story.reaches(story.draft, Move.SUBMIT)
    story.passes(story.draft, Move.REPORT, attachments=(letter,))
    client.force_login(story.cast.holder(role))
    here = story.draft.get_absolute_url()
    evidence = story.draft.evidence.latest("pk").pk
    for address in ("sections/value/history/", f"evidence/{evidence}/1/"):
        assert client.get(here + address).status_code == 403
    assert client.get(here, follow=True).redirect_chain == [(f"{here}approval/", 302)]
    page = client.get(f"{here}approval/")
    assert page.status_code == 200
    assert "SENTINEL" not in page.content.decode()


@pytest.mark.parametrize("role", [Role.PANEL_CLERK, Role.PANEL_MEMBER])
def test_the_panel_reads_the_bundle_it_was_sent_and_not_the_words_as_they_move_on(
    story: Story, client: Client, role: Role
) -> None:
    story.reaches(story.draft, Move.SUBMIT)
    story.writes("value", "SENTINEL words written after it was sent.")
    client.force_login(story.cast.holder(role))
    here = story.draft.get_absolute_url()
    for address in ("sections/value/", "as.docx", "as.pdf"):
        assert client.get(here + address).status_code == 404
    compared = client.get(f"/desk/plan/{story.plan.slug}/compare/")
    assert "SENTINEL" not in compared.content.decode()
