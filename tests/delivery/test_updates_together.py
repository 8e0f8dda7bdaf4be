"""Several people at the same moment: nothing said is lost, nothing is signed twice, no period is torn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from goldthread.core.delivery.stages import ActionState, UpdateStage
from goldthread.delivery.actions.periods import close_period, open_period
from goldthread.delivery.actions.signing import sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import Period, Update
from goldthread.delivery.snapshots import period_seal, read_line
from goldthread.delivery.updates import said_meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

CLOSING = datetime(2015, 1, 12, 9, tzinfo=UTC)


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of these at one moment, each by a connection of its own; refusals are given back."""
    barrier = Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> Any:
        barrier.wait(timeout=20)
        try:
            return deed()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def saying(thing: Any, by: Any, words: str) -> Callable[[], Update]:
    return lambda: give_update(subject=thing, words=words, status="on_course", seen=0, by=by, at=CLOSING)


def test_two_who_speak_at_once_are_both_kept_and_one_is_told(delivering: Any) -> None:
    action, cast = delivering.action(), delivering.cast
    cast.chief_constable, cast.governance_officer  # noqa: B018 - made before the threads begin
    first, second = at_once(
        [
            saying(action, cast.chief_constable, "Two signed."),
            saying(action, cast.governance_officer, "Three signed."),
        ]
    )
    told = [len(said_meanwhile(each, 0)) for each in (first, second)]
    assert sorted(told) == [0, 1]
    assert {each.words for each in Update.objects.all()} == {"Two signed.", "Three signed."}
    assert first.scale_id == second.scale_id


def test_only_one_of_two_signs(delivering: Any) -> None:
    cast = delivering.cast
    update = saying(delivering.action(), cast.chief_constable, "Two signed.")()
    signers = (cast.chief_executive, cast.governance_officer)
    answers = at_once(
        [lambda by=by: sign_off(update=Update.objects.get(pk=update.pk), by=by, at=CLOSING) for by in signers]
    )
    assert sorted(type(each) for each in answers if each is not None) == [ValidationError]
    update.refresh_from_db()
    assert update.stage == UpdateStage.SIGNED


def test_what_is_given_while_a_period_closes_is_in_the_next(delivering: Any) -> None:
    cast = delivering.cast
    autumn, winter = (
        open_period(
            body=cast.body,
            name=name,
            starts=starts,
            ends=ends,
            due=ends,
            by=cast.governance_officer,
            at=CLOSING,
        )
        for name, starts, ends in (
            ("Autumn", date(2014, 10, 1), date(2014, 12, 31)),
            ("Winter", date(2015, 1, 1), date(2015, 3, 31)),
        )
    )
    actions = [delivering.action(f"Step {n}", state=ActionState.UNDER_WAY) for n in range(3)]
    said = [saying(action, cast.chief_constable, f"Word of {action.number}.") for action in actions]
    at_once([lambda: close_period(period=autumn, by=cast.governance_officer, at=CLOSING), *said])
    closed = Period.objects.get(pk=autumn.pk)
    assert closed.closed_at is not None
    lines = list(closed.lines.all())
    assert closed.seal == period_seal(closed, (line.seal for line in lines))
    assert all(read_line(line).seal == line.seal for line in lines)
    assert Update.objects.count() == 3
    assert set(Update.objects.values_list("period", flat=True)) == {winter.pk}
