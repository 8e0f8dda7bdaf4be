"""The action log of a board at the desk: what is open, who owes it, one action and its history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, Marking
from goldthread.meetings.actions.arising import (
    change_action,
    close_action,
    is_owner,
    mark_action,
    reopen_action,
    report_on,
    take_action,
)
from goldthread.meetings.desk.minutes import note_item
from goldthread.meetings.doors import audience_of, board_for
from goldthread.meetings.forms.minutes import (
    ChangeForm,
    CloseForm,
    NewActionForm,
    ReportForm,
    WhyForm,
    initial_of,
)
from goldthread.meetings.logs import action_for, actions_of, due_words, log_csv, moves_of, seen_actions
from goldthread.meetings.models import ActionState, Arising, Board, Meeting, MeetingStage
from goldthread.plans.desk.frame import Acting, desk_page, refusals

WAYS = ("open", "overdue", "closed", "all")


@desk_page
def log(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """The log of a board: open, overdue, closed."""
    found = board_for(acting.user, board, on=acting.on)
    actions = _seen(acting, found)
    groups = _grouped(actions, acting)
    way = request.GET.get("which", "")
    way = way if way in WAYS else "open"
    mine = {action.pk for action in groups["open"] if is_owner(acting.user, action, on=acting.on)}
    context = {
        "board": found,
        "way": way,
        "counts": [(name, _name(name), len(groups[name])) for name in WAYS],
        "rows": [_line(action, acting) for action in groups[way]],
        "mine": mine,
        "any": bool(actions),
        "manages": Ability.MANAGE_MEETINGS in acting.abilities(found.body),
    }
    return render(request, "meetings/desk/actions.html", context)


def _seen(acting: Acting, board: Board) -> tuple[Arising, ...]:
    """What a person may see of a log: as their audience, and what they owe themselves."""
    audience = audience_of(acting.user, board.body, acting.on)
    rows = list(actions_of(board).prefetch_related("news"))
    shown = {action.pk for action in seen_actions(rows, audience)}
    return tuple(r for r in rows if r.pk in shown or is_owner(acting.user, r, on=acting.on))


def _grouped(actions: tuple[Arising, ...], acting: Acting) -> dict[str, list[Arising]]:
    still = [action for action in actions if action.is_open]
    still.sort(key=lambda action: (action.due is None, action.due or acting.on, action.number))
    return {
        "open": still,
        "overdue": [action for action in still if action.is_overdue(acting.on)],
        "closed": [action for action in reversed(actions) if not action.is_open],
        "all": list(actions),
    }


def _name(way: str) -> str:
    return {"open": _("Open"), "overdue": _("Overdue"), "closed": _("Closed"), "all": _("All")}[way]


def _line(action: Arising, acting: Acting) -> dict[str, Any]:
    said = [news for news in action.news.all() if news.words]
    overdue = action.is_overdue(acting.on)
    tone = "bad" if overdue else {"open": "warn", "done": "gold", "closed": "good"}.get(action.state, "calm")
    return {
        "action": action,
        "due": due_words(action),
        "overdue": overdue,
        "status": _("Overdue") if overdue else action.get_state_display(),
        "tone": tone,
        "last": said[-1] if said else None,
    }


@desk_page
def log_sheet(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """The log as CSV, as its reader may see it."""
    found = board_for(acting.user, board, on=acting.on)
    response = HttpResponse(log_csv(_seen(acting, found), acting.on), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-actions.csv"'
    return response


@desk_page
def new(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """Take an action that no line of the minutes bears."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    audience = audience_of(acting.user, found.body, acting.on)
    form = NewActionForm(request.POST or None, board=found, meeting=_chosen(request, found))
    items = form.fields["item"]
    if audience is not Audience.FULL:
        items.queryset = items.queryset.filter(marking__in=(Marking.OPEN, Marking.MEMBERS))
    items.label_from_instance = lambda item: f"{item.meeting.on:%-d %B %Y}: {item}"
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            action = take_action(board=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Taken as action %(number)s.") % {"number": action.number})
            return redirect(action)
    return render(request, "meetings/desk/action_new.html", {"board": found, "form": form})


def _chosen(request: HttpRequest, board: Board) -> Meeting | None:
    """The meeting that an action is taken for: the one asked for, else the last one held."""
    asked = board.meetings.filter(slug=request.GET.get("meeting", "")).first()
    return asked or board.meetings.filter(stage=MeetingStage.HELD).order_by("starts_at").last()


DEEDS = {"report": ReportForm, "change": ChangeForm, "close": CloseForm, "reopen": WhyForm}


@desk_page
def action(request: HttpRequest, acting: Acting, board: str, year: str, serial: str) -> HttpResponse:
    """One action: its owners report, and whoever manages meetings changes, closes or opens it again."""
    found = action_for(acting.user, board, f"{year}/{serial}", on=acting.on)
    if found.item is not None:
        note_item(acting, found.item, found.meeting)
    asked = request.POST.get("deed", "") if request.method == "POST" else ""
    if asked == "mark":
        with refusals(request):
            mark_action(action=found, exempt=not found.exempt, by=acting.user, at=acting.at)
        return redirect(found)
    made = {
        name: _form(name, found, request.POST if name == asked else None, acting)
        for name in _deeds(acting, found)
    }
    if asked in made and made[asked].is_valid():
        with refusals(request, made[asked]) as done:
            _do(asked, found, made[asked].cleaned_data, acting)
        if done():
            messages.success(request, _("Noted in its history."))
            return redirect(found)
    context = {
        "board": found.board,
        "line": _line(found, acting),
        "history": [(news, moves_of(news)) for news in reversed(found.news.all())],
        "forms": made,
        "asked": asked,
        "marks": Ability.MARK_EXEMPT in acting.abilities(found.board.body),
        "reads_board": Ability.READ_DRAFTS in acting.abilities(found.board.body),
        "form": made.get(asked),
    }
    return render(request, "meetings/desk/action.html", context)


def _deeds(acting: Acting, found: Arising) -> list[str]:
    """What this person may do with an action now."""
    manages = Ability.MANAGE_MEETINGS in acting.abilities(found.board.body)
    if not found.is_open:
        return ["reopen"] if manages else []
    if manages:
        return ["report", "change", "close", *(["reopen"] if found.state == ActionState.DONE else [])]
    return ["report"]


def _form(name: str, found: Arising, given: Any, acting: Acting) -> forms.Form:
    if name == "change":
        return ChangeForm(given, board=found.board, initial=initial_of(found), prefix=name)
    initial = {"on": acting.on} if name == "close" else {}
    return DEEDS[name](given, initial=initial, prefix=name)


def _do(name: str, found: Arising, given: dict[str, Any], acting: Acting) -> None:
    who = {"action": found, "by": acting.user, "at": acting.at}
    if name == "report":
        report_on(**who, **given)
    elif name == "close":
        close_action(**who, **given)
    elif name == "reopen":
        reopen_action(**who, **given)
    else:
        given = dict(given)
        owners = list(given.pop("owners"))
        same = {seat.pk for seat in owners} == {seat.pk for seat in found.owners.all()}
        words = given.pop("owner_words")
        named = words if words and (same or words != found.owner_words) else None
        due = given.pop("due")
        change_action(
            **who,
            **given,
            owners=None if same else owners,
            owner_words=named,
            due=due,
            clear_due=due is None and found.due is not None,
        )
