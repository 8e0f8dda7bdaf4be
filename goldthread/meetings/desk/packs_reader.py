"""Reading a pack at the desk: as one page, as a PDF, and without a connection once it was opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.files.charts.ours import form_of
from goldthread.meetings.appendices import appendix_pdf
from goldthread.meetings.doors import meeting_for
from goldthread.meetings.models import Meeting, Pack
from goldthread.meetings.pack_contents import Contents
from goldthread.meetings.pack_reader import item_prefix, items_html, pictures_in
from goldthread.meetings.packs import (
    MAY_READ,
    audience_of,
    contents_of,
    current,
    issue_for,
    issue_name,
    pack_for,
    released,
    still_allowed,
    variant_name,
)
from goldthread.people.queries import may
from goldthread.plans.desk.frame import Acting, desk_page

WORKER = ("pack-store.js", "pack-worker.js")
READER = "X-Goldthread-Reader"
"""The header by which a device tells whose pack it is given."""


@dataclass(frozen=True, slots=True)
class Part:
    """A pack on the page: the issue itself, or a supplement to it."""

    pack: Pack
    name: str
    contents: Contents
    prefix: str
    html: SafeString

    @property
    def changed(self) -> frozenset[str]:
        """The anchors of the items that this issue changed."""
        return frozenset(change["item"] for change in self.pack.changes if change["item"])


@desk_page
@require_safe
def reader(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """The newest pack that somebody reads of a meeting, with its supplements; or why there is none yet."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    pack = pack_for(acting.user, meeting, on=acting.on)
    if pack is None:
        return _nothing_yet(request, acting, meeting)
    return _read(request, acting, meeting, current(meeting, pack.variant), newest=True)


@desk_page
@require_safe
def issue(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """One issue of a pack, an earlier one or one that is not released yet."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    pack = issue_for(acting.user, meeting, pk, on=acting.on)
    return _read(request, acting, meeting, (pack,), newest=False)


def _nothing_yet(request: HttpRequest, acting: Acting, meeting: Meeting) -> HttpResponse:
    manages = may(acting.user, Ability.MANAGE_MEETINGS, meeting.board.body, acting.on)
    return render(request, "meetings/desk/pack_none.html", {"meeting": meeting, "manages": manages})


def _read(
    request: HttpRequest, acting: Acting, meeting: Meeting, packs: tuple[Pack, ...], *, newest: bool
) -> HttpResponse:
    parts = []
    for pack in packs:
        pack.meeting = meeting
        if still_allowed(pack):
            parts.append(Part(pack, issue_name(pack), contents_of(pack), item_prefix(pack), items_html(pack)))
            _note(pack, acting)
    manages = may(acting.user, Ability.MANAGE_MEETINGS, meeting.board.body, acting.on)
    if not parts or parts[0].pack != packs[0]:
        context = {"meeting": meeting, "manages": manages, "shut": True}
        return render(request, "meetings/desk/pack_none.html", context, status=403)
    main = parts[0].pack
    context = {
        "meeting": meeting,
        "main": main,
        "parts": parts,
        "newest": newest,
        "variant": variant_name(main.variant),
        "exempt": any(part.contents.exempt for part in parts),
        "others": _others(acting, meeting, main),
        "manages": manages,
        "issue_key": "-".join(str(part.pack.pk) for part in parts),
    }
    response = render(request, "meetings/desk/pack.html", context)
    response[READER] = str(acting.user.pk)
    return response


def _others(acting: Acting, meeting: Meeting, main: Pack) -> list[tuple[str, str]]:
    """The other packs of the meeting that its reader may open: their names and addresses."""
    found = []
    for variant in MAY_READ[audience_of(acting.user, meeting.board.body, acting.on)]:
        for pack in released(meeting, variant):
            if pack.pk != main.pk:
                name = f"{variant_name(variant)}, {issue_name(pack)}"
                args = [meeting.board.slug, meeting.slug, pack.pk]
                found.append((name, reverse("meetings:desk-pack-issue", args=args)))
    return found


def _note(pack: Pack, acting: Acting) -> None:
    """Record that exempt business was read."""
    if contents_of(pack).exempt:
        body = pack.meeting.board.body
        record(pack, "read exempt business", by=acting.user, at=acting.at, body=body)


def _open(acting: Acting, board: str, slug: str, pk: int) -> Pack:
    """An issue that somebody may read and that is still for them; 404 else."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    pack = issue_for(acting.user, meeting, pk, on=acting.on)
    if not still_allowed(pack):
        raise Http404(_("This issue is shut: something in it is no longer for its readers."))
    return pack


@desk_page
@require_safe
def pdf(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """A pack as one PDF."""
    pack = _open(acting, board, slug, pk)
    try:
        content = vault.read(pack.sha256)
    except vault.Missing as missing:
        raise Http404(_("The file of this pack is missing.")) from missing
    _note(pack, acting)
    kind = f"{pack.variant}-{'supplement' if pack.supplement else 'issue'}-{pack.contents['ordinal']}"
    return _file(content, f"{board}-{slug}-{kind}.pdf", acting)


@desk_page
@require_safe
def appendix(
    request: HttpRequest, acting: Acting, board: str, slug: str, pk: int, appendix: int
) -> HttpResponse:
    """An appendix in a pack as it was frozen, as PDF."""
    pack = _open(acting, board, slug, pk)
    held = [each for _item, paper in contents_of(pack).papers() for each in paper.appendices]
    one = next((each for each in held if each.pk == appendix), None)
    if one is None:
        raise Http404(_("There is no such appendix here."))
    try:
        content = appendix_pdf(one)
    except vault.Missing as missing:
        raise Http404(_("The file of this appendix is missing.")) from missing
    _note(pack, acting)
    return _file(content, f"{board}-{slug}-appendix-{appendix}.pdf", acting)


def _file(content: bytes, name: str, acting: Acting) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response[READER] = str(acting.user.pk)
    return response


@desk_page
@require_safe
def picture(request: HttpRequest, acting: Acting, board: str, slug: str, seal: str) -> HttpResponse:
    """A picture of a paper in a pack that its reader may open; nothing else that is kept is shown here."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    readable = MAY_READ[audience_of(acting.user, meeting.board.body, acting.on)]
    packs = Pack.objects.filter(meeting=meeting, variant__in=readable).order_by("-issue")
    manages = may(acting.user, Ability.MANAGE_MEETINGS, meeting.board.body, acting.on)
    for pack in packs if manages else packs.filter(released_at__isnull=False):
        if seal in pictures_in(pack) and still_allowed(pack) and vault.holds(seal):
            content = vault.read(seal)
            return HttpResponse(content, content_type=f"image/{form_of(content)}")
    raise Http404(_("There is no such picture here."))


@desk_page
@require_safe
def worker(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The script that keeps packs on a device; from this address it answers for pages of boards alone."""
    folder = resources.files("goldthread.meetings") / "static" / "meetings"
    script = "\n".join((folder / name).read_text(encoding="utf-8") for name in WORKER)
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = reverse("meetings:desk-pack-worker").rpartition("/")[0] + "/"
    return response
