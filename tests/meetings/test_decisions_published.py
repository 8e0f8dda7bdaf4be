"""Decisions before the public: marked, published, corrected and never silently changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.governance.stages import Move
from goldthread.meetings.actions.approvals import approvable, approve_plan, approved_by
from goldthread.meetings.actions.decisions import correct_decision, mark_decision, publish_decision
from goldthread.meetings.models import Appendix, Correction
from goldthread.meetings.pins import State, standing_of, text_then
from goldthread.meetings.registers import outcome_words, shown, working_days
from goldthread.people.actions import NotAllowed
from goldthread.plans.models import SectionVersion
from goldthread.plans.queries import current_seal
from goldthread.plans.texts import keep_version
from tests.meetings.deciding import AFTER, Deciding
from tests.meetings.story import OCTOBER, SENTINEL
from tests.plans.story import FIRST as PLAN_TEXT
from tests.plans.story import SAFETY, a_draft, a_plan, take, with_calls

pytestmark = pytest.mark.django_db


def test_nothing_is_published_that_nobody_marked(deciding: Deciding, cast: Any) -> None:
    decision = deciding.decide(deciding.outside())
    with pytest.raises(ValidationError, match="Mark it open or exempt"):
        publish_decision(decision=decision, by=cast.governance_officer, at=AFTER)
    with pytest.raises(ValidationError, match="not been decided"):
        publish_decision(decision=deciding.outside(), by=cast.governance_officer, at=AFTER)


def test_an_exempt_decision_needs_a_ground_a_sentence_and_a_review(deciding: Deciding, cast: Any) -> None:
    decision = deciding.decide(deciding.outside())
    with pytest.raises(ValidationError) as refusal:
        mark_decision(decision=decision, marking="exempt", by=cast.governance_officer, at=AFTER)
    assert set(refusal.value.message_dict) == {"reason_code", "public_title", "public_words", "review_on"}
    with pytest.raises(NotAllowed):
        mark_decision(decision=decision, marking="open", by=cast.commissioner, at=AFTER)


def test_the_public_is_told_of_an_exempt_decision_only_what_was_written_for_it(deciding: Deciding) -> None:
    decision = deciding.exempt()
    seen = shown(decision, audience=Audience.PUBLIC, corrections=decision.corrections.all())

    assert SENTINEL not in repr(seen)
    assert (seen.title, seen.words) == ("Estate matter", "A decision about a building.")
    assert seen.reason is not None
    assert seen.reason.code == "12A-3"
    assert not any((seen.outcome, seen.resolved, seen.reasons, seen.decided_by, seen.options, seen.seal))
    assert SENTINEL in shown(decision, audience=Audience.FULL).resolved


def test_a_correction_stands_beside_the_words_that_were_sealed(deciding: Deciding, cast: Any) -> None:
    decision = deciding.published(deciding.decide(deciding.draft()))
    given = {"decision": decision, "field": "reasons", "by": cast.governance_officer, "at": AFTER}
    correct_decision(now="After the consultation of July 2014.", why="The month was left out.", **given)
    correct_decision(now="After that of August 2014.", why="It was August.", **given)

    decision.refresh_from_db()
    seen = shown(decision, audience=Audience.PUBLIC, corrections=decision.corrections.all())
    assert decision.reasons == "The plan was revised after the consultation."
    assert seen.reasons == "After that of August 2014."
    assert [(row.was, row.now) for row in seen.corrections] == [
        (decision.reasons, "After the consultation of July 2014."),
        ("After the consultation of July 2014.", "After that of August 2014."),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(why="No reason")


@pytest.mark.parametrize(
    "given",
    [
        {"field": "seal", "now": "x", "why": "y"},
        {"field": "reasons", "now": " ", "why": "y"},
        {"field": "reasons", "now": "x", "why": ""},
        {"field": "reasons", "now": "The plan was revised after the consultation.", "why": "y"},
    ],
)
def test_a_correction_is_of_words_and_says_why(deciding: Deciding, cast: Any, given: Any) -> None:
    decision = deciding.decide(deciding.draft())
    with pytest.raises(ValidationError):
        correct_decision(decision=decision, by=cast.governance_officer, at=AFTER, **given)


def test_what_the_public_was_told_of_an_exempt_decision_changes_with_a_reason(
    deciding: Deciding, cast: Any
) -> None:
    decision = deciding.exempt()
    given = {
        "decision": decision,
        "marking": Marking.EXEMPT,
        "reason_code": "12A-3",
        "public_title": "Estate matter",
        "public_words": "The sale of a building.",
        "review_on": date(2016, 1, 1),
        "by": cast.governance_officer,
        "at": AFTER,
    }
    with pytest.raises(ValidationError, match="Say why"):
        mark_decision(**given)
    mark_decision(why="More can be said now.", **given)

    decision.refresh_from_db()
    (row,) = shown(decision, audience=Audience.PUBLIC, corrections=decision.corrections.all()).corrections
    assert (row.was, row.now) == ("A decision about a building.", "The sale of a building.")


def test_a_correction_made_while_open_is_not_told_once_it_is_exempt(deciding: Deciding, cast: Any) -> None:
    decision = deciding.decide(deciding.draft())
    deciding.published(decision)
    correct_decision(
        decision=decision,
        field="reasons",
        now=f"{SENTINEL} reasons",
        why=SENTINEL,
        by=cast.governance_officer,
        at=AFTER,
    )
    mark_decision(
        decision=decision,
        marking=Marking.EXEMPT,
        reason_code="12A-3",
        public_title="Estate matter",
        public_words="Nothing can be said.",
        review_on=date(2016, 1, 1),
        why="A mistake.",
        by=cast.governance_officer,
        at=AFTER,
    )
    decision.refresh_from_db()
    seen = shown(decision, audience=Audience.PUBLIC, corrections=decision.corrections.all())
    assert SENTINEL not in repr(seen)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2014, 10, 2), date(2014, 10, 2), 0),
        (date(2014, 10, 2), date(2014, 10, 3), 1),
        (date(2014, 10, 3), date(2014, 10, 6), 1),
        (date(2014, 12, 24), date(2014, 12, 29), 1),
    ],
)
def test_days_to_publish_are_working_days(first: date, last: date, days: int) -> None:
    assert working_days(first, last) == days


def test_the_register_says_how_long_publishing_took(deciding: Deciding, cast: Any) -> None:
    decision = deciding.decide(deciding.draft(), decided_on=OCTOBER)
    mark_decision(decision=decision, marking=Marking.OPEN, by=cast.governance_officer, at=AFTER)
    late = datetime(2014, 10, 13, 9, tzinfo=UTC)
    publish_decision(decision=decision, by=cast.governance_officer, at=late)
    decision.refresh_from_db()

    seen = shown(decision, audience=Audience.PUBLIC)
    assert (seen.days, seen.standard, seen.late) == (7, 5, True)


@pytest.fixture
def plan(cast: Any) -> Any:
    """A plan's draft of October 2014 whose next step is the office holder's approval."""
    edition = a_draft(cast, a_plan(cast), "October 2014", PLAN_TEXT, date(2014, 9, 1))
    take(cast, edition, Move.CONSULT_CHIEF, date(2014, 9, 10))
    take(cast, edition, Move.OBTAIN_VIEWS, date(2014, 9, 20))
    return edition


def _deciding_on(plan: Any, deciding: Deciding) -> Any:
    paper = deciding.paper()
    seal, _tree = current_seal(plan)
    appendix = Appendix.objects.create(
        paper=paper,
        position=1,
        label="Appendix 1",
        title="The revised plan",
        edition=plan,
        edition_seal=seal,
        marking=Marking.OPEN,
        added_at=AFTER,
        added_by="Test",
    )
    return deciding.draft(paper), appendix


def test_a_decision_that_approves_a_plan_passes_its_gate(plan: Any, deciding: Deciding, cast: Any) -> None:
    draft, appendix = _deciding_on(plan, deciding)
    decision = deciding.decide(draft, relied_on=[("appendix", appendix.pk)])
    (standing,) = standing_of(decision)

    assert (standing.state, approvable(decision, standing)) == (State.AS_DECIDED, True)
    approve_plan(decision=decision, standing=standing, by=cast.governance_officer, at=AFTER)
    plan.refresh_from_db()
    assert plan.evidence.get(gate=Move.APPROVE).reference == "CPCC 2014-001"
    assert approved_by(decision, plan)
    assert not approvable(decision, standing)


def test_only_the_commissioner_decides_on_a_plan(plan: Any, deciding: Deciding, cast: Any) -> None:
    draft, appendix = _deciding_on(plan, deciding)
    deputy = {"decider": cast.body.offices.get(role="deputy"), "decided_by": cast.deputy}
    relied_on = [("appendix", appendix.pk)]

    with pytest.raises(NotAllowed, match="kept for the commissioner"):
        deciding.decide(draft, relied_on=relied_on, **deputy)
    assert deciding.decide(draft, outcome="deferred", relied_on=relied_on, **deputy).serial == 1


def test_a_plan_that_moved_on_is_not_approved_by_an_earlier_decision(
    plan: Any, deciding: Deciding, cast: Any
) -> None:
    draft, appendix = _deciding_on(plan, deciding)
    decision = deciding.decide(draft, relied_on=[("appendix", appendix.pk), ("item", draft.item_id)])
    _change_calls(plan)
    standing, item = standing_of(decision)

    assert (standing.state, item.state) == (State.MOVED_ON, State.AS_DECIDED)
    assert standing.changed == (("Answering calls", "changed"),)
    then = text_then(standing.reliance, plan)
    assert then is not None
    assert then.sections == PLAN_TEXT.sections
    with pytest.raises(ValidationError, match="“Answering calls” \\(changed\\)"):
        approve_plan(decision=decision, standing=standing, by=cast.governance_officer, at=AFTER)
    assert not plan.evidence.filter(gate=Move.APPROVE).exists()


def test_nothing_is_agreed_as_recommended_where_nothing_was_recommended() -> None:
    assert outcome_words("agreed") == "Agreed as recommended"
    assert outcome_words("agreed", recommended=False) == "Agreed"


def _change_calls(plan: Any) -> None:
    """Other words about calls, as if somebody had saved them in the draft."""
    changed = with_calls(PLAN_TEXT, "Every call is answered.").sections[0].children[0]
    placed = plan.placements.get(key=changed.key)
    assert changed.key != SAFETY
    placed.version = keep_version(plan.document, changed, at=AFTER)
    placed.save(update_fields=["version"])
    assert SectionVersion.objects.filter(key=changed.key).count() == 2
