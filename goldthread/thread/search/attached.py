"""Reading attached files once, in a worker, so that their words are found; each in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from goldthread.audit import vault
from goldthread.files.pdf.words import words_in_child
from goldthread.files.refused import Refused
from goldthread.meetings.appendices import appendix_text, attached
from goldthread.meetings.models import Appendix
from goldthread.thread.models import Reading
from goldthread.thread.search.entries import LONGEST, words_in
from goldthread.thread.search.keeping import put_again
from goldthread.thread.search.sources import SOURCES

GONE = "The file is missing or was altered."


def unread(papers: Sequence[int] | None = None) -> dict[int, list[Appendix]]:
    """The attached files of some papers, or of all, that nobody has read yet, by paper."""
    rows = Appendix.objects.filter(removed_at=None, edition=None).exclude(sha256="")
    if papers is not None:
        rows = rows.filter(paper__in=papers)
    found: dict[int, list[Appendix]] = {}
    for row in rows.exclude(sha256__in=Reading.objects.values("sha256")):
        found.setdefault(row.paper_id, []).append(row)
    return found


def ask_for_readings(papers: Sequence[int] | None = None) -> None:
    """Have a worker read what is attached to some papers, or to all, once that is committed."""
    for paper in unread(papers):
        transaction.on_commit(partial(read_attached.enqueue, paper))


@task()
def read_attached(paper: int) -> None:
    """Read the files attached to a paper that nobody has read yet; safe to run twice."""
    read_now([paper])


def read_now(papers: Sequence[int] | None = None) -> int:
    """Read every attached file of some papers, or of all, that is not read yet; says how many there were."""
    count = 0
    for paper, rows in unread(papers).items():
        for row in rows:
            words, refused = _read(row)
            given = {"words": words, "refused": refused[:300], "read_at": timezone.now()}
            Reading.objects.get_or_create(sha256=row.sha256, defaults=given)
            count += 1
        put_again(SOURCES["paper"], [paper])
    return count


def _read(row: Appendix) -> tuple[str, str]:
    """The words of a file, or why there are none."""
    one = attached(row)
    try:
        if one.is_pdf:
            words = words_in_child(vault.read(row.sha256))
        else:
            text = appendix_text(one)
            words = words_in(text.sections) if text else ""
    except Refused as refused:
        return "", refused.reason
    except (vault.Missing, vault.Altered):
        return "", GONE
    return words.replace("\x00", "")[:LONGEST], ""
