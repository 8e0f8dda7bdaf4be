"""The rules by which a board meets, what it is called, and what comes to every meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.references import Pattern, problems_with
from goldthread.meetings.actions.boards import rename_board, set_house_rules, set_standing
from goldthread.meetings.doors import board_for
from goldthread.meetings.forms.boards import (
    QuorumForm,
    RecurrenceForm,
    RenameForm,
    RulesForm,
    StandingFormSet,
)
from goldthread.meetings.house_rules import SCHEMES, quorum_of, recurrence_of
from goldthread.meetings.models import Board
from goldthread.plans.desk.frame import Acting, desk_page, refusals


def _initial(board: Board, form: type[Any]) -> dict[str, Any]:
    return {name: getattr(board, name) for name in form.base_fields if hasattr(board, name)}


@desk_page
def rules(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """The house rules of a board; whoever manages meetings changes them, others read them."""
    found = board_for(acting.user, board, on=acting.on)
    manages = Ability.MANAGE_MEETINGS in acting.abilities(found.body)
    part = request.POST.get("part", "") if request.method == "POST" and manages else ""
    forms = _forms(request, found, part)
    if part in forms and forms[part].is_valid():
        form = forms[part]
        with refusals(request, form) as done:
            _keep(found, part, form, acting)
        if done():
            messages.success(request, _("Kept. Meetings called from now on follow it."))
            return redirect("meetings:desk-rules", found.slug)
        found.refresh_from_db()
    context = {
        "board": found,
        "forms": forms,
        "manages": manages,
        "example": _example(forms["rules"], found, acting),
        "scheme": SCHEMES.get(found.item_scheme, SCHEMES["decimal"])[1],
        "quorum": quorum_of(found),
        "recurrence": recurrence_of(found),
    }
    return render(request, "meetings/desk/board_rules.html", context)


def _forms(request: HttpRequest, board: Board, part: str) -> dict[str, Any]:
    def given(name: str) -> Any:
        return request.POST if part == name else None

    return {
        "rules": RulesForm(given("rules"), initial=_initial(board, RulesForm)),
        "quorum": QuorumForm(given("quorum"), board=board),
        "recurrence": RecurrenceForm(given("recurrence"), initial=RecurrenceForm.initial_of(board)),
        "name": RenameForm(given("name"), body=board.body, initial=_initial(board, RenameForm)),
    }


def _keep(board: Board, part: str, form: Any, acting: Acting) -> None:
    who = {"board": board, "by": acting.user, "at": acting.at}
    if part == "rules":
        set_house_rules(**who, **form.cleaned_data)
    elif part == "quorum":
        set_house_rules(**who, quorum=form.rule())
    elif part == "recurrence":
        set_house_rules(**who, recurrence=form.recurrence() or {})
    else:
        rename_board(**who, **form.cleaned_data)


def _example(form: RulesForm, board: Board, acting: Acting) -> str:
    """The first number of this year by the pattern that stands in the form."""
    return example_of(str(form["decision_pattern"].value() or ""), board, acting)


def example_of(pattern: str, board: Board, acting: Acting) -> str:
    """A number written by a pattern, or what is wrong with the pattern."""
    wrong = problems_with(pattern)
    return wrong[0].message if wrong else Pattern(pattern).write(acting.on, 1, board.short)


@desk_page
def example(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """An example of a pattern as it is typed, for htmx."""
    found = board_for(acting.user, board, on=acting.on)
    words = example_of(request.GET.get("decision_pattern", ""), found, acting)
    return render(request, "meetings/desk/board_example.html", {"example": words})


@desk_page
def standing(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """The items that come to every meeting."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    rows = [{"title": i.title, "kind": i.kind, "at_end": i.at_end} for i in found.standing_items.all()]
    forms = StandingFormSet(request.POST or None, initial=rows)
    if request.method == "POST" and forms.is_valid():
        kept = [form.cleaned_data for form in forms if form.cleaned_data.get("title")]
        lines = [(row["kind"], row["title"], row["at_end"]) for row in kept]
        with refusals(request) as done:
            set_standing(board=found, standing=lines, by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("Kept. The next meeting that is called begins with these."))
            return redirect("meetings:desk-standing", found.slug)
    return render(request, "meetings/desk/board_standing.html", {"board": found, "forms": forms})
