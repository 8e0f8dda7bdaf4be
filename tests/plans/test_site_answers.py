"""Validators, lifetimes and costs of public pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from goldthread.core.text import Section, Text
from goldthread.plans.models import RenderedPage
from goldthread.plans.reading import prepare
from tests.plans.story import DRAFT, FIRST, THIRD, a_draft, a_plan, issued, paragraph, the_plan

PLAN = "/plan/police-and-crime-plan-2013-16/"
PAGES = [
    "/",
    "/plan/",
    PLAN,
    f"{PLAN}whole/",
    f"{PLAN}answering-calls-1a1b2c3d/",
    f"{PLAN}editions/",
    f"{PLAN}editions/march-2013/",
    f"{PLAN}editions/march-2013/made/",
    f"{PLAN}at/2013-06-01/whole/",
    f"{PLAN}changes/march-2013..march-2014/",
    f"{PLAN}changes/march-2013..march-2014/changes.csv",
    f"{PLAN}feed.xml",
    f"{PLAN}editions/march-2013/plan.docx",
]


@pytest.fixture
def plan(cast):
    return the_plan(cast)


def test_a_page_that_a_reader_holds_is_not_sent_again(plan):
    for address in PAGES:
        first = Client().get(address)
        assert first.status_code == 200
        assert first.headers["Cache-Control"].startswith("public, max-age=")
        again = Client().get(address, headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        since = Client().get(address, headers={"if-modified-since": first.headers["Last-Modified"]})
        assert since.status_code == 304
        assert not first.cookies
        assert "Cookie" not in first.headers.get("Vary", "")


def test_a_new_edition_makes_every_page_of_the_plan_new_but_no_file(plan, cast):
    before = {address: Client().get(address).headers["ETag"] for address in PAGES}
    draft = a_draft(cast, plan, "June 2014", replace(DRAFT, title=FIRST.title), date(2014, 4, 7))
    issued(cast, draft, date(2014, 6, 2))
    after = {address: Client().get(address).headers["ETag"] for address in PAGES}
    assert [a for a in PAGES if before[a] == after[a]] == [f"{PLAN}editions/march-2013/plan.docx"]
    assert "SENTINEL" in Client().get(f"{PLAN}{'answering-calls-1a1b2c3d/'}").content.decode()


def test_only_reading_is_allowed(plan):
    assert Client().post(PLAN).status_code == 405
    assert Client().head(PLAN).status_code == 200


QUERIES = {
    "/": 1,
    "/plan/": 1,
    PLAN: 2,
    f"{PLAN}whole/": 2,
    f"{PLAN}answering-calls-1a1b2c3d/": 2,
    f"{PLAN}at/2013-06-01/answering-calls-1a1b2c3d/": 2,
    f"{PLAN}editions/march-2013/answering-calls-1a1b2c3d/": 2,
    f"{PLAN}editions/": 1,
    f"{PLAN}editions/march-2013/made/": 2,
    f"{PLAN}changes/march-2013..march-2014/": 2,
    f"{PLAN}feed.xml": 1,
    f"{PLAN}editions/march-2013/plan.docx": 2,
}


def test_a_page_costs_the_same_few_queries(plan, django_assert_num_queries):
    for address, queries in QUERIES.items():
        Client().get(address)
        with django_assert_num_queries(queries):
            assert Client().get(address).status_code == 200


@pytest.mark.slow  # issues six editions of thirty sections through every gate
def test_queries_grow_neither_with_editions_nor_with_sections(cast, django_assert_num_queries):
    plan = a_plan(cast)
    for month in range(2, 8):
        many = tuple(
            Section(f"key-{n}", f"Section {n}", (paragraph(f"{n}", f"Words of {n % month}."),))
            for n in range(30)
        )
        text = Text("Many", many)
        draft = a_draft(cast, plan, f"Edition {month}", text, date(2013, month - 1, 1))
        issued(cast, draft, date(2013, month, 24))
    page = Client().get(PLAN).content.decode()
    section = re.findall(rf"{PLAN}section-17-[0-9a-f]{{8}}/", page)[0]
    for address, queries in ((PLAN, 2), (section, 2), (f"{PLAN}whole/", 2), ("/", 1)):
        Client().get(address)
        with django_assert_num_queries(queries):
            Client().get(address)


def test_what_was_prepared_when_issued_is_never_rendered_again(cast, monkeypatch: pytest.MonkeyPatch):
    plan = a_plan(cast)
    edition = issued(cast, a_draft(cast, plan, "March 2013", THIRD, date(2013, 1, 7)), date(2013, 3, 5))
    prepare(edition)

    def refuse(*_args: object, **_more: object) -> str:
        raise AssertionError("rendered again")

    monkeypatch.setattr("goldthread.plans.reading.text_of", refuse)
    for tail in ("", "whole/", "answering-calls-1a1b2c3d/", "plan.docx", "plan.pdf"):
        assert Client().get(PLAN + tail).status_code == 200


def test_a_page_made_before_is_remembered_by_its_validator(plan, settings, django_assert_num_queries):
    pages = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "remembered"}
    settings.CACHES = settings.CACHES | {"pages": pages}
    address = f"{PLAN}answering-calls-1a1b2c3d/"
    first = Client().get(address)
    with django_assert_num_queries(1):
        again = Client().get(address)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert b"http://testserver" in Client().get(address).content
    assert b"http://localhost" in Client(SERVER_NAME="localhost").get(address).content
    file = Client().get(f"{PLAN}plan.docx")
    assert "attachment" in file.headers["Content-Disposition"]
    assert (
        Client().get(f"{PLAN}plan.docx").headers["Content-Disposition"] == file.headers["Content-Disposition"]
    )


def test_rendered_pages_can_be_thrown_away(plan):
    first = Client().get(f"{PLAN}whole/").content
    RenderedPage.objects.all().delete()
    assert Client().get(f"{PLAN}whole/").content == first
