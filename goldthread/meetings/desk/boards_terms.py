"""The terms of reference of a board: in force, before and to come, and what changed between two."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from goldthread.core.compare import compare
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Text, numbers
from goldthread.files.apart import read_in_child
from goldthread.files.html_blocks import redline_fragment
from goldthread.files.refused import Refused
from goldthread.files.sections import to_text
from goldthread.meetings.actions.boards import set_terms
from goldthread.meetings.doors import board_for
from goldthread.meetings.forms.boards import TermsForm
from goldthread.meetings.models import Terms
from goldthread.meetings.terms import text_of_words, words_of_text
from goldthread.meetings.texts import text_of_form
from goldthread.plans.actions.imports import LARGEST
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.weaving import text_as_html


@desk_page
def terms(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """The terms of reference in force, those before and after, and what changed between two."""
    found = board_for(acting.user, board, on=acting.on)
    rows = list(found.terms.all())
    chosen = _chosen(rows, request.GET.get("terms", ""), acting)
    earlier = _earlier(rows, chosen, request.GET.get("against", ""))
    text = _text(chosen) if chosen else None
    woven = ""
    if chosen and earlier and "against" in request.GET:
        woven = mark_safe(redline_fragment(compare(_text(earlier), text)))  # noqa: S308 - our renderer escapes
    context = {
        "board": found,
        "rows": rows,
        "chosen": chosen,
        "earlier": earlier,
        "html": text_as_html(text, numbers(text)) if text else "",
        "woven": woven,
        "can": acting.abilities(found.body),
    }
    return render(request, "meetings/desk/board_terms.html", context)


def _chosen(rows: list[Terms], pk: str, acting: Acting) -> Terms | None:
    """The terms asked for; else those in force today; else the first to come."""
    if pk:
        asked = next((row for row in rows if str(row.pk) == pk), None)
        if asked is None:
            raise Http404(_("There are no such terms here."))
        return asked
    return next((row for row in rows if row.from_day <= acting.on), rows[-1] if rows else None)


def _earlier(rows: list[Terms], chosen: Terms | None, pk: str) -> Terms | None:
    if chosen is None:
        return None
    older = rows[rows.index(chosen) + 1 :]
    return next((row for row in older if not pk or str(row.pk) == pk), None)


def _text(row: Terms) -> Text:
    return text_of_form(row.form, title=_("Terms of reference"))


@desk_page
def new_terms(request: HttpRequest, acting: Acting, board: str) -> HttpResponse:
    """Write terms of reference, from those that are in force."""
    found = board_for(acting.user, board, on=acting.on, ability=Ability.MANAGE_MEETINGS)
    newest = found.terms.first()
    initial = {"from_day": acting.on, "words": words_of_text(_text(newest)) if newest else ""}
    form = TermsForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals(request, form) as done:
            text = _given(given["file"], given["words"])
            set_terms(
                board=found,
                from_day=given["from_day"],
                text=text,
                adopted=given["adopted"],
                by=acting.user,
                at=acting.at,
            )
        if done():
            messages.success(request, _("Kept. Earlier terms stay to be read and compared."))
            return redirect("meetings:desk-terms", found.slug)
    return render(request, "meetings/desk/board_terms_new.html", {"board": found, "form": form})


def _given(file: UploadedFile | None, words: str) -> Text:
    """The terms as a file says them, or as they were typed."""
    if file is None:
        return text_of_words(words, _("Terms of reference"))
    try:
        return to_text(read_in_child(file.read(LARGEST + 1), name=file.name)).text
    except Refused as refusal:
        raise ValidationError({"file": str(refusal)}) from refusal
