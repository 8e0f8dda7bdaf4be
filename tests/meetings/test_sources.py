"""References in a paper: found, resolved, pinned, and said to have moved on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.text import Kind, Prose, Run, Section, Text, Typed
from goldthread.meetings.actions.sources import find_sources, keep_as_cited, pin_source
from goldthread.meetings.models import Appendix, PaperStage, SourceLink
from goldthread.meetings.sources import State, candidates, references_in, standing
from tests.meetings.story import SENTINEL, a_text
from tests.plans.story import the_plan

pytestmark = pytest.mark.django_db
DECEMBER = date(2018, 12, 13)
CITED = "13/12/2018 BCB Agenda Item 8.0 Delivery of the Police and Crime Plan"


def words(source: str, said: str = "The documents are in Appendices A-B.") -> Text:
    return Text(
        "Delivery",
        (
            Section("s1", "Background", (Prose("b1", Kind.PARAGRAPH, (Run(said),), numbered=True),)),
            Section("s2", "Bibliography", (Typed("b2", Kind.SOURCE_DOCUMENT, (Run(source),)),)),
        ),
    )


def cited_item(boards: Any, marking: str = Marking.OPEN) -> Any:
    meeting = boards.meeting(DECEMBER, stage="held")
    item = boards.item(meeting, f"{SENTINEL} Delivery of the Plan", number="8.0", marking=marking)
    boards.paper("Delivery", item=item, stage=PaperStage.ACCEPTED, marking=marking)
    return item


def test_an_item_of_an_earlier_board_is_found_and_pinned(boards: Any, at: Any) -> None:
    item = cited_item(boards)
    paper = boards.paper("The plan")

    links = find_sources(paper=paper, text=words(CITED), by=paper.author, at=at)

    link = next(each for each in links if each.block_key == "b2")
    assert (link.target, link.target_id) == ("item", item.pk)
    (source,) = standing([link], audience=Audience.FULL)
    assert source.state is State.PINNED
    assert source.label == f"BCB, 13 December 2018, item 8.0: {SENTINEL} Delivery of the Plan"


def test_it_says_when_the_target_has_moved_on(boards: Any, at: Any) -> None:
    item = cited_item(boards)
    paper = boards.paper("The plan")
    (link,) = find_sources(paper=paper, text=words(CITED, "Nothing."), by=paper.author, at=at)

    boards.version(item.papers.get(), a_text("Delivery", "The Board notes it.", "Rewritten since."))

    assert standing([link], audience=Audience.FULL)[0].state is State.MOVED


def test_an_exempt_target_is_not_named_to_who_may_not_read_it(boards: Any, at: Any) -> None:
    cited_item(boards, Marking.EXEMPT)
    paper = boards.paper("The plan")
    (link,) = find_sources(paper=paper, text=words(CITED, "Nothing."), by=paper.author, at=at)

    assert SENTINEL not in link.label
    assert SENTINEL not in standing([link], audience=Audience.PUBLIC)[0].label
    assert SENTINEL in standing([link], audience=Audience.FULL)[0].label


def test_appendices_resolve_to_what_is_attached(boards: Any, at: Any) -> None:
    paper = boards.paper("The plan")
    attached = Appendix.objects.create(
        paper=paper, position=1, label="Appendix A", title="Victims", sha256="a" * 64, added_at=at
    )

    found = {reference.words: reference.target for reference in references_in(paper, words("A letter"))}

    assert found["Appendix A"] == ("appendix", attached.pk)
    assert found["Appendix B"] is None


def test_what_is_only_described_is_offered_never_linked(boards: Any, cast: Any, at: Any) -> None:
    edition = the_plan(cast).editions.issued().latest("issued_on")
    paper = boards.paper("The paper")
    paper.dated = edition.issued_on
    (link,) = find_sources(
        paper=paper, text=words("Police and Crime Plan", "Nothing."), by=paper.author, at=at
    )
    assert link.target == ""

    offered = candidates(paper, link.words)
    assert offered

    pinned = pin_source(link=link, to=offered[0][0], by=paper.author, at=at)
    assert standing([pinned], audience=Audience.PUBLIC)[0].state is State.PINNED


def test_an_address_is_kept_as_it_was_cited(boards: Any, at: Any) -> None:
    paper = boards.paper("The plan")
    text = words("The current plan https://example.org/plan/", "Nothing.")
    link = next(
        each
        for each in find_sources(paper=paper, text=text, by=paper.author, at=at)
        if each.target == "address"
    )
    assert standing([link], audience=Audience.PUBLIC)[0].state is State.UNRESOLVED

    with pytest.raises(ValidationError, match="Paste the words"):
        keep_as_cited(link=link, quoted=" ", by=paper.author, at=at)
    keep_as_cited(link=link, quoted="Victims come first.", by=paper.author, at=at)
    assert standing([link], audience=Audience.PUBLIC)[0].state is State.KEPT


def test_reading_again_keeps_what_was_pinned_and_drops_what_is_gone(boards: Any, at: Any) -> None:
    cited_item(boards)
    paper = boards.paper("The plan")
    first = find_sources(paper=paper, text=words(CITED), by=paper.author, at=at)
    again = find_sources(paper=paper, text=words(CITED, "Nothing."), by=paper.author, at=at)

    assert [link.pk for link in again] == [link.pk for link in first if link.block_key == "b2"]
    assert SourceLink.objects.count() == 1


def test_only_who_may_write_a_paper_pins_its_sources(boards: Any, cast: Any, at: Any) -> None:
    paper = boards.paper("The plan", stage=PaperStage.SUBMITTED)
    with pytest.raises(PermissionDenied):
        find_sources(paper=paper, text=words(CITED), by=cast.staff_officer, at=at)
