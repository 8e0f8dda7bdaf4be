"""What every page of a paper does alike: find it, know what its reader may do with it, show one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.doors import audience_of, may_write, note_reading, paper_for, papers_for
from goldthread.meetings.models import Paper
from goldthread.plans.desk.frame import Acting


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reader of a paper may do with it today.

    ``living`` is whether they may read its words as they are being written; who may not is shown
    what was handed in. ``audience`` is as which they read this paper; ``elsewhere``, the rest of
    its board's business: who writes an exempt paper is told no more of its agenda for that.
    """

    audience: Audience
    elsewhere: Audience
    living: bool
    writes: bool
    manages: bool
    marks: bool
    owns: bool


def open_paper(acting: Acting, slug: str, *, living: bool = False) -> tuple[Paper, Standing]:
    """A paper and what its reader may do with it; 404 where it is not theirs to read.

    ``living`` refuses whoever may read only what was handed in.
    """
    paper = paper_for(acting.user, slug, on=acting.on)
    can = acting.abilities(paper.board.body)
    mine = papers_for(acting.user, on=acting.on, living=True).filter(pk=paper.pk).exists()
    if living and not mine:
        raise Http404(_("There is no such paper here."))
    manages = Ability.MANAGE_MEETINGS in can
    office = {each.pk for each in acting.user.offices_on(acting.on, paper.board.body)}
    owns = paper.author_id == acting.user.pk or paper.owner_office_id in office
    elsewhere = audience_of(acting.user, paper.board.body, acting.on)
    return paper, Standing(
        audience=Audience.FULL if mine else elsewhere,
        elsewhere=elsewhere,
        living=mine,
        writes=may_write(acting.user, paper, on=acting.on),
        manages=manages,
        marks=Ability.MARK_EXEMPT in can,
        owns=owns,
    )


def read_paper(acting: Acting, slug: str, *, living: bool = False) -> tuple[Paper, Standing]:
    """The same, for a page that shows its words: opening an exempt one is recorded."""
    paper, standing = open_paper(acting, slug, living=living)
    note_reading(paper, by=acting.user, at=acting.at, body=paper.board.body)
    return paper, standing


def step_page(
    request: HttpRequest, paper: Paper, form: forms.Form, heading: str, button: str, **more: Any
) -> HttpResponse:
    """A page that asks one thing about a paper."""
    context = {"paper": paper, "form": form, "heading": heading, "button": button, **more}
    return render(request, "meetings/desk/paper_step.html", context)
