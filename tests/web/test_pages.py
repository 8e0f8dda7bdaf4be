"""The frames, the style pages and the pages that say what went wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from lxml import html

DESK = ["/desk/look/", "/desk/look/list/"]
PUBLIC = ["/look/thread/", "/look/changes/", "/look/plain/"]


@pytest.fixture
def shown(settings: Any) -> None:
    settings.DEMO = True
    settings.SECOND_FACTOR = False


@pytest.fixture
def inside(client: Client, cast: Any, shown: None) -> Client:
    client.force_login(cast.commissioner)
    return client


def whole(page: Any) -> None:
    """A page names its language and itself, has one heading of the first rank, and no id twice."""
    assert page.get("lang") == "en-gb"
    assert page.findtext(".//title").strip()
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main[@id='main']")
    assert page.xpath("//a[@href='#main' and contains(@class, 'skip')]")
    ids = page.xpath("//@id")
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_style_pages_are_whole(client: Client, shown: None, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    whole(html.fromstring(answer.content))


@pytest.mark.parametrize("address", DESK)
def test_staff_style_pages_are_whole(inside: Client, address: str) -> None:
    answer = inside.get(address)
    assert answer.status_code == 200
    whole(html.fromstring(answer.content))


def test_the_rail_ends_with_who_is_signed_in_and_the_way_out(inside: Client, cast: Any) -> None:
    page = html.fromstring(inside.get("/desk/look/list/").content)
    (foot,) = page.find_class("rail__person")
    assert cast.commissioner.name in foot.text_content()
    assert foot.xpath(".//form[@method='post']//button")


def test_what_happened_is_announced(inside: Client) -> None:
    page = html.fromstring(inside.get("/desk/look/").content)
    said = [
        (box.get("role"), " ".join(box.text_content().split()))
        for box in page.find_class("notice")
        if box.get("role")
    ]
    assert ("status", "Done: Section 3.4 was approved.") in said
    assert ("alert", "There is a problem: The file was not read.") in said


def test_a_page_with_problems_says_so_in_its_title() -> None:
    wrong = {"form": {"errors": {"title": ["missing"]}}}
    assert "<title>Error: " in render_to_string("web/public.html", wrong)
    assert "<title>Error: " not in render_to_string("web/public.html")


@pytest.mark.parametrize("address", [*DESK, *PUBLIC])
def test_nobody_else_sees_the_style_pages(client: Client, cast: Any, settings: Any, address: str) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(cast.commissioner)
    assert client.get(address).status_code == 404


def test_an_office_serves_its_own_colours_from_a_sheet_of_its_own() -> None:
    words = render_to_string("web/public.html", {"office_colours": "/colours.css"})
    sheets = html.fromstring(words).xpath("//link[@rel='stylesheet']/@href")
    assert sheets.index("/colours.css") > next(at for at, href in enumerate(sheets) if "look" in href)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404"])
def test_a_page_that_says_what_went_wrong_is_whole(name: str) -> None:
    request = RequestFactory().get("/nowhere/")
    words = render_to_string(f"{name}.html", {"request": request})
    whole(html.fromstring(words))


def test_a_refusal_says_why_in_the_words_of_the_rule() -> None:
    why = PermissionDenied("Only the commissioner may issue the plan.")
    assert "Only the commissioner may issue the plan." in render_to_string(
        "403.html", {"exception": str(why)}
    )


def test_the_page_for_our_own_faults_needs_nothing() -> None:
    page = html.fromstring(render_to_string("500.html"))
    assert page.findtext(".//h1") == "Something went wrong"
    assert not page.xpath("//script")


def test_progress_asks_again_until_it_is_finished() -> None:
    job = {"url": "/jobs/1/", "heading": "Reading", "words": "1 of 2", "done": 1, "total": 2}
    (running,) = html.fromstring(render_to_string("web/parts/progress.html", {"job": job})).xpath("./div")
    assert (running.get("hx-get"), running.get("hx-trigger")) == ("/jobs/1/", "every 2s")
    assert 'http-equiv="refresh"' in render_to_string("web/parts/progress_head.html", {"job": job})
    done = job | {"finished": True}
    assert "hx-get" not in render_to_string("web/parts/progress.html", {"job": done})
    assert "refresh" not in render_to_string("web/parts/progress_head.html", {"job": done})


def test_a_table_that_stacks_says_what_each_cell_is() -> None:
    columns = [{"name": "Section"}, {"name": "Words in", "number": True}]
    words = render_to_string(
        "web/parts/table.html",
        {"caption": "By section", "columns": columns, "rows": [["One", 61]], "stacks": True},
    )
    (cell,) = html.fromstring(words).xpath("//td")
    assert (cell.get("data-label"), cell.get("class"), cell.text) == ("Words in", "n", "61")
