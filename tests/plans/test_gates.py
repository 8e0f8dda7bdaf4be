"""Gates are passed on evidence, in order, by whom the law names; issue seals for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.stages import GATES, Move, Stage, State
from goldthread.core.text import Kind, numbers
from goldthread.people.actions import NotAllowed, end_holding
from goldthread.people.models import User
from goldthread.plans.actions.editions import create_document, set_presentation, start_edition
from goldthread.plans.actions.gates import (
    adopt,
    answer_change_request,
    decide,
    issue,
    pass_gate,
    request_changes,
    submit,
)
from goldthread.plans.actions.sections import add_section
from goldthread.plans.models import Bundle, DocumentKind, Edition
from goldthread.plans.queries import edition_in_force, standings_of
from goldthread.plans.texts import text_of
from tests.plans.telling import BUNDLE, PLAN, Story

BEFORE_ISSUE = [gate.move for gate in GATES[:-1]]


def test_an_edition_comes_into_force_gate_by_gate(story: Story) -> None:
    stages = []
    for gate in GATES:
        story.passes(story.draft, gate.move)
        stages.append(story.draft.stage)
    assert stages == [gate.stage for gate in GATES]
    edition = Edition.objects.get(pk=story.draft.pk)
    assert edition.is_sealed
    assert edition.seal == story.seen(edition)
    assert edition.printed == numbers(text_of(edition))
    assert (edition.issued_on, edition.sealed_by) == (date(2014, 3, 4), "Frances Merrow")
    assert edition_in_force(story.plan, on=date(2014, 3, 4)) == edition
    assert edition_in_force(story.plan, on=date(2014, 3, 3)) is None
    assert [e.verb for e in Event.objects.filter(thing_id=str(edition.pk), verb="issued")] == ["issued"]


@pytest.mark.parametrize("move", [gate.move for gate in GATES[1:]])
def test_no_gate_is_passed_before_the_one_before_it(story: Story, move: Move) -> None:
    with pytest.raises(ValidationError, match="Something must come first: the chief constable"):
        story.passes(story.draft, move)
    assert not story.draft.evidence.exists()
    assert not Bundle.objects.exists()


def test_a_gate_is_not_passed_twice_on_the_same_text(story: Story) -> None:
    story.passes(story.draft, Move.CONSULT_CHIEF)
    with pytest.raises(ValidationError, match="This has been done"):
        story.passes(story.draft, Move.CONSULT_CHIEF)


@pytest.mark.parametrize("move", [Move.APPROVE, Move.SUBMIT, Move.ISSUE])
def test_gates_with_a_deed_of_their_own_are_passed_only_by_it(story: Story, move: Move) -> None:
    """A decision names who decided, a submission has a bundle, issue seals: none goes in by the side door."""
    story.reaches(story.draft, BEFORE_ISSUE[[g.move for g in GATES].index(move) - 1])
    with pytest.raises((ValidationError, NotAllowed)):
        pass_gate(
            edition=story.draft,
            move=move,
            given=story.given(),
            seen=story.seen(story.draft),
            by=story.cast.governance_officer,
            at=story.now(),
        )


@pytest.mark.parametrize(
    ("but", "where"),
    [
        ({"on": date(2014, 3, 5)}, "on"),
        ({"words": " "}, "words"),
        ({"who": ""}, "who"),
        ({"body_name": "\n"}, "body_name"),
    ],
)
def test_evidence_is_whole_or_refused_where_it_is_wanting(story: Story, but: dict, where: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        story.passes(story.draft, Move.CONSULT_CHIEF, **but)
    assert set(refusal.value.error_dict) == {where}


def test_every_fault_of_the_evidence_is_said_at_once(story: Story) -> None:
    with pytest.raises(ValidationError) as refusal:
        story.passes(story.draft, Move.CONSULT_CHIEF, on=date(2015, 1, 1), words="", who="", body_name="")
    assert set(refusal.value.error_dict) == {"on", "words", "who", "body_name"}


def test_the_day_is_the_day_in_london(story: Story) -> None:
    """At 23:30 in UTC on 1 June it is 2 June in London: that day is not in the future."""
    story.at = datetime(2014, 6, 1, 23, 30, tzinfo=UTC)
    story.passes(story.draft, Move.CONSULT_CHIEF, on=date(2014, 6, 2))
    assert story.draft.stage == Stage.CHIEF_CONSULTED


def test_a_step_cannot_be_before_the_step_before_it(story: Story) -> None:
    story.reaches(story.draft, Move.OBTAIN_VIEWS)
    with pytest.raises(ValidationError, match="cannot be before 4 March 2014") as refusal:
        story.passes(story.draft, Move.APPROVE, on=date(2014, 3, 3))
    assert set(refusal.value.error_dict) == {"on"}


def test_consultations_may_overlap(story: Story) -> None:
    story.passes(story.draft, Move.CONSULT_CHIEF)
    story.passes(story.draft, Move.OBTAIN_VIEWS, on=date(2013, 12, 1))
    assert story.draft.stage == Stage.VIEWS_OBTAINED


def test_a_text_that_moved_on_while_the_page_was_open_is_refused(story: Story) -> None:
    seen = story.seen(story.draft)
    story.writes("value", "Two stations are shared.")
    with pytest.raises(ValidationError, match="has changed since you opened this page"):
        pass_gate(
            edition=story.draft,
            move=Move.CONSULT_CHIEF,
            given=story.given(),
            seen=seen,
            by=story.cast.governance_officer,
            at=story.now(),
        )


def test_what_the_edition_shows_is_read_afresh_and_not_from_memory(story: Story) -> None:
    """Somebody hid the actions after this edition was read: the seal that was seen is no longer its own."""
    held, seen = Edition.objects.get(pk=story.draft.pk), story.seen(story.draft)
    _show(story, hidden=[Kind.ACTION])
    with pytest.raises(ValidationError, match="has changed since you opened this page"):
        pass_gate(
            edition=held,
            move=Move.CONSULT_CHIEF,
            given=story.given(),
            seen=seen,
            by=story.cast.governance_officer,
            at=story.now(),
        )


def test_a_change_that_was_asked_for_must_be_answered_first(story: Story) -> None:
    asked = request_changes(
        edition=story.draft,
        words="Say by when.",
        key="value",
        by=story.cast.monitoring_officer,
        at=story.now(),
    )
    with pytest.raises(ValidationError, match="have not been answered yet"):
        story.passes(story.draft, Move.CONSULT_CHIEF)
    answered = {"asked": asked, "by": story.cast.governance_officer, "at": story.now()}
    with pytest.raises(ValidationError, match="Say what was changed"):
        answer_change_request(answer="  ", **answered)
    answer_change_request(answer="By March 2015.", **answered)
    with pytest.raises(ValidationError, match="answered already"):
        answer_change_request(answer="Again.", **answered)
    story.passes(story.draft, Move.CONSULT_CHIEF)


def test_an_empty_request_is_refused(story: Story) -> None:
    with pytest.raises(ValidationError, match="Say what should change"):
        request_changes(edition=story.draft, words=" ", key="", by=story.cast.deputy, at=story.now())


def test_only_the_office_holder_of_that_day_decides(story: Story) -> None:
    story.reaches(story.draft, Move.OBTAIN_VIEWS)
    with pytest.raises(NotAllowed, match="may not determine the objectives"):
        _decides(story, story.cast.deputy, by=story.cast.governance_officer)
    with pytest.raises(NotAllowed, match="may not record a decision"):
        _decides(story, story.cast.commissioner, by=story.cast.analyst)
    assert story.draft.stage == Stage.VIEWS_OBTAINED
    _decides(story, story.cast.commissioner, by=story.cast.commissioner)
    assert story.draft.stage == Stage.BOARD_APPROVED


def test_the_decision_names_who_decided(story: Story) -> None:
    story.reaches(story.draft, Move.OBTAIN_VIEWS)
    with pytest.raises(ValidationError, match="Name Frances Merrow"):
        _decides(story, story.cast.commissioner, by=story.cast.governance_officer, who="The board")


def test_who_has_left_the_office_decides_nothing_more(story: Story) -> None:
    commissioner = story.cast.commissioner
    story.reaches(story.draft, Move.OBTAIN_VIEWS, on=date(2014, 2, 1))
    end_holding(holding=commissioner.holdings.get(), ends=date(2014, 2, 28), by=None, at=story.now())
    commissioner = User.objects.get(pk=commissioner.pk)
    with pytest.raises(NotAllowed):
        _decides(story, commissioner, by=story.cast.governance_officer)
    with pytest.raises(NotAllowed):
        _decides(story, commissioner, by=commissioner, on=date(2014, 2, 3))
    _decides(story, commissioner, by=story.cast.governance_officer, on=date(2014, 2, 3))
    assert story.draft.stage == Stage.BOARD_APPROVED


def _decides(story: Story, whose: User, *, by: User, **but: object) -> None:
    decide(
        edition=story.draft,
        given=story.given(**{"who": whose.name} | but),
        decided_by=whose,
        seen=story.seen(story.draft),
        by=by,
        at=story.now(),
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMISSIONER])
@pytest.mark.parametrize("move", [Move.RESPOND, Move.ISSUE])
def test_nobody_else_may_respond_or_issue(story: Story, move: Move, role: Role) -> None:
    story.reaches(story.draft, BEFORE_ISSUE[[g.move for g in GATES].index(move) - 1])
    with pytest.raises(NotAllowed, match="kept for the commissioner by law"):
        story.passes(story.draft, move, by=story.cast.holder(role))


def test_what_the_law_reserves_is_not_done_for_a_day_out_of_office(story: Story) -> None:
    story.reaches(story.draft, Move.RESPOND, on=date(2012, 11, 22))
    with pytest.raises(NotAllowed):
        story.passes(story.draft, Move.ISSUE, on=date(2012, 11, 21))


def test_the_panel_is_sent_something(story: Story) -> None:
    story.reaches(story.draft, Move.APPROVE)
    whose = {"edition": story.draft, "given": story.given(), "seen": story.seen(story.draft)}
    with pytest.raises(ValidationError, match="nothing in the bundle"):
        submit(files=(), by=story.cast.governance_officer, at=story.now(), **whose)
    bundle = submit(files=BUNDLE, by=story.cast.governance_officer, at=story.now(), **whose)
    assert bundle.evidence.gate == Move.SUBMIT
    assert bundle.evidence.seal == story.seen(story.draft)
    assert bundle.files == list(BUNDLE)


def test_a_change_reopens_gates_and_putting_it_back_restores_them(story: Story) -> None:
    story.reaches(story.draft, Move.APPROVE)
    before = story.says("value")
    story.writes("value", "Two stations are shared.")
    assert story.draft.stage == Stage.DRAFTING
    event = Event.objects.filter(verb="reopened gates").first()
    assert event.facts["reopened"] == {"consult_chief": ["value"], "approve": ["value"]}
    assert (event.facts["before"], event.facts["after"]) == ("board_approved", "drafting")
    story.writes("value", before)
    assert story.draft.stage == Stage.BOARD_APPROVED


def test_what_changes_after_the_report_goes_back_to_the_chief_constable_not_to_the_panel(
    story: Story,
) -> None:
    story.reaches(story.draft, Move.RESPOND)
    story.writes("value", "Two stations are shared.")
    met = [each.gate.move for each in standings_of(story.draft) if each.state is State.MET]
    assert met == [Move.OBTAIN_VIEWS, Move.SUBMIT, Move.REPORT]
    with pytest.raises(ValidationError, match="Something must come first"):
        story.passes(story.draft, Move.ISSUE)
    for move in (Move.CONSULT_CHIEF, Move.APPROVE, Move.RESPOND, Move.ISSUE):
        story.passes(story.draft, move)
    assert story.draft.is_sealed
    sent, issued = (story.evidence(story.draft, move) for move in (Move.REPORT, Move.ISSUE))
    assert sent.seal != issued.seal == story.draft.seal


def test_the_report_is_pinned_to_what_the_panel_was_sent(story: Story) -> None:
    story.reaches(story.draft, Move.REPORT)
    sent, report = (story.evidence(story.draft, move) for move in (Move.SUBMIT, Move.REPORT))
    assert (report.seal, report.tree) == (sent.seal, sent.tree)


def _show(story: Story, **but: object) -> None:
    shown = {"hidden": [], "title": PLAN.title, "note": ""} | but
    set_presentation(edition=story.draft, by=story.cast.governance_officer, at=story.now(), **shown)


def test_what_an_edition_shows_is_part_of_what_was_approved(story: Story) -> None:
    story.reaches(story.draft, Move.APPROVE)
    _show(story, note="Only a note.")
    assert story.draft.stage == Stage.BOARD_APPROVED
    _show(story, hidden=[Kind.ACTION, Kind.OUTCOME])
    assert story.draft.stage == Stage.DRAFTING
    assert story.draft.hidden_kinds == {Kind.ACTION, Kind.OUTCOME}
    assert "action-1" in numbers(text_of(story.draft))
    _show(story, hidden=[])
    assert story.draft.stage == Stage.BOARD_APPROVED
    _show(story, title="Another title")
    assert story.draft.stage == Stage.DRAFTING


def test_only_some_kinds_can_be_hidden(story: Story) -> None:
    with pytest.raises(ValidationError, match="cannot be hidden: paragraph"):
        _show(story, hidden=[Kind.PARAGRAPH])
    with pytest.raises(ValidationError, match="Give the edition a title"):
        _show(story, title=" ")


def test_a_new_edition_supersedes_the_one_before_it(story: Story) -> None:
    first = story.issued(on=date(2014, 1, 6))
    second = story.begin("Second", parent=first)
    story.writes("value", "Two stations are shared.", edition=second)
    story.issued(second)
    first.refresh_from_db()
    assert (first.stage, second.stage) == (Stage.SUPERSEDED, Stage.ISSUED)
    assert edition_in_force(story.plan, on=date(2014, 3, 3)) == first
    assert edition_in_force(story.plan, on=date(2014, 3, 4)) == second


def test_an_edition_cannot_come_into_force_before_one_that_is_in_force(story: Story) -> None:
    early, late = story.draft, story.begin("Late", text=PLAN)
    story.issued(late, on=date(2014, 3, 1))
    with pytest.raises(ValidationError, match="“Late” came into force after that"):
        story.issued(early, on=date(2014, 2, 1))
    early.refresh_from_db()
    assert early.stage == Stage.RESPONDED


def test_of_two_on_one_day_the_one_begun_later_is_in_force(story: Story) -> None:
    early, late = story.draft, story.begin("Late", text=PLAN)
    story.issued(late)
    with pytest.raises(ValidationError, match="came into force after that"):
        story.issued(early)
    last = story.issued(story.begin("Last", text=PLAN))
    assert edition_in_force(story.plan, on=date(2014, 3, 4)) == last


def test_nothing_is_done_to_an_issued_edition(story: Story) -> None:
    story.issued()
    with pytest.raises(ValidationError, match="was issued and cannot be changed"):
        story.writes("value", "Other words.")
    with pytest.raises(ValidationError, match="cannot be changed"):
        add_section(
            edition=story.draft, title="More", after="", depth=0, by=story.cast.deputy, at=story.now()
        )
    with pytest.raises(ValidationError, match="cannot be changed"):
        story.passes(story.draft, Move.CONSULT_CHIEF)
    with pytest.raises(ValidationError, match="cannot be changed"):
        request_changes(edition=story.draft, words="No.", key="", by=story.cast.deputy, at=story.now())
    with pytest.raises(ValidationError, match="cannot be changed"):
        _show(story)


def test_an_edition_held_in_memory_cannot_be_issued_twice(story: Story) -> None:
    story.reaches(story.draft, Move.RESPOND)
    held = Edition.objects.get(pk=story.draft.pk)
    story.passes(story.draft, Move.ISSUE)
    with pytest.raises(ValidationError, match="cannot be changed"):
        issue(edition=held, given=story.given(), seen=held.seal, by=story.cast.commissioner, at=story.now())


def test_a_plan_is_never_adopted_and_a_strategy_goes_through_no_stages(story: Story) -> None:
    keeper = story.cast.governance_officer
    with pytest.raises(ValidationError, match="issued through its stages"):
        adopt(edition=story.draft, on=story.at.date(), by=keeper, at=story.now())
    strategy = story.strategy_of(replace(PLAN, title="Estate strategy"), adopted=False).editions.get()
    with pytest.raises(ValidationError, match="Only a plan goes through these stages"):
        story.passes(strategy, Move.CONSULT_CHIEF)
    tomorrow = story.at.date() + timedelta(days=1)
    with pytest.raises(ValidationError, match="in the future"):
        adopt(edition=strategy, on=tomorrow, by=keeper, at=story.now())
    adopt(edition=strategy, on=story.at.date(), by=keeper, at=story.now())
    assert strategy.is_sealed
    with pytest.raises(ValidationError, match="cannot be changed"):
        adopt(edition=strategy, on=story.at.date(), by=keeper, at=story.now())


def test_a_paper_is_adopted_by_who_may_bring_in_files(story: Story) -> None:
    keeper = story.cast.analyst
    whose = {"body": story.cast.body, "kind": DocumentKind.PAPER, "title": "A paper", "made_by": "Board"}
    paper = create_document(by=keeper, at=story.now(), **whose)
    edition = start_edition(document=paper, label="As sent", text=PLAN, by=keeper, at=story.now())
    with pytest.raises(NotAllowed):
        adopt(edition=edition, on=story.at.date(), by=story.cast.staff_officer, at=story.now())
    adopt(edition=edition, on=story.at.date(), by=keeper, at=story.now())
    assert edition.is_sealed
