"""The pages of packs: who is shown what, and what the officer can do."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from goldthread.audit import vault
from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.text import Figure, Run, Section, Text
from goldthread.meetings.models import AgendaItem, Pack, PackStage, PaperStage
from goldthread.people.models import User
from goldthread.plans.progress import needs_of
from tests.meetings.packing import Packing
from tests.meetings.story import SENTINEL

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def packing(boards: Any, at: datetime) -> Packing:
    return Packing(boards, at)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(packing: Packing, name: str, *more: int) -> str:
    return reverse(f"meetings:{name}", args=["bcb", packing.meeting.slug, *more])


def test_a_reader_is_told_when_there_is_nothing_yet(packing: Packing) -> None:
    packing.built()
    page = signed_in(packing.boards.cast.holder(Role.BOARD_MEMBER)).get(address(packing, "desk-pack"))
    assert page.status_code == 200
    assert "The pack is not out yet" in page.content.decode()


def test_each_reader_reads_their_own_variant(packing: Packing) -> None:
    packs = {variant: packing.out(variant) for variant in Audience}
    cast = packing.boards.cast
    readers = {
        cast.holder(Role.PARTNER_LEAD): Audience.PUBLIC,
        cast.holder(Role.BOARD_MEMBER): Audience.MEMBERS,
        cast.commissioner: Audience.FULL,
    }
    order = list(Audience)
    for reader, own in readers.items():
        client = signed_in(reader)
        page = client.get(address(packing, "desk-pack"))
        assert page["X-Goldthread-Reader"] == str(reader.pk)
        words = page.content.decode()
        assert (packing.money.title in words) == (own != Audience.PUBLIC)
        assert (SENTINEL in words) == (own == Audience.FULL)
        for variant, pack in packs.items():
            expected = 200 if order.index(variant) <= order.index(own) else 404
            for name in ("desk-pack-issue", "desk-pack-pdf"):
                assert client.get(address(packing, name, pack.pk)).status_code == expected, (own, variant)


def test_reading_exempt_business_is_recorded(packing: Packing) -> None:
    packing.out(Audience.FULL)
    client = signed_in(packing.boards.cast.commissioner)
    client.get(address(packing, "desk-pack"))
    assert Event.objects.filter(verb="read exempt business").count() == 1


def test_an_issue_that_is_not_released_is_the_officers_alone(packing: Packing) -> None:
    pack = packing.built()
    cast = packing.boards.cast
    readers = (cast.governance_officer, cast.holder(Role.BOARD_MEMBER))
    page = address(packing, "desk-pack-issue", pack.pk)
    assert [signed_in(user).get(page).status_code for user in readers] == [200, 404]


def test_a_pack_that_was_shut_says_so(packing: Packing) -> None:
    pack = packing.out()
    AgendaItem.objects.filter(pk=packing.delivery.item_id).update(marking=Marking.EXEMPT)
    client = signed_in(packing.boards.cast.holder(Role.BOARD_MEMBER))
    page = client.get(address(packing, "desk-pack"))
    assert page.status_code == 403
    assert "This pack is shut" in page.content.decode()
    assert packing.delivery.title not in page.content.decode()
    assert client.get(address(packing, "desk-pack-pdf", pack.pk)).status_code == 404


def test_the_officers_page_says_what_goes_where_and_why_not(packing: Packing) -> None:
    officer = signed_in(packing.boards.cast.governance_officer)
    answer = officer.post(address(packing, "desk-pack-ask"), {"variant": "members"}, follow=True)
    words = answer.content.decode()
    assert "what it holds is fixed from here on" in words
    assert "For members only" in words
    assert "Shown as ‘Estate matter’" in words
    pack = Pack.objects.get()
    assert f'id="pack-{pack.pk}"' in words
    progress = officer.get(address(packing, "desk-pack-progress", pack.pk))
    assert "HX-Redirect" not in progress.headers
    packing.build(pack)
    assert "HX-Redirect" in officer.get(address(packing, "desk-pack-progress", pack.pk)).headers
    officer.post(address(packing, "desk-pack-release", pack.pk))
    pack.refresh_from_db()
    assert pack.released_by == packing.boards.cast.governance_officer.name
    assert (
        "already holds exactly this"
        in officer.post(
            address(packing, "desk-pack-ask"), {"variant": "members"}, follow=True
        ).content.decode()
    )


def test_a_failed_pack_says_why(packing: Packing) -> None:
    pack = packing.ask()
    Pack.objects.filter(pk=pack.pk).update(
        stage=PackStage.FAILED, problems=[["refused", "Item 2.0", "Its file cannot be read."]]
    )
    officer = signed_in(packing.boards.cast.governance_officer)
    assert "Its file cannot be read." in officer.get(address(packing, "desk-packs")).content.decode()
    officer.post(address(packing, "desk-pack-again", pack.pk))
    pack.refresh_from_db()
    assert pack.stage == PackStage.WAITING


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.CHIEF_CONSTABLE, Role.ADMINISTRATOR])
def test_only_whoever_manages_meetings_makes_packs(packing: Packing, role: Role) -> None:
    client = signed_in(packing.boards.cast.holder(role))
    assert client.get(address(packing, "desk-packs")).status_code == 403
    assert client.post(address(packing, "desk-pack-ask"), {"variant": "full"}).status_code == 403


def test_a_member_is_told_that_the_pack_is_out(packing: Packing) -> None:
    member, on = packing.boards.cast.holder(Role.BOARD_MEMBER), packing.at.date()
    assert not [need for need in needs_of(member, on=on) if "Pack" in need.title]
    packing.out()
    assert "Pack for 6 November is out" in [need.title for need in needs_of(member, on=on)]


def test_the_worker_answers_for_boards_alone(packing: Packing) -> None:
    answer = signed_in(packing.boards.cast.commissioner).get(reverse("meetings:desk-pack-worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/desk/boards/"
    assert Client().get(reverse("meetings:desk-pack-worker")).status_code == 302


def test_a_picture_is_shown_to_whoever_reads_its_paper(packing: Packing) -> None:
    open_one, secret = (vault.keep(a_picture(colour)) for colour in ("green", "red"))
    for paper, seal in ((packing.meeting and packing.delivery, open_one), (packing.lease, secret)):
        figure = Figure(f"figure-{paper.pk}", seal, "A chart", (Run("Calls by month"),))
        packing.boards.version(paper, Text(paper.title, (Section("one", "Purpose", (figure,)),)))
    for variant in Audience:
        packing.out(variant)
    cast = packing.boards.cast
    member, commissioner = signed_in(cast.holder(Role.BOARD_MEMBER)), signed_in(cast.commissioner)
    folder = address(packing, "desk-pack") + "picture/"
    asked = [(client, seal) for client in (member, commissioner) for seal in (open_one, secret)]
    shown = [client.get(f"{folder}{seal}/").status_code for client, seal in asked]
    assert shown == [200, 404, 200, 200]
    page = member.get(address(packing, "desk-pack")).content.decode()
    assert f'/pack/picture/{open_one}/" alt="A chart"' in page


def test_a_supplement_is_read_on_the_page_of_its_pack(packing: Packing) -> None:
    packing.out()
    late = packing.boards.item(packing.meeting, "Winter pressures", number="9.0")
    packing.boards.paper("Winter pressures on the control room", item=late, stage=PaperStage.ACCEPTED)
    extra = packing.out(supplement=True)
    page = signed_in(packing.boards.cast.holder(Role.BOARD_MEMBER)).get(address(packing, "desk-pack"))
    words = page.content.decode()
    assert f'id="supplement-{extra.pk}"' in words
    assert f'id="supplement-{extra.pk}-{late.anchor}"' in words
    assert "Winter pressures on the control room" in words


def a_picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()
