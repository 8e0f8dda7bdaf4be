"""What was checked, loaded, shown, approved or released is not altered, and shows if it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from goldthread.audit import guards
from goldthread.performance import verify
from goldthread.performance.actions.approving import approve_figures
from goldthread.performance.actions.breaks import mark_break
from goldthread.performance.actions.measures import choose_rules
from goldthread.performance.actions.rebasing import approve_rebase, ask_rebase
from goldthread.performance.models import (
    Break,
    Definition,
    Figure,
    Load,
    Narrative,
    Rebase,
    Release,
    RuleChoice,
    ShownChart,
)
from goldthread.performance.queries import series_of
from goldthread.performance.shown import chart_seal, form_now
from tests.performance.story import STEADY

CHECKS = (
    verify.definitions,
    verify.shown_charts,
    verify.releases,
    verify.loads,
    verify.record_of_rows,
)


@pytest.fixture
def told(measuring: Any, cast: Any) -> Any:
    """A measure with one of everything that is kept."""
    measuring.load(STEADY)
    measuring.told()
    series = {"measure": measuring.measure, "area": measuring.area}
    seen = chart_seal(form_now(series_of(**series)))
    approve_figures(seen=seen, by=cast.commissioner, at=measuring.at, **series)
    asked = ask_rebase(
        first_period=date(2013, 1, 1), reason="A change.", by=cast.analyst, at=measuring.at, **series
    )
    approve_rebase(rebase=asked, by=cast.commissioner, at=measuring.at)
    mark_break(
        body=cast.body,
        kind="recording",
        period=date(2013, 1, 1),
        words="A rule changed.",
        source="The Home Office",
        by=cast.analyst,
        at=measuring.at,
    )
    choose_rules(body=cast.body, rules="autospc", reason="Ours.", by=cast.chief_executive, at=measuring.at)
    return measuring


KEPT: dict[type, tuple[str, Any]] = {
    Definition: ("author_name", "Somebody else"),
    Figure: ("value", 1.0),
    Load: ("name", "other.csv"),
    Break: ("words", "Nothing changed."),
    Narrative: ("words", "All is well."),
    Rebase: ("reason", "None."),
    Release: ("approved_by", "Nobody"),
    RuleChoice: ("rules", "plot-the-dots"),
    ShownChart: ("by_name", "Nobody"),
}


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_a_kept_row_is_neither_changed_nor_removed(told: Any, model: Any) -> None:
    name, value = KEPT[model]
    row = model.objects.first()
    for change in (
        lambda: model.objects.filter(pk=row.pk).update(**{name: value}),
        lambda: model.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="sealed: "), transaction.atomic():
            change()


def test_a_standing_load_takes_no_more_figures(told: Any) -> None:
    figure = Figure.objects.first()
    with pytest.raises(DatabaseError, match="sealed: "), transaction.atomic():
        Figure.objects.create(
            measure=figure.measure, area=figure.area, period=date(2020, 1, 1), value=1.0, load=figure.load
        )


def test_figures_of_a_load_that_never_stood_can_be_cleared_away(told: Any) -> None:
    load = Load.objects.create(
        body=told.cast.body, source=told.source, name="x", handed_in_at=told.at, handed_in_by="T"
    )
    Figure.objects.create(measure=told.measure, area=told.area, period=date(2020, 1, 1), value=1.0, load=load)
    assert Figure.objects.filter(load=load).delete()[0] == 1


def test_a_load_can_still_be_undone(told: Any) -> None:
    told.undo(Load.objects.get(), told.at)
    assert series_of(told.measure, told.area).points == ()


def test_all_is_well_with_what_nobody_altered(told: Any) -> None:
    assert [problem for check in CHECKS for problem in check()] == []


ALTERED = (
    (Definition, {"form": {"key": "other"}}, "definition-altered"),
    (Figure, {"value": F("value") + 1}, "load-altered"),
    (ShownChart, {"form": {"form": 1}}, "chart-altered"),
    (ShownChart, {"definition_seal": "0" * 64}, "chart-altered"),
    (Release, {"approved_by": "Nobody"}, "release-altered"),
    (Release, {"number": 2}, "release-missing"),
    (Narrative, {"words": "All is well."}, "row-altered"),
    (Rebase, {"reason": "None."}, "row-altered"),
    (Break, {"words": "None."}, "row-altered"),
    (RuleChoice, {"rules": "plot-the-dots"}, "row-altered"),
)


@pytest.mark.parametrize(("model", "change", "code"), ALTERED)
def test_what_somebody_altered_behind_the_guards_is_named(
    told: Any, model: Any, change: dict[str, Any], code: str
) -> None:
    with connection.cursor() as cursor:
        for statement in guards.removal(connection, model._meta.db_table):
            cursor.execute(statement)
    model.objects.update(**change)
    assert code in {problem.code for check in CHECKS for problem in check()}


def test_a_row_taken_away_behind_the_guards_is_named(told: Any) -> None:
    with connection.cursor() as cursor:
        for statement in guards.removal(connection, Narrative._meta.db_table):
            cursor.execute(statement)
    Narrative.objects.all()._raw_delete("default")
    assert [problem.code for problem in verify.record_of_rows()] == ["row-removed"]


def test_every_guard_is_in_place(told: Any) -> None:
    assert list(guards.problems(apps)) == []
