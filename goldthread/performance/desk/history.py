"""What happened to a series: charts that were shown, figures revised, re-bases, breaks, words, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from goldthread.files.charts.amounts import amount
from goldthread.files.charts.model import ControlChart, Frequency, Unit
from goldthread.files.charts.periods import brief, named
from goldthread.meetings.doors import decisions_for, papers_for
from goldthread.meetings.models import Decision, PaperStage
from goldthread.performance.desk.approvals import public_address
from goldthread.performance.desk.frame import About, can_of, open_measure
from goldthread.performance.desk.measures import deeds, series_in
from goldthread.performance.desk.rebases import OUTCOMES
from goldthread.performance.drawing import drawing_of
from goldthread.performance.judging import unit_of
from goldthread.performance.models import Narrative, Release, ShownChart, ShownTo
from goldthread.performance.queries import breaks_in, rebases_of
from goldthread.performance.series import Point, Series
from goldthread.performance.sheets import Column, Sheet, sheet_of, table_of, told
from goldthread.performance.shown import Shown, shown_of
from goldthread.plans.desk.frame import Acting, desk_page
from goldthread.web.templatetags.web import day, short_day


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """All that was shown, revised, re-based and said of a series."""
    about = open_measure(request, acting, slug)
    series = series_in(about)
    can = can_of(acting, about.measure.body)
    frequency = Frequency(series.defined.frequency) if series is not None else Frequency.MONTH
    context: dict[str, Any] = {
        "about": about,
        "here": _("What was shown"),
        "shown": _shown_rows(about, acting),
        "releases": list(_releases(about, can)),
        "revisions": revisions(series) if series is not None else None,
        "rebases": list(_rebases(about, frequency)),
        "breaks": list(_breaks(about, frequency)),
        "narratives": Narrative.objects.filter(measure=about.measure, area=about.area)[:12],
        "decisions": list(_decisions(about, acting)),
        "deeds": list(deeds(about, can)) if series is not None else [],
    }
    return render(request, "performance/desk/history.html", context)


def _shown_rows(about: About, acting: Acting) -> list[dict[str, Any]]:
    rows = ShownChart.objects.filter(measure=about.measure, area=about.area).exclude(to=ShownTo.PUBLIC)
    rows = rows.select_related("paper__board", "meeting__board", "measure", "area")
    mine = set(papers_for(acting.user, on=acting.on).values_list("pk", flat=True))
    return [
        {
            "at": row.on,
            "href": about.path("desk-shown", row.pk),
            "title": occasion(row, mine),
            "words": _("Figures to %(period)s. Kept by %(who)s.")
            % {
                "period": brief(row.last_period, Frequency.MONTH) if row.last_period else "–",
                "who": row.by_name,
            },
            "status": status,
            "tone": tone,
        }
        for row in rows
        for status, tone in [_kept_for(row)]
    ]


def _kept_for(row: ShownChart) -> tuple[str, str]:
    if row.to == ShownTo.REBASE:
        return _("Before a re-base"), "calm"
    return (_("Not reported yet"), "warn") if _waits(row) else (_("Reported"), "gold")


def _waits(row: ShownChart) -> bool:
    """Whether a chart stands in a paper that was not accepted for any agenda."""
    return row.paper is not None and row.paper.stage != PaperStage.ACCEPTED


def occasion(row: ShownChart, mine: set[int]) -> str:
    """For what a chart was kept, naming a paper only to those who may read it."""
    if row.to == ShownTo.REBASE:
        return _("As it stood before its usual range was re-based")
    board = (row.paper and row.paper.board) or (row.meeting and row.meeting.board)
    on = day(row.on)
    if board is not None and row.paper is not None and _waits(row):
        words = _("Put in “%(paper)s”, a paper for %(board)s, on %(day)s")
        if row.paper_id not in mine:
            words = _("Put in a paper for %(board)s on %(day)s")
        return words % {"board": board.name, "day": on, "paper": row.paper.title}
    if row.paper is not None and row.paper_id in mine:
        return _("As reported to %(board)s on %(day)s, in “%(paper)s”") % {
            "board": board.name,
            "day": on,
            "paper": row.paper.title,
        }
    if board is not None:
        return _("As reported to %(board)s on %(day)s") % {"board": board.name, "day": on}
    return _("As kept on %(day)s") % {"day": on}


def _releases(about: About, can: dict[str, bool]) -> Iterator[dict[str, Any]]:
    rows = Release.objects.filter(measure=about.measure, area=about.area).select_related("measure", "area")
    standing = rows.filter(withdrawn_at__isnull=True).order_by("-number").first()
    for row in rows.order_by("-number"):
        status, tone = _("Replaced"), "calm"
        if row.withdrawn_at is not None:
            status, tone = _("Withdrawn"), "bad"
        elif standing is not None and row.pk == standing.pk:
            status, tone = _("Public"), "good"
        words = _("Approved by %(who)s.") % {"who": row.approved_by}
        if row.withdrawn_reason:
            words += f" {row.withdrawn_reason}"
        yield {
            "pk": row.pk,
            "at": row.approved_at,
            "title": _("Release %(n)d") % {"n": row.number},
            "href": public_address(row),
            "status": status,
            "tone": tone,
            "words": words,
            "withdraw": about.path("desk-withdraw", row.number)
            if can["approve"] and row.withdrawn_at is None
            else "",
        }


def revisions(series: Series) -> Sheet:
    """Every figure that is not what was first reported: both, and when each was told."""
    unit, frequency = unit_of(series.defined), Frequency(series.defined.frequency)
    columns = (
        Column(_("Period")),
        Column(_("First reported"), True),
        Column(_("Now"), True),
        Column(_("Revised on")),
    )
    rows = [
        [
            named(point.period, frequency),
            _value(point.first_value, unit),
            _value(point.value, unit),
            short_day(point.stood_at),
        ]
        for point in reversed(series.revised)
    ]
    return table_of(columns, rows, _("Revised figures"), "", quiet=True)


def _value(value: float | None, unit: Unit) -> str:
    return _("no figure") if value is None else amount(value, unit)


def _rebases(about: About, frequency: Frequency) -> Iterator[dict[str, Any]]:
    if about.area is None:
        return
    for row in rebases_of(about.measure, about.area):
        words = _("Asked for by %(who)s on %(day)s.") % {"who": row.asked_by, "day": day(row.asked_at)}
        if row.outcome:
            words += " " + _("%(outcome)s by %(who)s on %(day)s. %(why)s") % {
                "outcome": row.get_outcome_display(),
                "who": row.answered_by,
                "day": day(row.answered_at),
                "why": row.answer,
            }
        yield {
            "from": brief(row.first_period, frequency),
            "href": about.path("desk-rebase", row.pk),
            "reason": row.reason,
            "status": row.get_outcome_display() if row.outcome else _("Asked for"),
            "tone": OUTCOMES[row.outcome],
            "words": words.strip(),
        }


def _breaks(about: About, frequency: Frequency) -> Iterator[dict[str, str]]:
    if about.area is None:
        return
    for row in breaks_in(about.measure, about.area):
        words = _("%(kind)s. Source: %(source)s. Marked by %(who)s on %(day)s.") % {
            "kind": row.get_kind_display(),
            "source": row.source.rstrip("."),
            "who": row.by_name,
            "day": day(row.at),
        }
        yield {"from": brief(row.period, frequency), "reason": row.words, "words": words}


def _decisions(about: About, acting: Acting) -> Iterator[dict[str, Any]]:
    """The decisions that speak of a measure, of those the reader may read."""
    about_it = (
        Q(identifications__measure=about.measure)
        | Q(rebases__measure=about.measure)
        | Q(version__paper__shown_charts__measure=about.measure)
    )
    wanted = Decision.objects.filter(about_it).values("pk")
    rows = decisions_for(acting.user, on=acting.on).filter(pk__in=wanted).order_by("-decided_on", "-pk")
    for row in rows:
        words = _("Its paper showed this chart.")
        if row.identifications.filter(measure=about.measure).exists():
            words = _("It took this as a measure of a priority.")
        elif row.rebases.filter(measure=about.measure).exists():
            words = _("It approved a re-base.")
        title = f"{row.reference}: {row.title}" if row.reference else row.title
        yield {"on": row.decided_on, "href": row.get_absolute_url(), "title": title, "words": words}


@desk_page
def shown(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """A chart just as it was shown, and what of its figures moved on since."""
    about = open_measure(request, acting, slug)
    rows = ShownChart.objects.select_related(
        "paper__board", "meeting__board", "measure", "area", "definition"
    )
    row = get_object_or_404(rows, pk=pk, measure=about.measure)
    about = replace(about, area=row.area)
    mine = set(
        papers_for(acting.user, on=acting.on).filter(pk=row.paper_id or 0).values_list("pk", flat=True)
    )
    kept = shown_of(row)
    chart = kept.chart
    context = {
        "about": about,
        "here": _("As it was shown"),
        "shown": row,
        "occasion": occasion(row, mine) if row.to != ShownTo.PUBLIC else _("As approved for the public"),
        "drawing": drawing_of(chart),
        "sheet": sheet_of(chart),
        "narrative": kept.narrative,
        "narrative_by": kept.narrative_by,
        "moved": moved_words(kept, series_in(about)),
        "facts": _facts(row, mine),
    }
    return render(request, "performance/desk/shown.html", context)


def moved_words(kept: Shown, now: Series | None) -> str:
    """Which of the figures that were shown read otherwise today; nothing where all stand."""
    today = {point.period: point for point in now.points} if now is not None else {}
    moved = [p for p in kept.series.points if _moved(p, today.get(p.period))]
    if not moved:
        return ""
    chart, unit = kept.chart, unit_of(kept.series.defined)
    parts = [_moved_word(chart, unit, point, today.get(point.period)) for point in moved[-6:]]
    more = _(" and %d more") % (len(moved) - 6) if len(moved) > 6 else ""
    return _("Since then these figures were revised: %(parts)s%(more)s.") % {
        "parts": "; ".join(reversed(parts)),
        "more": more,
    }


def _moved(then: Point, now: Point | None) -> bool:
    return now is None or (then.stated, then.value) != (now.stated, now.value)


def _moved_word(chart: ControlChart, unit: Unit, then: Point, now: Point | None) -> str:
    was = next(told(chart, point) for point in chart.points if point.period == then.period)
    means = _value(now.value if now is not None else None, unit)
    return _("%(period)s was %(was)s, is %(now)s") % {
        "period": named(then.period, chart.frequency),
        "was": was,
        "now": means,
    }


def _facts(row: ShownChart, mine: set[int]) -> list[tuple[str, str]]:
    facts = [
        (_("Kept"), f"{row.by_name}, {day(row.at)}"),
        (_("Definition"), _("Version %d") % row.definition.number),
    ]
    if row.paper is not None and row.paper_id in mine:
        facts.insert(0, (_("Paper"), row.paper.title))
    if row.meeting is not None:
        facts.insert(0, (_("Meeting"), f"{row.meeting.board.name}, {day(row.meeting.on)}"))
    return facts
