"""Write, add, move, take out and put back sections."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Text, first_labels
from goldthread.plans.actions.sections import (
    Conflict,
    Saved,
    add_section,
    move_section,
    remove_section,
    restore_section,
    save_section,
    settle_conflict,
)
from goldthread.plans.desk.frame import Acting, desk_page, refusals, stand_in_room
from goldthread.plans.forms import AddSectionForm, MoveSectionForm
from goldthread.plans.keepers import keeper_of, notes_of
from goldthread.plans.models import Edition, KeptDraft, SectionChange, SectionVersion
from goldthread.plans.queries import Line, edition_for, history_of, kept_draft_for, outline
from goldthread.plans.weaving import section_html, woven_sections


def _edition(
    request: HttpRequest, acting: Acting, slug: str, edition: str, ability: Ability = Ability.READ_DESK
) -> Edition:
    """The edition that is being written or read, whoever keeps it; the reader stands in its room."""
    found = edition_for(acting.user, slug, edition, on=acting.on, ability=ability, kept=True)
    stand_in_room(request, found.document)
    return found


@desk_page
def section(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """The editor of one section; read only where the edition is fixed or the reader may not write."""
    found = _edition(request, acting, slug, edition_slug)
    lines = outline(found, on=acting.on)
    at = next((i for i, line in enumerate(lines) if line.key == key), None)
    if at is None:
        return redirect(found)
    line = lines[at]
    placed = found.placements.select_related("version").get(key=key)
    can = acting.can_with(found.document)
    context = {
        "edition": found,
        "line": line,
        "form": placed.version.form,
        "seal": placed.version.seal,
        "before": lines[at - 1] if at else None,
        "next": lines[at + 1] if at + 1 < len(lines) else None,
        "writes": not found.is_sealed and Ability.WRITE_PLAN in can,
        "picture_url": reverse("plans:desk-picture", args=[slug, "0"]).replace("/0/", "/{image}/"),
        "first": json.dumps(first_labels(_whole(lines), key)),
        "html": section_html(line.section, found, slug=slug),
        "notes": json.dumps(_notes(found, key)),
        "kept": keeper_of(found.document) is not None,
        "can": can,
    }
    return render(request, "plans/desk/section.html", context)


def _notes(edition: Edition, key: str) -> list[dict[str, str]]:
    """What is to be told in the margin of a section, as the editor reads it."""
    notes = notes_of(edition, key)
    return [{"where": note.where, "message": note.message, "block": note.block} for note in notes]


def _whole(lines: tuple[Line, ...]) -> Text:
    """The text that an outline shows."""
    return Text("", tuple(line.section for line in lines if line.depth == 0))


LARGEST_SAVE = 8 * 1024 * 1024
"""Far more than the longest section is as JSON, in bytes."""


@desk_page
@require_POST
def save(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """Save a section from the editor; answers as docs/reference/editor.md says."""
    try:
        found = _edition(request, acting, slug, edition_slug, Ability.WRITE_PLAN)
        given = json.loads(_body(request))
        result = save_section(
            edition=found,
            key=key,
            form=_form(given),
            base=str(given.get("base", "")),
            by=acting.user,
            at=acting.at,
        )
    except (ValueError, AttributeError, RecursionError):
        return _refused(_("What was sent could not be read. Your words are still on your screen."), 400)
    except ValidationError as refusal:
        return _refused(" ".join(refusal.messages), 400)
    except PermissionDenied as refusal:
        return _refused(str(refusal), 403)
    return JsonResponse(_answer(result, found, acting), status=409 if isinstance(result, Conflict) else 200)


def _body(request: HttpRequest) -> bytes:
    if int(request.headers.get("Content-Length") or 0) > LARGEST_SAVE:
        raise ValidationError(
            _("This is too long for one section. Divide it in two; your words are still on your screen.")
        )
    return request.body


def _form(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict) or not isinstance(given.get("title"), str):
        raise ValueError("no section")
    return {
        "title": given["title"],
        "numbered": given.get("numbered") is not False,
        "lang": given.get("lang") or "",
        "content": given.get("content"),
    }


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"problems": [{"where": "", "message": message}]}, status=status)


def _answer(result: Saved | Conflict, edition: Edition, acting: Acting) -> dict[str, Any]:
    if isinstance(result, Saved):
        return {
            "seal": result.version.seal,
            "saved_at": acting.at.isoformat(),
            "problems": [
                *({"where": p.where, "message": p.message} for p in result.problems),
                *_notes(edition, result.version.key),
            ],
        }
    theirs = result.theirs
    return {
        "theirs": {
            "form": theirs.form,
            "seal": theirs.seal,
            "by": result.by_name,
            "at": result.at.isoformat(),
            "html": str(section_html(theirs.form, edition, slug=edition.document.slug)),
        },
        "conflict_url": reverse("plans:desk-conflict", args=[result.mine.pk]),
        "problems": [],
    }


@desk_page
def conflict(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """Two texts of one section side by side, to be settled by whoever saved second."""
    kept = kept_draft_for(acting.user, pk, on=acting.on)
    stand_in_room(request, kept.edition.document)
    slug = kept.edition.document.slug
    placed = kept.edition.placements.select_related("version").filter(key=kept.key).first()
    editor = reverse("plans:desk-section", args=[slug, kept.edition.slug, kept.key])
    after = editor if placed else kept.edition.get_absolute_url()
    if kept.settled_at is not None:
        messages.info(request, _("This was settled already."))
        return redirect(after)
    if request.method == "POST" and _settle(request, acting, kept):
        messages.success(request, _("Settled. Both texts stay in the history of the section."))
        return redirect(after)
    theirs = placed.version if placed else None
    context = {
        "kept": kept,
        "edition": kept.edition,
        "theirs": theirs,
        "last": history_of(kept.edition, kept.key).first(),
        "sides": woven_sections(theirs.form, kept.form, slug=slug)
        if theirs
        else section_html(kept.form, None, slug=slug),
        "editor": editor,
    }
    return render(request, "plans/desk/conflict.html", context)


def _settle(request: HttpRequest, acting: Acting, kept: KeptDraft) -> bool:
    """Settle two texts as the person chose; says whether that was done."""
    with refusals(request) as done:
        result = settle_conflict(
            kept=kept,
            outcome=request.POST.get("outcome", ""),
            form=None,
            base=request.POST.get("base", ""),
            by=acting.user,
            at=acting.at,
        )
    if done() and isinstance(result, Conflict):
        messages.error(request, _("The section was saved again meanwhile. Read it once more, then choose."))
        return False
    return done()


@desk_page
def history(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """What a section said over time, and a way back to any of it; it holds every draft."""
    found = _edition(request, acting, slug, edition_slug, Ability.READ_DRAFTS)
    changes = list(history_of(found, key)[:200])
    placed = found.placements.select_related("version").filter(key=key).first()
    chosen = next((c for c in changes if c.version and str(c.pk) == request.GET.get("change", "")), None)
    now = placed.version.form if placed else None
    context = {
        "edition": found,
        "changes": changes,
        "placed": placed,
        "chosen": chosen,
        "woven": woven_sections(chosen.version.form, now, slug=slug) if chosen and now else None,
        "can": acting.can_with(found.document),
        "title": placed.version.title if placed else _last_title(changes),
        "key": key,
        "after": request.GET.get("after", ""),
        "depth": request.GET.get("depth", ""),
    }
    return render(request, "plans/desk/history.html", context)


def _last_title(changes: Sequence[SectionChange]) -> str:
    """What a section was called when it last said something, of its changes newest first."""
    return next((change.version.title for change in changes if change.version), "")


@desk_page
@require_POST
def restore(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """Put back what a section said before."""
    found = _edition(request, acting, slug, edition_slug, Ability.WRITE_PLAN)
    wanted = request.POST.get("version", "")
    versions = SectionVersion.objects.filter(key=key, document=found.document)
    version = next((each for each in versions if str(each.pk) == wanted), None)
    if version is None:
        raise Http404(_("There is no such version."))
    depth = request.POST.get("depth", "")
    with refusals(request) as done:
        result = restore_section(
            edition=found,
            version=version,
            after=request.POST.get("after", ""),
            depth=int(depth) if len(depth) == 1 and depth.isdecimal() else 0,
            base=request.POST.get("base", ""),
            by=acting.user,
            at=acting.at,
        )
    if done() and isinstance(result, Conflict):
        messages.error(
            request, _("Somebody saved this section meanwhile. Read it again before you put it back.")
        )
    elif done():
        messages.success(request, _("Put back. What it said until now stays in its history."))
    return redirect("plans:desk-section", slug, edition_slug, key)


@desk_page
def add(request: HttpRequest, acting: Acting, slug: str, edition_slug: str) -> HttpResponse:
    """Add a section."""
    found = _edition(request, acting, slug, edition_slug, Ability.WRITE_PLAN)
    places = _places(found, acting)
    initial = {"after": request.GET.get("after", places[-1][0] if places else "")}
    form = AddSectionForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            placed = add_section(edition=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            return redirect("plans:desk-section", slug, edition_slug, placed.key)
    return render(request, "plans/desk/add_section.html", {"form": form, "edition": found})


@desk_page
def move(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """Move a section with its subsections, or take it out."""
    found = _edition(request, acting, slug, edition_slug, Ability.WRITE_PLAN)
    placed = get_object_or_404(found.placements.select_related("version"), key=key)
    places = [place for place in _places(found, acting) if place[0] != key]
    previous = found.placements.filter(position__lt=placed.position).order_by("-position").first()
    initial = {"after": previous.key if previous else "", "depth": placed.depth}
    form = MoveSectionForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            move_section(edition=found, key=key, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Moved. The sections after it have been numbered afresh."))
            return redirect(found)
    context = {"form": form, "edition": found, "section": placed.version}
    return render(request, "plans/desk/move_section.html", context)


@desk_page
@require_POST
def remove(request: HttpRequest, acting: Acting, slug: str, edition_slug: str, key: str) -> HttpResponse:
    """Take out a section; its words stay in its history, from where it can be put back."""
    found = _edition(request, acting, slug, edition_slug, Ability.WRITE_PLAN)
    place = _stands(found, key)
    with refusals(request) as done:
        titles = remove_section(edition=found, key=key, by=acting.user, at=acting.at)
    if done():
        words = _("Taken out: %(titles)s. It can be put back from its history.") % {
            "titles": ", ".join(titles)
        }
        messages.success(request, words)
        history_url = reverse("plans:desk-history", args=[slug, edition_slug, key])
        return redirect(f"{history_url}?{urlencode(place)}")
    return redirect(found)


def _stands(edition: Edition, key: str) -> dict[str, str | int]:
    """After which section one stands and how deep, so that it can be put back there."""
    before = ""
    for placed in edition.placements.order_by("position"):
        if placed.key == key:
            return {"after": before, "depth": placed.depth}
        before = placed.key
    return {}


def _places(edition: Edition, acting: Acting) -> list[tuple[str, str]]:
    """Every section as somewhere another can stand after."""
    return [
        (line.key, f"{'– ' * line.depth}{line.number} {line.title}".strip())
        for line in outline(edition, on=acting.on)
    ]
