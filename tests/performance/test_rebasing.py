"""A re-base needs a reason and another person's name, and the chart before it can still be opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.people.actions import NotAllowed
from goldthread.performance.actions.breaks import mark_break
from goldthread.performance.actions.rebasing import approve_rebase, ask_rebase, refuse_rebase
from goldthread.performance.judging import chart_of, judgement_of
from goldthread.performance.models import Rebase, ShownChart, ShownTo
from goldthread.performance.queries import rebases_of, series_of
from goldthread.performance.series import months_after
from goldthread.performance.shown import chart_seal, shown_of
from tests.performance.story import STEADY

FROM = date(2013, 1, 1)
STEP = [value + (40 if place >= 12 else 0) for place, value in enumerate(STEADY)]


@pytest.fixture
def asked(measuring: Any, cast: Any) -> Rebase:
    """The analyst asks for a re-base after a step."""
    measuring.load(STEP)
    return ask_rebase(
        measure=measuring.measure,
        area=measuring.area,
        first_period=FROM,
        reason="Sheds are counted as burglary from January 2013.",
        by=cast.analyst,
        at=measuring.at,
    )


def test_asking_changes_nothing(asked: Rebase, measuring: Any) -> None:
    series = series_of(measuring.measure, measuring.area)
    assert (series.rebases, len(judgement_of(series).baselines)) == ((), 1)
    assert not ShownChart.objects.exists()


def test_once_approved_limits_start_anew_and_the_chart_before_is_kept(
    asked: Rebase, measuring: Any, cast: Any
) -> None:
    before = judgement_of(series_of(measuring.measure, measuring.area))
    row = approve_rebase(rebase=asked, answer="Agreed.", by=cast.commissioner, at=measuring.at)
    series = series_of(measuring.measure, measuring.area)
    after = judgement_of(series)
    assert [baseline.starts for baseline in after.baselines] == [date(2012, 1, 1), FROM]
    assert [r.approved_by for r in series.rebases] == [cast.commissioner.name]
    assert [event.rebase for event in chart_of(series).events] == [True]
    kept = shown_of(row.before)
    assert (row.before.to, row.before.last_period) == (ShownTo.REBASE, date(2013, 12, 1))
    assert kept.judgement == before
    assert len(kept.chart.baselines) == 1
    assert kept.series.values == series.values
    assert chart_seal(row.before.form) == row.before.seal


def test_as_at_a_day_before_it_was_approved_it_did_not_hold(asked: Rebase, measuring: Any, cast: Any) -> None:
    later = measuring.at + timedelta(days=7)
    approve_rebase(rebase=asked, by=cast.commissioner, at=later)
    before = series_of(measuring.measure, measuring.area, as_at=later - timedelta(days=1))
    assert before.rebases == ()
    assert len(series_of(measuring.measure, measuring.area, as_at=later).rebases) == 1


def test_who_asked_may_not_answer(measuring: Any, cast: Any) -> None:
    measuring.load(STEP)
    given = {"measure": measuring.measure, "area": measuring.area, "first_period": FROM, "at": measuring.at}
    row = ask_rebase(reason="A change.", by=cast.chief_executive, **given)
    for answer in (approve_rebase, refuse_rebase):
        with pytest.raises(ValidationError, match="other than the one who asked"):
            answer(rebase=row, answer="Yes.", by=cast.chief_executive, at=measuring.at)


def test_who_may_ask_and_who_may_answer(asked: Rebase, measuring: Any, cast: Any) -> None:
    for user in (cast.governance_officer, cast.staff_officer, cast.stranger):
        with pytest.raises(NotAllowed):
            approve_rebase(rebase=asked, by=user, at=measuring.at)
    with pytest.raises(NotAllowed):
        ask_rebase(
            measure=measuring.measure,
            area=measuring.area,
            first_period=date(2013, 2, 1),
            reason="A change.",
            by=cast.commissioner,
            at=measuring.at,
        )


def test_a_refusal_gives_its_reason_and_leaves_the_limits(asked: Rebase, measuring: Any, cast: Any) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        refuse_rebase(rebase=asked, answer=" ", by=cast.deputy, at=measuring.at)
    row = refuse_rebase(rebase=asked, answer="One month proves nothing.", by=cast.deputy, at=measuring.at)
    assert (row.outcome, row.before) == ("refused", None)
    assert series_of(measuring.measure, measuring.area).rebases == ()
    with pytest.raises(ValidationError, match="answered already"):
        approve_rebase(rebase=asked, by=cast.commissioner, at=measuring.at)
    again = ask_rebase(
        measure=measuring.measure,
        area=measuring.area,
        first_period=FROM,
        reason="Six more months bear it out.",
        by=cast.analyst,
        at=measuring.at,
    )
    assert list(rebases_of(measuring.measure, measuring.area)) == [again, row]


@pytest.mark.parametrize(
    ("first_period", "reason", "said"),
    [
        (FROM, "", "Say what changed"),
        (date(2012, 1, 1), "A change.", "after its first"),
        (date(2013, 1, 15), "A change.", "after its first"),
        (date(2019, 1, 1), "A change.", "after its first"),
    ],
)
def test_what_is_asked_for_must_make_sense(
    measuring: Any, cast: Any, first_period: date, reason: str, said: str
) -> None:
    measuring.load(STEP)
    with pytest.raises(ValidationError, match=said):
        ask_rebase(
            measure=measuring.measure,
            area=measuring.area,
            first_period=first_period,
            reason=reason,
            by=cast.analyst,
            at=measuring.at,
        )


def test_the_same_re_base_is_asked_for_once(asked: Rebase, measuring: Any, cast: Any) -> None:
    with pytest.raises(ValidationError, match="asked for already"):
        ask_rebase(
            measure=measuring.measure,
            area=measuring.area,
            first_period=FROM,
            reason="Again.",
            by=cast.governance_officer,
            at=measuring.at,
        )


def test_a_decision_may_stand_behind_it(asked: Rebase, measuring: Any, cast: Any, deciding: Any) -> None:
    draft = deciding.outside("Re-base burglary")
    with pytest.raises(ValidationError, match="was taken and stands"):
        approve_rebase(rebase=asked, decision=draft, by=cast.commissioner, at=measuring.at)
    taken = deciding.decide(draft)
    row = approve_rebase(rebase=asked, decision=taken, by=cast.commissioner, at=measuring.at)
    assert row.decision == taken


def test_a_gap_is_answered_by_limits_that_begin_after_it(measuring: Any, cast: Any) -> None:
    told = {months_after(date(2012, 1, 1), n): float(value) for n, value in enumerate(STEP)}
    gap = [period for period in told if date(2012, 10, 1) <= period < FROM]
    measuring.load({period: value for period, value in told.items() if period not in gap})
    mark_break(
        body=cast.body,
        kind="gap",
        period=gap[0],
        until=gap[-1],
        words="Nothing was sent.",
        source="The constabulary",
        area=measuring.area,
        by=cast.analyst,
        at=measuring.at,
    )
    before = judgement_of(series_of(measuring.measure, measuring.area))
    assert "break-not-rebased" in [advice.code for advice in before.advice]
    row = ask_rebase(
        measure=measuring.measure,
        area=measuring.area,
        first_period=FROM,
        reason="It is told again.",
        by=cast.analyst,
        at=measuring.at,
    )
    approve_rebase(rebase=row, by=cast.commissioner, at=measuring.at)
    after = judgement_of(series_of(measuring.measure, measuring.area))
    assert "break-not-rebased" not in [advice.code for advice in after.advice]
