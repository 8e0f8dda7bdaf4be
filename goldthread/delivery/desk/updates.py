"""Saying how a thing goes: two questions and a button; what is typed is kept, whatever happens."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goldthread.audit import vault
from goldthread.delivery.actions.asking import refuse_ended
from goldthread.delivery.actions.evidence import add_evidence, remove_evidence
from goldthread.delivery.actions.keeping import keep_typing, stop_typing
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.desk.update_frame import Speaking
from goldthread.delivery.doors import updates_for
from goldthread.delivery.forms.updates import UpdateForm
from goldthread.delivery.models import Evidence, Update
from goldthread.delivery.updates import counted_words, level_of, said_meanwhile
from goldthread.plans.desk.frame import Acting, desk_page, refusals

FROM_OWED = "owe"
"""What a form says that was opened on the page of what somebody owes."""


@desk_page
def give(request: HttpRequest, acting: Acting, kind: str, pk: int) -> HttpResponse:
    """Say how a thing goes."""
    speaking = Speaking(acting, kind, pk)
    try:
        refuse_ended(speaking.subject)
    except ValidationError as ended:
        messages.warning(request, " ".join(ended.messages))
        return redirect(speaking.subject)
    if request.method != "POST":
        return _asked(request, speaking, speaking.form())
    form = speaking.form(request.POST, request.FILES)
    kept = _kept_with_file(speaking, form, request)
    if request.POST.get("do") == "file":
        return redirect(_here(request, kind, pk)) if kept else _asked(request, speaking, form)
    if kept and form.is_valid():
        with refusals(request, form) as done:
            update = give_update(subject=speaking.subject, by=acting.user, at=acting.at, **form.given())
        if done():
            _tell(request, update, form)
            return redirect(_back(request, speaking))
    return _asked(request, speaking, form)


def _asked(request: HttpRequest, speaking: Speaking, form: UpdateForm) -> HttpResponse:
    started = request.POST.get("from", request.GET.get("from", ""))
    return render(request, "delivery/desk/update_give.html", speaking.context(form, started=started))


def _kept_with_file(speaking: Speaking, form: UpdateForm, request: HttpRequest) -> bool:
    """Keep what was typed and the file that came with it; says whether the file could be taken."""
    who: dict[str, Any] = {
        "subject": speaking.subject,
        "by": speaking.acting.user,
        "at": speaking.acting.at,
    }
    file = request.FILES.get("file")
    adding = request.POST.get("do") == "file"
    try:
        keep_typing(form=form.typed(), **who)
        if file is not None:
            add_evidence(name=file.name, content=file.read(), **who)
        elif adding:
            raise ValidationError({"file": _("Choose a file first.")})
    except ValidationError as refusal:
        if adding:
            for name in ("words", "status"):
                form.errors.pop(name, None)
        for name, errors in refusal.message_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return False
    return True


def _tell(request: HttpRequest, update: Update, form: UpdateForm) -> None:
    """Thank whoever spoke, and say what others said or did while they wrote."""
    messages.success(
        request, _("Thank you. The board sees it once somebody of the office has signed it off.")
    )
    for other in said_meanwhile(update, form.cleaned_data["seen"]):
        words = _("While you wrote, %(who)s said “%(status)s”: %(words)s Both are kept.")
        told = {"who": other.given_by, "status": level_of(other).word, "words": other.words}
        messages.warning(request, words % told)
    moved = counted_words(update, form.cleaned_data["period"])
    if moved:
        messages.warning(request, moved)


def _here(request: HttpRequest, kind: str, pk: int) -> str:
    started = f"?from={FROM_OWED}" if request.POST.get("from") == FROM_OWED else ""
    return reverse("delivery:desk-update", args=[kind, pk]) + started


def _back(request: HttpRequest, speaking: Speaking) -> str:
    """Back to where the form was opened."""
    if request.POST.get("from") == FROM_OWED:
        return reverse("delivery:desk-owe")
    return speaking.subject.get_absolute_url()


@desk_page
@require_POST
def keep(request: HttpRequest, acting: Acting, kind: str, pk: int) -> HttpResponse:
    """Keep what is being typed; answers with a few words for beside the form."""
    speaking = Speaking(acting, kind, pk)
    try:
        typed = speaking.form(request.POST).typed()
        keep_typing(subject=speaking.subject, form=typed, by=acting.user, at=acting.at)
    except ValidationError as refusal:
        return HttpResponse(" ".join(refusal.messages))
    return HttpResponse(_("Kept at %(time)s. Not sent yet.") % {"time": f"{localtime(acting.at):%H:%M}"})


@desk_page
@require_POST
def stop(request: HttpRequest, acting: Acting, kind: str, pk: int) -> HttpResponse:
    """Throw away what was typed."""
    speaking = Speaking(acting, kind, pk)
    stop_typing(subject=speaking.subject, by=acting.user, at=acting.at)
    messages.success(request, _("What you had typed is gone."))
    return redirect(_back(request, speaking))


@desk_page
@require_POST
def take_off(request: HttpRequest, acting: Acting, kind: str, pk: int, file: int) -> HttpResponse:
    """Take a file off again; the words typed beside it are kept."""
    speaking = Speaking(acting, kind, pk)
    typed = speaking.form(request.POST).typed()
    keep_typing(subject=speaking.subject, form=typed, by=acting.user, at=acting.at)
    row = get_object_or_404(Evidence, pk=file, kept__user=acting.user)
    with refusals(request):
        remove_evidence(evidence=row, subject=speaking.subject, by=acting.user, at=acting.at)
    return redirect(_here(request, kind, pk))


@desk_page
@require_safe
def evidence(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """A file, as it was handed in: for whoever may read its update, or is typing it."""
    row = get_object_or_404(Evidence.objects.select_related("kept"), pk=pk, removed_at__isnull=True)
    own = row.kept is not None and row.kept.user_id == acting.user.pk
    if not own and not updates_for(acting.user, acting.on).filter(pk=row.update_id).exists():
        raise Http404(_("There is no such file here."))
    try:
        content = vault.read(row.sha256)
    except (vault.Missing, vault.Altered):
        raise Http404(_("There is no such file here.")) from None
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    return response
