"""Two people write in one section: nobody’s words are lost, and it is settled by a choice."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.text import section_form
from goldthread.people.models import User
from goldthread.plans.actions.sections import (
    Conflict,
    Saved,
    remove_section,
    save_section,
    settle_conflict,
)
from goldthread.plans.models import KeptDraft, SectionVersion
from goldthread.plans.queries import history_of
from tests.plans.telling import Story, section


def whose(story: Story, by: User | None = None) -> dict:
    return {"edition": story.draft, "by": by or story.cast.governance_officer, "at": story.now()}


def version(story: Story, key: str) -> SectionVersion:
    return story.draft.placements.select_related("version").get(key=key).version


def _two_save(story: Story) -> Conflict:
    base = version(story, "value").seal
    assert isinstance(story.writes("value", "Hers.", by=story.cast.chief_executive, base=base), Saved)
    result = story.writes("value", "His.", base=base)
    assert isinstance(result, Conflict)
    return result


def test_who_saves_second_loses_nothing(story: Story) -> None:
    conflict = _two_save(story)
    assert story.says("value") == "Hers."
    assert conflict.by_name == "Dorothy Kett"
    assert conflict.theirs == version(story, "value")
    assert conflict.mine.form["content"][0]["content"] == [{"type": "text", "text": "His."}]
    assert SectionVersion.objects.filter(key="value").count() == 3


def test_typing_on_updates_the_same_kept_words_and_another_window_keeps_its_own(story: Story) -> None:
    first = _two_save(story)
    on = story.writes("value", "His, and more.", base=first.mine.base)
    assert isinstance(on, Conflict)
    assert on.mine.pk == first.mine.pk
    other = story.writes("value", "From another window.", base="an older seal")
    assert isinstance(other, Conflict)
    assert other.mine.pk != first.mine.pk
    assert KeptDraft.objects.filter(settled_at=None).count() == 2


def test_mine_stand_once_settled(story: Story) -> None:
    conflict = _two_save(story)
    result = settle_conflict(
        kept=conflict.mine, outcome="mine", form=None, base=conflict.theirs.seal, **_settling(story)
    )
    assert isinstance(result, Saved)
    assert story.says("value") == "His."
    assert [change.how for change in history_of(story.draft, "value")] == ["settled", "typed", "added"]
    conflict.mine.refresh_from_db()
    assert conflict.mine.outcome == "mine"


def test_theirs_stand_once_settled(story: Story) -> None:
    conflict = _two_save(story)
    result = settle_conflict(kept=conflict.mine, outcome="theirs", form=None, base="", **_settling(story))
    assert result == Saved(conflict.theirs)
    assert story.says("value") == "Hers."
    with pytest.raises(ValidationError, match="settled already"):
        settle_conflict(kept=conflict.mine, outcome="mine", form=None, base="", **_settling(story))


def test_both_woven_together_can_stand(story: Story) -> None:
    conflict = _two_save(story)
    form = section_form(section("value", "Value for money", "Hers. His."))
    settle_conflict(
        kept=conflict.mine, outcome="mine", form=form, base=conflict.theirs.seal, **_settling(story)
    )
    assert story.says("value") == "Hers. His."


def test_settling_fails_as_a_conflict_where_the_section_moved_on_again(story: Story) -> None:
    conflict = _two_save(story)
    story.writes("value", "Hers, later.", by=story.cast.chief_executive)
    result = settle_conflict(
        kept=conflict.mine, outcome="mine", form=None, base=conflict.theirs.seal, **_settling(story)
    )
    assert isinstance(result, Conflict)
    assert result.mine.pk == conflict.mine.pk
    assert KeptDraft.objects.get().settled_at is None
    assert story.says("value") == "Hers, later."
    again = settle_conflict(
        kept=result.mine, outcome="mine", form=None, base=result.theirs.seal, **_settling(story)
    )
    assert isinstance(again, Saved)
    assert story.says("value") == "His."


def test_an_outcome_is_one_of_two(story: Story) -> None:
    conflict = _two_save(story)
    with pytest.raises(ValidationError, match="Choose whose words stand"):
        settle_conflict(kept=conflict.mine, outcome="nobody's", form=None, base="", **_settling(story))


def _settling(story: Story) -> dict:
    return {"by": story.cast.governance_officer, "at": story.now()}


def test_a_section_taken_out_meanwhile_is_said_and_can_be_settled(story: Story) -> None:
    conflict = _two_save(story)
    form = version(story, "value").form
    remove_section(key="value", **whose(story))
    with pytest.raises(ValidationError, match="Your words are still on your screen"):
        save_section(key="value", form=form | {"title": "New"}, base="", **whose(story))
    with pytest.raises(ValidationError, match="no longer in the edition"):
        settle_conflict(kept=conflict.mine, outcome="mine", form=None, base="", **_settling(story))
    settle_conflict(kept=conflict.mine, outcome="theirs", form=None, base="", **_settling(story))
    assert not KeptDraft.objects.filter(settled_at=None).exists()
