"""People hold offices between dates, and may do what those offices allow."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goldthread.core.governance.abilities import Ability, Role
from goldthread.people.actions import NotAllowed, appoint, end_holding, hand_over, require
from goldthread.people.models import Holding, User
from goldthread.people.queries import bodies_for, holders, may
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_office_gives_its_abilities_only_between_its_days(cast: Cast, at: datetime) -> None:
    user = User.objects.create_user("new@fenshire.example", "New Person")
    first, last = date(2014, 4, 1), date(2014, 4, 30)
    appoint(office=cast.office(Role.GOVERNANCE_OFFICER), user=user, starts=first, ends=last, by=None, at=at)
    allowed = {
        day: may(user, Ability.WRITE_PLAN, cast.body, day)
        for day in (date(2014, 3, 31), first, last, date(2014, 5, 1))
    }
    assert list(allowed.values()) == [False, True, True, False]


def test_one_commissioner_at_a_time(cast: Cast, at: datetime) -> None:
    assert cast.commissioner
    with pytest.raises(ValidationError, match="Frances Merrow is Police and Crime Commissioner"):
        appoint(
            office=cast.office(Role.COMMISSIONER),
            user=cast.deputy,
            starts=date(2014, 4, 1),
            by=cast.chief_executive,
            at=at,
        )


def test_handing_over_leaves_no_gap_and_no_overlap(cast: Cast, at: datetime) -> None:
    office, new = cast.commissioner.holdings.get().office, cast.resident
    hand_over(office=office, to=new, starts=date(2014, 5, 12), by=cast.chief_executive, at=at)
    assert holders(office, date(2014, 5, 11)) == (cast.commissioner,)
    assert holders(office, date(2014, 5, 12)) == (new,)


def test_only_those_who_manage_people_appoint(cast: Cast, at: datetime, today: date) -> None:
    with pytest.raises(NotAllowed, match="Peter Lode may not manage people and offices at Fenshire"):
        appoint(
            office=cast.office(Role.ANALYST),
            user=cast.resident,
            starts=today,
            by=cast.governance_officer,
            at=at,
        )
    assert not Holding.objects.filter(user=cast.resident).exists()


def test_a_refusal_names_what_the_law_reserves(cast: Cast, today: date) -> None:
    with pytest.raises(NotAllowed, match="kept for the commissioner by law"):
        require(cast.chief_executive, Ability.ISSUE_PLAN, cast.body, today)


def test_bodies_do_not_see_each_other(cast: Cast, today: date) -> None:
    assert list(bodies_for(cast.stranger, today)) == [cast.other_body]
    assert list(bodies_for(cast.chief_executive, today)) == [cast.body]
    assert not may(cast.stranger, Ability.READ_DESK, cast.body, today)
    assert not bodies_for(cast.resident, today).exists()


def test_somebody_who_may_no_longer_sign_in_may_do_nothing(cast: Cast, today: date) -> None:
    cast.chief_executive.is_active = False
    assert not may(cast.chief_executive, Ability.READ_DESK, cast.body, today)


def test_a_holding_does_not_end_before_it_starts(cast: Cast, at: datetime) -> None:
    holding = cast.analyst.holdings.get()
    with pytest.raises(ValidationError):
        end_holding(holding=holding, ends=date(2000, 1, 1), by=cast.chief_executive, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.filter(pk=holding.pk).update(ends=date(2000, 1, 1))
