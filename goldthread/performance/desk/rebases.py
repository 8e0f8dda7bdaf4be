"""Limits reckoned anew, and breaks in series: asked with a reason, answered by somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.files.charts.model import Frequency
from goldthread.files.charts.periods import named
from goldthread.people.actions import require
from goldthread.performance.actions.breaks import mark_break
from goldthread.performance.actions.rebasing import approve_rebase, ask_rebase, refuse_rebase
from goldthread.performance.desk.frame import About, can_of, open_measure
from goldthread.performance.desk.measures import periods_of, series_in
from goldthread.performance.drawing import Drawing, drawing_of
from goldthread.performance.forms.series import AnswerRebaseForm, BreakForm, RebaseForm
from goldthread.performance.judging import chart_of
from goldthread.performance.models import Rebase, RebaseOutcome
from goldthread.performance.series import Series, SeriesRebase
from goldthread.performance.shown import shown_of
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.web.templatetags.web import day

OUTCOMES = {
    RebaseOutcome.APPROVED.value: "good",
    RebaseOutcome.REFUSED.value: "bad",
    "": "warn",
}


def as_it_would_be(series: Series, rebase: SeriesRebase) -> Series:
    """A series as if a re-base had been approved."""
    rebases = (*(each for each in series.rebases if each.first_period != rebase.first_period), rebase)
    return replace(series, rebases=tuple(sorted(rebases, key=lambda each: each.first_period)))


@desk_page
def ask(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Ask that the usual range be reckoned anew; the chart as it would be can be looked at first."""
    about = open_measure(request, acting, slug, Ability.WRITE_MEASURES)
    series = series_in(about)
    if series is None or len(series.points) < 2:
        messages.error(request, _("There are no figures yet whose usual range could be reckoned anew."))
        return redirect(about.href)
    form = RebaseForm(request.POST or None, periods=periods_of(series)[:-1])
    after = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if request.POST.get("look"):
            asked = SeriesRebase(given["first_period"], given["reason"], acting.user.name, "", acting.on)
            after = drawing_of(chart_of(as_it_would_be(series, asked), source=""), name="after")
        else:
            with refusals(request, form) as done:
                row = ask_rebase(
                    measure=about.measure, area=series.area, by=acting.user, at=acting.at, **given
                )
            if done():
                messages.success(request, _("Asked. Nothing changes before somebody else approves it."))
                return redirect(about.path("desk-rebase", row.pk))
    context = {
        "about": about,
        "here": _("A re-base"),
        "heading": _("Ask to re-base the usual range"),
        "words": _(
            "The usual range is reckoned from a baseline, and a new baseline hides what happened before it. "
            "So it takes a reason that will last, and somebody else's approval. What a board saw is kept."
        ),
        "before": drawing_of(chart_of(series, source=""), name="before"),
        "after": after,
        "form": form,
        "button": _("Ask for it"),
        "look": _("Look at it first"),
    }
    return render(request, "performance/desk/step.html", context)


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """A re-base with both charts: approve or refuse it, or see how it was answered."""
    about = open_measure(request, acting, slug)
    row = get_object_or_404(
        Rebase.objects.select_related("measure", "area", "before", "decision"), pk=pk, measure=about.measure
    )
    about = replace(about, area=row.area)
    can = can_of(acting, about.measure.body)
    answers = can["rebase"] and not row.outcome and row.asker_id != acting.user.pk
    form = AnswerRebaseForm(request.POST or None) if answers or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid():
        require(acting.user, Ability.APPROVE_REBASE, about.measure.body, on=acting.on)
        approves = request.POST.get("answer_given") == "approve"
        act = approve_rebase if approves else refuse_rebase
        with refusals(request, form) as done:
            act(rebase=row, answer=form.cleaned_data["answer"], by=acting.user, at=acting.at)
        if done():
            words = _("Approved. The usual range starts anew; the chart as it stood is kept.")
            messages.success(request, words if approves else _("Refused. The usual range stays as it is."))
            return redirect(about.path("desk-rebase", pk))
    return render(request, "performance/desk/rebase.html", _context(about, row, acting, form, can))


def _context(
    about: About, row: Rebase, acting: Acting, form: AnswerRebaseForm | None, can: dict[str, bool]
) -> dict[str, Any]:
    before, after = _both(about, row)
    return {
        "about": about,
        "here": _("A re-base"),
        "heading": _("Re-base from %(period)s") % {"period": _period(about, row)},
        "rebase_word": row.get_outcome_display() if row.outcome else _("Asked for"),
        "rebase_tone": OUTCOMES[row.outcome],
        "facts": list(_facts(row)),
        "before": before,
        "after": after,
        "before_heading": _("As it stood") if row.outcome == RebaseOutcome.APPROVED else _("As it stands"),
        "after_heading": _("As it is since")
        if row.outcome == RebaseOutcome.APPROVED
        else _("As it would be"),
        "form": form if not row.outcome else None,
        "why_not": _why_not(row, acting, can),
    }


def _why_not(row: Rebase, acting: Acting, can: dict[str, bool]) -> str:
    if row.outcome:
        return ""
    if row.asker_id == acting.user.pk:
        return _("You asked for it, so somebody else answers.")
    return "" if can["rebase"] else _("It waits for somebody who may approve it.")


def _period(about: About, row: Rebase) -> str:
    newest = about.measure.definitions.checked().order_by("-number").first()
    frequency = Frequency(newest.form["frequency"]) if newest is not None else Frequency.MONTH
    return named(row.first_period, frequency)


def _both(about: About, row: Rebase) -> tuple[Drawing | None, Drawing | None]:
    """The chart before and after: kept where it was approved, else as it stands and as it would be."""
    series = series_in(about)
    if series is None:
        return None, None
    if row.outcome == RebaseOutcome.APPROVED and row.before is not None:
        kept = shown_of(row.before)
        before = kept.chart
        asked = SeriesRebase(
            row.first_period, row.reason, row.asked_by, row.answered_by, localdate(row.answered_at)
        )
        after = chart_of(as_it_would_be(kept.series, asked), source="")
        return drawing_of(before, name="before"), drawing_of(after, name="after")
    asked = SeriesRebase(row.first_period, row.reason, row.asked_by, "", localdate(row.asked_at))
    before, after = chart_of(series, source=""), chart_of(as_it_would_be(series, asked), source="")
    return drawing_of(before, name="before"), drawing_of(after, name="after")


def _facts(row: Rebase) -> list[tuple[str, str]]:
    facts = [(_("Why"), row.reason), (_("Asked for by"), f"{row.asked_by}, {day(row.asked_at)}")]
    if row.outcome:
        said = _("Approved by") if row.outcome == RebaseOutcome.APPROVED else _("Refused by")
        facts.append((said, f"{row.answered_by}, {day(row.answered_at)}"))
        if row.answer:
            facts.append((_("Answer"), row.answer))
    return facts


@desk_page
def mark(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Mark a break in the series: it is drawn and said, and moves no limits by itself."""
    about = open_measure(request, acting, slug, Ability.WRITE_MEASURES)
    series = series_in(about)
    if series is None:
        messages.error(request, _("There are no figures yet that could be broken."))
        return redirect(about.href)
    form = BreakForm(request.POST or None, periods=periods_of(series))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        reach = given.pop("reach")
        with refusals(request, form) as done:
            mark_break(
                body=about.measure.body,
                measure=about.measure if reach in ("series", "measure") else None,
                area=series.area if reach in ("series", "area") else None,
                by=acting.user,
                at=acting.at,
                **given,
            )
        if done():
            messages.success(
                request, _("Marked. Limits do not move by it: ask for a re-base where they should.")
            )
            return redirect(about.href)
    context = {
        "about": about,
        "here": _("A break"),
        "heading": _("Mark a break in the series"),
        "words": _("A change in how things are recorded or where a boundary runs is said on every chart."),
        "form": form,
        "button": _("Mark the break"),
    }
    return render(request, "performance/desk/step.html", context)
