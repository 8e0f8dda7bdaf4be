"""Signing updates off: the queue, one update, and what its signature would change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import DEEDS, Ability
from goldthread.delivery.actions.signing import return_update, sign_off
from goldthread.delivery.actions.updates import withdraw_update
from goldthread.delivery.desk.update_frame import said
from goldthread.delivery.doors import updates_for
from goldthread.delivery.forms.updates import ReturnForm
from goldthread.delivery.models import Priority, Update
from goldthread.delivery.updates import kind_of, last_word, title_of, waiting, with_subject
from goldthread.mail.models import Letter
from goldthread.people.queries import bodies_where
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.web.templatetags.web import day

A_PAGE = 20

STAGES = {
    UpdateStage.GIVEN: (_lazy("waits to be signed off"), "warn"),
    UpdateStage.SIGNED: (_lazy("signed off"), "good"),
    UpdateStage.RETURNED: (_lazy("returned"), "warn"),
    UpdateStage.WITHDRAWN: (_lazy("taken back"), "calm"),
}


@desk_page
def queue(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every update that waits for somebody's name, the longest waiting first."""
    bodies = bodies_where(acting.user, Ability.SIGN_UPDATE, acting.on)
    if not bodies:
        raise PermissionDenied(f"No office that you hold today lets you {DEEDS[Ability.SIGN_UPDATE]}.")
    page = Paginator(waiting(bodies).prefetch_related("evidence"), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(row, acting) for row in page]}
    return render(request, "delivery/desk/updates.html", context)


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """One update: what was said, by whom, what became of it, and what the reader may do with it."""
    found = get_object_or_404(with_subject(updates_for(acting.user, acting.on)), pk=pk)
    return render(request, "delivery/desk/update.html", {"row": _row(found, acting), "here": found})


def _row(update: Update, acting: Acting) -> dict[str, Any]:
    """An update with what surrounds it: the thing, the last word before it, what signing would change."""
    subject, can = update.subject, acting.abilities(update.body)
    given = update.stage == UpdateStage.GIVEN
    own = update.giver_id == acting.user.pk
    before = last_word(subject) if given else None
    words, tone = STAGES[UpdateStage(update.stage)]
    return {
        **said(update),
        "subject": subject,
        "kind": kind_of(subject),
        "title": title_of(subject),
        "stage": words,
        "tone": tone,
        "before": said(before) if before else None,
        "effects": _effects(update) if given else (),
        "own": own,
        "signs": given and not own and Ability.SIGN_UPDATE in can,
        "withdraws": update.stage in (UpdateStage.GIVEN, UpdateStage.RETURNED)
        and (own or Ability.WRITE_DELIVERY in can),
        "form": ReturnForm(auto_id=f"return-{update.pk}-%s"),
    }


def _effects(update: Update) -> tuple[str, ...]:
    """What signing an update would change, a sentence each."""
    thing = update.subject
    if isinstance(thing, Priority) or not thing.is_open:
        return ()
    if update.done:
        words = _("Signing it says that %(number)s was done on %(day)s.")
        return (words % {"number": thing.number, "day": day(update.done_on)},)
    if update.forecast is None or update.forecast == thing.due:
        return ()
    said_days = {"number": thing.number, "was": day(thing.due), "now": day(update.forecast)}
    if thing.due is None:
        return (_("Signing it sets the date of %(number)s to %(now)s.") % said_days,)
    return (_("Signing it moves the date of %(number)s from %(was)s to %(now)s.") % said_days,)


def _open(acting: Acting, pk: int) -> Update:
    return get_object_or_404(with_subject(updates_for(acting.user, acting.on)), pk=pk)


def _next(request: HttpRequest, update: Update) -> HttpResponse:
    """Back to the queue where the reader came from it, else to the update."""
    if request.POST.get("from") == "queue":
        return redirect("delivery:desk-updates")
    return redirect("delivery:desk-update-given", update.pk)


@desk_page
@require_POST
def sign(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Let an update stand; before the public too, unless the box was cleared."""
    update = _open(acting, pk)
    with refusals(request) as done:
        sign_off(update=update, public="public" in request.POST, by=acting.user, at=acting.at)
    if done():
        words = _("Signed off: %(number)s. The board sees it from now on.")
        messages.success(request, words % {"number": update.subject.number})
    return _next(request, update)


@desk_page
@require_POST
def give_back(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Return an update to whoever gave it, with what is missing."""
    update = _open(acting, pk)
    with refusals(request) as done:
        words = request.POST.get("words", "")
        letter = return_update(update=update, words=words, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _went_back(update, letter))
    return _next(request, update)


def _went_back(update: Update, letter: Letter | None) -> str:
    """That an update went back, and how its giver learns of it."""
    if letter is None:
        words = _("%(number)s went back to %(who)s, who cannot be told by email: tell them yourself.")
    elif letter.for_digest:
        words = _("%(number)s went back to %(who)s, who chose to read of it in their digest.")
    else:
        words = _("%(number)s went back to %(who)s, who is told by email.")
    return words % {"number": update.subject.number, "who": letter.to_name if letter else update.given_by}


@desk_page
@require_POST
def take_back(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Take back an update that was not signed off."""
    update = _open(acting, pk)
    with refusals(request) as done:
        withdraw_update(update=update, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("It was taken back. It stays on the record as taken back."))
    return redirect(reverse("delivery:desk-update-given", args=[update.pk]))
