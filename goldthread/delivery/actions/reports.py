"""Assemble reports: in depth into a draft paper, a theme's document into an appendix; and assemble again."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.years import year_days, year_words
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import new_key
from goldthread.delivery.actions.report_rows import Writer, keep_charts, keep_report, weave_in, written
from goldthread.delivery.models import Report, ReportKind
from goldthread.delivery.reporting.gathering import PUT, Gathered, Wanted, first_day, gather
from goldthread.delivery.reporting.in_depth import in_depth_title
from goldthread.delivery.themes import themes_of
from goldthread.meetings.actions.attachments import attach_again, attach_edition
from goldthread.meetings.actions.paper_rows import require_writer
from goldthread.meetings.actions.papers import begin_paper
from goldthread.meetings.models import AgendaItem, Board, Meeting, Paper, PaperStage
from goldthread.meetings.papers import OPEN_STAGES, edition_of
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.actions.editions import begin_kept, free_slug
from goldthread.plans.models import Document, DocumentKind

LABELS = tuple(f"Appendix {chr(65 + at)}" for at in range(26))
"""How the documents of a plan's themes are cited, in the order of the themes."""


@transaction.atomic
def assemble_in_depth(
    *,
    plan: Document,
    theme_key: str,
    year: int,
    until: date,
    since: date | None = None,
    board: Board | None = None,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    by: User,
    at: datetime,
) -> Report:
    """Assemble an in-depth report on a theme into a new draft paper, its charts kept as the board sees them.

    It tells of the time from ``since`` (else since the board last saw the theme, or approved its
    priorities) to ``until``. Refused where nothing was approved, or where one is being written already.
    """
    require(by, Ability.WRITE_DELIVERY, plan.body, on=localdate(at))
    meeting = item.meeting if item is not None else meeting
    board = meeting.board if meeting is not None else board
    if board is None:
        raise ValidationError({"board": _("Say for which board or meeting the report is.")})
    Document.objects.select_for_update().get(pk=plan.pk)
    _refuse_second(plan, theme_key, year, board)
    title = _theme_title(plan, theme_key, year, localdate(at))
    since = since or first_day(plan, theme_key, year, on=until)
    _refuse_time(since, until, localdate(at))
    wanted = Wanted(plan, theme_key, title, year, since, until, board, by, at, meeting=meeting)
    gathered = gather(wanted)
    if not gathered.said.priorities:
        words = _(
            "The board approved no priority for action on %(theme)s in %(year)s: there is nothing to report."
        )
        raise ValidationError(words % {"theme": title, "year": year_words(year)})
    report = _begin(plan, theme_key, title, year, ReportKind.IN_DEPTH, since, until, by, at)
    said, composed = written(report, gathered)
    dated = meeting.on if meeting is not None else None
    report.paper = begin_paper(
        board=board, title=in_depth_title(said), dated=dated, item=item, text=composed.text, by=by, at=at
    )
    said = keep_charts(said, gathered.charted, report.paper, Writer(by, at))
    keep_report(report, said, composed, at)
    facts = {"paper": report.paper.slug, "since": since, "until": until, "sources": len(composed.sources)}
    record(report, "assembled an in-depth report", by=by, at=at, body=plan.body, **facts)
    return report


@transaction.atomic
def assemble_theme_document(
    *,
    plan: Document,
    theme_key: str,
    year: int,
    paper: Paper | None = None,
    label: str = LABELS[0],
    by: User,
    at: datetime,
) -> Report:
    """Assemble a theme's document: a text of its own, attached to a draft paper where one is given."""
    on = localdate(at)
    require(by, Ability.WRITE_DELIVERY, plan.body, on=on)
    title = _theme_title(plan, theme_key, year, on)
    gathered = _gather_document(plan, theme_key, title, year, at)
    if not gathered.said.priorities:
        words = _("There is no priority for action on %(theme)s in %(year)s yet. Draft one first.")
        raise ValidationError(words % {"theme": title, "year": year_words(year)})
    said = gathered.said
    report = _begin(plan, theme_key, title, year, ReportKind.THEME, said.since, said.until, by, at)
    said, composed = written(report, gathered)
    name = f"{title} priorities {year_words(year)}"
    report.edition = begin_kept(
        body=plan.body,
        kind=DocumentKind.THEME,
        name=name[:200],
        slug=free_slug(name, Document.objects.values_list("slug", flat=True)),
        text=composed.text,
        label=plan.title[:120],
        by=by,
        at=at,
    )
    keep_report(report, said, composed, at)
    if paper is not None:
        attach_document(report=report, paper=paper, label=label, by=by, at=at)
    record(
        report, "assembled a theme’s document", by=by, at=at, body=plan.body, sources=len(composed.sources)
    )
    return report


@transaction.atomic
def assemble_theme_documents(
    *, plan: Document, year: int, paper: Paper, by: User, at: datetime
) -> tuple[Report, ...]:
    """Assemble the documents of all themes that have priorities in a year as Appendix A, B, C… of a paper."""
    found = plan.priorities.filter(year=year, stage__in=PUT)
    keys = set(found.values_list("theme_key", flat=True))
    themes = [each for each in themes_of(plan, localdate(at), found) if each.key in keys]
    taken = {
        each.casefold() for each in paper.appendices.filter(removed_at=None).values_list("label", flat=True)
    }
    labels = (label for label in LABELS if label.casefold() not in taken)
    if not themes:
        words = _("There is no priority for action in %(year)s yet. Draft the priorities first.")
        raise ValidationError(words % {"year": year_words(year)})
    return tuple(
        assemble_theme_document(
            plan=plan, theme_key=each.key, year=year, paper=paper, label=label, by=by, at=at
        )
        for each, label in zip(themes, labels, strict=False)
    )


@transaction.atomic
def attach_document(*, report: Report, paper: Paper, label: str, by: User, at: datetime) -> None:
    """Attach a theme's document to a draft paper exactly as it stands now."""
    require(by, Ability.WRITE_DELIVERY, report.body, on=localdate(at))
    _refuse_frozen(report)
    if report.edition is None:
        raise ValidationError(_("Only a theme’s document is attached; an in-depth report is a paper itself."))
    if report.appendix is not None and report.appendix.removed_at is None:
        words = _("It is attached to “%(paper)s” already. Take it off there first.")
        raise ValidationError(words % {"paper": report.appendix.paper.title})
    report.appendix = attach_edition(
        paper=paper, label=label, title=report.edition.title, edition=report.edition, by=by, at=at
    )
    report.save(update_fields=["appendix"])
    record(report, "attached a theme’s document", by=by, at=at, body=report.body, paper=paper.slug)


@transaction.atomic
def assemble_again(
    *, report: Report, since: date | None = None, until: date | None = None, by: User, at: datetime
) -> tuple[str, ...]:
    """Write a report anew from the records as they are, keeping every word that a person changed.

    Gives the keys of the blocks that stay as a person wrote them although the records say otherwise by
    now. Refused once it is frozen, and while its paper is not with its author.
    """
    require(by, Ability.WRITE_DELIVERY, report.body, on=localdate(at))
    report = _held(report)
    since, until = since or report.since, until or report.until
    before = report.data["written"]
    if report.kind == ReportKind.THEME:
        gathered = _gather_document(report.plan, report.theme_key, report.theme_title, report.year, at)
        said, composed = written(report, gathered)
        kept = weave_in(report.edition, composed.text, before, Writer(by, at))
        if report.appendix is not None and report.appendix.removed_at is None:
            attach_again(appendix=report.appendix, by=by, at=at)
    else:
        require_writer(by, report.paper, at)
        _refuse_time(since, until, localdate(at))
        gathered = gather(_wanted_again(report, since, until, at))
        said, composed = written(report, gathered)
        kept = weave_in(edition_of(report.paper), composed.text, before, Writer(by, at))
        said = keep_charts(said, gathered.charted, report.paper, Writer(by, at))
    keep_report(report, said, composed, at)
    record(report, "assembled again", by=by, at=at, body=report.body, until=report.until, kept=len(kept))
    return kept


def _wanted_again(report: Report, since: date, until: date, at: datetime) -> Wanted:
    paper = report.paper
    about = (report.plan, report.theme_key, report.theme_title, report.year)
    meeting = paper.item.meeting if paper.item else None
    return Wanted(*about, since, until, paper.board, paper.author, at, paper, meeting)


def _held(report: Report) -> Report:
    """The row as it is now, held until the commit; refused once it is frozen."""
    Report.objects.select_for_update().get(pk=report.pk)
    related = ("body", "plan__body", "paper__board__body", "paper__item__meeting", "paper__author")
    found = Report.objects.select_related(*related, "appendix__paper", "edition__document").get(pk=report.pk)
    _refuse_frozen(found)
    return found


def _refuse_frozen(report: Report) -> None:
    if report.is_frozen:
        words = _("It was frozen on %(day)s and stays as the board has it. Assemble a new one.")
        raise ValidationError(words % {"day": f"{localdate(report.frozen_at):%-d %B %Y}"})


def _refuse_second(plan: Document, theme_key: str, year: int, board: Board) -> None:
    open_ones = Report.objects.filter(
        plan=plan, theme_key=theme_key, year=year, kind=ReportKind.IN_DEPTH, frozen_at=None
    )
    stages = (*OPEN_STAGES, PaperStage.SUBMITTED)
    found = open_ones.filter(paper__board=board, paper__stage__in=stages).select_related("paper").first()
    if found is not None:
        words = _("“%(paper)s” is being written already. Open it and assemble it again, or withdraw it.")
        raise ValidationError(words % {"paper": found.paper.title})


def _refuse_time(since: date, until: date, on: date) -> None:
    if until > on:
        raise ValidationError({"until": _("That day has not come yet.")})
    if since > until:
        raise ValidationError({"since": _("Begin on or before the last day that the report tells of.")})


def _theme_title(plan: Document, key: str, year: int, on: date) -> str:
    """What a theme is called today; one that the plan has no more, as its priorities call it."""
    priorities = plan.priorities.filter(year=year, theme_key=key)
    found = next((each for each in themes_of(plan, on, priorities) if each.key == key), None)
    if found is None:
        raise ValidationError({"theme_key": _("Choose a theme: a top section of the plan.")})
    return found.title


def _gather_document(plan: Document, key: str, title: str, year: int, at: datetime) -> Gathered:
    starts, _ends = year_days(year)
    on = localdate(at)
    wanted = Wanted(plan, key, title, year, min(starts, on), on, None, None, at, stages=PUT)
    return gather(wanted, charts=False)


def _begin(
    plan: Document,
    theme_key: str,
    title: str,
    year: int,
    kind: str,
    since: date,
    until: date,
    by: User,
    at: datetime,
) -> Report:
    return Report.objects.create(
        body=plan.body,
        kind=kind,
        plan=plan,
        theme_key=theme_key,
        theme_title=title,
        year=year,
        since=since,
        until=until,
        data={"key": new_key()},
        made_at=at,
        made_by=by.name,
        assembled_at=at,
    )
