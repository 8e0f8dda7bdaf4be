"""A reader's own notes: kept once, brought together from devices, shown to nobody else, lost never."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.meetings.actions.notes import NotYours, drop_note, keep_note
from goldthread.meetings.models import PrivateNote
from goldthread.people.models import User
from tests.meetings.packing import Packing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = "I will ask about the empty posts"


@pytest.fixture
def packing(boards: Any, at: datetime) -> Packing:
    packing = Packing(boards, at)
    packing.out()
    return packing


@pytest.fixture
def member(packing: Packing) -> User:
    user: User = packing.boards.cast.holder(Role.BOARD_MEMBER)
    return user


def keep(packing: Packing, owner: User, uid: str, words: str, **more: Any) -> PrivateNote:
    given = {
        "owner": owner,
        "uid": uid,
        "meeting": packing.meeting,
        "paper": packing.delivery,
        "block_key": "p1-b3",
        "quoted": "It follows from the Plan.",
        "words": words,
        "changed_at": packing.at,
        "at": packing.at,
    }
    return keep_note(**{**given, **more})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sync(client: Client, packing: Packing, *notes: dict[str, Any]) -> Any:
    address = reverse("meetings:desk-pack-sync", args=["bcb", packing.meeting.slug])
    return client.post(address, json.dumps({"notes": notes}), content_type="application/json")


def a_note(packing: Packing, words: str, **more: Any) -> dict[str, Any]:
    return {
        "uid": str(uuid.uuid4()),
        "place": f"paper-{packing.delivery.pk}",
        "block": "p1-b3",
        "quoted": "It follows from the Plan.",
        "words": words,
        "changed_at": packing.at.isoformat(),
        **more,
    }


def test_the_same_note_sent_twice_is_one(packing: Packing, member: User) -> None:
    first = keep(packing, member, "u1", SECRET)
    assert keep(packing, member, "u1", SECRET) == first
    assert PrivateNote.objects.get().words == SECRET


def test_an_edit_of_what_was_seen_replaces_it(packing: Packing, member: User) -> None:
    first = keep(packing, member, "u1", "One")
    later = packing.at + timedelta(minutes=1)
    keep(packing, member, "u1", "Two", base=first.changed_at, changed_at=later, at=later)
    assert PrivateNote.objects.get().words == "Two"


@pytest.mark.parametrize(("minutes", "first", "second"), [(5, "Two", "One"), (-5, "One", "Two")])
def test_two_devices_lose_nothing(
    packing: Packing, member: User, minutes: int, first: str, second: str
) -> None:
    keep(packing, member, "u1", "One")
    changed = packing.at + timedelta(minutes=minutes)
    keep(packing, member, "u1", "Two", changed_at=changed, at=packing.at + timedelta(hours=1))
    words = PrivateNote.objects.get().words
    assert words.startswith(first)
    assert words.endswith(second)


def test_a_note_is_nobody_elses(packing: Packing, member: User) -> None:
    note = keep(packing, member, "u1", SECRET)
    other = packing.boards.cast.governance_officer
    with pytest.raises(NotYours):
        keep(packing, other, "u1", "Mine now", base=note.changed_at)
    drop_note(owner=other, uid="u1")
    assert PrivateNote.objects.get().words == SECRET


def test_others_are_shown_none_of_it_anywhere(packing: Packing, member: User) -> None:
    sent = a_note(packing, SECRET)
    assert sync(signed_in(member), packing, sent).json()["notes"][0]["words"] == SECRET
    cast = packing.boards.cast
    for user in (cast.governance_officer, cast.commissioner, cast.chief_executive):
        client = signed_in(user)
        assert sync(client, packing).json()["notes"] == []
        assert sync(client, packing, {**sent, "words": "Overwritten"}).json()["refused"] == [sent["uid"]]
        for name in ("desk-pack", "desk-pack-notes", "desk-packs"):
            page = client.get(reverse(f"meetings:{name}", args=["bcb", packing.meeting.slug]))
            assert page.status_code in (200, 403), name
            assert SECRET not in page.content.decode()
    assert PrivateNote.objects.get().words == SECRET
    said = str(list(Event.objects.values_list("facts", "thing_name", "verb")))
    assert SECRET not in said
    assert "note" not in said


def test_who_reads_no_pack_keeps_no_notes(packing: Packing) -> None:
    cast = packing.boards.cast
    for user in (cast.resident, cast.panel_clerk, cast.stranger, cast.holder(Role.PARTNER_LEAD)):
        assert sync(signed_in(user), packing, a_note(packing, SECRET)).status_code == 404
    assert not PrivateNote.objects.exists()


def test_a_note_on_what_is_not_in_ones_pack_is_refused(packing: Packing, member: User) -> None:
    note = a_note(packing, SECRET, place=f"paper-{packing.lease.pk}")
    assert sync(signed_in(member), packing, note).json()["refused"] == [note["uid"]]


def test_notes_survive_a_reissue(packing: Packing, member: User) -> None:
    client = signed_in(member)
    sync(client, packing, a_note(packing, SECRET))
    packing.replace(packing.delivery, "The words beside the note are others now.")
    packing.out()
    found = sync(client, packing).json()["notes"]
    assert [(note["words"], note["block"], note["quoted"]) for note in found] == [
        (SECRET, "p1-b3", "It follows from the Plan.")
    ]
    page = client.get(reverse("meetings:desk-pack", args=["bcb", packing.meeting.slug])).content.decode()
    assert f'id="paper-{packing.delivery.pk}-p1-b3"' in page


def test_a_note_can_be_written_and_removed_without_scripts(packing: Packing, member: User) -> None:
    client = signed_in(member)
    address = reverse("meetings:desk-pack-notes", args=["bcb", packing.meeting.slug])
    client.post(address, {"place": f"paper-{packing.delivery.pk}", "words": SECRET})
    assert SECRET in client.get(address).content.decode()
    client.post(address, {"remove": PrivateNote.objects.get().uid})
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"notes": [1]}', '{"notes": [{"uid": "x"}]}', '{"notes": 3}']
)
def test_what_is_no_list_of_notes_is_refused(packing: Packing, member: User, body: str) -> None:
    address = reverse("meetings:desk-pack-sync", args=["bcb", packing.meeting.slug])
    answer = signed_in(member).post(address, body, content_type="application/json")
    assert answer.status_code == 400
