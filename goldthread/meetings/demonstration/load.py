"""Give the demonstration office its boards, by the same actions as a person would use."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from goldthread.core.governance.meetings import Every, Recurrence, dates
from goldthread.core.governance.quorum import QuorumRule
from goldthread.meetings.actions.boards import hold_meeting_on, make_board, seat, set_terms
from goldthread.meetings.actions.forward import plan_business
from goldthread.meetings.actions.registers import make_register
from goldthread.meetings.demonstration import telling, words
from goldthread.meetings.demonstration.cast import People, on
from goldthread.meetings.demonstration.words import Entry
from goldthread.meetings.house_rules import recurrence_of
from goldthread.meetings.models import Board, Meeting, Register
from goldthread.people.models import Body
from goldthread.plans.demonstration import load as plans


def load(*, at: datetime) -> None:
    """The whole demonstration office: its people and plans, then its board, meetings and decisions."""
    load_past(at=at)
    load_coming(at=at)


def load_past(*, at: datetime) -> None:
    """Its people and plans, and the meetings that its board held until April 2019."""
    plans.load(at=at)
    people = People(Body.objects.get(slug="cambridgeshire"))
    board, register = _board(people)
    held: dict[str, Meeting] = {}
    for entry in words.meetings():
        telling.Telling(people, board, register, entry, held).tell()


def load_coming(*, at: datetime) -> None:
    """What its board will come to next."""
    body = Body.objects.get(slug="cambridgeshire")
    _upcoming(People(body), body.boards.get(), at)


def _board(people: People) -> tuple[Board, Register]:
    entry = words.board()
    began = on(entry["starts"], 9)
    keeper = people["chief-executive"]
    board = make_board(
        body=people.body,
        name=entry["name"],
        short=entry["short"],
        kind=entry["kind"],
        starts=entry["starts"],
        decider=people.office(entry["decider"]),
        standing=[(s["kind"], s["title"], s.get("at_end", False)) for s in entry["standing"]],
        usual_time=entry["time"],
        usual_place=entry["place"],
        decision_pattern=entry["decision_pattern"],
        quorum=QuorumRule(entry["quorum_number"], offices=tuple(entry["quorum_offices"])),
        recurrence=_recurrence(entry["recurrence"]),
        by=keeper,
        at=began,
    )
    for terms in entry["terms"]:
        text = words.terms_text(terms)
        set_terms(
            board=board,
            from_day=terms["from"],
            text=text,
            adopted=terms["adopted"],
            by=keeper,
            at=on(terms["from"], 9),
        )
    for place in entry["seat"]:
        _seat(people, board, place)
    given = entry["register"]
    register = make_register(
        body=people.body,
        name=given["name"],
        pattern=entry["decision_pattern"],
        publish_days=given["publish_days"],
        last=given["last"],
        by=keeper,
        at=began,
    )
    return board, register


def _recurrence(entry: Entry) -> Recurrence:
    return Recurrence(
        Every(entry["every"]),
        entry["weekday"],
        entry["starts"],
        nth=entry["nth"],
        skip_months=frozenset(entry["skip_months"]),
    )


def _seat(people: People, board: Board, place: Entry) -> None:
    user, office = people[place["who"]], people.office(place["who"])
    seat(
        board=board,
        role=place["role"],
        name=user.name,
        initials=place["initials"],
        title=office.title,
        office=office,
        user=user,
        starts=place["starts"],
        by=people["chief-executive"],
        at=on(place["starts"], 10),
    )


def _upcoming(people: People, board: Board, at: datetime) -> None:
    """The next meeting, called today, with one paper handed in, one being written and business planned."""
    keeper, today = people["governance-officer"], localdate(at)
    days = dates(recurrence_of(board), today + timedelta(days=10), today + timedelta(days=200))
    meeting = hold_meeting_on(board=board, on=days[0], by=keeper, at=at)
    entry = words.upcoming()
    for paper in entry["paper"]:
        telling.on_its_way(people, meeting, paper, at)
    for planned in entry["planned"]:
        _plan(people, board, planned, days[planned["meetings_on"]], at)


def _plan(people: People, board: Board, planned: Entry, due: date, at: datetime) -> None:
    plan_business(
        board=board,
        title=planned["title"],
        due=due,
        theme=planned["theme"],
        purpose=planned["purpose"],
        lead=people.office(planned["lead"]),
        listed=True,
        by=people["governance-officer"],
        at=at,
    )
