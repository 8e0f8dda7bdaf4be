"""A paper read from Word or text: its header recognised, reviewed, kept, or refused in words."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.core.text import Kind, Prose, Run, Section, Text
from goldthread.meetings.actions.paper_files import (
    discard_paper_file,
    hand_in_paper,
    keep_paper_file,
    understood_paper,
)
from goldthread.meetings.actions.papers import settle_numbers
from goldthread.meetings.headers import recognise_header
from goldthread.meetings.models import Paper, PaperFile
from goldthread.meetings.papers import findings, paper_text
from goldthread.plans.actions.imports import read_file
from tests.files.hidden import drawn

PAPERS = Path(__file__).parents[1] / "files" / "corpus" / "papers"
DELIVERY = PAPERS / "bcb-2019-04-04-delivery-of-the-plan.docx"

pytestmark = pytest.mark.django_db


def front(*lines: str) -> Text:
    """A text whose first section holds these lines, and a second that holds its words."""
    blocks = tuple(Prose(f"f{at}", Kind.PARAGRAPH, (Run(line),)) for at, line in enumerate(lines))
    body = Section("s2", "Purpose", (Prose("p", Kind.PARAGRAPH, (Run("To ask."),), True),))
    more = Section("s3", "Recommendation", (Prose("r", Kind.PARAGRAPH, (Run("To note."),), True),))
    return Text("A paper", (Section("s1", "Front page", blocks, (), False), body, more))


def read(boards: Any, content: bytes, name: str) -> PaperFile:
    handed = hand_in_paper(
        board=boards.board,
        item=None,
        name=name,
        content=content,
        by=boards.cast.chief_executive,
        at=boards.at,
    )
    read_file(pk=handed.file_id, at=boards.at)
    handed.file.refresh_from_db()
    return handed


def kept(boards: Any, handed: PaperFile, **more: Any) -> Paper:
    given = {"title": "Delivery", "to": "", "sender": "", "dated": None, **more}
    return keep_paper_file(handed=handed, by=boards.cast.chief_executive, at=boards.at, **given)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ("To: Business Coordination Board", "From: Chief Executive", "Date: 4 April 2019"),
            {"to": "Business Coordination Board", "from": "Chief Executive", "date": "4 April 2019"},
        ),
        (("TO:\tThe Board\nAgenda Item: 8.0",), {"to": "The Board", "item": "8.0"}),
        (("Agenda Item No 9(a)", "Originating Officer: J Haylett"), {"item": "9(a)", "author": "J Haylett"}),
        (
            ("NOT PROTECTIVELY MARKED", "Report of: The Chief"),
            {"marking": "NOT PROTECTIVELY MARKED", "from": "The Chief"},
        ),
    ],
)
def test_a_header_is_recognised_and_taken_off(lines: tuple[str, ...], said: dict[str, str]) -> None:
    found = recognise_header(front(*lines))
    assert found.said == said
    assert [section.title for section in found.text.sections] == ["Purpose", "Recommendation"]


def test_no_word_is_lost_between_header_and_text() -> None:
    found = recognise_header(front("To: The Board", "A sentence: that is none.", "To: Another board"))
    assert found.said == {"to": "The Board"}
    kept_words = [each.runs[0].words for each in found.text.sections[0].blocks]
    assert kept_words == ["A sentence: that is none.", "To: Another board"]


def test_a_printed_marking_is_noted_and_opens_nothing() -> None:
    found = recognise_header(front("OFFICIAL", "To: The Board"))
    assert [each.code for each in found.problems] == ["old-marking"]


@pytest.mark.slow
def test_the_paper_of_2019_comes_in_with_its_header_and_its_printed_numbers(boards: Any) -> None:
    handed = read(boards, DELIVERY.read_bytes(), DELIVERY.name)
    found = understood_paper(handed)
    assert (found.said["to"], found.said["from"], found.dated) == (
        "Business Coordination Board",
        "Chief Executive",
        date(2019, 4, 4),
    )
    paper = kept(boards, handed, to=found.said["to"], sender=found.said["from"], dated=found.dated)
    titles = [section.title for _, section in paper_text(paper).walk()]
    assert titles == ["Purpose", "Recommendation", "Background", "Recommendation", "BIBLIOGRAPHY"]
    assert (paper.source, paper.source_name) == (handed.file.sha256, DELIVERY.name)
    assert "The number 3.4 is used twice" in str([each.message for each in findings(paper)])
    settle_numbers(paper=paper, by=paper.author, at=boards.at)
    assert "3.4 is used twice" not in str([each.message for each in findings(paper)])


@pytest.mark.slow
def test_a_paper_without_headings_comes_in_and_says_so(boards: Any) -> None:
    handed = read(boards, b"Only words, one line after another.\n\nAnd these.\n", "a.txt")
    codes = {each.code for each in understood_paper(handed).problems}
    assert codes == {"no-header", "no-headings"}
    assert len(paper_text(kept(boards, handed)).sections) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (drawn.pdf(), "scan.pdf", "It is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"PK\x03\x04 cut short", "a.docx", "damaged|zip|cannot|not a"),
    ],
    ids=["a PDF", "locked", "damaged"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_way_to_mend_it(
    client: Client, boards: Any, content: bytes, name: str, words: str
) -> None:
    handed = read(boards, content, name)
    assert handed.file.stage == "refused"
    assert any(word in handed.file.reason for word in words.split("|"))
    client.force_login(boards.cast.chief_executive)
    page = client.get(handed.get_absolute_url()).content.decode()
    assert "This file was not read" in page
    with pytest.raises(ValidationError, match="dealt with already"):
        kept(boards, handed)


@pytest.mark.slow
def test_a_file_is_kept_once_and_put_away_once(boards: Any) -> None:
    handed = read(boards, DELIVERY.read_bytes(), DELIVERY.name)
    kept(boards, handed)
    with pytest.raises(ValidationError, match="dealt with already"):
        kept(boards, handed)
    with pytest.raises(ValidationError, match="dealt with already"):
        discard_paper_file(handed=handed, by=boards.cast.chief_executive, at=boards.at)
    assert Paper.objects.count() == 1


def test_nobody_keeps_or_puts_away_anothers_file(boards: Any) -> None:
    handed = hand_in_paper(
        board=boards.board, item=None, name="a.txt", content=b"Words.", by=boards.cast.analyst, at=boards.at
    )
    with pytest.raises(PermissionDenied):
        discard_paper_file(handed=handed, by=boards.cast.chief_executive, at=boards.at)


def test_an_empty_file_is_refused_at_once(boards: Any) -> None:
    with pytest.raises(ValidationError, match="The file is empty"):
        hand_in_paper(
            board=boards.board, item=None, name="a.txt", content=b"", by=boards.cast.analyst, at=boards.at
        )


@pytest.mark.slow
def test_an_author_hands_a_file_in_reviews_it_and_keeps_it(client: Client, boards: Any) -> None:
    client.force_login(boards.cast.holder(Role.PARTNER_LEAD))
    file = io.BytesIO(DELIVERY.read_bytes())
    file.name = DELIVERY.name
    sent = client.post(reverse("meetings:desk-new-paper"), {"board": boards.board.pk, "file": file})
    handed = PaperFile.objects.get()
    assert sent.headers["Location"] == handed.get_absolute_url()
    read_file(pk=handed.file_id, at=boards.at)
    page = client.get(handed.get_absolute_url()).content.decode()
    assert 'value="Business Coordination Board"' in page
    assert "See what was understood" in client.get(reverse("meetings:desk-papers")).content.decode()
    given = {"title": "Delivery", "to": "The Board", "sender": "Chief Executive", "dated": ""}
    typed = [each for each in page.split('name="typed" value="')[1:]]
    given["typed"] = [each.partition('"')[0] for each in typed]
    client.post(handed.get_absolute_url(), given)
    paper = Paper.objects.get()
    assert (paper.title, paper.author) == ("Delivery", boards.cast.holder(Role.PARTNER_LEAD))
    assert client.get(handed.get_absolute_url()).headers["Location"] == paper.get_absolute_url()


@pytest.mark.slow
def test_while_it_is_read_the_page_says_so_and_leads_on_when_it_was(client: Client, boards: Any) -> None:
    by = boards.cast.analyst
    handed = hand_in_paper(
        board=boards.board,
        item=None,
        name="a.txt",
        content=b"1. Purpose\n\nWords.\n",
        by=by,
        at=timezone.now(),
    )
    client.force_login(by)
    progress = reverse("meetings:desk-paper-file-progress", args=[handed.pk])
    assert "It waits its turn" in client.get(handed.get_absolute_url()).content.decode()
    assert f'hx-get="{progress}"' in client.get(progress).content.decode()
    read_file(pk=handed.file_id, at=timezone.now())
    assert client.get(progress).headers["HX-Redirect"] == handed.get_absolute_url()
