"""What was handed in of a paper: each version, and what changed between two of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.compare import compare
from goldthread.meetings.actions.sources import find_sources, keep_as_cited, pin_source
from goldthread.meetings.appendices import attached_of
from goldthread.meetings.desk.paper_frame import open_paper, read_paper
from goldthread.meetings.exports import paper_docx, paper_html, paper_pdf
from goldthread.meetings.models import Paper, PaperVersion, SourceLink
from goldthread.meetings.papers import paper_text, version_text
from goldthread.meetings.reading import picture_address
from goldthread.meetings.sources import candidates, standing
from goldthread.plans.comparing import WRITERS, shown
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.reading import TYPES

NOW = "now"


def _version(paper: Paper, number: int) -> PaperVersion:
    found: PaperVersion = get_object_or_404(PaperVersion, paper=paper, number=number)
    found.paper = paper
    return found


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str, number: int) -> HttpResponse:
    """A version exactly as it was handed in."""
    paper, reader = read_paper(acting, slug, living=True)
    version = _version(paper, number)
    html = paper_html(version, image_address=picture_address(paper), audience=reader.audience)
    context = {
        "paper": paper,
        "version": version,
        "heading": _("Version %(number)s") % {"number": number},
        "html": mark_safe(html),  # noqa: S308 - written by our own renderer, which escapes
        "appendices": attached_of(version),
        "recommendations": version.recommendations.all(),
    }
    return render(request, "meetings/desk/paper_version.html", context)


@desk_page
def version_file(request: HttpRequest, acting: Acting, slug: str, number: int, form: str) -> HttpResponse:
    """A version as Word or PDF."""
    paper, reader = read_paper(acting, slug, living=True)
    version = _version(paper, number)
    if form not in TYPES:
        raise Http404(_("It can be had as Word or as PDF."))
    write = paper_docx if form == "docx" else paper_pdf
    response = HttpResponse(write(version, audience=reader.audience), content_type=TYPES[form])
    name = f"{paper.slug}-version-{number}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@desk_page
def compared(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """What changed between two versions, or since one of them; also as a file."""
    paper, _reader = read_paper(acting, slug, living=True)
    versions = list(paper.versions.order_by("number"))
    if not versions:
        messages.info(request, _("Nothing was handed in yet, so there is nothing to compare with."))
        return redirect(paper)
    names = [str(each.number) for each in versions] + [NOW]
    old = request.GET.get("old", names[-3] if len(versions) > 1 else names[0])
    new = request.GET.get("new", names[-2] if len(versions) > 1 else NOW)
    if old not in names or new not in names:
        raise Http404(_("There is no such version."))
    texts = {str(each.number): each for each in versions}
    sides = [version_text(texts[name]) if name in texts else paper_text(paper) for name in (old, new)]
    comparison = compare(*sides)
    form = request.GET.get("form", "")
    if form in WRITERS:
        said = [_side(name) for name in (old, new)]
        content = WRITERS[form](comparison, at=acting.at, names=(said[0], said[1]))
        response = HttpResponse(content, content_type=TYPES[form])
        response["Content-Disposition"] = content_disposition_header(True, f"{slug}-{old}-to-{new}.{form}")
        return response
    context = {
        "paper": paper,
        "heading": _("What changed"),
        "choices": [(name, _side(name)) for name in names],
        "old": old,
        "new": new,
        "sides": (_side(old), _side(new)),
        "compared": shown(comparison, image_address=picture_address(paper)),
    }
    return render(request, "meetings/desk/paper_compared.html", context)


def _side(name: str) -> str:
    return _("as it is now") if name == NOW else _("version %(number)s") % {"number": name}


@desk_page
def sources(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """The sources of a paper: what each was found to be, and what remains to be said of it."""
    paper, reader = open_paper(acting, slug, living=True)
    rows = [
        (source, candidates(paper, source.link.words) if not source.link.target else ())
        for source in standing(paper.sources.all(), audience=reader.elsewhere)
    ]
    context = {"paper": paper, "standing": reader, "rows": rows, "heading": _("Source documents")}
    return render(request, "meetings/desk/paper_sources.html", context)


@desk_page
@require_POST
def look_for_sources(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Read a paper for what it refers to."""
    paper, _reader = open_paper(acting, slug, living=True)
    found = find_sources(paper=paper, text=paper_text(paper), by=acting.user, at=acting.at)
    messages.success(request, _("Read through: %(count)s references.") % {"count": len(found)})
    return redirect("meetings:desk-paper-sources", slug)


@desk_page
@require_POST
def settle_source(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Say what a reference is, or what the page it names said."""
    paper, _reader = open_paper(acting, slug, living=True)
    link = get_object_or_404(SourceLink, pk=pk, paper=paper)
    link.paper = paper
    offered = {f"{kind} {number}": (kind, number) for (kind, number), _name in candidates(paper, link.words)}
    with refusals(request) as done:
        if request.POST.get("to") in offered:
            pin_source(link=link, to=offered[request.POST["to"]], by=acting.user, at=acting.at)
        else:
            quoted = request.POST.get("quoted", "")
            keep_as_cited(link=link, quoted=quoted, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Kept."))
    return redirect("meetings:desk-paper-sources", slug)
