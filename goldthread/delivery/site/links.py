"""The page of an emailed link: one update on one thing, given without an account, mostly on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from goldthread.delivery.actions.evidence import add_evidence, remove_evidence
from goldthread.delivery.actions.keeping import keep_typing
from goldthread.delivery.actions.links import NotNow, begin, note, send_fresh, use_link
from goldthread.delivery.forms.links import LinkUpdateForm
from goldthread.delivery.linking import (
    State,
    Visit,
    cookie_of,
    masked,
    others_spoke,
    own_last_word,
    too_often,
    visit,
)
from goldthread.delivery.models import Evidence, Milestone, Update, UpdateLink
from goldthread.delivery.updates import (
    body_of,
    counted_words,
    kept_for,
    last_seen,
    level_of,
    levels,
    scale_in_force,
)

KEEPS = "link-keeps"
"""A cookie that says nothing: where it does not come back, the browser keeps none and cannot begin."""
GONE = {State.UNKNOWN: 404}
View = Callable[..., HttpResponse]


def _link_page(view: View) -> View:
    """A page of a link: never cached, never indexed, and at rest where it is opened too often."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        at = timezone.now()
        found = visit(token, request.COOKIES, at=at)
        if found.link is not None and too_often(found.link, at=at):
            response = render(request, "delivery/site/link_rests.html", status=429)
        else:
            response = view(request, found, at, token=token, **rest)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


def _agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")


@_link_page
def page(request: HttpRequest, found: Visit, at: datetime, *, token: str) -> HttpResponse:
    """What a link is good for here and now; sending the form gives its update."""
    if request.method == "POST":
        return _given(request, found, at, token)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "POST"])
    if found.link is not None:
        note(found.link, "opened", at=at, agent=_agent(request))
    if found.state is State.READY:
        response = render(request, "delivery/site/link_start.html", _about(found, token))
        response.set_cookie(KEEPS, "yes", samesite="Lax", httponly=True, secure=settings.BEHIND_HTTPS)
        return response
    if found.state is State.MINE:
        return _asked(request, found, token, _form(found, at))
    return _closed(request, found, token)


def _about(found: Visit, token: str) -> dict[str, Any]:
    return {"link": found.link, "subject": found.subject, "token": token}


def _form(found: Visit, at: datetime, *given: Any) -> LinkUpdateForm:
    """The form with what was typed before; it knows the newest update, so that none is overlooked."""
    scale = scale_in_force(body_of(found.subject), timezone.localdate(at))
    kept = kept_for(found.subject, link=found.link)
    seen = {"seen": last_seen(found.subject)}
    return LinkUpdateForm(levels(scale), *given, initial=seen | (kept.form if kept else {}))


def _asked(request: HttpRequest, found: Visit, token: str, form: LinkUpdateForm) -> HttpResponse:
    """The form and all that its reader needs beside it: the thing, its steps, their own last word."""
    subject, kept = found.subject, kept_for(found.subject, link=found.link)
    last = own_last_word(found.link)
    context = {
        **_about(found, token),
        "form": form,
        "last": last,
        "level": level_of(last) if last else None,
        "milestones": () if isinstance(subject, Milestone) else subject.milestones.all(),
        "files": kept.evidence.filter(removed_at=None) if kept else (),
        "kept": kept,
    }
    return render(request, "delivery/site/link_form.html", context)


def _given(request: HttpRequest, found: Visit, at: datetime, token: str) -> HttpResponse:
    """Give the update; where the link lets nobody do so, its reader keeps what they wrote."""
    words = request.POST.get("words", "")
    if found.state is not State.MINE:
        return _closed(request, found, token, words)
    form = _form(found, at, request.POST, request.FILES)
    if not (form.is_valid() and _kept_with_file(request, found, form, at)):
        return _asked(request, found, token, form)
    given = {name: form.cleaned_data[name] for name in ("words", "status", "forecast", "seen")}
    kept = kept_for(found.subject, link=found.link)
    try:
        update = use_link(link=found.link, **given, at=at, agent=_agent(request))
    except NotNow:
        return _closed(request, visit(token, request.COOKIES, at=at), token, words)
    except ValidationError as refusal:
        _tell(form, refusal)
        return _asked(request, found, token, form)
    if told := counted_words(update, kept.form.get("period") if kept else None):
        messages.info(request, told)
    return redirect("delivery:site-link", token)


def _kept_with_file(request: HttpRequest, found: Visit, form: LinkUpdateForm, at: datetime) -> bool:
    """Keep what was typed and the file that came with it; says whether the file could be taken."""
    keep_typing(subject=found.subject, form=form.typed(), link=found.link, at=at)
    file = request.FILES.get("file")
    if file is None:
        return True
    try:
        add_evidence(subject=found.subject, name=file.name, content=file.read(), link=found.link, at=at)
    except ValidationError as refusal:
        _tell(form, refusal)
        return False
    return True


def _tell(form: LinkUpdateForm, refusal: ValidationError) -> None:
    """Put what was refused beside its question."""
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
    for name, found in errors.items():
        name = "file" if name == "evidence" else name
        form.add_error(name if name in form.fields else None, found)


def _closed(request: HttpRequest, found: Visit, token: str, words: str = "") -> HttpResponse:
    """Why this link lets nobody write here, what to do, and what was written and not sent."""
    given = _sent(found.link) if found.link is not None and found.link.used_at is not None else None
    if given is not None and words.strip() == given.words:
        words = ""  # the same, sent twice: once is enough
    context = {
        **_about(found, token),
        "state": found.state.value,
        "here": found.here,
        "given": given if found.here else None,
        "level": level_of(given) if given is not None and found.here else None,
        "meanwhile": given is not None and found.here and others_spoke(found.link, given),
        "unsent": words,
        "fresh": found.fresh,
        "masked": masked(found.link.email) if found.link is not None else "",
    }
    return render(request, "delivery/site/link_closed.html", context, status=GONE.get(found.state, 200))


def _sent(link: UpdateLink) -> Update | None:
    return link.updates.select_related("scale").last()


@csrf_exempt  # an address nobody guesses is the proof; without cookies its reader is told so, in words
@require_POST
@_link_page
def start(request: HttpRequest, found: Visit, at: datetime, *, token: str) -> HttpResponse:
    """Begin: from here on only this browser is let in."""
    if found.link is None or found.state is State.MINE:
        return redirect("delivery:site-link", token)
    if KEEPS not in request.COOKIES:
        return render(request, "delivery/site/link_cookies.html", _about(found, token), status=400)
    try:
        key = begin(link=found.link, at=at, agent=_agent(request))
    except NotNow:
        return redirect("delivery:site-link", token)
    response = redirect("delivery:site-link", token)
    response.set_cookie(
        cookie_of(found.link),
        key,
        expires=found.link.expires_at,
        path="/u/",
        samesite="Lax",
        httponly=True,
        secure=settings.BEHIND_HTTPS,
    )
    return response


@require_POST
@_link_page
def keep(request: HttpRequest, found: Visit, at: datetime, *, token: str) -> HttpResponse:
    """Keep what is being typed; answers with a few words for beside the form."""
    if found.state is not State.MINE:
        return HttpResponse(_("This can no longer be kept. Copy what you wrote, then load the page again."))
    try:
        keep_typing(
            subject=found.subject, form=_form(found, at, request.POST).typed(), link=found.link, at=at
        )
    except ValidationError as refusal:
        return HttpResponse(" ".join(refusal.messages))
    return HttpResponse(_("Kept at %(time)s. Not sent yet.") % {"time": f"{timezone.localtime(at):%H:%M}"})


@require_POST
@_link_page
def add_file(request: HttpRequest, found: Visit, at: datetime, *, token: str) -> HttpResponse:
    """Keep a file with what is being typed."""
    if found.state is not State.MINE:
        return _closed(request, found, token, request.POST.get("words", ""))
    form = _form(found, at, request.POST, request.FILES)
    form.is_valid()
    for name in ("status", "words"):
        form.errors.pop(name, None)  # they are asked for when it is sent
    if "file" not in request.FILES:
        form.add_error("file", _("Choose a file first."))
    if not form.errors and _kept_with_file(request, found, form, at):
        return redirect("delivery:site-link", token)
    return _asked(request, found, token, form)


@require_POST
@_link_page
def take_off(request: HttpRequest, found: Visit, at: datetime, *, token: str, pk: int) -> HttpResponse:
    """Take a file off again."""
    if found.state is State.MINE:
        file = get_object_or_404(Evidence, pk=pk, kept__link=found.link, removed_at=None)
        form = _form(found, at, request.POST)
        keep_typing(subject=found.subject, form=form.typed(), link=found.link, at=at)
        remove_evidence(evidence=file, subject=found.subject, link=found.link, at=at)
    return redirect("delivery:site-link", token)


@require_POST
@_link_page
def fresh(request: HttpRequest, found: Visit, at: datetime, *, token: str) -> HttpResponse:
    """Send a fresh link to the address that this one was sent to, and to no other."""
    if found.link is None or not found.fresh:
        return _closed(request, found, token)
    try:
        send_fresh(link=found.link, at=at)
    except NotNow:
        return _closed(request, visit(token, request.COOKIES, at=at), token)
    context = {"masked": masked(found.link.email)}
    return render(request, "delivery/site/link_sent.html", context)
