"""The whole grid, written out: every role against every ability."""

from __future__ import annotations

import pytest

from goldthread.core.governance.abilities import (
    DEEDS,
    GRID,
    RESERVED,
    SENTENCES,
    Ability,
    Role,
    check_grid,
)

COLUMNS = (
    Ability.READ_DESK,
    Ability.READ_DRAFTS,
    Ability.WRITE_PLAN,
    Ability.IMPORT_FILE,
    Ability.MANAGE_PLAN,
    Ability.REQUEST_CHANGES,
    Ability.RECORD_CONSULTATION,
    Ability.RECORD_DECISION,
    Ability.DETERMINE_OBJECTIVES,
    Ability.SUBMIT_TO_PANEL,
    Ability.RECORD_PANEL_REPORT,
    Ability.PUBLISH_RESPONSE,
    Ability.ISSUE_PLAN,
    Ability.CROSS_REFERENCE,
    Ability.MANAGE_PEOPLE,
    Ability.READ_AUDIT,
    Ability.READ_PACKS,
    Ability.READ_EXEMPT,
    Ability.WRITE_PAPER,
    Ability.SIGN_OFF,
    Ability.MANAGE_MEETINGS,
    Ability.MARK_EXEMPT,
    Ability.DECIDE,
    Ability.WRITE_MEASURES,
    Ability.CHECK_MEASURES,
    Ability.LOAD_FIGURES,
    Ability.APPROVE_FIGURES,
    Ability.APPROVE_REBASE,
    Ability.WRITE_DELIVERY,
    Ability.GIVE_UPDATE,
    Ability.SIGN_UPDATE,
    Ability.CLOSE_PERIOD,
)

#                          desk drafts write import manage ask consult decide determine
#                                                  submit report respond issue link people audit
#                                                                packs exempt paper sign meetings mark decide
#                                        then: write measures, check them, load, approve figures, a re-base
#                            and: write what is to be delivered, give updates, sign them off, close a period
EXPECTED = {
    Role.COMMISSIONER:          "y y y y y y . . y  y . y y y . y  y y y . . . y  . . . y y  y y . .",
    Role.DEPUTY:                "y y y y . y . . .  . . . . y . y  y y y . . . y  . . . y y  y y y .",
    Role.CHIEF_EXECUTIVE:       "y y y y y y y y .  y y . . y y y  y y y y y y y  y y y y y  y y y y",
    Role.MONITORING_OFFICER:    "y y . . . y . . .  . . . . . . y  y y y y . y .  . . . . .  . y . .",
    Role.CHIEF_FINANCE_OFFICER: "y y . . . y . . .  . . . . . . y  y y y y . . y  . y y . y  . y . .",
    Role.GOVERNANCE_OFFICER:    "y y y y y y y y .  y y . . y . y  y y y . y y .  y y y . .  y y y y",
    Role.ANALYST:               "y y y y . y . . .  . . . . y . .  y . y . . . .  y y y . .  y y . .",
    Role.CHIEF_CONSTABLE:       "y y . . . y . . .  . . . . . . .  y y y . . . .  . . . . .  . y . .",
    Role.STAFF_OFFICER:         "y y . . . y . . .  . . . . . . .  y . y . . . .  . . y . .  . y . .",
    Role.PARTNER_LEAD:          "y y . . . y . . .  . . . . . . .  . . y . . . .  . . . . .  . y . .",
    Role.BOARD_MEMBER:          "y y . . . y . . .  . . . . . . .  y . . . . . .  . . . . .  . . . .",
    Role.PANEL_CLERK:           "y . . . . . . . .  . y . . . . .  . . . . . . .  . . . . .  . . . .",
    Role.PANEL_MEMBER:          "y . . . . . . . .  . . . . . . .  . . . . . . .  . . . . .  . . . .",
    Role.ADMINISTRATOR:         "y y . . . . . . .  . . . . . y y  . . . . . . .  . . . . .  . . . .",
}  # fmt: skip

CELLS = [
    pytest.param(role, ability, cell == "y", id=f"{role}-{ability}")
    for role, row in EXPECTED.items()
    for ability, cell in zip(COLUMNS, row.split(), strict=True)
]


@pytest.mark.parametrize(("role", "ability", "expected"), CELLS)
def test_each_office_may_do_exactly_this(role: Role, ability: Ability, expected: bool) -> None:
    assert (ability in GRID[role]) is expected


def test_every_role_and_ability_is_in_the_table() -> None:
    assert (set(EXPECTED), set(COLUMNS)) == (set(Role), set(Ability))
    assert set(SENTENCES) == set(Role)
    assert set(DEEDS) == set(Ability)


def test_what_the_law_reserves_is_the_commissioners_alone() -> None:
    holders = {role for role in Role if GRID[role] & RESERVED}
    assert holders == {Role.COMMISSIONER}
    assert GRID[Role.COMMISSIONER] >= RESERVED
    assert list(check_grid()) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMISSIONER])
@pytest.mark.parametrize("ability", sorted(RESERVED))
def test_a_grid_that_gives_it_away_is_a_problem(role: Role, ability: Ability) -> None:
    problems = list(check_grid({**GRID, role: GRID[role] | {ability}}))
    assert [(problem.where, problem.code) for problem in problems] == [(role, "reserved")]


def test_a_role_left_out_of_a_grid_is_a_problem() -> None:
    assert len(list(check_grid({}))) == len(Role)
