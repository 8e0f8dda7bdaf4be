"""The officer's page of packs: what each variant would hold, its issues, asking, progress, releasing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience
from goldthread.core.problems import Problem
from goldthread.meetings.actions.packs import ask_for_pack, build_again, release_pack
from goldthread.meetings.doors import is_public, meeting_for
from goldthread.meetings.models import Meeting, Pack, PackStage
from goldthread.meetings.packs import (
    VARIANTS,
    current,
    is_stale,
    issue_name,
    issues,
    lines_of,
    problems_of,
    still_allowed,
    variant_name,
)
from goldthread.plans.desk.frame import Acting, desk_page, refusals

FOR_WHOM = {
    Audience.MEMBERS: "For members: what is open and what is for members only.",
    Audience.FULL: "For those who read exempt business: everything that was accepted.",
    Audience.PUBLIC: "For everybody: open business only; exempt items as the public is told of them.",
}
STATES = {
    PackStage.WAITING: ("waiting", "calm"),
    PackStage.BUILDING: ("being built", "warn"),
    PackStage.READY: ("ready", "gold"),
    PackStage.FAILED: ("not built", "bad"),
}


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue as the officer sees it."""

    pack: Pack
    name: str
    state: str
    tone: str
    job: dict[str, Any] | None
    problems: tuple[Problem, ...]
    shut: bool
    """Whether it was released and something in it is no longer for its readers."""
    again: bool


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant with its issues, newest first."""

    variant: str
    name: str
    words: str
    issues: tuple[IssueRow, ...]
    waits_for: str
    """Why it cannot be asked for now, in words."""

    @property
    def whole(self) -> bool:
        """Whether there is an issue that can be supplemented."""
        return any(not row.pack.supplement for row in self.issues)


@desk_page
@require_safe
def overview(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """The three variants of a meeting's pack, their issues, and what goes into which."""
    meeting = _meeting(acting, board, slug)
    variants = [_variant(meeting, variant, acting.at) for variant in VARIANTS]
    lines = list(lines_of(meeting))
    names = [variant_name(variant) for variant in VARIANTS]
    context = {"meeting": meeting, "variants": variants, "lines": lines, "names": names}
    return render(request, "meetings/desk/packs.html", context)


def _meeting(acting: Acting, board: str, slug: str) -> Meeting:
    return meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)


def _variant(meeting: Meeting, variant: Audience, at: datetime) -> VariantRow:
    out = {pack.pk for pack in current(meeting, variant)}
    rows = [_row(meeting, pack, out, at) for pack in issues(meeting, variant).order_by("-issue")]
    waits = ""
    if variant == Audience.PUBLIC and not is_public(meeting):
        waits = _("It can be made once the agenda is published.")
    return VariantRow(variant.value, variant_name(variant), str(_(FOR_WHOM[variant])), tuple(rows), waits)


def _row(meeting: Meeting, pack: Pack, out: set[int], at: datetime) -> IssueRow:
    words, tone = STATES[PackStage(pack.stage)]
    shut = pack.stage == PackStage.READY and not still_allowed(pack)
    if shut:
        words, tone = _("shut"), "bad"
    elif pack.released_at:
        words, tone = (_("out"), "good") if pack.pk in out else (_("replaced"), "calm")
    stale = is_stale(pack, at)
    return IssueRow(
        pack,
        issue_name(pack),
        str(_(words)),
        tone,
        _job(meeting, pack) if pack.stage in (PackStage.WAITING, PackStage.BUILDING) else None,
        problems_of(pack),
        shut,
        stale or pack.stage == PackStage.FAILED,
    )


def _job(meeting: Meeting, pack: Pack) -> dict[str, Any]:
    """How far a pack has come, as parts/progress.html shows it."""
    words = _("Waiting for its turn.")
    if pack.stage == PackStage.BUILDING:
        words = ngettext("%(done)s of %(total)s step.", "%(done)s of %(total)s steps.", pack.total)
        words = words % {"done": pack.done, "total": pack.total}
    names = {"variant": variant_name(pack.variant), "issue": issue_name(pack)}
    heading = _("%(variant)s, %(issue)s is being put together") % names
    address = reverse("meetings:desk-pack-progress", args=[meeting.board.slug, meeting.slug, pack.pk])
    finished = pack.stage in (PackStage.READY, PackStage.FAILED)
    return {
        "url": address,
        "heading": heading,
        "words": words,
        "done": pack.done,
        "total": pack.total,
        "finished": finished,
    }


def _pack(meeting: Meeting, pk: int) -> Pack:
    pack = Pack.objects.filter(meeting=meeting, pk=pk).first()
    if pack is None:
        raise Http404(_("There is no such pack here."))
    pack.meeting = meeting
    return pack


@desk_page
@require_safe
def progress(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """How far a pack has come, as a part of a page."""
    meeting = _meeting(acting, board, slug)
    pack = _pack(meeting, pk)
    context = {"job": _job(meeting, pack), "name": f"pack-{pack.pk}"}
    response = render(request, "web/parts/progress.html", context)
    if pack.stage in (PackStage.READY, PackStage.FAILED):
        response["HX-Redirect"] = reverse("meetings:desk-packs", args=[board, slug])
    return response


@desk_page
@require_POST
def ask(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """Ask for a pack: freeze what is in it now, and have it built."""
    meeting = _meeting(acting, board, slug)
    wanted = request.POST.get("variant", "")
    if wanted not in list(Audience):
        raise Http404(_("There is no such pack."))
    supplement = request.POST.get("supplement") == "yes"
    with refusals(request) as done:
        pack = ask_for_pack(
            meeting=meeting,
            variant=Audience(wanted),
            supplement=supplement,
            by=acting.user,
            at=acting.at,
        )
    if done():
        names = {"variant": variant_name(pack.variant), "issue": issue_name(pack)}
        words = _("%(variant)s, %(issue)s: what it holds is fixed from here on, whatever is replaced.")
        messages.success(request, words % names)
    return redirect("meetings:desk-packs", board, slug)


@desk_page
@require_POST
def again(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Have a pack built again that came to nothing."""
    meeting = _meeting(acting, board, slug)
    with refusals(request) as done:
        build_again(pack=_pack(meeting, pk), by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("It is in the queue again."))
    return redirect("meetings:desk-packs", board, slug)


@desk_page
@require_POST
def release(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Let the readers of a pack read it."""
    meeting = _meeting(acting, board, slug)
    pack = _pack(meeting, pk)
    with refusals(request) as done:
        release_pack(pack=pack, by=acting.user, at=acting.at)
    if done():
        names = {"variant": variant_name(pack.variant), "issue": issue_name(pack)}
        messages.success(request, _("%(variant)s, %(issue)s is out.") % names)
    return redirect("meetings:desk-packs", board, slug)
