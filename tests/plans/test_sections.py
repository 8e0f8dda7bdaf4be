"""Sections are written, added, moved, taken out and put back; two people saving lose nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from goldthread.audit.models import Event
from goldthread.core.text import section_form
from goldthread.people.actions import NotAllowed
from goldthread.people.models import User
from goldthread.plans.actions import sections as deeds
from goldthread.plans.actions.sections import (
    MAX_DEPTH,
    Conflict,
    Saved,
    add_section,
    move_section,
    remove_section,
    restore_section,
    save_section,
)
from goldthread.plans.models import Edition, KeptDraft, Placement, SectionChange, SectionVersion
from goldthread.plans.queries import history_of
from goldthread.plans.texts import section_of, text_of
from tests.plans.telling import PLAN, PLEDGE, Story, section

TREE = [(0, "foreword"), (0, "local"), (1, "visible"), (1, "contact"), (0, "value")]


def tree(edition: Edition) -> list[tuple[int, str]]:
    """Depths and keys in order; positions are 1, 2, 3… and the text nests as the rows say."""
    placed = list(edition.placements.order_by("position"))
    assert [each.position for each in placed] == list(range(1, len(placed) + 1))
    rows = [(each.depth, each.key) for each in placed]
    assert rows == [(depth, each.key) for depth, each in text_of(edition).walk()]
    return rows


def whose(story: Story, by: User | None = None) -> dict:
    return {"edition": story.draft, "by": by or story.cast.governance_officer, "at": story.now()}


def version(story: Story, key: str) -> SectionVersion:
    return story.draft.placements.select_related("version").get(key=key).version


def test_saving_makes_a_section_say_something_else(story: Story) -> None:
    result = story.writes("value", "Two stations are shared.")
    assert isinstance(result, Saved)
    assert story.says("value") == "Two stations are shared."
    change = SectionChange.objects.filter(key="value").last()
    assert (change.how, change.by_name, change.version) == ("typed", "Peter Lode", result.version)
    event = Event.objects.get(verb="wrote section")
    assert (event.facts["key"], event.facts["seal"]) == ("value", result.version.seal)


def test_saving_without_a_change_changes_nothing(story: Story) -> None:
    now = version(story, "value")
    counts = [model.objects.count() for model in (SectionVersion, SectionChange, KeptDraft, Event)]
    for base in (now.seal, "a seal of long ago"):
        result = save_section(key="value", form=now.form, base=base, **whose(story))
        assert result == Saved(now)
    assert [m.objects.count() for m in (SectionVersion, SectionChange, KeptDraft, Event)] == counts


def test_what_was_left_out_is_said(story: Story) -> None:
    link = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}
    text = {"type": "text", "text": "Press here", "marks": [link]}
    form = {"title": "Value", "content": [{"type": "paragraph", "content": [text]}, {"type": "iframe"}]}
    result = save_section(key="value", form=form, base=version(story, "value").seal, **whose(story))
    assert isinstance(result, Saved)
    assert len(result.problems) == 2
    assert story.says("value") == "Press here"


@pytest.mark.parametrize(
    ("title", "message"),
    [("", "Give the section a title"), (" \t", "Give the section a title"), ("t" * 301, "title is too long")],
)
def test_a_title_is_given_and_not_too_long(story: Story, title: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        save_section(key="value", form={"title": title, "content": []}, base="", **whose(story))
    with pytest.raises(ValidationError, match=message):
        add_section(title=title, after="", depth=0, **whose(story))


def test_a_section_has_an_end(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds, "MAX_WORDS", 3)
    with pytest.raises(ValidationError, match="too long for one section: 3 words"):
        story.writes("value", "Four words are here.")


def test_signs_that_a_database_cannot_hold_are_left_out(story: Story) -> None:
    text = {"type": "text", "text": "a\x00b\ud800c"}
    form = {"title": "V\x00alue", "content": [{"type": "paragraph", "content": [text]}]}
    save_section(key="value", form=form, base=version(story, "value").seal, **whose(story))
    assert (version(story, "value").title, story.says("value")) == ("Value", "abc")


def test_the_key_of_a_section_is_not_the_writer_s_to_choose(story: Story) -> None:
    form = section_form(section("another", "Value", "Words."))
    save_section(key="value", form=form, base=version(story, "value").seal, **whose(story))
    assert version(story, "value").key == "value"


def test_a_block_copied_from_another_section_gets_a_key_of_its_own_once(story: Story) -> None:
    copied = replace(section("value", "Value", "Words."), blocks=(PLEDGE,))
    form = section_form(copied)
    first = save_section(key="value", form=form, base=version(story, "value").seal, **whose(story))
    assert isinstance(first, Saved)
    (block,) = section_of(first.version).blocks
    assert block.key != PLEDGE.key
    assert block == replace(PLEDGE, key=block.key)
    again = save_section(key="value", form=form, base=first.version.seal, **whose(story))
    assert again == first


def test_a_block_moved_from_another_section_keeps_its_key(story: Story) -> None:
    story.writes("local", "The pledge has gone to another section.")
    form = section_form(replace(section("value", "Value"), blocks=(PLEDGE,)))
    result = save_section(key="value", form=form, base=version(story, "value").seal, **whose(story))
    assert isinstance(result, Saved)
    assert section_of(result.version).blocks == (PLEDGE,)


def test_who_may_not_write_does_not(story: Story) -> None:
    for person in (story.cast.staff_officer, story.cast.resident, story.cast.stranger):
        with pytest.raises(NotAllowed):
            story.writes("value", "Mine.", by=person)


@pytest.mark.parametrize(
    ("after", "depth", "place"),
    [
        ("", 0, (0, 0)),
        ("", 3, (0, 0)),
        ("value", 0, (5, 0)),
        ("value", 4, (5, 1)),
        ("value", -2, (5, 0)),
        ("local", 0, (4, 0)),
        ("local", 1, (4, 1)),
        ("visible", 1, (3, 1)),
        ("visible", 2, (3, 2)),
        ("visible", 0, (4, 0)),
        ("not there", 1, (0, 0)),
    ],
)
def test_a_section_is_added_where_none_changes_hands(
    story: Story, after: str, depth: int, place: tuple[int, int]
) -> None:
    placed = add_section(title="New", after=after, depth=depth, **whose(story))
    found = tree(story.draft)
    assert found.index((place[1], placed.key)) == place[0]
    assert [row for row in found if row[1] != placed.key] == TREE
    assert parents(found) | {placed.key: ""} == parents(TREE) | {placed.key: ""}


def parents(rows: list[tuple[int, str]]) -> dict[str, str]:
    """By key, the key of the section above."""
    above: dict[str, str] = {}
    path: list[str] = []
    for depth, key in rows:
        path[depth:] = [key]
        above[key] = path[depth - 1] if depth else ""
    return above


def test_sections_are_nested_only_so_deep(story: Story) -> None:
    after = "value"
    for depth in range(1, MAX_DEPTH + 3):
        after = add_section(title="Deeper", after=after, depth=depth, **whose(story)).key
    assert max(depth for depth, _ in tree(story.draft)) == MAX_DEPTH
    with pytest.raises(ValidationError, match="6 deep at most"):
        move_section(key="local", after=after, depth=MAX_DEPTH, **whose(story))
    assert tree(story.draft)[:4] == TREE[:4]


@pytest.mark.parametrize(
    ("key", "after", "depth", "order"),
    [
        ("foreword", "value", 0, "local visible contact value foreword"),
        ("value", "", 0, "value foreword local visible contact"),
        ("local", "value", 0, "foreword value local visible contact"),
        ("contact", "local", 1, "foreword local contact visible value"),
        ("value", "local", 1, "foreword local value visible contact"),
        ("visible", "local", 0, "foreword local contact visible value"),
        ("value", "visible", 0, "foreword local visible contact value"),
        ("value", "visible", 2, "foreword local visible value contact"),
        ("local", "foreword", 1, "foreword local visible contact value"),
    ],
)
def test_a_section_moves_with_its_subsections(
    story: Story, key: str, after: str, depth: int, order: str
) -> None:
    move_section(key=key, after=after, depth=depth, **whose(story))
    found = tree(story.draft)
    assert [each for _, each in found] == order.split()
    still, was = parents(found), parents(TREE)
    assert {k: v for k, v in still.items() if k != key} == {k: v for k, v in was.items() if k != key}


def test_a_section_cannot_be_moved_to_below_itself_nor_when_it_is_gone(story: Story) -> None:
    for after in ("local", "visible"):
        with pytest.raises(ValidationError, match="below itself"):
            move_section(key="local", after=after, depth=1, **whose(story))
    with pytest.raises(ValidationError, match="no longer in the edition"):
        move_section(key="nowhere", after="local", depth=1, **whose(story))
    assert tree(story.draft) == TREE


def test_a_section_is_taken_out_with_its_subsections(story: Story) -> None:
    titles = remove_section(key="local", **whose(story))
    assert titles == ["Local policing", "Visible patrols", "Contact"]
    assert tree(story.draft) == [(0, "foreword"), (0, "value")]
    with pytest.raises(ValidationError, match="no longer in the edition"):
        remove_section(key="local", **whose(story))


def test_the_last_section_stays(story: Story) -> None:
    remove_section(key="local", **whose(story))
    remove_section(key="foreword", **whose(story))
    with pytest.raises(ValidationError, match="at least one section"):
        remove_section(key="value", **whose(story))
    assert Placement.objects.count() == 1


def test_a_section_is_put_back_with_its_words(story: Story) -> None:
    was = version(story, "contact")
    remove_section(key="contact", **whose(story))
    restore_section(version=was, after="visible", depth=1, base="", **whose(story))
    assert tree(story.draft) == TREE
    assert version(story, "contact") == was


@pytest.mark.parametrize("key", ["foreword", "visible", "contact", "value"])
def test_a_section_is_put_back_where_it_stood_in_the_parent(story: Story, key: str) -> None:
    parent = story.issued()
    story.draft = story.begin("Next", parent=parent)
    was = version(story, key)
    remove_section(key=key, **whose(story))
    restore_section(version=was, after="", depth=0, base="", **whose(story))
    assert tree(story.draft) == TREE


def test_a_section_that_the_parent_did_not_have_is_put_back_at_the_end(story: Story) -> None:
    placed = add_section(title="New", after="", depth=0, **whose(story))
    remove_section(key=placed.key, **whose(story))
    restore_section(version=placed.version, after="", depth=0, base="", **whose(story))
    assert tree(story.draft) == [*TREE, (0, placed.key)]


def test_an_earlier_version_is_put_back_over_a_later_one(story: Story) -> None:
    was = version(story, "value")
    story.writes("value", "Other words.")
    now = version(story, "value")
    conflict = restore_section(version=was, after="", depth=0, base="old", **whose(story))
    assert isinstance(conflict, Conflict)
    restore_section(version=was, after="", depth=0, base=now.seal, **whose(story))
    assert version(story, "value") == was
    assert [c.how for c in history_of(story.draft, "value")] == ["restored", "typed", "added"]


def test_a_version_of_another_document_is_not_put_back_here(story: Story) -> None:
    other = SectionVersion.objects.filter(document=story.strategy).first()
    with pytest.raises(ValidationError, match="another document"):
        restore_section(version=other, after="", depth=0, base="", **whose(story))


def test_a_new_edition_keeps_every_key_and_shares_every_version(story: Story) -> None:
    parent = story.issued()
    child = story.begin("Next", parent=parent)
    assert text_of(child) == text_of(parent)
    assert list(child.placements.values_list("key", "version")) == list(
        parent.placements.values_list("key", "version")
    )
    assert not SectionChange.objects.filter(edition=child).exists()
    story.writes("value", "Other words.", edition=child)
    assert story.says("value", parent) == "Stations are shared with partners."
    assert [c.edition for c in history_of(child, "value")] == [child, parent]


def test_a_label_is_given_and_used_once(story: Story) -> None:
    for label, message in (("March 2014", "already an edition labelled"), (" ", "Give the edition a label")):
        with pytest.raises(ValidationError, match=message):
            story.draft and story.begin(label, text=PLAN)
    other = story.strategy.editions.get()
    with pytest.raises(ValidationError, match="of the same document"):
        story.begin("Next", parent=other)
