"""The minutes of a meeting: how far they are, each named step, their versions and their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, Marking, allowed
from goldthread.core.text import Text
from goldthread.meetings.actions.minutes import (
    amend,
    approve_minutes,
    begin_minutes,
    circulate,
    publish_minutes,
    standing_of,
    unapproved,
    usual_readers,
)
from goldthread.meetings.actions.minuting import may_change
from goldthread.meetings.doors import audience_of, chain_of, meeting_for, note_reading
from goldthread.meetings.forms.minutes import AmendForm, ApproveForm, CirculateForm
from goldthread.meetings.minutes_text import READABLE, labels_of, living_text, version_text
from goldthread.meetings.minutes_versions import compare_minutes, minutes_docx, minutes_pdf, standing_words
from goldthread.meetings.models import AgendaItem, KeptMinute, Meeting, Minutes, MinutesStage, MinutesVersion
from goldthread.meetings.taking import Desk
from goldthread.plans.comparing import shown
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.weaving import text_as_html

MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """A meeting, its minutes if they were begun, and as whom they are read."""

    meeting: Meeting
    minutes: Minutes | None
    audience: Audience
    can: frozenset[Ability]

    @property
    def manages(self) -> bool:
        return Ability.MANAGE_MEETINGS in self.can

    @property
    def readable(self) -> bool:
        """Whether the minutes have come as far as this reader."""
        return self.minutes is not None and self.minutes.stage in READABLE[self.audience]


def reader_of(acting: Acting, board: str, slug: str, ability: Ability = Ability.READ_DRAFTS) -> Reader:
    """The minutes of a meeting as a person may read them."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on, ability=ability)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None:
        minutes.meeting = meeting
    body = meeting.board.body
    return Reader(meeting, minutes, audience_of(acting.user, body, acting.on), acting.abilities(body))


def begun(reader: Reader) -> Minutes:
    """The minutes that a reader may read; 404 where there are none for them."""
    if reader.minutes is None or not reader.readable:
        raise Http404(_("There are no minutes here."))
    return reader.minutes


def note_exempt(acting: Acting, reader: Reader, text: Text | None) -> None:
    """Record that exempt minutes were opened, item by item."""
    if text is None:
        return
    shown_keys = {section.key for section in text.sections}
    for item in reader.meeting.items.select_related("parent"):
        if item.anchor in shown_keys:
            note_item(acting, item, reader.meeting)


def note_item(acting: Acting, item: AgendaItem, meeting: Meeting) -> None:
    """Record that what is minuted under an item was opened, where it or the item above it is exempt."""
    above = item.parent
    thing = above if above is not None and above.marking == Marking.EXEMPT else item
    note_reading(thing, by=acting.user, at=acting.at, body=meeting.board.body)


@desk_page
def overview(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """How far the minutes are, what they say to this reader, and what comes next."""
    reader = reader_of(acting, board, slug)
    minutes = reader.minutes if reader.readable else None
    text = _shown_text(reader, minutes, reader.audience)
    note_exempt(acting, reader, text)
    context = {
        "reader": reader,
        "meeting": reader.meeting,
        "minutes": minutes,
        "kept_back": _kept_back(reader, minutes, text),
        "text": text_as_html(text, labels_of(reader.meeting, text)) if text else "",
        "standing": standing_words(minutes) if minutes else "",
        "steps": _steps(minutes),
        "versions": list(minutes.versions.order_by("-number")) if minutes else [],
        "moved_on": _moved_on(minutes),
        "earlier": unapproved(reader.meeting) if reader.manages else [],
        "waiting": _waiting(reader, minutes),
        "kept": _unsettled(reader, minutes),
        "forms": list(MIMES) if text else [],
    }
    return render(request, "meetings/desk/minutes.html", context)


def _kept_back(reader: Reader, minutes: Minutes | None, text: Text | None) -> list[str]:
    """The numbers of the items whose minutes this reader may read and the public may not."""
    if text is None:
        return []
    public = _shown_text(reader, minutes, Audience.PUBLIC)
    told = {section.key for section in public.sections} if public else set()
    labels = labels_of(reader.meeting, text)
    return [
        labels.get(section.key, section.title)
        for section in text.sections
        if section.key not in told and section.key.startswith("item-")
    ]


def _shown_text(reader: Reader, minutes: Minutes | None, audience: Audience) -> Text | None:
    """Those who keep the minutes see them as they stand until they are approved; others the last version.

    ``audience`` is the reader's, or a lesser one, to tell what of it that would be shown.
    """
    if minutes is None:
        return None
    if reader.manages and may_change(minutes):
        return living_text(minutes, audience)
    version = minutes.versions.order_by("number").last()
    return version_text(version, audience) if version else living_text(minutes, audience)


def _moved_on(minutes: Minutes | None) -> bool:
    """Whether the words have changed since they last went round."""
    if minutes is None or minutes.stage != MinutesStage.CIRCULATED:
        return False
    last = minutes.versions.order_by("number").last()
    return last is not None and last.seal != standing_of(minutes).seal


def _waiting(reader: Reader, minutes: Minutes | None) -> int:
    """How many action lines are not in the log yet, for those who would take them."""
    if minutes is None or not reader.manages:
        return 0
    return sum(len(sheet.waiting) for sheet in Desk(minutes, reader.audience).sheets())


def _unsettled(reader: Reader, minutes: Minutes | None) -> list[KeptMinute]:
    """Words that two people saved and nobody settled, for those who can."""
    if minutes is None or not reader.manages:
        return []
    rows = minutes.kept.filter(settled_at__isnull=True).select_related("item__parent", "owner")
    return [row for row in rows if allowed(*chain_of(row.item), audience=reader.audience)]


def _steps(minutes: Minutes | None) -> list[dict[str, Any]]:
    """The life of the minutes as steps: those met, the next one, those to come."""
    names = {
        MinutesStage.DRAFT: _("Taken"),
        MinutesStage.CIRCULATED: _("Circulated"),
        MinutesStage.APPROVED: _("Approved as a correct record"),
        MinutesStage.PUBLISHED: _("Published"),
    }
    order = list(names)
    reached = order.index(MinutesStage(minutes.stage)) if minutes else 0
    due = reached + 1 if reached else 0
    return [
        {"name": name, "stage": stage, "state": "met" if place < due else "next" if place == due else ""}
        for place, (stage, name) in enumerate(names.items())
    ]


@desk_page
@require_POST
def begin(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Begin the minutes, and go straight to taking them."""
    reader = reader_of(acting, board, slug, Ability.MANAGE_MEETINGS)
    with refusals(request) as done:
        begin_minutes(meeting=reader.meeting, by=acting.user, at=acting.at)
    name = "meetings:desk-minutes-live" if done() else "meetings:desk-minutes"
    return redirect(name, board, slug)


@dataclass(frozen=True, slots=True)
class Step:
    """A named step in the life of minutes: its words, its question, and what it does."""

    heading: str
    lead: str
    button: str
    said: str
    form: Callable[[Minutes, Any], forms.Form]
    take: Callable[..., object]


def _circulate_form(minutes: Minutes, given: Any) -> forms.Form:
    names = "\n".join(usual_readers(minutes.meeting))
    return CirculateForm(given, initial={"to": names})


STEPS = {
    "circulate": Step(
        gettext_lazy("Circulate the draft"),
        gettext_lazy(
            "What it says now is kept as a version, with who it went to. You can amend it afterwards."
        ),
        gettext_lazy("Circulate"),
        gettext_lazy("Circulated. This text is kept as a version."),
        _circulate_form,
        circulate,
    ),
    "amend": Step(
        gettext_lazy("Send an amended draft"),
        gettext_lazy("The version that went round stays as it was. This is what has changed since."),
        gettext_lazy("Keep and circulate the amended draft"),
        gettext_lazy("Amended. Both texts are kept."),
        lambda minutes, given: AmendForm(given),
        amend,
    ),
    "approve": Step(
        gettext_lazy("Record the approval"),
        gettext_lazy("A later meeting approves the minutes as a correct record. Then their words are fixed."),
        gettext_lazy("Record the approval"),
        gettext_lazy("Approved as a correct record."),
        lambda minutes, given: ApproveForm(given, minutes=minutes),
        approve_minutes,
    ),
    "publish": Step(
        gettext_lazy("Publish the minutes"),
        gettext_lazy("This is what the public will read. What is exempt is not in it."),
        gettext_lazy("Publish"),
        gettext_lazy("Published."),
        lambda minutes, given: forms.Form(given),
        publish_minutes,
    ),
}


@desk_page
def step(request: HttpRequest, acting: Acting, board: str, slug: str, name: str) -> HttpResponse:
    """One named step: what it will do is shown before it is done."""
    reader = reader_of(acting, board, slug, Ability.MANAGE_MEETINGS)
    minutes = begun(reader)
    if name not in STEPS:
        raise Http404(_("There is no such step."))
    chosen = STEPS[name]
    form = chosen.form(minutes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            chosen.take(minutes=minutes, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, chosen.said)
            return redirect("meetings:desk-minutes", board, slug)
    last = minutes.versions.order_by("number").last()
    compared = (
        shown(compare_minutes(last, None, reader.audience)) if last and name in ("amend", "approve") else None
    )
    public = living_text(minutes, Audience.PUBLIC) if name == "publish" else None
    context = {
        "meeting": reader.meeting,
        "minutes": minutes,
        "step": chosen,
        "form": form,
        "last": last,
        "compared": compared,
        "public": text_as_html(public, labels_of(reader.meeting, public)) if public else "",
        "unmarked": minutes.meeting.items.filter(marking="", minutes__minutes=minutes) if public else [],
    }
    return render(request, "meetings/desk/minutes_step.html", context)


@desk_page
def version(request: HttpRequest, acting: Acting, board: str, slug: str, number: int) -> HttpResponse:
    """A version as it was kept, or what changed in it since the one before (or another)."""
    reader = reader_of(acting, board, slug)
    minutes = begun(reader)
    found = _version(minutes, number)
    asked = request.GET.get("with", "")
    other = _version(minutes, int(asked)) if asked.isdecimal() and len(asked) < 5 else None
    text = version_text(found, reader.audience)
    note_exempt(acting, reader, text)
    context = {
        "meeting": reader.meeting,
        "minutes": minutes,
        "version": found,
        "other": other,
        "before": minutes.versions.filter(number__lt=number).order_by("number").last(),
        "compared": shown(compare_minutes(other, found, reader.audience)) if other else None,
        "text": text_as_html(text, labels_of(reader.meeting, text)),
    }
    return render(request, "meetings/desk/minutes_version.html", context)


def _version(minutes: Minutes, number: int) -> MinutesVersion:
    found = minutes.versions.filter(number=number).first()
    if found is None:
        raise Http404(_("There is no such version."))
    found.minutes = minutes
    return found


@desk_page
def file(request: HttpRequest, acting: Acting, board: str, slug: str, form: str) -> HttpResponse:
    """The minutes as a Word file or a PDF, as their reader may read them."""
    reader = reader_of(acting, board, slug)
    minutes = begun(reader)
    text = _shown_text(reader, minutes, reader.audience)
    if form not in MIMES or text is None:
        raise Http404(_("There is no such file."))
    note_exempt(acting, reader, text)
    exempt = text != _shown_text(reader, minutes, Audience.PUBLIC)
    made = (minutes_pdf if form == "pdf" else minutes_docx)(minutes, text, exempt=exempt)
    response = HttpResponse(made, content_type=MIMES[form])
    name = f"minutes-{reader.meeting.board.slug}-{reader.meeting.slug}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
