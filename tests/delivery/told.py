"""A theme as a report is given it: two priorities, some actions on course, late and silent. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldthread.delivery.reporting.records import (
    ActionSaid,
    DecisionSaid,
    MeasureSaid,
    MilestoneSaid,
    MoveSaid,
    PrioritySaid,
    Ref,
    ServesSaid,
    StatusSaid,
    Support,
    ThemeSaid,
    UpdateSaid,
    WaitSaid,
)

SINCE = date(2019, 4, 4)
UNTIL = date(2019, 9, 30)
KEY = "11111111-2222-4333-8444-555555555555"


def ref(kind: str, pk: int, label: str) -> Ref:
    return Ref(kind, pk, label, f"/desk/{kind}/{pk}/", f"{kind}-{pk}")


def said(pk: int, number: str, words: str, status: str, tone: str, on: date) -> UpdateSaid:
    label = f"{number}, update of {on:%-d %B %Y}"
    return UpdateSaid(ref("update", pk, label), words, status, tone, "Head of Criminal Justice", on, on)


def action(pk: int, number: str, title: str, **more: object) -> ActionSaid:
    given: dict[str, object] = {
        "words": "",
        "owner": "Head of Criminal Justice",
        "owned": "held",
        "weight": 1,
        "state": "under_way",
        "starts": date(2019, 4, 8),
        "baseline": date(2019, 12, 31),
    }
    return ActionSaid(ref("action", pk, f"{number} {title}"), number, title, **{**given, **more})


def an_update(pk: int = 1, **more: object) -> UpdateSaid:
    words = "The sharing agreement is with the three councils’ lawyers; two have signed"
    return replace(said(pk, "V1.1", words, "On course", "good", date(2019, 9, 12)), **more)


DONE = action(
    11,
    "V1.1",
    "Agree how case notes are shared",
    weight=3,
    last=an_update(),
    heard=date(2019, 9, 12),
    updates=2,
    forecast=date(2020, 1, 31),
    moves=(
        MoveSaid(
            "Its date", date(2019, 12, 31), date(2020, 1, 31), date(2019, 8, 3), "one council asked for time"
        ),
    ),
    milestones=(
        MilestoneSaid(
            ref("milestone", 21, "V1.1.1 Draft agreed"),
            "V1.1.1",
            "Draft agreed",
            1,
            date(2019, 6, 30),
            None,
            date(2019, 6, 14),
        ),
        MilestoneSaid(
            ref("milestone", 22, "V1.1.2 Signed by all"), "V1.1.2", "Signed by all", 1, date(2019, 12, 31)
        ),
    ),
)
FINISHED = action(
    12,
    "V1.2",
    "Train 60 officers in first contact",
    weight=2,
    state="done",
    baseline=date(2019, 9, 30),
    finished=date(2019, 9, 20),
    last=said(2, "V1.2", "Sixty-four officers were trained", "Done", "good", date(2019, 9, 21)),
    heard=date(2019, 9, 21),
)
LATE = action(
    13,
    "V1.3",
    "Count the witnesses told too late",
    owner="Performance Analyst",
    owned="vacant",
    baseline=date(2019, 7, 31),
    heard=date(2019, 3, 4),
    waits=(
        WaitSaid(
            ref("action", 11, "V1.1 Agree how case notes are shared"),
            "V1.1 Agree how case notes are shared",
            date(2020, 1, 31),
        ),
    ),
)
SILENT = action(
    14,
    "V2.1",
    "A worker for every child",
    owner="Children’s services",
    owned="outside",
    baseline=date(2020, 3, 31),
)

FIRST = PrioritySaid(
    ref("priority", 1, "Priority V1 Hear from a named person, version 1"),
    "V1",
    "Hear from a named person",
    "Every victim who asks for help hears from a named person within two working days",
    "Nobody tells their story twice",
    "Chief Constable",
    "live",
    (Support("Victims’ Hub", "What it knows of each case"), Support("The courts", "Their lists by noon")),
    (
        ServesSaid(
            ref("serves", 1, "Pledge 1.1, Police and Crime Plan 2017-20"),
            "Pledge 1.1",
            "Victims hear from a named person",
        ),
    ),
    (DONE, FINISHED, LATE),
)
SECOND = PrioritySaid(
    ref("priority", 2, "Priority V2 Help for children, version 2"),
    "V2",
    "Help for children and young people",
    "A worker of their own for every child who is a victim",
    "",
    "Children’s services",
    "live",
    actions=(SILENT,),
    changed_on=date(2019, 6, 3),
    changed_why="Young people were added",
)
MEASURE = MeasureSaid(
    ref("measure", 1, "Measure: Victims satisfied"),
    "Victims satisfied with first contact",
    "V1",
    lacking="There are no figures for Cambridgeshire yet.",
)
DECIDED = DecisionSaid(
    ref("decision", 9, "Decision CPCC 2019-012 of 4 April 2019"),
    "CPCC 2019-012",
    "Priorities for action in 2019/20",
    "The Board approved the priorities for action.",
    date(2019, 4, 4),
)
THEME = ThemeSaid(
    "victims",
    "Victims",
    ref("plan", 1, "Police and Crime Plan 2017-20"),
    ref("edition", 1, "Police and Crime Plan 2017-20, first edition"),
    2019,
    SINCE,
    UNTIL,
    "Business Coordination Board",
    ref("report", 5, "This report on Victims, 2019-20"),
    (FIRST, SECOND),
    (MEASURE,),
    (DECIDED,),
    (StatusSaid("On course", "it will be done by its date"), StatusSaid("Off course", "it will not")),
    ref("scale", 1, "Words for how things go"),
    approved_on=date(2019, 4, 4),
    approved_ref=ref("decision", 9, "Decision CPCC 2019-012 of 4 April 2019"),
    next_meeting=date(2019, 12, 5),
    next_meeting_ref=ref("meeting", 3, "Meeting of 5 December 2019"),
    contact="Dan Osei",
    contact_role="Head of Business Development",
)
