"""Reports freeze when their paper is accepted: their data, what each block came from, and the words' seal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from goldthread.audit import record
from goldthread.core.problems import Problem
from goldthread.core.text import seal_of
from goldthread.delivery.models import Report, ReportKind, ReportSource
from goldthread.meetings import followers
from goldthread.meetings.models import Paper, PaperVersion
from goldthread.people.models import User


def report_seal(report: Report) -> str:
    """The seal of all that a frozen report says and was made of."""
    time = [report.since.isoformat() if report.since else "", report.until.isoformat()]
    about = [report.kind, report.plan_id, report.theme_key, report.theme_title, report.year, *time]
    return seal_of([about, report.data, report.text_seal, [_source(row) for row in report.sources.all()]])


def _source(row: ReportSource) -> list[Any]:
    return [row.position, row.block_key, row.kind, row.ref_id, row.label, row.address, row.seal]


def reports_in(paper: Paper) -> QuerySet[Report]:
    """Every report that is a paper, or is attached to it now."""
    attached = Q(appendix__paper=paper, appendix__removed_at=None)
    return Report.objects.filter(Q(paper=paper) | attached).select_related("body", "appendix")


class ReportFollower:
    """Freezes the reports of a paper that is accepted; begins a new draft of them where it is returned."""

    def accepted(self, paper: Paper, version: PaperVersion, *, by: User, at: datetime) -> None:
        """Freeze each report with the words in which it was handed in."""
        attached = {each["pk"]: each["sha256"] for each in version.appendices}
        for report in reports_in(paper).filter(frozen_at=None):
            seal = version.text_seal if report.paper_id else attached.get(report.appendix_id, "")
            if seal:
                _freeze(report, seal, by, at)

    def returned(self, paper: Paper, *, by: User, at: datetime) -> None:
        """Go on with a copy of each frozen report; the frozen one stays as the board was given it."""
        open_ones = set(reports_in(paper).filter(frozen_at=None).values_list("kind", "theme_key"))
        for report in reports_in(paper).filter(frozen_at__isnull=False).order_by("-pk"):
            if (report.kind, report.theme_key) not in open_ones:
                open_ones.add((report.kind, report.theme_key))
                _go_on(report, by, at)


def _freeze(report: Report, text_seal: str, by: User, at: datetime) -> None:
    report.frozen_at, report.frozen_by, report.text_seal = at, by.name, text_seal
    report.seal = report_seal(report)
    report.save(update_fields=["frozen_at", "frozen_by", "text_seal", "seal"])
    record(report, "froze", by=by, at=at, body=report.body, seal=report.seal, text=text_seal)


def _go_on(report: Report, by: User, at: datetime) -> None:
    sources = list(report.sources.all())
    begun = Report.objects.get(pk=report.pk)
    begun.pk, begun._state.adding = None, True
    begun.frozen_at, begun.frozen_by, begun.text_seal, begun.seal = None, "", "", ""
    begun.made_at, begun.made_by = at, by.name
    begun.save(force_insert=True)
    for row in sources:
        row.pk, row.report, row._state.adding = None, begun, True
    ReportSource.objects.bulk_create(sources)
    record(begun, "went on from a frozen report", by=by, at=at, body=begun.body, frozen=report.seal)


def frozen_reports() -> Iterator[Problem]:
    """Every frozen report that is not as it was frozen, or whose paper was not handed in with its words."""
    rows = Report.objects.filter(frozen_at__isnull=False).prefetch_related("sources")
    for row in rows.iterator(chunk_size=20):
        where = f"Report {row.pk}, “{row}”"
        if report_seal(row) != row.seal:
            yield Problem(where, "It is not as it was frozen.", "report-altered")
        elif row.kind == ReportKind.IN_DEPTH and not _handed_in(row):
            yield Problem(where, "Its paper was never handed in with these words.", "report-altered")


def _handed_in(report: Report) -> bool:
    return PaperVersion.objects.filter(paper=report.paper_id, text_seal=report.text_seal).exists()


def register_own() -> None:
    """Follow papers from here on."""
    followers.register(_follower)


_follower = ReportFollower()
