"""A definition is fixed by another person; versions, frameworks, groups and what is shipped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.audit.models import Event
from goldthread.people.actions import NotAllowed
from goldthread.performance.actions.frameworks import (
    add_to_framework,
    leave_framework,
    make_framework,
    set_group,
)
from goldthread.performance.actions.measures import (
    adopt_shipped,
    check_definition,
    choose_rules,
    define_measure,
    drop_draft,
    end_measure,
    make_theme,
    revise_measure,
)
from goldthread.performance.definitions import definition_seal, shipped
from goldthread.performance.models import Definition, Measure
from goldthread.performance.queries import (
    NotDefined,
    definition_of,
    draft_of,
    frameworks_of,
    group_of,
    measure_for,
    measures_in,
    rules_for,
    series_of,
)
from tests.cast import SET_UP
from tests.performance.story import REVIEW, a_form


def check(measuring: Any, draft: Definition, by: Any, **more: Any) -> Definition:
    given = {"seen": definition_seal(draft.form), "review_on": REVIEW, "by": by, "at": measuring.at}
    return check_definition(definition=draft, **{**given, **more})


def test_a_measure_counts_once_another_person_has_checked_it(measuring: Any, cast: Any) -> None:
    draft = measuring.draft()
    with pytest.raises(NotDefined):
        series_of(draft.measure, measuring.area)
    checked = check(measuring, draft, cast.governance_officer)
    assert (checked.number, checked.author, checked.checker) == (1, cast.analyst, cast.governance_officer)
    assert checked.seal == definition_seal(checked.form)
    assert definition_of(draft.measure) == checked
    assert draft_of(draft.measure) is None
    event = Event.objects.first()
    assert (event.verb, event.facts["seal"]) == ("checked a definition", checked.seal)


def test_its_author_may_not_check_it(measuring: Any, cast: Any) -> None:
    draft = measuring.draft()
    with pytest.raises(ValidationError, match="other than its author"):
        check(measuring, draft, cast.analyst)


def test_a_checker_reads_what_they_check(measuring: Any, cast: Any) -> None:
    draft = measuring.draft()
    read = definition_seal(draft.form)
    revise_measure(
        measure=draft.measure, form=a_form(name="Burglaries"), change="", by=cast.analyst, at=measuring.at
    )
    with pytest.raises(ValidationError, match="changed while you were reading"):
        check(measuring, draft, cast.governance_officer, seen=read)


@pytest.mark.parametrize("days", [0, -1, 365 * 4])
def test_a_day_of_review_is_named_within_three_years(measuring: Any, cast: Any, days: int) -> None:
    review_on = measuring.at.date() + timedelta(days=days)
    with pytest.raises(ValidationError, match="within three years"):
        check(measuring, measuring.draft(), cast.governance_officer, review_on=review_on)


def test_a_changed_definition_is_a_new_version_and_the_old_one_stays(measuring: Any, cast: Any) -> None:
    first = definition_of(measuring.measure)
    draft = revise_measure(
        measure=measuring.measure,
        form=a_form(target={"value": 90.0}),
        change="The board set a target.",
        by=cast.governance_officer,
        at=measuring.at,
    )
    assert (draft.number, draft.is_checked) == (2, False)
    assert definition_of(measuring.measure) == first
    second = check(measuring, draft, cast.analyst)
    assert definition_of(measuring.measure) == second
    assert definition_of(measuring.measure, as_at=measuring.at - timedelta(days=1)) == first
    first.refresh_from_db()
    assert first.form["target"] == {"none": "A number to reach would reward not recording."}


def test_a_change_says_what_is_different(measuring: Any, cast: Any) -> None:
    given = {"measure": measuring.measure, "by": cast.analyst, "at": measuring.at}
    with pytest.raises(ValidationError, match="Say what is different"):
        revise_measure(form=a_form(decimals=1), change=" ", **given)
    with pytest.raises(ValidationError, match="Nothing is different"):
        revise_measure(form=a_form(), change="Nothing.", **given)
    assert draft_of(measuring.measure) is None


def test_a_draft_written_again_by_another_is_checked_by_a_third(measuring: Any, cast: Any) -> None:
    draft = measuring.draft()
    again = revise_measure(
        measure=draft.measure, form=a_form(decimals=1), change="", by=cast.governance_officer, at=measuring.at
    )
    assert again.pk == draft.pk
    with pytest.raises(ValidationError, match="other than its author"):
        check(measuring, again, cast.governance_officer)
    assert check(measuring, again, cast.chief_executive).is_checked


def test_a_bad_definition_is_refused_with_all_that_is_wrong(measuring: Any, cast: Any) -> None:
    form = a_form(better="more", target={})
    with pytest.raises(ValidationError) as refused:
        define_measure(body=cast.body, theme=measuring.theme, form=form, by=cast.analyst, at=measuring.at)
    assert len(refused.value.messages) == 2
    assert not Measure.objects.exists()


def test_a_key_is_given_once_a_body(measuring: Any) -> None:
    measuring.draft()
    with pytest.raises(ValidationError, match="There is a measure with the key"):
        measuring.draft()


def test_who_may_write_check_and_read(measuring: Any, cast: Any) -> None:
    with pytest.raises(NotAllowed):
        define_measure(
            body=cast.body, theme=measuring.theme, form=a_form(), by=cast.commissioner, at=measuring.at
        )
    draft = measuring.draft()
    for user in (cast.commissioner, cast.staff_officer, cast.resident, cast.stranger):
        with pytest.raises(NotAllowed):
            check(measuring, draft, user)
    assert measure_for(cast.commissioner, "burglary", on=measuring.at.date()) == draft.measure


def test_a_version_that_nobody_checked_can_be_dropped_and_a_checked_one_cannot(
    measuring: Any, cast: Any
) -> None:
    draft = measuring.draft()
    drop_draft(definition=draft, by=cast.analyst, at=measuring.at)
    assert not Measure.objects.exists()
    with pytest.raises(ValidationError, match="was checked stays"):
        drop_draft(definition=definition_of(measuring.measure), by=cast.analyst, at=measuring.at)


def test_a_shipped_measure_is_checked_by_who_takes_it_over(measuring: Any, cast: Any) -> None:
    given = {"body": cast.body, "key": "neighbourhood-crime", "at": measuring.at}
    measure = adopt_shipped(by=cast.analyst, **given)
    definition = definition_of(measure)
    shipped_one = shipped()["neighbourhood-crime"]
    assert (definition.author, definition.author_name) == (None, shipped_one.review.author)
    assert (definition.checker, definition.review_on) == (cast.analyst, date(2016, 3, 1))
    assert (measure.shipped, measure.theme.name) == ("neighbourhood-crime", "Neighbourhoods")
    on = date(2022, 1, 1)
    assert [f.name for f in frameworks_of(measure, on=on)] == ["National Crime and Policing Measures"]
    with pytest.raises(ValidationError, match="There is a measure with the key"):
        adopt_shipped(by=cast.analyst, **given)
    with pytest.raises(ValidationError, match="No measure is shipped"):
        adopt_shipped(by=cast.analyst, **{**given, "key": "wishes"})
    with pytest.raises(NotAllowed):
        adopt_shipped(by=cast.commissioner, **{**given, "key": "homicide"})


@pytest.mark.slow
def test_every_shipped_measure_can_be_taken_over(measuring: Any, cast: Any) -> None:
    """Slow: sixty measures are taken over, each recorded."""
    for key in shipped():
        adopt_shipped(body=cast.body, key=key, by=cast.analyst, at=measuring.at)
    assert Measure.objects.count() == len(shipped())


def test_a_measure_counts_towards_any_number_of_dated_frameworks(measuring: Any, cast: Any) -> None:
    given = {"by": cast.analyst, "at": measuring.at}
    board, nation = (
        make_framework(body=cast.body, name=name, starts=date(2013, 4, 1), **given)
        for name in ("The board's twelve", "National")
    )
    first = add_to_framework(measure=measuring.measure, framework=board, starts=date(2013, 4, 1), **given)
    add_to_framework(measure=measuring.measure, framework=nation, starts=date(2014, 1, 1), **given)
    leave_framework(membership=first, ends=date(2014, 3, 31), **given)
    names = [
        [f.name for f in frameworks_of(measuring.measure, on=day)]
        for day in (date(2013, 4, 1), date(2014, 3, 31), date(2014, 4, 1))
    ]
    assert names == [["The board's twelve"], ["National", "The board's twelve"], ["National"]]
    assert list(measures_in(nation, on=date(2013, 12, 31))) == []
    add_to_framework(measure=measuring.measure, framework=board, starts=date(2014, 4, 1), **given)
    with pytest.raises(ValidationError, match="already"):
        add_to_framework(measure=measuring.measure, framework=board, starts=date(2014, 6, 1), **given)
    with pytest.raises(ValidationError, match="not in force"):
        add_to_framework(measure=measuring.measure, framework=board, starts=date(2013, 3, 31), **given)


def test_a_group_is_dated_and_ends_when_the_next_begins(measuring: Any, cast: Any) -> None:
    others = [measuring.an_area(name) for name in ("Marshshire", "Downshire", "Moorshire")]
    given = {"body": cast.body, "area": measuring.area, "by": cast.analyst, "at": measuring.at}
    first = set_group(members=others[:2], starts=date(2012, 4, 1), **given)
    second = set_group(members=others[1:], starts=date(2014, 4, 1), **given)
    first.refresh_from_db()
    assert first.ends == date(2014, 3, 31)
    assert group_of(cast.body, measuring.area, on=date(2014, 3, 31)) == first
    assert group_of(cast.body, measuring.area, on=date(2014, 4, 1)) == second
    assert group_of(cast.body, others[0], on=date(2014, 4, 1)) is None
    with pytest.raises(ValidationError, match="begins on that day or later"):
        set_group(members=others, starts=date(2014, 4, 1), **given)
    with pytest.raises(ValidationError, match="Choose the other areas"):
        set_group(members=[measuring.area], starts=date(2015, 4, 1), **given)


def test_the_office_chooses_its_rules_with_a_reason(measuring: Any, cast: Any) -> None:
    given = {"body": cast.body, "by": cast.chief_executive, "at": measuring.at}
    assert rules_for(cast.body) == "plot-the-dots"
    choose_rules(rules="autospc", reason="The force's own analysts use it.", **given)
    assert rules_for(cast.body) == "autospc"
    assert rules_for(cast.body, as_at=measuring.at - timedelta(days=1)) == "plot-the-dots"
    with pytest.raises(ValidationError, match="no rule set called"):
        choose_rules(rules="gut feeling", reason="It is quick.", **given)
    with pytest.raises(ValidationError, match="Say why"):
        choose_rules(rules="autospc", reason="", **given)


def test_a_measure_that_is_ended_is_not_revised(measuring: Any, cast: Any) -> None:
    measure = measuring.measure
    with pytest.raises(ValidationError, match="Say why"):
        end_measure(measure=measure, reason="", by=cast.analyst, at=measuring.at)
    end_measure(measure=measure, reason="Nobody read it.", by=cast.analyst, at=measuring.at)
    with pytest.raises(ValidationError, match="no longer used"):
        revise_measure(
            measure=measure, form=a_form(decimals=1), change="Places.", by=cast.analyst, at=measuring.at
        )


def test_a_theme_is_made_once(measuring: Any, cast: Any) -> None:
    again = make_theme(body=cast.body, name="Keeping people safe", by=cast.analyst, at=SET_UP)
    assert again == measuring.theme
    with pytest.raises(ValidationError, match="name"):
        make_theme(body=cast.body, name="…", by=cast.analyst, at=SET_UP)
