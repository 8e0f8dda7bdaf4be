"""Two people at once, and a process that ends between two writes: all or nothing, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from goldthread.audit.models import Event
from goldthread.audit.verify import findings
from goldthread.core.governance.stages import Move, Stage
from goldthread.core.text import section_form
from goldthread.people.models import User
from goldthread.plans.actions.sections import Conflict, Saved, remove_section, save_section, settle_conflict
from goldthread.plans.models import Edition, KeptDraft, SectionChange, SectionVersion
from tests.plans.telling import Story, section

WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """The process ended here."""


@contextmanager
def killed_at(number: int) -> Iterator[list[str]]:
    """End the process just before the write of this number; gives the writes that were begun."""
    begun: list[str] = []

    def write(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            begun.append(sql)
            if len(begun) == number:
                raise Killed
        return execute(sql, *rest)

    with connection.execute_wrapper(write):
        yield begun


def everything() -> dict[str, list[tuple]]:
    """Every row of plans and of the record, as it is."""
    models = [m for label in ("plans", "audit") for m in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


def all_or_nothing(act: Callable[[], object]) -> int:
    """Try an act with the process ended before each of its writes; how many writes it takes."""
    before, number = everything(), 0
    while True:
        number += 1
        try:
            with killed_at(number) as begun:
                act()
        except Killed:
            assert everything() == before, begun[-1]
        else:
            assert everything() != before
            return len(begun)


def nothing_wrong() -> bool:
    return not any(finding.problems for finding in findings())


@pytest.fixture
def _tasks_wait(settings: Any) -> None:
    """What is done after the commit is left for later: it can be done again."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.mark.slow
@pytest.mark.usefixtures("_tasks_wait")
@pytest.mark.django_db(transaction=True)
class TestAProcessEndsBetweenTwoWrites:
    """Reason for slow: each act is begun as often as it writes, with real commits."""

    def test_nothing_is_half_issued(self, story: Story) -> None:
        first = story.issued()
        second = story.begin("Second", parent=first)
        story.writes("value", "Two stations are shared.", edition=second)
        story.reaches(second, Move.RESPOND)

        def act() -> None:
            story.passes(Edition.objects.get(pk=second.pk), Move.ISSUE)

        assert all_or_nothing(act) >= 8
        stages = list(Edition.objects.order_by("pk").values_list("stage", flat=True))
        assert stages == [Stage.SUPERSEDED, Stage.ISSUED]
        assert nothing_wrong()

    def test_nothing_is_half_sent(self, story: Story) -> None:
        story.reaches(story.draft, Move.APPROVE)

        def act() -> None:
            story.passes(Edition.objects.get(pk=story.draft.pk), Move.SUBMIT)

        assert all_or_nothing(act) >= 5
        assert nothing_wrong()

    def test_nothing_is_half_saved(self, story: Story) -> None:
        story.reaches(story.draft, Move.APPROVE)

        def act() -> None:
            story.writes("value", "Two stations.", edition=Edition.objects.get(pk=story.draft.pk))

        assert all_or_nothing(act) >= 5
        assert nothing_wrong()

    def test_nothing_is_half_taken_out(self, story: Story) -> None:
        assert story.draft

        def act() -> None:
            edition = Edition.objects.get(pk=story.draft.pk)
            remove_section(edition=edition, key="local", by=story.cast.governance_officer, at=story.now())

        assert all_or_nothing(act) >= 6
        assert nothing_wrong()

    def test_nothing_is_half_settled(self, story: Story) -> None:
        story.writes("value", "Hers.", by=story.cast.chief_executive)
        conflict = story.writes("value", "His.", base="an older seal")
        assert isinstance(conflict, Conflict)

        def act() -> None:
            settle_conflict(
                kept=KeptDraft.objects.get(pk=conflict.mine.pk),
                outcome="mine",
                form=None,
                base=conflict.theirs.seal,
                by=story.cast.governance_officer,
                at=story.now(),
            )

        assert all_or_nothing(act) >= 5
        assert nothing_wrong()

    def test_nothing_is_half_begun(self, story: Story) -> None:
        assert story.draft

        def act() -> None:
            story.begin("Next", parent=story.draft)

        assert all_or_nothing(act) >= 4
        assert nothing_wrong()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act on a connection of its own, all begun together; what each gave or raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return act()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.slow
@pytest.mark.usefixtures("_tasks_wait")
@pytest.mark.django_db(transaction=True)
class TestTwoPeopleAtOnce:
    """Reason for slow: real connections, real commits."""

    def _saving(
        self, story: Story, who: User, words: str, base: str, key: str = "value"
    ) -> Callable[[], object]:
        form = section_form(section(key, "Value for money", words))
        edition, at = story.draft.pk, story.now()

        def act() -> object:
            return save_section(
                edition=Edition.objects.select_related("document__body").get(pk=edition),
                key=key,
                form=form,
                base=base,
                by=User.objects.get(pk=who.pk),
                at=at,
            )

        return act

    def test_one_saves_the_other_is_told_and_nothing_is_lost(self, story: Story) -> None:
        base = story.draft.placements.get(key="value").version.seal
        people = (story.cast.governance_officer, story.cast.chief_executive, story.cast.analyst)
        acts = [self._saving(story, who, f"By {who.name}.", base) for who in people]
        results = at_once(*acts)
        assert sorted(type(each).__name__ for each in results) == ["Conflict", "Conflict", "Saved"]
        kept = [draft.form["content"][0]["content"][0]["text"] for draft in KeptDraft.objects.all()]
        assert sorted([*kept, story.says("value")]) == sorted(f"By {who.name}." for who in people)
        assert SectionChange.objects.filter(key="value", how="typed").count() == 1
        assert SectionVersion.objects.filter(key="value").count() == 4
        assert nothing_wrong()

    def test_two_who_save_the_same_words_agree(self, story: Story) -> None:
        base = story.draft.placements.get(key="value").version.seal
        people = (story.cast.governance_officer, story.cast.chief_executive)
        results = at_once(*(self._saving(story, who, "Alike.", base) for who in people))
        assert [type(each) for each in results] == [Saved, Saved]
        assert not KeptDraft.objects.exists()
        assert nothing_wrong()

    def test_two_sections_are_saved_side_by_side(self, story: Story) -> None:
        seals = dict(story.draft.placements.values_list("key", "version__seal"))
        keeper, chief = story.cast.governance_officer, story.cast.chief_executive
        results = at_once(
            self._saving(story, keeper, "One.", seals["value"]),
            self._saving(story, chief, "Two.", seals["foreword"], "foreword"),
        )
        assert [type(each) for each in results] == [Saved, Saved]
        assert (story.says("value"), story.says("foreword")) == ("One.", "Two.")
        assert nothing_wrong()

    def test_what_is_issued_is_what_was_read_whoever_saves_meanwhile(self, story: Story) -> None:
        story.reaches(story.draft, Move.RESPOND)
        seen, holder = story.seen(story.draft), story.cast.commissioner
        base = story.draft.placements.get(key="value").version.seal
        saving = self._saving(story, story.cast.chief_executive, "Meanwhile.", base)

        def issuing() -> object:
            return story.passes(
                Edition.objects.get(pk=story.draft.pk), Move.ISSUE, by=User.objects.get(pk=holder.pk)
            )

        issued, saved = at_once(issuing, saving)
        edition = Edition.objects.get(pk=story.draft.pk)
        assert edition.is_sealed is isinstance(saved, ValidationError)
        assert edition.is_sealed is not isinstance(issued, ValidationError)
        assert edition.seal in ("", seen)
        assert nothing_wrong()

    def test_an_edition_is_issued_once(self, story: Story) -> None:
        story.reaches(story.draft, Move.RESPOND)

        def issuing() -> object:
            return story.passes(Edition.objects.get(pk=story.draft.pk), Move.ISSUE)

        assert story.cast.commissioner
        results = at_once(issuing, issuing)
        assert [type(each) for each in results].count(ValidationError) == 1
        assert Event.objects.filter(verb="issued").count() == 1
        assert nothing_wrong()
