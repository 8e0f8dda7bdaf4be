"""Work to place at the desk: what nobody can be asked about and what is silent, given away in one step."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.handing_over import assign_all
from goldthread.delivery.forms.placing import PlaceForm
from goldthread.delivery.placing import heard_last, ownerless, silent, stale, things_of
from goldthread.plans.desk.frame import Acting, desk_page, refusals

PAGE = 50


@desk_page
def place(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What waits for an owner, and what nobody has spoken of for too long; the ticked goes to an office."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    form = PlaceForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        things, count = tuple(things_of(body, request.POST.getlist("thing"))), 0
        with refusals(request, form) as done:
            count = assign_all(things=things, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            said = ngettext("Given to its owner: %d.", "Given to their owner: %d.", count) % count
            messages.success(request, said)
            return redirect("delivery:desk-placing")
    loose = Paginator(ownerless(body, acting.on), PAGE).get_page(request.GET.get("page"))
    heard = heard_last(body)
    quiet = Paginator(silent(body, acting.on, heard), PAGE).get_page(request.GET.get("silent"))
    context = {
        "form": form,
        "loose": loose,
        "quiet": quiet,
        "stale": stale(list(quiet.object_list), acting.on, heard),
        "ticked": set(request.POST.getlist("thing")),
    }
    return render(request, "delivery/desk/placing.html", context)
