"""What is done with an action or a milestone, a page each: a day moved, finished, given away, dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.changes import action_of, body_of
from goldthread.delivery.actions.dates import finish, rebaseline, set_forecast
from goldthread.delivery.actions.work import assign, change_action, change_milestone, drop, open_again
from goldthread.delivery.desk.work_words import Thing, stand_of
from goldthread.delivery.doors import action_for, milestone_for
from goldthread.delivery.forms.work import (
    ActionChangeForm,
    AgainForm,
    DropForm,
    FinishForm,
    ForecastForm,
    MilestoneChangeForm,
    OwnerForm,
    RebaselineForm,
)
from goldthread.delivery.models import Action, Milestone
from goldthread.plans.desk.frame import Acting, desk_page, refusals


class Deed(NamedTuple):
    """Something that is done with a thing: what it is called, its questions, the action that does it."""

    heading: Any
    button: Any
    form: Callable[[Any, Thing, Acting], forms.Form]
    do: Callable[..., Any]
    said: Any
    warning: bool = False


def _change_form(data: Any, thing: Thing, acting: Acting) -> forms.Form:
    if isinstance(thing, Action):
        return ActionChangeForm(data, action=thing)
    return MilestoneChangeForm(data, initial={"title": thing.title, "weight": thing.weight})


def _change(*, thing: Thing, **given: Any) -> None:
    if isinstance(thing, Action):
        change_action(action=thing, **given)
    else:
        change_milestone(milestone=thing, **given)


DEEDS: Mapping[str, Deed] = {
    "finish": Deed(
        gettext_lazy("It is done"),
        gettext_lazy("Say that it is done"),
        lambda data, thing, acting: FinishForm(data, initial={"on": acting.on}),
        finish,
        gettext_lazy("Noted as done."),
    ),
    "forecast": Deed(
        gettext_lazy("Move the day"),
        gettext_lazy("Move it"),
        lambda data, thing, acting: ForecastForm(data, initial={"to": thing.due}),
        set_forecast,
        gettext_lazy("Noted. The day that was agreed is still shown beside it."),
    ),
    "rebaseline": Deed(
        gettext_lazy("Agree a new day"),
        gettext_lazy("Put it in place of the old one"),
        lambda data, thing, acting: RebaselineForm(data, initial={"to": thing.due}),
        rebaseline,
        gettext_lazy("Noted. The day that was agreed first is kept and shown."),
    ),
    "owner": Deed(
        gettext_lazy("Give it to somebody"),
        gettext_lazy("Give it to them"),
        lambda data, thing, acting: OwnerForm(data, thing=thing, body=body_of(thing)),
        assign,
        gettext_lazy("It has an owner."),
    ),
    "change": Deed(
        gettext_lazy("Change what it says"),
        gettext_lazy("Change it"),
        _change_form,
        _change,
        gettext_lazy("Changed. What it said before is in its history."),
    ),
    "drop": Deed(
        gettext_lazy("Drop it"),
        gettext_lazy("Drop it"),
        lambda data, thing, acting: DropForm(data),
        drop,
        gettext_lazy("Dropped. It stays on the record with the reason."),
        warning=True,
    ),
    "open-again": Deed(
        gettext_lazy("Open it again"),
        gettext_lazy("Open it again"),
        lambda data, thing, acting: AgainForm(data),
        open_again,
        gettext_lazy("It is open again."),
    ),
}


@desk_page
def of_action(request: HttpRequest, acting: Acting, slug: str, deed: str) -> HttpResponse:
    """Do something with an action."""
    thing = action_for(acting.user, slug, on=acting.on, ability=Ability.WRITE_DELIVERY)
    return _page(request, acting, thing, deed)


@desk_page
def of_milestone(request: HttpRequest, acting: Acting, pk: int, deed: str) -> HttpResponse:
    """Do something with a milestone."""
    thing = milestone_for(acting.user, pk, on=acting.on, ability=Ability.WRITE_DELIVERY)
    return _page(request, acting, thing, deed)


def _page(request: HttpRequest, acting: Acting, thing: Thing, name: str) -> HttpResponse:
    deed = DEEDS.get(name)
    if deed is None:
        raise Http404(_("There is nothing like that to do here."))
    form = deed.form(request.POST or None, thing, acting)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            deed.do(thing=thing, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, str(deed.said))
            return redirect(thing.get_absolute_url())
    context = {
        "action": action_of(thing),
        "milestone": thing if isinstance(thing, Milestone) else None,
        "stand": stand_of(thing, acting.on),
        "form": form,
        "heading": deed.heading,
        "button": deed.button,
        "warning": deed.warning,
    }
    return render(request, "delivery/desk/action_step.html", context)
