"""Periods: what stood when one was closed stands for good, whatever becomes of the live records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError

from goldthread.core.delivery.stages import ActionState
from goldthread.core.governance.abilities import Role
from goldthread.core.records import of_form, to_form
from goldthread.delivery.actions.dates import finish, set_forecast
from goldthread.delivery.actions.keeping import keep_typing
from goldthread.delivery.actions.periods import close_period
from goldthread.delivery.actions.signing import sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.actions.work import assign, drop
from goldthread.delivery.models import Period, PeriodLine, Update
from goldthread.delivery.snapshots import LineThen, changes, gathered, period_seal, read_line
from goldthread.delivery.updates import counted_words, kept_for
from goldthread.people.actions import NotAllowed
from tests.delivery.saying import a_period

CLOSING = datetime(2015, 1, 12, 9, tzinfo=UTC)
"""The day on which October to December is closed."""


def next_period(delivering: Any, at: datetime) -> Period:
    return a_period(
        delivering,
        at,
        name="January to March 2015",
        starts=date(2015, 1, 1),
        ends=date(2015, 3, 31),
        due=date(2015, 4, 10),
    )


def said(delivering: Any, thing: Any, at: datetime, **more: Any) -> Update:
    """An update of the chief constable that the governance officer signed."""
    given = {"words": "Two councils have signed.", "status": "at_risk", **more}
    update = give_update(subject=thing, by=delivering.cast.chief_constable, at=at, **given)
    sign_off(update=update, by=delivering.cast.governance_officer, at=at)
    return update


def close(delivering: Any, period: Period, at: datetime = CLOSING) -> Period:
    return close_period(period=period, by=delivering.cast.governance_officer, at=at)


def kept(period: Period) -> list[Any]:
    """Everything that is kept of a closed period, straight from the database."""
    period = Period.objects.get(pk=period.pk)
    lines = list(period.lines.values_list("position", "kind", "ref_id", "number", "title", "form", "seal"))
    return [period.name, period.starts, period.ends, period.due, period.closed_by, period.seal, *lines]


def test_a_closed_period_keeps_everything_as_it_stood(delivering: Any, at: datetime) -> None:
    period, action = a_period(delivering, at), delivering.action(weight=2, cost="1200.50")
    milestone = delivering.milestone(action, reached=date(2014, 11, 1))
    silent = delivering.action("Train the staff", owner=Role.PARTNER_LEAD, due=date(2015, 6, 30))
    update = said(delivering, action, at)
    close(delivering, period)
    lines = [read_line(row) for row in period.lines.all()]
    assert [(line.kind, line.number) for line in lines] == [
        ("priority", "V1"),
        ("action", action.number),
        ("milestone", milestone.number),
        ("action", silent.number),
    ]
    priority, first, step, second = lines
    assert (priority.title, priority.owner, priority.share) == (
        "Hear from a named person",
        "Chief Constable",
        "33%",
    )
    assert (first.word, first.words) == ("Late", "Due 31 December 2014, and no new date is given.")
    assert (first.cost, first.weight, first.share) == ("1200.50", 2, "50%")
    assert first.last is not None
    assert (first.last.update, first.last.word, first.last.given_as) == (
        update.pk,
        "At risk",
        "Chief Constable",
    )
    assert first.last.meaning.startswith("It may miss its date")
    assert first.heard == "No update since 3 November 2014."
    assert (step.word, step.heard) == ("Done", "")
    assert (second.last, second.heard, second.owner) == (
        None,
        "No update yet.",
        "Community Safety Partnership Lead",
    )
    assert period.seal == period_seal(period, (line.seal for line in lines))


def test_what_is_not_live_is_not_in_it(delivering: Any, at: datetime) -> None:
    period = a_period(delivering, at)
    delivering.action(priority=delivering.draft)
    close(delivering, period)
    assert not period.lines.exists()
    assert period.seal


def test_a_closed_period_does_not_change_when_live_records_do(delivering: Any, at: datetime) -> None:
    cast, period = delivering.cast, a_period(delivering, at)
    action, other = delivering.action(), delivering.action("Train the staff")
    milestone = delivering.milestone(action)
    said(delivering, action, at)
    close(delivering, period)
    before, officer = kept(period), {"by": cast.governance_officer, "at": CLOSING}
    next_period(delivering, CLOSING)
    set_forecast(thing=action, to=date(2015, 5, 31), why="The councils meet in May.", **officer)
    assign(thing=action, office=delivering.office(Role.PARTNER_LEAD), **officer)
    finish(thing=milestone, on=date(2015, 1, 5), **officer)
    drop(thing=other, reason="It is done elsewhere.", **officer)
    give_update(
        subject=action, words="All four have signed.", status="done", by=cast.governance_officer, at=CLOSING
    )
    delivering.action("A new one")
    action.title = "Renamed altogether"
    action.save(update_fields=["title"])
    cast.chief_constable.name = "Somebody Else"
    cast.chief_constable.save(update_fields=["name"])
    delivering.live.theme_title = "Renamed"
    assert kept(period) == before
    now = {line.ref_id: line for line in gathered(cast.body, CLOSING.date()) if line.kind == "action"}
    assert now[action.pk].title == "Renamed altogether"


@pytest.mark.parametrize(
    "change",
    [
        lambda period: period.lines.update(title="Rewritten"),
        lambda period: period.lines.update(form={}),
        lambda period: Period.objects.filter(pk=period.pk).update(ends=date(2016, 1, 1)),
        lambda period: Period.objects.filter(pk=period.pk).update(seal="0" * 64),
        lambda period: period.lines.all()._raw_delete(connection.alias),
        lambda period: PeriodLine.objects.create(
            period=period, position=99, kind="action", ref_id=99, number="X", title="X", form={}, seal="0"
        ),
    ],
)
def test_the_database_refuses_to_change_a_closed_period(delivering: Any, at: datetime, change: Any) -> None:
    period = a_period(delivering, at)
    delivering.action()
    close(delivering, period)
    before = kept(period)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        change(period)
    assert kept(period) == before


def test_an_update_typed_while_its_period_closes_counts_towards_the_next(
    delivering: Any, at: datetime
) -> None:
    cast, action = delivering.cast, delivering.action(state=ActionState.UNDER_WAY)
    autumn, winter = a_period(delivering, at), next_period(delivering, at)
    keep_typing(subject=action, form={"words": "Two councils"}, by=cast.chief_constable, at=at)
    begun_in = kept_for(action, by=cast.chief_constable).form["period"]
    assert begun_in == autumn.pk
    close(delivering, autumn)
    keep_typing(
        subject=action,
        form={"words": "Two councils have"},
        by=cast.chief_constable,
        at=CLOSING + timedelta(minutes=1),
    )
    assert kept_for(action, by=cast.chief_constable).form == {
        "period": autumn.pk,
        "words": "Two councils have",
    }
    update = give_update(
        subject=action,
        words="Two councils have signed.",
        status="on_course",
        by=cast.chief_constable,
        at=CLOSING + timedelta(minutes=2),
    )
    assert update.period == winter
    assert update.words == "Two councils have signed."
    assert counted_words(update, begun_in) == (
        "“October to December 2014” was closed while you were writing. "
        "What you wrote counts towards January to March 2015."
    )
    assert counted_words(update, winter.pk) == ""


def test_what_waits_to_be_signed_goes_to_the_next_period(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    autumn = a_period(delivering, at)
    update = give_update(
        subject=action, words="Two signed.", status="on_course", by=cast.chief_constable, at=at
    )
    close(delivering, autumn)
    update.refresh_from_db()
    assert update.period is None
    assert read_line(autumn.lines.get(kind="action")).last is None
    winter = next_period(delivering, CLOSING)
    update.refresh_from_db()
    assert update.period == winter
    sign_off(update=update, by=cast.governance_officer, at=CLOSING)
    assert update.period == winter


def test_periods_are_opened_and_closed_by_the_office_in_order(delivering: Any, at: datetime) -> None:
    cast, period = delivering.cast, a_period(delivering, at)
    for who in (cast.analyst, cast.commissioner, cast.chief_constable):
        with pytest.raises(NotAllowed):
            close_period(period=period, by=who, at=CLOSING)
    with pytest.raises(ValidationError, match="runs until 31 December 2014"):
        close(delivering, period, at)
    close(delivering, period)
    with pytest.raises(ValidationError, match="closed on 12 January 2015 by Peter Lode"):
        close(delivering, period)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"starts": date(2015, 1, 1)}, "ends"),
        ({"due": date(2014, 9, 1)}, "due"),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    delivering: Any, at: datetime, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        a_period(delivering, at, **given)
    assert field in refused.value.message_dict
    assert not Period.objects.exists()


def test_two_periods_do_not_share_a_day(delivering: Any, at: datetime) -> None:
    a_period(delivering, at)
    with pytest.raises(ValidationError, match="do not share a day"):
        a_period(delivering, at, name="Winter", starts=date(2014, 12, 31), ends=date(2015, 3, 31))


def test_closing_costs_the_same_queries_however_many_there_are(
    delivering: Any, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        delivering.milestone(delivering.action(f"Step {n}"))
    with django_assert_max_num_queries(8):
        assert len(list(gathered(delivering.cast.body, at.date()))) == 13


def test_what_changed_from_one_period_to_the_next(delivering: Any, at: datetime) -> None:
    autumn, action = a_period(delivering, at), delivering.action()
    said(delivering, action, at)
    close(delivering, autumn)
    winter = next_period(delivering, CLOSING)
    said(delivering, action, CLOSING, status="off_course", forecast=date(2015, 5, 31))
    new = delivering.action("Train the staff")
    closing = datetime(2015, 4, 1, 9, tzinfo=at.tzinfo)
    close(delivering, winter, closing)
    was = {row.ref_id: read_line(row) for row in autumn.lines.filter(kind="action")}
    now = {row.ref_id: read_line(row) for row in winter.lines.filter(kind="action")}
    assert changes(was[action.pk], now[action.pk], closing.date()) == (
        "Was “At risk”, now “Off course”.",
        "Its date moved from 31 December 2014 to 31 May.",
    )
    assert changes(None, now[new.pk], closing.date()) == ("New in this period.",)
    assert changes(was[action.pk], was[action.pk], closing.date()) == ()


def test_a_line_is_read_as_it_was_written(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    said(delivering, action, at)
    for line in gathered(delivering.cast.body, at.date()):
        assert of_form(LineThen, to_form(line)) == line
