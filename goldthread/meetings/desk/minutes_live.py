"""Taking minutes while the meeting runs: one page, every item, saved as it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking, allowed
from goldthread.core.text import Text, read_section
from goldthread.files.html_blocks import redline_fragment
from goldthread.meetings.actions.arising import change_action, take_action
from goldthread.meetings.actions.attendance import note_attendance
from goldthread.meetings.actions.minuting import (
    MAX_LETTERS,
    Conflict,
    may_change,
    section_of_minute,
    settle_minute,
    write_words,
)
from goldthread.meetings.desk.minutes import Reader, begun, note_item, reader_of
from goldthread.meetings.doors import chain_of, item_for
from goldthread.meetings.forms.minutes import PersonForm, TakeForm
from goldthread.meetings.minutes_versions import compare_texts
from goldthread.meetings.models import AgendaItem, How, KeptMinute, Minute, Minutes
from goldthread.meetings.taking import Desk, Sheet
from goldthread.plans.desk.frame import Acting, desk_page, refusals


class Taking:
    """What every request about taking minutes needs: the reader, the minutes, perhaps one item."""

    def __init__(self, acting: Acting, board: str, slug: str, pk: int | None = None) -> None:
        self.acting = acting
        self.reader: Reader = reader_of(acting, board, slug, Ability.MANAGE_MEETINGS)
        self.minutes: Minutes = begun(self.reader)
        self.item: AgendaItem | None = None
        if pk is not None:
            self.item = item_for(self.reader.meeting, pk, audience=self.reader.audience)

    def desk(self) -> Desk:
        return Desk(self.minutes, self.reader.audience)

    def address(self, name: str, *more: Any) -> str:
        meeting = self.reader.meeting
        return reverse(f"meetings:{name}", args=[meeting.board.slug, meeting.slug, *more])

    def context(self, sheet: Sheet, desk: Desk) -> dict[str, Any]:
        """What the side of one item shows."""
        return {
            "sheet": sheet,
            "people": desk.people(sheet.item),
            "minutes": self.minutes,
            "meeting": self.reader.meeting,
            "writes": may_change(self.minutes),
        }


@desk_page
def live(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int | None = None) -> HttpResponse:
    """The running meeting: every item at the side, the chosen one's words in the middle."""
    reader = reader_of(acting, board, slug, Ability.MANAGE_MEETINGS)
    if reader.minutes is None:
        return redirect("meetings:desk-minutes", board, slug)
    taking = Taking(acting, board, slug, pk)
    if request.method == "POST" and taking.item is not None:
        return _written(request, taking)
    desk = taking.desk()
    sheets = desk.sheets()
    chosen = next((sheet for sheet in sheets if sheet.item.pk == pk), None)
    if chosen is None:
        chosen = next((sheet for sheet in sheets if sheet.state == "empty"), sheets[0] if sheets else None)
    _note(taking, sheets)
    context = {
        "reader": reader,
        "meeting": reader.meeting,
        "minutes": taking.minutes,
        "chosen": chosen.item.pk if chosen else None,
        "sheets": [(sheet, desk.people(sheet.item)) for sheet in sheets],
        "writes": may_change(taking.minutes),
        "most": MAX_LETTERS,
    }
    return render(request, "meetings/desk/minutes_live.html", context)


def _note(taking: Taking, sheets: tuple[Sheet, ...]) -> None:
    """Record once a view that the page held exempt business."""
    for sheet in sheets:
        if sheet.section.blocks:
            note_item(taking.acting, sheet.item, taking.reader.meeting)


def _written(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Save the words of one item: for a script as JSON, for a form by going on to the next page."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    exempt = request.POST.get("exempt") == "on"
    try:
        result = write_words(
            minutes=taking.minutes,
            item=taking.item,
            words=request.POST.get("words", ""),
            base=request.POST.get("base", ""),
            exempt=exempt if exempt != (request.POST.get("was_exempt") == "on") else None,
            by=taking.acting.user,
            at=taking.acting.at,
        )
    except (ValidationError, PermissionDenied) as refusal:
        words = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        if wants_json:
            status = 400 if isinstance(refusal, ValidationError) else 403
            return JsonResponse({"message": words}, status=status)
        messages.error(request, words)
        return _typed_again(request, taking)
    if wants_json:
        return _answer(request, taking, result)
    if isinstance(result, Conflict):
        return redirect(taking.address("desk-minutes-kept", result.mine.pk))
    messages.success(request, _("Saved."))
    onward = request.POST.get("go", "")
    return redirect(taking.address("desk-minutes-item", onward if onward.isdecimal() else taking.item.pk))


def _typed_again(request: HttpRequest, taking: Taking) -> HttpResponse:
    """The page once more with what was typed, where it could not be saved."""
    desk = taking.desk()
    context = {
        "reader": taking.reader,
        "meeting": taking.reader.meeting,
        "minutes": taking.minutes,
        "chosen": taking.item.pk,
        "sheets": [(sheet, desk.people(sheet.item)) for sheet in desk.sheets()],
        "writes": True,
        "typed": request.POST.get("words", ""),
        "most": MAX_LETTERS,
    }
    return render(request, "meetings/desk/minutes_live.html", context, status=400)


def _answer(request: HttpRequest, taking: Taking, result: Any) -> JsonResponse:
    """What the page is told after a save: the new base, and the side of the item drawn afresh."""
    if isinstance(result, Conflict):
        theirs = result.theirs
        told = {
            "by": theirs.changed_by,
            "conflict_url": taking.address("desk-minutes-kept", result.mine.pk),
        }
        return JsonResponse(told, status=409)
    return JsonResponse(_told(request, taking, taking.item))


def _told(request: HttpRequest, taking: Taking, item: AgendaItem) -> dict[str, Any]:
    """An item as it stands: words, seal, who saved it, its state, its side."""
    desk = taking.desk()
    sheet = desk.sheet(item)
    return {
        "words": sheet.words,
        "seal": sheet.seal,
        "by": sheet.minute.changed_by if sheet.minute else "",
        "state": sheet.state,
        "state_words": sheet.state_words,
        "exempt": sheet.exempt,
        "side": render_to_string("meetings/desk/minutes_side.html", taking.context(sheet, desk), request),
    }


@desk_page
def item(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """One item as it stands, for a page that learnt that somebody else saved it."""
    taking = Taking(acting, board, slug, pk)
    return JsonResponse(_told(request, taking, taking.item))


@desk_page
def state(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """The seal of every item and who saved it last: so that two who minute at once see each other."""
    taking = Taking(acting, board, slug)
    readable = {sheet.pk for sheet in _readable(taking)}
    rows = Minute.objects.filter(minutes=taking.minutes, item__in=readable)
    told = {str(row.item_id): {"seal": row.seal, "by": row.changed_by} for row in rows}
    return JsonResponse({"items": told, "open": may_change(taking.minutes)})


def _readable(taking: Taking) -> list[AgendaItem]:
    rows = taking.reader.meeting.items.select_related("parent")
    return [item for item in rows if allowed(*chain_of(item), audience=taking.reader.audience)]


@desk_page
@require_POST
def take(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Take an action line into the log, or let its action follow the line as it reads now."""
    taking = Taking(acting, board, slug, pk)
    form = TakeForm(request.POST, board=taking.reader.meeting.board)
    sheet = taking.desk().sheet(taking.item)
    line = next((each for each in sheet.heard if each.anchor == request.POST.get("anchor")), None)
    if line is None or not form.is_valid():
        messages.error(request, _("That line is no longer in the minutes as you saw it. Read it once more."))
        return _side(request, taking)
    seats = [person.seat for person in line.owners if person.seat] + list(form.cleaned_data["owners"])
    seats = list(dict.fromkeys(seats))
    with refusals(request):
        if line.taken is None:
            take_action(
                board=taking.reader.meeting.board,
                meeting=taking.reader.meeting,
                item=taking.item,
                words=line.words,
                owners=seats,
                owner_words="" if seats and not line.unknown else line.owner_words,
                due=form.cleaned_data["due"] or line.due,
                due_words=line.due_words,
                exempt=sheet.exempt or sheet.marking == Marking.EXEMPT,
                anchor=line.anchor,
                minuted=line.line,
                by=acting.user,
                at=acting.at,
            )
        elif line.changed:
            change_action(
                action=line.taken,
                why=_("The minute was changed."),
                words=line.words,
                owners=seats or None,
                due=line.due,
                minuted=line.line,
                by=acting.user,
                at=acting.at,
            )
    return _side(request, taking)


def _side(request: HttpRequest, taking: Taking) -> HttpResponse:
    """The side of the item drawn afresh for a script, else the whole page."""
    if "HX-Request" not in request.headers:
        return redirect(taking.address("desk-minutes-item", taking.item.pk))
    desk = taking.desk()
    sheet = desk.sheet(taking.item)
    context = taking.context(sheet, desk)
    answer = render(request, "meetings/desk/minutes_side.html", context)
    answer["X-State"] = sheet.state
    answer["X-State-Words"] = quote(sheet.state_words)
    return answer


@desk_page
@require_POST
def person(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Note that somebody is here, left or joined at this item, or sent apologies."""
    taking = Taking(acting, board, slug, pk)
    meeting = taking.reader.meeting
    form = PersonForm(request.POST, board=meeting.board)
    if form.is_valid():
        seat, name, how = (form.cleaned_data[each] for each in ("seat", "name", "how"))
        rows = meeting.attendance.select_related("from_item", "to_item", "seat", "in_place_of")
        row = next((r for r in rows if (seat and r.seat_id == seat.pk) or (name and r.name == name)), None)
        there = row is not None and row.how in (How.PRESENT, How.SUBSTITUTE, How.ATTENDING)
        with refusals(request):
            note_attendance(
                meeting=meeting,
                seat=seat or (row.seat if row else None),
                name=name or (row.name if row else ""),
                initials=row.initials if row else "",
                title=row.title if row else "",
                in_place_of=row.in_place_of if there and row else None,
                how=How.APOLOGIES if how == "apologies" else row.how if there and row else How.PRESENT,
                from_item=taking.item if how == "joined" else row.from_item if there and row else None,
                to_item=taking.item if how == "left" else None,
                by=acting.user,
                at=acting.at,
            )
    return _side(request, taking)


@desk_page
def kept(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Two texts of one minute beside each other, to be settled by anybody who keeps the minutes."""
    taking = Taking(acting, board, slug)
    rows = KeptMinute.objects.filter(minutes=taking.minutes).select_related("item", "owner")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such text."))
    taking.item = item_for(taking.reader.meeting, found.item_id, audience=taking.reader.audience)
    after = taking.address("desk-minutes-item", found.item_id)
    if found.settled_at is not None:
        messages.info(request, _("This was settled already."))
        return redirect(after)
    if request.method == "POST" and _settled(request, taking, found):
        messages.success(request, _("Settled. What does not stand is kept."))
        return redirect(after)
    theirs = Minute.objects.filter(minutes=taking.minutes, item=found.item).first()
    sides = (section_of_minute(theirs, taking.item), read_section(found.form)[0])
    old, new = (Text("", (replace(side, key=taking.item.anchor, numbered=False),)) for side in sides)
    woven = redline_fragment(compare_texts(old, new, taking.reader.meeting))
    context = {
        "meeting": taking.reader.meeting,
        "minutes": taking.minutes,
        "kept": found,
        "own": found.owner_id == acting.user.pk,
        "theirs": theirs,
        "woven": mark_safe(woven),  # noqa: S308 - written by our own renderer, which escapes
        "after": after,
    }
    return render(request, "meetings/desk/minutes_kept.html", context)


def _settled(request: HttpRequest, taking: Taking, found: KeptMinute) -> bool:
    with refusals(request) as done:
        result = settle_minute(
            kept=found,
            outcome=request.POST.get("outcome", ""),
            base=request.POST.get("base", ""),
            by=taking.acting.user,
            at=taking.acting.at,
        )
    if done() and isinstance(result, Conflict):
        messages.error(request, _("It was saved again meanwhile. Read both once more, then choose."))
        return False
    return done()
