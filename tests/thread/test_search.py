"""What is found, in which order, how it is shown and how it is narrowed down."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search.asking import asked
from goldthread.thread.search.finding import find
from goldthread.thread.search.looking import MOST, OF_EACH_GROUP, OF_ONE_KIND, Narrowed
from goldthread.thread.search.marks import PUBLIC, drafts, full, keys_of, members, of_theme
from tests.cast import BEGAN
from tests.thread.sought import TODAY, finds, keep, saying, titles

pytestmark = pytest.mark.django_db


def test_both_databases_find_a_word_in_another_form_and_without_its_accents(
    cast: Any, open_doors: None
) -> None:
    keep(saying(cast.body, "Neighbourhood officers", "They visit burgled homes. Café talks in Llandaff."))
    for words in ("officer", "NEIGHBOURHOODS", "visiting", "cafe", "Cafés", '"burgled homes"', "v visit"[2:]):
        assert titles(finds(words)) == ["Neighbourhood officers"], words
    for words in ("officers absent", '"homes burgled"', "talk*zz"):
        assert finds(words).total == 0, words


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "marks:p0",
        "p0",
        "=p0",
        "title : officers",
        "a AND b",
        "NOT x",
        "(",
        "x*",
        "^x",
        "'; --",
        "\\",
        "%s %(a)s",
        "{words}",
        "x\x00",
    ],
)
def test_no_sign_is_read_as_the_databases_own(cast: Any, open_doors: None, typed: str) -> None:
    keep(saying(cast.body, "Neighbourhood officers", "They visit homes."))
    assert finds(typed).total == 0


def test_a_mark_cannot_be_asked_for_as_a_word(cast: Any, open_doors: None) -> None:
    keep(saying(cast.body, "Kept back", "words", locks=(drafts(cast.body.pk),), theme="Victims"))
    for mark in (*Entry.objects.get().marks.split(), "Victims"):
        assert finds(mark).total == 0
        assert find(asked(mark), user=cast.governance_officer, on=TODAY).total == 0


def test_a_title_counts_for_more_than_words(cast: Any, open_doors: None) -> None:
    keep(
        saying(cast.body, "Something else", "burglary once among many other words that are said here"),
        saying(cast.body, "Burglary", "what is done about it by those who do it"),
    )
    assert titles(finds("burglary")) == ["Burglary", "Something else"]
    assert titles(finds("burglary", newest=True))[0] in ("Burglary", "Something else")


def test_the_newest_come_first_where_that_is_asked(cast: Any, open_doors: None) -> None:
    keep(
        saying(cast.body, "Burglary", "old", on=date(2012, 1, 1)),
        saying(cast.body, "Said of burglary", "new", on=date(2014, 1, 1)),
        saying(cast.body, "Undated burglary", "none", on=None),
    )
    assert titles(finds("burglary", newest=True)) == ["Said of burglary", "Burglary", "Undated burglary"]


def test_two_faces_of_a_thing_are_one_result_and_the_fuller_is_shown(cast: Any, open_doors: None) -> None:
    faces = {"ref": "1", "kind": Kind.DECISION}
    keep(
        saying(cast.body, "Estate matter", "burglary", **faces),
        saying(cast.body, "Whole", "burglary", face="desk", place=20, locks=(full(cast.body.pk),), **faces),
    )
    assert titles(finds("burglary")) == ["Estate matter"]
    found = find(asked("burglary"), user=cast.governance_officer, on=TODAY)
    assert (found.total, titles(found)) == (1, ["Whole"])
    assert titles(find(asked("burglary"), user=cast.holder(Role.PARTNER_LEAD), on=TODAY)) == ["Estate matter"]


def test_what_was_found_is_counted_by_kind_theme_year_and_narrowed_down(cast: Any, open_doors: None) -> None:
    keep(
        saying(cast.body, "Burglary one", theme="Victims", on=date(2013, 4, 1)),
        saying(cast.body, "Burglary two", theme="Offenders", on=date(2014, 3, 31), kind=Kind.MEASURE),
        saying(cast.body, "Burglary three", theme="Victims", on=date(2014, 4, 1), kind=Kind.MEASURE),
    )
    facets = {f.name: {c.value: (c.name, c.count) for c in f.choices} for f in finds("burglary").facets}
    assert facets["kind"] == {"measure": ("Measure", 2), "section": ("Plan", 1)}
    assert facets["theme"] == {"Victims": ("Victims", 2), "Offenders": ("Offenders", 1)}
    assert facets["year"] == {"2014": ("2014-15", 1), "2013": ("2013-14", 2)}
    assert "body" not in facets
    assert finds("burglary", narrowed=Narrowed(kind="measure", theme="victims")).total == 1
    assert finds("burglary", narrowed=Narrowed(year=2013, body=cast.body.pk)).total == 2
    assert finds("burglary", narrowed=Narrowed(body=cast.body.pk + 1)).total == 0
    chosen = finds("burglary", narrowed=Narrowed(kind="section")).facets
    assert [(c.value, c.chosen) for f in chosen if f.name == "kind" for c in f.choices] == [("section", True)]


@pytest.mark.slow
def test_what_stands_everywhere_is_answered_with_titles_and_the_newest_of_each_kind(
    cast: Any, open_doors: None
) -> None:
    days = [date.fromordinal(BEGAN.toordinal() + n % 700) for n in range(MOST + 50)]
    rows = [saying(cast.body, f"Old {n}", "police", on=day) for n, day in enumerate(days)]
    rows.append(saying(cast.body, "Police", "of old", on=BEGAN, ref="named"))
    rows.append(saying(cast.body, "A rare kind", "police", on=BEGAN, kind=Kind.MINUTES))
    keep(*rows)
    found = finds("police")
    assert not found.all_of_them
    assert titles(found)[0] == "Police"
    kinds = {c.value: c.count for f in found.facets if f.name == "kind" for c in f.choices}
    assert set(kinds) == set(Kind.values)
    assert set(kinds.values()) == {None}
    assert found.total == OF_EACH_GROUP + 1
    newest = [hit.on for hit in found.hits[1:]]
    assert newest == sorted(newest, reverse=True)
    assert newest[0] == max(days)
    assert finds("police", narrowed=Narrowed(kind="minutes")).all_of_them
    assert finds("police", narrowed=Narrowed(kind="section")).total == OF_ONE_KIND + 1
    assert finds("police", page=10_000).page == finds("police").pages


def test_keys_come_from_the_offices_held_on_the_day(cast: Any) -> None:
    body = cast.body.pk
    officer, partner = cast.governance_officer, cast.holder(Role.PARTNER_LEAD)
    assert {PUBLIC, drafts(body), members(body), full(body)} <= set(keys_of(officer, TODAY))
    assert full(body) not in keys_of(partner, TODAY)
    assert drafts(body) in keys_of(partner, TODAY)
    assert keys_of(officer, date(2010, 1, 1)) == (PUBLIC,)
    assert keys_of(cast.resident, TODAY) == (PUBLIC,)
    assert drafts(body) not in keys_of(cast.stranger, TODAY)
    assert of_theme("VICTIMS") == of_theme("victims") != of_theme("Offenders")


def test_the_page_says_what_to_do_before_and_after(client: Client, cast: Any, open_doors: None) -> None:
    keep(saying(cast.body, "Burglary <b>", "homes & <script>alert(1)</script> burglary", theme="Victims"))
    empty = client.get("/search/").content.decode()
    assert "autofocus" in empty
    assert "have been published" in empty
    nothing = client.get("/search/?q=zzz").content.decode()
    assert "Nothing found" in nothing
    assert "how the words are spelt" in nothing
    assert "says more" in client.get("/search/?q=the").content.decode()
    found = client.get("/search/?q=burglary").content.decode()
    assert "<mark>Burglary</mark> &lt;b&gt;" in found
    assert "<script>alert" not in found
    assert "1 thing" in found
    assert 'value="burglary"' in found
    narrowed = client.get("/search/?q=burglary&kind=measure").content.decode()
    assert "Nothing found with these choices" in narrowed
    assert 'href="?q=burglary"' in narrowed


@pytest.mark.parametrize(
    "query",
    [
        "kind=nothing",
        "year=x",
        "year=99999999999999999999",
        "page=0",
        "page=-1",
        "body=²",
        "theme=" + "x" * 500,
        "order=no",
    ],
)
def test_an_address_that_makes_no_sense_is_answered_all_the_same(
    client: Client, db: None, query: str
) -> None:
    assert client.get(f"/search/?q=police&{query}").status_code == 200


def test_the_desk_asks_who_is_there(client: Client, cast: Any, open_doors: None) -> None:
    keep(saying(cast.body, "Burglary", "drafted", locks=(drafts(cast.body.pk),), on=timezone.localdate()))
    assert client.get("/desk/search/?q=burglary").status_code == 302
    client.force_login(cast.governance_officer)
    page = client.get("/desk/search/?q=burglary")
    assert "<mark>Burglary</mark>" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "Burglary</mark>" not in client.get("/search/?q=burglary").content.decode()


def test_search_stands_at_the_far_end_of_the_navigation(client: Client, cast: Any) -> None:
    assert b'href="/search/"' in client.get("/search/").content
    client.force_login(cast.governance_officer)
    assert b'href="/desk/search/"' in client.get("/desk/search/").content


def test_a_search_costs_few_queries(client: Client, cast: Any, django_assert_max_num_queries: Any) -> None:
    client.force_login(cast.governance_officer)
    for n in range(30):
        keep(saying(cast.body, f"Burglary {n}", ref=str(n)), scope=f"test:{n}")
    with django_assert_max_num_queries(25):
        client.get("/desk/search/?q=burglary")
