"""The demonstration's delivery: a year told to its end, a theme seen in depth, and a pledge to follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from goldthread.audit.verify import findings
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.diary import Diary
from goldthread.delivery.demonstration.load import load
from goldthread.delivery.doors import public_priorities
from goldthread.delivery.models import (
    Action,
    HandOver,
    Period,
    Priority,
    Report,
    Serves,
    Update,
    UpdateLink,
    WorkImport,
)
from goldthread.delivery.owed import needs_here
from goldthread.delivery.placing import heard_last, silent
from goldthread.people.models import User
from goldthread.people.queries import cast_on
from goldthread.plans import needs
from goldthread.plans.demonstration.words import section_key
from goldthread.thread.search.index import waiting

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The whole demonstration, told once for this module and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with waiting():
            load(at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(loaded: None, db: None) -> None:
    """A test that reads the demonstration, and takes back what it did to it."""


@pytest.mark.slow
def test_whatever_is_owed_in_the_office_is_told_to_the_page_of_what_one_owes(told: None) -> None:
    """Only those who say that they tell what is owed are asked for it: nobody else may tell such a thing."""
    kinds = set()
    for user, _titles in cast_on(NOW.date()):
        every = [need for need in needs.told_elsewhere(user, NOW.date()) if need.kind]
        own = [need for need in needs_here(user, NOW.date()) if need.kind]
        elsewhere = needs.owed_elsewhere(user, NOW.date(), but=needs_here)
        assert sorted(map(str, every)) == sorted(map(str, [*own, *elsewhere]))
        kinds |= {need.kind for need in every}
    assert len(kinds) > 2


def test_a_diary_is_lived_in_the_order_of_time() -> None:
    diary, lived = Diary(), []
    days = [datetime(2019, 4, day, tzinfo=UTC) for day in (1, 2, 3)]
    diary.put(days[2], lambda at: lived.append(("third", at)))
    diary.put(days[0], lambda at: diary.put(days[1], lambda then: lived.append(("put by the first", then))))
    diary.live()
    assert lived == [("put by the first", days[1]), ("third", days[2])]


def test_every_name_is_invented_and_no_address_can_be_anybodys() -> None:
    told = words.owners()
    people = [*told["person"], *told["handover"]]
    assert all(person["email"].endswith(".example") for person in people)
    assert len({person["name"] for person in people}) == len(people)


def test_every_theme_has_three_priorities_with_two_to_four_actions_each() -> None:
    for theme in words.year()["theme"]:
        told = words.priorities(theme["section"])
        assert len(told) == 3
        assert all(2 <= len(entry["action"]) <= 4 for entry in told)


@pytest.mark.slow
def test_nothing_in_it_is_altered_or_missing(told: None) -> None:
    problems = [each for found in findings() if found.check != "what search finds" for each in found.problems]
    assert problems == []


@pytest.mark.slow
def test_the_year_is_told_to_its_end(told: None) -> None:
    first = Priority.objects.filter(year=2019)
    assert {row.decision.title for row in first} == {"Priorities for action in 2019/20"}
    assert first.filter(stage="carried").count() == 5
    assert first.filter(stage="closed").count() == 7
    assert all(row.closed_reason for row in first)
    assert Period.objects.filter(closed_at__isnull=False, starts__lt=date(2020, 4, 1)).count() == 4
    assert set(first.values_list("slug", flat=True)) <= set(
        public_priorities().values_list("slug", flat=True)
    )


@pytest.mark.slow
def test_somebody_left_and_somebody_fell_silent(told: None) -> None:
    left = HandOver.objects.get()
    assert (left.was_name, left.now_name) == ("Priya Lonsdale", "Hamish Dunnock")
    assert [number for _kind, number, _title, _due in left.items][:1] == ["V1.3"]
    silent = Action.objects.get(priority__year=2019, number="V3.1")
    assert [row.given_at.date() for row in silent.updates.all()] == [date(2019, 7, 4)]
    by_link = Update.objects.filter(link__isnull=False)
    assert by_link.count() == 2
    assert all(row.link.used_at for row in by_link)


@pytest.mark.slow
def test_a_theme_was_seen_in_depth_and_the_report_froze_with_its_paper(told: None) -> None:
    report = Report.objects.get(kind="in_depth")
    assert report.theme_title == "Victims"
    assert report.frozen_at is not None
    assert report.paper.item.meeting.on == date(2019, 12, 5)
    assert report.sources.count() > 20
    said = str(report.paper.versions.latest("number").form)
    assert "No update since 4 July" in said


@pytest.mark.slow
def test_a_partners_own_list_came_in_without_its_faults(told: None) -> None:
    made = WorkImport.objects.get()
    assert made.taken_at is not None
    assert {code for _where, _words, code in made.problems} == {"twice", "day"}
    assert made.actions.count() == 5


@pytest.mark.slow
def test_the_pledge_to_follow_is_served_in_three_years(told: None) -> None:
    pledge = section_key("2017-20", "victims-pledge-2")
    years = Serves.objects.filter(block_key=pledge).values_list("priority__year", flat=True)
    assert sorted(years) == [2019, 2020, 2026]


@pytest.mark.slow
def test_today_somebody_is_owed_an_answer_and_something_has_no_owner(told: None) -> None:
    assert UpdateLink.objects.get(expires_at__gt=NOW, used_at=None, revoked_at=None).name == "Hamish Dunnock"
    live = Action.objects.filter(priority__stage="live")
    assert live.filter(owner_office=None, owner_words="").count() == 1
    body, today = UpdateLink.objects.first().body, NOW.date()
    quiet = silent(body, today, heard_last(body))
    assert [row.number for row in Action.objects.filter(pk__in=quiet)] == ["O1.1"]
    assert Update.objects.filter(action__in=live, stage="given").count() == 1
    assert Update.objects.filter(action__in=live, stage="returned").count() == 1
    assert User.objects.filter(email__endswith=".example").count() == User.objects.count()
