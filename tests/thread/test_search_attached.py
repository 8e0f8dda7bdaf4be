"""What attached files say is read once, in a process of its own, and found as the file may be opened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldthread.audit import vault
from goldthread.core.text import Section, Text, numbers
from goldthread.files.pdf.words import words_in_child
from goldthread.files.pdf.write import write_pdf
from goldthread.files.refused import Refused
from goldthread.meetings.models import Appendix, MeetingStage, Paper, PaperStage
from goldthread.thread.models import Reading
from goldthread.thread.search.asking import asked
from goldthread.thread.search.attached import GONE, read_now, unread
from goldthread.thread.search.finding import find
from goldthread.thread.search.keeping import problems, rebuild
from tests.meetings.story import Boards, block
from tests.thread.sought import TODAY, finds, titles

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def a_pdf(words: str) -> bytes:
    text = Text("Annual report", (Section("one", "What was done", (block("b1", words),)),))
    return write_pdf(text, numbers(text))


def attached(paper: Paper, content: bytes, *, name: str = "report.pdf", marking: str = "") -> Appendix:
    return Appendix.objects.create(
        paper=paper,
        position=paper.appendices.count() + 1,
        label="Appendix A",
        title="Annual report",
        name=name,
        sha256=vault.keep(content),
        size=len(content),
        marking=marking,
        added_at=paper.made_at,
        added_by="Test",
    )


@pytest.fixture
def paper(boards: Boards) -> Paper:
    meeting = boards.meeting(date(2014, 10, 2), stage=MeetingStage.PUBLISHED)
    return boards.paper("Estate", item=boards.item(meeting, "Estate"), stage=PaperStage.ACCEPTED)


def test_a_pdf_is_found_by_its_words_once_it_was_read(paper: Paper) -> None:
    attached(paper, a_pdf("Speedwatch began in nineteen villages."))
    rebuild()
    assert (finds("annual report").total, finds("speedwatch villages").total) == (1, 0)
    assert read_now([paper.pk]) == 1
    assert titles(finds("speedwatch villages")) == ["Appendix A: Annual report"]
    assert (read_now(), unread(), list(problems())) == (0, {}, [])


def test_what_is_exempt_or_hides_something_is_not_found_by_the_public(paper: Paper, cast: Any) -> None:
    row = attached(paper, a_pdf("Speedwatch began in nineteen villages."), marking="exempt")
    rebuild()
    read_now()
    assert finds("speedwatch").total == 0
    assert find(asked("speedwatch"), user=cast.governance_officer, on=TODAY).total == 1
    row.marking, row.problems = "", [["author", "properties", "It names its author."]]
    row.save()
    rebuild()
    assert finds("speedwatch").total == 0


def test_a_file_that_cannot_be_read_is_kept_as_such_and_not_tried_again(paper: Paper) -> None:
    attached(paper, b"%PDF-1.7 damaged")
    attached(paper, b"PK\x03\x04 damaged", name="report.docx")
    lost = attached(paper, b"gone", name="lost.pdf")
    Appendix.objects.filter(pk=lost.pk).update(sha256="0" * 64)
    assert read_now() == 3
    assert Reading.objects.filter(words="").exclude(refused="").count() == 3
    assert Reading.objects.get(sha256="0" * 64).refused == GONE
    assert unread() == {}
    with pytest.raises(Refused):
        words_in_child(b"%PDF-1.7 damaged")
