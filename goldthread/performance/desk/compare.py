"""A measure compared with the most similar areas, over a year: in order, and allowing for size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.spc.values import Better, Stated
from goldthread.files.charts.amounts import amount, number, unit_named
from goldthread.files.charts.model import Frequency, Unit
from goldthread.files.charts.periods import named
from goldthread.performance.comparing import (
    LEAST_AREAS,
    Compared,
    Standing,
    beyond_chance,
    funnel_of,
    strip_of,
)
from goldthread.performance.desk.frame import About, can_of, open_measure
from goldthread.performance.drawing import Drawing, both
from goldthread.performance.models import AreaKind, ComparatorGroup
from goldthread.performance.places import forces
from goldthread.performance.queries import NotDefined, group_of, people_in, series_many
from goldthread.performance.series import STEPS, Series
from goldthread.performance.sheets import Column, Sheet, table_of
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.web.templatetags.web import day, short_day

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page shows: a sentence, a ranking, a funnel where one can be drawn, and the figures."""

    sentence: str
    strip: Drawing
    sheet: Sheet
    group_words: str
    funnel: Drawing | None = None
    funnel_words: str = ""
    no_funnel: str = ""


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """A measure in the body's area beside the areas most like it, and beside all."""
    about = open_measure(request, acting, slug)
    compared, unit = compared_for(about)
    group = group_of(about.measure.body, about.area, on=acting.on) if about.area is not None else None
    if compared is not None and group is not None:
        compared = with_group(compared, group)
    nothing = _nothing(about, compared, group)
    context = {
        "about": about,
        "here": _("Compared with others"),
        "comparison": comparison_of(about, compared, unit, group) if compared and not nothing else None,
        "nothing": nothing,
        "lacks_figures": compared is None,
        "can": can_of(acting, about.measure.body),
    }
    return render(request, "performance/desk/compare.html", context)


def compared_for(about: About) -> tuple[Compared | None, Unit]:
    """The last twelve months of a measure in every force area, and the unit of the rates compared."""
    if about.area is None or about.area.kind != AreaKind.FORCE:
        return None, Unit()
    try:
        series = series_many([about.measure], list(forces()))
    except NotDefined:
        return None, Unit()
    own = next((each for each in series if each.area == about.area), None)
    last = _last_told(own) if own is not None else None
    if own is None or last is None or own.defined.frequency not in STEPS:
        return None, Unit()
    asked = 12 // STEPS[own.defined.frequency]
    window = [point.period for point in own.points if point.period <= last][-asked:]
    share = own.defined.denominator is not None and own.defined.denominator.source != "population"
    people = {} if own.defined.denominator is not None else people_in([s.area for s in series], last.year)
    standings = [_standing(each, window, people, share=share) for each in series if each.points]
    multiplier = own.defined.multiplier if own.defined.denominator is not None else THOUSAND
    compared = Compared(about.area.slug, (), tuple(standings), window[0], window[-1], multiplier, share=share)
    return compared, _unit(own, compared)


def _last_told(series: Series) -> date | None:
    return next((p.period for p in reversed(series.points) if p.value is not None), None)


def _unit(own: Series, compared: Compared) -> Unit:
    """The unit of a rate over the year: the measure's own where it is a rate, else per 1,000 people."""
    if own.defined.denominator is not None:
        return unit_named(own.defined.unit, decimals=max(1, own.defined.decimals))
    own_rate = compared.standing(compared.own)
    small = own_rate is not None and compared.rate(own_rate) < 1
    return Unit(words=_("per 1,000 people"), decimals=2 if small else 1)


def _standing(series: Series, window: list[date], people: dict[int, int], *, share: bool) -> Standing:
    """One area over the window. A rate per head divides by the people of the year, not of each month."""
    wanted = set(window)
    here = [point for point in series.points if point.period in wanted]
    told = [point for point in here if point.value is not None]
    counted = sum((point.numerator if point.numerator is not None else point.value) or 0.0 for point in told)
    sizes = [point.denominator for point in told if point.denominator]
    if people:
        size = float(people.get(series.area.pk, 0))
    elif share:
        size = sum(sizes)
    else:
        size = sum(sizes) / len(sizes) if sizes else 0.0
    return Standing(
        series.area.slug,
        series.area_name,
        counted,
        size,
        len(told),
        len(window),
        any(point.stated is Stated.SUPPRESSED for point in here),
        any(point.provisional for point in told),
    )


def with_group(compared: Compared, group: ComparatorGroup) -> Compared:
    """The same, with the group's areas marked, and our own among them for its average."""
    members = tuple(member.slug for member in group.members.all())
    return Compared(
        compared.own,
        members,
        compared.standings,
        compared.first,
        compared.last,
        compared.multiplier,
        compared.share,
    )


def _nothing(about: About, compared: Compared | None, group: ComparatorGroup | None) -> dict[str, str]:
    """Why there is nothing to compare, or nothing."""
    if about.area is None or about.area.kind != AreaKind.FORCE:
        return {
            "heading": _("Only whole forces are compared"),
            "words": _("Groups of similar areas are published for forces. Open the measure for the force."),
        }
    if compared is None or compared.standing(compared.own) is None:
        return {
            "heading": _("There is no whole year to compare yet"),
            "words": _("A comparison takes the last twelve months, and how many people live in each area."),
        }
    if group is None:
        return {
            "heading": _("Nobody has entered who %(area)s is compared with") % {"area": about.area.name},
            "words": _(
                "The Home Office assigns each force a group of the forces most like it. The list is not "
                "published, so somebody who has it enters it, with the day from which it holds. Comparing "
                "with every force alike would call most of them outliers."
            ),
        }
    return {}


def comparison_of(about: About, compared: Compared, unit: Unit, group: ComparatorGroup | None) -> Comparison:
    """Everything that the page says of a comparison."""
    what = about.measure.name
    better = Better(_better(about))
    period = _period(compared)
    words = (_("most similar group"), _("all %d forces") % len(compared.whole))
    strip = strip_of(
        compared,
        title=_("%(what)s: forces in order, %(period)s") % {"what": what, "period": period},
        measure=what,
        unit=unit,
        better=better,
        period=period,
        words=words,
    )
    found = funnel_of(
        compared,
        title=_("%(what)s: forces by their size, %(period)s") % {"what": what, "period": period},
        measure=what,
        unit=unit,
        size_unit=_("cases") if compared.share else _("people"),
        better=better,
        period=period,
    )
    made: dict[str, Any] = {}
    if found is None:
        made["no_funnel"] = _("A funnel needs figures of at least %d forces.") % LEAST_AREAS
    else:
        made["funnel"] = Drawing("", *both(found[0], "funnel"), caption=_spread_words(found[1]))
        made["funnel_words"] = funnel_words(compared, found[1])
    caption = _("%(period)s. The averages are weighted: all that was counted, over everybody counted among.")
    return Comparison(
        sentence=sentence_of(about, compared, unit),
        strip=Drawing(
            "", *both(strip, "strip"), caption=caption % {"period": period} + _small_words(compared)
        ),
        sheet=_sheet(compared, unit, what),
        group_words=_group_words(group),
        **made,
    )


def _small_words(compared: Compared) -> str:
    """Which areas are left out because too few people live there, and why."""
    if not compared.small:
        return ""
    words = _("Left out: %(areas)s, where few of those who are about by day live.")
    return " " + words % {"areas": ", ".join(each.name for each in compared.small)}


def _better(about: About) -> str:
    newest = about.measure.definitions.checked().order_by("-number").first()
    return str(newest.form["better"]) if newest is not None else "neither"


def _period(compared: Compared) -> str:
    first, last = (named(each, Frequency.MONTH) for each in (compared.first, compared.last))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def sentence_of(about: About, compared: Compared, unit: Unit) -> str:
    """Where the own area stands: its rate, beside the group's and that of all."""
    own = compared.standing(compared.own)
    if own is None or about.area is None:
        return ""
    slugs = {*compared.group, compared.own}
    place, whole = compared.place(slugs)
    group = compared.average(compared.group)
    said = _("%(what)s in %(area)s: %(rate)s in the year to %(last)s") % {
        "what": about.measure.name,
        "area": about.area.name,
        "rate": f"{amount(compared.rate(own), unit)} {unit.words}".strip(),
        "last": named(compared.last, Frequency.MONTH),
    }
    if group is None:
        return said + "."
    rate = compared.rate(own)
    how = _("above") if rate > group else _("below") if rate < group else _("the same as")
    return _(
        "%(said)s, %(how)s the average of its most similar group (%(group)s): %(place)s of %(whole)d."
    ) % {
        "said": said,
        "how": how,
        "group": amount(group, unit),
        "place": _ordinal(place),
        "whole": whole,
    }


def _ordinal(place: int) -> str:
    """A place counted from the highest: "the highest", "3rd highest"."""
    if place == 1:
        return _("the highest")
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return _("%(place)s highest") % {"place": f"{place}{ending}"}


def funnel_words(compared: Compared, found: Any) -> str:
    """What a funnel tells at this level, and what not."""
    chance, allowing = beyond_chance(found)
    whole = len(found.groups)
    return (
        _(
            "Forces differ far more than chance alone would make them: by the limits of chance, %(chance)d "
            "of %(whole)d would be called outliers. The limits here allow for that, and %(allowing)d of "
            "%(whole)d lie outside them. Being inside says only that a force is not unlike the others."
        )
        % {"chance": chance, "whole": whole, "allowing": allowing}
        if found.overdispersed
        else ngettext(
            "%(n)d force lies outside the limits of chance.",
            "%(n)d forces lie outside the limits of chance.",
            chance,
        )
        % {"n": chance}
    )


def _spread_words(found: Any) -> str:
    if not found.overdispersed:
        return _("Limits of chance alone: forces do not differ by more than that.")
    return _(
        "Limits allow for spread beyond chance (additive overdispersion, Spiegelhalter 2005): "
        "φ = %(phi)s, τ² = %(tau)s."
    ) % {"phi": number(found.phi, 1), "tau": number(found.tau2, 4)}


def _group_words(group: ComparatorGroup | None) -> str:
    if group is None:
        return ""
    since = _("since %(day)s") % {"day": day(group.starts)}
    until = f" {_('to')} {short_day(group.ends)}" if group.ends else ""
    return f"{group.name}, {since}{until}. {group.source}".strip()


def _sheet(compared: Compared, unit: Unit, what: str) -> Sheet:
    columns = (
        Column(_("Force")),
        Column(_("Rate"), True),
        Column(_("Counted"), True),
        Column(_("Out of"), True),
        Column(_("Which")),
    )
    ranked = sorted(
        compared.standings, key=lambda e: (not e.whole, -compared.rate(e) if e.size else 0, e.name)
    )
    rows = [
        [
            each.name,
            amount(compared.rate(each), unit)
            if each.whole
            else _("%(told)d of %(asked)d periods told") % {"told": each.told, "asked": each.asked},
            number(each.counted),
            number(each.size) if each.size else "",
            _("this force")
            if each.slug == compared.own
            else _("most similar")
            if each.slug in compared.group
            else _("left out")
            if each in compared.small
            else "",
        ]
        for each in ranked
    ]
    caption = _("%(what)s by force, %(period)s (%(unit)s)") % {
        "what": what,
        "period": _period(compared),
        "unit": unit.words or unit.after,
    }
    return table_of(columns, rows, caption, _("The figures of every force"))
