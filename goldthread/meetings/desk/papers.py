"""Papers at the desk: mine, a new one, one as it stands, its header."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import DEEDS, Ability
from goldthread.core.governance.exemption import Marking, allowed
from goldthread.meetings.actions.paper_files import hand_in_paper
from goldthread.meetings.actions.papers import begin_paper, set_header, settle_numbers
from goldthread.meetings.appendices import attached_of
from goldthread.meetings.desk.paper_frame import Standing, open_paper, read_paper
from goldthread.meetings.doors import audience_of, chain_of_paper, papers_for
from goldthread.meetings.exports import paper_html
from goldthread.meetings.forms.papers import HeaderForm, NewPaperForm
from goldthread.meetings.models import (
    AgendaItem,
    Board,
    MeetingStage,
    Paper,
    PaperFile,
    PaperStage,
    PaperVersion,
)
from goldthread.meetings.paper_needs import paper_needs
from goldthread.meetings.papers import (
    attachments,
    content_seal,
    edition_of,
    findings,
    header_seal,
    house,
    latest,
    paper_text,
    recommendations_in,
    signings,
)
from goldthread.meetings.printed import labels_of
from goldthread.meetings.reading import (
    TONES,
    coming_items,
    item_words,
    next_words,
    note_lines,
    noted_html,
    picture_address,
)
from goldthread.meetings.sources import standing as sources_standing
from goldthread.people.queries import bodies_where
from goldthread.plans.actions.imports import LARGEST
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.models import ImportStage
from goldthread.plans.tasks import read_handed_in

SETTLED = (PaperStage.ACCEPTED, PaperStage.WITHDRAWN)
"""The stages at which nobody mends a paper, so that proofing has nothing to say."""


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """My papers, what I owe, and every other paper that I may read."""
    rows = list(papers_for(acting.user, on=acting.on).select_related("item__meeting__board").order_by("-pk"))
    offices = {each.pk for each in acting.user.offices_on(acting.on)}
    mine = [row for row in rows if row.author_id == acting.user.pk or row.owner_office_id in offices]
    own = {row.pk for row in mine}
    open_stages = (ImportStage.WAITING, ImportStage.READING, ImportStage.READ, ImportStage.REFUSED)
    files = PaperFile.objects.filter(owner=acting.user, file__stage__in=open_stages).select_related("file")
    context = {
        "needs": paper_needs(acting.user, acting.on),
        "mine": [_row(row, acting) for row in mine],
        "others": [_row(row, acting) for row in rows if row.pk not in own],
        "files": files,
        "writes": bool(_boards(acting)),
    }
    return render(request, "meetings/desk/papers.html", context)


def _row(paper: Paper, acting: Acting) -> dict[str, Any]:
    audience = audience_of(acting.user, paper.board.body, acting.on)
    where = item_words(paper.item, audience) or paper.board.name
    return {
        "href": paper.get_absolute_url(),
        "title": paper.title,
        "words": f"{paper.author.name}. {where}{_marked(paper)}",
        "status": paper.get_stage_display(),
        "tone": TONES[paper.stage],
    }


def _marked(paper: Paper) -> str:
    marked = {Marking.EXEMPT: _("exempt"), Marking.MEMBERS: _("for members")}.get(paper.marking, "")
    return f" · {marked}" if marked else ""


def _boards(acting: Acting) -> list[Board]:
    """The boards for which a person may write papers, where they still meet."""
    bodies = bodies_where(acting.user, Ability.WRITE_PAPER, acting.on)
    rows = Board.objects.filter(body__in=bodies).select_related("body")
    return [board for board in rows if board.exists_on(acting.on)]


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin a paper: with the template's sections, or from a file."""
    boards = _boards(acting)
    if not boards:
        bodies = bodies_where(acting.user, Ability.WRITE_PAPER, acting.on)
        if not bodies:
            raise PermissionDenied(f"No office that you hold today lets you {DEEDS[Ability.WRITE_PAPER]}.")
        return render(request, "meetings/desk/paper_no_board.html", {})
    items = _items(acting, boards)
    initial = _asked_for(request, boards)
    form = NewPaperForm(
        request.POST or None, request.FILES or None, boards=boards, items=items, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done, transaction.atomic():
            made = _begin(form.cleaned_data, acting)
        if done():
            return redirect(made)
    return render(request, "meetings/desk/paper_new.html", {"form": form})


def _asked_for(request: HttpRequest, boards: list[Board]) -> dict[str, Any]:
    """The board and item for which a page of theirs asked for a paper."""
    initial: dict[str, Any] = {"item": request.GET.get("item", "")}
    meeting = request.GET.get("meeting", "")
    for board in boards:
        asked = meeting.isdecimal() and board.meetings.filter(pk=int(meeting)).exists()
        if asked or board.slug == request.GET.get("board"):
            initial["board"] = board
    return initial


def _items(acting: Acting, boards: list[Board]) -> list[tuple[str, str]]:
    return [
        choice
        for board in boards
        for choice in coming_items(
            [board.pk], on=acting.on, audience=audience_of(acting.user, board.body, acting.on)
        )
    ]


def _begin(given: dict[str, Any], acting: Acting) -> Any:
    """Begin a paper, or take its file into keeping; gives where to go on."""
    board, file = given["board"], given["file"]
    item = AgendaItem.objects.filter(pk=given["item"] or 0).select_related("meeting").first()
    if item is not None and item.meeting.board_id != board.pk:
        item = None
    who = {"by": acting.user, "at": acting.at}
    if file is None:
        return begin_paper(board=board, title=given["title"], item=item, **who)
    handed = hand_in_paper(board=board, item=item, name=file.name, content=file.read(LARGEST + 1), **who)
    read_handed_in.enqueue(handed.file_id)
    return handed


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """A paper as it stands for its reader: being written with notes in the margin, or as handed in."""
    paper, standing = read_paper(acting, slug)
    version = latest(paper)
    shared = {
        "paper": paper,
        "standing": standing,
        "house": house(paper),
        "tone": TONES[paper.stage],
        "version": version,
        "next": next_words(paper, standing.elsewhere, acting.on),
        "item": item_words(paper.item, standing.elsewhere),
    }
    if standing.living:
        return render(request, "meetings/desk/paper.html", {**shared, **_living(paper, standing, acting)})
    if version is None:
        raise Http404(_("There is no such paper here."))
    return render(request, "meetings/desk/paper_handed_in.html", {**shared, **_handed_in(version, standing)})


def _living(paper: Paper, standing: Standing, acting: Acting) -> dict[str, Any]:
    text = paper_text(paper)
    found = () if paper.stage in SETTLED else findings(paper, text)
    seal = content_seal(paper, text)
    stated = {row.kind: row for row in paper.implications.all()}
    template = house(paper)
    return {
        "edition": edition_of(paper),
        "sections": _sections(paper),
        "empty": [(each, template.hint(each.title)) for _, each in text.walk() if not each.blocks],
        "findings": note_lines(found),
        "html": noted_html(text, labels_of(template, text), found, image_address=picture_address(paper)),
        "seal": seal,
        "moved_on": bool(paper.versions.exists()) and latest(paper).header.get("content") != seal,
        "appendices": attachments(paper),
        "implications": [(each, stated.get(each.kind)) for each in template.implications],
        "signings": signings(paper, on=acting.on, seal=seal),
        "my_offices": {each.pk for each in acting.user.offices_on(acting.on, paper.board.body)},
        "recommendations": recommendations_in(text),
        "sources": sources_standing(paper.sources.all(), audience=standing.elsewhere),
        "versions": list(paper.versions.order_by("-number").prefetch_related("returns")),
        "returned": _last_return(paper),
        "returnable": standing.manages and _returnable(paper),
        "printed_marking": paper.header.get("printed_marking", ""),
    }


def _returnable(paper: Paper) -> bool:
    """Whether a paper can go back to its author still."""
    held = bool(paper.item and paper.item.meeting.stage == MeetingStage.HELD)
    return paper.stage == PaperStage.SUBMITTED or (paper.stage == PaperStage.ACCEPTED and not held)


def _sections(paper: Paper) -> list[Any]:
    return list(edition_of(paper).placements.select_related("version").order_by("position"))


def _last_return(paper: Paper) -> Any:
    last = latest(paper)
    return last.returns.last() if last and paper.stage == "returned" else None


def _handed_in(version: PaperVersion, standing: Standing) -> dict[str, Any]:
    paper = version.paper
    address = picture_address(paper)
    html = paper_html(version, image_address=address, audience=standing.audience)
    marks = {each.pk: each for each in paper.appendices.all()}
    shown = [
        each
        for each in attached_of(version)
        if each.pk in marks
        and allowed(*chain_of_paper(paper, marks[each.pk].marking, placed=True), audience=standing.audience)
    ]
    return {
        "html": mark_safe(html),  # noqa: S308 - written by our own renderer, which escapes
        "appendices": shown,
        "recommendations": version.recommendations.all(),
    }


@desk_page
def header(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Say what stands in the header of a paper."""
    paper, standing = open_paper(acting, slug, living=True)
    if not standing.writes:
        messages.error(request, _("The paper can be changed only while it is with its author."))
        return redirect(paper)
    names = ("title", "to", "sender", "dated", "owner_office", "house_template")
    initial = {name: getattr(paper, name) for name in names} | {"seen": header_seal(paper)}
    initial |= {f"also_{name}": words for name, words in paper.header.items()}
    form = HeaderForm(request.POST or None, initial=initial, house=house(paper), body=paper.board.body)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            set_header(paper=paper, by=acting.user, at=acting.at, **form.given())
        if done():
            messages.success(request, _("Kept. The header reads so from now on."))
            return redirect(paper)
    return render(
        request, "meetings/desk/paper_header.html", {"paper": paper, "form": form, "heading": _("Header")}
    )


@desk_page
@require_POST
def numbers(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Let the numbers of the file rest."""
    paper, _standing = open_paper(acting, slug, living=True)
    with refusals(request) as done:
        settle_numbers(paper=paper, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("The numbers counted here stand from now on."))
    return redirect(paper)
