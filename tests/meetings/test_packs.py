"""Packs: frozen when asked for, built up for their readers, searched, reissued, supplemented, released."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from goldthread.audit import vault
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.files.pdf import write
from goldthread.meetings import exports, pack_building, tasks
from goldthread.meetings.actions.packs import ask_for_pack, build_again, release_pack
from goldthread.meetings.models import AgendaItem, Appendix, MeetingStage, Pack, PackStage, Paper, PaperStage
from goldthread.meetings.pack_sentinels import sentinels
from goldthread.meetings.packs import contents_of, current, issue_name, pack_for, public_packs, still_allowed
from goldthread.people.actions import NotAllowed
from tests.meetings.packing import Packing
from tests.meetings.story import SENTINEL, a_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def packing(boards: Any, at: datetime) -> Packing:
    return Packing(boards, at)


def words_of(pack: Pack) -> str:
    reader = PdfReader(BytesIO(vault.read(pack.sha256)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def held(pack: Pack) -> list[str]:
    return [paper.title for _item, paper in contents_of(pack).papers() if paper.kind == "paper"]


def printed_in(pack: Pack) -> dict[str, tuple[str, str]]:
    """The first and last printed page of each item's paper."""
    return {row["item"]: (row["printed_first"], row["printed_last"]) for row in pack.pages["papers"]}


def test_each_variant_is_built_up_from_what_its_readers_may_see(packing: Packing) -> None:
    public, members, full = (packing.ask(variant) for variant in Audience)
    assert held(public) == [packing.delivery.title]
    assert held(members) == [packing.delivery.title, packing.money.title]
    assert held(full) == [packing.delivery.title, packing.money.title, packing.lease.title]
    assert SENTINEL not in str(public.contents) + str(members.contents)
    assert [item.title for item in contents_of(public).items][-2:] == ["Exempt item", "Estate matter"]


def test_only_whoever_manages_meetings_asks(packing: Packing) -> None:
    with pytest.raises(NotAllowed):
        ask_for_pack(
            meeting=packing.meeting,
            variant=Audience.MEMBERS,
            by=packing.boards.cast.chief_constable,
            at=packing.at,
        )


def test_the_public_pack_waits_for_the_agenda(packing: Packing) -> None:
    packing.meeting.stage, packing.meeting.published_at = MeetingStage.PLANNED, None
    packing.meeting.save()
    with pytest.raises(ValidationError, match="Publish the agenda first"):
        packing.ask(Audience.PUBLIC)
    assert packing.ask(Audience.MEMBERS).stage == PackStage.WAITING


def test_a_paper_not_accepted_is_in_no_pack(packing: Packing) -> None:
    Paper.objects.filter(pk=packing.meeting and packing.delivery.pk).update(stage=PaperStage.SUBMITTED)
    assert packing.delivery.title not in held(packing.ask(Audience.FULL))


def test_an_appendix_that_hides_something_keeps_the_public_pack_back(packing: Packing) -> None:
    _meeting = packing.meeting
    row = an_appendix(packing, problems=[["tracked", "page 2", "Tracked changes.", ""]])
    with pytest.raises(ValidationError, match="Appendix A, ‘Risk register’, hides something"):
        packing.ask(Audience.PUBLIC)
    papers = dict((paper.key, paper) for _item, paper in contents_of(packing.ask(Audience.MEMBERS)).papers())
    assert [each.pk for each in papers[f"paper-{packing.delivery.pk}"].appendices] == [row.pk]


def an_appendix(packing: Packing, **more: Any) -> Appendix:
    """An appendix of the first paper, and a version that was handed in with it."""
    pdf = write.write_pdf(a_text("Risk register", "Note the risks.", "Seven risks are amber."), {})
    row = Appendix.objects.create(
        paper=packing.delivery,
        position=1,
        label="Appendix A",
        title="Risk register",
        name="risk.pdf",
        sha256=vault.keep(pdf),
        size=len(pdf),
        added_at=packing.at,
        added_by="Test",
        **more,
    )
    last = packing.delivery.versions.order_by("number").last()
    assert last is not None
    form = {
        "pk": row.pk, "label": row.label, "title": row.title, "name": row.name, "sha256": row.sha256,
        "size": row.size, "edition": None, "edition_seal": "", "marking": more.get("marking", ""),
    }  # fmt: skip
    packing.delivery.versions.create(
        number=last.number + 1, title=last.title, form=last.form, header=last.header, appendices=[form],
        text_seal=last.text_seal, seal="a" * 64, submitted_at=packing.at, submitted_by="Test",
    )  # fmt: skip
    return row


@pytest.mark.slow
def test_what_was_frozen_is_built_though_a_paper_was_replaced_meanwhile(packing: Packing) -> None:
    pack = packing.ask()
    packing.replace(packing.delivery, "Replaced after the pack was asked for.")
    said = words_of(packing.build(pack))
    assert pack.stage == PackStage.READY
    assert "It follows from the Plan." in said
    assert "Replaced after" not in said


@pytest.mark.slow
def test_the_built_pack_names_nothing_that_is_kept_back(packing: Packing) -> None:
    pack = packing.built(Audience.PUBLIC)
    assert (pack.stage, pack.problems) == (PackStage.READY, [])
    said = words_of(pack)
    assert "Delivery of the Police and Crime Plan" in said
    assert "Estate matter" in said
    assert SENTINEL.encode() not in vault.read(pack.sha256)
    assert SENTINEL not in said
    assert "Money to" not in said


@pytest.mark.slow
def test_a_pack_that_would_tell_an_exempt_title_is_stopped_in_words(packing: Packing) -> None:
    meeting = packing.meeting
    packing.replace(packing.delivery, f"See the paper on {meeting.items.last().title} for more.")
    pack = packing.built(Audience.PUBLIC)
    assert pack.stage == PackStage.FAILED
    assert not pack.sha256
    _code, where, message = pack.problems[0]
    assert "page" in where
    assert "may not be shown" in message


def test_what_stands_everywhere_is_no_sentinel(packing: Packing) -> None:
    lease = packing.meeting.items.get(marking=Marking.EXEMPT)
    lease.note = "To note\nThe heads of terms that the landlord sent in September."
    lease.save()
    wanted = sentinels(packing.meeting, contents_of(packing.ask(Audience.PUBLIC)))
    assert "The heads of terms that the landlord sent in September." in wanted
    assert lease.title in wanted
    assert "To note" not in wanted
    assert not [words for words in wanted if words.startswith("The Board is recommended")]
    assert sentinels(packing.meeting, contents_of(packing.ask(Audience.FULL))) == ()


@pytest.mark.slow
def test_words_of_an_exempt_paper_in_an_open_one_are_no_leak_where_both_bear_them(packing: Packing) -> None:
    assert packing.built(Audience.PUBLIC).stage == PackStage.READY  # every recommendation is worded alike


def test_the_same_asked_for_twice_is_one_pack(packing: Packing) -> None:
    first = packing.ask()
    assert packing.ask() == first
    Pack.objects.filter(pk=first.pk).update(stage=PackStage.READY)
    with pytest.raises(ValidationError, match="Issue 1 already holds exactly this"):
        packing.ask()
    assert Pack.objects.count() == 1


@pytest.mark.slow
def test_a_reissue_says_what_changed_and_keeps_the_other_numbers(packing: Packing) -> None:
    first = packing.built(Audience.FULL)
    packing.replace(packing.delivery, "Corrected. " + "It says a good deal more than it did before. " * 60)
    packing.boards.item(packing.meeting, "Drones", number="9.0")
    second = packing.built(Audience.FULL)
    assert issue_name(second) == "Issue 2"
    assert [change["words"] for change in second.changes] == [
        "Item 2.0: ‘Delivery of the Police and Crime Plan’ replaced, version 2 (3.1 changed)",
        "Item 9.0 added: ‘Drones’",
    ]
    printed = [printed_in(first), printed_in(second)]
    assert printed[0]["3.0"] == printed[1]["3.0"]
    assert printed[0]["4.0"] == printed[1]["4.0"]
    assert printed[0]["2.0"][0] == printed[1]["2.0"][0]
    assert printed[1]["2.0"] != printed[0]["2.0"]


@pytest.mark.slow
def test_one_paper_replaced_costs_that_paper_and_the_assembly(
    packing: Packing, monkeypatch: pytest.MonkeyPatch
) -> None:
    packing.built()
    packing.replace(packing.delivery, "Only this paper is another.")
    written: list[str] = []
    first = exports.write_pdf

    def counted(text: Any, *args: Any, **more: Any) -> bytes:
        written.append(text.title)
        return first(text, *args, **more)

    monkeypatch.setattr(exports, "write_pdf", counted)
    assert packing.built().stage == PackStage.READY
    assert written == [packing.delivery.title]


@pytest.mark.slow
def test_a_supplement_holds_only_late_papers_and_goes_on_numbering(packing: Packing) -> None:
    main = packing.out()
    with pytest.raises(ValidationError, match="in the pack or a supplement already"):
        packing.ask(supplement=True)
    late = packing.boards.item(packing.meeting, "Winter pressures", number="9.0")
    paper = packing.boards.paper("Winter pressures", item=late, stage=PaperStage.ACCEPTED)
    extra = packing.out(supplement=True)
    assert issue_name(extra) == "Supplement 1"
    assert held(extra) == [paper.title]
    assert int(extra.pages["papers"][0]["printed_first"]) > main.pages["last"]
    assert current(packing.meeting, Audience.MEMBERS) == (main, extra)
    third = packing.built()
    numbers = {p["item"]: p["printed_first"] for p in third.pages["papers"]}
    assert numbers["9.0"] == extra.pages["papers"][0]["printed_first"]


@pytest.mark.slow
def test_a_killed_worker_costs_nothing_but_time(packing: Packing) -> None:
    pack = packing.ask()
    Pack.objects.filter(pk=pack.pk).update(stage=PackStage.BUILDING, begun_at=packing.at, done=1)
    assert tasks.put_back(at=packing.at + timedelta(minutes=14)) == 0
    assert tasks.put_back(at=packing.at + timedelta(minutes=16)) == 1  # in tests a job is run at once
    pack.refresh_from_db()
    assert (pack.stage, pack.done) == (PackStage.READY, pack.total)
    built = pack.built_at
    tasks.build.enqueue(pack.pk)
    pack.refresh_from_db()
    assert pack.built_at == built


def test_whoever_begins_last_has_the_pack(packing: Packing) -> None:
    pack = packing.ask()
    first = pack_building.Job.claim(pack.pk, packing.clock())
    second = pack_building.Job.claim(pack.pk, packing.clock())
    assert first is not None
    assert second is not None
    with pytest.raises(pack_building.Overtaken):
        first.step()
    second.step()
    pack.refresh_from_db()
    assert (pack.stage, pack.done) == (PackStage.BUILDING, 1)


def test_a_pack_that_failed_can_be_asked_for_again(packing: Packing, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = packing.ask()
    with monkeypatch.context() as patch:
        patch.setattr(pack_building, "build_pack", lambda *_a, **_k: (_ for _ in ()).throw(MemoryError))
        patch.setattr(pack_building, "paper_pdf", lambda *_a, **_k: b"")
        assert packing.build(pack).stage == PackStage.FAILED
    assert "Ask again" in pack.problems[0][2]
    build_again(pack=pack, by=packing.boards.cast.governance_officer, at=packing.at)
    pack.refresh_from_db()
    assert (pack.stage, pack.problems) == (PackStage.WAITING, [])


@pytest.mark.slow
def test_members_read_from_the_release_on(packing: Packing) -> None:
    cast, on = packing.boards.cast, packing.at.date()
    member = cast.holder(Role.BOARD_MEMBER)
    pack = packing.built()
    assert pack_for(member, packing.meeting, on=on) is None
    release_pack(pack=pack, by=cast.governance_officer, at=packing.at)
    assert pack_for(member, packing.meeting, on=on) == pack
    assert pack_for(cast.commissioner, packing.meeting, on=on) == pack  # no full pack is out yet
    with pytest.raises(ValidationError, match="already"):
        release_pack(pack=pack, by=cast.governance_officer, at=packing.at)


@pytest.mark.slow
def test_what_is_marked_more_strictly_afterwards_shuts_the_pack(packing: Packing) -> None:
    pack = packing.out(Audience.PUBLIC)
    assert public_packs(packing.meeting) == (pack,)
    AgendaItem.objects.filter(pk=packing.delivery.item_id).update(marking=Marking.EXEMPT)
    assert not still_allowed(pack)
    assert public_packs(packing.meeting) == ()
    again = packing.built(Audience.PUBLIC)
    assert packing.delivery.title not in str(again.changes) + str(again.contents)
    assert "Delivery" not in words_of(again)


@pytest.mark.slow
def test_a_public_pack_is_not_released_before_its_agenda(packing: Packing) -> None:
    pack = packing.built(Audience.PUBLIC)
    packing.meeting.published_at = None
    packing.meeting.save()
    with pytest.raises(ValidationError, match="not published"):
        release_pack(pack=pack, by=packing.boards.cast.governance_officer, at=packing.at)
