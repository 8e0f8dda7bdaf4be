"""Reporting periods at the desk: opened, watched, closed, and read as they stood."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.periods import close_period, open_period
from goldthread.delivery.forms.updates import PeriodForm
from goldthread.delivery.models import Period
from goldthread.delivery.periods import as_csv, before, kept_by_theme, progress_of
from goldthread.people.models import Body
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page, refusals


def _body(acting: Acting) -> Body:
    return acting.body_where(Ability.READ_DRAFTS)


def _period(acting: Acting, pk: int) -> Period:
    """A period that the reader may see: 404 where it is another body's."""
    bodies = bodies_where(acting.user, Ability.READ_DRAFTS, acting.on)
    return get_object_or_404(Period.objects.select_related("body"), pk=pk, body__in=bodies)


@desk_page
def all_of_them(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The periods: those that are open with how far each has come, then those that were closed."""
    body = _body(acting)
    rows = list(Period.objects.filter(body=body).annotate(kept=Count("lines")).order_by("-starts"))
    context = {
        "open": [(row, progress_of(row)) for row in reversed(rows) if row.closed_at is None],
        "closed": [row for row in rows if row.closed_at is not None],
        "closes": Ability.CLOSE_PERIOD in acting.abilities(body),
        "today": acting.on,
    }
    return render(request, "delivery/desk/periods.html", context)


@desk_page
def begin(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Open a period."""
    body = acting.body_where(Ability.CLOSE_PERIOD)
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            period = open_period(body=body, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            words = _("It is open. Owners are asked for word by the day that you gave.")
            messages.success(request, words)
            return redirect("delivery:desk-period", period.pk)
    return render(request, "delivery/desk/period_open.html", {"form": form})


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """One period: while it is open who has spoken, once it is closed everything as it stood."""
    period = _period(acting, pk)
    context: dict[str, Any] = {
        "period": period,
        "today": acting.on,
        "closes": Ability.CLOSE_PERIOD in acting.abilities(period.body),
        "looks": Ability.WRITE_DELIVERY in acting.abilities(period.body),
    }
    if period.closed_at is None:
        context |= {"progress": progress_of(period), "over": period.ends <= acting.on}
        return render(request, "delivery/desk/period.html", context)
    context |= {"themes": tuple(kept_by_theme(period)), "before": before(period)}
    return render(request, "delivery/desk/period_closed.html", context)


@desk_page
@require_POST
def close(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Close a period."""
    period = _period(acting, pk)
    with refusals(request) as done:
        close_period(period=period, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("It is closed. What stood is kept, whatever changes from now on."))
    return redirect("delivery:desk-period", period.pk)


@desk_page
@require_safe
def csv_file(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """A closed period as a table for a spreadsheet."""
    period = _period(acting, pk)
    if period.closed_at is None:
        raise Http404(_("It is still open. Once closed it can be had as a table."))
    response = HttpResponse(as_csv(period), content_type="text/csv; charset=utf-8")
    name = f"{slugify(period.name)}-as-it-stood.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
