"""An exempt paper guessed by its address: no page of plans gives it away to whoever may not read it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.audit import vault
from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.paper_files import hand_in_paper
from goldthread.meetings.actions.papers import mark_paper
from goldthread.meetings.models import Paper
from goldthread.meetings.papers import edition_of
from goldthread.plans.actions.imports import read_file
from goldthread.plans.actions.sections import Conflict
from goldthread.plans.models import KeptDraft
from tests.meetings.story import SENTINEL, a_text
from tests.meetings.test_papers import a_paper, hand_in, write

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OUTSIDE = (
    Role.STAFF_OFFICER,
    Role.ANALYST,
    Role.PARTNER_LEAD,
    Role.BOARD_MEMBER,
    Role.PANEL_CLERK,
    Role.PANEL_MEMBER,
    Role.ADMINISTRATOR,
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000"
    "0003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def paper(boards: Any) -> Paper:
    """A paper of the chief executive's that was handed in and marked exempt; its every word a sentinel."""
    words = a_text(SENTINEL, f"The Board is recommended to approve {SENTINEL}.", SENTINEL)
    made = a_paper(boards, title=SENTINEL, text=words)
    hand_in(made, boards)
    mark_paper(
        paper=made,
        marking=Marking.EXEMPT,
        reason_code="12A-3",
        review_on=date(2099, 1, 1),
        by=boards.cast.monitoring_officer,
        at=boards.at,
    )
    return made


def addresses(paper: Paper) -> list[tuple[str, str, Any]]:
    """Every address of plans at which a document can be guessed: method, path and what is sent."""
    slug, edition = paper.document.slug, edition_of(paper)
    key = edition.placements.order_by("position")[0].key
    whole, one, section = (slug,), (slug, edition.slug), (slug, edition.slug, key)
    gets = [
        *(("desk-document", whole), ("desk-new-edition", whole), ("desk-compare", whole)),
        *(("desk-links", whole), ("desk-links-csv", whole), ("desk-link", (slug, 1))),
        *(("desk-add-link", (slug, key)), ("desk-edition", one), ("desk-presentation", one)),
        *(("desk-edition-file", (*one, "docx")), ("desk-edition-file", (*one, "pdf"))),
        *(("desk-approval", one), ("desk-gate", (*one, "approve")), ("desk-ask", one)),
        *(
            ("desk-answer", (*one, 1)),
            ("desk-bundle-file", (*one, 1, 1)),
            ("desk-evidence-file", (*one, 1, 1)),
        ),
        *(("desk-add-section", one), ("desk-section", section), ("desk-history", section)),
        *(("desk-move-section", section), ("desk-care", section)),
        ("desk-picture", (slug, vault.keep(PNG))),
        *(("site-plan", whole), ("site-editions", whole), ("site-edition", one), ("site-feed", whole)),
    ]
    posts = [
        ("desk-save", section, {"title": "X", "content": [], "base": ""}),
        ("desk-restore", section, {"version": "1", "base": ""}),
        ("desk-remove-section", section, {}),
        ("desk-take-in-picture", whole, {}),
    ]
    found = [("get", reverse(f"plans:{name}", args=args), None) for name, args in gets]
    return found + [("post", reverse(f"plans:{name}", args=args), sent) for name, args, sent in posts]


@pytest.mark.parametrize("role", OUTSIDE)
def test_every_page_of_plans_denies_that_it_is_there(
    client: Client, boards: Any, paper: Paper, role: Role
) -> None:
    client.force_login(boards.cast.holder(role))
    for method, path, sent in addresses(paper):
        if method == "get":
            response = client.get(path)
        elif path.endswith("/save/"):
            response = client.post(path, sent, content_type="application/json")
        else:
            response = client.post(path, sent)
        assert response.status_code == 404, path
        assert SENTINEL not in response.content.decode(errors="ignore"), path


@pytest.mark.parametrize("role", OUTSIDE)
def test_no_list_or_page_of_papers_names_it(client: Client, boards: Any, paper: Paper, role: Role) -> None:
    client.force_login(boards.cast.holder(role))
    for path in (
        "/desk/",
        "/desk/plan/",
        "/desk/papers/",
        "/desk/files/",
        "/desk/papers/new/",
        "/desk/record/",
    ):
        assert SENTINEL not in client.get(path).content.decode(), path
    for name, more in (
        *(("desk-paper", ()), ("desk-paper-as", ("docx",)), ("desk-paper-as", ("pdf",))),
        *(("desk-paper-header", ()), ("desk-submit-paper", ()), ("desk-mark-paper", ())),
        *(("desk-paper-versions", ()), ("desk-paper-version", (1,)), ("desk-paper-version-as", (1, "pdf"))),
        *(("desk-paper-sources", ()), ("desk-appendix-file", (1,)), ("desk-paper-sign-off", (1,))),
        *(("desk-paper-picture", ("0" * 64,)), ("desk-paper-implication", ("finance",))),
    ):
        response = client.get(reverse(f"meetings:{name}", args=[paper.slug, *more]))
        assert response.status_code == 404, name
        assert SENTINEL not in response.content.decode()


def test_its_author_is_sent_from_pages_of_plans_to_the_papers_own(
    client: Client, boards: Any, paper: Paper
) -> None:
    client.force_login(paper.author)
    for name in ("desk-document", "desk-compare", "desk-links", "desk-new-edition"):
        response = client.get(reverse(f"plans:{name}", args=[paper.document.slug]))
        assert response.headers["Location"] == paper.get_absolute_url()
    edition = edition_of(paper)
    for name in ("desk-edition", "desk-approval", "desk-presentation", "desk-ask"):
        response = client.get(reverse(f"plans:{name}", args=[paper.document.slug, edition.slug]))
        assert response.headers["Location"] == paper.get_absolute_url()


def test_the_editor_stands_in_the_room_of_boards(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    client.force_login(paper.author)
    edition = edition_of(paper)
    key = edition.placements.order_by("position")[0].key
    html = client.get(
        reverse("plans:desk-section", args=[paper.document.slug, edition.slug, key])
    ).content.decode()
    current = html[: html.index("aria-current")].rpartition("href=")[2]
    assert current.startswith(f'"{reverse("meetings:desk-home")}"')
    assert paper.get_absolute_url() in html


def test_the_editor_is_told_what_proofing_finds_of_the_section_it_saves(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    client.force_login(paper.author)
    placed = edition_of(paper).placements.select_related("version").order_by("-position")[0]
    address = reverse("plans:desk-save", args=[paper.document.slug, "draft", placed.key])
    words = {"type": "text", "text": "A lead officer will be identified."}
    block = {"type": "paragraph", "attrs": {"key": "lead", "numbered": True}, "content": [words]}
    given = {"title": "Background", "content": [block], "base": placed.version.seal}
    answer = client.post(address, given, content_type="application/json").json()
    assert [each["block"] for each in answer["problems"]] == ["lead"]


def test_a_save_while_it_is_being_submitted_is_refused_in_words(
    client: Client, boards: Any, paper: Paper
) -> None:
    client.force_login(paper.author)
    placed = edition_of(paper).placements.order_by("position")[0]
    address = reverse("plans:desk-save", args=[paper.document.slug, "draft", placed.key])
    given = {"title": "Purpose", "content": [], "base": ""}
    response = client.post(address, given, content_type="application/json")
    assert response.status_code == 403
    assert "submitted" in response.json()["problems"][0]["message"]


def test_kept_words_are_shut_to_whoever_may_no_longer_read_the_paper(client: Client, boards: Any) -> None:
    paper, officer = a_paper(boards, title=SENTINEL), boards.cast.governance_officer
    base = edition_of(paper).placements.order_by("-position")[0].version.seal
    write(paper, boards, "First.", base=base)
    kept = write(paper, boards, SENTINEL, by=officer, base=base)
    assert isinstance(kept, Conflict)
    outsider = boards.cast.staff_officer
    KeptDraft.objects.filter(pk=kept.mine.pk).update(owner=outsider)
    client.force_login(outsider)
    address = reverse("plans:desk-conflict", args=[kept.mine.pk])
    assert client.get(address).status_code == 404
    assert SENTINEL not in client.get("/desk/").content.decode()


def test_a_file_handed_in_is_its_owners_alone(client: Client, boards: Any) -> None:
    content = f"{SENTINEL}\n\n1. Purpose\n\n1.1 {SENTINEL}\n".encode()
    by = boards.cast.chief_executive
    handed = hand_in_paper(
        board=boards.board, item=None, name=f"{SENTINEL}.txt", content=content, by=by, at=boards.at
    )
    read_file(pk=handed.file_id, at=boards.at)
    for other in (boards.cast.governance_officer, boards.cast.analyst, boards.cast.administrator):
        client.force_login(other)
        assert SENTINEL not in client.get("/desk/files/").content.decode()
        for path in (
            reverse("plans:desk-import-review", args=[handed.file_id]),
            reverse("plans:desk-import-progress", args=[handed.file_id]),
            reverse("meetings:desk-paper-file", args=[handed.pk]),
            reverse("meetings:desk-paper-file-progress", args=[handed.pk]),
        ):
            assert client.get(path).status_code in (403, 404), path
    client.force_login(by)
    assert SENTINEL in client.get(handed.get_absolute_url()).content.decode()


def test_the_record_tells_nothing_of_its_words(boards: Any, paper: Paper) -> None:
    assert not [event for event in Event.objects.all() if SENTINEL in f"{event.thing_name} {event.facts}"]
