"""What the builder tells its officer: hours, what is missing, the days that count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.meetings.builder import as_public, building, due_words
from goldthread.meetings.forward_plan import lines, reconcile, unseen_themes
from goldthread.meetings.models import Decision, Meeting, PaperStage, Planned
from tests.meetings.story import NOVEMBER, OCTOBER, SENTINEL

EARLY = date(2014, 8, 1)


def cautions(meeting: Meeting, on: date = EARLY) -> list[str]:
    return [caution.words for caution in building(meeting, on=on).cautions]


def test_the_clock_runs_through_the_items(boards: Any) -> None:
    meeting = boards.meeting()
    boards.item(meeting, "Plan", minutes_allowed=20)
    boards.item(meeting, "Gone", minutes_allowed=30, withdrawn_at=boards.at, withdrawn_reason="Ill.")
    boards.item(meeting, "Budget", minutes_allowed=25)
    boards.item(meeting, "Other")
    made = building(meeting, on=EARLY)
    assert [f"{row.starts:%H:%M}" for row in made.rows] == ["14:00", "14:20", "14:20", "14:45"]
    assert (made.ends, made.untimed) == (datetime(2014, 10, 2, 13, 45, tzinfo=UTC), 1)


def test_an_agenda_longer_than_its_meeting_says_so(boards: Any) -> None:
    meeting = boards.meeting()
    meeting.ends_at = meeting.starts_at + timedelta(minutes=30)
    boards.item(meeting, "Plan", minutes_allowed=50)
    assert "The items take until 14:50, 20 minutes more than the meeting has." in cautions(meeting)


def test_papers_that_are_not_in_are_counted_as_their_day_comes_near(boards: Any) -> None:
    meeting = boards.meeting()
    meeting.papers_due = date(2014, 9, 18)
    for title in ("Plan", "Budget"):
        boards.item(meeting, title)
    boards.item(meeting, "A word from the chair", purpose="verbal")
    with_paper = boards.item(meeting, "Estate")
    boards.paper("Estate", item=with_paper, stage=PaperStage.RETURNED)
    submitted = boards.item(meeting, "Fleet")
    boards.paper("Fleet", item=submitted, stage=PaperStage.SUBMITTED)
    assert not any("not in" in words for words in cautions(meeting))
    said = cautions(meeting, date(2014, 9, 17))
    assert "3 papers, due tomorrow, are not in: items 1.0, 2.0, 4.0." in said
    assert "1 paper was handed in and waits for you to accept it: 5.0." in said


def test_an_accepted_paper_without_a_marking_is_named(boards: Any) -> None:
    meeting = boards.meeting()
    item = boards.item(meeting, "Plan")
    paper = boards.paper("Plan", item=item, stage=PaperStage.ACCEPTED, marking="")
    said = "1 paper is accepted but not marked, so members do not see it: item 1.0."
    assert said in cautions(meeting)
    paper.marking = "open"
    paper.save(update_fields=["marking"])
    assert said not in cautions(meeting)


def test_markings_that_are_missing_stop_publication(boards: Any) -> None:
    meeting = boards.meeting()
    assert building(meeting, on=EARLY).stopped
    boards.item(meeting, "Plan", marking="")
    boards.item(meeting, f"{SENTINEL} tender", marking=Marking.EXEMPT)
    made = building(meeting, on=EARLY)
    assert [caution.words for caution in made.cautions if caution.stops] == [
        "Item 1.0 is not marked: say whether it is open or exempt.",
        "The exempt item 2.0 has no reason.",
    ]


def test_the_public_at_the_table_must_be_asked_to_leave(boards: Any) -> None:
    meeting = boards.meeting()
    meeting.open_to_public = True
    boards.item(meeting, "Tender", marking=Marking.EXEMPT, reason_code="12A-3")
    assert any("Add an item to exclude the public" in words for words in cautions(meeting))
    boards.item(meeting, "Exclusion of the public", kind="exclusion")
    assert not any("Add an item to exclude the public" in words for words in cautions(meeting))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2014, 10, 26), "The clocks go back that day."),
        (date(2015, 3, 29), "The clocks go forward that day."),
        (date(2014, 12, 25), "Thursday 25 December 2014 is not a working day: Christmas Day."),
        (date(2014, 10, 4), "Saturday 4 October 2014 is not a working day."),
    ],
)
def test_odd_days_are_named(boards: Any, on: date, said: str) -> None:
    meeting = boards.meeting(on)
    boards.item(meeting, "Plan")
    assert any(said in words for words in cautions(meeting))


def test_short_notice_and_a_missing_quorum_rule_are_named(boards: Any) -> None:
    meeting = boards.meeting()
    boards.item(meeting, "Plan")
    assert any("full notice has passed" in words for words in cautions(meeting, date(2014, 9, 25)))
    assert not any("full notice has passed" in words for words in cautions(meeting, date(2014, 9, 24)))
    meeting.board.quorum = {}
    assert "The board has no quorum rule. Give it one under House rules." in cautions(meeting)


def test_the_preview_is_the_publics_own_view(boards: Any) -> None:
    meeting = boards.meeting()
    boards.item(meeting, "Plan")
    boards.item(meeting, f"{SENTINEL} tender", marking=Marking.EXEMPT, note=SENTINEL)
    seen = as_public(meeting, at=boards.at)
    assert [item.title for item in seen] == ["Plan", "Estate matter"]
    assert SENTINEL not in repr([(item.title, item.note, item.papers) for item in seen])
    assert meeting.published_at is None


def test_how_far_a_day_is(today: date) -> None:
    said = [due_words(today + timedelta(days=n), today) for n in (-3, -1, 0, 1, 5)]
    assert said == ["3 days ago", "yesterday", "today", "tomorrow", "in 5 days"]
    assert due_words(None, today) == ""


def planned(boards: Any, title: str, due: date, **more: Any) -> Planned:
    return Planned.objects.create(board=boards.board, title=title, due=due, made_at=boards.at, **more)


def test_themes_that_nobody_has_seen_for_long_are_named(boards: Any) -> None:
    planned(boards, "Old", date(2013, 1, 10), theme="Victims", state="done")
    planned(boards, "New", date(2014, 6, 5), theme="Offenders", state="done")
    planned(boards, "To come", NOVEMBER, theme="Victims")
    planned(boards, "Never", NOVEMBER, theme="Communities")
    planned(boards, "Dropped", NOVEMBER, theme="Fraud", state="dropped")
    every = lines(boards.board, audience=Audience.FULL, on=EARLY)
    unseen = unseen_themes(every, EARLY)
    assert [(theme.name, theme.last, theme.planned) for theme in unseen] == [
        ("Communities", None, NOVEMBER),
        ("Victims", date(2013, 1, 10), NOVEMBER),
    ]


def test_the_plan_is_held_against_what_was_decided(boards: Any) -> None:
    meeting = boards.meeting()
    with_decision = planned(boards, "Budget", OCTOBER, state="done")
    without = planned(boards, "Estate", OCTOBER, state="done")
    planned(boards, "Report", OCTOBER, state="done", purpose="information")
    items = [
        boards.item(meeting, "Budget", planned=with_decision),
        boards.item(meeting, "Estate", planned=without),
        boards.item(meeting, "Storm"),
    ]
    for number, item in enumerate((items[0], items[2]), 1):
        Decision.objects.create(
            register=boards.register,
            board=boards.board,
            meeting=meeting,
            item=item,
            title=item.title,
            stage="decided",
            serial=number,
            period="2014",
            reference=f"CPCC 2014-00{number}",
            slug=f"cpcc-2014-00{number}",
            decided_at=boards.at,
            decided_on=OCTOBER,
            decided_by="Frances Merrow",
            outcome="agreed",
            resolved="It was agreed.",
            seal="0" * 64,
            made_at=boards.at,
        )
    every = lines(boards.board, audience=Audience.FULL, on=NOVEMBER)
    found = reconcile(boards.board, every, Decision.objects.all())
    assert [line.title for line in found.undecided] == ["Estate"]
    assert [decision.title for decision in found.unplanned] == ["Storm"]


def test_the_public_sees_listed_lines_and_no_exempt_title(boards: Any) -> None:
    planned(boards, "Not listed", NOVEMBER)
    planned(boards, "Budget", NOVEMBER, listed=True)
    hidden = planned(boards, f"{SENTINEL} sale", NOVEMBER, listed=True)
    boards.item(boards.meeting(), f"{SENTINEL} sale", marking=Marking.EXEMPT, planned=hidden)
    seen = lines(boards.board, audience=Audience.PUBLIC, on=EARLY)
    assert [line.title for line in seen] == ["Budget", "Estate matter"]


def test_an_item_beneath_an_exempt_one_is_kept_back_with_it(boards: Any) -> None:
    meeting = boards.meeting()
    top = boards.item(meeting, f"{SENTINEL} tender", marking=Marking.EXEMPT, reason_code="12A-3")
    line = planned(boards, f"{SENTINEL} bidder", OCTOBER, listed=True)
    below = boards.item(meeting, f"{SENTINEL} bidder", parent=top, planned=line)
    assert building(meeting, on=EARLY).rows[1].under_exempt
    (seen,) = lines(boards.board, audience=Audience.PUBLIC, on=EARLY)
    assert SENTINEL not in seen.title
    assert SENTINEL not in str(below)
