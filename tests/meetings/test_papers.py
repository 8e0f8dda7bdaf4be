"""Papers from beginning to agenda: begun, submitted, returned, accepted, withdrawn, marked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Kind, ListBlock, ListItem, Prose, Run, Section, Text, Typed, text_seal
from goldthread.meetings.actions.papers import (
    accept_paper,
    begin_paper,
    latest,
    mark_paper,
    paper_text,
    return_paper,
    set_header,
    submit_paper,
    version_text,
    withdraw_paper,
)
from goldthread.meetings.models import Paper, PaperStage, PaperVersion
from goldthread.meetings.papers import content_seal, edition_of, header_seal, recommendations_in
from goldthread.plans.actions.sections import Conflict, Saved, save_section
from tests.meetings.story import a_text

WORDS = a_text("Delivery of the plan", "The Board is recommended to approve the priorities.", "It follows.")


def a_paper(boards: Any, **more: Any) -> Paper:
    """A paper of the chief executive's, with words."""
    given = {"title": "Delivery of the plan", "text": WORDS, "by": boards.cast.chief_executive, **more}
    return begin_paper(board=boards.board, at=boards.at, **given)


def submitted(boards: Any, **more: Any) -> Paper:
    """The same, handed in."""
    paper = a_paper(boards, **more)
    hand_in(paper, boards)
    return paper


def hand_in(paper: Paper, boards: Any, note: str = "") -> PaperVersion:
    return submit_paper(paper=paper, seen=content_seal(paper), note=note, by=paper.author, at=boards.at)


def write(paper: Paper, boards: Any, words: str, *, by: Any = None, base: str = "") -> Saved | Conflict:
    """Make the last section of a paper say something."""
    edition = edition_of(paper)
    placed = edition.placements.select_related("version").order_by("-position")[0]
    form = {**placed.version.form}
    form["content"] = [
        {
            "type": "paragraph",
            "attrs": {"key": "written", "numbered": True},
            "content": [{"type": "text", "text": words}],
        }
    ]
    return save_section(
        edition=edition,
        key=placed.key,
        form=form,
        base=base or placed.version.seal,
        by=by or paper.author,
        at=boards.at,
    )


def test_a_paper_begins_with_the_sections_of_its_boards_template(boards: Any) -> None:
    paper = a_paper(boards, text=None)
    titles = [section.title for _, section in paper_text(paper).walk()]
    assert titles == ["Purpose", "Recommendation", "Background"]
    assert (paper.to, paper.sender, paper.house_template) == (
        "Business Coordination Board",
        "Chief Executive",
        "cambridgeshire",
    )
    assert paper.marking == ""


def test_its_address_and_name_in_the_record_say_nothing_of_its_title(boards: Any) -> None:
    paper = a_paper(boards)
    assert (paper.slug, str(paper), str(paper.document)) == ("bcb-paper-1", "bcb paper 1", "bcb paper 1")
    assert a_paper(boards).slug == "bcb-paper-2"


def test_a_paper_without_a_title_is_not_begun(boards: Any) -> None:
    with pytest.raises(ValidationError, match="Give the paper a title"):
        a_paper(boards, title="  ")
    assert not Paper.objects.exists()


def test_who_writes_no_papers_begins_none(boards: Any) -> None:
    with pytest.raises(PermissionDenied):
        a_paper(boards, by=boards.cast.panel_clerk)


def test_submitting_fixes_words_and_header_and_holds_the_recommendation(boards: Any) -> None:
    paper = a_paper(boards, dated=date(2014, 10, 2))
    version = hand_in(paper, boards, "First.")
    assert (version.number, version.note, paper.stage) == (1, "First.", PaperStage.SUBMITTED)
    assert version.text_seal == text_seal(paper_text(paper)) == text_seal(version_text(version))
    assert {"to": "Business Coordination Board", "date": "2014-10-02"}.items() <= version.header.items()
    held = version.recommendations.get()
    assert (held.number, held.words, held.verb) == (
        "2.1",
        "The Board is recommended to approve the priorities.",
        "approve",
    )
    assert latest(paper) == version


def test_the_same_paper_is_not_submitted_twice(boards: Any) -> None:
    paper = submitted(boards)
    by = boards.cast.governance_officer
    with pytest.raises(ValidationError, match="submitted"):
        hand_in(paper, boards)
    return_paper(paper=paper, words="Say what it costs.", by=by, at=boards.at)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        hand_in(paper, boards)
    assert paper.versions.count() == 1


def test_returned_changed_and_submitted_again_it_is_a_second_version(boards: Any) -> None:
    paper = submitted(boards)
    return_paper(paper=paper, words="Say what it costs.", by=boards.cast.governance_officer, at=boards.at)
    assert paper.versions.get().returns.get().words == "Say what it costs."
    write(paper, boards, "It costs £12,000.")
    second = hand_in(paper, boards)
    assert second.number == 2
    first = paper.versions.get(number=1)
    assert first.text_seal != second.text_seal
    assert "It follows." in str(version_text(first))
    assert "£12,000" in str(version_text(second))


def test_what_changed_since_the_page_was_opened_is_not_submitted(boards: Any) -> None:
    paper = a_paper(boards)
    seen = content_seal(paper)
    write(paper, boards, "Somebody wrote meanwhile.")
    with pytest.raises(ValidationError, match="changed since you opened this page"):
        submit_paper(paper=paper, seen=seen, by=paper.author, at=boards.at)
    assert not paper.versions.exists()


def test_nobody_writes_a_paper_that_was_handed_in(boards: Any) -> None:
    paper = submitted(boards)
    with pytest.raises(PermissionDenied, match="may not change this paper now"):
        write(paper, boards, "Too late.")
    with pytest.raises(ValidationError, match="return it"):
        set_header(
            paper=paper,
            title="Another",
            to="Board",
            sender="Me",
            dated=None,
            by=paper.author,
            at=boards.at,
        )


def test_two_people_who_save_at_once_both_keep_their_words(boards: Any) -> None:
    paper = a_paper(boards)
    base = edition_of(paper).placements.order_by("-position")[0].version.seal
    assert isinstance(write(paper, boards, "Mine.", base=base), Saved)
    by = boards.cast.governance_officer
    assert isinstance(write(paper, boards, "Theirs.", by=by, base=base), Conflict)
    assert edition_of(paper).kept_drafts.get().owner == by


def test_two_people_who_change_the_header_at_once_do_not_write_over_each_other(boards: Any) -> None:
    paper = a_paper(boards)
    seen = header_seal(paper)
    whole = {"to": "Board", "sender": "Chief Executive", "dated": None, "at": boards.at, "paper": paper}
    set_header(title="First", seen=seen, by=paper.author, **whole)
    with pytest.raises(ValidationError, match="Somebody else has changed this header"):
        set_header(title="Second", seen=seen, by=boards.cast.governance_officer, **whole)
    assert Paper.objects.get().title == edition_of(paper).title == "First"


def test_an_author_of_another_office_writes_nothing_in_it(boards: Any) -> None:
    paper = a_paper(boards)
    with pytest.raises(PermissionDenied):
        write(paper, boards, "Not mine.", by=boards.cast.analyst)
    with pytest.raises(PermissionDenied):
        submit_paper(paper=paper, seen=content_seal(paper), by=boards.cast.analyst, at=boards.at)


def test_a_paper_that_says_nothing_is_not_submitted(boards: Any) -> None:
    with pytest.raises(ValidationError, match="no words"):
        hand_in(a_paper(boards, text=None), boards)


def test_a_recommendation_stated_twice_is_held_once() -> None:
    again = Section(
        "s9", "Recommendation", (Typed("b9", Kind.RECOMMENDATION, WORDS.sections[1].blocks[0].runs),)
    )
    held = recommendations_in(Text("Twice", (*WORDS.sections, again)))
    assert [each.key for each in held] == ["p-b2"]


def test_paragraphs_under_recommendation_count_where_none_is_typed() -> None:
    blocks = (
        Prose("a", Kind.PARAGRAPH, (Run("The Board is asked to:"),), numbered=True),
        ListBlock("b", (ListItem((Run("approve the budget; and"),)), ListItem((Run("note the risks."),)))),
        Prose("c", Kind.PARAGRAPH, (Run("The Board is recommended to note the report."),), numbered=True),
        Prose("d", Kind.PARAGRAPH),
    )
    held = recommendations_in(Text("Listed", (Section("s", "Recommendations", blocks),)))
    assert [(each.key, each.number, each.words) for each in held] == [
        ("a", "1.1", "The Board is asked to:\n(a) approve the budget; and\n(b) note the risks."),
        ("c", "1.2", "The Board is recommended to note the report."),
    ]


def test_accepting_puts_a_paper_on_an_item_and_warns_without_blocking(boards: Any) -> None:
    paper = submitted(boards)
    item = boards.item(boards.meeting(), "Delivery of the plan")
    doubts = accept_paper(paper=paper, item=item, by=boards.cast.governance_officer, at=boards.at)
    assert (paper.stage, paper.item) == (PaperStage.ACCEPTED, item)
    assert "marking" in {each.code for each in doubts}


def test_a_paper_still_being_written_is_not_accepted(boards: Any) -> None:
    paper, item = a_paper(boards), boards.item(boards.meeting(), "An item")
    with pytest.raises(ValidationError, match="Only a paper that was handed in"):
        accept_paper(paper=paper, item=item, by=boards.cast.governance_officer, at=boards.at)


def test_a_withdrawn_item_takes_no_paper(boards: Any) -> None:
    paper = submitted(boards)
    item = boards.item(boards.meeting(), "An item", withdrawn_at=boards.at, withdrawn_reason="Not ready.")
    with pytest.raises(ValidationError, match="withdrawn"):
        accept_paper(paper=paper, item=item, by=boards.cast.governance_officer, at=boards.at)


def test_an_author_does_not_accept_their_own_paper(boards: Any) -> None:
    paper = submitted(boards, by=boards.cast.analyst)
    item = boards.item(boards.meeting(), "An item")
    with pytest.raises(PermissionDenied):
        accept_paper(paper=paper, item=item, by=boards.cast.analyst, at=boards.at)


def test_exempt_needs_a_reason_in_law_and_a_review(boards: Any) -> None:
    paper, by = a_paper(boards), boards.cast.monitoring_officer
    with pytest.raises(ValidationError) as refused:
        mark_paper(paper=paper, marking=Marking.EXEMPT, by=by, at=boards.at)
    assert set(refused.value.error_dict) == {"reason_code", "review_on"}
    with pytest.raises(PermissionDenied):
        mark_paper(paper=paper, marking=Marking.OPEN, by=boards.cast.analyst, at=boards.at)
    mark_paper(paper=paper, marking=Marking.OPEN, by=by, at=boards.at)
    assert paper.marking == Marking.OPEN


def test_withdrawing_asks_why_and_keeps_what_was_handed_in(boards: Any) -> None:
    paper = submitted(boards)
    with pytest.raises(ValidationError, match="why"):
        withdraw_paper(paper=paper, reason="", by=paper.author, at=boards.at)
    withdraw_paper(paper=paper, reason="Overtaken.", by=paper.author, at=boards.at + timedelta(days=1))
    assert (paper.stage, paper.versions.count()) == (PaperStage.WITHDRAWN, 1)
    with pytest.raises(ValidationError, match="already"):
        withdraw_paper(paper=paper, reason="Again.", by=paper.author, at=boards.at)
