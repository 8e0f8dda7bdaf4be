"""Figures put before the public under the name of who approves them, and taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.performance.actions.approving import approve_figures, withdraw_release
from goldthread.performance.desk.frame import About, open_measure
from goldthread.performance.desk.measures import series_in
from goldthread.performance.drawing import drawing_of
from goldthread.performance.forms.series import ApproveForm, WithdrawForm
from goldthread.performance.judging import chart_of
from goldthread.performance.models import Release
from goldthread.performance.queries import narrative_of
from goldthread.performance.series import Series
from goldthread.performance.sheets import sheet_of
from goldthread.performance.shown import chart_seal, form_now
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.web.templatetags.web import day


def newest_release(about: About) -> Release | None:
    """The release of a series that the public reads now."""
    rows = Release.objects.filter(measure=about.measure, area=about.area, withdrawn_at__isnull=True)
    return rows.select_related("shown").order_by("-number").first()


def public_address(release: Release) -> str:
    """Where the public reads a release for good."""
    return reverse("performance:site-release", args=[release.measure.slug, release.area.slug, release.number])


@desk_page
def approve(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """See exactly what would be public, and approve it in one's own name."""
    about = open_measure(request, acting, slug, Ability.APPROVE_FIGURES)
    series = series_in(about)
    if series is None:
        messages.error(request, _("There are no figures yet to approve."))
        return redirect(about.href)
    release = newest_release(about)
    seen = chart_seal(form_now(series))
    form = ApproveForm(request.POST or None)
    if release is None:
        del form.fields["correction"]
    if request.method == "POST" and form.is_valid():
        correction = form.cleaned_data.get("correction", "")
        with refusals(request, form) as done:
            made = approve_figures(
                measure=about.measure,
                area=series.area,
                seen=request.POST.get("seen", ""),
                corrects=release if correction.strip() else None,
                correction=correction,
                by=acting.user,
                at=acting.at,
            )
        if done():
            messages.success(
                request, _("Approved. The public reads these figures from now on, under your name.")
            )
            return redirect(about.path("desk-history") + f"#release-{made.pk}")
    return render(request, "performance/desk/approve.html", _context(about, series, release, form, seen))


def _context(
    about: About, series: Series, release: Release | None, form: ApproveForm, seen: str
) -> dict[str, Any]:
    chart = chart_of(series)
    why_not = _why_not(about, series, release, seen)
    found: dict[str, Any] = {
        "about": about,
        "here": _("Approve figures"),
        "heading": _("Approve these figures for the public"),
        "words": _("Nothing of this measure is public before a named person has approved it."),
        "drawing": drawing_of(chart),
        "sheet": sheet_of(chart),
        "narrative": narrative_of(about.measure, series.area),
        "source": chart.source,
        "seen": seen,
        "form": None if why_not else form,
        "why_not": why_not,
        "button": _("Approve them"),
    }
    if release is not None:
        words = _("The public reads release %(n)d, approved by %(who)s on %(day)s.")
        found["release"] = release
        found["release_href"] = public_address(release)
        found["release_words"] = words % {
            "n": release.number,
            "who": release.approved_by,
            "day": day(release.approved_at),
        }
    return found


def _why_not(about: About, series: Series, release: Release | None, seen: str) -> str:
    """Why there is nothing to approve, in words; nothing where there is."""
    if release is not None and release.shown.seal == seen:
        return _("The public reads just these figures already.")
    if series.last is not None and narrative_of(about.measure, series.area, since=series.last.period) is None:
        return _(
            "Nobody has said yet what lies behind the newest figures. Write the narrative first: the public "
            "is never handed a bare chart."
        )
    return ""


@desk_page
def withdraw(request: HttpRequest, acting: Acting, slug: str, number: int) -> HttpResponse:
    """Take a release back; its address stays and says so."""
    about = open_measure(request, acting, slug, Ability.APPROVE_FIGURES)
    rows = Release.objects.filter(measure=about.measure, area=about.area)
    row = get_object_or_404(rows.select_related("measure", "area", "body"), number=number)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            withdraw_release(release=row, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Withdrawn. Its address stays, and says so."))
            return redirect(about.path("desk-history"))
    context = {
        "about": about,
        "here": _("Withdraw figures"),
        "heading": _("Withdraw release %(n)d") % {"n": row.number},
        "words": _("The public will read the release before it, where there is one that stands."),
        "form": form,
        "button": _("Withdraw it"),
        "tone": "warning",
        "back": about.path("desk-history"),
    }
    return render(request, "performance/desk/step.html", context)
