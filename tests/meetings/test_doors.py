"""What each reader is shown of an agenda, and that the rest is not even named."""

from __future__ import annotations

from typing import Any

import pytest

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.meetings.doors import EXEMPT_TITLE, audience_of, papers_for, seen_agenda
from goldthread.meetings.models import MeetingStage, PaperStage
from tests.meetings.story import OCTOBER, SENTINEL

pytestmark = pytest.mark.django_db


def _agenda(boards: Any, stage: str = MeetingStage.PUBLISHED) -> Any:
    meeting = boards.meeting(OCTOBER, stage=stage)
    for marking in (Marking.OPEN, Marking.MEMBERS, Marking.EXEMPT, ""):
        item = boards.item(meeting, f"{SENTINEL} {marking or 'unmarked'}", marking=marking)
        boards.paper(
            f"{SENTINEL} paper {marking or 'unmarked'}",
            item=item,
            marking=marking,
            stage=PaperStage.ACCEPTED,
        )
    return meeting


@pytest.mark.parametrize(
    ("audience", "named", "papers"),
    [
        (Audience.PUBLIC, ["open"], 1),
        (Audience.MEMBERS, ["open", "members"], 2),
        (Audience.FULL, ["open", "members", "exempt", "unmarked"], 4),
    ],
)
def test_an_audience_is_shown_what_it_may_see(
    boards: Any, audience: Audience, named: list[str], papers: int
) -> None:
    seen = seen_agenda(_agenda(boards), audience=audience)

    assert [i.title.removeprefix(f"{SENTINEL} ") for i in seen if not i.exempt] == named
    assert sum(len(i.papers) for i in seen) == papers
    hidden = [i for i in seen if i.exempt]
    assert {i.title for i in hidden} <= {"Estate matter", EXEMPT_TITLE}
    assert all(not i.papers and i.item is None and SENTINEL not in repr(i) for i in hidden)


def test_an_open_item_may_hold_a_paper_that_is_not(boards: Any) -> None:
    meeting = boards.meeting(OCTOBER, stage=MeetingStage.PUBLISHED)
    item = boards.item(meeting, "Estates")
    boards.paper(f"{SENTINEL} bids", item=item, marking=Marking.EXEMPT, stage=PaperStage.ACCEPTED)

    (seen,) = seen_agenda(meeting, audience=Audience.PUBLIC)

    assert not seen.papers


def test_the_public_sees_nothing_before_publication(boards: Any) -> None:
    meeting = _agenda(boards, MeetingStage.PLANNED)
    assert seen_agenda(meeting, audience=Audience.PUBLIC) == ()


def test_who_reads_which_papers(boards: Any, cast: Any) -> None:
    _agenda(boards)
    on = OCTOBER

    def count(user: Any) -> int:
        return papers_for(user, on=on).count()

    assert count(cast.governance_officer) == 4
    assert count(cast.chief_constable) == 4
    assert count(cast.staff_officer) == 2
    assert count(cast.panel_clerk) == 0
    assert count(cast.administrator) == 0
    assert count(cast.stranger) == 0
    assert count(cast.resident) == 0
    assert audience_of(cast.staff_officer, cast.body, on) is Audience.MEMBERS
