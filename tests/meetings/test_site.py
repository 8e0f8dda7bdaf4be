"""The public pages of boards and of the register: what is there, at which address, and how it is answered.

Reason for slow: each test opens several pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from goldthread.audit import vault
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.text import Kind, Prose, Run, Section, seal_of, section_form
from goldthread.meetings.freezing import freeze
from goldthread.meetings.models import (
    Appendix,
    Arising,
    MeetingStage,
    Minutes,
    MinutesStage,
    MinutesVersion,
    Pack,
    PackStage,
    PaperStage,
    PublicQuestion,
    Terms,
)
from goldthread.meetings.texts import form_of
from tests.meetings.deciding import AFTER, Deciding
from tests.meetings.story import NOVEMBER, OCTOBER, a_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BOARD = "/boards/bcb/"
MEETING = BOARD + "2014-10-02/"
ATOM = "{http://www.w3.org/2005/Atom}"


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.content.decode()


def test_a_board_says_what_it_is_who_sits_on_it_and_when_it_met(boards: Any, client: Client) -> None:
    boards.meeting(OCTOBER, stage=MeetingStage.HELD)
    boards.meeting(NOVEMBER)
    text = a_text("Terms", "x", "The Board advises the Commissioner.")
    Terms.objects.create(
        board=boards.board,
        from_day=date(2012, 11, 22),
        form=form_of(text),
        seal=seal_of([]),
        adopted="At its first meeting.",
        made_at=AFTER,
        made_by="Test",
    )

    assert "Business Coordination Board" in _page(client, "/boards/")
    page = _page(client, BOARD)
    assert "Frances Merrow" in page
    assert "The Board advises the Commissioner." in page
    assert "Thursday 2 October 2014" in page
    assert "6 November 2014" not in page, "a meeting that is being prepared is not told of"


def test_a_board_or_meeting_that_the_public_is_not_told_of_is_not_there(boards: Any, client: Client) -> None:
    boards.meeting(NOVEMBER)
    assert client.get(BOARD + "2014-11-06/").status_code == 404
    boards.meeting(OCTOBER, stage=MeetingStage.HELD)
    type(boards.board).objects.update(listed=False)
    for address in (BOARD, MEETING, BOARD + "actions/", BOARD + "feed.xml", MEETING + "pack.pdf"):
        assert client.get(address).status_code == 404, address
    assert "Business Coordination Board" not in _page(client, "/boards/")


def test_an_agenda_is_read_with_its_papers_questions_and_decisions(
    deciding: Deciding, client: Client
) -> None:
    paper = deciding.paper()
    decision = deciding.published(deciding.decide(deciding.draft(paper)))
    PublicQuestion.objects.create(
        meeting=paper.item.meeting,
        asked_by="N. Fenn",
        asked_on=OCTOBER,
        words="When is the bus?",
        answer="At nine.",
        answered_by="The Commissioner",
        listed=True,
    )

    page = _page(client, MEETING)
    assert f'href="{MEETING}papers/{paper.slug}/"' in page
    assert "CPCC 2014-001" in page
    assert "At nine." in page
    text = _page(client, f"{MEETING}papers/{paper.slug}/")
    assert "It follows from the Plan." in text
    assert client.get(f"/decisions/{decision.slug}/").status_code == 200


def test_what_is_exempt_is_a_line_with_its_ground_who_decided_and_until_when(
    deciding: Deciding, client: Client
) -> None:
    paper = deciding.paper(marking=Marking.EXEMPT)
    item = paper.item
    item.reason_code, item.marked_by, item.review_on = "12A-3", "Dorothy Kett", date(2015, 10, 2)
    item.save()

    page = _page(client, MEETING)
    assert "Estate matter" in page
    assert "Financial or business affairs" in page
    assert "Marked exempt by Dorothy Kett." in page
    assert "reviewed on 2 October 2015" in page


def test_a_paper_is_had_as_pdf_and_word(deciding: Deciding, client: Client) -> None:
    paper = deciding.paper()
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = client.get(f"{MEETING}papers/{paper.slug}/paper.{form}")
        assert response.content.startswith(start)
        assert response.headers["ETag"]
    assert client.get(f"{MEETING}papers/{paper.slug}/paper.exe").status_code == 404


def test_an_appendix_is_given_once_it_hides_nothing(deciding: Deciding, client: Client) -> None:
    paper = deciding.paper()
    row = Appendix.objects.create(
        paper=paper,
        position=1,
        label="Appendix A",
        title="Figures",
        name="figures.pdf",
        sha256=vault.keep(b"%PDF-1.7 figures"),
        size=16,
        problems=[["hidden-text", "page 1", "There is hidden text.", ""]],
        marking=Marking.OPEN,
        added_at=AFTER,
        added_by="Test",
    )
    address = f"{MEETING}papers/{paper.slug}/appendices/{row.pk}/figures.pdf"

    assert client.get(address).status_code == 404
    assert "being made ready" in _page(client, MEETING)
    Appendix.objects.filter(pk=row.pk).update(problems=[])
    assert client.get(address).content == b"%PDF-1.7 figures"
    Appendix.objects.filter(pk=row.pk).update(marking=Marking.MEMBERS)
    assert client.get(address).status_code == 404


def test_a_pack_is_had_once_it_was_released(boards: Any, client: Client) -> None:
    meeting = boards.meeting(OCTOBER, stage=MeetingStage.PUBLISHED)
    boards.item(meeting, "Estates")
    given = {
        "meeting": meeting,
        "contents": freeze(meeting, Audience.PUBLIC).form,
        "seal": "0" * 64,
        "stage": PackStage.READY,
        "sha256": vault.keep(b"%PDF-1.7 pack"),
        "asked_at": AFTER,
        "asked_by": "Test",
    }
    Pack.objects.create(variant=Audience.PUBLIC, issue=1, **given)
    Pack.objects.create(variant=Audience.FULL, issue=1, released_at=AFTER, **given)
    assert client.get(MEETING + "pack.pdf").status_code == 404
    assert "pack.pdf" not in _page(client, MEETING)

    Pack.objects.filter(variant=Audience.PUBLIC).update(released_at=AFTER)
    assert client.get(MEETING + "pack.pdf").content == b"%PDF-1.7 pack"
    assert "pack.pdf" in _page(client, MEETING)
    assert client.get(MEETING + "supplement-1.pdf").status_code == 404
    meeting.items.update(marking=Marking.EXEMPT)
    assert client.get(MEETING + "pack.pdf").status_code == 404, "it holds what was marked since"


def test_the_feeds_tell_of_decisions_agendas_and_minutes(deciding: Deciding, client: Client) -> None:
    deciding.published(deciding.decide(deciding.draft()))
    deciding.exempt()

    for address, expected in (("/decisions/feed.xml", 2), (BOARD + "feed.xml", 3)):
        root = etree.fromstring(client.get(address).content)
        titles = [each.findtext(f"{ATOM}title") for each in root.findall(f"{ATOM}entry")]
        assert len(titles) == expected, titles
        assert "CPCC 2014-002: Estate matter" in titles


def test_every_page_has_a_validator_and_a_lifetime(deciding: Deciding, client: Client) -> None:
    paper = deciding.paper()
    deciding.published(deciding.decide(deciding.draft(paper)))
    addresses = (
        "/boards/",
        BOARD,
        BOARD + "actions/",
        BOARD + "feed.xml",
        MEETING,
        f"{MEETING}papers/{paper.slug}/",
        "/decisions/",
        "/decisions/decisions.csv",
        "/decisions/feed.xml",
        "/decisions/cpcc-2014-001/",
    )
    for address in addresses:
        first = client.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=300", address
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert client.post(address).status_code == 405, address


def test_what_is_exempt_changes_no_validator(deciding: Deciding, client: Client) -> None:
    paper = deciding.paper(marking=Marking.EXEMPT)
    before = client.get(MEETING).headers["ETag"]
    deciding.boards.paper("Another", item=paper.item, marking=Marking.EXEMPT, stage=PaperStage.ACCEPTED)
    paper.item.note = "More of what is exempt"
    paper.item.save(update_fields=["note"])

    assert client.get(MEETING).headers["ETag"] == before


def test_a_meeting_page_costs_few_queries(
    deciding: Deciding, client: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(4):
        deciding.published(deciding.decide(deciding.draft(deciding.paper(title=f"Paper {n}"))))
    with django_assert_max_num_queries(12):
        _page(client, MEETING)
    with django_assert_max_num_queries(8):
        _page(client, "/decisions/")


def test_a_signed_in_reader_sees_what_everybody_sees(deciding: Deciding, client: Client, cast: Any) -> None:
    deciding.paper(marking=Marking.EXEMPT)
    known = Client()
    known.force_login(cast.chief_executive)

    assert known.get(MEETING).content == client.get(MEETING).content


def test_past_meetings_stand_by_year_and_a_cancelled_one_says_so(boards: Any, client: Client) -> None:
    boards.meeting(date(2013, 5, 2), stage=MeetingStage.HELD)
    gone = boards.meeting(OCTOBER, stage=MeetingStage.CANCELLED)
    gone.cancelled_reason = "The hall was flooded."
    gone.save()

    page = _page(client, BOARD)
    assert page.index("<h3>2014</h3>") < page.index("<h3>2013</h3>")
    assert "cancelled" in page
    assert "The hall was flooded." in _page(client, MEETING)
    assert reverse("meetings:site-calendar", args=["bcb"]) in page
    assert datetime(2014, 10, 2, 13, tzinfo=UTC) == gone.starts_at


def test_a_plan_that_was_attached_is_read_as_the_meeting_had_it(
    deciding: Deciding, client: Client, cast: Any
) -> None:
    paper, plan, appendix = deciding.with_plan()
    page = _page(client, f"{MEETING}papers/{paper.slug}/appendices/{appendix.pk}/")

    assert "Most calls are answered soon." in page
    assert plan.document.slug not in page, "the draft itself has no public address"


def test_minutes_and_their_actions_are_read_once_they_are_published(
    deciding: Deciding, client: Client
) -> None:
    paper = deciding.paper()
    meeting = paper.item.meeting
    words = (Prose("m1", Kind.PARAGRAPH, (Run("The priorities were welcomed."),), numbered=True),)
    form = section_form(Section(paper.item.anchor, paper.item.title, words))
    minutes = Minutes.objects.create(meeting=meeting, stage=MinutesStage.APPROVED, made_at=AFTER)
    MinutesVersion.objects.create(
        minutes=minutes,
        number=1,
        stage=MinutesStage.APPROVED,
        form=[[0, form, False, paper.item_id]],
        seal="0" * 64,
        at=AFTER,
        by_name="Test",
    )
    Arising.objects.create(
        board=meeting.board,
        meeting=meeting,
        item=paper.item,
        number="2014/01",
        words="Write to every parish.",
        owner_words="DK",
        made_at=AFTER,
    )
    address = MEETING + "minutes/"
    assert client.get(address).status_code == 404
    assert "Write to every parish." not in _page(client, BOARD + "actions/")

    Minutes.objects.update(stage=MinutesStage.PUBLISHED, published_at=AFTER)
    assert "The priorities were welcomed." in _page(client, address)
    assert "Write to every parish." in _page(client, BOARD + "actions/")
    assert address in _page(client, MEETING)
    assert "Minutes of 2 October 2014" in _page(client, BOARD + "feed.xml")
