"""Who may do what: one grid, office by office, with a sentence for each.

A person never holds an ability; an office does, and a person holds an office between dates.
What the law keeps for the office holder cannot be given to any other office:
Police Reform and Social Responsibility Act 2011 s.18(7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum, unique

from goldthread.core.problems import Problem


@unique
class Ability(StrEnum):
    """A verb an office may carry out."""

    READ_DESK = "read_desk"
    READ_DRAFTS = "read_drafts"
    WRITE_PLAN = "write_plan"
    IMPORT_FILE = "import_file"
    MANAGE_PLAN = "manage_plan"
    REQUEST_CHANGES = "request_changes"
    RECORD_CONSULTATION = "record_consultation"
    RECORD_DECISION = "record_decision"
    DETERMINE_OBJECTIVES = "determine_objectives"
    SUBMIT_TO_PANEL = "submit_to_panel"
    RECORD_PANEL_REPORT = "record_panel_report"
    PUBLISH_RESPONSE = "publish_response"
    ISSUE_PLAN = "issue_plan"
    CROSS_REFERENCE = "cross_reference"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"
    READ_PACKS = "read_packs"
    READ_EXEMPT = "read_exempt"
    WRITE_PAPER = "write_paper"
    SIGN_OFF = "sign_off"
    MANAGE_MEETINGS = "manage_meetings"
    MARK_EXEMPT = "mark_exempt"
    DECIDE = "decide"
    WRITE_MEASURES = "write_measures"
    CHECK_MEASURES = "check_measures"
    LOAD_FIGURES = "load_figures"
    APPROVE_FIGURES = "approve_figures"
    APPROVE_REBASE = "approve_rebase"
    WRITE_DELIVERY = "write_delivery"
    GIVE_UPDATE = "give_update"
    SIGN_UPDATE = "sign_update"
    CLOSE_PERIOD = "close_period"


@unique
class Role(StrEnum):
    """The kind of an office: what the law or the organisation makes it."""

    COMMISSIONER = "commissioner"
    DEPUTY = "deputy"
    CHIEF_EXECUTIVE = "chief_executive"
    MONITORING_OFFICER = "monitoring_officer"
    CHIEF_FINANCE_OFFICER = "chief_finance_officer"
    GOVERNANCE_OFFICER = "governance_officer"
    ANALYST = "analyst"
    CHIEF_CONSTABLE = "chief_constable"
    STAFF_OFFICER = "staff_officer"
    PARTNER_LEAD = "partner_lead"
    BOARD_MEMBER = "board_member"
    PANEL_CLERK = "panel_clerk"
    PANEL_MEMBER = "panel_member"
    ADMINISTRATOR = "administrator"


SENTENCES: Mapping[Role, str] = {
    Role.COMMISSIONER: "Elected; determines the objectives, issues the plan and answers for it.",
    Role.DEPUTY: "Appointed by the commissioner; may exercise functions, but never issue the plan.",
    Role.CHIEF_EXECUTIVE: "Head of the commissioner's staff; sees that the plan is written and governed.",
    Role.MONITORING_OFFICER: "Watches that what is done is lawful; reads everything, may ask for changes.",
    Role.CHIEF_FINANCE_OFFICER: "Answers for the proper administration of money; may ask for changes.",
    Role.GOVERNANCE_OFFICER: "Keeps the plan, its evidence and its papers in order day by day.",
    Role.ANALYST: "Writes about performance, and links the plan to other strategies.",
    Role.CHIEF_CONSTABLE: "Directs and controls the force; is consulted on the plan and may ask for changes.",
    Role.STAFF_OFFICER: "Acts for the chief constable in reading drafts and returning comments.",
    Role.PARTNER_LEAD: "Leads a theme for a partner organisation; reads drafts and asks for changes.",
    Role.BOARD_MEMBER: "Advises the commissioner at the board; reads what comes before it.",
    Role.PANEL_CLERK: "Serves the police and crime panel; reads what is submitted, and records its report.",
    Role.PANEL_MEMBER: "Sits on the police and crime panel; reads what is submitted to it.",
    Role.ADMINISTRATOR: "Looks after the installation and its people; writes nothing in a plan.",
}

DEEDS: Mapping[Ability, str] = {
    Ability.READ_DESK: "read the body's desk",
    Ability.READ_DRAFTS: "read what was neither issued nor submitted",
    Ability.WRITE_PLAN: "write in the plan",
    Ability.IMPORT_FILE: "bring in a file",
    Ability.MANAGE_PLAN: "manage the plan and its editions",
    Ability.REQUEST_CHANGES: "ask for changes",
    Ability.RECORD_CONSULTATION: "record a consultation",
    Ability.RECORD_DECISION: "record a decision",
    Ability.DETERMINE_OBJECTIVES: "determine the objectives",
    Ability.SUBMIT_TO_PANEL: "submit the plan to the panel",
    Ability.RECORD_PANEL_REPORT: "record the panel's report",
    Ability.PUBLISH_RESPONSE: "publish the response to the panel",
    Ability.ISSUE_PLAN: "issue the plan",
    Ability.CROSS_REFERENCE: "link the plan to other strategies",
    Ability.MANAGE_PEOPLE: "manage people and offices",
    Ability.READ_AUDIT: "read the record of who did what",
    Ability.READ_PACKS: "read the packs of members",
    Ability.READ_EXEMPT: "read exempt business",
    Ability.WRITE_PAPER: "write papers",
    Ability.SIGN_OFF: "sign papers off",
    Ability.MANAGE_MEETINGS: "manage meetings, their agendas, packs and minutes",
    Ability.MARK_EXEMPT: "mark business as open or exempt",
    Ability.DECIDE: "take a decision",
    Ability.WRITE_MEASURES: "write measures, and what is said of them",
    Ability.CHECK_MEASURES: "check what another wrote of a measure",
    Ability.LOAD_FIGURES: "load figures",
    Ability.APPROVE_FIGURES: "approve figures for the public",
    Ability.APPROVE_REBASE: "approve that limits are re-based",
    Ability.WRITE_DELIVERY: "write priorities for action, actions and milestones",
    Ability.GIVE_UPDATE: "say how an action of their office comes along",
    Ability.SIGN_UPDATE: "sign off what an owner said of an action",
    Ability.CLOSE_PERIOD: "close a reporting period",
}

RESERVED: frozenset[Ability] = frozenset(
    {Ability.DETERMINE_OBJECTIVES, Ability.PUBLISH_RESPONSE, Ability.ISSUE_PLAN}
)
"""Kept for the office holder: PRSR Act 2011 s.18(7)(a) and (b); the response by the office's own rule."""

SINGLE: frozenset[Role] = frozenset(
    {
        Role.COMMISSIONER,
        Role.DEPUTY,
        Role.CHIEF_EXECUTIVE,
        Role.MONITORING_OFFICER,
        Role.CHIEF_FINANCE_OFFICER,
        Role.CHIEF_CONSTABLE,
    }
)
"""Offices held by one person at a time."""

_A = Ability
_PANEL = frozenset({_A.READ_DESK})
_READERS = _PANEL | {_A.READ_DRAFTS}
_WRITERS = _READERS | {_A.WRITE_PLAN, _A.IMPORT_FILE, _A.REQUEST_CHANGES, _A.CROSS_REFERENCE}
_KEEPERS = _WRITERS | {
    _A.MANAGE_PLAN,
    _A.RECORD_CONSULTATION,
    _A.RECORD_DECISION,
    _A.SUBMIT_TO_PANEL,
    _A.RECORD_PANEL_REPORT,
    _A.READ_AUDIT,
}
_COMMENTERS = _READERS | {_A.REQUEST_CHANGES}
_MEMBERS = frozenset({_A.READ_PACKS})
_FULL = _MEMBERS | {_A.READ_EXEMPT}
_AUTHORS = frozenset({_A.WRITE_PAPER})
_CLERKS = _FULL | _AUTHORS | {_A.MANAGE_MEETINGS, _A.MARK_EXEMPT}
_MEASURERS = frozenset({_A.WRITE_MEASURES, _A.CHECK_MEASURES, _A.LOAD_FIGURES})
_APPROVERS = frozenset({_A.APPROVE_FIGURES, _A.APPROVE_REBASE})
_DELIVERERS = frozenset({_A.WRITE_DELIVERY, _A.GIVE_UPDATE})
_OWNERS = frozenset({_A.GIVE_UPDATE})

GRID: dict[Role, frozenset[Ability]] = {
    Role.COMMISSIONER: _WRITERS
    | _FULL
    | _AUTHORS
    | _APPROVERS
    | _DELIVERERS
    | {_A.MANAGE_PLAN, _A.SUBMIT_TO_PANEL, _A.READ_AUDIT, _A.DECIDE}
    | RESERVED,
    Role.DEPUTY: _WRITERS
    | _FULL
    | _AUTHORS
    | _APPROVERS
    | _DELIVERERS
    | {_A.READ_AUDIT, _A.DECIDE, _A.SIGN_UPDATE},
    Role.CHIEF_EXECUTIVE: _KEEPERS
    | _CLERKS
    | _MEASURERS
    | _APPROVERS
    | _DELIVERERS
    | {_A.MANAGE_PEOPLE, _A.SIGN_OFF, _A.DECIDE, _A.SIGN_UPDATE, _A.CLOSE_PERIOD},
    Role.MONITORING_OFFICER: _COMMENTERS
    | _FULL
    | _AUTHORS
    | _OWNERS
    | {_A.READ_AUDIT, _A.SIGN_OFF, _A.MARK_EXEMPT},
    Role.CHIEF_FINANCE_OFFICER: _COMMENTERS
    | _FULL
    | _AUTHORS
    | _OWNERS
    | {_A.READ_AUDIT, _A.SIGN_OFF, _A.DECIDE, _A.CHECK_MEASURES, _A.LOAD_FIGURES, _A.APPROVE_REBASE},
    Role.GOVERNANCE_OFFICER: _KEEPERS
    | _CLERKS
    | _MEASURERS
    | _DELIVERERS
    | {_A.SIGN_UPDATE, _A.CLOSE_PERIOD},
    Role.ANALYST: _WRITERS | _MEMBERS | _AUTHORS | _MEASURERS | _DELIVERERS,
    Role.CHIEF_CONSTABLE: _COMMENTERS | _FULL | _AUTHORS | _OWNERS,
    Role.STAFF_OFFICER: _COMMENTERS | _MEMBERS | _AUTHORS | _OWNERS | {_A.LOAD_FIGURES},
    Role.PARTNER_LEAD: _COMMENTERS | _AUTHORS | _OWNERS,
    Role.BOARD_MEMBER: _COMMENTERS | _MEMBERS,
    Role.PANEL_CLERK: _PANEL | {_A.RECORD_PANEL_REPORT},
    Role.PANEL_MEMBER: _PANEL,
    Role.ADMINISTRATOR: _READERS | {_A.MANAGE_PEOPLE, _A.READ_AUDIT},
}


def check_grid(grid: Mapping[Role, frozenset[Ability]] = GRID) -> Iterator[Problem]:
    """Every way in which a grid gives away what the law reserves, or forgets a role."""
    for role in Role:
        if role not in grid:
            yield Problem(role, "This role is not in the grid.", "missing")
        elif role is not Role.COMMISSIONER:
            for ability in sorted(grid[role] & RESERVED):
                yield Problem(role, f"Only the commissioner may {DEEDS[ability]}.", "reserved")
