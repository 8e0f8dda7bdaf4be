"""Public pages and files of papers: each asks again, every time, whether the public may have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from goldthread.audit import vault
from goldthread.core.text import Figure, numbers
from goldthread.files.charts.ours import form_of
from goldthread.files.html_blocks import text_html
from goldthread.meetings import published
from goldthread.meetings.appendices import appendix_pdf, frozen_of
from goldthread.meetings.exports import paper_docx, paper_html, paper_pdf
from goldthread.meetings.models import Appendix, Meeting, PaperVersion
from goldthread.meetings.papers import version_text
from goldthread.meetings.published import PUBLIC, Opened
from goldthread.meetings.site.answering import answered, public_page
from goldthread.plans.reading import keep, kept, renderer
from goldthread.plans.site.answer import PAGE, answer
from goldthread.plans.site.editions import download

WRITERS: dict[str, Callable[..., bytes]] = {"pdf": paper_pdf, "docx": paper_docx}


def _opened(board: str, meeting: str, paper: str) -> tuple[Meeting, Opened]:
    found = published.meeting_of(board, meeting)
    return found, published.paper_of(found, paper)


@public_page
def paper(request: HttpRequest, board: str, meeting: str, paper: str) -> HttpResponse:
    """One paper as it was accepted for the meeting, to be read."""
    found, opened = _opened(board, meeting, paper)
    html = paper_html(
        opened.version, image_address=partial(_picture, board, meeting, paper), audience=PUBLIC, level=2
    )
    context = {
        "meeting": found,
        "board": found.board,
        "item": opened.item,
        "line": published.paper_line(found, opened.paper),
        "version": opened.version,
        "paper": opened.paper.paper,
        "html": mark_safe(html),  # noqa: S308 - written by our own renderer, which escapes
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/paper.html", context)


def _picture(board: str, meeting: str, paper: str, seal: str) -> str:
    return reverse("meetings:site-paper-picture", args=[board, meeting, paper, seal]) if seal else ""


@require_safe
def paper_file(request: HttpRequest, board: str, meeting: str, paper: str, form: str) -> HttpResponse:
    """One paper as accessible PDF, or as Word in its template."""
    found, opened = _opened(board, meeting, paper)
    if form not in WRITERS:
        raise Http404("A paper can be had as PDF or as Word.")
    content = WRITERS[form](opened.version, audience=PUBLIC)
    return answered(request, download(content, form, f"{found.board.slug}-{found.slug}-{paper}.{form}"))


@require_safe
def picture(request: HttpRequest, board: str, meeting: str, paper: str, seal: str) -> HttpResponse:
    """A picture that stands in an open paper, and no other."""
    _found, opened = _opened(board, meeting, paper)
    if seal not in _pictures(opened.version) or not vault.holds(seal):
        raise Http404("There is no such picture.")
    content = vault.read(seal)
    return answered(request, HttpResponse(content, content_type=f"image/{form_of(content)}"))


def _pictures(version: PaperVersion) -> set[str]:
    sections = (section for _depth, section in version_text(version).walk())
    return {block.image for section in sections for block in section.blocks if isinstance(block, Figure)}


@public_page
def appendix(request: HttpRequest, board: str, meeting: str, paper: str, pk: int) -> HttpResponse:
    """A plan that is an appendix, to be read in just the words that the meeting had before it."""
    found, opened = _opened(board, meeting, paper)
    row = published.appendix_of(opened, pk)
    if row.edition_id is None:
        raise Http404("This appendix is a file.")
    context = {
        "meeting": found,
        "board": found.board,
        "item": opened.item,
        "line": published.paper_line(found, opened.paper),
        "appendix": row,
        "html": mark_safe(_frozen_html(row)),  # noqa: S308 - written by our own renderer, which escapes
        "pdf": reverse("meetings:site-appendix-file", args=[board, meeting, paper, pk, "appendix.pdf"]),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "meetings/site/appendix.html", context)


def _frozen_html(row: Appendix) -> str:
    """The words of an attached plan, rendered once by the seal of what was attached."""
    name = f"{renderer()} appendix text {row.sha256}"
    found = kept((name,)).get(name)
    if found is None:
        frozen = frozen_of(row)
        labels = numbers(frozen.text)
        found = text_html(frozen.text, labels, hidden=frozen.hidden, level=2, image_address=lambda _seal: "")
        keep({name: found}, at=row.added_at)
    return found


@require_safe
def appendix_file(
    request: HttpRequest, board: str, meeting: str, paper: str, pk: int, name: str
) -> HttpResponse:
    """An appendix as the file that was attached; a plan as PDF of the words that were attached."""
    found, opened = _opened(board, meeting, paper)
    row = published.appendix_of(opened, pk)
    if row.edition_id is not None:
        content = appendix_pdf(row)
        return answered(request, download(content, "pdf", f"{found.board.slug}-{found.slug}-appendix.pdf"))
    if not vault.holds(row.sha256):
        raise Http404("This file is not kept here.")
    form = "pdf" if row.name.lower().endswith(".pdf") else row.name.rpartition(".")[2].lower()
    return answered(request, download(vault.read(row.sha256), form, row.name))


@require_safe
def pack(request: HttpRequest, board: str, meeting: str, ordinal: int = 0) -> HttpResponse:
    """The newest pack for the public that was released, or a supplement to it."""
    found = published.meeting_of(board, meeting)
    row = published.pack_of(found, ordinal)
    if not vault.holds(row.sha256):
        raise Http404("This pack is not kept here.")
    name = f"supplement-{ordinal}" if ordinal else "pack"

    def make() -> HttpResponse:
        return download(vault.read(row.sha256), "pdf", f"{found.board.slug}-{found.slug}-{name}.pdf")

    return answer(request, seals=[row.sha256], changed=row.released_at, make=make, lifetime=PAGE)
