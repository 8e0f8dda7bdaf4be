"""The index follows everything that is recorded, can be made anew, and is compared with the records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from goldthread.audit import listeners
from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Kind as BlockKind
from goldthread.meetings.models import MeetingStage, Paper, PaperStage
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search import index, tables
from goldthread.thread.search.asking import asked
from goldthread.thread.search.entries import Part, sealed
from goldthread.thread.search.finding import find
from goldthread.thread.search.keeping import heard, problems, put_again, rebuild
from goldthread.thread.search.names import FACETS, KINDS
from goldthread.thread.search.sources import CHECKS, SOURCES
from tests.meetings.story import Boards
from tests.plans.story import DRAFT, FIRST, THIRD, a_draft, a_plan, issued
from tests.thread.sought import TODAY, finds, keep, saying, titles

pytestmark = pytest.mark.django_db


def test_only_what_differs_is_written(cast: Any) -> None:
    one, two = saying(cast.body, "One", "same"), saying(cast.body, "Two", "old")
    parts = [Part(each.title, sealed((each,)), lambda each=each: (each,)) for each in (one, two)]
    assert index.put({"test:1": parts}) == 2
    assert index.put({"test:1": parts}) == 0
    changed = saying(cast.body, "Two", "new")
    assert index.put({"test:1": [parts[0], Part("Two", sealed((changed,)), lambda: (changed,))]}) == 2
    assert index.put({"test:1": parts[:1]}) == 1
    assert list(Entry.objects.values_list("title", flat=True)) == ["One"]


def test_the_index_follows_its_rows_however_they_are_written(cast: Any, open_doors: None) -> None:
    keep(saying(cast.body, "Burglary", "homes"))
    Entry.objects.update(words="caravans")
    assert (finds("homes").total, finds("caravans").total) == (0, 1)
    Entry.objects.all().delete()
    assert finds("caravans").total == 0
    assert tables.in_step(connection)


def test_making_the_tables_again_changes_nothing(cast: Any, open_doors: None) -> None:
    keep(saying(cast.body, "Burglary", "homes"))
    tables.restore()
    assert finds("homes").total == 1


@pytest.mark.slow
def test_a_plan_is_found_as_issued_by_all_and_as_drafted_at_the_desk(cast: Any) -> None:
    plan = a_plan(cast)
    first = a_draft(cast, plan, "First", FIRST, date(2013, 1, 8))
    officer = cast.governance_officer
    assert finds("neighbourhood officer").total == 0
    drafted = find(asked("neighbourhood officer"), user=officer, on=TODAY)
    assert {hit.kind for hit in drafted.hits} == {"section", "pledge"}
    issued(cast, first, date(2013, 3, 28))
    a_draft(cast, plan, "Second", DRAFT, date(2014, 1, 8))
    found = finds("neighbourhood officer")
    assert {(hit.kind, hit.href) for hit in found.hits} == {
        ("section", f"/plan/{plan.slug}/keeping-people-safe-0a1b2c3d/"),
        ("pledge", f"/plan/{plan.slug}/keeping-people-safe-0a1b2c3d/"),
    }
    assert finds("SENTINEL").total == 0
    (hit,) = find(asked("sentinel"), user=officer, on=TODAY).hits
    assert (hit.title[0].words, hit.href.startswith("/desk/plan/")) == ("Answering calls (Second)", True)
    assert find(asked("sentinel"), user=cast.panel_clerk, on=TODAY).total == 0
    assert list(problems()) == []


@pytest.mark.slow
def test_what_an_earlier_edition_said_is_found_there_and_what_it_hid_is_not(cast: Any) -> None:
    plan = a_plan(cast)
    first = a_draft(cast, plan, "First", FIRST, date(2013, 1, 8), hidden=[BlockKind.ACTION])
    issued(cast, first, date(2013, 3, 28))
    issued(cast, a_draft(cast, plan, "Third", THIRD, date(2014, 1, 8)), date(2014, 3, 31))
    (hit,) = finds('"calls are answered soon"').hits
    assert hit.href == f"/plan/{plan.slug}/editions/first/answering-calls-1a1b2c3d/"
    assert titles(finds("twenty seconds")) == ["Answering calls"]
    assert finds("market square").total == 0


def test_listening_and_reading_are_told_apart(cast: Any, boards: Boards) -> None:
    assert heard in listeners._listeners
    paper = boards.paper("Burglary in the fens")
    heard(paper, "read exempt business", boards.at)
    assert not Entry.objects.exists()
    heard(paper, "began paper", boards.at)
    assert find(asked("burglary"), user=paper.author, on=TODAY).total == 1
    with index.waiting():
        Entry.objects.all().delete()
        heard(paper, "began paper", boards.at)
    assert not Entry.objects.exists()


def test_a_check_names_what_is_found_otherwise_than_it_reads(cast: Any, boards: Boards) -> None:
    paper = boards.paper("Burglary in the fens")
    (problem,) = problems()
    assert (problem.code, problem.where) == ("search-stale", f"search, paper:{paper.pk}")
    assert rebuild() == Entry.objects.count() == 1
    assert list(problems()) == []
    Paper.objects.update(title="Theft in the fens")
    assert [problem.code for problem in problems()] == ["search-stale"]
    put_again(SOURCES["paper"], [paper.pk])
    assert list(problems()) == []
    keep(saying(cast.body, "Gone"), scope="paper:999")
    assert [problem.where for problem in problems()] == ["search, paper:999"]


def test_an_accepted_paper_is_found_by_all_once_its_agenda_is_published(boards: Boards) -> None:
    meeting = boards.meeting()
    item = boards.item(meeting, "Estate")
    paper = boards.paper("Burglary in the fens", item=item, stage=PaperStage.ACCEPTED)
    put_again(SOURCES["paper"], [paper.pk])
    assert finds("burglary").total == 0
    meeting.stage, meeting.published_at = MeetingStage.PUBLISHED, boards.at
    meeting.save()
    heard(meeting, "published the agenda", boards.at)
    assert [hit.href for hit in finds("burglary").hits] == [f"/boards/bcb/2014-10-02/papers/{paper.slug}/"]
    item.marking, item.public_title = Marking.EXEMPT, "Estate matter"
    item.save()
    heard(item, "marked", boards.at)
    assert finds("burglary").total == 0


def test_every_kind_has_a_name_and_a_door() -> None:
    assert set(KINDS) == set(Kind.values) == set(CHECKS)
    assert list(FACETS) == ["kind", "theme", "year", "board", "body"]
