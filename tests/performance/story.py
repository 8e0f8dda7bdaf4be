"""A measure with its area, its definition and its figures. Everything is made when first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from goldthread.meetings.models import Decision
from goldthread.performance.actions.measures import check_definition, define_measure, make_theme
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.definitions import definition_seal
from goldthread.performance.loading.standing import figures_seal
from goldthread.performance.models import (
    Area,
    AreaKind,
    Definition,
    Figure,
    Load,
    LoadStage,
    Measure,
    Source,
    SourceKind,
    Stated,
    Theme,
)
from goldthread.performance.series import months_after
from tests.cast import SET_UP, Cast

FIRST = date(2012, 1, 1)
REVIEW = date(2016, 3, 4)
STEADY = (
    100,
    104,
    97,
    101,
    99,
    103,
    98,
    102,
    100,
    96,
    105,
    101,
    99,
    102,
    98,
    100,
    103,
    97,
    101,
    99,
    104,
    98,
    100,
    102,
)
"""Two years that go up and down as they always do: mean 100.4."""


def a_form(**more: Any) -> dict[str, Any]:
    """The form of a definition in order."""
    return {
        "key": "burglary",
        "name": "Burglary",
        "theme": "Keeping people safe",
        "why": "Few crimes leave people feeling less safe at home.",
        "better": "down",
        "unit": "offences",
        "frequency": "month",
        "chart": "xmr",
        "numerator": {
            "source": "return",
            "words": "Burglaries recorded in the month.",
            "column": "burglaries",
        },
        "target": {"none": "A number to reach would reward not recording."},
        **more,
    }


class Measuring:
    """One measure of the cast's body in one area, told month by month."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at

    @cached_property
    def theme(self) -> Theme:
        return make_theme(body=self.cast.body, name="Keeping people safe", by=self.cast.analyst, at=SET_UP)

    @cached_property
    def area(self) -> Area:
        return self.an_area("Fenshire")

    def an_area(self, name: str, *, kind: AreaKind = AreaKind.FORCE) -> Area:
        return Area.objects.create(code=name.upper(), slug=name.lower(), name=name, kind=kind)

    @cached_property
    def source(self) -> Source:
        return Source.objects.create(
            body=self.cast.body,
            kind=SourceKind.RETURN,
            name="Return of the force",
            licence="Open Government Licence v3.0",
            made_at=SET_UP,
            made_by="Test",
        )

    def draft(self, **more: Any) -> Definition:
        """A definition that the analyst wrote and nobody has checked."""
        return define_measure(
            body=self.cast.body, theme=self.theme, form=a_form(**more), by=self.cast.analyst, at=SET_UP
        )

    def a_measure(self, **more: Any) -> Measure:
        """A measure whose definition the governance officer checked."""
        return self.checked(self.draft(**more)).measure

    def checked(self, definition: Definition, *, at: datetime = SET_UP) -> Definition:
        review_on = date(at.year + 1, 1, 1)
        return check_definition(
            definition=definition,
            seen=definition_seal(definition.form),
            review_on=review_on,
            by=self.cast.governance_officer,
            at=at,
        )

    @cached_property
    def measure(self) -> Measure:
        return self.a_measure()

    def load(
        self,
        values: Sequence[float | None] | Mapping[date, float | None],
        *,
        measure: Measure | None = None,
        area: Area | None = None,
        first: date = FIRST,
        at: datetime | None = None,
        denominators: Sequence[float] = (),
        multiplier: float = 1,
        suppressed: Sequence[date] = (),
        provisional: Sequence[date] = (),
    ) -> Load:
        """A load of monthly figures that stands; None is a month that was told to be missing."""
        at = at or self.at
        load = Load.objects.create(
            body=self.cast.body,
            source=self.source,
            name="return.csv",
            status=LoadStage.LOADING,
            handed_in_at=at,
            handed_in_by=self.cast.analyst.name,
        )
        told = values if isinstance(values, Mapping) else dict(_months(values, first))
        sizes = dict(_months(denominators, first))
        Figure.objects.bulk_create(
            _figure(
                Figure(measure=measure or self.measure, area=area or self.area, period=period, load=load),
                value,
                sizes.get(period),
                multiplier,
                suppressed=period in suppressed,
                provisional=period in provisional,
            )
            for period, value in told.items()
        )
        load.status, load.stood_at, load.figures_seal = LoadStage.STANDING, at, figures_seal(load)
        load.save()
        return load

    def undo(self, load: Load, at: datetime) -> None:
        load.status, load.undone_at, load.undone_by = LoadStage.UNDONE, at, "Test"
        load.undone_reason = "It was the wrong file."
        load.save()

    def told(self, period: date = date(2013, 12, 1), *, at: datetime | None = None) -> None:
        """The analyst's words about the last figure."""
        write_narrative(
            measure=self.measure,
            area=self.area,
            period=period,
            words="Burglary stays within its usual range.",
            by=self.cast.analyst,
            at=at or self.at,
        )


def _months(values: Sequence[float | None], first: date) -> list[tuple[date, Any]]:
    return [(months_after(first, place), value) for place, value in enumerate(values)]


def _figure(
    figure: Figure,
    value: float | None,
    size: float | None,
    multiplier: float,
    *,
    suppressed: bool,
    provisional: bool,
) -> Figure:
    if value is None or suppressed:
        figure.stated = Stated.SUPPRESSED if suppressed else Stated.MISSING
        return figure
    figure.numerator, figure.denominator, figure.provisional = value, size, provisional
    figure.value = value if size is None else value / size * multiplier
    return figure


def at_hour(day: date) -> datetime:
    """Ten in the morning of a day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def a_decision(deciding: Any) -> Decision:
    """A decision that was taken."""
    return deciding.decide(deciding.outside("Priorities for action"))
