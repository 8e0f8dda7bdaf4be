"""Reminders by rule, escalation and digests: who is told of what, once, in one letter of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions import reminders
from goldthread.delivery.actions.reminders import (
    end_rule,
    write_letters_of_the_day,
)
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import Period, ReminderSent, ReminderTo
from goldthread.delivery.reminding import calls_on, rules_on
from goldthread.mail.actions import set_preferences
from goldthread.mail.models import Kind, Letter
from goldthread.mail.sending import send_due
from goldthread.people.actions import hand_over
from goldthread.people.models import User
from tests.delivery.reminded import TUESDAY, a_rule, letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def constable(cast: Any, delivering: Any) -> User:
    """Who holds the office that owes the story's actions; it wants no digest, only reminders."""
    for user in (cast.chief_constable, cast.governance_officer, cast.commissioner):
        at_once = [Kind.REMINDER, Kind.ESCALATION]
        set_preferences(user=user, digest="never", weekday=0, at_once=at_once, by=user, at=TUESDAY)
    return cast.chief_constable


def test_an_owner_is_reminded_once_so_many_days_before(delivering: Any, cast: Any, constable: User) -> None:
    a_rule(cast)
    delivering.action(due=date(2014, 11, 11))
    assert write_letters_of_the_day(at=TUESDAY - timedelta(days=1)) == 0
    assert write_letters_of_the_day(at=TUESDAY) == 1
    for later in range(1, 15):
        write_letters_of_the_day(at=TUESDAY + timedelta(days=later))
    (letter,) = letters(constable)
    assert letter.kind == Kind.REMINDER
    assert letter.subject == "V1.1 Agree how case notes are shared"
    assert "is due 11 November" in letter.text
    assert "http://127.0.0.1:8000/desk/" in letter.text
    assert ReminderSent.objects.get().letter == letter


def test_many_things_on_one_day_are_one_letter(delivering: Any, cast: Any, constable: User) -> None:
    a_rule(cast)
    a_rule(cast, about="milestone", days=0)
    for number in range(40):
        delivering.action(f"Thing {number}", due=date(2014, 11, 11))
    action = delivering.action(due=date(2014, 12, 31))
    delivering.milestone(action, baseline=date(2014, 11, 4), forecast=None)
    assert write_letters_of_the_day(at=TUESDAY) == 1
    (letter,) = letters(constable)
    assert letter.subject == "41 things to look at"
    assert "and 16 things more" in letter.text
    assert ReminderSent.objects.count() == 41


def test_one_that_was_missed_over_a_weekend_still_goes_and_an_old_one_does_not(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast)
    delivering.action("Missed on Sunday", due=date(2014, 11, 9))
    delivering.action("Missed long ago", due=date(2014, 11, 2))
    assert write_letters_of_the_day(at=datetime(2014, 11, 2, 9, tzinfo=UTC)) == 0  # a Sunday
    assert write_letters_of_the_day(at=TUESDAY) == 1
    text = letters(constable)[0].text
    assert "Missed on Sunday" in text
    assert "Missed long ago" not in text


def test_a_new_rule_sends_nothing_of_the_time_before_it(delivering: Any, cast: Any, constable: User) -> None:
    a_rule(cast, from_day=TUESDAY.date())
    delivering.action("Before", due=date(2014, 11, 10))
    delivering.action("After", due=date(2014, 11, 12))
    assert write_letters_of_the_day(at=TUESDAY + timedelta(days=1)) == 1
    assert "Before" not in letters(constable)[0].text


def test_no_letter_before_the_morning_nor_at_the_weekend(delivering: Any, cast: Any, constable: User) -> None:
    a_rule(cast)
    delivering.action(due=date(2014, 11, 11))
    for hour in (0, 5, 7):
        assert write_letters_of_the_day(at=TUESDAY.replace(hour=hour)) == 0
    assert write_letters_of_the_day(at=TUESDAY.replace(hour=8)) == 1


def test_what_is_done_dropped_or_not_approved_reminds_nobody(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast)
    delivering.action(due=date(2014, 11, 11), finished=date(2014, 11, 1))
    delivering.action(due=date(2014, 11, 11), state="dropped", dropped_reason="Not needed")
    delivering.action(due=date(2014, 11, 11), priority=delivering.draft)
    delivering.action(due=date(2014, 11, 11), owner=None, owner_words="Somebody at the hub")
    assert write_letters_of_the_day(at=TUESDAY) == 0


def test_a_day_that_moves_is_a_new_day_to_be_reminded_of(delivering: Any, cast: Any, constable: User) -> None:
    a_rule(cast)
    action = delivering.action(due=date(2014, 11, 11))
    write_letters_of_the_day(at=TUESDAY)
    action.forecast = date(2014, 11, 18)
    action.save()
    write_letters_of_the_day(at=TUESDAY + timedelta(days=7))
    assert [each.text.count("is due") for each in letters(constable)] == [1, 1]


def test_what_is_long_overdue_goes_to_the_lead_and_to_an_office_that_is_named(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast, days=14, to=ReminderTo.LEAD)
    a_rule(cast, days=14, to=ReminderTo.OFFICE, office=cast.office(Role.GOVERNANCE_OFFICER))
    delivering.action(due=date(2014, 10, 21), owner=Role.STAFF_OFFICER)
    cast.staff_officer  # noqa: B018 - appointed when first named
    assert write_letters_of_the_day(at=TUESDAY) == 2
    for told in (constable, cast.governance_officer):
        (letter,) = letters(told)
        assert letter.kind == Kind.ESCALATION
        assert "from Staff Officer to the Chief Constable" in letter.text
    assert letters(cast.staff_officer) == []


def test_a_lead_who_owes_it_themselves_is_told_so(delivering: Any, cast: Any, constable: User) -> None:
    a_rule(cast, days=14, to=ReminderTo.LEAD)
    delivering.action(due=date(2014, 10, 21))
    write_letters_of_the_day(at=TUESDAY)
    (letter,) = letters(constable)
    assert "DUE FROM YOU" in letter.text
    assert "OTHERS" not in letter.text


def test_silence_in_an_open_period_is_reminded_of_and_a_word_ends_it(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast, about="update", days=-5)
    Period.objects.create(
        body=cast.body,
        name="Quarter 3",
        starts=date(2014, 10, 1),
        ends=date(2014, 12, 31),
        due=date(2014, 11, 9),
        opened_at=TUESDAY,
        opened_by="Test",
    )
    silent, heard = delivering.action("Silent one"), delivering.action("Heard one")
    give_update(subject=heard, words="Going well.", status="on_course", by=constable, at=TUESDAY)
    assert [call.title for call in calls_on(TUESDAY.date())] == [f"{silent.number} Silent one"]
    write_letters_of_the_day(at=TUESDAY)
    assert "word of it is due 9 November" in letters(constable)[0].text


def test_whoever_comes_after_is_reminded_and_whoever_left_is_not(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast)
    delivering.action(due=date(2014, 11, 11))
    new = User.objects.create_user("new.chief@fenshire.example", "Olive Manea")
    hand_over(
        office=cast.office(Role.CHIEF_CONSTABLE),
        to=new,
        starts=TUESDAY.date(),
        by=cast.chief_executive,
        at=TUESDAY - timedelta(days=3),
    )
    write_letters_of_the_day(at=TUESDAY)
    assert (len(letters(constable)), len(letters(new))) == (0, 1)


def test_an_ended_rule_is_followed_no_more(delivering: Any, cast: Any, constable: User) -> None:
    rule = a_rule(cast)
    delivering.action(due=date(2014, 11, 11))
    end_rule(rule=rule, by=cast.governance_officer, at=TUESDAY)
    assert write_letters_of_the_day(at=TUESDAY) == 0
    assert not rules_on(TUESDAY.date(), cast.body).exists()


def test_a_digest_lists_what_is_owed_on_its_day_and_holds_the_reminders(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast)
    set_preferences(user=constable, digest="weekly", weekday=1, at_once=[], by=constable, at=TUESDAY)
    delivering.action("Late one", due=date(2014, 10, 31))
    delivering.action("Soon one", due=date(2014, 11, 11))
    assert write_letters_of_the_day(at=TUESDAY) >= 1
    (letter,) = letters(constable)
    assert letter.kind == Kind.DIGEST
    assert letter.text.index("OVERDUE") < letter.text.index("Late one") < letter.text.index("THIS MONTH")
    assert letter.text.count("Soon one") == 1
    assert send_due(at=TUESDAY) >= 1
    cache.clear()
    assert write_letters_of_the_day(at=TUESDAY) == 0


def test_a_reminder_that_is_not_wanted_by_itself_waits_for_the_digest(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast)
    set_preferences(user=constable, digest="weekly", weekday=3, at_once=[], by=constable, at=TUESDAY)
    delivering.action("Soon one", due=date(2014, 11, 11))
    write_letters_of_the_day(at=TUESDAY)
    assert send_due(at=TUESDAY) == 0
    write_letters_of_the_day(at=TUESDAY + timedelta(days=2))
    reminder, digest = letters(constable)
    assert (reminder.for_digest, reminder.digest, digest.kind) == (True, digest, Kind.DIGEST)
    assert "WRITTEN SINCE THE LAST LETTER" in digest.text


def test_nothing_owed_is_no_digest(cast: Any) -> None:
    me = cast.panel_clerk
    set_preferences(user=me, digest="daily", weekday=0, at_once=[], by=me, at=TUESDAY)
    write_letters_of_the_day(at=TUESDAY)
    assert letters(me) == []


def test_a_crash_between_two_letters_writes_the_other_later_and_none_twice(
    delivering: Any, cast: Any, constable: User, monkeypatch: Any
) -> None:
    a_rule(cast)
    a_rule(cast, days=-7, to=ReminderTo.OFFICE, office=cast.office(Role.GOVERNANCE_OFFICER))
    delivering.action(due=date(2014, 11, 11))
    written = reminders.write_letter

    def only_the_first(**given: Any) -> Letter:
        if Letter.objects.exists():
            raise OSError("The disk is full.")
        return written(**given)

    monkeypatch.setattr(reminders, "write_letter", only_the_first)
    with pytest.raises(OSError, match="full"):
        write_letters_of_the_day(at=TUESDAY)
    monkeypatch.undo()
    assert write_letters_of_the_day(at=TUESDAY) == 1
    assert (len(letters(constable)), len(letters(cast.governance_officer))) == (1, 1)
    assert ReminderSent.objects.count() == 2


def test_an_address_that_no_letter_can_go_to_stops_nobody_elses(
    delivering: Any, cast: Any, constable: User
) -> None:
    a_rule(cast)
    a_rule(cast, to=ReminderTo.OFFICE, office=cast.office(Role.GOVERNANCE_OFFICER))
    delivering.action(due=date(2014, 11, 11))
    User.objects.filter(pk=constable.pk).update(email="no address")
    assert write_letters_of_the_day(at=TUESDAY) == 1
    assert len(letters(cast.governance_officer)) == 1
