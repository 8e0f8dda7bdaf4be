"""What owners and the office did with priorities and actions, as deeds for the diary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goldthread.core.text import Section, Text
from goldthread.delivery.actions.dates import finish
from goldthread.delivery.actions.links import begin, send_link, use_link
from goldthread.delivery.actions.priorities import draft_priority, measure_by, serve
from goldthread.delivery.actions.signing import return_update, sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.actions.work import add_action, add_milestone, assign
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.cast import Owners
from goldthread.delivery.demonstration.diary import Diary
from goldthread.delivery.demonstration.words import Entry
from goldthread.delivery.models import Action, Milestone, Priority, Update, UpdateLink
from goldthread.files.word.write import write_docx
from goldthread.meetings.demonstration.cast import on
from goldthread.people.models import User
from goldthread.performance.models import Measure
from goldthread.plans.demonstration.markup import read_words
from goldthread.plans.demonstration.sheets import key_of
from goldthread.plans.demonstration.words import section_key
from goldthread.plans.models import Document, Edition

SIGNED_AFTER = timedelta(days=2)
LINK_BEFORE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Deeds:
    """The deeds of one year of a plan. ``plan_words`` names the plan among the demonstration's words."""

    owners: Owners
    plan: Document
    edition: Edition
    year: int
    diary: Diary
    plan_words: str = "2017-20"

    @property
    def keeper(self) -> User:
        """Who keeps delivery in order: the governance officer."""
        return self.owners["governance-officer"]

    def draft(self, theme: str, entry: Entry, at: datetime) -> Priority:
        """A priority with what it serves, and its actions with their milestones."""
        lead = entry["lead_office"]
        priority = draft_priority(
            plan=self.plan,
            theme_key=section_key(self.plan_words, theme),
            year=self.year,
            title=entry["title"],
            words=entry["words"],
            success=entry["success"],
            lead=entry["lead"],
            lead_office=self.owners.office(lead),
            lead_words=entry.get("lead_words", ""),
            support=[(who, what) for who, what in entry["support"]],
            by=self.keeper,
            at=at,
        )
        for place in entry["serves"]:
            self._serve(priority, place, at)
        return priority

    def _serve(self, priority: Priority, place: Entry, at: datetime) -> None:
        block = place.get("block", "")
        serve(
            priority=priority,
            edition=self.edition,
            section_key=section_key(self.plan_words, place["section"]),
            block_key=section_key(self.plan_words, block) if block else "",
            by=self.keeper,
            at=at,
        )

    def add(self, priority: Priority, entry: Entry, at: datetime) -> Action:
        """An action with its milestones, as they were first agreed."""
        owner = entry.get("owner")
        action = add_action(
            priority=priority,
            title=entry["title"],
            words=entry.get("words", ""),
            owner_office=self.owners.office(owner) if owner else None,
            owner_words=entry.get("owner_words", ""),
            starts=entry["starts"],
            due=entry["due"],
            weight=entry.get("weight", 1),
            cost=entry.get("cost"),
            cost_words=entry.get("cost_words", ""),
            by=self.keeper,
            at=at,
        )
        for step in entry.get("milestones", ()):
            made = add_milestone(
                action=action,
                title=step["title"],
                due=step["due"],
                weight=step["weight"],
                by=self.keeper,
                at=at,
            )
            if "reached" in step:
                self._reach(made, step["reached"])
        return action

    def _reach(self, milestone: Milestone, day: date) -> None:
        self.diary.put(
            on(day, 18), lambda at: finish(thing=milestone, on=day, words="", by=self.keeper, at=at)
        )

    def give_to(self, action: Action, entry: Entry) -> None:
        """An action goes to another office, once it is agreed who leads."""
        office = self.owners.office(entry["to"])
        why = "Agreed by the chief constable and the head of community safety."
        self.diary.put(
            on(entry["on"], 17),
            lambda at: assign(thing=action, office=office, why=why, by=self.keeper, at=at),
        )

    def measure(self, priority: Priority, entry: Entry) -> None:
        """A measure tells of a priority from a day on."""
        self.diary.put(
            on(entry["on"], 15),
            lambda at: measure_by(
                priority=priority,
                measure=Measure.objects.get(body=self.plan.body, key=entry["measure"]),
                why=entry["why"],
                by=self.owners["analyst"],
                at=at,
            ),
        )

    def tell(self, action: Action, entry: Entry) -> None:
        """An update of an action, from the hour when it was given to the hour when it was signed."""
        given = on(entry["on"], 11)
        if entry.get("link"):
            self.diary.put(given - LINK_BEFORE, lambda at: self._ask(action, entry, given, at))
            return
        self.diary.put(given, lambda at: self._give(action, entry, at))

    def _ask(self, action: Action, entry: Entry, answered: datetime, at: datetime) -> None:
        link = self.send(action, at)
        self.diary.put(answered, lambda then: self._answer(link, entry, then))

    def send(self, action: Action, at: datetime) -> UpdateLink:
        """A link by email to whoever holds the office that owes an action."""
        action.refresh_from_db()
        return send_link(subject=action, to_office=action.owner_office, by=self.keeper, at=at)

    def _give(self, action: Action, entry: Entry, at: datetime) -> None:
        action = Action.objects.select_related("owner_office").get(pk=action.pk)
        update = give_update(
            subject=action,
            words=entry["words"],
            status=entry["status"],
            forecast=entry.get("forecast"),
            done=entry.get("done", False),
            evidence=_evidence(entry),
            by=self.owners.holder(action.owner_office, at),
            at=at,
        )
        self._let_settle(update, entry, at)

    def _answer(self, link: UpdateLink, entry: Entry, at: datetime) -> None:
        """The link is opened, begun with and used, by whoever it was sent to."""
        begin(link=link, at=at)
        said = {name: entry.get(name) for name in ("words", "status", "forecast")}
        self._let_settle(use_link(link=link, at=at, **said), entry, at)

    def _let_settle(self, update: Update, entry: Entry, at: datetime) -> None:
        if not entry.get("waits"):
            self.diary.put(at + SIGNED_AFTER, lambda then: self._settle(update, entry, then))

    def _settle(self, update: Update, entry: Entry, at: datetime) -> None:
        """Sign an update off, or send it back with what is missing; it may be given again."""
        signer = self.owners["chief-executive"] if update.giver_id == self.keeper.pk else self.keeper
        if "returned" not in entry:
            sign_off(update=update, by=signer, at=at)
            return
        return_update(update=update, words=entry["returned"], by=signer, at=at)
        if "again" in entry:
            kept = {name: value for name, value in entry.items() if name not in ("returned", "again")}
            self.tell(update.action, {**kept, **entry["again"]})


def _evidence(entry: Entry) -> tuple[tuple[str, bytes], ...]:
    if "evidence" not in entry:
        return ()
    said = words.year()["evidence"][entry["evidence"]]
    key = key_of(f"evidence/{entry['evidence']}")
    section = Section(key("all"), said["title"], read_words(said["words"], key))
    return ((said["name"], write_docx(Text(said["title"], (section,)))),)
