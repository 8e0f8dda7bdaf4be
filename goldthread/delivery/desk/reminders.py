"""Reminders at the desk: the rules of a body, one more, one less."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.reminders import add_rule, add_usual_rules, end_rule
from goldthread.delivery.forms.reminders import RuleForm
from goldthread.delivery.models import ReminderRule, ReminderSent
from goldthread.delivery.reminding import rule_words, rules_on
from goldthread.plans.desk.frame import Acting, desk_page, refusals

LATELY = 20


@desk_page
def rules(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Who is reminded of what, by which rules, and what went out last."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    sent = ReminderSent.objects.filter(rule__body=body).select_related("rule", "letter").order_by("-pk")
    ended = ReminderRule.objects.filter(body=body, ended_on__isnull=False).select_related("office")
    context = {
        "rules": [(rule, rule_words(rule)) for rule in rules_on(acting.on, body)],
        "ended": [(rule, rule_words(rule)) for rule in ended],
        "sent": sent[:LATELY],
        "heading": _("Reminders"),
    }
    return render(request, "delivery/desk/reminders.html", context)


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Add a rule."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    form = RuleForm(body, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            rule = add_rule(body=body, by=acting.user, at=acting.at, **form.given())
        if done():
            messages.success(request, rule_words(rule))
            return redirect("delivery:desk-reminders")
    context = {"form": form, "heading": _("Add a reminder"), "crumb": _("Reminders")}
    return render(request, "delivery/desk/reminder_new.html", context)


@desk_page
@require_POST
def usual(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin with the rules that most offices want."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    with refusals(request) as done:
        add_usual_rules(body=body, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("The usual reminders are set, from today on."))
    return redirect("delivery:desk-reminders")


@desk_page
@require_POST
def end(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Follow a rule no more."""
    body = acting.body_where(Ability.WRITE_DELIVERY)
    rule = ReminderRule.objects.filter(body=body, pk=pk).select_related("body").first()
    if rule is None:
        raise Http404(_("There is no such reminder here."))
    with refusals(request) as done:
        end_rule(rule=rule, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Nobody is reminded by this rule any more."))
    return redirect("delivery:desk-reminders")
