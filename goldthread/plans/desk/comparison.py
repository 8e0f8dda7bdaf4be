"""Compare two editions of a document, or two files that nobody keeps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from goldthread.core.compare import compare
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.stages import Move
from goldthread.core.text import Text
from goldthread.files.apart import read_in_child
from goldthread.files.refused import Refused
from goldthread.files.sections import to_text
from goldthread.plans.actions.imports import LARGEST
from goldthread.plans.comparing import WRITERS, compared, compared_file, shown, table_csv
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.plans.forms import CompareFilesForm
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.plans.queries import document_for, editions_for, standings_of
from goldthread.plans.reading import TYPES


@desk_page
def editions(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """What changed between two editions of a document, drafts included; also as a file."""
    document = document_for(acting.user, slug, on=acting.on)
    rows = list(editions_for(acting.user, document, on=acting.on).order_by("made_at", "pk"))
    old, new = _chosen(rows, request)
    if old is None or new is None:
        return render(request, "plans/desk/compare.html", {"document": document, "editions": rows})
    for edition in (old, new):
        edition.document = document
    form = request.GET.get("form", "")
    if form in WRITERS:
        content = compared_file(old, new, form)
        return _download(content, form, f"{slug}-{old.slug}-to-{new.slug}")
    page = compared(old, new, approved=_approvals(document, new))
    if form == "csv":
        response = HttpResponse(table_csv(page), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{slug}-{old.slug}-to-{new.slug}.csv"'
        return response
    context = {"document": document, "editions": rows, "old": old, "new": new, "compared": page}
    return render(request, "plans/desk/compare.html", context)


def _chosen(rows: list[Edition], request: HttpRequest) -> tuple[Edition | None, Edition | None]:
    """The two editions asked for; by default the newest and its parent."""
    by_slug = {row.slug: row for row in rows}
    if "new" in request.GET or "old" in request.GET:
        old, new = by_slug.get(request.GET.get("old", "")), by_slug.get(request.GET.get("new", ""))
        if old is None or new is None:
            raise Http404(_("There is no such edition."))
        return old, new
    newest = rows[-1] if rows else None
    parent = next((row for row in rows if newest and row.pk == newest.parent_id), None)
    return parent, newest


def _approvals(document: Document, new: Edition) -> dict[str, str]:
    """Whether the board's approval of each section stands, for a draft that was approved before."""
    if document.kind != DocumentKind.PLAN or new.is_sealed:
        return {}
    approval = next(s for s in standings_of(new) if s.gate.move is Move.APPROVE)
    keys = new.placements.values_list("key", flat=True)
    if approval.evidence is None:
        return dict.fromkeys(keys, _("needs approval"))
    changed = {drift.key for drift in approval.changed}
    return {key: _("needs approval") if key in changed else _("approval stands") for key in keys}


def _download(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    return response


@desk_page
def files(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Compare two files; neither is kept."""
    acting.body_where(Ability.READ_DESK)
    form = CompareFilesForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "plans/desk/compare_files.html", {"form": form})
    texts: list[Text] = []
    for name in ("old", "new"):
        given = form.cleaned_data[name]
        try:
            texts.append(to_text(read_in_child(given.read(LARGEST + 1), name=given.name)).text)
        except Refused as refusal:
            form.add_error(name, str(refusal))
    if form.errors:
        return render(request, "plans/desk/compare_files.html", {"form": form})
    comparison = compare(*texts)
    wanted = form.cleaned_data["form"]
    if wanted in WRITERS:
        return _download(WRITERS[wanted](comparison, at=acting.at), wanted, "what-changed")
    context = {
        "form": form,
        "compared": shown(comparison),
        "names": [form.cleaned_data[n].name for n in ("old", "new")],
    }
    return render(request, "plans/desk/compare_files.html", context)
