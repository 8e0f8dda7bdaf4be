"""The pages of periods and statuses, opened and filled in by somebody of the story."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.periods import close_period
from goldthread.delivery.actions.signing import sign_off
from goldthread.delivery.models import Action, Period, StatusScale
from tests.delivery.saying import Visitor, a_period, say, told

SAID = {"words": "Two councils have signed.", "status": "at_risk"}


@pytest.fixture
def chief(delivering: Any) -> Visitor:
    return Visitor(delivering.cast.chief_constable)


@pytest.fixture
def officer(delivering: Any) -> Visitor:
    return Visitor(delivering.cast.governance_officer)


def test_a_period_is_opened_watched_and_closed(
    delivering: Any, chief: Visitor, officer: Visitor, at: datetime
) -> None:
    first, second = delivering.action(), delivering.action("Train the staff", owner=Role.PARTNER_LEAD)
    assert "No period is open" in chief.words("desk-periods")
    days = {"starts": "2014-10-01", "ends": "2014-12-31", "due": "2015-01-09"}
    answer = told(officer.post("desk-period-open", name="October to December 2014", **days))
    assert "Word of 0 of 2 actions" in answer
    period = Period.objects.get()
    say(first, delivering.cast.chief_constable, at, **SAID)
    page = officer.words("desk-period", period.pk)
    assert "Word of 1 of 2 actions. It is due by 9 January 2015." in page
    assert "1 update waits to be signed off" in page
    assert "Community Safety Partnership Lead" in page
    assert second.number in page
    assert "Close the period" not in chief.words("desk-period", period.pk)
    assert chief.post("desk-period-close", period.pk).status_code == 403
    assert "It is closed." in told(officer.post("desk-period-close", period.pk))


def test_a_closed_period_shows_what_stood_and_not_what_stands(
    delivering: Any, chief: Visitor, at: datetime
) -> None:
    cast, action = delivering.cast, delivering.action()
    autumn = a_period(delivering, at, name="Autumn")
    sign_off(update=say(action, cast.chief_constable, at, **SAID), by=cast.governance_officer, at=at)
    close_period(period=autumn, by=cast.governance_officer, at=datetime(2015, 1, 12, 9, tzinfo=UTC))
    before = chief.words("desk-period", autumn.pk)
    table = chief.get("desk-period-csv", autumn.pk)
    assert "As it stood on 12 January 2015, when Peter Lode closed it." in before
    assert "Agree how case notes are shared" in before
    assert "Two councils have signed." in before
    assert "Two councils have signed." in table.content.decode()
    Action.objects.filter(pk=action.pk).update(title="=Renamed", baseline=date(2016, 1, 1))
    assert chief.words("desk-period", autumn.pk) == before
    assert chief.get("desk-period-csv", autumn.pk).content == table.content
    winter = a_period(
        delivering, at, name="Winter", starts=date(2015, 1, 1), ends=date(2015, 3, 31), due=date(2015, 4, 9)
    )
    assert chief.get("desk-period-csv", winter.pk).status_code == 404
    close_period(period=winter, by=cast.governance_officer, at=datetime(2015, 4, 12, 9, tzinfo=UTC))
    after = chief.words("desk-period", winter.pk)
    assert "Was called “Agree how case notes are shared”." in after
    assert "'=Renamed" in chief.get("desk-period-csv", winter.pk).content.decode()


def test_another_body_sees_no_period_and_no_update(delivering: Any, at: datetime) -> None:
    stranger, period = Visitor(delivering.cast.stranger), a_period(delivering, at)
    update = say(delivering.action(), delivering.cast.chief_constable, at, **SAID)
    assert stranger.get("desk-period", period.pk).status_code == 404
    assert stranger.post("desk-period-close", period.pk).status_code == 404
    assert stranger.get("desk-update-given", update.pk).status_code == 404
    assert "October to December 2014" not in stranger.words("desk-periods")


def test_statuses_are_read_by_all_and_set_anew_by_the_office(
    delivering: Any, chief: Visitor, officer: Visitor
) -> None:
    assert "It will be done by its date, as it was agreed." in chief.words("desk-statuses")
    assert chief.get("desk-statuses-new").status_code == 403
    assert "Whoever chooses it says that the work is done" in officer.words("desk-statuses-new")
    given = {"name": "Ours", "from_day": timezone.localdate().isoformat()}
    rows = [("On course", "As agreed.", "good"), ("Finished", "All of it.", "good"), ("Red", "", "bad")]
    for place, (word, meaning, tone) in enumerate(rows):
        given |= {
            f"level-{place}-word": word,
            f"level-{place}-meaning": meaning,
            f"level-{place}-tone": tone,
        }
    given |= {f"level-{place}-tone": "calm" for place in range(3, 8)} | {"level-1-done": "on"}
    assert "needs a word and what it means here" in told(officer.post("desk-statuses-new", **given))
    answer = told(officer.post("desk-statuses-new", **given | {"level-2-meaning": "It will miss its date."}))
    assert "keep the words they had" in answer
    scale = StatusScale.objects.get()
    assert [(each["code"], each["word"]) for each in scale.levels] == [
        ("on_course", "On course"),
        ("done", "Finished"),
        ("red", "Red"),
    ]
