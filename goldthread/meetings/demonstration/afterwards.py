"""What followed a meeting of the demonstration: minutes, actions arising, decisions, the plan's next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from goldthread.core.governance.stages import Move
from goldthread.meetings.actions.approvals import approve_plan
from goldthread.meetings.actions.arising import close_action, report_on, take_action
from goldthread.meetings.actions.decisions import (
    correct_decision,
    decide,
    draft_decision,
    mark_decision,
    publish_decision,
)
from goldthread.meetings.actions.minutes import (
    approve_minutes,
    begin_minutes,
    circulate,
    publish_minutes,
    write_words,
)
from goldthread.meetings.actions.minuting import section_of_minute
from goldthread.meetings.demonstration.cast import People, on
from goldthread.meetings.demonstration.paper_trail import edition_named
from goldthread.meetings.demonstration.words import Entry
from goldthread.meetings.hearing import Room, heard_in
from goldthread.meetings.lines import typed
from goldthread.meetings.models import AgendaItem, Decision, Meeting, Minute, Minutes, Paper, Register
from goldthread.meetings.pins import standing_of
from goldthread.plans.actions.gates import Given
from goldthread.plans.actions.steps import take_step
from goldthread.plans.queries import current_seal


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What followed one meeting. ``held`` are all meetings told so far, by day."""

    people: People
    register: Register
    entry: Entry
    meeting: Meeting
    items: Mapping[str, AgendaItem]
    papers: Mapping[str, Paper]
    held: Mapping[str, Meeting]

    def tell(self) -> None:
        """In the order in which it happened."""
        if "approves" in self.entry.get("minutes", {}):
            self._approve(self.entry["minutes"])
        if "minute" in self.entry:
            self._minute()
        for entry in self.entry.get("action", ()):
            self._act(entry)
        for entry in self.entry.get("decision", ()):
            self._decide(entry)

    def _minute(self) -> None:
        keeper, at = self.people["governance-officer"], on(self.meeting.on, 17)
        minutes = begin_minutes(meeting=self.meeting, by=keeper, at=at)
        for entry in self.entry["minute"]:
            item = self.items[entry["item"]]
            write_words(minutes=minutes, item=item, words=entry["words"].strip(), base="", by=keeper, at=at)
        circulate(minutes=minutes, by=keeper, at=on(self.entry["minutes"]["circulated"]))

    def _approve(self, entry: Entry) -> None:
        """The minutes of an earlier meeting, approved at this one and published the week after."""
        keeper, at = self.people["governance-officer"], on(self.meeting.on, 16, 30)
        minutes = Minutes.objects.get(meeting=self.held[entry["approves"].isoformat()])
        for change in entry.get("amend", ()):
            self._amend(minutes, change, at)
        words = entry.get("approved_words", "")
        approve_minutes(minutes=minutes, at_meeting=self.meeting, words=words, by=keeper, at=at)
        publish_minutes(minutes=minutes, by=keeper, at=on(self.meeting.on + timedelta(days=5)))

    def _amend(self, minutes: Minutes, change: Entry, at: datetime) -> None:
        kept = next(
            minute
            for minute in Minute.objects.filter(minutes=minutes).select_related("item")
            if change["was"] in typed(section_of_minute(minute, minute.item))
        )
        said = typed(section_of_minute(kept, kept.item))
        write_words(
            minutes=minutes,
            item=kept.item,
            words=said.replace(change["was"], change["now"]),
            base=kept.seal,
            by=self.people["governance-officer"],
            at=at,
        )

    def _act(self, entry: Entry) -> None:
        keeper, seats = self.people["governance-officer"], self.meeting.board.seats
        item = self.items[entry["item"]]
        minute = Minute.objects.get(minutes__meeting=self.meeting, item=item)
        heard = heard_in(section_of_minute(minute, item), Room(self.meeting))
        line = next(each for each in heard if each.taken is None)
        action = take_action(
            board=self.meeting.board,
            meeting=self.meeting,
            item=item,
            anchor=line.anchor,
            minuted=line.line,
            words=entry["words"],
            owners=[seats.get(user=self.people[who]) for who in entry["owners"]],
            due=entry["due"],
            exempt=entry.get("exempt", False),
            by=keeper,
            at=on(self.meeting.on, 18),
        )
        for news in entry.get("news", ()):
            report_on(action=action, words=news["words"], by=self.people[news["by"]], at=on(news["on"]))
        if "closed" in entry:
            day = entry["closed"]
            close_action(action=action, on=day, words=entry["closing"], by=keeper, at=on(day, 17))

    def _decide(self, entry: Entry) -> None:
        taken: date = entry.get("decided", self.meeting.on)
        item = self.items.get(entry.get("item", ""))
        paper = self.papers.get(entry.get("item", ""))
        version = paper.versions.order_by("-number").first() if paper else None
        keeper, at = self.people["governance-officer"], on(taken, 18)
        decision = draft_decision(
            register=self.register,
            kind=entry.get("outside", "meeting"),
            title=entry["title"],
            meeting=None if "outside" in entry else self.meeting,
            item=item,
            recommendation=version.recommendations.first() if version else None,
            by=keeper,
            at=at,
        )
        if "marking" in entry:
            self._mark(decision, entry, at)
        who = entry.get("decider", "commissioner")
        decision = decide(
            decision=decision,
            outcome=entry["outcome"],
            resolved=entry["resolved"],
            reasons=entry["reasons"],
            options=[tuple(option) for option in entry["options"]],
            powers=entry["powers"],
            interests=entry["interests"],
            consulted=entry.get("consulted", ""),
            urgent_reason=entry.get("urgent_reason", ""),
            decider=self.people.office(who),
            decided_by=self.people[who],
            decided_on=taken,
            relied_on=[self._relied(name) for name in entry.get("relied_on", ())],
            by=keeper,
            at=at,
        )
        if "marking" not in entry:
            mark_decision(decision=decision, marking="open", by=self.people["monitoring-officer"], at=at)
        self._follow(decision, entry)

    def _mark(self, decision: Decision, entry: Entry, at: datetime) -> None:
        names = ("marking", "reason_code", "reason_words", "public_title", "public_words", "review_on")
        told: dict[str, Any] = {name: entry[name] for name in names if name in entry}
        mark_decision(decision=decision, by=self.people["monitoring-officer"], at=at, **told)

    def _relied(self, name: str) -> tuple[str, int]:
        """A paper of this meeting, an appendix of it ("paper/Appendix A"), another's decision ("day:…")."""
        day, colon, named = name.rpartition(":")
        if colon:
            earlier = Decision.objects.get(meeting=self.held[day], item__papers__isnull=False)
            return ("decision", earlier.pk)
        paper, stroke, label = named.partition("/")
        if stroke:
            return ("appendix", self.papers[paper].appendices.get(label=label).pk)
        return ("paper", self.papers[paper].pk)

    def _follow(self, decision: Decision, entry: Entry) -> None:
        keeper = self.people["governance-officer"]
        publish_decision(decision=decision, by=keeper, at=on(entry["published"], 15))
        if correction := entry.get("correct"):
            correct_decision(
                decision=decision,
                field=correction["field"],
                now=correction["now"],
                why=correction["why"],
                by=keeper,
                at=on(correction["on"]),
            )
        if "approves" in entry:
            self._approve_plan(decision, entry)

    def _approve_plan(self, decision: Decision, entry: Entry) -> None:
        """The plan's gate of approval is passed on the decision, and the plan goes on to the panel."""
        keeper, at = self.people["chief-executive"], on(entry["published"], 16)
        edition = edition_named(entry["approves"])
        stands = next(each for each in standing_of(decision) if each.edition == edition)
        approve_plan(decision=decision, standing=stands, by=keeper, at=at)
        sent = entry["sent_to_panel"]
        given = Given(
            on=sent,
            body_name="Cambridgeshire Police and Crime Panel",
            who=f"{keeper.name}, {self.people.office('chief-executive').title}",
            words=entry["sent_words"],
        )
        take_step(
            edition=edition,
            move=Move.SUBMIT,
            given=given,
            seen=current_seal(edition)[0],
            decider=self.people["commissioner"],
            by=keeper,
            at=on(sent),
        )
