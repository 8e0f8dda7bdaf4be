"""Actions and milestones: added, changed, given to offices, dropped; every change of them is on record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.audit.models import Event
from goldthread.core.delivery.stages import ActionState, PriorityStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.dates import finish, rebaseline, set_forecast
from goldthread.delivery.actions.waiting import depends, no_longer_depends
from goldthread.delivery.actions.work import (
    add_action,
    add_milestone,
    assign,
    begin,
    change_action,
    change_milestone,
    drop,
    open_again,
)
from goldthread.delivery.history import history_of, moves_of
from goldthread.delivery.models import Action, Change, Dependency, Milestone, Priority
from goldthread.delivery.rolling import first_due, rollups_of, theme_rollup
from goldthread.people.actions import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def who(delivering: Any) -> dict[str, Any]:
    """The governance officer, on the Monday on which these tests take place."""
    return {"by": delivering.cast.governance_officer, "at": delivering.at}


@pytest.fixture
def action(delivering: Any, who: dict[str, Any]) -> Action:
    return add_action(
        priority=delivering.live,
        title="Agree how case notes are shared",
        owner_office=delivering.office(Role.CHIEF_CONSTABLE),
        starts=date(2014, 10, 6),
        due=date(2014, 12, 31),
        **who,
    )


def again(action: Action, **more: Any) -> dict[str, Any]:
    """What an action says, to be said again with some of it changed."""
    fields = ("title", "words", "starts", "weight", "cost", "cost_words")
    return {name: getattr(action, name) for name in fields} | more


def refusal(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


def test_an_action_gets_the_next_number_and_an_address(
    delivering: Any, action: Action, who: dict[str, Any]
) -> None:
    second = add_action(
        priority=delivering.live, title="Say who calls", weight=3, cost=Decimal("1200"), **who
    )
    assert (action.number, second.number) == ("V1.1", "V1.2")
    assert second.slug == f"{delivering.live.slug}-2"
    assert (second.state, second.is_open) == (ActionState.PLANNED, True)
    event = Event.objects.get(verb="added an action", thing_id=str(action.pk))
    assert event.facts["owner"] == "Chief Constable"
    assert event.facts["due"] == "2014-12-31"


def test_numbers_are_not_used_again_after_a_gap(delivering: Any, action: Action, who: dict[str, Any]) -> None:
    add_action(priority=delivering.live, title="Third", number="V1.3", **who)
    assert add_action(priority=delivering.live, title="Fourth", **who).number == "V1.4"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": "  "}, "Say in a line"),
        ({"title": "x", "starts": date(2015, 1, 1), "due": date(2014, 12, 1)}, "before it starts"),
        ({"title": "x", "weight": 101}, "from 1 to 100"),
        ({"title": "x", "weight": 0}, "greater than or equal to 1"),
        ({"title": "x", "cost": Decimal("-1")}, "not less than nothing"),
        ({"title": "x" * 301}, "at most 300"),
    ],
)
def test_what_cannot_be_is_refused_with_how_to_mend_it(
    delivering: Any, who: dict[str, Any], given: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError) as error:
        add_action(priority=delivering.live, **given, **who)
    assert words in refusal(error)
    assert not Action.objects.exists()


def test_an_office_of_another_body_owns_nothing_here(delivering: Any, who: dict[str, Any]) -> None:
    theirs = delivering.cast.other_body.offices.get(role=Role.CHIEF_EXECUTIVE)
    with pytest.raises(ValidationError, match="another body"):
        add_action(priority=delivering.live, title="x", owner_office=theirs, **who)


def test_only_who_may_write_delivery_writes_it(delivering: Any, action: Action) -> None:
    for person in (delivering.cast.chief_constable, delivering.cast.stranger, delivering.cast.resident):
        with pytest.raises(NotAllowed):
            add_action(priority=delivering.live, title="Mine", by=person, at=delivering.at)
        with pytest.raises(NotAllowed):
            drop(thing=action, reason="No", by=person, at=delivering.at)


def test_a_change_is_a_line_for_each_thing_that_differs(action: Action, who: dict[str, Any]) -> None:
    change_action(action=action, why="Asked by the board", **again(action, title="Sign it", weight=2), **who)
    lines = [(row.field, row.was, row.now, row.why) for row in action.changes.all()]
    assert lines == [
        ("title", "Agree how case notes are shared", "Sign it", "Asked by the board"),
        ("weight", "1", "2", "Asked by the board"),
    ]
    assert [told.what for told in history_of(action)] == ["Weight", "Title"]


def test_saving_without_a_change_changes_nothing(action: Action, who: dict[str, Any]) -> None:
    before = Event.objects.count()
    change_action(action=action, **again(action), **who)
    assert (Change.objects.count(), Event.objects.count()) == (0, before)


def test_the_second_of_two_at_once_is_told_and_overwrites_nothing(
    delivering: Any, action: Action, who: dict[str, Any]
) -> None:
    change_action(action=action, seen=0, **again(action, title="First"), **who)
    theirs = {"by": delivering.cast.chief_executive, "at": delivering.at}
    with pytest.raises(ValidationError) as error:
        change_action(action=action, seen=0, **again(action, title="Second"), **theirs)
    assert "Peter Lode changed it while you were writing" in refusal(error)
    assert "now says “First”" in refusal(error)
    action.refresh_from_db()
    assert action.title == "First"
    set_forecast(thing=action, to=date(2014, 12, 1), **who)
    seen = action.changes.filter(field="title").get().pk
    change_action(action=action, seen=seen, **again(action, title="Second"), **theirs)


def test_the_first_day_is_never_lost(action: Action, who: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="Say why it comes later than 31 December 2014"):
        set_forecast(thing=action, to=date(2015, 1, 31), **who)
    set_forecast(thing=action, to=date(2015, 1, 31), why="The lawyers asked for more", **who)
    action.refresh_from_db()
    assert (action.baseline, action.forecast, action.due) == (
        date(2014, 12, 31),
        date(2015, 1, 31),
        date(2015, 1, 31),
    )
    with pytest.raises(ValidationError, match="who agreed"):
        rebaseline(thing=action, to=date(2015, 2, 28), why=" ", **who)
    rebaseline(thing=action, to=date(2015, 2, 28), why="Agreed by the board on 3 November", **who)
    rebaseline(thing=action, to=date(2015, 3, 31), why="Agreed again", **who)
    action.refresh_from_db()
    assert (action.baseline, action.forecast) == (date(2015, 3, 31), None)
    assert first_due(action) == date(2014, 12, 31)
    moves = [(move.field, move.was, move.now) for move in moves_of(action)]
    assert moves == [
        ("forecast", None, date(2015, 1, 31)),
        ("baseline", date(2014, 12, 31), date(2015, 2, 28)),
        ("forecast", date(2015, 1, 31), None),
        ("baseline", date(2015, 2, 28), date(2015, 3, 31)),
    ]


def test_an_earlier_day_needs_no_reason_and_the_first_one_is_the_baseline(
    delivering: Any, who: dict[str, Any]
) -> None:
    action = add_action(priority=delivering.live, title="No day yet", **who)
    set_forecast(thing=action, to=date(2015, 3, 31), **who)
    action.refresh_from_db()
    assert (action.baseline, action.forecast) == (date(2015, 3, 31), None)
    set_forecast(thing=action, to=date(2015, 3, 1), **who)
    action.refresh_from_db()
    assert (action.baseline, action.forecast) == (date(2015, 3, 31), date(2015, 3, 1))
    assert [move.now for move in moves_of(action)] == [date(2015, 3, 1)]


def test_finishing_needs_a_day_that_has_come(action: Action, who: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="has not come yet"):
        finish(thing=action, on=date(2014, 11, 4), **who)
    with pytest.raises(ValidationError, match="It started on 6 October 2014"):
        finish(thing=action, on=date(2014, 10, 5), **who)
    finish(thing=action, on=date(2014, 11, 3), words="Signed by both", **who)
    action.refresh_from_db()
    assert (action.state, action.finished) == (ActionState.DONE, date(2014, 11, 3))
    with pytest.raises(ValidationError, match="cannot finish"):
        finish(thing=action, on=date(2014, 11, 3), **who)
    with pytest.raises(ValidationError, match="Open it again first"):
        set_forecast(thing=action, to=date(2014, 12, 1), **who)
    open_again(thing=action, why="The partner has not signed", **who)
    action.refresh_from_db()
    assert (action.state, action.finished) == (ActionState.UNDER_WAY, None)


def test_a_milestone_that_is_reached_begins_its_action(action: Action, who: dict[str, Any]) -> None:
    step = add_milestone(action=action, title="Draft agreed", due=date(2014, 11, 30), **who)
    assert step.number == "V1.1.1"
    finish(thing=step, on=date(2014, 11, 1), **who)
    action.refresh_from_db()
    assert action.state == ActionState.UNDER_WAY
    with pytest.raises(ValidationError, match="done or dropped"):
        finish(thing=step, on=date(2014, 11, 2), **who)
    open_again(thing=step, why="Not by all", **who)
    step.refresh_from_db()
    assert step.reached is None
    assert step.is_open


def test_what_is_dropped_keeps_its_reason_and_counts_for_nothing(
    delivering: Any, action: Action, who: dict[str, Any]
) -> None:
    done = add_action(priority=delivering.live, title="Say who calls", **who)
    finish(thing=done, on=date(2014, 11, 3), **who)
    assert rollups_of([delivering.live])[delivering.live.pk].words == "50%"
    with pytest.raises(ValidationError, match="Say why"):
        drop(thing=action, reason="  ", **who)
    drop(thing=action, reason="Overtaken by the new system", **who)
    action.refresh_from_db()
    assert action.dropped_reason == "Overtaken by the new system"
    rolled = rollups_of([delivering.live, delivering.draft])
    assert rolled[delivering.live.pk].sum_words == "1 of 1, which is 100%"
    assert rolled[delivering.draft.pk].percent is None
    theme = theme_rollup([delivering.live, delivering.draft], rolled, {delivering.live.pk: "Hear"})
    assert theme.words == "100%"
    assert [line.number for line in theme.left_out] == [delivering.draft.number]
    with pytest.raises(ValidationError, match="is over"):
        add_milestone(action=action, title="Late", **who)


def test_a_milestone_is_dropped_and_changed_by_itself(action: Action, who: dict[str, Any]) -> None:
    step = add_milestone(action=action, title="Draft agreed", weight=2, **who)
    change_milestone(milestone=step, title="Draft agreed by both", weight=3, **who)
    set_forecast(thing=step, to=date(2014, 12, 1), **who)
    drop(thing=step, reason="Not needed", **who)
    step.refresh_from_db()
    assert (step.title, step.weight, step.baseline) == ("Draft agreed by both", 3, date(2014, 12, 1))
    assert step.dropped_on == date(2014, 11, 3)
    with pytest.raises(ValidationError, match="already"):
        drop(thing=step, reason="Twice", **who)
    told = [(each.about, each.what) for each in history_of(action)]
    assert ("V1.1.1", "Why it was dropped") in told


def test_work_goes_to_an_office_or_to_a_name(delivering: Any, action: Action, who: dict[str, Any]) -> None:
    assign(thing=action, office=delivering.office(Role.PARTNER_LEAD), why="They run the hub", **who)
    action.refresh_from_db()
    assert action.owner_office == delivering.office(Role.PARTNER_LEAD)
    with pytest.raises(ValidationError, match="Choose the office"):
        assign(thing=action, **who)
    assign(thing=action, words="Fenland Women’s Aid", **who)
    action.refresh_from_db()
    assert (action.owner_office, action.owner_words) == (None, "Fenland Women’s Aid")
    told = [(each.what, each.was, each.now) for each in history_of(action)]
    assert ("Owner", "Community Safety Partnership Lead", "") in told
    step = add_milestone(action=action, title="A step", **who)
    assign(thing=step, office=delivering.office(Role.ANALYST), **who)
    assign(thing=step, office=None, **who)
    step.refresh_from_db()
    assert step.owner_office is None


def test_nothing_waits_in_a_circle(delivering: Any, action: Action, who: dict[str, Any]) -> None:
    second, third = (add_action(priority=delivering.live, title=each, **who) for each in ("Two", "Three"))
    depends(action=action, on=second, why="It needs the list", **who)
    step = add_milestone(action=third, title="Half of it", **who)
    depends(action=second, on=step, **who)
    with pytest.raises(ValidationError) as error:
        depends(action=third, on=action, **who)
    assert "V1.1 waits for this already: V1.1 → V1.2 → V1.3" in refusal(error)
    with pytest.raises(ValidationError, match="itself"):
        depends(action=third, on=step, **who)
    with pytest.raises(ValidationError, match="noted already"):
        depends(action=action, on=second, **who)
    row = Dependency.objects.get(action=second)
    no_longer_depends(dependency=row, why="Not needed", **who)
    depends(action=third, on=action, **who)
    assert [each.what for each in history_of(second)] == ["Waits for", "Waits for"]
    with pytest.raises(ValidationError, match="already"):
        no_longer_depends(dependency=row, **who)


def test_what_a_year_ended_with_stays(delivering: Any, action: Action, who: dict[str, Any]) -> None:
    step = add_milestone(action=action, title="A step", **who)
    Priority.objects.filter(pk=delivering.live.pk).update(
        stage=PriorityStage.CLOSED, closed_on=who["at"].date(), closed_by="Test", closed_reason="Done"
    )
    other = add_action(priority=delivering.draft, title="Elsewhere", **who)
    deeds = (
        lambda: add_action(priority=delivering.live, title="Late", **who),
        lambda: set_forecast(thing=action, to=date(2014, 12, 1), **who),
        lambda: finish(thing=step, on=date(2014, 11, 1), **who),
        lambda: assign(thing=step, office=delivering.office(Role.ANALYST), **who),
        lambda: begin(action=action, **who),
        lambda: depends(action=action, on=other, **who),
    )
    for deed in deeds:
        with pytest.raises(ValidationError, match="is over"):
            deed()
    assert Milestone.objects.get().reached is None


def test_the_history_says_when_and_by_whom(action: Action, at: datetime, who: dict[str, Any]) -> None:
    begin(action=action, **who)
    set_forecast(thing=action, to=date(2015, 2, 1), why="Slow", by=who["by"], at=at + timedelta(days=1))
    newest, oldest = history_of(action)
    assert (oldest.what, oldest.was, oldest.now, oldest.by_name) == (
        "State",
        "Planned",
        "Under way",
        "Peter Lode",
    )
    assert (newest.what, newest.now, newest.why) == ("Now expected", "1 February 2015", "Slow")
    assert [move.now for move in moves_of(action, since=at)] == [date(2015, 2, 1)]
