"""Plain Django forms come out as GOV.UK forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from lxml import html

from goldthread.web.forms import WholeDate, problems_of


class Asked(forms.Form):
    title = forms.CharField(help_text="As readers will see it")
    on = WholeDate(label="Next review", required=False)
    kind = forms.ChoiceField(label="Which kind?", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    words = forms.CharField(widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="I agree")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("words") == "wrong":
            self.add_error(None, "The words do not belong here")


def drawn(form: forms.Form) -> Any:
    return html.fromstring(f"<form>{form}</form>")


def test_an_empty_answer_is_tied_to_its_control() -> None:
    page = drawn(Asked({"words": "wrong"}))
    box = page.get_element_by_id("id_title")
    assert box.get("aria-invalid") == "true"
    assert box.get("class") == "govuk-input"
    described = [page.get_element_by_id(name).text_content() for name in box.get("aria-describedby").split()]
    assert described[0] == "As readers will see it"
    assert "Fill in “Title”" in described[1]


def test_the_summary_links_each_problem_to_where_the_answer_begins() -> None:
    form = Asked({"words": "wrong", "on_day": "31", "on_month": "2", "on_year": "2026"})
    assert list(problems_of(form)) == [
        ("The words do not belong here", ""),
        ("Fill in “Title”", "id_title"),
        ("Enter a real date, such as 4 5 2026", "id_on_day"),
        ("Answer the question “Which kind?”", "id_kind_0"),
        ("Tick “I agree” to go on", "id_agreed"),
    ]
    page = drawn(form)
    links = [link.get("href")[1:] for link in page.xpath("//*[@role='alert']//a")]
    assert len(links) == 4
    assert all(page.get_element_by_id(name) is not None for name in links)


def test_the_summary_stands_once() -> None:
    form = Asked({})
    words = Template("{% load web %}{% error_summary form %}{{ form }}").render(Context({"form": form}))
    assert words.count("govuk-error-summary__title") == 1


def test_a_form_not_yet_sent_has_no_problems() -> None:
    page = drawn(Asked())
    assert not page.xpath("//*[contains(@class,'error')]")


def test_what_was_written_comes_back_as_it_was() -> None:
    # A browser drops the first line feed of a text area, whatever it belongs to.
    assert ">&#10;\n  a line\n&lt;b&gt;</textarea>" in str(Asked({"words": "\n  a line\n<b>"}))


@pytest.mark.parametrize(
    ("boxes", "meant"),
    [
        (("4", "5", "2026"), date(2026, 5, 4)),
        (("04", "May", "2026"), date(2026, 5, 4)),
        (("30", "sept", "2026"), date(2026, 9, 30)),
        (("", "", ""), None),
    ],
)
def test_a_date_is_read_from_three_boxes(boxes: tuple[str, str, str], meant: date | None) -> None:
    form = Asked({f"on_{part}": box for part, box in zip(("day", "month", "year"), boxes, strict=True)})
    form.is_valid()
    assert form.cleaned_data["on"] == meant


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (("4", "", "2026"), "The date must include a month"),
        (("4-1", "5", "2026"), "Enter a real date, such as 4 5 2026"),
        (("<b>", "5", "2026"), "Enter a real date, such as 4 5 2026"),
    ],
)
def test_a_date_that_is_none_comes_back_with_its_boxes(boxes: tuple[str, str, str], words: str) -> None:
    form = Asked({f"on_{part}": box for part, box in zip(("day", "month", "year"), boxes, strict=True)})
    assert form.errors["on"] == [words]
    page = drawn(form)
    shown = tuple(page.get_element_by_id(f"id_on_{part}").get("value") for part in ("day", "month", "year"))
    assert shown == boxes


def test_a_date_already_known_stands_in_the_boxes() -> None:
    page = drawn(Asked(initial={"on": date(2026, 5, 4)}))
    assert page.get_element_by_id("id_on_month").get("value") == "5"
