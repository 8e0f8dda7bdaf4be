"""The documents of the themes: assembled as the appendices of a paper in one step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.delivery.years import year_words
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Kind, Prose, Run, Section, Text, Typed, new_key
from goldthread.delivery.actions.reports import assemble_theme_documents
from goldthread.delivery.desk.frame import Here, here_of
from goldthread.delivery.desk.reports import boards
from goldthread.delivery.forms.reports import DocumentsForm
from goldthread.delivery.rotation import worked_on
from goldthread.meetings.actions.papers import begin_paper
from goldthread.meetings.doors import may_write, papers_for
from goldthread.meetings.models import Paper
from goldthread.meetings.papers import OPEN_STAGES
from goldthread.plans.desk.frame import Acting, desk_page, refusals


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Assemble the documents of all themes of a year into a paper."""
    here = here_of(request, acting, Ability.WRITE_DELIVERY)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    form = DocumentsForm(request.POST or None, papers=_papers(acting, here), boards=boards(acting, here))
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done, transaction.atomic():
            paper = form.cleaned_data["paper"] or _begin(form.cleaned_data, here, acting)
            made = assemble_theme_documents(
                plan=here.plan, year=here.year, paper=paper, by=acting.user, at=acting.at
            )
        if done():
            messages.success(request, _("Attached: %(n)d documents, one for each theme.") % {"n": len(made)})
            return redirect(paper)
    context = {
        "here": here,
        "form": form,
        "themes": worked_on(here.plan, here.year, acting.on),
        "crumb": _("Theme documents"),
    }
    return render(request, "delivery/desk/report_documents.html", context)


def _papers(acting: Acting, here: Here) -> Any:
    """The draft papers of this body that the reader may write."""
    rows = papers_for(acting.user, on=acting.on, living=True)
    rows = rows.filter(board__body=here.body, stage__in=OPEN_STAGES)
    mine = [each.pk for each in rows if may_write(acting.user, each, on=acting.on)]
    return Paper.objects.filter(pk__in=mine).select_related("board__body").order_by("-pk")


def _begin(given: dict[str, Any], here: Here, acting: Acting) -> Paper:
    """A paper that asks the board to approve the priorities of a year."""
    title = _("Delivery of the plan: priorities for action %(year)s") % {"year": year_words(here.year)}
    text = _paper(here, title)
    return begin_paper(board=given["board"], title=title, text=text, by=acting.user, at=acting.at)


def _paper(here: Here, title: str) -> Text:
    year = year_words(here.year)
    purpose = f"To ask the Board to approve the priorities for action of the {here.plan.title} for {year}."
    asked = f"The Board is recommended to approve the priorities for action for {year}."
    held = (
        "The priorities for action of each theme, who leads, what partners give and the actions are attached."
    )
    return Text(
        title,
        (
            _section("Purpose", Prose(new_key(), Kind.PARAGRAPH, (Run(purpose),), True)),
            _section("Recommendation", Typed(new_key(), Kind.RECOMMENDATION, (Run(asked),))),
            _section("Background", Prose(new_key(), Kind.PARAGRAPH, (Run(held),), True)),
        ),
    )


def _section(title: str, block: Prose | Typed) -> Section:
    return Section(new_key(), title, (block,))
