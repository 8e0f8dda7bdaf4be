"""Measures are identified for approved priorities, and lapse when priority or definition moves on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldthread.meetings.actions.decisions import withdraw_decision
from goldthread.people.actions import NotAllowed
from goldthread.performance import verify
from goldthread.performance.actions.identifying import (
    accept_identification,
    commit_to_measures,
    end_identification,
    identify,
    release_commitment,
)
from goldthread.performance.actions.measures import end_measure, revise_measure
from goldthread.performance.identified import (
    Holds,
    approved_edition,
    commitments_of,
    commitments_stand,
    identifications_for,
    identifications_of,
    owed,
    standing_of,
)
from goldthread.performance.models import Commitment, Identification
from goldthread.performance.needs import owed_by
from tests.performance.story import a_form, at_hour
from tests.plans.story import (
    CALLS,
    ENGAGEMENT,
    FIRST,
    SAFETY,
    SECOND,
    THIRD,
    VICTIMS,
    a_draft,
    a_plan,
    issued,
)

ISSUED = date(2013, 3, 5)
DUE = date(2015, 1, 1)


@pytest.fixture
def edition(cast: Any) -> Any:
    """The first edition of a plan, in force."""
    plan = a_plan(cast)
    return issued(cast, a_draft(cast, plan, "March 2013", FIRST, date(2013, 1, 7)), ISSUED)


@pytest.fixture
def promised(edition: Any, deciding: Any, cast: Any) -> Commitment:
    """A decision of October 2014 promised measures for two priorities by New Year."""
    decision = deciding.decide(deciding.outside("Priorities for action"))
    return commit_to_measures(
        decision=decision,
        plan=edition.document,
        priorities=[CALLS, VICTIMS],
        words="Measures for each theme will be brought to the Board by 1 January 2015.",
        due=DUE,
        by=cast.governance_officer,
        at=at_hour(date(2014, 10, 4)),
    )


def propose(measuring: Any, cast: Any, edition: Any, key: str = CALLS, **more: Any) -> Identification:
    given = {
        "measure": measuring.measure,
        "edition": edition,
        "section_key": key,
        "why": "Fewer burglaries mean that people are safer at home.",
        "by": cast.analyst,
        "at": measuring.at,
    }
    return identify(**{**given, **more})


def accept(row: Identification, cast: Any, measuring: Any, **more: Any) -> Identification:
    given = {"identification": row, "by": cast.commissioner, "at": measuring.at}
    return accept_identification(**{**given, **more})


def stands(measuring: Any) -> Holds:
    return identifications_of(measuring.measure)[0].holds


def test_a_measure_is_proposed_by_one_and_accepted_by_another(
    measuring: Any, cast: Any, edition: Any
) -> None:
    row = propose(measuring, cast, edition)
    assert stands(measuring) is Holds.PROPOSED
    own = propose(measuring, cast, edition, VICTIMS, by=cast.chief_executive)
    with pytest.raises(ValidationError, match="other than the one who proposed"):
        accept(own, cast, measuring, by=cast.chief_executive)
    for user in (cast.deputy, cast.monitoring_officer, cast.stranger):
        with pytest.raises(NotAllowed):
            accept(row, cast, measuring, by=user)
    accept(row, cast, measuring)
    held = {each.identification.pk: each.holds for each in identifications_of(measuring.measure)}
    assert held == {row.pk: Holds.HOLDS, own.pk: Holds.PROPOSED}
    with pytest.raises(ValidationError, match="answered already"):
        accept(row, cast, measuring)


def test_not_before_the_priorities_are_approved(measuring: Any, cast: Any, edition: Any) -> None:
    draft = a_draft(cast, edition.document, "Draft", SECOND, date(2014, 1, 7))
    with pytest.raises(ValidationError, match="once the priorities are approved"):
        propose(measuring, cast, draft)
    assert approved_edition(edition.document) == edition


def test_not_of_an_edition_that_was_replaced(measuring: Any, cast: Any, edition: Any) -> None:
    issued(cast, a_draft(cast, edition.document, "Second", SECOND, date(2014, 1, 7)), date(2014, 2, 24))
    with pytest.raises(ValidationError, match="took the place"):
        propose(measuring, cast, edition)


def test_not_with_a_definition_that_nobody_checked(measuring: Any, cast: Any, edition: Any) -> None:
    draft = measuring.draft(key="unchecked")
    with pytest.raises(ValidationError, match="Nobody has checked"):
        propose(measuring, cast, edition, measure=draft.measure)


def test_what_is_proposed_must_make_sense(measuring: Any, cast: Any, edition: Any) -> None:
    with pytest.raises(ValidationError, match="not in this edition"):
        propose(measuring, cast, edition, ENGAGEMENT)
    with pytest.raises(ValidationError, match="Say why"):
        propose(measuring, cast, edition, why="")
    propose(measuring, cast, edition)
    with pytest.raises(ValidationError, match="already"):
        propose(measuring, cast, edition)


def test_it_lapses_when_the_priority_moves_on_and_not_before(measuring: Any, cast: Any, edition: Any) -> None:
    accept(propose(measuring, cast, edition), cast, measuring)
    accept(propose(measuring, cast, edition, SAFETY), cast, measuring)
    draft = a_draft(cast, edition.document, "Second", SECOND, date(2014, 1, 7))
    assert [each.holds for each in identifications_of(measuring.measure)] == [Holds.HOLDS] * 2
    issued(cast, draft, date(2014, 2, 24))
    found = {each.identification.section_key: each for each in identifications_of(measuring.measure)}
    assert found[CALLS].holds is Holds.PRIORITY_MOVED
    assert found[CALLS].lapsed
    assert found[SAFETY].holds is Holds.HOLDS


def test_it_lapses_when_the_priority_is_taken_out(measuring: Any, cast: Any, edition: Any) -> None:
    accept(propose(measuring, cast, edition, VICTIMS), cast, measuring)
    without = replace(THIRD, sections=THIRD.sections[:2])
    issued(cast, a_draft(cast, edition.document, "Third", without, date(2014, 1, 7)), date(2014, 2, 24))
    assert stands(measuring) is Holds.PRIORITY_GONE


def test_it_lapses_when_the_definition_moves_on(measuring: Any, cast: Any, edition: Any) -> None:
    row = propose(measuring, cast, edition)
    other = propose(measuring, cast, edition, VICTIMS)
    accept(row, cast, measuring)
    draft = revise_measure(
        measure=measuring.measure,
        form=a_form(better="neither"),
        change="More reports are welcome.",
        by=cast.analyst,
        at=measuring.at,
    )
    assert stands(measuring) is Holds.HOLDS
    measuring.checked(draft, at=measuring.at)
    assert stands(measuring) is Holds.DEFINITION_MOVED
    with pytest.raises(ValidationError, match="definition has moved on"):
        accept(other, cast, measuring)


def test_it_lapses_when_the_measure_is_no_longer_used(measuring: Any, cast: Any, edition: Any) -> None:
    accept(propose(measuring, cast, edition), cast, measuring)
    end_measure(measure=measuring.measure, reason="Nobody read it.", by=cast.analyst, at=measuring.at)
    measuring.measure.refresh_from_db()
    assert stands(measuring) is Holds.MEASURE_ENDED
    assert identifications_for(edition.document)[0].lapsed


def test_one_that_ended_can_be_proposed_anew(measuring: Any, cast: Any, edition: Any) -> None:
    row = accept(propose(measuring, cast, edition), cast, measuring)
    with pytest.raises(ValidationError, match="Say why"):
        end_identification(identification=row, reason="", by=cast.analyst, at=measuring.at)
    end_identification(identification=row, reason="Another tells more.", by=cast.analyst, at=measuring.at)
    assert identifications_of(measuring.measure) == ()
    assert propose(measuring, cast, edition).pk != row.pk


def test_a_decision_may_stand_behind_an_acceptance(
    measuring: Any, cast: Any, edition: Any, deciding: Any
) -> None:
    decision = deciding.outside("Measures")
    row = propose(measuring, cast, edition)
    with pytest.raises(ValidationError, match="taken and stands"):
        accept(row, cast, measuring, decision=decision)
    assert accept(row, cast, measuring, decision=deciding.decide(decision)).decision == decision


def test_a_promise_is_owed_until_every_priority_has_its_measure(
    promised: Commitment, measuring: Any, cast: Any, edition: Any
) -> None:
    assert [title for _, title in promised.priorities] == ["Answering calls", "Victims"]
    accept(propose(measuring, cast, edition, CALLS, commitment=promised), cast, measuring)
    (found,) = commitments_stand(tuple(commitments_of(cast.body)))
    assert (found.with_measures, found.kept) == (1, False)
    assert [bool(each.accepted) for each in found.priorities] == [True, False]
    accept(propose(measuring, cast, edition, VICTIMS), cast, measuring)
    promised.refresh_from_db()
    assert promised.kept_at == measuring.at
    assert owed((promised,), DUE) == ()
    assert list(verify.record_of_rows()) == []
    Commitment.objects.update(kept_at=None)
    assert [problem.code for problem in verify.record_of_rows()] == ["row-altered"]
    for change in ({"words": "Nothing was promised."}, {"due": date(2020, 1, 1)}):
        with pytest.raises(DatabaseError, match="sealed: "), transaction.atomic():
            Commitment.objects.update(**change)
    with pytest.raises(DatabaseError, match="sealed: "), transaction.atomic():
        Identification.objects.update(section_seal="0" * 64)


def test_a_promise_that_was_kept_and_lapsed_is_owed_again(
    promised: Commitment, measuring: Any, cast: Any, edition: Any
) -> None:
    for key in (CALLS, VICTIMS):
        accept(propose(measuring, cast, edition, key), cast, measuring)
    issued(cast, a_draft(cast, edition.document, "Second", SECOND, date(2014, 1, 7)), date(2014, 2, 24))
    promised.refresh_from_db()
    (found,) = owed((promised,), DUE)
    assert (found.with_measures, [bool(p.lapsed) for p in found.priorities]) == (1, [True, False])


def test_a_promise_is_shown_under_what_needs_me_until_it_is_kept_or_released(
    promised: Commitment, cast: Any
) -> None:
    (need,) = owed_by(cast.analyst, date(2014, 11, 1))
    assert (need.status, need.tone) == ("Due 1 January 2015", "calm")
    assert need.words == f"0 of 2 priorities have measures. {promised.decision.reference} promised them."
    (need,) = owed_by(cast.commissioner, date(2015, 2, 1))
    assert (need.status, need.tone) == ("Overdue since 1 January 2015", "bad")
    assert owed_by(cast.panel_clerk, DUE) == owed_by(cast.stranger, DUE) == ()
    with pytest.raises(NotAllowed):
        release_commitment(commitment=promised, reason="Later.", by=cast.analyst, at=at_hour(DUE))
    given = {"commitment": promised, "by": cast.chief_executive, "at": at_hour(DUE)}
    with pytest.raises(ValidationError, match="Say why"):
        release_commitment(reason=" ", **given)
    release_commitment(reason="The plan ends in May.", **given)
    assert owed_by(cast.analyst, DUE) == ()
    with pytest.raises(ValidationError, match="no longer owed"):
        release_commitment(reason="Again.", **given)


def test_only_a_decision_that_was_taken_and_stands_can_promise(
    edition: Any, deciding: Any, cast: Any
) -> None:
    draft = deciding.outside("Priorities")
    given = {
        "plan": edition.document,
        "priorities": [CALLS],
        "words": "Measures will follow.",
        "due": DUE,
        "by": cast.governance_officer,
        "at": at_hour(date(2014, 10, 4)),
    }
    with pytest.raises(ValidationError, match="was taken, and stands"):
        commit_to_measures(decision=draft, **given)
    taken = deciding.decide(draft)
    for more, said in (
        ({"priorities": []}, "stand in the approved plan"),
        ({"priorities": [ENGAGEMENT]}, "stand in the approved plan"),
        ({"words": ""}, "Say what was promised"),
        ({"due": date(2014, 1, 1)}, "before the decision"),
        ({"plan": a_plan(cast, "Next plan")}, "No edition of this plan was approved"),
    ):
        with pytest.raises(ValidationError, match=said):
            commit_to_measures(decision=taken, **{**given, **more})
    with pytest.raises(NotAllowed):
        commit_to_measures(decision=taken, **{**given, "by": cast.analyst})
    withdraw_decision(
        decision=taken, why="It was taken twice.", by=cast.governance_officer, at=at_hour(date(2014, 10, 5))
    )
    taken.refresh_from_db()
    with pytest.raises(ValidationError, match="was taken, and stands"):
        commit_to_measures(decision=taken, **given)


def test_how_identifications_stand_costs_as_much_for_many_as_for_one(
    promised: Commitment, measuring: Any, cast: Any, edition: Any
) -> None:
    for number in range(4):
        measure = measuring.a_measure(key=f"m-{number}")
        for key in (CALLS, VICTIMS):
            accept(propose(measuring, cast, edition, key, measure=measure), cast, measuring)
    rows = tuple(Identification.objects.all())
    with CaptureQueriesContext(connection) as asked:
        assert [each.holds for each in standing_of(rows)] == [Holds.HOLDS] * 8
    assert len(asked) == 3
    with CaptureQueriesContext(connection) as asked:
        assert commitments_stand((promised,))[0].kept
    assert len(asked) == 4
