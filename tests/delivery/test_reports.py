"""In-depth reports: assembled into a paper, and assembled again without losing a word."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.audit import vault
from goldthread.core.citations import written_dates
from goldthread.core.text import Prose, Run, text_seal, words_of
from goldthread.delivery.actions.dates import finish, set_forecast
from goldthread.delivery.actions.reports import assemble_in_depth
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import Action, Milestone, Priority, Report, ReportSource, Update
from goldthread.delivery.reports import record_of
from goldthread.meetings.models import Decision, Meeting
from goldthread.meetings.papers import edition_of, findings, paper_text, recommendations_in
from goldthread.people.actions import NotAllowed
from goldthread.performance.models import ShownChart
from goldthread.plans.actions.sections import remove_section
from goldthread.plans.texts import section_of
from tests.delivery.reporting import again, placed, reworded, rewrite, words
from tests.delivery.story import VICTIMS, YEAR

pytestmark = pytest.mark.django_db


def test_a_report_becomes_a_draft_paper_on_its_item(reporting: Any) -> None:
    paper = reporting.report.paper

    assert paper.stage == "drafting"
    assert paper.title == "Victims: progress in depth, 2014-15"
    assert paper.item == reporting.item
    assert [each.words[:40] for each in recommendations_in(paper_text(paper))] == [
        "The Board is recommended to note the pro",
        "The Board is recommended to agree that t",
    ]


def test_it_tells_what_was_said_what_happened_and_of_what_nothing_was_heard(reporting: Any) -> None:
    said = words(reporting.report)

    assert "“Two of three councils have signed.” (Chief Constable, 20 October 2014)." in said
    assert "Reached since 2 October 2014: V1.1.1 The draft is agreed (24 October 2014)." in said
    assert "V1.2. No update yet." in said
    assert "Due 31 October, and no new date is given." in said
    assert "The Board approved the priorities for action." in said


def test_it_begins_where_the_board_approved_the_priorities(reporting: Any) -> None:
    assert reporting.report.since == date(2014, 10, 2)


def test_what_was_not_signed_off_does_not_reach_the_board(reporting: Any) -> None:
    unsigned = "These words wait for somebody."
    give_update(
        subject=reporting.spoken_of, words=unsigned, status="on_course", by=reporting.author, at=reporting.at
    )

    assert unsigned not in words(reporting.report)


def test_its_chart_is_kept_as_the_board_sees_it(reporting: Any) -> None:
    report = reporting.report
    (measure,) = record_of(report).measures
    shown = ShownChart.objects.get(pk=measure.shown)

    assert shown.paper == report.paper
    assert shown.seal == measure.shown_seal
    pictures = [b.image for _, s in paper_text(report.paper).walk() for b in s.blocks if b.kind == "figure"]
    assert pictures
    assert all(vault.read(image) for image in pictures)


def test_a_clerk_finds_nothing_wrong_with_it(reporting: Any) -> None:
    assert [each.message for each in findings(reporting.report.paper)] == []


ROWS = {
    "action": Action,
    "decision": Decision,
    "meeting": Meeting,
    "milestone": Milestone,
    "priority": Priority,
    "report": Report,
    "update": Update,
}


def days_in(source: ReportSource) -> set[date]:
    """Every day that a record, or a line of its history, says."""
    if source.kind not in ROWS:
        return set()
    row = ROWS[source.kind].objects.get(pk=source.ref_id)
    lines = [row, *(row.changes.all() if hasattr(row, "changes") else ())]
    said = " ".join(str(value) for each in lines for value in vars(each).values())
    return {date.fromisoformat(each) for each in re.findall(r"\d{4}-\d\d-\d\d", said)}


def test_every_figure_and_date_in_it_is_said_by_a_record_that_it_names(reporting: Any) -> None:
    moved = {"why": "A council asked for time.", "by": reporting.author}
    set_forecast(
        thing=reporting.spoken_of, to=date(2015, 1, 31), at=reporting.at - timedelta(days=2), **moved
    )
    report = reporting.report
    cited: dict[str, list[ReportSource]] = {}
    for row in report.sources.all():
        cited.setdefault(row.block_key, []).append(row)
    days = 0
    for _, section in paper_text(report.paper).walk():
        if section.title == "Where each figure comes from":
            continue
        for block in section.blocks:
            said = re.sub(r"[\t\n]+", "; ", words_of(block))
            sources = cited.get(block.key, [])
            assert sources or not re.search(r"\d", said), said
            known = set().union(*map(days_in, sources))
            for found in written_dates(said):
                if found.year and found.day:
                    days += 1
                    assert date(found.year, found.month, found.day) in known, said
    assert days > 15


def test_every_source_leads_to_a_page_that_opens(reporting: Any, client: Any) -> None:
    client.force_login(reporting.author)
    addresses = {row.address.partition("#")[0] for row in reporting.report.sources.all() if row.address}

    assert len(addresses) > 5
    assert {address: client.get(address).status_code for address in sorted(addresses)} == dict.fromkeys(
        sorted(addresses), 200
    )


def test_only_who_writes_delivery_and_papers_assembles_one(reporting: Any) -> None:
    assert reporting.silent
    given = {
        "plan": reporting.delivering.plan,
        "theme_key": VICTIMS,
        "year": YEAR,
        "until": date(2014, 11, 2),
    }
    with pytest.raises(NotAllowed):
        assemble_in_depth(
            board=reporting.boards.board, by=reporting.cast.monitoring_officer, at=reporting.at, **given
        )


def test_a_second_one_is_refused_while_the_first_is_written(reporting: Any) -> None:
    assert reporting.report
    with pytest.raises(ValidationError, match="is being written already"):
        reporting.assemble()


def test_nothing_approved_is_nothing_to_report(reporting: Any) -> None:
    assert reporting.delivering.draft
    with pytest.raises(ValidationError, match="there is nothing to report"):
        reporting.assemble()


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ({"until": date(2014, 12, 1)}, "has not come yet"),
        ({"since": date(2014, 11, 3), "until": date(2014, 11, 2)}, "Begin on or before"),
    ],
)
def test_a_time_that_has_not_come_or_runs_backwards_is_refused(reporting: Any, time: Any, words: str) -> None:
    assert reporting.silent
    with pytest.raises(ValidationError, match=words):
        reporting.assemble(**time)


def test_assembled_again_it_follows_the_records(reporting: Any) -> None:
    report = reporting.report
    finish(
        thing=reporting.silent, on=date(2014, 11, 1), words="All sixty.", by=reporting.author, at=reporting.at
    )

    assert again(reporting, report) == ()
    said = words(report)
    assert "No update yet" not in said
    assert "done 1 November 2014" in said


def test_assembled_again_without_news_it_changes_nothing(reporting: Any) -> None:
    report = reporting.report
    before = text_seal(paper_text(report.paper))

    assert again(reporting, report) == ()
    assert text_seal(paper_text(report.paper)) == before
    assert ShownChart.objects.filter(paper=report.paper).count() == 1


def test_words_that_a_person_changed_stay_and_are_named_where_the_records_moved_on(reporting: Any) -> None:
    report = reporting.report
    mine = "It goes better than these figures say."
    rewrite(reporting, report, "Summary", reworded(mine))
    finish(thing=reporting.silent, on=date(2014, 11, 1), words="All.", by=reporting.author, at=reporting.at)

    kept = again(reporting, report)

    assert mine in words(report)
    assert kept == (section_of(placed(report, "Summary").version).blocks[0].key,)


def test_what_a_person_wrote_stays_and_what_they_took_out_stays_out(reporting: Any) -> None:
    report = reporting.report
    own = Prose("own-words", "paragraph", (Run("The hub moved in October."),), True)
    rewrite(reporting, report, "Purpose", lambda blocks: (*blocks, own))
    rewrite(reporting, report, "Progress on each priority", lambda blocks: blocks[1:])
    gone = placed(report, "What is stuck")
    remove_section(edition=edition_of(report.paper), key=gone.key, by=reporting.author, at=reporting.at)
    finish(thing=reporting.silent, on=date(2014, 11, 1), words="All.", by=reporting.author, at=reporting.at)

    again(reporting, report)

    said = words(report)
    assert "The hub moved in October." in said
    assert "How an action stands is told by its dates" not in said
    assert "Actions that do not move" not in said


def test_a_new_priority_comes_in_at_its_place(reporting: Any) -> None:
    report = reporting.report
    second = reporting.delivering.a_draft("Waiting for court", words="Courts tell.", success="", support=())
    reporting.delivering.approved(second)

    again(reporting, report)

    titles = [section.title for _, section in paper_text(report.paper).walk()]
    assert titles.index("V2 Waiting for court") == titles.index("V1 Hear from a named person") + 1


def test_while_its_paper_is_with_the_clerk_it_is_not_assembled_again(reporting: Any) -> None:
    report = reporting.report
    reporting.submit(report.paper)

    with pytest.raises(ValidationError, match="submitted"):
        again(reporting, report)
