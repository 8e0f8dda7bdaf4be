"""The public pages of measures: what a named person approved, as it was approved, and nothing beside it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldthread.core.governance.abilities import Role
from goldthread.performance.actions.approving import approve_figures, withdraw_release
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.actions.rebasing import approve_rebase, ask_rebase
from goldthread.performance.models import Release
from goldthread.performance.queries import series_of
from goldthread.performance.shown import chart_seal, form_now
from tests.performance.story import STEADY
from tests.performance.visiting import Visits, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SLUG, AREA = "burglary", "fenshire"
LAST = date(2013, 12, 1)


@pytest.fixture
def visitor(cast: Any) -> Visits:
    return Visits(cast, None)


@pytest.fixture
def told(measuring: Any) -> Any:
    measuring.load(STEADY)
    measuring.told()
    return measuring


def approve(measuring: Any, **more: Any) -> Release:
    given = {"measure": measuring.measure, "area": measuring.area}
    seen = chart_seal(form_now(series_of(**given)))
    by, at = measuring.cast.chief_executive, measuring.at
    return approve_figures(seen=seen, by=by, at=at, **given, **more)


def test_nothing_is_public_before_somebody_approved_it(told: Any, visitor: Visits) -> None:
    assert "No figures have been published yet" in visitor.words("site-measures")
    assert visitor.get("site-measure", SLUG).status_code == 404
    assert visitor.get("site-theme", "keeping-people-safe").status_code == 404
    assert visitor.get("site-file", SLUG, AREA, 1, "csv").status_code == 404


def test_what_is_approved_is_shown_exactly_and_nothing_that_came_later(told: Any, visitor: Visits) -> None:
    approve(told)
    told.load({LAST: 150}, at=datetime(2014, 3, 5, 9, tzinfo=UTC))
    write_narrative(
        measure=told.measure,
        area=told.area,
        period=LAST,
        words="Kept for the board.",
        by=told.cast.analyst,
        at=told.at,
    )
    said = visitor.words("site-measure", SLUG)
    assert "December 2013 was 102, within the usual range" in said
    assert "Burglary stays within its usual range." in said
    assert "Approved by Dorothy Kett, Chief Executive" in said
    assert "Open Government Licence v3.0" in said
    for words in ("150", "Kept for the board."):
        assert words not in said


def test_the_approver_sees_what_will_be_public_and_signs_just_that(told: Any, cast: Any) -> None:
    chief = Visits(cast, Role.CHIEF_EXECUTIVE)
    page = chief.get("desk-approve", SLUG).content.decode()
    assert "Exactly what will be public" in words_of(page)
    assert "December 2013 102" in words_of(page)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    told.load({LAST: 150}, at=datetime(2014, 3, 5, 9, tzinfo=UTC))
    late = chief.post("desk-approve", SLUG, seen=seen, sure="on").content.decode()
    assert "The figures changed while you were reading." in late
    assert not Release.objects.exists()
    seen = late.split('name="seen" value="')[1].split('"')[0]
    assert chief.post("desk-approve", SLUG, seen=seen).status_code == 200
    assert chief.post("desk-approve", SLUG, seen=seen, sure="on").status_code == 302
    assert Release.objects.get().approver == cast.chief_executive
    assert "The public reads just these figures already." in chief.words("desk-approve", SLUG)


def test_the_approver_reads_the_advice_that_the_public_will_read(told: Any, cast: Any) -> None:
    short = "a verdict needs 13"
    chief = Visits(cast, Role.CHIEF_EXECUTIVE)
    assert short not in chief.words("desk-approve", SLUG)
    row = ask_rebase(
        measure=told.measure,
        area=told.area,
        first_period=date(2013, 8, 1),
        reason="Sheds count since August.",
        by=cast.analyst,
        at=told.at,
    )
    approve_rebase(rebase=row, answer="Agreed.", by=cast.chief_executive, at=told.at)
    assert short in chief.words("desk-approve", SLUG)


def test_figures_without_a_narrative_cannot_be_approved(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    said = Visits(cast, Role.CHIEF_EXECUTIVE).words("desk-approve", SLUG)
    assert "the public is never handed a bare chart" in said


def test_each_release_keeps_its_address_and_tells_of_the_one_that_took_its_place(
    told: Any, visitor: Visits
) -> None:
    first = approve(told)
    told.load({LAST: 99}, at=datetime(2014, 3, 5, 9, tzinfo=UTC))
    approve(told, corrects=first, correction="Ten burglaries were counted twice.")
    earlier = visitor.words("site-release", SLUG, AREA, 1)
    assert "This is release 1. A later one has taken its place." in earlier
    assert "December 2013 was 102" in earlier
    newest = visitor.words("site-measure", SLUG)
    assert "This release puts an earlier one right: Ten burglaries were counted twice." in newest
    assert "December 2013 was 99" in newest
    assert "Release 1, 4 March 2014" in newest


def test_a_withdrawn_release_says_so_and_shows_no_figure(told: Any, visitor: Visits) -> None:
    release = approve(told)
    by, at = told.cast.chief_executive, told.at
    withdraw_release(release=release, reason="The return was of another force.", by=by, at=at)
    for page in (visitor.words("site-measure", SLUG), visitor.words("site-release", SLUG, AREA, 1)):
        assert "These figures were withdrawn on 4 March 2014. The return was of another force." in page
        assert "102" not in page
    assert visitor.get("site-file", SLUG, AREA, 1, "csv").status_code == 404
    assert "No figures have been published yet" in visitor.words("site-measures")


def test_areas_are_released_one_by_one(told: Any, visitor: Visits) -> None:
    approve(told)
    other = told.an_area("Wealdshire")
    told.load(STEADY, area=other)
    assert visitor.get("site-measure-in", SLUG, "wealdshire").status_code == 404
    assert "Wealdshire" not in visitor.words("site-measure", SLUG)


def test_files_hold_what_was_released(told: Any, visitor: Visits) -> None:
    approve(told)
    told.load({LAST: 150}, at=datetime(2014, 3, 5, 9, tzinfo=UTC))
    whole = json.loads(visitor.get("site-file", SLUG, AREA, 1, "json").content)
    assert whole["figures"][-1]["value"] == "102"
    assert whole["address"].endswith("/measures/burglary/in/fenshire/releases/1/")
    assert visitor.get("site-file", SLUG, AREA, 1, "pdf").content.startswith(b"%PDF")


def test_a_reader_who_has_the_page_is_told_that_it_stands(told: Any, visitor: Visits) -> None:
    approve(told)
    for name, args in (
        ("site-measures", ()),
        ("site-measure", (SLUG,)),
        ("site-theme", ("keeping-people-safe",)),
    ):
        first = visitor.get(name, *args)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        address = first.wsgi_request.path
        again = visitor.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert visitor.client.post(address).status_code == 405


def test_the_list_tells_the_worst_first_and_asks_no_more_of_many(
    told: Any, visitor: Visits, django_assert_max_num_queries: Any
) -> None:
    approve(told)
    with django_assert_max_num_queries(16):
        said = visitor.words("site-measures")
    assert "1 measure is judged here. None has changed beyond its usual ups and downs." in said
    assert "expect about one flag every 56 months by chance alone" in said
