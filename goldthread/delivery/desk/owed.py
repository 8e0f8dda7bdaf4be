"""What I owe, on one page; and for the office, what an office owes."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Action, Milestone
from goldthread.delivery.owed import Shelf, owed_by_person, shelves
from goldthread.delivery.wanted import owed_by_offices
from goldthread.people.models import Office
from goldthread.people.queries import bodies_where, holders
from goldthread.plans.desk.frame import Acting, desk_page

SHOWN = 20
"""How many things of one shelf are shown before the reader asks for all."""


@desk_page
def owe(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What the reader owes, the overdue first; where they look after delivery, what any office owes."""
    offices = _offices(acting)
    chosen = request.GET.get("office", "")
    office = get_object_or_404(offices, pk=chosen) if chosen.isdecimal() else None
    rows = owed_by_offices((office,), acting.on) if office else owed_by_person(acting.user, acting.on)
    found = shelves(rows, acting.on)
    context = {
        "today": acting.on,
        "office": office,
        "holders": ", ".join(each.name for each in holders(office, acting.on)) if office else "",
        "offices": offices,
        "counts": [(shelf.horizon.value, _count(shelf)) for shelf in found],
        "shelves": [_shelf(shelf, whole="all" in request.GET) for shelf in found],
    }
    return render(request, "delivery/desk/owe.html", context)


def _offices(acting: Acting) -> QuerySet[Office]:
    """The offices whose debts the reader may look at."""
    bodies = bodies_where(acting.user, Ability.WRITE_DELIVERY, acting.on)
    owns = Exists(Action.objects.filter(owner_office=OuterRef("pk")))
    owns |= Exists(Milestone.objects.filter(owner_office=OuterRef("pk")))
    return Office.objects.filter(owns, body__in=bodies)


def _count(shelf: Shelf) -> str:
    n = len(shelf.rows)
    words = {
        "overdue": ngettext("%d overdue", "%d overdue", n),
        "this_month": ngettext("%d this month", "%d this month", n),
        "later": ngettext("%d later", "%d later", n),
        "no_date": _("%d without a day"),
    }
    return words[shelf.horizon.value] % n


def _shelf(shelf: Shelf, *, whole: bool) -> dict[str, Any]:
    rows = shelf.rows if whole else shelf.rows[:SHOWN]
    return {
        "key": shelf.horizon.value,
        "heading": shelf.heading,
        "rows": rows,
        "more": len(shelf.rows) - len(rows),
        "count": len(shelf.rows),
    }
