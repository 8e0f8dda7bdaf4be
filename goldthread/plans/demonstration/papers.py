"""The two board papers of the demonstration, read in as they stand by the same steps as any file."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from goldthread.people.models import Body, User
from goldthread.plans.actions.imports import hand_in, keep_import, read_file
from goldthread.plans.models import DocumentKind, FileImport

FOLDER = Path(__file__).parent / "board"


class Paper(NamedTuple):
    """A paper: its file, the title to hold it under, and the meeting it went to."""

    file: str
    title: str
    dated: date


PAPERS = (
    Paper(
        "bcb-2014-10-02-objective-1-update.docx",
        "Police and Crime Plan: Objective 1 update",
        date(2014, 10, 2),
    ),
    Paper(
        "bcb-2019-04-04-delivery-of-the-plan.docx",
        "Delivery of the Police and Crime Plan",
        date(2019, 4, 4),
    ),
)


def read_in(*, body: Body, by: User) -> None:
    """Hand in, read and keep both papers."""
    for paper in PAPERS:
        at = datetime.combine(paper.dated, time(9), ZoneInfo("Europe/London"))
        handed = hand_in(
            body=body,
            name=paper.file,
            content=(FOLDER / paper.file).read_bytes(),
            kind=DocumentKind.PAPER,
            into=None,
            by=by,
            at=at,
        )
        read_file(pk=handed.pk, at=at)
        keep_import(
            handed=FileImport.objects.select_related("body", "into").get(pk=handed.pk),
            title=paper.title,
            label=f"Board of {paper.dated:%-d %B %Y}",
            made_by="Business Coordination Board",
            dated=paper.dated,
            plain=(),
            by=by,
            at=at,
        )
