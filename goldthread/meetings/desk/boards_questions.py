"""Questions from the public for a meeting: taken, answered, listed for publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import allowed
from goldthread.meetings.actions.questions import answer_question, list_question, take_question
from goldthread.meetings.doors import audience_of, chain_of, meeting_for
from goldthread.meetings.forms.agenda import AnswerForm, QuestionForm
from goldthread.meetings.models import Meeting, PublicQuestion
from goldthread.plans.desk.frame import Acting, desk_page, refusals


def _managed(acting: Acting, board: str, slug: str) -> Meeting:
    return meeting_for(acting.user, board, slug, on=acting.on, ability=Ability.MANAGE_MEETINGS)


@desk_page
def questions(request: HttpRequest, acting: Acting, board: str, slug: str) -> HttpResponse:
    """The questions for a meeting; whoever manages meetings takes another."""
    meeting = meeting_for(acting.user, board, slug, on=acting.on)
    manages = Ability.MANAGE_MEETINGS in acting.abilities(meeting.board.body)
    form = QuestionForm(request.POST or None, meeting=meeting, initial={"asked_on": acting.on})
    if request.method == "POST" and form.is_valid():
        meeting = _managed(acting, board, slug)
        with refusals(request, form) as done:
            question = take_question(meeting=meeting, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            late = _("It came after the time for questions, and is marked as late.") if question.late else ""
            messages.success(request, f"{_('Taken.')} {late}".strip())
            return redirect("meetings:desk-questions", board, slug)
    audience = audience_of(acting.user, meeting.board.body, acting.on)
    rows = meeting.questions.select_related("item__parent")
    context = {
        "meeting": meeting,
        "manages": manages,
        "form": form,
        "rows": [row for row in rows if row.item is None or allowed(*chain_of(row.item), audience=audience)],
    }
    return render(request, "meetings/desk/questions.html", context)


@desk_page
def question(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Answer a question."""
    meeting = _managed(acting, board, slug)
    found = get_object_or_404(PublicQuestion.objects.select_related("item"), meeting=meeting, pk=pk)
    found.meeting = meeting
    initial = {"answer": found.answer, "answered_by": found.answered_by}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            answer_question(question=found, by=acting.user, at=acting.at, **form.cleaned_data)
        if done():
            messages.success(request, _("Answered."))
            return redirect("meetings:desk-questions", board, slug)
    return render(
        request, "meetings/desk/question.html", {"meeting": meeting, "question": found, "form": form}
    )


@desk_page
@require_POST
def listing(request: HttpRequest, acting: Acting, board: str, slug: str, pk: int) -> HttpResponse:
    """Publish a question with its answer, or take it back."""
    meeting = _managed(acting, board, slug)
    found = get_object_or_404(PublicQuestion.objects.select_related("item"), meeting=meeting, pk=pk)
    found.meeting = meeting
    with refusals(request) as done:
        list_question(question=found, listed=not found.listed, by=acting.user, at=acting.at)
    if done():
        messages.success(request, _("Published.") if found.listed else _("Taken back."))
    return redirect("meetings:desk-questions", board, slug)
