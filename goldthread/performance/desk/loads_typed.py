"""Type a return: a few rows for one measure in one area. Whatever was typed comes back with its faults."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.performance.actions.returns import take_typed
from goldthread.performance.forms.loads import MOST_ROWS, TypedForm
from goldthread.performance.loading.known import InUse, areas_on, in_use
from goldthread.performance.loading.typed import Line, lines_offered, lines_typed, look_at_lines
from goldthread.performance.models import SourceKind
from goldthread.performance.places import home_area
from goldthread.plans.desk.frame import Acting, desk_page, refusals

MORE = 6


@desk_page
def typed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Type the figures of one measure in one area, period by period."""
    body = acting.body_where(Ability.LOAD_FIGURES)
    known = areas_on(SourceKind.RETURN, acting.on)
    measures = [each for each in in_use(body) if each.defined.numerator.source != SourceKind.STREET]
    areas = sorted(known.by_code.values(), key=lambda area: (area.kind, area.name))
    if not measures or not areas:
        context = {"here": _("Type figures"), "measures": measures, "areas": areas}
        return render(request, "performance/desk/load_typed_none.html", context)
    home = home_area(body)
    initial = {"measure": request.GET.get("measure", ""), "area": home.code if home else areas[0].code}
    form = TypedForm(request.POST or None, measures=measures, areas=areas, initial=initial)
    each = _asked(request, measures)
    lines = _lines(request, acting, each)
    asking = {"more", "turn"} & request.POST.keys()
    if request.method == "POST" and not asking and form.is_valid():
        given = form.cleaned_data
        found, lines = look_at_lines(
            lines, each, given["area"], known, provisional=given["provisional"], today=acting.on
        )
        load = None
        if found is None:
            blank = all(line.blank for line in lines)
            form.add_error(None, _("Type at least one figure.") if blank else _first_fault(lines))
        else:
            with refusals(request, form), transaction.atomic():
                load = take_typed(
                    body=body,
                    each=each,
                    area=known.by_code[given["area"]],
                    lines=lines,
                    found=found,
                    provisional=given["provisional"],
                    by=acting.user,
                    at=acting.at,
                )
        if load is not None:
            return redirect(load)
    context: dict[str, Any] = {
        "form": form,
        "each": each,
        "lines": lines,
        "pair": each.kind.has_denominator,
        "room": len(lines) < MOST_ROWS,
        "here": _("Type figures"),
    }
    return render(request, "performance/desk/load_typed.html", context)


def _asked(request: HttpRequest, measures: list[InUse]) -> InUse:
    key = request.POST.get("measure") or request.GET.get("measure", "")
    return next((each for each in measures if each.measure.key == key), measures[0])


def _lines(request: HttpRequest, acting: Acting, each: InUse) -> tuple[Line, ...]:
    """The rows as they were typed, or a few empty ones for the latest periods."""
    if request.method != "POST":
        return lines_offered(each, acting.on)
    lines = lines_typed(*(request.POST.getlist(name) for name in ("period", "top", "below")))[:MOST_ROWS]
    if "turn" in request.POST and all(line.blank for line in lines):
        return lines_offered(each, acting.on)
    if "more" in request.POST or not lines:
        more = min(MORE, MOST_ROWS - len(lines))
        lines = (*lines, *(Line(len(lines) + n) for n in range(more)))
    return lines


def _first_fault(lines: tuple[Line, ...]) -> str:
    count = sum(bool(line.problems) for line in lines)
    first = next((line for line in lines if line.problems), None)
    if first is None:
        return _("Something in the rows cannot be read.")
    facts = {"n": first.number + 1, "said": first.problems[0], "count": count}
    if count == 1:
        return _("Row %(n)s: %(said)s") % facts
    return _("Row %(n)s: %(said)s Faults stand beside %(count)s rows.") % facts
