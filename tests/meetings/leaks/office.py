"""A board whose every hidden word can be traced: built by the real actions, from first agenda to decision.

September: minutes published. October: held, with papers of every sort, packs, decisions, minutes that
went round. November: published, with items added late. December: not published. January: cancelled.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.text import Section, Text
from goldthread.meetings.actions.agenda import add_item, move_item, withdraw_item
from goldthread.meetings.actions.announcing import mark_held, mark_item, publish_agenda
from goldthread.meetings.actions.boards import make_board, set_terms
from goldthread.meetings.actions.calling import cancel_meeting, hold_meeting_on
from goldthread.meetings.actions.forward import drop_business, move_business, place_on_agenda, plan_business
from goldthread.meetings.actions.notes import keep_note
from goldthread.meetings.actions.packs import ask_for_pack, release_pack
from goldthread.meetings.actions.registers import make_register
from goldthread.meetings.actions.seats import seat
from goldthread.meetings.models import AgendaItem, Board, Meeting, Pack, Register
from goldthread.meetings.pack_building import build_now
from goldthread.plans.models import Edition
from tests.cast import Cast
from tests.meetings.leaks.aftermath import Aftermath
from tests.meetings.leaks.measured import Measured
from tests.meetings.leaks.papers import EXEMPT, MANAGERS, Papers
from tests.meetings.leaks.sentinels import Level, Sentinels
from tests.meetings.story import block
from tests.plans.story import a_draft, a_plan

JULY = datetime(2014, 7, 1, 9, tzinfo=UTC)
AUGUST = datetime(2014, 8, 20, 9, tzinfo=UTC)
SEPTEMBER, OCTOBER, NOVEMBER = date(2014, 9, 4), date(2014, 10, 2), date(2014, 11, 6)
DECEMBER, JANUARY = date(2014, 12, 4), date(2015, 1, 8)
OUT = datetime(2014, 9, 18, 9, tzinfo=UTC)
SEATS = (
    (Role.COMMISSIONER, "chair"),
    (Role.CHIEF_CONSTABLE, "member"),
    (Role.BOARD_MEMBER, "member"),
    (Role.CHIEF_EXECUTIVE, "adviser"),
    (Role.GOVERNANCE_OFFICER, "attending"),
)


class Office:
    """The office. ``more`` makes more of what is exempt, and in other words: the public must not notice."""

    def __init__(self, cast: Cast, *, more: bool = False, packs: bool = True) -> None:
        self.cast, self.more, self.words = cast, more, Sentinels()
        self.clerk = cast.governance_officer
        for user in (cast.resident, cast.stranger, *(cast.holder(role) for role in Role)):
            assert user.is_active
        self.papers = Papers(self)
        self.items: dict[str, AgendaItem] = {}
        self.packs: list[Pack] = []
        self._september()
        self._october()
        if packs:
            self._packs()
        self.after = Aftermath(self)
        self._november()
        self._elsewhere()
        self.measured = Measured(self)

    @cached_property
    def board(self) -> Board:
        board = self.a_board("Business Coordination Board", "BCB")
        for role, how in SEATS:
            user, office = self.cast.holder(role), self.cast.office(role)
            seat(
                board=board,
                role=how,
                name=user.name,
                initials="".join(word[0] for word in user.name.split()),
                title=office.title,
                office=office,
                user=user,
                starts=date(2014, 7, 1),
                by=self.clerk,
                at=JULY,
            )
        said = self.words.public("the terms of reference")
        text = Text("Terms", (Section("terms-1", "What it is for", (block("terms-2", f"It is {said}."),)),))
        set_terms(board=board, from_day=date(2014, 7, 1), text=text, by=self.clerk, at=JULY)
        return board

    @cached_property
    def register(self) -> Register:
        return make_register(
            body=self.cast.body, name="Decisions", pattern="CPCC {year}-{serial:03}", by=self.clerk, at=JULY
        )

    def a_board(self, name: str, short: str, *, listed: bool = True) -> Board:
        return make_board(
            body=self.cast.body,
            name=name,
            short=short,
            kind="board",
            starts=date(2014, 7, 1),
            decider=self.cast.office(Role.COMMISSIONER),
            listed=listed,
            usual_time=time(14),
            usual_place="Conference Suite",
            by=self.clerk,
            at=JULY,
        )

    def meeting(self, on: date, *, board: Board | None = None) -> Meeting:
        joining = self.words.members(f"how to join on {on}", also=MANAGERS)
        return hold_meeting_on(
            board=board or self.board, on=on, joining=f"https://example.org/{joining}", by=self.clerk, at=JULY
        )

    def item(
        self,
        meeting: Meeting,
        name: str,
        marking: str,
        *,
        at: datetime = JULY,
        level: Level | None = None,
        title: str = "",
        **more: Any,
    ) -> AgendaItem:
        """An item: what it says itself is for its level, what the public is told of it for the public."""
        own = {Marking.OPEN: Level.PUBLIC, Marking.MEMBERS: Level.MEMBERS}.get(marking, Level.FULL)
        level = own if level is None else level

        def plant(where: str, least: Level = level) -> str:
            return self.words.plant(f"item “{name}”: {where}", least)

        if marking not in (Marking.OPEN, ""):
            more |= {"public_title": f"A matter of {plant('its public title', Level.PUBLIC)}"}
            more |= {"reason_words": f"Because {plant('its reason in words', Level.FULL)}"}
        if marking == Marking.EXEMPT:
            more |= EXEMPT
        found = add_item(
            meeting=meeting,
            title=title or f"Item on {plant('its title')}",
            marking=marking,
            lead=f"Speaker {plant('who leads it')}",
            note=f"Note: {plant('its note')}",
            by=self.clerk,
            at=at,
            **more,
        )
        self.items[name] = found
        return found

    def publish(self, meeting: Meeting, at: datetime) -> None:
        for item in meeting.items.filter(marking=""):
            mark_item(item=item, marking=Marking.OPEN, by=self.clerk, at=at)
        publish_agenda(meeting=meeting, by=self.clerk, at=at)

    def _september(self) -> None:
        self.september = self.meeting(SEPTEMBER)
        self.item(self.september, "September, open", Marking.OPEN)
        self.item(self.september, "September, exempt", Marking.EXEMPT)
        self.publish(self.september, AUGUST)
        mark_held(meeting=self.september, by=self.clerk, at=datetime(2014, 9, 4, 16, tzinfo=UTC))

    def _october(self) -> None:
        self.october = meeting = self.meeting(OCTOBER)
        for name, marking in (("open", "open"), ("members", "members"), ("exempt", "exempt")):
            self.item(meeting, name, marking)
        beneath = self.item(meeting, "moved under an exempt one", Marking.OPEN, level=Level.FULL)
        move_item(item=beneath, parent=self.items["exempt"], by=self.clerk, at=JULY)
        gone = self.item(meeting, "exempt and withdrawn", Marking.EXEMPT)
        why = self.words.full("item “exempt and withdrawn”: why")
        withdraw_item(item=gone, reason=f"Because {why}", by=self.clerk, at=JULY)
        self._papers()
        self.publish(meeting, OUT)

    def _papers(self) -> None:
        papers, item = self.papers, self.items
        cited = f"4 September 2014 BCB Agenda Item {item['September, exempt'].number}"
        secret = papers.begin(
            "exempt", Level.FULL, item=item["exempt"], author=Role.PARTNER_LEAD, cited=[cited]
        )
        papers.sources(secret)
        assert secret.sources.filter(target="item").exists()
        papers.attach(secret, "Appendix A", Level.FULL, pdf=False)
        papers.sign(secret, Level.FULL)
        papers.conflict(secret)
        told = self.words.plant("exempt paper: its public title", Level.PUBLIC)
        self.exempt_paper = papers.accepted(secret, Marking.EXEMPT, public_title=f"A paper of {told}")
        self.open_paper = self._open_paper()
        kept = papers.begin("exempt, under an open item", Level.FULL, item=item["open"], author=Role.ANALYST)
        told = self.words.plant("exempt paper under an open item: its public title", Level.PUBLIC)
        why = self.words.full("exempt paper under an open item: its reason in words")
        self.kept_paper = papers.accepted(
            kept, Marking.EXEMPT, public_title=f"A paper of {told}", reason_words=f"Because {why}"
        )
        inside = papers.begin("open, under an exempt item", Level.FULL, item=item["exempt"])
        self.inside_paper = papers.accepted(inside, Marking.OPEN)
        for marking in ("members", ""):
            level = Level.MEMBERS if marking else Level.FULL
            paper = papers.begin(f"“{marking}”, under an open item", level, item=item["open"])
            papers.attach(paper, "Appendix A", Level.FULL, "exempt")
            papers.accepted(paper, marking)
        among = papers.begin("open, under a members' item", Level.MEMBERS, item=item["members"])
        papers.accepted(among, Marking.OPEN)
        self._unfinished()
        if self.more:
            papers.accepted(papers.begin("one more", Level.FULL, item=item["exempt"]), Marking.EXEMPT)

    def _open_paper(self) -> Any:
        """Open, with attachments of every sort, returned once: what it said before is its office's."""
        papers = self.papers
        cited = ("2 October 2014 BCB Agenda Item 7.0", "Appendix A", "Appendix C")
        paper = papers.begin("open", Level.PUBLIC, item=self.items["open"], cited=cited)
        self.plan = a_plan(self.cast)
        draft = self.words.plant("the words of a plan's draft", Level.DESK)
        text = Text("Plan", (Section("plan-1", "Aims", (block("plan-2", f"Aim: {draft}."),)),))
        self.draft: Edition = a_draft(self.cast, self.plan, "October draft", text, date(2014, 9, 1))
        if self.more:
            papers.attach(paper, "Appendix X", Level.FULL, "exempt")
        papers.attach(paper, "Appendix A", Level.FULL, "exempt")
        papers.attach(paper, "Appendix B", Level.PUBLIC)
        papers.attach(paper, "Appendix M", Level.MEMBERS, "members")
        self.attached_plan = papers.attach_plan(paper, "Appendix C", self.draft, Level.FULL, "exempt")
        papers.sign(paper, Level.PUBLIC)
        self.open_words = set(self.words.found)
        papers.rewrite(paper, Level.FULL)
        papers.hand_in(paper)
        papers.give_back(paper)
        papers.rewrite(paper, Level.PUBLIC)
        papers.sources(paper)
        return papers.accepted(paper, Marking.OPEN)

    def _unfinished(self) -> None:
        """Papers which were never accepted, or are not on an agenda any more."""
        papers, item = self.papers, self.items["open"]
        self.drafting = papers.begin("being written", Level.FULL, item=item, author=Role.STAFF_OFFICER)
        self.drafting_words = {
            word for word, each in self.words.found.items() if each.where.startswith("being written")
        }
        gone = papers.begin("withdrawn", Level.FULL, item=item)
        papers.hand_in(gone)
        papers.take_back(gone)
        back = papers.begin("returned", Level.FULL, item=item, author=Role.ANALYST)
        papers.accepted(back, Marking.OPEN)
        papers.give_back(back)

    def _packs(self) -> None:
        """Each variant, released; the full one issued again with one more paper."""
        for variant in Audience:
            self.a_pack(variant)
        late = self.papers.begin("late and exempt", Level.FULL, item=self.items["exempt"])
        self.papers.accepted(late, Marking.EXEMPT)
        self.a_pack(Audience.FULL)
        for role in (Role.BOARD_MEMBER, Role.CHIEF_CONSTABLE):
            said = self.words.plant(f"a private note of the {role.value}", Level.FULL, only=(role.value,))
            keep_note(
                owner=self.cast.holder(role),
                uid=f"note-{role.value}",
                meeting=self.october,
                paper=self.open_paper,
                block_key="",
                quoted="",
                words=f"I think {said}",
                changed_at=OUT,
                at=OUT,
            )

    def a_pack(self, variant: Audience) -> None:
        pack = ask_for_pack(meeting=self.october, variant=variant, by=self.clerk, at=OUT)
        build_now(pack.pk, clock=lambda: OUT)
        pack.refresh_from_db()
        assert pack.stage == "ready", pack.problems
        release_pack(pack=pack, by=self.clerk, at=OUT)
        self.packs.append(pack)

    def _november(self) -> None:
        self.november = meeting = self.meeting(NOVEMBER)
        self.item(meeting, "November, open", Marking.OPEN)
        hidden = self.plan_line("what became an exempt item", Level.FULL)
        item = place_on_agenda(planned=hidden, meeting=meeting, by=self.clerk, at=OUT)
        mark_item(
            item=item,
            marking=Marking.EXEMPT,
            public_title="Estate matter",
            **EXEMPT,
            by=self.clerk,
            at=OUT,
        )
        at = datetime(2014, 10, 20, 9, tzinfo=UTC)
        self.publish(meeting, at)
        self.item(meeting, "November, late and exempt", Marking.EXEMPT, at=at, late_reason=self._late())
        self.item(meeting, "November, late and not marked", "", at=at, late_reason=self._late())

    def _late(self) -> str:
        return f"Because {self.words.full('why an item is late')}"

    def plan_line(self, name: str, level: Level, *, listed: bool = False) -> Any:
        def plant(where: str) -> str:
            return self.words.plant(f"forward plan, {name}: {where}", level)

        return plan_business(
            board=self.board,
            title=f"Business of {plant('its title')}",
            theme=f"Theme {plant('its theme')}",
            due=NOVEMBER,
            note=f"Note {plant('its note')}",
            listed=listed,
            by=self.clerk,
            at=JULY,
        )

    def _elsewhere(self) -> None:
        """A meeting not published, one cancelled before it was, and a board of which nobody is told."""
        december = self.december = self.meeting(DECEMBER)
        self.item(december, "December, open", Marking.OPEN, level=Level.MEMBERS)
        self.item(december, "December, exempt", Marking.EXEMPT)
        item = self.items["December, open"]
        paper = self.papers.begin("December", Level.FULL, item=item, titled=Level.MEMBERS)
        self.papers.accepted(paper, Marking.OPEN)
        cancelled = self.meeting(JANUARY)
        why = self.words.plant("why a meeting of which nobody was told is off", Level.DESK)
        cancel_meeting(meeting=cancelled, reason=f"Because {why}", by=self.clerk, at=OUT)
        moved = self.plan_line("not listed", Level.DESK)
        why = self.words.plant("why business moved", Level.DESK)
        move_business(planned=moved, to=DECEMBER, reason=f"Because {why}", by=self.clerk, at=OUT)
        why = self.words.plant("why business was dropped", Level.DESK)
        drop_business(planned=moved, reason=f"Because {why}", by=self.clerk, at=OUT)
        self.plan_line("listed", Level.PUBLIC, listed=True)
        self.quiet = self.a_board("Quiet Board", "QB", listed=False)
        meeting = self.meeting(OCTOBER, board=self.quiet)
        self.item(meeting, "Quiet Board, open", Marking.OPEN, level=Level.MEMBERS)
        self.publish(meeting, OUT)
