"""Nothing is public without a named person's release; what a board was shown stays as it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from goldthread.people.actions import NotAllowed
from goldthread.performance.actions.approving import approve_figures, withdraw_release
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.actions.reporting import report_to_board
from goldthread.performance.models import Release, ShownChart
from goldthread.performance.queries import public_releases, release_at, series_of, shown_to_board
from goldthread.performance.shown import chart_seal, form_now, shown_of
from tests.performance.story import STEADY

LAST = date(2013, 12, 1)


def approve(measuring: Any, by: Any, **more: Any) -> Release:
    seen = chart_seal(form_now(series_of(measuring.measure, measuring.area)))
    given = {"measure": measuring.measure, "area": measuring.area, "seen": seen, "at": measuring.at}
    return approve_figures(by=by, **{**given, **more})


def test_nothing_is_public_without_a_release(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    assert not public_releases().exists()
    with pytest.raises(Http404):
        release_at("burglary", "fenshire")
    release = approve(measuring, cast.chief_executive)
    assert list(public_releases()) == [release]
    assert release_at("burglary", "fenshire") == release
    assert release.approved_by == f"{cast.chief_executive.name}, Chief Executive"
    assert shown_of(release.shown).narrative == "Burglary stays within its usual range."
    assert shown_of(release.shown).sources == ("Return of the force (Open Government Licence v3.0).",)


def test_what_was_released_stays_when_figures_are_revised(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    release = approve(measuring, cast.commissioner)
    measuring.load({LAST: 160.0}, at=measuring.at + timedelta(days=1))
    assert shown_of(release_at("burglary", "fenshire").shown).series.points[-1].value == 102
    second = approve(
        measuring,
        cast.commissioner,
        corrects=release,
        correction="December was counted again.",
        at=measuring.at + timedelta(days=2),
    )
    assert (second.number, release_at("burglary", "fenshire")) == (2, second)
    assert list(public_releases(cast.body)) == [second]
    assert release_at("burglary", "fenshire", 1) == release
    assert list(release.corrected_by.all()) == [second]
    shown = shown_of(second.shown)
    assert (shown.series.points[-1].value, shown.series.points[-1].first_value) == (160, 102)


def test_a_withdrawn_release_keeps_its_address_and_the_one_before_it_counts(
    measuring: Any, cast: Any
) -> None:
    measuring.load(STEADY)
    measuring.told()
    first = approve(measuring, cast.commissioner)
    second = approve(measuring, cast.commissioner)
    given = {"release": second, "by": cast.commissioner, "at": measuring.at}
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_release(reason="", **given)
    with pytest.raises(NotAllowed):
        withdraw_release(reason="Wrong.", **{**given, "by": cast.analyst})
    withdraw_release(reason="The wrong column was loaded.", **given)
    assert release_at("burglary", "fenshire") == first
    assert release_at("burglary", "fenshire", 2).withdrawn_reason == "The wrong column was loaded."
    assert list(public_releases()) == [first]
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw_release(reason="Again.", **given)


def test_who_approves_has_read_what_is_released(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    seen = chart_seal(form_now(series_of(measuring.measure, measuring.area)))
    measuring.load({LAST: 160.0}, at=measuring.at + timedelta(days=1))
    with pytest.raises(ValidationError, match="changed while you were reading"):
        approve(measuring, cast.commissioner, seen=seen)


def test_a_release_says_what_the_figures_tell(measuring: Any, cast: Any) -> None:
    with pytest.raises(ValidationError, match="There are no figures"):
        approve(measuring, cast.commissioner)
    measuring.load(STEADY)
    measuring.told(date(2013, 11, 1))
    with pytest.raises(ValidationError, match="December 2013 yet"):
        approve(measuring, cast.commissioner)
    with pytest.raises(ValidationError, match="Say what the figures tell"):
        write_narrative(
            measure=measuring.measure,
            area=measuring.area,
            period=LAST,
            words="  ",
            by=cast.analyst,
            at=measuring.at,
        )
    measuring.told()
    assert approve(measuring, cast.commissioner).number == 1


def test_who_may_approve(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    for user in (
        cast.analyst,
        cast.governance_officer,
        cast.monitoring_officer,
        cast.resident,
        cast.stranger,
    ):
        with pytest.raises(NotAllowed):
            approve(measuring, user)
    assert not Release.objects.exists()


def test_a_correction_says_what_was_wrong_and_where(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    first = approve(measuring, cast.commissioner)
    for more in ({"corrects": first}, {"correction": "It was wrong."}):
        with pytest.raises(ValidationError, match="Say what was wrong"):
            approve(measuring, cast.commissioner, **more)


def test_as_reported_to_the_board(measuring: Any, cast: Any, deciding: Any) -> None:
    paper = deciding.paper()
    given = {"measure": measuring.measure, "area": measuring.area, "by": cast.analyst, "at": measuring.at}
    with pytest.raises(ValidationError, match="There are no figures"):
        report_to_board(paper=paper, **given)
    measuring.load(STEADY)
    with pytest.raises(ValidationError, match="Write the narrative first"):
        report_to_board(paper=paper, **given)
    measuring.told()
    with pytest.raises(ValidationError, match="in which paper"):
        report_to_board(**given)
    with pytest.raises(NotAllowed):
        report_to_board(paper=paper, **{**given, "by": cast.panel_clerk})
    shown = report_to_board(paper=paper, **given)
    assert (shown.meeting, shown.on) == (paper.item.meeting, paper.item.meeting.on)
    measuring.load({LAST: 160.0}, at=measuring.at + timedelta(days=1))
    kept = shown_to_board(measuring.measure, measuring.area).get()
    assert shown_of(kept).series.points[-1].value == 102
    assert series_of(measuring.measure, measuring.area).points[-1].value == 160


def test_a_board_of_another_body_is_not_reported_to(measuring: Any, cast: Any, deciding: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    paper = deciding.paper()
    paper.board.body = cast.other_body
    with pytest.raises(ValidationError, match="another body"):
        report_to_board(
            measure=measuring.measure, area=measuring.area, paper=paper, by=cast.analyst, at=measuring.at
        )
    assert not ShownChart.objects.exists()


def test_the_public_list_is_one_query(measuring: Any, cast: Any) -> None:
    measuring.load(STEADY)
    measuring.told()
    for _n in range(3):
        approve(measuring, cast.commissioner)
    with CaptureQueriesContext(connection) as asked:
        assert [r.number for r in public_releases()] == [3]
    assert len(asked) == 1
