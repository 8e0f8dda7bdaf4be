"""Cross-references: judged by the pair of contents that somebody read side by side."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from goldthread.core.governance.links import LinkState
from goldthread.core.text import Text
from goldthread.people.actions import NotAllowed
from goldthread.plans.actions.links import clear, end_link, link
from goldthread.plans.actions.sections import remove_section
from goldthread.plans.crossings import (
    LinkStanding,
    link_for,
    links_of,
    matrix,
    standing_of_link,
    strategies_for,
    suggestions,
)
from goldthread.plans.models import CrossReference, Edition, Pin
from tests.plans.telling import STRATEGY, Story, section

LATER = date(2014, 2, 1)


def revised(**words: str) -> Text:
    """The strategy with some clauses worded otherwise, or left out where the words are empty."""
    clauses = []
    for clause in STRATEGY.sections:
        said = words.get(clause.key.replace("-", "_"))
        if said is None:
            clauses.append(clause)
        elif said:
            clauses.append(section(clause.key, clause.title, said))
    return Text(STRATEGY.title, tuple(clauses))


def standing(story: Story) -> LinkStanding:
    (found,) = links_of(story.plan, [story.strategy])
    one = standing_of_link(found.link)
    assert (one.state, one.section_moved, one.clause_moved) == (
        found.state,
        found.section_moved,
        found.clause_moved,
    )
    return found


def test_a_new_link_covers(story: Story) -> None:
    made = story.links()
    assert standing(story).state is LinkState.COVERS
    pin = made.pins.get()
    assert (pin.reason, pin.by_name) == ("Both promise a visit.", "Miriam Waring")


def test_a_section_that_moved_on_makes_it_suspect_and_putting_it_back_makes_it_good(story: Story) -> None:
    story.links("value", "c-estate")
    before = story.says("value")
    story.writes("value", "Stations are sold.")
    found = standing(story)
    assert (found.state, found.section_moved, found.clause_moved) == (LinkState.SUSPECT, True, False)
    story.writes("value", before)
    assert standing(story).state is LinkState.COVERS


def test_a_clause_that_moved_on_makes_it_suspect(story: Story) -> None:
    story.links()
    story.revises(revised(c_visit="Victims are telephoned."), "2014", LATER)
    found = standing(story)
    assert (found.state, found.section_moved, found.clause_moved) == (LinkState.SUSPECT, False, True)
    story.revises(STRATEGY, "2014 again", date(2014, 2, 2))
    assert standing(story).state is LinkState.COVERS


def test_only_other_words_make_it_suspect(story: Story) -> None:
    story.links()
    typed = "Every  dwelling burglary victim is visited by officers and informed\u00ad."
    story.revises(revised(c_visit=typed), "2014", LATER)
    assert standing(story).state is LinkState.COVERS


def test_a_clause_or_section_that_is_gone_leaves_it_orphaned(story: Story) -> None:
    story.links()
    story.revises(revised(c_visit=""), "2014", LATER)
    assert standing(story).state is LinkState.ORPHANED
    story.revises(STRATEGY, "2014 again", date(2014, 2, 2))
    remove_section(edition=story.draft, key="local", by=story.cast.governance_officer, at=story.now())
    assert standing(story).state is LinkState.ORPHANED
    (gone,) = matrix(story.plan, [story.strategy]).gone
    assert gone.link.section_key == "local"


def _clear(story: Story, made: CrossReference, **but: object) -> Pin:
    now = standing_of_link(made)
    given = {
        "seen": (now.section.seal if now.section else "", now.clause.seal if now.clause else ""),
        "reason": "Still agree.",
        "by": story.cast.analyst,
    }
    return clear(made=made, at=story.now(), **given | but)


def test_a_suspect_link_is_cleared_with_a_reason_after_reading_both(story: Story) -> None:
    made = story.links("value", "c-estate")
    story.writes("value", "Stations are sold.")
    with pytest.raises(ValidationError, match="Say why"):
        _clear(story, made, reason="  ")
    _clear(story, made)
    assert standing(story).state is LinkState.COVERS
    assert made.pins.count() == 2
    story.writes("value", "Stations are given away.")
    assert standing(story).state is LinkState.SUSPECT


def test_what_changed_while_reading_is_read_again(story: Story) -> None:
    made = story.links("value", "c-estate")
    story.writes("value", "Stations are sold.")
    now = standing_of_link(made)
    seen = (now.section.seal, now.clause.seal)
    story.writes("value", "Stations are given away.")
    with pytest.raises(ValidationError, match="changed while you were reading"):
        _clear(story, made, seen=seen)
    story.revises(revised(c_estate="None is sold."), "2014", LATER)
    with pytest.raises(ValidationError, match="changed while you were reading"):
        _clear(story, made, seen=(standing_of_link(made).section.seal, seen[1]))


def test_an_orphaned_link_is_ended_not_cleared(story: Story) -> None:
    made = story.links()
    story.revises(revised(c_visit=""), "2014", LATER)
    with pytest.raises(ValidationError, match="End the link"):
        _clear(story, made)


def test_ending_a_link_needs_a_reason_and_is_for_good(story: Story) -> None:
    made = story.links()
    held = CrossReference.objects.get(pk=made.pk)
    ending = {"by": story.cast.analyst, "at": story.now()}
    with pytest.raises(ValidationError, match="Say why"):
        end_link(made=made, reason=" ", **ending)
    end_link(made=made, reason="The clause is about something else.", **ending)
    assert links_of(story.plan, [story.strategy]) == []
    with pytest.raises(ValidationError, match="ended already"):
        end_link(made=held, reason="Again.", **ending)
    with pytest.raises(ValidationError, match="ended already"):
        _clear(story, CrossReference.objects.get(pk=made.pk))
    again = story.links()
    assert again.pk != made.pk


def test_two_are_linked_once_and_only_while_both_stand(story: Story) -> None:
    story.links()
    with pytest.raises(ValidationError, match="linked already"):
        story.links()
    for section_key, clause_key in (("nowhere", "c-visit"), ("local", "nowhere")):
        with pytest.raises(ValidationError, match="no longer there"):
            story.links(section_key, clause_key)


def test_a_link_goes_from_a_plan_to_a_strategy_of_one_office(story: Story) -> None:
    whose = {"reason": "Why not.", "by": story.cast.analyst, "at": story.now()}
    with pytest.raises(ValidationError, match="from a section of a plan to a clause of a strategy"):
        link(plan=story.plan, section_key="local", strategy=story.plan, clause_key="value", **whose)
    with pytest.raises(ValidationError, match="Say why"):
        link(
            plan=story.draft.document,
            section_key="local",
            strategy=story.strategy,
            clause_key="c-roads",
            **whose | {"reason": ""},
        )
    with pytest.raises(NotAllowed):
        link(
            plan=story.plan,
            section_key="local",
            strategy=story.strategy,
            clause_key="c-roads",
            **whose | {"by": story.cast.staff_officer},
        )
    assert not CrossReference.objects.exists()


def test_adopted_history_is_never_flagged(story: Story) -> None:
    """What was issued keeps what it relied on; only the edition being worked on is judged."""
    story.links()
    first = story.issued()
    seal, pins = first.seal, list(Pin.objects.values_list())
    second = story.begin("Next", parent=first)
    story.writes("local", "Nobody is visited.", edition=second)
    assert standing(story).state is LinkState.SUSPECT
    first.refresh_from_db()
    assert (first.seal, list(Pin.objects.values_list())) == (seal, pins)
    story.writes("local", "A visit to everybody.", edition=second)
    _clear(story, CrossReference.objects.get())
    assert standing(story).state is LinkState.COVERS
    story.issued(second)
    assert standing(story).state is LinkState.COVERS
    assert Edition.objects.get(pk=first.pk).seal == seal


def test_the_matrix_shows_coverage_both_ways(story: Story) -> None:
    story.links()
    story.links("value", "c-estate")
    story.links("value", "c-visit")
    story.writes("value", "Stations are sold.")
    found = matrix(story.plan, [story.strategy])
    assert {row.entry.key: row.state for row in found.sections} == {
        "foreword": LinkState.UNLINKED,
        "local": LinkState.COVERS,
        "visible": LinkState.UNLINKED,
        "contact": LinkState.UNLINKED,
        "value": LinkState.SUSPECT,
    }
    assert {row.entry.key: [e.key for e, _ in row.links] for row in found.clauses} == {
        "c-visit": ["local", "value"],
        "c-estate": ["value"],
        "c-roads": [],
    }
    assert [row.state for row in found.clauses] == [LinkState.SUSPECT, LinkState.SUSPECT, LinkState.UNLINKED]
    assert [row.entry.number for row in found.sections] == ["1", "2", "2.2", "2.3", "3"]
    assert found.gone == ()


def test_clauses_about_the_same_things_are_suggested_and_never_linked_by_themselves(story: Story) -> None:
    assert story.draft
    found = suggestions(story.plan, "local", [story.strategy])
    assert [entry.key for entry, _ in found] == ["c-visit"]
    assert not CrossReference.objects.exists()
    story.links()
    assert suggestions(story.plan, "local", [story.strategy]) == []
    assert [entry.key for entry, _ in suggestions(story.plan, "value", [story.strategy])] == ["c-estate"]
    assert suggestions(story.plan, "nowhere", [story.strategy]) == []


def test_a_link_is_opened_by_its_plan_s_office_only(story: Story) -> None:
    made, today = story.links(), story.at.date()
    assert link_for(story.cast.analyst, story.plan.slug, made.pk, on=today) == made
    assert strategies_for(story.cast.analyst, story.plan, on=today) == [story.strategy]
    for person in (story.cast.stranger, story.cast.resident):
        with pytest.raises(Http404):
            link_for(person, story.plan.slug, made.pk, on=today)
        assert strategies_for(person, story.plan, on=today) == []
    with pytest.raises(Http404):
        link_for(story.cast.analyst, story.strategy.slug, made.pk, on=today)
