"""One meeting of the demonstration, from the day it was called to the day its decisions were published."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.meetings.actions.agenda import add_item
from goldthread.meetings.actions.announcing import mark_held, mark_item, publish_agenda
from goldthread.meetings.actions.attendance import declare_interest, note_attendance
from goldthread.meetings.actions.boards import hold_meeting_on
from goldthread.meetings.actions.forward import drop_business, move_business, plan_business
from goldthread.meetings.actions.packs import ask_for_pack, release_pack
from goldthread.meetings.actions.papers import begin_paper
from goldthread.meetings.actions.questions import answer_question, list_question, take_question
from goldthread.meetings.actions.submitting import submit_paper
from goldthread.meetings.demonstration import words
from goldthread.meetings.demonstration.afterwards import Afterwards
from goldthread.meetings.demonstration.cast import People, on
from goldthread.meetings.demonstration.paper_trail import bring_paper
from goldthread.meetings.demonstration.words import Entry
from goldthread.meetings.models import AgendaItem, Board, ItemKind, Meeting, Paper, Register
from goldthread.meetings.pack_building import build_now
from goldthread.meetings.papers import content_seal


class Telling:
    """Tells one meeting. ``held`` are the meetings told before it, by day, to which it is added."""

    def __init__(
        self, people: People, board: Board, register: Register, entry: Entry, held: dict[str, Meeting]
    ) -> None:
        self._people, self._board, self._register = people, board, register
        self._entry, self._held = entry, held
        self._keeper = people["governance-officer"]
        self._items: dict[str, AgendaItem] = {}
        self._papers: dict[str, Paper] = {}

    def tell(self) -> None:
        """Call it, bring its papers, hold it, minute it, record its decisions and actions."""
        day: date = self._entry["on"]
        called = on(self._entry["called"])
        meeting = hold_meeting_on(board=self._board, on=day, by=self._keeper, at=called)
        self._plan(called)
        for paper in self._entry.get("paper", ()):
            self._bring(meeting, paper)
        self._publish(meeting)
        self._ask(meeting)
        if self._entry.get("packs"):
            self._send_out(meeting)
        self._hold(meeting)
        self._held[day.isoformat()] = meeting
        Afterwards(
            self._people, self._register, self._entry, meeting, self._items, self._papers, self._held
        ).tell()

    def _plan(self, at: datetime) -> None:
        for planned in self._entry.get("planned", ()):
            made = plan_business(
                board=self._board,
                title=planned["title"],
                due=planned["due"],
                theme=planned["theme"],
                purpose=planned["purpose"],
                lead=self._people.office(planned["lead"]),
                listed=True,
                by=self._keeper,
                at=at,
            )
            if move := planned.get("move"):
                moved = on(move["on"])
                move_business(planned=made, to=move["to"], reason=move["reason"], by=self._keeper, at=moved)
            if drop := planned.get("dropped"):
                drop_business(planned=made, reason=drop["reason"], by=self._keeper, at=on(drop["on"]))

    def _bring(self, meeting: Meeting, entry: Entry) -> None:
        begun = on(entry["begun"], 11)
        item = add_item(
            meeting=meeting,
            title=entry["title"],
            purpose=entry["purpose"],
            lead=entry["lead"],
            by=self._keeper,
            at=begun,
        )
        _mark(self._people, item, entry, begun)
        self._items[entry["id"]] = item
        self._papers[entry["id"]] = bring_paper(self._people, item, entry)

    def _publish(self, meeting: Meeting) -> None:
        publish_agenda(meeting=meeting, by=self._keeper, at=on(self._entry["published"], 12))
        for item in meeting.items.exclude(kind=ItemKind.BUSINESS):
            self._items.setdefault(item.kind, item)

    def _send_out(self, meeting: Meeting) -> None:
        """The packs of all three sorts, built here and now, and released to their readers."""
        at = on(self._entry["published"], 14)
        for variant in Audience:
            pack = ask_for_pack(meeting=meeting, variant=variant, by=self._keeper, at=at)
            build_now(pack.pk, clock=lambda: at)
            pack.refresh_from_db()
            release_pack(pack=pack, by=self._keeper, at=at)

    def _ask(self, meeting: Meeting) -> None:
        for entry in self._entry.get("question", ()):
            asked = on(entry["asked_on"])
            question = take_question(
                meeting=meeting,
                asked_by=entry["asked_by"],
                words=entry["words"],
                asked_on=entry["asked_on"],
                item=self._items.get("questions"),
                by=self._keeper,
                at=asked,
            )
            at = on(entry["answered"])
            answer_question(
                question=question,
                answer=entry["answer"],
                answered_by=self._people.office("chief-executive").title,
                by=self._keeper,
                at=at,
            )
            list_question(question=question, by=self._keeper, at=at)

    def _hold(self, meeting: Meeting) -> None:
        at = on(self._entry["on"], 16)
        seats = {seat.user_id: seat for seat in self._board.seats.all()}
        there = {}
        for entry in self._entry["attendance"]:
            there[entry["who"]] = note_attendance(
                meeting=meeting,
                seat=seats[self._people[entry["who"]].pk],
                how=entry.get("how", "present"),
                to_item=self._items.get(entry.get("until", "")),
                by=self._keeper,
                at=at,
            )
        for entry in self._entry.get("interest", ()):
            declare_interest(
                attendance=there[entry["who"]],
                item=self._items[entry["item"]],
                nature=entry["nature"],
                effect=entry["effect"],
                by=self._keeper,
                at=at,
            )
        mark_held(meeting=meeting, by=self._keeper, at=at)


def _mark(people: People, item: AgendaItem, entry: Entry, at: datetime) -> None:
    if not entry["marking"]:
        return
    mark_item(
        item=item,
        marking=entry["marking"],
        reason_code=entry.get("reason_code", ""),
        reason_words=entry.get("reason_words", ""),
        public_title=entry.get("public_title", ""),
        review_on=entry.get("review_on"),
        by=people["monitoring-officer"]
        if entry["marking"] == Marking.EXEMPT
        else people["governance-officer"],
        at=at,
    )


def on_its_way(people: People, meeting: Meeting, entry: Entry, at: datetime) -> None:
    """A paper that somebody is writing, or has handed in, for a meeting to come."""
    author, keeper = people[entry["author"]], people["governance-officer"]
    begun = at + timedelta(days=entry["begun"])
    item = add_item(
        meeting=meeting, title=entry["title"], purpose=entry["purpose"], lead=entry["lead"], by=keeper, at=at
    )
    _mark(people, item, entry, at)
    paper = begin_paper(
        board=meeting.board,
        title=entry["title"],
        sender=entry["from"],
        author=author,
        item=item,
        text=words.paper_text("upcoming", entry),
        by=author,
        at=begun,
    )
    if "submitted" in entry:
        submitted = at + timedelta(days=entry["submitted"])
        submit_paper(paper=paper, seen=content_seal(paper), by=author, at=submitted)
