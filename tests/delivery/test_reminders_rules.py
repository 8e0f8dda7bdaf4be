"""The rules of reminders: who sets and ends them, what is refused, and what each says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.reminders import add_usual_rules, end_rule
from goldthread.delivery.reminding import rule_words
from goldthread.people.actions import NotAllowed
from tests.delivery.reminded import TUESDAY, a_rule

pytestmark = pytest.mark.django_db


def test_only_whoever_writes_about_delivery_sets_and_ends_rules(cast: Any) -> None:
    rule = a_rule(cast)
    for somebody in (cast.staff_officer, cast.panel_clerk, cast.stranger, cast.administrator):
        with pytest.raises(NotAllowed):
            a_rule(cast, by=somebody)
        with pytest.raises(NotAllowed):
            end_rule(rule=rule, by=somebody, at=TUESDAY)


@pytest.mark.parametrize("changed", [{"about": "birthday"}, {"days": 91}, {"to": "office"}])
def test_a_rule_that_makes_no_sense_is_refused(cast: Any, changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_rule(cast, **changed)


def test_a_rule_of_another_bodys_office_is_refused(cast: Any) -> None:
    office = cast.other_body.offices.get(role=Role.CHIEF_EXECUTIVE)
    with pytest.raises(ValidationError, match="office that is told"):
        a_rule(cast, to="office", office=office)


def test_the_usual_rules_are_put_in_once_and_say_what_they_do(cast: Any) -> None:
    rules = add_usual_rules(body=cast.body, by=cast.governance_officer, at=TUESDAY)
    assert [rule_words(rule) for rule in rules] == [
        "7 days before an action is due, whoever owes it is reminded.",
        "On the day when a milestone is due, whoever owes it is reminded.",
        "5 days before an update is due for a period, whoever owes it is reminded.",
        "14 days after an action is due, whoever leads the priority is told.",
    ]
    with pytest.raises(ValidationError, match="rules already"):
        add_usual_rules(body=cast.body, by=cast.governance_officer, at=TUESDAY)
