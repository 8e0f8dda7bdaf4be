"""What is attached to a paper, and the paper as a file."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.audit import vault
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, allowed
from goldthread.files.charts.ours import form_of
from goldthread.files.refused import Refused
from goldthread.meetings.actions.attachments import (
    LARGEST,
    attach,
    attach_edition,
    mark_appendix,
    remove,
    replace,
    settle_finding,
)
from goldthread.meetings.appendices import (
    Attached,
    appendix_pdf,
    attached,
    attached_of,
    fit_for_public,
    leak_findings,
)
from goldthread.meetings.desk.paper_frame import Standing, open_paper, read_paper, step_page
from goldthread.meetings.doors import chain_of_paper
from goldthread.meetings.exports import draft_pdf, paper_docx, paper_pdf
from goldthread.meetings.forms.papers import AttachForm, MarkAppendixForm, PassForm, ReplaceForm
from goldthread.meetings.models import Appendix, Paper, PaperVersion
from goldthread.meetings.papers import edition_of, latest
from goldthread.people.actions import require
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.models import DocumentKind, Edition
from goldthread.plans.queries import documents_for
from goldthread.plans.reading import TYPES

ODT = "application/vnd.oasis.opendocument.text"


@desk_page
def add(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Attach a file, or an edition of a plan as it stands now."""
    paper, standing = open_paper(acting, slug, living=True)
    if not standing.writes:
        messages.error(request, _("Nothing can be attached until the paper is with its author again."))
        return redirect(paper)
    form = AttachForm(request.POST or None, request.FILES or None, editions=_editions(acting, paper))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        named = {"paper": paper, "label": given["label"], "title": given["title"]}
        who = {"by": acting.user, "at": acting.at}
        with refusals(request, form) as done:
            if given["edition"] is not None:
                made = attach_edition(edition=given["edition"], **named, **who)
            else:
                file = given["file"]
                made = attach(name=file.name, content=file.read(LARGEST + 1), **named, **who)
        if done():
            return _after(request, made)
    return step_page(request, paper, form, _("Attach something"), _("Attach it"), files=True)


def _editions(acting: Acting, paper: Paper) -> QuerySet[Edition]:
    kinds = (DocumentKind.PLAN, DocumentKind.STRATEGY)
    documents = documents_for(acting.user, on=acting.on).filter(body=paper.board.body_id, kind__in=kinds)
    return Edition.objects.filter(document__in=documents.values("pk")).select_related("document")


def _after(request: HttpRequest, made: Appendix) -> HttpResponse:
    if made.problems:
        words = _("Attached. It hides something: see what, and what is to be done about it.")
        messages.warning(request, words)
        return redirect("meetings:desk-appendix", made.paper.slug, made.pk)
    messages.success(request, _("Attached. It hides nothing."))
    return redirect(made.paper)


def _appendix(acting: Acting, slug: str, pk: int) -> tuple[Appendix, Standing]:
    """Something attached to a paper now, for whoever may read the paper as it is being written."""
    paper, standing = open_paper(acting, slug, living=True)
    row = get_object_or_404(Appendix, pk=pk, paper=paper, removed_at=None)
    row.paper = paper
    return row, standing


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Something attached: what it hides, how far it may go, another file in its place."""
    row, standing = _appendix(acting, slug, pk)
    form = ReplaceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with refusals(request, form) as done:
            made = replace(
                appendix=row,
                name=file.name,
                content=file.read(LARGEST + 1),
                by=acting.user,
                at=acting.at,
            )
        if done():
            return _after(request, made)
    context = {
        "appendix": row,
        "heading": row.label,
        "paper": row.paper,
        "standing": standing,
        "form": form,
        "findings": leak_findings(row),
        "fit": fit_for_public(row),
    }
    return render(request, "meetings/desk/paper_appendix.html", context)


@desk_page
@require_POST
def take_off(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Take something off a paper."""
    row, _standing = _appendix(acting, slug, pk)
    with refusals(request) as done:
        remove(appendix=row, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("%(label)s was taken off.") % {"label": row.label})
    return redirect(row.paper)


@desk_page
def mark(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Say how far something attached may go, apart from its paper."""
    row, _standing = _appendix(acting, slug, pk)
    require(acting.user, Ability.MARK_EXEMPT, row.paper.board.body, on=acting.on)
    initial = {name: getattr(row, name) for name in ("marking", "reason_code", "reason_words")}
    form = MarkAppendixForm(request.POST or None, initial=initial, board=row.paper.board, on=acting.on)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            mark_appendix(appendix=row, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Marked."))
            return redirect(row.paper)
    heading = _("Who may read %(label)s") % {"label": row.label}
    return step_page(request, row.paper, form, heading, _("Keep the marking"))


@desk_page
def let_pass(request: HttpRequest, acting: Acting, slug: str, pk: int, code: str) -> HttpResponse:
    """Let something that a file carries go to the public, saying why."""
    row, _standing = _appendix(acting, slug, pk)
    require(acting.user, Ability.MARK_EXEMPT, row.paper.board.body, on=acting.on)
    finding = next((each for each in leak_findings(row) if each.code == code), None)
    if finding is None:
        raise Http404(_("That was not found in this file."))
    form = PassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            settle_finding(appendix=row, code=code, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Let pass, with your reason kept beside it."))
            return redirect("meetings:desk-appendix", slug, pk)
    return step_page(
        request, row.paper, form, _("Let it pass"), _("Let it pass"), words=finding.message, tone="warning"
    )


@desk_page
def file(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Something attached, as it was attached; what was handed in for whoever may read only that."""
    paper, standing = read_paper(acting, slug)
    one = _readable(paper, standing, pk)
    try:
        content = appendix_pdf(one) if one.edition is not None else vault.read(one.sha256)
    except (vault.Missing, vault.Altered, Refused):
        raise Http404(_("This file can no longer be given. Tell whoever looks after Goldthread.")) from None
    ending = "pdf" if one.edition is not None else one.name.rpartition(".")[2].lower()
    kind = TYPES.get(ending) or (ODT if ending == "odt" else "application/octet-stream")
    return _sent(content, kind, f"{paper.slug}-{one.pk}.{ending}")


def _readable(paper: Paper, standing: Standing, pk: int) -> Attached:
    """Something attached that the reader of a paper may open: as it is now, or as it was handed in."""
    row = get_object_or_404(Appendix, pk=pk, paper=paper)
    if standing.living:
        return attached(row)
    version = latest(paper)
    found = next((each for each in attached_of(version) if each.pk == pk), None) if version else None
    chain = chain_of_paper(paper, row.marking, placed=True)
    if found is None or not allowed(*chain, audience=standing.audience):
        raise Http404(_("There is no such file."))
    return found


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@desk_page
def whole(request: HttpRequest, acting: Acting, slug: str, form: str) -> HttpResponse:
    """A paper as it stands, as Word in its template or as accessible PDF."""
    paper, standing = read_paper(acting, slug)
    version = latest(paper)
    if form not in TYPES or (not standing.living and version is None):
        raise Http404(_("It can be had as Word or as PDF."))
    if standing.living:
        content = paper_docx(paper) if form == "docx" else draft_pdf(paper)
    else:
        content = _handed_in(version, form, standing.audience)
    return _sent(content, TYPES[form], f"{paper.slug}.{form}")


def _handed_in(version: PaperVersion, form: str, audience: Audience) -> bytes:
    write = paper_docx if form == "docx" else paper_pdf
    return write(version, audience=audience)


@desk_page
def picture(request: HttpRequest, acting: Acting, slug: str, seal: str) -> HttpResponse:
    """A picture of a paper, for whoever may read the words in which it stands."""
    paper, standing = open_paper(acting, slug)
    if standing.living:
        forms = [row.version.form for row in edition_of(paper).placements.select_related("version")]
        forms.extend(version.form for version in paper.versions.all())
    else:
        forms = [get_object_or_404(PaperVersion, pk=getattr(latest(paper), "pk", 0)).form]
    if f"'image': '{seal}'" not in str(forms) or not vault.holds(seal):
        raise Http404(_("There is no such picture."))
    content = vault.read(seal)
    form = form_of(content)
    if not form:
        raise Http404(_("There is no such picture."))
    return HttpResponse(content, content_type=f"image/{form}")
