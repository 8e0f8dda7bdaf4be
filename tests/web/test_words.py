"""Dates, counts and statuses as the product says them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from goldthread.web.templatetags import web

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def test_dates_read_as_people_say_them() -> None:
    assert web.day(date(2026, 5, 4)) == "4 May 2026"
    assert web.short_day(date(2026, 9, 30)) == "30 Sep 2026"
    assert web.weekday(date(2019, 11, 21)) == "Thursday 21 November 2019"
    assert web.day(None) == ""


def test_a_moment_is_told_in_the_time_of_the_office() -> None:
    assert web.moment(NOON) == "4 May 2026 at 13:00"
    assert web.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1, hours=2), "yesterday"),
        (timedelta(days=12), "12 days ago"),
        (timedelta(days=30), "4 weeks ago"),
        (timedelta(days=213), "7 months ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(days=-1), "tomorrow"),
        (timedelta(days=-5), "in 5 days"),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    assert web.ago(NOON - before, NOON) == words


def test_days_are_counted_from_days() -> None:
    assert web.ago(date(2026, 5, 4), date(2026, 5, 4)) == "today"
    assert web.ago(date(2026, 5, 3), date(2026, 5, 4)) == "yesterday"


def test_counts_carry_their_unit() -> None:
    assert web.count_of(1, "action") == "1 action"
    assert web.count_of(1204, "action") == "1,204 actions"
    assert web.count_of(2, "body,bodies") == "2 bodies"
    assert web.grouped(None) == "–"
    assert web.grouped(0) == "0"


def test_a_status_is_words_first_and_escaped() -> None:
    assert web.status("<late>", "bad") == '<span class="tag tag--bad">&lt;late&gt;</span>'
    with pytest.raises(TemplateSyntaxError):
        web.status("late", "purple")


def test_pages_keep_the_rest_of_the_question() -> None:
    request = RequestFactory().get("/", {"q": "victims", "page": "3"})
    context = Context({"request": request, "page": Paginator(range(95), 10).get_page(3)})
    words = Template("{% load web %}{% with_query page=4 %} {% with_query page=None %}").render(context)
    assert words == "?q=victims&amp;page=4 ?q=victims"
    assert list(web.page_numbers(context["page"])) == [1, 2, 3, 4, "…", 10]


def test_crumbs_end_with_the_page_itself() -> None:
    words = Template("{% load web %}{% crumbs 'Plan' '/plan/' 'Victims' %}").render(Context())
    assert '<a href="/plan/">Plan</a>' in words
    assert '<li aria-current="page">Victims</li>' in words
