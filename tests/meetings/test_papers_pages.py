"""The pages of papers at the desk, each opened by those whom it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.audit import vault
from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Figure, Section
from goldthread.meetings.actions.papers import accept_paper, mark_paper, return_paper
from goldthread.meetings.models import MeetingStage, Paper, PaperStage
from goldthread.meetings.papers import content_seal, paper_text
from tests.meetings.test_papers import a_paper, hand_in, submitted, write
from tests.meetings.test_papers_doors import PNG

pytestmark = pytest.mark.slow


def page(client: Client, user: Any, name: str, *args: Any, **query: Any) -> str:
    """A page's HTML as somebody reads it."""
    client.force_login(user)
    response = client.get(reverse(f"meetings:{name}", args=args), query)
    assert response.status_code == 200, (name, response.status_code, response.headers.get("Location"))
    return response.content.decode()


def post(client: Client, user: Any, name: str, *args: Any, **given: Any) -> Any:
    client.force_login(user)
    return client.post(reverse(f"meetings:{name}", args=args), given)


def test_my_papers_say_how_to_begin(client: Client, boards: Any) -> None:
    assert boards.board
    html = page(client, boards.cast.chief_executive, "desk-papers")
    assert "You have written no papers yet" in html
    assert reverse("meetings:desk-new-paper") in html


def test_a_paper_is_begun_on_its_page(client: Client, boards: Any) -> None:
    board, by = boards.board, boards.cast.chief_executive
    assert "Business Coordination Board" in page(client, by, "desk-new-paper")
    response = post(client, by, "desk-new-paper", board=board.pk, title="Estates", item="")
    paper = Paper.objects.get()
    assert response.headers["Location"] == paper.get_absolute_url()
    html = page(client, by, "desk-paper", paper.slug)
    assert "What the board is asked to do and why it comes now" in html
    assert "Estates" in page(client, by, "desk-papers")


def test_without_title_or_file_nothing_is_begun_and_it_says_why(client: Client, boards: Any) -> None:
    response = post(client, boards.cast.chief_executive, "desk-new-paper", board=boards.board.pk, title="")
    assert "Give the paper a title, or hand in a file" in response.content.decode()
    assert not Paper.objects.exists()


def test_a_note_stands_beside_the_block_that_it_is_about(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    write(paper, boards, "A lead officer will be identified.")
    html = page(client, paper.author, "desk-paper", paper.slug)
    beside, _, after = html.partition('<div class="noted noted--block">')
    assert "A lead officer" in after[: after.index("</p></div>")]
    assert beside


def test_submitting_shows_what_proofing_found_and_keeps_a_typed_note(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    html = page(client, paper.author, "desk-submit-paper", paper.slug)
    assert "The Board is recommended to approve the priorities." in html
    whose = (client, paper.author, "desk-submit-paper", paper.slug)
    stale = post(*whose, seen="0" * 64, note="My long note")
    assert "changed since you opened" in stale.content.decode()
    assert "My long note" in stale.content.decode()
    assert post(*whose, seen=content_seal(paper), note="Now").status_code == 302
    again = post(*whose, seen=content_seal(paper), note="Now")
    assert again.status_code == 302
    assert paper.versions.count() == 1


def test_a_returned_paper_shows_the_words_first_and_waits_for_its_author(client: Client, boards: Any) -> None:
    paper, officer = submitted(boards), boards.cast.governance_officer
    assert "Accept it for an agenda" in page(client, officer, "desk-paper", paper.slug)
    assert "Accept “Delivery of the plan”, or return it" in client.get("/desk/").content.decode()
    post(client, officer, "desk-return-paper", paper.slug, words="Say what it costs.")
    html = page(client, paper.author, "desk-paper", paper.slug)
    assert "Say what it costs." in html
    assert "Change “Delivery of the plan” and submit it again" in client.get("/desk/").content.decode()


def test_what_changed_between_versions_is_shown_and_downloaded(client: Client, boards: Any) -> None:
    paper = submitted(boards)
    return_paper(paper=paper, words="Costs.", by=boards.cast.governance_officer, at=boards.at)
    write(paper, boards, "It costs £12,000.")
    hand_in(paper, boards)
    html = page(client, paper.author, "desk-paper-versions", paper.slug)
    assert "version 1" in html
    assert "£12,000" in html
    address = reverse("meetings:desk-paper-versions", args=[paper.slug])
    word = client.get(address, {"old": "1", "new": "2", "form": "docx"})
    assert word.content[:2] == b"PK"
    assert client.get(address, {"old": "1", "new": "9"}).status_code == 404
    assert "Version 1 of" in page(client, paper.author, "desk-paper-version", paper.slug, 1)


def test_every_page_of_a_paper_opens_for_whoever_manages_meetings(client: Client, boards: Any) -> None:
    paper, by = a_paper(boards), boards.cast.governance_officer
    boards.item(boards.meeting(), "An item")
    for name in (
        "desk-paper-header",
        "desk-submit-paper",
        "desk-withdraw-paper",
        "desk-mark-paper",
        "desk-ask-sign-off",
        "desk-add-appendix",
        "desk-paper-sources",
        "desk-return-paper",
        "desk-accept-paper",
    ):
        assert "<h1>" in page(client, by, name, paper.slug)
    assert "<h1>" in page(client, by, "desk-paper-implication", paper.slug, "finance")


def test_the_header_is_changed_and_what_was_typed_is_not_lost(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    given = {"title": "", "to": "The Board", "sender": "Chief Executive", "house_template": "cumbria"}
    refused = post(client, paper.author, "desk-paper-header", paper.slug, **given)
    assert "The Board" in refused.content.decode()
    given["title"] = "A better title"
    assert post(client, paper.author, "desk-paper-header", paper.slug, **given).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.house_template) == ("A better title", "cumbria")
    html = page(client, paper.author, "desk-paper-header", paper.slug)
    assert "Originating Officer" in html


def test_a_member_reads_what_was_handed_in_and_not_what_is_written_since(client: Client, boards: Any) -> None:
    paper = submitted(boards)
    item = boards.item(boards.meeting(stage=MeetingStage.PUBLISHED), "Delivery")
    Paper.objects.filter(pk=paper.pk).update(stage=PaperStage.ACCEPTED, item=item, marking=Marking.MEMBERS)
    paper.refresh_from_db()
    write_behind(paper, boards)
    member = boards.cast.holder(Role.BOARD_MEMBER)
    html = page(client, member, "desk-paper", paper.slug)
    assert "It follows." in html
    assert "Written since" not in html
    for name in ("desk-submit-paper", "desk-paper-header", "desk-paper-versions", "desk-paper-sources"):
        assert client.get(reverse(f"meetings:{name}", args=[paper.slug])).status_code == 404
    pdf = client.get(reverse("meetings:desk-paper-as", args=[paper.slug, "pdf"]))
    assert pdf.content[:5] == b"%PDF-"


def write_behind(paper: Paper, boards: Any) -> None:
    """Write in a paper that was accepted, as its author would once it came back."""
    Paper.objects.filter(pk=paper.pk).update(stage=PaperStage.RETURNED)
    write(paper, boards, "Written since.")
    Paper.objects.filter(pk=paper.pk).update(stage=PaperStage.ACCEPTED)


def test_opening_an_exempt_paper_is_recorded(client: Client, boards: Any) -> None:
    paper, officer = submitted(boards), boards.cast.monitoring_officer
    mark_paper(
        paper=paper,
        marking=Marking.EXEMPT,
        reason_code="12A-3",
        review_on=boards.at.date().replace(year=2099),
        by=officer,
        at=boards.at,
    )
    before = events()
    page(client, officer, "desk-paper", paper.slug)
    assert events() == before + 1


def events() -> int:
    return Event.objects.filter(verb="read exempt business").count()


def test_an_accepted_paper_says_where_it_is(client: Client, boards: Any) -> None:
    paper, officer = submitted(boards), boards.cast.governance_officer
    item = boards.item(boards.meeting(), "Delivery of the plan")
    accept_paper(paper=paper, item=item, by=officer, at=boards.at)
    html = page(client, paper.author, "desk-paper", paper.slug)
    assert "BCB, 2 October 2014" in html


def test_a_picture_is_shown_only_where_it_stands_in_the_paper(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    seal, other = vault.keep(PNG), vault.keep(PNG + b" ")
    figure = Section("fig", "Maps", (Figure("map", seal, "A map of the county"),))
    text = replace(paper_text(paper), sections=(*paper_text(paper).sections, figure))
    with_map = a_paper(boards, text=text)
    client.force_login(paper.author)
    shown = client.get(reverse("meetings:desk-paper-picture", args=[with_map.slug, seal]))
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert reverse("meetings:desk-paper-picture", args=[with_map.slug, seal]) in page(
        client, paper.author, "desk-paper", with_map.slug
    )
    for slug, wanted in ((paper.slug, seal), (with_map.slug, other), (with_map.slug, "0" * 64)):
        assert client.get(reverse("meetings:desk-paper-picture", args=[slug, wanted])).status_code == 404


def test_sources_are_looked_up_and_what_a_page_said_is_kept(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    write(paper, boards, "See https://www.example.org/plan for the current plan.")
    client.force_login(paper.author)
    post(client, paper.author, "desk-look-for-sources", paper.slug)
    link = paper.sources.get()
    assert "not found" in page(client, paper.author, "desk-paper-sources", paper.slug)
    post(client, paper.author, "desk-settle-source", paper.slug, link.pk, quoted="Our plan for 2014.")
    assert "Our plan for 2014." in page(client, paper.author, "desk-paper-sources", paper.slug)


@pytest.mark.parametrize("words", ["a\x00b", "\U0001f600" * 120, "x" * 70_000, "<script>alert(1)</script>"])
def test_hostile_words_are_answered_and_never_a_failure(client: Client, boards: Any, words: str) -> None:
    paper = a_paper(boards)
    by = boards.cast.governance_officer
    header = {"title": words, "to": words, "sender": words, "house_template": words, "dated_day": words}
    for name, given in (
        ("desk-new-paper", {"board": words, "title": words, "item": words}),
        ("desk-paper-header", header),
        ("desk-submit-paper", {"seen": words, "note": words}),
        ("desk-return-paper", {"words": words}),
        ("desk-accept-paper", {"item": words}),
        ("desk-mark-paper", {"marking": words, "reason_code": words, "review_on": words}),
        ("desk-ask-sign-off", {"kind": words, "office": words, "due": words}),
        ("desk-add-appendix", {"label": words, "title": words, "edition": words}),
        ("desk-withdraw-paper", {"reason": words}),
    ):
        args = () if name == "desk-new-paper" else (paper.slug,)
        response = post(client, by, name, *args, **given)
        assert response.status_code in (200, 302), name
        assert "<script>alert" not in response.content.decode()
