"""Decisions: drafted from what was recommended, taken under a number, pinned and sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.meetings.actions.decisions import draft_decision, drop_draft, withdraw_decision, write_draft
from goldthread.meetings.actions.drafting import Wording, draft_seal
from goldthread.meetings.models import Counter, Decision, DecisionKind, DecisionStage, MeetingStage, Reliance
from goldthread.meetings.registers import decision_seal
from goldthread.people.actions import NotAllowed
from tests.meetings.deciding import AFTER, SAID, Deciding
from tests.meetings.story import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db


def test_a_draft_proposes_the_outcome_and_the_words_of_its_recommendation(deciding: Deciding) -> None:
    draft = deciding.draft()

    assert draft.outcome == "agreed"
    assert draft.resolved == "The Police and Crime Commissioner approved the revised priorities for 2014-15."
    assert draft.recommended.startswith("The Board is recommended to approve")
    assert (draft.reference, draft.serial, draft.seal) == ("", None, "")


def test_a_recommendation_to_note_makes_no_decision(deciding: Deciding) -> None:
    paper = deciding.paper(recommendation="The Board is recommended to note the report.")

    with pytest.raises(ValidationError, match="minutes"):
        deciding.draft(paper)


def test_one_recommendation_is_decided_once(deciding: Deciding) -> None:
    draft = deciding.decide(deciding.draft())

    with pytest.raises(ValidationError, match="CPCC 2014-001 is about this"):
        deciding.draft(draft.version.paper)


def test_a_decision_is_numbered_pinned_and_sealed(deciding: Deciding) -> None:
    draft = deciding.draft()
    paper = draft.version.paper

    decision = deciding.decide(draft, relied_on=[("paper", paper.pk), ("item", paper.item_id)])

    assert (decision.reference, decision.slug, decision.normal) == (
        "CPCC 2014-001",
        "cpcc-2014-001",
        "cpcc2014-1",
    )
    assert decision.decided_by == "Frances Merrow, Police and Crime Commissioner"
    assert [each.target for each in decision.relied_on.all()] == ["paper", "item"]
    assert decision.relied_on.first().seal == draft.version.seal
    fresh = Decision.objects.get(pk=decision.pk)
    assert fresh.seal == decision.seal == decision_seal(fresh, fresh.relied_on.all())
    event = Event.objects.order_by("number").last()
    assert (event.verb, event.facts["reference"]) == ("decided", "CPCC 2014-001")


def test_what_was_decided_cannot_be_rewritten(deciding: Deciding) -> None:
    decision = deciding.decide(deciding.draft())

    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(resolved="Something else")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reliance.objects.create(decision=decision, target="item", target_id=1, label="Late", seal="0" * 64)
    with pytest.raises(ValidationError, match="decided already"):
        deciding.decide(decision)


def test_what_fails_takes_no_number(deciding: Deciding) -> None:
    deciding.decide(deciding.outside("First"))
    with pytest.raises(ValidationError):
        deciding.decide(deciding.outside("Second"), reasons="")
    third = deciding.decide(deciding.outside("Third"))

    assert third.reference == "CPCC 2014-002"
    assert Counter.objects.get().last == 2


def test_numbers_begin_again_each_year(deciding: Deciding, cast: Any) -> None:
    deciding.decide(deciding.outside())
    earlier = deciding.decide(deciding.outside(), decided_on=date(2013, 12, 30))

    assert earlier.reference == "CPCC 2013-001"


@pytest.mark.parametrize("field", ["resolved", "reasons", "powers", "interests"])
def test_each_part_of_the_record_is_asked_for(deciding: Deciding, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        deciding.decide(deciding.draft(), **{field: " "})

    assert list(refusal.value.message_dict) == [field]


def test_who_decides_held_the_office_on_that_day(deciding: Deciding, cast: Any) -> None:
    draft = deciding.outside()
    refusals = (
        {
            "decider": cast.office(Role.GOVERNANCE_OFFICER),
            "decided_by": cast.governance_officer,
            "by": cast.chief_executive,
        },
        {"decided_by": cast.deputy},
        {"decided_on": date(2012, 1, 2)},
        {"decided_on": date(2014, 10, 4)},
        {"decider": cast.other_body.offices.get(role=Role.COMMISSIONER)},
        {"decider": None, "decided_by": None},
    )
    for given in refusals:
        with pytest.raises(ValidationError):
            deciding.decide(draft, **given)
    decided = deciding.decide(
        draft, decider=cast.office(Role.CHIEF_FINANCE_OFFICER), decided_by=cast.chief_finance_officer
    )
    assert decided.decided_by == "Joshua Stukeley, Chief Finance Officer"


def test_a_decision_of_a_meeting_is_not_before_it(deciding: Deciding) -> None:
    with pytest.raises(ValidationError, match="when the board met"):
        deciding.decide(deciding.draft(), decided_on=date(2014, 10, 1))


def test_an_urgent_decision_says_why_it_could_not_wait(deciding: Deciding) -> None:
    draft = deciding.outside(kind=DecisionKind.URGENT)
    with pytest.raises(ValidationError, match="could not wait"):
        deciding.decide(draft)

    assert deciding.decide(draft, urgent_reason="The offer ended that night.").serial == 1


def test_who_may_draft_and_record(deciding: Deciding, cast: Any) -> None:
    draft = deciding.draft()
    for who in (cast.analyst, cast.resident, cast.stranger, cast.panel_clerk, cast.deputy):
        with pytest.raises(NotAllowed):
            deciding.decide(draft, by=who)
    with pytest.raises(NotAllowed):
        draft_decision(
            register=draft.register, kind=DecisionKind.DELEGATED, title="Mine", by=cast.analyst, at=AFTER
        )
    assert deciding.decide(draft, by=cast.commissioner).recorded_by == "Frances Merrow"


def test_two_who_write_one_draft_are_told_apart(deciding: Deciding, cast: Any) -> None:
    draft = deciding.draft()
    seen = draft_seal(draft)
    whose = {"decision": draft, "decider": None, "decided_on": None, "seen": seen, "at": AFTER}
    write_draft(wording=Wording("Mine", outcome="agreed"), by=cast.governance_officer, **whose)

    with pytest.raises(ValidationError, match="Somebody else"):
        write_draft(wording=Wording("Theirs", outcome="agreed"), by=cast.chief_executive, **whose)
    assert Decision.objects.get(pk=draft.pk).title == "Mine"


def test_deferred_and_withdrawn_stay_in_the_register_under_their_numbers(
    deciding: Deciding, cast: Any
) -> None:
    deferred = deciding.decide(deciding.draft(), outcome="deferred")
    taken = deciding.decide(deciding.outside())
    withdraw_decision(decision=taken, why="The grant was declined.", by=cast.governance_officer, at=AFTER)
    taken.refresh_from_db()

    assert (deferred.stage, deferred.serial) == (DecisionStage.DEFERRED, 1)
    assert (taken.stage, taken.serial) == (DecisionStage.WITHDRAWN, 2)
    assert taken.seal == decision_seal(taken, taken.relied_on.all())
    assert taken.corrections.get().why == "The grant was declined."
    again = deciding.draft(deferred.version.paper)
    assert again.serial is None, "what was deferred can come again"


def test_a_draft_that_came_to_nothing_never_had_a_number(deciding: Deciding, cast: Any) -> None:
    draft = deciding.outside()
    drop_draft(decision=draft, why="Asked for twice.", by=cast.governance_officer, at=AFTER)

    draft.refresh_from_db()
    assert (draft.stage, draft.serial) == (DecisionStage.WITHDRAWN, None)
    assert deciding.decide(deciding.outside()).serial == 1


def test_a_cancelled_meeting_decides_nothing(deciding: Deciding, boards: Any) -> None:
    meeting = boards.meeting(NOVEMBER, stage=MeetingStage.CANCELLED)
    draft = draft_decision(
        register=boards.register,
        kind=DecisionKind.MEETING,
        title="Late",
        meeting=meeting,
        by=deciding.cast.governance_officer,
        at=AFTER,
    )
    with pytest.raises(ValidationError, match="cancelled"):
        deciding.decide(draft, decided_on=OCTOBER, **SAID)


def test_a_thing_that_is_not_there_cannot_be_relied_on(deciding: Deciding) -> None:
    with pytest.raises(ValidationError, match="no longer there"):
        deciding.decide(deciding.outside(), relied_on=[("paper", 10_000)])
    undecided = deciding.outside("Undecided")
    with pytest.raises(ValidationError, match="not fixed"):
        deciding.decide(deciding.outside(), relied_on=[("decision", undecided.pk)])
    assert connection.in_atomic_block
    assert not Reliance.objects.exists()
