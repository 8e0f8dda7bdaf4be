"""Pages that show every component, so that people and tests can look at them. The words are invented."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.web import look_words as words
from goldthread.web.forms import WholeDate

View = Callable[[HttpRequest], HttpResponse]


def shown_here(view: View) -> View:
    """Hide a page from everybody but developers and readers of the demonstration."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or getattr(settings, "DEMO", False)):
            raise Http404
        return view(request)

    return guarded


class Sample(forms.Form):
    """One question of every kind."""

    title = forms.CharField(help_text="As readers of the plan will see it.")
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    number = forms.IntegerField(widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}))
    area = forms.ChoiceField(choices=[("", "Choose one"), ("n", "North"), ("s", "South")])
    next_review = WholeDate(label="Next review", help_text="For example, 4 5 2026.")
    reading = forms.ChoiceField(
        label="How should tracked changes be read?",
        choices=[
            ("new", "As if all were accepted"),
            ("old", "As if all were rejected"),
            ("both", "Show both"),
        ],
        widget=forms.RadioSelect,
    )
    shown = forms.MultipleChoiceField(
        label="What is shown to the public",
        choices=[("pledges", "Pledges"), ("measures", "Key measures"), ("actions", "Actions")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    document = forms.FileField(label="Word file", help_text="A .docx file of up to 20 MB.")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    read = forms.BooleanField(label="I have read this section", help_text="Your name and the time are kept.")

    def clean(self) -> None:
        """Always one problem that belongs to no single question."""
        self.add_error(None, "The title and the words do not belong together")


@shown_here
def components(request: HttpRequest) -> HttpResponse:
    """Every component on one staff page."""
    messages.success(request, "Section 3.4 was approved.")
    messages.warning(request, "2 links have become doubtful.")
    messages.error(request, "The file was not read.")
    wrong = Sample({"next_review_day": "31", "next_review_month": "2", "next_review_year": "2026"}, {})
    return render(
        request,
        "web/look/components.html",
        {
            "form_right": Sample(initial={"next_review": date(2026, 5, 4)}, prefix="right"),
            "form_wrong": wrong,
            "page": Paginator(range(95), 10).get_page(4),
            "rows": words.ROWS,
            "tasks": words.TASKS,
            "columns": words.COLUMNS,
            "table": words.TABLE,
            "sides": words.SIDES,
            "blocks": words.BLOCKS,
            "figures": words.FIGURES,
            "job": words.JOB,
            "finished": words.FINISHED,
        },
    )


@shown_here
def job(request: HttpRequest) -> HttpResponse:
    """The job of the style page, finished as soon as it is asked after."""
    return render(request, "web/parts/progress.html", {"job": words.FINISHED})


@shown_here
def desk_list(request: HttpRequest) -> HttpResponse:
    """A day's work, as the staff home page lays it out."""
    context = {"lists": words.LISTS, "themes": words.THEMES, "day": date(2019, 11, 21)}
    return render(request, "web/look/desk_list.html", context)


@shown_here
def thread(request: HttpRequest) -> HttpResponse:
    """A promise from end to end, as the public reads it."""
    return render(request, "web/look/thread.html", {"steps": words.STEPS})


@shown_here
def changes(request: HttpRequest) -> HttpResponse:
    """What changed between two editions, as the public reads it."""
    context = {"figures": words.FIGURES, "columns": words.COLUMNS, "table": words.TABLE}
    return render(request, "web/look/changes.html", context)


@shown_here
def plain(request: HttpRequest) -> HttpResponse:
    """A page without navigation, as sign-in uses it."""
    return render(request, "web/look/plain.html", {"form": Sample()})
