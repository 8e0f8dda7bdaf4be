"""Reads of reports: which a person may open, what they say, how their records stand against them today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Text
from goldthread.delivery.models import Report, ReportKind, ReportSource
from goldthread.delivery.reporting.changes import RecordChange, changes
from goldthread.delivery.reporting.gathering import PUT, TOLD, Wanted, gather
from goldthread.delivery.reporting.merging import block_seal
from goldthread.delivery.reporting.records import ThemeSaid, read_record
from goldthread.meetings.appendices import frozen_of
from goldthread.meetings.doors import papers_for
from goldthread.meetings.models import PaperVersion
from goldthread.meetings.papers import latest, paper_text, version_text
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.people.queries import bodies_where
from goldthread.plans.texts import text_of


def reports_for(user: User, on: date) -> QuerySet[Report]:
    """The reports that a person may open: of bodies whose drafts they read, in papers that they may read."""
    here = Q(body__in=bodies_where(user, Ability.READ_DRAFTS, on))
    in_paper = Q(paper=None) | Q(paper__in=papers_for(user, on=on).values("pk"))
    related = (
        "body",
        "plan",
        "paper__board__body",
        "paper__item__meeting",
        "paper__author",
        "paper__document",
    )
    rows = Report.objects.filter(here & in_paper).exclude(paper=None, edition=None)
    return rows.select_related(*related, "appendix__paper__board", "edition__document")


def report_for(user: User, pk: int, on: date, ability: Ability = Ability.READ_DRAFTS) -> Report:
    """One report: 404 where it is not theirs to read, 403 where they may not do what they ask."""
    found = reports_for(user, on).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such report here.")
    require(user, ability, found.body, on=on)
    return found


def record_of(report: Report) -> ThemeSaid:
    """What a report was made of, as it was last assembled."""
    return read_record(report.data["record"])


def text_of_report(report: Report, user: User, on: date) -> Text:
    """What a report says: as it was frozen, or as a person may read it while it is written; 404 else."""
    if report.kind == ReportKind.THEME:
        if report.is_frozen and report.appendix is not None:
            return frozen_of(report.appendix).text
        return text_of(report.edition)
    if report.is_frozen:
        return version_text(frozen_version(report))
    if papers_for(user, on=on, living=True).filter(pk=report.paper_id).exists():
        return paper_text(report.paper)
    version = latest(report.paper)
    if version is None:
        raise Http404("There is no such report here.")
    return version_text(version)


def frozen_version(report: Report) -> PaperVersion:
    """The version of its paper with which a report was frozen."""
    return report.paper.versions.filter(text_seal=report.text_seal).order_by("-number")[0]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block of a report comes from: its records; whether a person changed or wrote it."""

    sources: tuple[ReportSource, ...] = ()
    changed: bool = False
    added: bool = False


def origins(report: Report, text: Text) -> dict[str, Origin]:
    """Where each block of a report comes from, by the block's key: one query."""
    written = report.data.get("written", {})
    found: dict[str, list[ReportSource]] = {}
    for row in report.sources.all():
        found.setdefault(row.block_key, []).append(row)
    return {
        block.key: Origin(
            tuple(found.get(block.key, ())),
            block.key in written and block_seal(block) != written[block.key],
            block.key not in written,
        )
        for _, section in text.walk()
        for block in section.blocks
    }


def changed_since(report: Report, until: date, at: datetime) -> tuple[RecordChange, ...]:
    """What the records of a report say, up to a day, that it does not say."""
    frozen, paper = record_of(report), report.paper
    theme = report.kind == ReportKind.THEME
    wanted = Wanted(
        report.plan,
        report.theme_key,
        report.theme_title,
        report.year,
        frozen.since,
        max(frozen.until, until),
        paper.board if paper else None,
        None,
        at,
        paper,
        stages=PUT if theme else TOLD,
    )
    live = gather(wanted, charts=not theme).said
    return changes(frozen, replace(live, source=frozen.source))
