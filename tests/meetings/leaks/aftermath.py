"""What follows a meeting of the sentinel office: who came, questions, minutes, actions, decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.announcing import mark_held
from goldthread.meetings.actions.arising import report_on, take_action
from goldthread.meetings.actions.attendance import declare_interest, note_attendance
from goldthread.meetings.actions.decisions import decide, withdraw_decision
from goldthread.meetings.actions.drafting import Wording, draft_decision, drop_draft, write_draft
from goldthread.meetings.actions.minutes import approve_minutes, begin_minutes, circulate, publish_minutes
from goldthread.meetings.actions.minuting import Conflict, settle_minute, write_words
from goldthread.meetings.actions.publishing import correct_decision, mark_decision, publish_decision
from goldthread.meetings.actions.questions import answer_question, list_question, take_question
from goldthread.meetings.models import AgendaItem, Decision, DecisionKind, Meeting, Recommendation
from tests.meetings.leaks.papers import REVIEW
from tests.meetings.leaks.sentinels import Level

if TYPE_CHECKING:
    from tests.meetings.leaks.office import Office

AFTER = datetime(2014, 10, 3, 9, tzinfo=UTC)
FIELDS = ("resolved", "reasons", "powers", "interests", "consulted")


class Aftermath:
    """Everything that is said and decided at and after the meetings of September and October."""

    def __init__(self, office: Office) -> None:
        self.office, self.cast, self.words = office, office.cast, office.words
        self.clerk = office.clerk
        self.decisions: dict[str, Decision] = {}
        self._took_part(office.september, "September, ")
        self._took_part(office.october, "")
        mark_held(meeting=office.october, by=self.clerk, at=datetime(2014, 10, 2, 16, tzinfo=UTC))
        self._questions()
        self._minutes()
        self._actions()
        self._decisions()

    def _item(self, name: str) -> AgendaItem:
        return self.office.items[name]

    def _took_part(self, meeting: Meeting, before: str) -> None:
        member = self.office.board.seats.get(user=self.cast.holder(Role.BOARD_MEMBER))
        row = note_attendance(meeting=meeting, how="present", seat=member, by=self.clerk, at=AFTER)
        least = Level.PUBLIC if before else Level.DESK
        for name, level in (("open", least), ("exempt", Level.FULL)):
            said = self.words.plant(f"{before}an interest in an item that is {name}", level)
            declare_interest(
                attendance=row,
                nature=f"A share of {said}",
                effect="left",
                item=self._item(f"{before}{name}"),
                by=self.clerk,
                at=AFTER,
            )

    def _questions(self) -> None:
        for name, item, level, listed in (
            ("listed", "open", Level.PUBLIC, True),
            ("not listed", "open", Level.DESK, False),
            ("about exempt business", "exempt", Level.FULL, False),
        ):

            def plant(where: str, name: str = name, level: Level = level) -> str:
                return self.words.plant(f"question {name}: {where}", level)

            question = take_question(
                meeting=self.office.october,
                asked_by=f"Asker {plant('who asked')}",
                words=f"Why {plant('its words')}?",
                asked_on=date(2014, 9, 20),
                item=self._item(item),
                by=self.clerk,
                at=AFTER,
            )
            answer = f"Because {plant('its answer')}"
            answer_question(question=question, answer=answer, by=self.clerk, at=AFTER)
            if listed:
                list_question(question=question, by=self.clerk, at=AFTER)

    def _minutes(self) -> None:
        office = self.office
        first = self._taken(office.september, "September, ", Level.PUBLIC)
        at = datetime(2014, 9, 5, 9, tzinfo=UTC)
        circulate(minutes=first, by=self.clerk, at=at)
        approve_minutes(minutes=first, at_meeting=office.october, by=self.clerk, at=AFTER)
        publish_minutes(minutes=first, by=self.clerk, at=AFTER)
        second = self._taken(office.october, "", Level.MEMBERS)
        circulate(minutes=second, by=self.clerk, at=AFTER)

    def _taken(self, meeting: Meeting, before: str, least: Level) -> Any:
        """Minutes with an entry for each sort of item, and one that is exempt under an open item."""
        at = datetime(2014, 9, 4, 17, tzinfo=UTC) if before else AFTER
        minutes = begin_minutes(meeting=meeting, by=self.clerk, at=at)
        standing = meeting.items.filter(kind="other").first()
        entries = (
            (self._item(f"{before}open"), least, None),
            (self._item(f"{before}exempt"), Level.FULL, None),
            (standing, Level.FULL, True),
        )
        for item, level, exempt in entries:
            said = self.words.plant(f"{before}minute of {item.kind} {item.number}, {level.name}", level)
            words = f"It was said that {said}.\nACTION: DK to see to {said} by 30 October 2014."
            write_words(minutes=minutes, item=item, words=words, base="", exempt=exempt, by=self.clerk, at=at)
        said = self.words.full(f"{before}words kept of a minute")
        kept = write_words(
            minutes=minutes,
            item=self._item(f"{before}exempt"),
            words=f"Written at once: {said}.",
            base="",
            by=self.cast.chief_executive,
            at=at,
        )
        assert isinstance(kept, Conflict)
        self._settle(kept, at)
        return minutes

    def _settle(self, kept: Conflict, at: datetime) -> None:
        settle_minute(kept=kept.mine, outcome="theirs", base=kept.theirs.seal, by=self.clerk, at=at)

    def _actions(self) -> None:
        office = self.office
        seats = {seat.user_id: seat for seat in office.board.seats.all()}
        member, chief = (
            seats[self.cast.holder(role).pk] for role in (Role.BOARD_MEMBER, Role.CHIEF_EXECUTIVE)
        )
        given = (
            ("of an open item", office.september, "September, open", Level.PUBLIC, False, chief),
            ("of an exempt item", office.september, "September, exempt", Level.FULL, False, chief),
            ("exempt of itself", office.september, "September, open", Level.FULL, True, member),
            ("of minutes that are not out", office.october, "open", Level.DESK, False, chief),
            ("of October, exempt", office.october, "exempt", Level.FULL, False, chief),
        )
        for name, meeting, item, level, exempt, owner in given:
            also = (Role.BOARD_MEMBER.value,) if owner == member else ()
            said, news = (
                self.words.plant(f"action {name}: {where}", level, also=also) for where in ("words", "news")
            )
            action = take_action(
                board=office.board,
                meeting=meeting,
                item=self._item(item),
                words=f"See to {said}",
                owners=[owner],
                due=date(2014, 10, 30),
                exempt=exempt,
                by=self.clerk,
                at=AFTER,
            )
            if level is Level.PUBLIC:
                news = self.words.plant(f"action {name}: news for the desk", Level.DESK)
            report_on(action=action, words=f"It goes {news}", by=self.clerk, at=AFTER)

    def _decisions(self) -> None:
        office = self.office
        of = {name: getattr(office, f"{name}_paper") for name in ("exempt", "open", "kept", "inside")}
        relied = [("paper", of["exempt"].pk), ("item", self._item("exempt").pk)]
        secret = self._decide("exempt", Level.FULL, paper=of["exempt"], relied_on=relied)
        self._mark(secret, "exempt")
        publish_decision(decision=secret, by=self.clerk, at=AFTER)
        self._correct(secret, "exempt", Level.FULL)
        unseen = self._decide("exempt, not published", Level.FULL, paper=of["kept"])
        self._mark(unseen, "exempt, not published")
        relied += [("appendix", office.attached_plan.pk), ("paper", of["open"].pk), ("decision", secret.pk)]
        shown = self._decide("open", Level.PUBLIC, paper=of["open"], relied_on=relied)
        mark_decision(decision=shown, marking=Marking.OPEN, by=self.clerk, at=AFTER)
        publish_decision(decision=shown, by=self.clerk, at=AFTER)
        self._correct(shown, "open", Level.PUBLIC)
        quoting = self._decide("open, on an exempt paper", Level.PUBLIC, paper=of["inside"])
        mark_decision(decision=quoting, marking=Marking.OPEN, by=self.clerk, at=AFTER)
        publish_decision(decision=quoting, by=self.clerk, at=AFTER)
        waiting = self._decide("open, not published", Level.DESK)
        mark_decision(decision=waiting, marking=Marking.OPEN, by=self.clerk, at=AFTER)
        self._decide("not marked", Level.FULL)
        gone = self._decide("exempt and withdrawn", Level.FULL)
        self._mark(gone, "exempt and withdrawn")
        publish_decision(decision=gone, by=self.clerk, at=AFTER)
        why = self.words.full("why an exempt decision was withdrawn")
        withdraw_decision(decision=gone, why=f"Because {why}", by=self.clerk, at=AFTER)
        later = self._decide("exempt and deferred", Level.FULL, outcome="deferred")
        self._mark(later, "exempt and deferred")
        publish_decision(decision=later, by=self.clerk, at=AFTER)
        self._drafts()

    def _drafts(self) -> None:
        for name in ("a draft", "a draft that was dropped"):
            title = self.words.full(f"decision “{name}”: title")
            draft = self._draft(f"Decision on {title}")
            said = {field: f"Say {self.words.full(f'decision “{name}”: {field}')}" for field in FIELDS}
            write_draft(
                decision=draft,
                wording=Wording(title=draft.title, outcome="agreed", **said),
                decider=None,
                decided_on=None,
                seen="",
                by=self.clerk,
                at=AFTER,
            )
        why = self.words.full("why a draft was dropped")
        drop_draft(decision=draft, why=f"Because {why}", by=self.clerk, at=AFTER)

    def _draft(self, title: str, paper: Any = None) -> Decision:
        return draft_decision(
            register=self.office.register,
            kind=DecisionKind.MEETING if paper else DecisionKind.DELEGATED,
            title=title,
            item=paper.item if paper else None,
            recommendation=Recommendation.objects.filter(version__paper=paper).last() if paper else None,
            board=self.office.board,
            by=self.clerk,
            at=AFTER,
        )

    def _decide(
        self, name: str, level: Level, *, paper: Any = None, outcome: str = "agreed", relied_on: Any = ()
    ) -> Decision:
        def plant(where: str) -> str:
            return self.words.plant(f"decision “{name}”: {where}", level)

        draft = self._draft(f"Decision on {plant('title')}", paper)
        decided = decide(
            decision=draft,
            outcome=outcome,
            **{field: f"It says {plant(field)}." for field in FIELDS},
            options=[(f"Option {plant('an option')}", f"Why {plant('why not')}")],
            decider=self.cast.office(Role.COMMISSIONER),
            decided_by=self.cast.commissioner,
            decided_on=date(2014, 10, 2),
            relied_on=relied_on,
            by=self.clerk,
            at=AFTER,
        )
        self.decisions[name] = decided
        return decided

    def _mark(self, decision: Decision, name: str) -> None:
        least = Level.DESK if "not published" in name else Level.PUBLIC

        def plant(where: str, level: Level = least) -> str:
            return self.words.plant(f"decision “{name}”: {where}", level)

        mark_decision(
            decision=decision,
            marking=Marking.EXEMPT,
            reason_code="12A-3",
            reason_words=f"Because {plant('its reason in words', Level.FULL)}",
            public_title=f"Matter of {plant('its public title')}",
            public_words=f"It is {plant('its public words')}.",
            review_on=REVIEW,
            by=self.clerk,
            at=AFTER,
        )
        decision.refresh_from_db()

    def _correct(self, decision: Decision, name: str, level: Level) -> None:
        now, why = (self.words.plant(f"decision “{name}”: {w}", level) for w in ("corrected", "why"))
        correct_decision(
            decision=decision,
            field="reasons",
            now=f"Rather {now}.",
            why=f"Because {why}",
            by=self.clerk,
            at=AFTER,
        )
