"""Put a chart in a draft paper of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Kind
from goldthread.files.recognise.kinds import kind_of_heading
from goldthread.meetings.doors import may_write, papers_for
from goldthread.meetings.models import Paper, PaperStage
from goldthread.meetings.papers import edition_of
from goldthread.performance.actions.papers import put_in_paper
from goldthread.performance.desk.frame import About, open_measure
from goldthread.performance.desk.measures import series_in
from goldthread.performance.drawing import drawing_of
from goldthread.performance.forms.series import PaperForm
from goldthread.performance.judging import chart_of
from goldthread.plans.desk.frame import Acting, desk_page, refusals

OPEN = (PaperStage.DRAFTING, PaperStage.RETURNED)


def places_in(acting: Acting, about: About) -> list[tuple[str, str]]:
    """Every section of every draft paper that the reader may write, as a form offers it.

    What stands under a recommendation is what the board is asked to do, so no chart goes there.
    """
    rows = papers_for(acting.user, on=acting.on, living=True).filter(
        stage__in=OPEN, board__body=about.measure.body
    )
    found = []
    for paper in rows.select_related("board").order_by("-pk"):
        if may_write(acting.user, paper, on=acting.on):
            for placed in edition_of(paper).placements.select_related("version").order_by("position"):
                title = placed.version.title
                if kind_of_heading(title) is not Kind.RECOMMENDATION:
                    found.append(
                        (f"{paper.pk}/{placed.key}", f"{paper.title} ({paper.board.short}): {title}")
                    )
    return found


@desk_page
def put(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Choose the paper and the section that the chart goes into."""
    about = open_measure(request, acting, slug, Ability.WRITE_PAPER)
    series = series_in(about)
    if series is None:
        messages.error(request, _("There are no figures yet to put in a paper."))
        return redirect(about.href)
    places = places_in(acting, about)
    form = PaperForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        pk, _slash, key = form.cleaned_data["place"].partition("/")
        paper = Paper.objects.select_related("board__body", "item__meeting").get(pk=int(pk))
        with refusals(request, form) as done:
            put_in_paper(
                measure=about.measure,
                area=series.area,
                paper=paper,
                section_key=key,
                by=acting.user,
                at=acting.at,
            )
        if done():
            messages.success(request, _("In the paper, and kept as the board will see it."))
            return redirect(paper)
    words = _(
        "Its sentence, the chart and its last twelve figures go to the end of the section you choose. They "
        "are fixed there, whatever becomes of the figures later."
    )
    if not places:
        words = _("You have no draft paper that it could go into. Begin one in the room of boards first.")
    context = {
        "about": about,
        "here": _("Put it in a paper"),
        "heading": _("Put this chart in a paper"),
        "words": words,
        "before": drawing_of(chart_of(series)) if places else None,
        "form": form if places else None,
        "button": _("Put it in"),
    }
    return render(request, "performance/desk/step.html", context)
