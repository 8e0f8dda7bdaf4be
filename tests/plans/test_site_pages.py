"""What the public reads of a plan: in force, as at a date, in any edition, one section or all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from goldthread.audit import vault
from goldthread.core.text import Kind
from tests.plans.story import FIRST, SECOND, a_draft, a_plan, issued, the_plan

PLAN = "/plan/police-and-crime-plan-2013-16/"
CALLS_AT = "answering-calls-1a1b2c3d/"
Read = Callable[..., str]


@pytest.fixture
def plan(cast):
    return the_plan(cast)


@pytest.fixture
def read(plan) -> Read:
    """Read a public page as anybody may, and give it as text."""

    def page(address: str, status: int = 200) -> str:
        response = Client().get(address)
        assert response.status_code == status, response
        return response.content.decode()

    return page


def test_the_first_page_lists_what_is_in_force_and_what_changed_lately(read: Read):
    page = read("/")
    assert "In force since 5 March 2013, in its present words since 31 March 2014." in page
    order = [
        page.index(f"changes/{pair}/") for pair in ("february-2014..march-2014", "march-2013..february-2014")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("address", ["/", "/plan/"])
@pytest.mark.django_db
def test_with_no_plan_issued_the_lists_say_so(address: str):
    assert "No plan has been issued yet" in Client().get(address).content.decode()


def test_the_front_page_says_what_is_in_force_and_why(read: Read):
    page = read(PLAN)
    assert "in force in these words since 31 March 2014" in page
    assert "Asking people." in page
    assert f'href="{PLAN}changes/february-2014..march-2014/"' in page
    assert "1 April 2013" in page
    assert "31 March 2031" in page
    assert f'href="{PLAN}plan.pdf"' in page
    assert f'<link rel="canonical" href="http://testserver{PLAN}">' in page
    assert '<meta name="description" content="The plan of Fenshire' in page
    assert "superseded" not in page


def test_contents_bear_numbers_and_hold_subsections(read: Read):
    page = read(PLAN)
    assert re.findall(r'class="num">([\d.]+)</span>([^<]+)<', page) == [
        ("1", "Keeping people safe"),
        ("1.2", "Answering calls"),
        ("2", "Community engagement"),
        ("3", "Victims and witnesses"),
    ]


def test_kinds_that_an_edition_does_not_show_are_nowhere(read: Read):
    for tail in ("whole/", "keeping-people-safe-0a1b2c3d/"):
        assert "Patrol the market square" not in read(PLAN + tail)
        assert "Patrol the market square" in read(f"{PLAN}editions/february-2014/{tail}")


def test_a_section_is_read_with_its_subsections_and_its_neighbours(read: Read):
    page = read(f"{PLAN}community-engagement-3a1b2c3d/")
    assert "We ask before we act." in page
    assert "Nobody tells" not in page
    assert f'href="{PLAN}keeping-people-safe-0a1b2c3d/" rel="prev"' in page
    assert f'href="{PLAN}victims-and-witnesses-2a1b2c3d/" rel="next"' in page
    assert "Nine in ten calls" in read(f"{PLAN}keeping-people-safe-0a1b2c3d/")


def test_a_section_says_since_when_its_words_have_stood(read: Read):
    page = read(PLAN + CALLS_AT)
    assert "These words have stood since 24 February 2014, unchanged in one later edition." in page
    assert f"{PLAN}changes/march-2013..february-2014/#1a1b2c3d-" in page
    old = read(f"{PLAN}editions/march-2013/{CALLS_AT}")
    assert "These words stood from 5 March 2013 until 24 February 2014, when they changed." in old
    assert "Changed; it was 2" in read(f"{PLAN}victims-and-witnesses-2a1b2c3d/")
    assert "Added" in read(f"{PLAN}community-engagement-3a1b2c3d/")


def test_a_section_can_be_quoted_as_it_stands_and_for_good(read: Read):
    page = read(PLAN + CALLS_AT)
    assert f"http://testserver{PLAN}{CALLS_AT}" in page
    assert f"http://testserver{PLAN}editions/march-2014/{CALLS_AT}" in page


def test_a_section_whose_title_changed_is_found_by_its_key(plan):
    for old in ("victims-2a1b2c3d/", "x-2a1b2c3d/", "Victims_-2a1b2c3d/"):
        response = Client().get(PLAN + old)
        assert response.status_code == 301
        assert response.headers["Location"] == f"{PLAN}victims-and-witnesses-2a1b2c3d/"


def test_a_section_that_an_edition_does_not_have_says_where_it_stands(read: Read):
    page = read(f"{PLAN}editions/march-2013/community-engagement-3a1b2c3d/", 404)
    assert f'href="{PLAN}editions/march-2014/community-engagement-3a1b2c3d/"' in page
    read(f"{PLAN}nothing-of-ours-ffffffff/", 404)


def test_any_past_date_has_the_text_of_that_day(read: Read):
    dates = (("2013-03-05", "March 2013"), ("2014-02-23", "March 2013"), ("2014-02-24", "February 2014"))
    for day, label in dates:
        page = read(f"{PLAN}at/{day}/")
        assert f"<dd>{label}</dd>" in page
        assert "This is the plan as it stood on" in page
        slug = label.lower().replace(" ", "-")
        assert f'<link rel="canonical" href="http://testserver{PLAN}editions/{slug}/">' in page


def test_text_as_at_a_date_links_to_text_as_at_that_date(read: Read):
    page = read(f"{PLAN}at/2013-06-01/")
    assert f'href="{PLAN}at/2013-06-01/answering-calls-1a1b2c3d/"' in page
    assert "Most calls are answered soon." in read(f"{PLAN}at/2013-06-01/{CALLS_AT}")


def test_a_date_before_the_first_edition_says_what_came_later(read: Read):
    page = read(f"{PLAN}at/2013-03-04/", 404)
    assert "There was no such plan on 4 March 2013" in page
    assert f'href="{PLAN}editions/march-2013/"' in page
    assert "has not come yet" in read(f"{PLAN}at/2999-01-01/{CALLS_AT}", 404)


def test_what_is_no_date_has_no_page(read: Read):
    for day in ("2014-02-30", "2014-13-01", "20140101", "yesterday"):
        read(f"{PLAN}at/{day}/", 404)


def test_a_date_is_chosen_by_a_form_without_scripts(read: Read, plan):
    assert 'method="get"' in read(f"{PLAN}at/")
    response = Client().get(f"{PLAN}at/", {"day_day": "1", "day_month": "June", "day_year": "2013"})
    assert response.headers["Location"] == f"{PLAN}at/2013-06-01/"
    assert "The date must include a month" in read(f"{PLAN}at/?day_day=1&day_month=&day_year=2013")
    assert "must be today or in the past" in read(f"{PLAN}at/?day_day=1&day_month=6&day_year=2999")


def test_an_edition_that_was_superseded_says_so_first(read: Read):
    for tail in ("", "whole/", CALLS_AT):
        page = read(f"{PLAN}editions/february-2014/{tail}")
        assert "This edition has been superseded. It was in force until 31 March 2014." in page
        assert f'href="{PLAN}{tail}"' in page
        assert f'href="{PLAN}changes/february-2014..march-2014/"' in page
        assert "has been superseded" not in read(f"{PLAN}editions/march-2014/{tail}")


def test_every_edition_is_listed_with_when_and_why(read: Read):
    page = read(f"{PLAN}editions/")
    assert re.findall(r"editions/([\w-]+)/\">", page) == ["march-2014", "february-2014", "march-2013"]
    assert "In force now" in page
    assert "In force until 24 February 2014" in page
    assert "Calls answered sooner." in page


def test_how_an_edition_was_made_is_told_in_order(read: Read):
    page = read(f"{PLAN}editions/february-2014/made/")
    moves = ("consult_chief", "obtain_views", "approve", "submit", "report", "respond", "issue")
    places = [page.index(f"Words given for {move} of February 2014.") for move in moves]
    assert places == sorted(places)
    assert "March 2013" not in page


def test_only_attachments_meant_for_the_public_are_given(cast):
    shown, kept = vault.keep(b"A public survey."), vault.keep(b"A private letter.")
    files = (
        {"name": "survey.txt", "sha256": shown, "size": 16, "public": True},
        {"name": "letter.txt", "sha256": kept, "size": 17},
    )
    edition = a_draft(cast, a_plan(cast), "March 2013", FIRST, date(2013, 1, 7))
    issued(cast, edition, date(2013, 3, 5), attachments=files)
    page = Client().get(f"{PLAN}made/").content.decode()
    assert "survey.txt" in page
    assert "letter.txt" not in page
    assert Client().get(f"{PLAN}made/{shown}").content == b"A public survey."
    assert Client().get(f"{PLAN}made/{kept}").status_code == 404


def test_a_plan_that_ended_says_so(cast):
    plan = a_plan(cast)
    plan.next_election = date(2016, 5, 5)
    plan.save(update_fields=["next_election"])
    issued(cast, a_draft(cast, plan, "March 2013", FIRST, date(2013, 1, 7)), date(2013, 3, 5))
    assert "This plan ended on 31 March 2017." in Client().get(PLAN).content.decode()
    assert "until it ended on 31 March 2017" in Client().get("/plan/").content.decode()


def test_words_hidden_in_every_edition_never_make_a_section_changed(cast):
    plan = a_plan(cast)
    hidden = (Kind.PLEDGE, Kind.ACTION)
    issued(cast, a_draft(cast, plan, "One", FIRST, date(2013, 1, 7), hidden=hidden), date(2013, 3, 5))
    issued(cast, a_draft(cast, plan, "Two", SECOND, date(2014, 1, 7), hidden=hidden), date(2014, 2, 24))
    page = Client().get(f"{PLAN}victims-2a1b2c3d/").content.decode()
    assert "unchanged in one later edition" in page
    assert "neighbourhood officer" not in Client().get(f"{PLAN}changes/one..two/").content.decode()


def test_pages_need_no_scripts_and_name_their_language(read: Read):
    page = read(f"{PLAN}whole/")
    assert '<article class="text" lang="en-GB">' in page
    assert "hx-" not in page
    assert "onclick" not in page
    assert not re.findall(r"<script(?![^>]* src=)", page)
