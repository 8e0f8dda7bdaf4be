"""The first page of the desk: what needs somebody, what they owe in brief, how the plan stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from goldthread.core.governance.abilities import Role
from goldthread.delivery.desk.frame import Here
from goldthread.plans.needs import Need
from goldthread.thread.home import owed_words, pressing_first, themes_in_brief
from tests.performance.visiting import words_of

pytestmark = pytest.mark.django_db

ON = date(2014, 11, 3)


def need(title: str, due: date | None = None, tone: str = "calm", kind: str = "Action") -> Need:
    return Need(title, "/desk/", "", "", tone, due, kind)


def home(user: Any) -> str:
    visit = Client()
    visit.force_login(user)
    answer = visit.get("/desk/")
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def test_what_is_overdue_comes_first_and_the_rest_stays_as_it_was_told() -> None:
    told = (need("a"), need("b", tone="warn"), need("c", tone="bad"), need("d"))
    assert [each.title for each in pressing_first(told)] == ["c", "a", "b", "d"]


def test_what_somebody_owes_is_counted_by_its_day() -> None:
    told = (
        need("late", date(2014, 10, 1)),
        need("soon", date(2014, 11, 28)),
        need("far", date(2015, 3, 1)),
        need("none"),
        need("waits for whoever comes first", date(2014, 10, 1), kind=""),
    )
    assert owed_words(told, ON) == "1 overdue, 1 due this month"
    assert owed_words(told[3:], ON) == ""


def test_the_office_sees_each_theme_in_a_line(delivering: Any) -> None:
    delivering.action(due=date(2014, 10, 10))
    delivering.action("Train sixty officers", finished=date(2014, 10, 20))
    here = Here(delivering.cast.body, delivering.plan, 2014)
    officer = delivering.cast.holder(Role.GOVERNANCE_OFFICER)
    (theme,) = themes_in_brief(here, officer, ON)
    assert (theme.title, theme.words) == ("Victims", "2 actions: 1 done, 1 late")
    assert (theme.status, theme.tone) == ("1 late", "bad")
    assert list(themes_in_brief(here, delivering.cast.stranger, ON)) == []


@pytest.mark.slow
def test_each_sees_the_home_that_their_offices_give_them(delivering: Any) -> None:
    delivering.action(due=date(2014, 10, 10))
    assert "What needs me" in home(delivering.cast.holder(Role.GOVERNANCE_OFFICER))
    panel = home(delivering.cast.holder(Role.PANEL_CLERK))
    assert "The plan this year" not in panel
    assert "What needs me" in home(delivering.cast.resident)
