"""The pages of threads: what a reader sees, the picture that reads as a list, the table, the links there."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from goldthread.plans.reading import address_of
from tests.delivery.story import CONTACT, NAMED_PERSON
from tests.performance.visiting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def whole(threading: Any) -> Any:
    """The pledge with everything on it."""
    threading.all_of_it()
    return threading


def get(threading: Any, area: str, kind: str, ref: str, form: str = "") -> Any:
    """A page of a thread, or its file, as the governance officer or as the public."""
    visit = Client()
    if area == "desk":
        visit.force_login(threading.cast.holder(Role.GOVERNANCE_OFFICER))
    args = [kind, ref, form] if form else [kind, ref]
    answer = visit.get(reverse(f"thread:{area}-thread{'-file' if form else ''}", args=args))
    assert answer.status_code == 200
    return answer


def test_the_page_says_how_it_stands_in_a_word_and_why(whole: Any) -> None:
    said = words_of(get(whole, "site", "pledge", whole.pledge).content.decode())
    assert "Partly delivered" in said
    assert "“Every victim who asks for help hears from a named person within two days.”" in said
    assert "At least one action is done, and at least one is not." in said
    assert "Two councils have signed; two wait for their lawyers.” Chief Constable, 3 November" in said
    assert "In the plan since 31 March 2014." in said


def test_the_desk_says_what_is_not_public_and_leads_to_what_is(whole: Any) -> None:
    page = get(whole, "desk", "pledge", whole.pledge).content.decode()
    assert "Not public" in words_of(page)
    assert reverse("thread:site-thread", args=["pledge", whole.pledge]) in page
    assert "Follow this measure" in words_of(page)


def test_the_picture_reads_as_a_list(whole: Any) -> None:
    answer = get(whole, "site", "pledge", whole.pledge, "svg")
    assert answer["Content-Type"] == "image/svg+xml"
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{SVG}title").text.startswith("Every victim")
    assert "Partly delivered" in root.find(f"{SVG}desc").text
    (listed,) = [each for each in root.iter(f"{SVG}g") if each.get("role") == "list"]
    items = [each.get("aria-label") for each in listed if each.get("role") == "listitem"]
    assert [label.split(". ")[1] for label in items] == [
        "Promised",
        "Made a priority",
        "Being done",
        "Published",
    ]
    assert all(each.get("style") is None for each in root.iter())


def test_words_with_signs_stay_words_in_the_picture(whole: Any) -> None:
    whole.action("Ask <b>what</b> & why", due=None)
    root = ElementTree.fromstring(get(whole, "desk", "priority", whole.priority.slug, "svg").content)
    assert any("<b>what</b> & why" in (each.get("aria-label") or "") for each in root.iter())


def test_the_table_has_a_row_for_each_stop_and_each_line_beneath_it(whole: Any) -> None:
    whole.action("=1+1", due=None)
    answer = get(whole, "desk", "pledge", whole.pledge, "csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Date", "When", "What happened", "What"]
    kinds = [row[2] for row in rows[1:]]
    assert kinds[0] == "Promised"
    assert kinds.count("Being done") == 5
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert all(row[8].startswith("http://testserver/") for row in rows[1:] if row[8])


def test_a_public_page_is_not_sent_twice(whole: Any) -> None:
    answer = get(whole, "site", "pledge", whole.pledge)
    path = reverse("thread:site-thread", args=["pledge", whole.pledge])
    again = Client().get(path, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_plan_leads_from_each_pledge_to_its_thread(whole: Any) -> None:
    plan = whole.delivering.plan
    section = reverse("plans:site-plan-section", args=[plan.slug, address_of(CONTACT, "First contact")])
    page = Client().get(section).content.decode()
    assert f'<a href="{reverse("thread:site-thread", args=["pledge", whole.pledge])}">' in page
    assert "What became of Pledge 1.1?" in words_of(page)
    assert NAMED_PERSON in page


def test_a_decision_and_a_paper_lead_to_their_threads(whole: Any) -> None:
    decision, paper = whole.delivering.decision, whole.delivering.paper
    page = Client().get(reverse("meetings:site-decision", args=[decision.slug])).content.decode()
    assert reverse("thread:site-thread", args=["decision", decision.slug]) in page
    meeting = paper.item.meeting
    address = reverse("meetings:site-paper", args=[meeting.board.slug, meeting.slug, paper.slug])
    assert reverse("thread:site-thread", args=["paper", paper.slug]) in Client().get(address).content.decode()
