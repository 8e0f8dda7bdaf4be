"""What is owed of measures: words about their newest figures, and the returns that have not come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.standing import day_words
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.wanted import Owed
from goldthread.people.models import Body, User
from goldthread.people.queries import bodies_where
from goldthread.performance.models import Definition, Figure, Measure, Narrative
from goldthread.performance.places import home_area
from goldthread.performance.series import months_after

NAMED = 3
"""How many measures a line names before it says that there are others."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}
LAG = timedelta(days=45)
"""How long after a period its return may come before it is missed."""


@dataclass(frozen=True, slots=True)
class Told:
    """A measure, the first day of its newest figure's period, and that of the last words about it."""

    measure: Measure
    newest: date
    words: date | None


def owed_of_measures(user: User, on: date) -> Iterator[Owed]:
    """One line for the words and one for the returns that a person's offices owe, body by body."""
    writing = {body.pk for body in bodies_where(user, Ability.WRITE_MEASURES, on)}
    loading = {body.pk: body for body in bodies_where(user, Ability.LOAD_FIGURES, on)}
    bodies = {body.pk: body for body in bodies_where(user, Ability.WRITE_MEASURES, on)} | loading
    for pk, body in bodies.items():
        told = _told(body)
        if pk in writing:
            yield from _words([each for each in told if each.words is None or each.words < each.newest])
        if pk in loading:
            yield from _returns(told, on)


def _told(body: Body) -> list[Told]:
    """Every measure of a body that has a figure for its own area: two looks into the index for each."""
    area = home_area(body)
    if area is None:
        return []
    standing = {"load__stood_at__isnull": False, "load__undone_at__isnull": True}
    figures = Figure.objects.filter(measure=OuterRef("pk"), area=area, **standing).order_by("-period")
    words = Narrative.objects.filter(measure=OuterRef("pk"), area=area).order_by("-period")
    rows = Measure.objects.filter(body=body, ended_at__isnull=True).annotate(
        newest=Subquery(figures.values("period")[:1]), told=Subquery(words.values("period")[:1])
    )
    return [Told(row, row.newest, row.told) for row in rows.filter(newest__isnull=False).order_by("name")]


def _words(silent: Sequence[Told]) -> Iterator[Owed]:
    if silent:
        title = ngettext("Say what %(n)s measure shows", "Say what %(n)s measures show", len(silent))
        yield Owed(
            kind=_("Measure"),
            title=title % {"n": len(silent)},
            href=_href(silent),
            words=_("Newer figures than words: %(names)s.") % {"names": _names(silent)},
            status=_("no words yet"),
            tone="warn",
        )


def _returns(told: Sequence[Told], on: date) -> Iterator[Owed]:
    often = _returned(told)
    coming = [each for each in told if each.measure.pk in often]
    due = {each: _last_day(each.newest, 2 * often[each.measure.pk]) + LAG for each in coming}
    late = [each for each, day in due.items() if day < on]
    if late:
        title = ngettext("Load the return of %(n)s measure", "Load the returns of %(n)s measures", len(late))
        first = min(due[each] for each in late)
        yield Owed(
            kind=_("Measure"),
            title=title % {"n": len(late)},
            href=reverse("performance:desk-loads"),
            words=_("The last figures are old: %(names)s.") % {"names": _names(late)},
            due=first,
            status=_("was due %(day)s") % {"day": day_words(first, on)},
            tone="bad",
        )


def _last_day(first: date, months: int) -> date:
    """The last day of so many months from a first day on."""
    return months_after(first, months) - timedelta(days=1)


def _returned(told: Sequence[Told]) -> dict[int, int]:
    """By measure, how many months a return of it covers; nothing of what does not come by returns."""
    rows = Definition.objects.checked().filter(measure__in=[each.measure for each in told])
    forms = {row.measure_id: row.form for row in rows.order_by("number")}
    return {
        pk: MONTHS[form["frequency"]]
        for pk, form in forms.items()
        if form["numerator"]["source"] == "return" and form["frequency"] in MONTHS
    }


def _href(found: Sequence[Told]) -> str:
    alone = len(found) == 1
    return found[0].measure.get_absolute_url() if alone else reverse("performance:desk-home")


def _names(found: Sequence[Told]) -> str:
    names = ", ".join(each.measure.name for each in found[:NAMED])
    return names if len(found) <= NAMED else _("%(names)s and others") % {"names": names}
