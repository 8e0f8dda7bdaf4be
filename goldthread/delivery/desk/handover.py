"""Handing over at the desk: what each office owes, who left it, and what was written down when they did."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.handing_over import hand_over_work, owed_by
from goldthread.delivery.desk.work_words import stand_of
from goldthread.delivery.forms.placing import HandOverForm
from goldthread.delivery.models import HandOver
from goldthread.delivery.owning import holders_of
from goldthread.delivery.placing import open_actions, open_milestones
from goldthread.people.models import Body, Holding, Office
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The offices that owe something, who holds them, and those whose holder left without a hand-over."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    made = HandOver.objects.filter(office__body=body).select_related("office")
    context = {"rows": _offices(body, acting.on), "made": made[:20]}
    return render(request, "delivery/desk/hand_overs.html", context)


def _offices(body: Body, on: date) -> list[dict[str, Any]]:
    """By office what it owes, its holders, and who left it last without handing over; these come first."""
    owes: Counter[int] = Counter()
    for rows in (open_actions(body), open_milestones(body)):
        counted = rows.filter(owner_office__isnull=False).order_by().values_list("owner_office")
        owes.update(dict(counted.annotate(count=Count("pk"))))
    offices = list(Office.objects.filter(body=body, pk__in=owes))
    people, left = holders_of([office.pk for office in offices], on), _left(offices, on)
    rows = [
        {
            "office": office,
            "owes": owes[office.pk],
            "people": people.get(office.pk, ()),
            "left": left.get(office.pk),
        }
        for office in offices
    ]
    return sorted(rows, key=lambda row: (row["left"] is None, bool(row["people"]), row["office"].title))


def _left(offices: list[Office], on: date) -> dict[int, Holding]:
    """By office, the last holding that ended and was not handed over."""
    done: defaultdict[int, set[int | None]] = defaultdict(set)
    for office, user in HandOver.objects.filter(office__in=offices).values_list("office", "was"):
        done[office].add(user)
    ended = Holding.objects.filter(office__in=offices, ends__lt=on).select_related("user")
    last = {holding.office_id: holding for holding in ended.order_by("ends")}
    return {pk: holding for pk, holding in last.items() if holding.user_id not in done[pk]}


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Hand over what an office owes, and see what was handed over before."""
    office = Office.objects.select_related("body").filter(pk=pk).first()
    if office is None or Ability.WRITE_DELIVERY not in acting.abilities(office.body):
        raise Http404(_("There is no such office here."))
    held = Holding.objects.filter(office=office, starts__lte=acting.on).order_by("-starts")
    past = list(held.values_list("user", flat=True))
    present = list(held.in_force(acting.on).values_list("user", flat=True))
    form = HandOverForm(
        request.POST or None,
        office=office,
        past=past,
        present=present,
        initial=_first(office, past, present, acting.on),
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            hand_over_work(office=office, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Written down. Links of whoever left no longer work."))
            return redirect("delivery:desk-hand-over", office.pk)
    context = {
        "office": office,
        "form": form,
        "owed": [(each, stand_of(each, acting.on)) for each in owed_by(office)],
        "made": [(each, _items(each)) for each in office.hand_overs.all()],
        "holds": ", ".join(holders_of([office.pk], acting.on).get(office.pk, ())),
    }
    return render(request, "delivery/desk/hand_over.html", context)


def _first(office: Office, past: list[int], present: list[int], on: date) -> dict[str, Any]:
    """What the form begins with: the last who left, and the one who holds it now."""
    left = _left([office], on).get(office.pk)
    gone = [user for user in past if user not in present]
    return {
        "was": left.user_id if left else (gone or [None])[0],
        "now": present[0] if len(present) == 1 else None,
        "on": on,
    }


def _items(made: HandOver) -> list[tuple[str, str, date | None]]:
    """What was owed when an office was handed over: number, title and day each."""
    return [
        (number, title, date.fromisoformat(due) if due else None) for _kind, number, title, due in made.items
    ]
