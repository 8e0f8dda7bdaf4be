"""A priority for action from its first draft to its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.priorities import (
    WrittenMeanwhile,
    approve,
    carry_forward,
    close,
    draft_priority,
    drop,
    propose,
    return_to_draft,
    write_priority,
)
from goldthread.delivery.models import Lead, Priority, Report, ReportKind, ReportSource
from goldthread.people.actions import NotAllowed
from tests.delivery.story import APPROVED, COMMUNITIES, CONTACT, DRAFTED, PROPOSED, VICTIMS, YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: most tell the story as far as a decision of the board."""


def rewritten(priority: Priority, by: Any, at: Any, base: str = "", **more: Any) -> Any:
    """The priority with other words, written by somebody who had opened its words of ``base``."""
    now = priority.version
    given = {
        "title": now.title,
        "words": now.words,
        "lead": now.lead,
        "lead_office": now.lead_office,
        "support": tuple(map(tuple, now.support)),
        "success": now.success,
        **more,
    }
    return write_priority(priority=priority, base=base or now.seal, by=by, at=at, **given)


def test_a_draft_is_numbered_after_its_theme(delivering: Any) -> None:
    numbers = [delivering.a_draft(title).number for title in ("One", "Two")]
    communities = delivering.a_draft("Three", theme=COMMUNITIES)
    assert [*numbers, communities.number] == ["V1", "V2", "C1"]
    assert communities.slug == "2014-15-c1"


def test_two_themes_with_one_first_letter_get_letters_of_their_own(delivering: Any) -> None:
    delivering.a_draft("One", number="C7")
    assert delivering.a_draft("Two", theme=COMMUNITIES).number == "CO1"
    assert delivering.a_draft("Three").number == "V1"


def test_a_number_stands_for_one_priority_in_a_year(delivering: Any) -> None:
    delivering.a_draft("One")
    with pytest.raises(ValidationError, match="V1 stands for another priority of 2014-15"):
        delivering.a_draft("Two", number="v1")


def test_a_dropped_number_is_not_given_again(delivering: Any, cast: Any, at: Any) -> None:
    drop(priority=delivering.a_draft("One"), reason="Said twice.", by=cast.governance_officer, at=at)
    assert delivering.a_draft("Two").number == "V2"


def test_an_address_says_nothing_of_a_draft(delivering: Any) -> None:
    assert "waiting" not in delivering.a_draft("Waiting for court").slug


def test_what_is_wrong_with_a_draft_is_said_all_at_once(delivering: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        delivering.a_draft(" ", lead="somebody", support=(("Probation", " "),))
    assert set(refused.value.message_dict) == {"title", "lead", "support"}


def test_a_theme_is_a_top_section_of_the_plan(delivering: Any) -> None:
    with pytest.raises(ValidationError, match="Choose a theme"):
        delivering.a_draft(theme=CONTACT)


def test_an_office_of_another_body_leads_nothing_here(delivering: Any, cast: Any) -> None:
    with pytest.raises(ValidationError, match="Choose an office of Fenshire"):
        delivering.a_draft(lead_office=cast.other_body.offices.first())


@pytest.mark.parametrize("role", [Role.CHIEF_CONSTABLE, Role.PARTNER_LEAD, Role.PANEL_CLERK])
def test_only_the_office_drafts(delivering: Any, cast: Any, role: Role) -> None:
    with pytest.raises(NotAllowed, match="may not write priorities for action"):
        draft_priority(
            plan=delivering.plan,
            theme_key=VICTIMS,
            year=YEAR,
            title="Ours",
            words="",
            lead=Lead.OFFICE,
            by=cast.holder(role),
            at=DRAFTED,
        )


def test_saving_without_a_change_changes_nothing(delivering: Any, cast: Any, at: Any) -> None:
    draft = delivering.draft
    assert rewritten(draft, cast.analyst, at, title=" Waiting for court ") == draft.version
    assert draft.versions.count() == 1


def test_the_second_of_two_is_told_and_overwrites_nothing(delivering: Any, cast: Any, at: Any) -> None:
    draft, opened = delivering.draft, delivering.draft.version.seal
    rewritten(draft, cast.analyst, at, title="Waiting less")
    with pytest.raises(WrittenMeanwhile, match="Miriam Waring changed this priority") as refused:
        rewritten(draft, cast.governance_officer, at, base=opened, title="Court dates")
    assert refused.value.theirs.title == "Waiting less"
    assert Priority.objects.get(pk=draft.pk).title == "Waiting less"


def test_what_is_before_the_board_stands_still_until_it_is_returned(
    delivering: Any, cast: Any, at: Any
) -> None:
    draft, by = delivering.draft, cast.governance_officer
    delivering.proposed(draft)
    with pytest.raises(ValidationError, match="before the board, so its words stand still"):
        rewritten(draft, by, at, title="Other words")
    with pytest.raises(ValidationError, match="Say why it goes back"):
        return_to_draft(priority=draft, reason=" ", by=by, at=at)
    return_to_draft(priority=draft, reason="The courts are to be asked first.", by=by, at=at)
    assert rewritten(draft, by, at, title="Other words").number == 2


def test_one_decision_approves_several_in_exactly_their_words(delivering: Any) -> None:
    first, second = delivering.a_draft("One"), delivering.a_draft("Two", theme=COMMUNITIES)
    delivering.approved(first, second)
    for priority in Priority.objects.all():
        approval = priority.approvals.get()
        assert priority.stage == PriorityStage.LIVE
        assert (priority.decision, priority.approved_version) == (delivering.decision, priority.version)
        assert approval.decision_seal == delivering.decision.seal
        assert (priority.approved_on, priority.approved_by) == (date(2014, 10, 2), approval.by)
        assert not priority.changed_since_approval


def test_all_are_approved_or_none(delivering: Any, cast: Any) -> None:
    proposed, draft = delivering.a_draft("One"), delivering.a_draft("Two")
    delivering.proposed(proposed)
    given = {"decision": delivering.decision, "by": cast.governance_officer, "at": APPROVED}
    with pytest.raises(ValidationError, match="V2: What is draft cannot approve"):
        approve(priorities=(proposed, draft), **given)
    assert Priority.objects.get(pk=proposed.pk).stage == PriorityStage.PROPOSED


def test_a_decision_must_rest_on_the_paper_that_asked_for_it(delivering: Any, cast: Any) -> None:
    draft = delivering.a_draft()
    delivering.proposed(draft)
    loose = delivering.deciding.decide(delivering.deciding.draft(delivering.paper))
    with pytest.raises(ValidationError, match="does not say that it relied on the paper"):
        approve(priorities=(draft,), decision=loose, by=cast.governance_officer, at=APPROVED)


def test_a_decision_that_was_only_drafted_approves_nothing(delivering: Any, cast: Any) -> None:
    draft = delivering.a_draft()
    delivering.proposed(draft)
    waiting = delivering.deciding.outside()
    with pytest.raises(ValidationError, match="Only a decision that was taken"):
        approve(priorities=(draft,), decision=waiting, by=cast.governance_officer, at=APPROVED)


def test_a_decision_that_said_no_approves_nothing(delivering: Any, cast: Any) -> None:
    draft = delivering.a_draft()
    delivering.proposed(draft)
    refused = delivering.deciding.decide(
        delivering.deciding.draft(delivering.paper),
        outcome="not_agreed",
        relied_on=[("paper", delivering.paper.pk)],
    )
    with pytest.raises(ValidationError, match="did not agree"):
        approve(priorities=(draft,), decision=refused, by=cast.governance_officer, at=APPROVED)


def test_a_decision_approves_no_words_that_were_written_after_it(delivering: Any, cast: Any) -> None:
    late = delivering.a_draft(at=APPROVED)
    propose(priorities=(late,), by=cast.governance_officer, at=APPROVED)
    with pytest.raises(ValidationError, match="after the decision of 2 October 2014"):
        approve(priorities=(late,), decision=delivering.decision, by=cast.governance_officer, at=APPROVED)


def test_the_analyst_proposes_but_does_not_record_what_the_board_approved(delivering: Any, cast: Any) -> None:
    draft = delivering.a_draft()
    propose(priorities=(draft,), by=cast.analyst, at=PROPOSED)
    with pytest.raises(NotAllowed, match="may not record a decision"):
        approve(priorities=(draft,), decision=delivering.decision, by=cast.analyst, at=APPROVED)


def test_a_change_after_approval_is_kept_beside_what_the_board_approved(
    delivering: Any, cast: Any, at: Any
) -> None:
    live = delivering.live
    with pytest.raises(ValidationError, match="Say why they change"):
        rewritten(live, cast.analyst, at, words="Within five days.")
    rewritten(live, cast.analyst, at, words="Within five days.", why="Two days was out of reach.")
    live = Priority.objects.get(pk=live.pk)
    assert live.changed_since_approval
    assert live.approved_version.words == "A named person calls within two working days."
    assert live.version.words == "Within five days."


def test_the_board_may_approve_a_change_by_a_later_decision(delivering: Any, cast: Any, at: Any) -> None:
    live, by = delivering.live, cast.governance_officer
    later = delivering.deciding.decide(delivering.deciding.outside(), decided_on=at.date(), at=at)
    with pytest.raises(ValidationError, match="nothing to approve"):
        approve(priorities=(live,), decision=later, by=by, at=at)
    rewritten(live, by, at, words="Within five days.", why="Two days was out of reach.")
    approve(priorities=(live,), decision=later, by=by, at=at)
    live = Priority.objects.get(pk=live.pk)
    assert not live.changed_since_approval
    assert [each.decision for each in live.approvals.all()] == [delivering.decision, later]


def test_what_was_approved_cannot_be_altered_even_in_the_database(delivering: Any) -> None:
    live = delivering.live
    kept = (live.versions, live.approvals)
    for rows, said in zip(kept, ({"title": "Other"}, {"by": "Nobody"}), strict=True):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            rows.update(**said)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Priority.objects.filter(pk=live.pk).update(number="V9")


def test_a_priority_is_carried_forward_with_all_that_it_is_tied_to(
    delivering: Any, cast: Any, at: Any
) -> None:
    live = delivering.live
    with pytest.raises(ValidationError, match="later year"):
        carry_forward(priority=live, year=YEAR, reason="Not done.", by=cast.analyst, at=at)
    made = carry_forward(priority=live, year=YEAR + 1, reason="Not done.", by=cast.analyst, at=at)
    live = Priority.objects.get(pk=live.pk)
    assert (live.stage, live.closed_reason, live.carried_to) == (PriorityStage.CARRIED, "Not done.", made)
    assert (made.stage, made.number, made.year, made.title) == (
        PriorityStage.DRAFT,
        "V1",
        2015,
        live.title,
    )
    assert made.approved_version is None


def test_a_carried_one_takes_the_next_number_where_its_own_is_given(
    delivering: Any, cast: Any, at: Any
) -> None:
    other = draft_priority(
        plan=delivering.plan,
        theme_key=VICTIMS,
        year=YEAR + 1,
        title="Another",
        words="",
        lead=Lead.OFFICE,
        by=cast.analyst,
        at=at,
    )
    made = carry_forward(priority=delivering.live, year=YEAR + 1, reason="On.", by=cast.analyst, at=at)
    assert (other.number, made.number) == ("V1", "V2")


def test_it_is_not_closed_over_an_open_action(delivering: Any, cast: Any, at: Any) -> None:
    live, action = delivering.live, delivering.action()
    given = {"reason": "Done.", "on": at.date(), "by": cast.analyst, "at": at}
    with pytest.raises(ValidationError, match=r"V1\.1 is still open"):
        close(priority=live, **given)
    action.state, action.finished = "done", at.date()
    action.save()
    with pytest.raises(ValidationError, match="still to come"):
        close(priority=live, **{**given, "on": at.date() + timedelta(days=1)})
    close(priority=live, **given)
    assert Priority.objects.get(pk=live.pk).stage == PriorityStage.CLOSED


def test_a_live_one_is_closed_and_never_dropped(delivering: Any, cast: Any, at: Any) -> None:
    with pytest.raises(ValidationError, match="V1: What is live cannot drop"):
        drop(priority=delivering.live, reason="Enough.", by=cast.analyst, at=at)


def test_one_that_a_sealed_paper_cites_is_not_dropped_and_the_refusal_says_where(
    delivering: Any, cast: Any, at: Any
) -> None:
    draft = delivering.a_draft()
    report = Report.objects.create(
        body=cast.body,
        kind=ReportKind.THEME,
        plan=delivering.plan,
        theme_key=VICTIMS,
        theme_title="Victims",
        year=YEAR,
        until=at.date(),
        paper=delivering.paper,
        made_at=at,
        made_by="Test",
        assembled_at=at,
    )
    ReportSource.objects.create(
        report=report, position=1, block_key="b", kind="priority", ref_id=draft.pk, label="V1"
    )
    with pytest.raises(ValidationError, match=r"cited in “Theme document: Victims, 2014-15”, item 1\.0 of"):
        drop(priority=draft, reason="Not wanted.", by=cast.analyst, at=at)
    assert Priority.objects.get(pk=draft.pk).stage == PriorityStage.DRAFT
