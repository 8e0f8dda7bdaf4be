"""While a page is only shown, a person's offices are asked for once; an action always asks anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldthread.core.governance.abilities import Ability
from goldthread.people.queries import abilities, may, offices_asked_once, offices_of

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 2)


def test_offices_are_asked_for_once(cast: Any, django_assert_num_queries: Any) -> None:
    officer, body, other = cast.governance_officer, cast.body, cast.other_body
    with offices_asked_once(), django_assert_num_queries(1):
        assert offices_of(officer, ON) == offices_of(officer, ON)
        assert Ability.MANAGE_MEETINGS in abilities(officer, body, ON)
        assert offices_of(officer, ON, other) == ()
    with django_assert_num_queries(2):
        may(officer, Ability.READ_DESK, body, ON)
        may(officer, Ability.READ_DESK, body, ON)


def test_the_answers_are_those_of_each_person_and_day(cast: Any) -> None:
    with offices_asked_once():
        assert abilities(cast.governance_officer, cast.body, ON)
        assert not abilities(cast.stranger, cast.body, ON)
        assert not abilities(cast.governance_officer, cast.body, date(2010, 1, 1))
