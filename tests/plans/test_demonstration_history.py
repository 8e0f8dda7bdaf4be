"""What the demonstration promises about its people and about what each edition went through."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from goldthread.core.governance.abilities import SINGLE, Role
from goldthread.core.governance.stages import GATES, Move
from goldthread.plans.demonstration.words import body, history, people, plan_editions, plans

HISTORY = [pytest.param(each, id=each.edition) for each in history()]
EDITIONS = {(p.slug, e.slug): e for p in plans() for e in plan_editions(p.slug)}
ORDER = [gate.move for gate in GATES]


def test_every_edition_has_a_history_in_order():
    assert [(h.plan, h.edition) for h in history()] == list(EDITIONS)
    for earlier, later in pairwise(h for h in history() if h.plan == "2013-16"):
        assert later.parent == earlier.edition


@pytest.mark.parametrize("each", HISTORY)
def test_gates_are_passed_in_the_order_of_the_law(each):
    gates = [evidence.gate for evidence in each.evidence]
    assert gates == sorted(gates, key=ORDER.index)
    dates = [evidence.on for evidence in each.evidence]
    assert dates == sorted(dates)
    assert all(e.begins <= e.on for e in each.evidence if e.begins)
    assert all(e.on.weekday() < 5 for e in each.evidence)


@pytest.mark.parametrize("each", HISTORY)
def test_an_issued_edition_passed_every_gate_and_a_draft_did_not(each):
    edition = EDITIONS[each.plan, each.edition]
    passed = {evidence.gate for evidence in each.evidence}
    if edition.issued:
        assert passed == set(ORDER)
        assert each.evidence[-1].on == edition.issued
        assert each.to_come == ()
    else:
        assert passed == {Move.CONSULT_CHIEF, Move.OBTAIN_VIEWS}
        assert [meeting.on for meeting in each.to_come] == [date(2014, 10, 2), date(2014, 11, 5)]


@pytest.mark.parametrize("each", HISTORY)
def test_the_public_and_victims_were_both_asked(each):
    views = [evidence for evidence in each.evidence if evidence.gate is Move.OBTAIN_VIEWS]
    assert [evidence.of for evidence in views] == ["public", "victims"]
    assert all(evidence.method and evidence.responses for evidence in views)


@pytest.mark.parametrize("each", HISTORY)
def test_evidence_was_given_by_somebody_in_office_that_day(each):
    cast = {person.slug: person for person in people()}
    for evidence in each.evidence:
        person = cast[evidence.by]
        assert person.starts <= evidence.on
        assert person.ends is None or evidence.on <= person.ends
        if evidence.gate in {Move.ISSUE, Move.RESPOND}:
            assert person.role is Role.COMMISSIONER


def test_the_later_plan_is_issued_after_the_panel_of_the_paper():
    (later,) = [h for h in history() if h.plan == "2017-20"]
    dates = {evidence.gate: evidence.on for evidence in later.evidence}
    assert dates[Move.REPORT] == date(2017, 2, 1)
    assert dates[Move.ISSUE] == date(2017, 2, 28)


def test_the_cast_fills_one_office_each_at_addresses_that_can_be_nobodys():
    assert len(people()) == 13
    assert {p.role for p in people()} == set(Role) - {Role.PANEL_MEMBER}
    assert set(SINGLE) <= {p.role for p in people()}
    for field in ("slug", "name", "email", "office"):
        assert len({getattr(p, field) for p in people()}) == len(people())
    assert all(p.email.endswith("@cambridgeshire.example") for p in people())
    assert body().starts == next(p.starts for p in people() if p.role is Role.COMMISSIONER)
    assert body().starts == date(2012, 11, 22)
