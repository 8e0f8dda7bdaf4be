"""What is handed out as files: an edition as Word and PDF, what changed, the panel's bundle."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from goldthread.audit import vault
from goldthread.plans.comparing import compared_docx, compared_pdf
from goldthread.plans.models import Edition
from goldthread.plans.reading import TYPES, edition_docx, edition_pdf

LARGEST = 50 * 1024 * 1024


def bundle_files(edition: Edition) -> list[dict[str, Any]]:
    """Make and keep the files for the panel: the plan, and what changed since its parent edition.

    Slow (seconds); call it before a transaction, never inside one.
    """
    stem = f"{edition.document.slug}-{edition.slug}"
    named = f"{edition.title}, {edition.label}"
    made = [
        (f"{stem}.pdf", f"{named} (PDF)", edition_pdf(edition)),
        (f"{stem}.docx", f"{named} (Word)", edition_docx(edition)),
    ]
    if edition.parent is not None:
        since = f"What changed since {edition.parent.label}"
        parent = edition.parent
        made += [
            (f"{stem}-changes.pdf", f"{since} (PDF)", compared_pdf(parent, edition)),
            (f"{stem}-changes.docx", f"{since} (Word, tracked changes)", compared_docx(parent, edition)),
        ]
    return [
        {"name": name, "words": words, "sha256": vault.keep(content), "size": len(content)}
        for name, words, content in made
    ]


def keep_attachment(file: UploadedFile | None) -> tuple[dict[str, Any], ...]:
    """Keep a file handed in with evidence, for the office only; nothing where there is none."""
    if file is None:
        return ()
    if file.size > LARGEST:
        raise ValidationError({"file": f"The file is larger than {LARGEST // 2**20} MB."})
    name = file.name.replace("\\", "/").rpartition("/")[2][:200]
    return (
        {"name": name, "words": name, "sha256": vault.keep(file.read()), "size": file.size, "public": False},
    )


def open_file(entry: dict[str, Any]) -> HttpResponse:
    """One kept file, as a download under its own name."""
    try:
        kept = vault.open_kept(entry["sha256"])
    except vault.Missing:
        raise Http404("This file is no longer kept here. Restore it from a backup.") from None
    kind = TYPES.get(entry["name"].rpartition(".")[2], "application/octet-stream")
    response = FileResponse(kept, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, entry["name"])
    return response
