"""What changed between two issued editions, as a page, a table and files; the feed of editions."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from goldthread.plans.comparing import compared
from goldthread.plans.models import Edition
from tests.plans.story import CALLS, ENGAGEMENT, the_plan

PLAN = "/plan/police-and-crime-plan-2013-16/"
PAIR = f"{PLAN}changes/march-2013..march-2014/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def plan(cast):
    return the_plan(cast)


def test_the_page_gives_numbers_then_the_table_then_the_words(plan):
    page = Client().get(PAIR).content.decode()
    places = [page.index(words) for words in ("section new", "By section", "Word by word", "<ins>")]
    assert places == sorted(places)
    assert "no longer shown" in page
    assert f'href="#{ENGAGEMENT}"' in page
    assert f'id="{ENGAGEMENT}"' in page
    assert "twenty seconds" in page
    assert "Nobody tells" in page  # its section was renamed
    assert "needs approval" not in page


def test_sections_that_did_not_change_are_counted_and_not_shown(plan):
    page = Client().get(f"{PLAN}changes/march-2013..february-2014/").content.decode()
    assert "2 other sections are as they were" in page
    assert "Nobody tells" not in page
    assert "Keeping people safe" in page  # the heading above what changed
    assert "neighbourhood officer" not in page


def test_the_older_edition_always_comes_first(plan):
    for tail in ("", "changes.docx", "changes.csv"):
        response = Client().get(f"{PLAN}changes/march-2014..march-2013/{tail}")
        assert response.status_code == 301
        assert response.headers["Location"] == PAIR + tail


def test_editions_to_compare_are_chosen_by_a_form(plan):
    asked = {"old": "march-2013", "new": "march-2014"}
    assert Client().get(f"{PLAN}changes/", asked).headers["Location"] == PAIR
    page = Client().get(f"{PLAN}changes/", {"old": "march-2013", "new": "march-2013"})
    assert "Choose two different editions" in page.content.decode()
    assert "October" not in Client().get(f"{PLAN}changes/").content.decode()


def test_the_table_of_changes_is_a_spreadsheet_too(plan):
    response = Client().get(f"{PAIR}changes.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Number", "Section", "Change", "Words in", "Words out"]
    assert [row[1] for row in rows[1:]] == [
        "Keeping people safe",
        "Answering calls",
        "Community engagement",
        "Victims and witnesses",
    ]
    assert rows[3][2:] == ["New", "7", "0"]


@pytest.mark.slow  # writes a PDF
def test_files_are_written_once(plan, monkeypatch: pytest.MonkeyPatch):
    first = {form: Client().get(f"{PAIR}changes.{form}") for form in ("docx", "pdf")}
    assert first["docx"].content.startswith(b"PK")
    assert first["pdf"].content.startswith(b"%PDF")
    assert (
        'filename="police-and-crime-plan-2013-16-march-2013-to-march-2014.docx"'
        in (first["docx"].headers["Content-Disposition"])
    )
    monkeypatch.setattr("goldthread.plans.comparing.compare_editions", None)
    for form, response in first.items():
        assert Client().get(f"{PAIR}changes.{form}").content == response.content


def test_approvals_fill_a_column_where_they_are_known(plan):
    old, new = Edition.objects.filter(slug__in=("march-2013", "march-2014")).order_by("pk")
    shown = compared(old, new, approved={CALLS: "approval stands"})
    assert shown.judged
    assert {line.key: line.approved for line in shown.lines}[CALLS] == "approval stands"
    assert not compared(old, new).judged


def test_a_draft_is_compared_as_it_stands_and_not_kept(plan, django_assert_num_queries):
    old, new = Edition.objects.filter(slug__in=("march-2014", "october-2014-draft")).order_by("pk")
    with django_assert_num_queries(2):
        assert "SENTINEL" in compared(old, new).html


def test_the_feed_gives_every_edition_the_newest_first(plan):
    response = Client().get(f"{PLAN}feed.xml")
    feed = ET.fromstring(response.content)
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)] == [
        "March 2014",
        "February 2014",
        "March 2013",
    ]
    first = feed.find("a:entry", ATOM)
    assert first.find("a:link", ATOM).get("href") == f"http://testserver{PLAN}editions/march-2014/"
    assert first.findtext("a:summary", namespaces=ATOM) == "Asking people."
    assert first.findtext("a:published", namespaces=ATOM).startswith("2014-03-31")
