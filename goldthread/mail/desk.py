"""The desk of mail: what was sent to whom and what could not be, and what reaches oneself."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.mail import actions
from goldthread.mail.forms import OutboxForm, PreferenceForm
from goldthread.mail.models import Letter
from goldthread.mail.queries import in_state, letters_for, preference_of
from goldthread.people.queries import bodies_where

PER_PAGE = 40


def _seen(request: HttpRequest) -> QuerySet[Letter]:
    """The one door to letters on this desk: whoever manages people or writes about delivery."""
    today = timezone.localdate()
    if not any(
        bodies_where(request.user, ability, today)
        for ability in (Ability.MANAGE_PEOPLE, Ability.WRITE_DELIVERY)
    ):
        raise PermissionDenied(_("Only whoever manages people or writes about delivery reads the letters."))
    return letters_for(request.user, today)


def standing(letter: Letter) -> tuple[str, str]:
    """How a letter stands: a word and its tone."""
    if letter.sent_at is not None:
        return _("Sent"), "good"
    if letter.digest_id is not None:
        return _("In a digest"), "calm"
    if letter.cancelled_at is not None:
        return _("Not sent"), "calm"
    if letter.failed_at is not None:
        return _("Not delivered"), "bad"
    if letter.for_digest:
        return _("Waits for a digest"), "calm"
    return (_("Will be tried again"), "warn") if letter.tries else (_("Waiting"), "calm")


def outbox(request: HttpRequest) -> HttpResponse:
    """Every letter, newest first, forty to a page."""
    letters = _seen(request)
    form = OutboxForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = in_state(letters, chosen.get("state", ""))
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    if words := chosen.get("to", "").strip():
        found = found.filter(Q(to_name__icontains=words) | Q(to_email__icontains=words))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for each in page:
        each.word, each.tone = standing(each)
    context = {"form": form, "page": page, "any": chosen or letters.exists(), "folder": _folder()}
    return render(request, "mail/outbox.html", context)


def _folder() -> str:
    """Where the demonstration keeps its letters as files."""
    return str(settings.OUTBOX) if settings.DEMO else ""


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as its reader got it."""
    found = get_object_or_404(_seen(request), pk=pk)
    word, tone = standing(found)
    open_still = found.sent_at is None and found.cancelled_at is None
    context = {"letter": found, "word": word, "tone": tone, "told": _told(found), "open_still": open_still}
    return render(request, "mail/letter.html", context)


def _told(found: Letter) -> list[tuple[str, str]]:
    """What there is to know of a letter, in the order of its life."""
    name = f"{found.to_name} <{found.to_email}>" if found.to_name != found.to_email else found.to_email
    rows = [(_("To"), name), (_("Why"), found.get_kind_display()), (_("About"), found.about)]
    rows.append((_("Written"), _by(found.made_at, found.made_by)))
    if found.sent_at is not None:
        rows.append((_("Sent"), _moment(found.sent_at)))
    elif found.digest is not None:
        rows.append((_("Told in"), found.digest.subject))
    elif found.cancelled_at is not None:
        rows.append((_("Called off"), _moment(found.cancelled_at)))
    elif found.failed_at is None and not found.for_digest:
        rows.append((_("Next try") if found.tries else _("Goes"), _moment(found.not_before)))
    if found.problem:
        rows.append((_("What went wrong"), found.problem))
    return [(name, value) for name, value in rows if value]


def _by(at: datetime, name: str) -> str:
    return _("%(moment)s, by %(name)s") % {"moment": _moment(at), "name": name or "Goldthread"}


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return _("%(day)s at %(time)s") % {"day": date_format(local, "j F Y"), "time": local.strftime("%H:%M")}


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try to send a letter once more."""
    found = get_object_or_404(_seen(request), pk=pk)
    try:
        actions.try_again(letter=found, by=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It is being sent. Look again in a minute to see whether it went."))
    return redirect("mail:desk-letter", found.pk)


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not send a letter after all."""
    found = get_object_or_404(_seen(request), pk=pk)
    try:
        actions.cancel_letter(letter=found, by=request.user, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The letter will not be sent."))
    return redirect("mail:desk-letter", found.pk)


def preferences(request: HttpRequest) -> HttpResponse:
    """What reaches the reader by email."""
    chosen = preference_of(request.user)
    form = PreferenceForm(chosen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.set_preferences(user=request.user, by=request.user, at=timezone.now(), **given)
        messages.success(request, _("Your choice is kept, from the next letter on."))
        return redirect("mail:desk-preferences")
    return render(request, "mail/preferences.html", {"form": form, "chosen": chosen})
