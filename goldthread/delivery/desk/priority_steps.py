"""What is done to priorities as a whole: before the board, approved, returned, carried, closed, dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.delivery.stages import PRIORITY_MOVES, PriorityStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.priorities import (
    approve,
    carry_forward,
    close,
    drop,
    propose,
    return_to_draft,
)
from goldthread.delivery.desk.frame import Here, here_of, here_of_priority, open_priority
from goldthread.delivery.doors import priorities_for
from goldthread.delivery.forms.priorities import ApproveForm, CarryForm, ChooseForm, CloseForm, ReasonForm
from goldthread.delivery.models import Priority
from goldthread.delivery.queries import with_words
from goldthread.meetings.actions.drafting import require_recorder
from goldthread.meetings.doors import decisions_for
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.plans.desk.frame import Acting, desk_page, refusals


def _choices(rows: QuerySet[Priority]) -> list[tuple[int, str]]:
    return [
        (each.pk, f"{each.number} {each.title}")
        for each in with_words(rows).order_by("theme_title", "position")
    ]


def _within(acting: Acting, here: Here) -> QuerySet[Priority]:
    return priorities_for(acting.user, acting.on).filter(plan=here.plan, year=here.year)


@desk_page
def before_the_board(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Put drafts before the board together."""
    here = here_of(request, acting, Ability.WRITE_DELIVERY)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    rows = _within(acting, here).filter(stage=PriorityStage.DRAFT)
    choices = _choices(rows)
    form = ChooseForm(
        request.POST or None, priorities=choices, initial={"priorities": [pk for pk, _title in choices]}
    )
    if request.method == "POST" and form.is_valid():
        chosen = list(rows.filter(pk__in=form.cleaned_data["priorities"]))
        with refusals(request, form) as done:
            propose(priorities=chosen, by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Before the board. Their words stand still until it has decided."))
            return redirect(here.href)
    context = {
        "here": here,
        "form": form if choices else None,
        "heading": _("Put priorities before the board"),
        "words": _("Their words stand still from now on, so that the board decides on what it was shown."),
        "button": _("Put them before the board"),
        "back": here.href,
        "nothing": _("There is no draft of %(year)s to put before the board.") % {"year": here.words},
    }
    return render(request, "delivery/desk/form.html", context)


@desk_page
def by_decision(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Make proposed priorities live, and changed ones approved, by a decision that was taken."""
    here = here_of(request, acting)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    require_recorder(acting.user, here.body, acting.on)
    waiting = _waiting(acting, here)
    choices = [(each.pk, _named(each)) for each in waiting]
    form = ApproveForm(
        request.POST or None,
        priorities=choices,
        decisions=_decisions(acting, here),
        initial={"priorities": [pk for pk, _title in choices]},
    )
    if request.method == "POST" and form.is_valid():
        chosen = [each for each in waiting if each.pk in form.cleaned_data["priorities"]]
        with refusals(request, form) as done:
            approve(priorities=chosen, decision=form.cleaned_data["decision"], by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Live, in exactly the words that the board approved."))
            return redirect(here.href)
    context = {
        "here": here,
        "form": form if choices else None,
        "heading": _("Approve by a decision"),
        "words": _(
            "A decision that was taken, and that relied on the paper in which it was asked, makes them live "
            "in exactly the words they have now."
        ),
        "button": _("Approve them"),
        "back": here.href,
        "nothing": _("Nothing of %(year)s waits for a decision.") % {"year": here.words},
    }
    return render(request, "delivery/desk/form.html", context)


def _waiting(acting: Acting, here: Here) -> list[Priority]:
    """What a decision may approve: priorities before the board, and live ones whose words have changed."""
    rows = _within(acting, here).filter(stage__in=(PriorityStage.PROPOSED, PriorityStage.LIVE))
    found = with_words(rows).order_by("theme_title", "position")
    return [each for each in found if each.stage == PriorityStage.PROPOSED or each.changed_since_approval]


def _named(priority: Priority) -> str:
    name = f"{priority.number} {priority.title}"
    return name if priority.stage == PriorityStage.PROPOSED else _("%(name)s (its change)") % {"name": name}


def _decisions(acting: Acting, here: Here) -> QuerySet[Decision]:
    rows = decisions_for(acting.user, on=acting.on)
    return rows.filter(register__body=here.body, stage=DecisionStage.DECIDED).order_by("-decided_on", "-pk")


class Step(NamedTuple):
    """One thing that is done to one priority: its move, what it is called, asked and answered with."""

    move: str
    heading: str | Promise
    words: str | Promise
    button: str | Promise
    done: str | Promise
    form: Callable[..., forms.Form]
    act: Callable[..., Any]


def _reason_form(data: Any, _priority: Priority, _on: date) -> ReasonForm:
    return ReasonForm(data)


def _close_form(data: Any, _priority: Priority, on: date) -> CloseForm:
    return CloseForm(data, initial={"on": on})


def _carry_form(data: Any, priority: Priority, _on: date) -> CarryForm:
    return CarryForm(data, years=(priority.year + 1, priority.year + 2))


STEPS: dict[str, Step] = {
    "return": Step(
        "return",
        gettext_lazy("Return it to draft"),
        gettext_lazy("It is taken back from the board, so that its words can be changed."),
        gettext_lazy("Return it"),
        gettext_lazy("Returned to draft."),
        _reason_form,
        return_to_draft,
    ),
    "carry": Step(
        "carry forward",
        gettext_lazy("Carry it forward"),
        gettext_lazy(
            "A draft begins in the new year with the same words, pins and measures; the board decides on it "
            "anew. Actions that are still open stay with this year, until you take them along."
        ),
        gettext_lazy("Carry it forward"),
        gettext_lazy("Carried forward, as a draft of the new year."),
        _carry_form,
        carry_forward,
    ),
    "close": Step(
        "close",
        gettext_lazy("Close it"),
        gettext_lazy("Say what came of it: the public reads that too. It keeps its page and its address."),
        gettext_lazy("Close it"),
        gettext_lazy("Closed."),
        _close_form,
        close,
    ),
    "drop": Step(
        "drop",
        gettext_lazy("Drop it"),
        gettext_lazy("It never becomes live. Its words stay on record, and its number is not given again."),
        gettext_lazy("Drop it"),
        gettext_lazy("Dropped."),
        _reason_form,
        drop,
    ),
}
"""What can be done to one priority, by the last part of its address."""


def steps_open_to(priority: Priority) -> list[tuple[str, str | Promise]]:
    """What the stage of a priority allows now: each step's name and heading."""
    stage = PriorityStage(priority.stage)
    return [(name, each.heading) for name, each in STEPS.items() if (stage, each.move) in PRIORITY_MOVES]


@desk_page
def step(request: HttpRequest, acting: Acting, slug: str, step: str) -> HttpResponse:
    """Do one of the steps with one priority, on a page that says what it means."""
    if step not in STEPS:
        raise Http404(_("There is no such step."))
    priority = open_priority(acting, slug, Ability.WRITE_DELIVERY)
    found = STEPS[step]
    form = found.form(request.POST or None, priority, acting.on)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            made = found.act(priority=priority, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, str(found.done))
            return redirect(made if isinstance(made, Priority) else priority)
    context = {
        "here": here_of_priority(priority),
        "priority": priority,
        "form": form,
        "heading": f"{found.heading}: {priority.number} {priority.title}",
        "words": found.words,
        "button": found.button,
        "back": priority.get_absolute_url(),
    }
    return render(request, "delivery/desk/form.html", context)
