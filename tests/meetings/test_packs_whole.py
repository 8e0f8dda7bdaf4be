"""A pack with all that a meeting brings: minutes, an action log, appendices; two who ask at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from goldthread.audit import vault
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.files.pdf.write import write_pdf
from goldthread.meetings.actions.minutes import begin_minutes, circulate
from goldthread.meetings.actions.minuting import write_words
from goldthread.meetings.models import Appendix, MeetingStage, Pack, PackStage
from goldthread.meetings.packs import contents_of, issue_name
from tests.files import verapdf
from tests.meetings.packing import Packing
from tests.meetings.story import OCTOBER, SENTINEL, a_text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AFTER = datetime(2014, 10, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def packing(boards: Any, at: datetime) -> Packing:
    packing = Packing(boards, at)
    meeting = packing.meeting
    earlier = boards.meeting(OCTOBER, stage=MeetingStage.HELD)
    spoken = boards.item(earlier, "Volunteers")
    secret = boards.item(earlier, f"{SENTINEL} tender for kennels", marking=Marking.EXEMPT)
    clerk = boards.cast.governance_officer
    minutes = begin_minutes(meeting=earlier, by=clerk, at=AFTER)
    for item, words in ((spoken, "The Board noted the rise in volunteers."), (secret, f"{SENTINEL} agreed.")):
        write_words(minutes=minutes, item=item, words=words, base="", by=clerk, at=AFTER)
    circulate(minutes=minutes, by=clerk, at=AFTER)
    boards.item(meeting, "Minutes of 2 October", kind="minutes")
    boards.item(meeting, "Actions", kind="actions")
    appendix(packing, "Appendix A", Marking.OPEN)
    appendix(packing, "Appendix B", Marking.EXEMPT)
    return packing


def appendix(packing: Packing, label: str, marking: str) -> Appendix:
    """An appendix of the first paper, handed in with it."""
    said = "Seven risks are amber." if marking == Marking.OPEN else f"{SENTINEL} Rent by site."
    pdf = write_pdf(a_text(f"{label} in full", "Note it.", said, mark=label[-1]), {})
    row = Appendix.objects.create(
        paper=packing.delivery,
        position=1,
        label=label,
        title="Risks" if marking == Marking.OPEN else f"{SENTINEL} rents",
        name=f"{label}.pdf",
        sha256=vault.keep(pdf),
        size=len(pdf),
        marking=marking,
        added_at=packing.at,
        added_by="Test",
    )
    names = ("label", "title", "name", "sha256", "size", "edition_seal", "marking")
    form = {"pk": row.pk, "edition": None, **{name: getattr(row, name) for name in names}}
    last = packing.delivery.versions.order_by("-number")[0]
    packing.delivery.versions.create(
        number=last.number + 1,
        title=last.title,
        form=last.form,
        header=last.header,
        appendices=[*last.appendices, form],
        text_seal=last.text_seal,
        seal=f"{last.number:064}",
        submitted_at=packing.at,
        submitted_by="Test",
    )
    return row


def words_of(pack: Pack) -> str:
    reader = PdfReader(BytesIO(vault.read(pack.sha256)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_minutes_actions_and_appendices_are_in_it_as_far_as_they_may_be(packing: Packing) -> None:
    members, public, full = (packing.built(v) for v in (Audience.MEMBERS, Audience.PUBLIC, Audience.FULL))
    assert {pack.stage for pack in (members, public, full)} == {PackStage.READY}
    assert "The Board noted the rise in volunteers." in words_of(members)
    assert "The Board noted the rise" not in words_of(public), "draft minutes cannot reach the public"
    assert "No action is open." in words_of(public)
    for pack in (members, public):
        said = words_of(pack)
        assert "Seven risks are amber." in said
        assert SENTINEL not in said
        assert SENTINEL not in str(pack.contents)
    assert words_of(full).count("Rent by site") == 1
    assert f"{SENTINEL} agreed" in words_of(full)


@pytest.mark.skipif(not verapdf.is_here(), reason="veraPDF is not here")
def test_the_pack_is_accessible(packing: Packing, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(vault.read(packing.built(Audience.FULL).sha256))
    assert verapdf.verdicts([path])["pack.pdf"] == (True, "")


def test_the_reader_shows_all_of_it_and_gives_what_is_allowed(packing: Packing) -> None:
    pack = packing.out()
    client = Client()
    client.force_login(packing.boards.cast.holder(Role.BOARD_MEMBER))
    page = client.get(reverse("meetings:desk-pack", args=["bcb", packing.meeting.slug])).content.decode()
    assert "The Board noted the rise in volunteers." in page
    assert "Appendix A: Risks" in page
    assert SENTINEL not in page
    shown = {}
    for row in packing.delivery.appendices.all():
        args = ["bcb", packing.meeting.slug, pack.pk, row.pk]
        shown[row.label] = client.get(reverse("meetings:desk-pack-appendix", args=args)).status_code
    assert shown == {"Appendix A": 200, "Appendix B": 404}


def test_an_action_log_that_moved_on_makes_a_new_issue(packing: Packing) -> None:
    packing.built()
    with pytest.raises(ValidationError, match="already holds exactly this"):
        packing.ask()
    from_october = packing.boards.board.meetings.get(on=OCTOBER)
    packing.boards.board.actions.create(
        meeting=from_october, number="2014/01", words="Publish the rota.", owner_words="SH", made_at=AFTER
    )
    second = packing.built()
    assert issue_name(second) == "Issue 2"
    assert [change["words"] for change in second.changes] == [
        "Item 6.0: ‘Action log of the Business Coordination Board’ brought up to date"
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_make_one_pack(packing: Packing) -> None:
    _meeting, clerk = packing.meeting, packing.boards.cast.governance_officer
    _name = clerk.name
    ready = threading.Barrier(2)
    found: list[Any] = []

    def ask() -> None:
        try:
            ready.wait(10)
            found.append(packing.ask(Audience.FULL).pk)
        except ValidationError as refused:
            found.append(refused)
        finally:
            connection.close()

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(60)
    assert len(found) == 2
    assert Pack.objects.filter(variant=Audience.FULL).count() == 1
    assert contents_of(Pack.objects.get(variant=Audience.FULL)).ordinal == 1
