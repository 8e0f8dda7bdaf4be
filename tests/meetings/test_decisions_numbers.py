"""Registers: patterns chosen by the office, and numbers without a gap however many decide at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from goldthread.core.governance.references import gaps
from goldthread.meetings.actions.registers import change_register, initials, make_register
from goldthread.meetings.models import Counter, Decision, Register
from goldthread.people.actions import NotAllowed
from tests.meetings.deciding import AFTER, Deciding


def _change(register: Register, pattern: str, cast: Any) -> None:
    change_register(
        register=register,
        name="Decisions",
        pattern=pattern,
        publish_days=5,
        by=cast.governance_officer,
        at=AFTER,
    )


@pytest.mark.django_db
def test_a_register_goes_on_from_numbers_given_elsewhere(deciding: Deciding, cast: Any) -> None:
    register = make_register(
        body=cast.body,
        name="Decision notices",
        pattern="{body} {year}-{serial:03}",
        last={"2014": 19},
        by=cast.governance_officer,
        at=AFTER,
    )
    deciding.boards.register = register

    assert register.pattern == "FPCC {year}-{serial:03}"
    assert deciding.decide(deciding.outside()).reference == "FPCC 2014-020"
    with pytest.raises(NotAllowed):
        make_register(body=cast.body, name="X", pattern="{serial}", by=cast.analyst, at=AFTER)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", ["Decision", "{serial", "{serial}{year}", "CPCC {year}-{serial:03}"])
def test_a_pattern_that_cannot_be_used_is_refused_in_words(
    deciding: Deciding, cast: Any, pattern: str
) -> None:
    assert deciding.boards.register.pattern == "CPCC {year}-{serial:03}"
    with pytest.raises(ValidationError) as refusal:
        make_register(body=cast.body, name="Second", pattern=pattern, by=cast.governance_officer, at=AFTER)

    assert "pattern" in refusal.value.message_dict


@pytest.mark.django_db
def test_a_new_pattern_counts_for_what_is_still_to_come(deciding: Deciding, cast: Any) -> None:
    first = deciding.decide(deciding.outside())
    _change(first.register, "{serial:03}/{year}", cast)
    second = deciding.decide(deciding.outside())

    assert [d.reference for d in (first, second)] == ["CPCC 2014-001", "002/2014"]
    assert (second.slug, second.normal) == ("002-2014", "2/2014")


@pytest.mark.django_db
def test_a_pattern_that_would_confuse_two_decisions_is_refused(deciding: Deciding, cast: Any) -> None:
    _change(deciding.boards.register, "{year}-{serial}", cast)
    deciding.decide(deciding.outside())

    with pytest.raises(ValidationError, match="another decision"):
        _change(deciding.boards.register, "2014-{serial}", cast)


def test_a_body_is_known_by_its_capitals() -> None:
    assert initials("Cambridgeshire Police and Crime Commissioner") == "CPCC"
    assert initials("office") == "OFFI"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_who_decide_at_once_leave_no_gap_and_give_no_number_twice(deciding: Deciding) -> None:
    drafts = [deciding.outside(f"Decision {n}") for n in range(12)]
    bad = {draft.pk for draft in drafts[::4]}
    barrier = Barrier(4)
    deciding.cast.commissioner, deciding.cast.governance_officer, deciding.boards.register  # noqa: B018 - made here

    def one(draft: Decision) -> str:
        try:
            if draft.pk in bad:
                with pytest.raises(ValidationError):
                    deciding.decide(draft, relied_on=[("paper", 9_999)])
                return ""
            return deciding.decide(draft).reference
        finally:
            connection.close()

    def some(mine: list[Decision]) -> list[str]:
        barrier.wait(timeout=20)
        return [one(draft) for draft in mine]

    with ThreadPoolExecutor(4) as pool:
        given = [each for done in pool.map(some, [drafts[n::4] for n in range(4)]) for each in done if each]

    serials = sorted(Decision.objects.filter(serial__isnull=False).values_list("serial", flat=True))
    assert len(given) == len(set(given)) == 9
    assert serials == list(range(1, 10))
    assert gaps(serials) == ()
    assert Counter.objects.get().last == 9
