"""What is going on when the demonstration is opened: this year's priorities, and what is owed of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from goldthread.core.delivery.years import year_days, year_of, year_words
from goldthread.delivery.actions.priorities import approve, propose
from goldthread.delivery.actions.reminders import add_rule, write_letters_of_the_day
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.deeds import Deeds
from goldthread.delivery.demonstration.words import Entry
from goldthread.delivery.demonstration.year import note_action, note_period, of_year
from goldthread.meetings.actions.decisions import decide, draft_decision, mark_decision, publish_decision
from goldthread.meetings.demonstration.cast import on
from goldthread.meetings.models import Decision, Register

LONGEST_AGO = timedelta(days=130)
"""The words of the present reach back less far than this, so that all of them fall in its year."""

RULES_SINCE = timedelta(days=10)


def year_now(today: date) -> int:
    """The year that the present is told in."""
    return year_of(today - LONGEST_AGO)


def note_present(deeds: Deeds, today: date) -> None:
    """Put this year into the diary, counting days from today."""
    first, _ = year_days(deeds.year)
    drafted = first - timedelta(days=14)
    deeds.diary.put(on(drafted), lambda at: _draft(deeds, today, at))
    deeds.diary.put(on(drafted, 12), lambda at: propose(priorities=of_year(deeds), by=deeds.keeper, at=at))
    deeds.diary.put(on(first), lambda at: _decide(deeds, at))
    for quarter in (_quarter(today, before=1), _quarter(today, before=0)):
        note_period(deeds, quarter)
    deeds.diary.put(on(today - RULES_SINCE), lambda at: _rule(deeds, at))
    deeds.diary.put(on(_last_monday(today), 9), lambda at: write_letters_of_the_day(at=at))


def _rule(deeds: Deeds, at: datetime) -> None:
    for entry in words.present()["rule"]:
        office = entry.get("office")
        add_rule(
            body=deeds.plan.body,
            name=entry["name"],
            about=entry["about"],
            days=entry["days"],
            to=entry["to"],
            office=deeds.owners.office(office) if office else None,
            by=deeds.keeper,
            at=at,
        )


def _last_monday(today: date) -> date:
    """The Monday before a day: everybody had their letter of the week then."""
    return today - timedelta(days=today.weekday() or 7)


def _draft(deeds: Deeds, today: date, at: datetime) -> None:
    for entry in words.present()["priority"]:
        priority = deeds.draft(entry["theme"], entry, at)
        for measure in entry.get("measures", ()):
            deeds.measure(priority, {**measure, "on": localdate(at)})
        for action in entry["action"]:
            note_action(deeds, priority, _dated(action, today), at)


def _dated(entry: Entry, today: date) -> Entry:
    """An action whose days are counted from today, as one with days of the calendar."""
    made = dict(entry)
    for name in ("starts", "due", "on"):
        if name in made:
            made[name] = today + timedelta(days=made[name])
    if "forecast_days" in made:
        made["forecast"] = today + timedelta(days=made.pop("forecast_days"))
    for name in ("milestones", "updates"):
        if name in made:
            made[name] = [_dated(each, today) for each in made[name]]
    if "link" in made:
        made["asked"] = _dated(made.pop("link"), today)
    return made


def _decide(deeds: Deeds, at: datetime) -> None:
    """The commissioner decides before the board next meets, and it is published the same day."""
    told, keeper, who = words.present()["decision"], deeds.keeper, "commissioner"
    year = year_words(deeds.year)
    drafted = draft_decision(
        register=Register.objects.get(body=deeds.plan.body),
        kind="urgent",
        title=told["title"].format(year=year),
        meeting=None,
        item=None,
        recommendation=None,
        by=keeper,
        at=at,
    )
    decision = decide(
        decision=drafted,
        outcome="agreed",
        resolved=told["resolved"].format(year=year),
        reasons=told["reasons"],
        options=[(option, why) for option, why in told["options"]],
        powers=told["powers"],
        interests=told["interests"],
        urgent_reason=told["urgent_reason"],
        decider=deeds.owners.office(who),
        decided_by=deeds.owners[who],
        decided_on=localdate(at),
        relied_on=(),
        by=keeper,
        at=at,
    )
    _publish(deeds, decision, at)
    approve(priorities=of_year(deeds), decision=decision, by=keeper, at=at)


def _publish(deeds: Deeds, decision: Decision, at: datetime) -> None:
    mark_decision(decision=decision, marking="open", by=deeds.owners["monitoring-officer"], at=at)
    publish_decision(decision=decision, by=deeds.keeper, at=at)


def _quarter(today: date, *, before: int) -> Entry:
    """The quarter that a day falls in, or one before it; closed if its updates were due long enough ago."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    for _ in range(before):
        earlier = first - timedelta(days=1)
        first = date(earlier.year, earlier.month - 2, 1)
    following = first + timedelta(days=100)
    ends = date(following.year, following.month, 1) - timedelta(days=1)
    last = ends.replace(day=1)
    entry = {
        "name": f"{first:%B} to {last:%B %Y}",
        "starts": first,
        "ends": ends,
        "due": ends + timedelta(days=10),
    }
    closed = ends + timedelta(days=17)
    return {**entry, "closed": closed} if closed < today else entry
