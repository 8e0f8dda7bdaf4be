"""Returns handed in: matched, checked, loaded whole, revised, undone and brought back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from goldthread.audit import vault
from goldthread.people.actions import NotAllowed
from goldthread.performance.actions import loads, standing
from goldthread.performance.actions.loads import hand_in, put_away
from goldthread.performance.actions.reporting import report_to_board
from goldthread.performance.actions.standing import carry_out, confirm, mark_interrupted, redo, undo
from goldthread.performance.loading.progress import STALE
from goldthread.performance.models import Figure, Load, LoadStage, Population, Source, SourceKind
from goldthread.performance.queries import series_of
from goldthread.performance.verify import loads as verified
from tests.performance.deliveries import SHARE, Deliveries

pytestmark = pytest.mark.django_db
CLEAN = "Month,Count\nNov-13,10\nDec-13,[c]\nJan-14,..\nFeb-14,0\n"


@pytest.fixture
def deliveries(measuring: Any, at: datetime) -> Deliveries:
    measuring.measure  # noqa: B018 - the measure that returns are about
    measuring.area  # noqa: B018 - and where
    return Deliveries(measuring, at)


def test_a_clean_return_stands_with_missing_zero_and_suppressed_apart(deliveries: Deliveries) -> None:
    load = deliveries.loaded(CLEAN)
    assert deliveries.values(deliveries.story.measure) == {
        "2013-11": 10.0,
        "2013-12": "suppressed",
        "2014-01": "missing",
        "2014-02": 0.0,
    }
    assert (load.counts["changes"]["new"], load.handed_in_by) == (4, deliveries.analyst.name)
    assert vault.read(load.sha256) == CLEAN.encode()
    assert list(verified()) == []


def test_nothing_stands_before_it_is_confirmed(deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(CLEAN.encode()))
    assert load.status == LoadStage.CHECKED
    assert Figure.objects.count() == 0
    assert load.counts["changes"]["new"] == 4


def test_faults_are_told_with_their_rows_and_can_be_left_out(deliveries: Deliveries) -> None:
    words = b"Month,Count\nNov-13,-1\nDec-13,12\nDec-13,13\nJan-14,9\n"
    load = deliveries.matched(deliveries.handed_in(words))
    said = [f"row {row}, column B (Count)" for row in (2, 3, 4)]
    assert sorted(problem[0] for problem in load.problems) == said
    assert b"less than nothing" in vault.read(load.error_file)
    with pytest.raises(ValidationError, match="faults"):
        confirm(load=load, by=deliveries.analyst, at=deliveries.at)
    deliveries.begun(load, without_faults=True)
    assert deliveries.values(deliveries.story.measure) == {"2014-01": 9.0}


def test_the_very_same_file_is_told_and_doubles_nothing(deliveries: Deliveries) -> None:
    deliveries.loaded(CLEAN)
    with pytest.raises(ValidationError, match="very file was loaded on 4 March 2014"):
        deliveries.handed_in(CLEAN.encode())
    again = deliveries.matched(deliveries.handed_in(CLEAN.encode(), again=True))
    assert again.counts["changes"]["unchanged"] == 4
    deliveries.begun(again, at=deliveries.at + timedelta(hours=1))
    assert len(deliveries.values(deliveries.story.measure)) == 4


def test_a_revision_lists_old_and_new_and_keeps_what_was_first_reported(deliveries: Deliveries) -> None:
    deliveries.loaded("Month,Count\nNov-13,10\nDec-13,12\n")
    second = deliveries.loaded("Month,Count\nDec-13,15\nJan-14,9\n", at=deliveries.at + timedelta(days=1))
    changes = second.counts["changes"]
    assert (changes["new"], changes["revised"], changes["unchanged"]) == (1, 1, 0)
    assert (changes["list"][0]["was"], changes["list"][0]["is"]) == (["value", 12.0], ["value", 15.0])
    series = series_of(deliveries.story.measure, deliveries.story.area)
    december = next(point for point in series.points if point.period == date(2013, 12, 1))
    assert (december.value, december.first_value) == (15.0, 12.0)


def test_a_provisional_figure_that_is_settled_is_told(deliveries: Deliveries) -> None:
    deliveries.loaded("Month,Count\nNov-13,10p\n")
    later = deliveries.loaded("Month,Count\nNov-13,10\n", at=deliveries.at + timedelta(days=1))
    assert (later.counts["changes"]["settled"], later.counts["changes"]["revised"]) == (1, 0)


def test_undo_and_undo_the_undo(deliveries: Deliveries) -> None:
    deliveries.loaded("Month,Count\nNov-13,10\n")
    second = deliveries.loaded("Month,Count\nNov-13,99\n", at=deliveries.at + timedelta(days=1))
    later = deliveries.at + timedelta(days=2)
    with pytest.raises(ValidationError, match="Say why"):
        undo(load=second, reason=" ", by=deliveries.analyst, at=later)
    undo(load=second, reason="It was the wrong file.", by=deliveries.analyst, at=later)
    assert deliveries.values(deliveries.story.measure) == {"2013-11": 10.0}
    with pytest.raises(ValidationError, match="Only a load that stands"):
        undo(load=second, reason="Again.", by=deliveries.analyst, at=later)
    redo(load=second, by=deliveries.analyst, at=later)
    assert deliveries.values(deliveries.story.measure) == {"2013-11": 99.0}
    assert list(verified()) == []


def test_what_the_board_saw_stays(deliveries: Deliveries, boards: Any) -> None:
    story = deliveries.story
    deliveries.loaded("Month,Count\nNov-13,10\nDec-13,12\n")
    story.told()
    facts = {"measure": story.measure, "area": story.area, "meeting": boards.meeting()}
    shown = report_to_board(**facts, by=deliveries.analyst, at=deliveries.at)
    kept = shown.form
    deliveries.loaded("Month,Count\nDec-13,50\n", at=deliveries.at + timedelta(days=1))
    shown.refresh_from_db()
    assert shown.form == kept
    assert series_of(story.measure, story.area, as_at=deliveries.at).points[-1].value == 12.0


def test_the_columns_of_a_source_are_remembered(deliveries: Deliveries) -> None:
    source = deliveries.source()
    first = deliveries.handed_in(b"When,Had,Count\nNov-13,7,10\n", source=source)
    deliveries.matched(first)
    source.refresh_from_db()
    assert source.columns["columns"] == {"period": "When", "value": "Count"}
    second = deliveries.handed_in(b"Count,Had,When\n12,8,Dec-13\n", source=source)
    assert deliveries.matched(second).match["columns"] == {"period": 2, "value": 0}


def test_measures_are_found_by_the_columns_that_their_definitions_name(deliveries: Deliveries) -> None:
    calls = deliveries.story.a_measure(**SHARE)
    load = deliveries.loaded("Month,burglaries,answered,calls\nNov-13,10,45,50\nDec-13,11,40,50\n")
    assert load.match["by_column"]
    assert deliveries.values(deliveries.story.measure) == {"2013-11": 10.0, "2013-12": 11.0}
    assert deliveries.values(calls) == {"2013-11": 90.0, "2013-12": 80.0}


def test_rows_that_a_definition_names_are_added_up(deliveries: Deliveries) -> None:
    where = {"offence": ["Residential", "Domestic"]}
    numerator = {"source": "open-table", "words": "Burglaries of homes.", "column": "n", "where": where}
    homes = deliveries.story.a_measure(key="homes", name="Burglary of homes", numerator=numerator)
    deliveries.loaded(
        "Month,offence,n\nNov-13,Residential,7\nNov-13,Domestic,2\nNov-13,Robbery,50\nDec-13,Domestic,3\n"
    )
    assert deliveries.values(homes) == {"2013-11": 9.0, "2013-12": 3.0}


def test_populations_and_a_rate_from_a_return(deliveries: Deliveries) -> None:
    below = {"source": "population", "words": "People.", "column": "people"}
    rate = deliveries.story.a_measure(key="rate", name="Burglary rate", multiplier=1000, denominator=below)
    source = deliveries.source(SourceKind.POPULATION, "Estimates")
    people = deliveries.handed_in(b"year,area,people\n2012,Fenshire,50000\n", source=source)
    deliveries.begun(deliveries.matched(people))
    assert Population.objects.get().people == 50000
    load = deliveries.handed_in(b"Month,Count\nNov-13,10\n")
    deliveries.begun(deliveries.matched(load, measure="rate", by_column=False))
    figure = Figure.objects.get(measure=rate)
    assert (figure.value, figure.numerator, figure.denominator) == (0.2, 10.0, 50000.0)


def test_a_force_that_changed_its_name_is_known_by_both(deliveries: Deliveries) -> None:
    deliveries.story.area.aliases.create(name="Old Fenshire Constabulary")
    load = deliveries.loaded("Force,Month,Count\nOld Fenshire Constabulary,Nov-13,5\nFenshire,Dec-13,6\n")
    assert load.counts["changes"]["new"] == 2


def test_what_cannot_be_read_is_refused_with_words(deliveries: Deliveries) -> None:
    load = deliveries.handed_in(b"%PDF-1.7 a report", name="report.csv")
    assert (load.status, load.reason[:24]) == (LoadStage.FAILED, "It is not a spreadsheet.")


@pytest.mark.parametrize("size", [0, 31 * 2**20])
def test_an_empty_or_too_large_file_is_refused(deliveries: Deliveries, size: int) -> None:
    file = ContentFile(b"", name="x.csv")
    file.size = size
    with pytest.raises(ValidationError, match=r"empty|larger than 30 MB"):
        hand_in(source=deliveries.source(), name="x.csv", file=file, by=deliveries.analyst, at=deliveries.at)


def test_a_killed_load_leaves_the_old_figures_and_can_be_started_again(
    deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliveries.loaded("Month,Count\nNov-13,10\n")
    load = deliveries.matched(deliveries.handed_in(b"Month,Count\nNov-13,77\n"))

    def killed(*args: object, **kwargs: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(standing, "make_stand", killed)
        confirm(load=load, by=deliveries.analyst, at=deliveries.at)
        with pytest.raises(SystemExit):
            carry_out(pk=load.pk, by=deliveries.analyst, clock=lambda: deliveries.at)
    assert Load.objects.get(pk=load.pk).status == LoadStage.LOADING
    assert deliveries.values(deliveries.story.measure) == {"2013-11": 10.0}
    assert mark_interrupted(at=deliveries.at + STALE / 2) == 0
    assert mark_interrupted(at=deliveries.at + STALE * 2) == 1
    load.refresh_from_db()
    assert (load.status, "interrupted" in load.reason) == (LoadStage.FAILED, True)
    deliveries.begun(load, at=deliveries.at + timedelta(days=1))
    assert deliveries.values(deliveries.story.measure) == {"2013-11": 77.0}


def test_a_job_that_comes_back_marks_what_it_finds_begun(deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(CLEAN.encode()))
    confirm(load=load, by=deliveries.analyst, at=deliveries.at)
    Load.objects.filter(pk=load.pk).update(progress={"begun": "2014-03-04T10:30:00+00:00"})
    carry_out(pk=load.pk, by=deliveries.analyst, clock=lambda: deliveries.at)
    load.refresh_from_db()
    assert (load.status, Figure.objects.count()) == (LoadStage.FAILED, 0)


def test_a_load_is_carried_out_once(deliveries: Deliveries) -> None:
    load = deliveries.loaded(CLEAN)
    carry_out(pk=load.pk, by=deliveries.analyst, clock=lambda: deliveries.at)
    with pytest.raises(ValidationError):
        confirm(load=load, by=deliveries.analyst, at=deliveries.at)
    with pytest.raises(ValidationError):
        put_away(load=load, by=deliveries.analyst, at=deliveries.at)
    assert Figure.objects.count() == 4


def test_what_was_put_away_stays_away(deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(CLEAN.encode()))
    put_away(load=load, by=deliveries.analyst, at=deliveries.at)
    load.refresh_from_db()
    with pytest.raises(ValidationError, match="put away"):
        confirm(load=load, by=deliveries.analyst, at=deliveries.at)


def test_only_who_may_load_figures_does(deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(CLEAN.encode()))
    member = deliveries.story.cast.panel_clerk
    for act in (
        lambda: confirm(load=load, by=member, at=deliveries.at),
        lambda: put_away(load=load, by=member, at=deliveries.at),
        lambda: undo(load=load, reason="x", by=member, at=deliveries.at),
        lambda: redo(load=load, by=member, at=deliveries.at),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_source_is_of_one_kind(deliveries: Deliveries) -> None:
    deliveries.source()
    with pytest.raises(ValidationError, match="another kind"):
        deliveries.source(SourceKind.STREET)
    assert Source.objects.count() == 1


def test_a_reader_that_fails_leaves_no_load_waiting(
    deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("nobody foresaw this")

    with monkeypatch.context() as patch:
        patch.setattr(loads, "look_at", fails)
        assert deliveries.matched(deliveries.handed_in(CLEAN.encode())).status == LoadStage.FAILED
    with monkeypatch.context() as patch:
        patch.setattr(loads, "read_sheet", fails)
        assert deliveries.handed_in(CLEAN.encode()).status == LoadStage.FAILED


def test_a_load_whose_file_is_not_kept_says_so(deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(CLEAN.encode()))
    Load.objects.filter(pk=load.pk).update(sha256="")
    deliveries.begun(load)
    assert (load.status, "not kept here" in load.reason) == (LoadStage.FAILED, True)
