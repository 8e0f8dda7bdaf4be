"""Plain Django forms, drawn as GOV.UK forms.

Apps write ordinary forms and `{{ form }}`; the renderer and the widget templates do the rest. A page
puts `{% error_summary form %}` before its heading; where it does not, `{{ form }}` shows it itself.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PARTS = ("day", "month", "year")


class Renderer(TemplatesSetting):
    """Draws every form with the product's templates; named in the setting FORM_RENDERER."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"


def problems_of(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Each problem of a form as its words and the id of the control it belongs to, or no id."""
    for words in form.non_field_errors():
        yield words, ""
    for field in form:
        for words in words_of(field):
            yield words, first_control(field)


def words_of(field: forms.BoundField) -> list[str]:
    """The problems of one field; an empty answer is told by the name of the question."""
    plain = forms.Field.default_error_messages["required"]
    return [
        _missing(field) if problem.code == "required" and words == plain else words
        for problem, words in zip(field.errors.as_data(), field.errors, strict=True)
    ]


def _missing(field: forms.BoundField) -> str:
    """What to do about an empty answer, in words that stand by themselves in a summary."""
    label, widget = str(field.label), field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick “%(label)s” to go on") % {"label": label}
    if isinstance(widget, forms.FileInput):
        return _("Choose a file for “%(label)s”") % {"label": label}
    if label.endswith("?"):
        return _("Answer the question “%(label)s”") % {"label": label}
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _("Choose “%(label)s”") % {"label": label}
    return _("Fill in “%(label)s”") % {"label": label}


def first_control(field: forms.BoundField) -> str:
    """The id of the control where answering a field begins."""
    if isinstance(field.field.widget, DateParts):
        return f"{field.auto_id}_day"
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


class DateParts(forms.Widget):
    """A date asked for as day, month and year; a month may be given by name."""

    template_name = "web/forms/date.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three boxes with what stands in them, each with a label and a width."""
        context = super().get_context(name, value, attrs)
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        context["widget"]["parts"] = [
            {"part": part, "label": labels[part], "value": given, "width": 4 if part == "year" else 2}
            for part, given in zip(PARTS, _split(value), strict=True)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """Year, month and day as they stand in the boxes, tabs between; nothing where all are empty."""
        if name in data:
            return data[name] or None
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)
        return f"{year}\t{_month(month)}\t{day}" if day or month or year else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form held no such question at all."""
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        """A legend names the group, so no label points at one box."""
        return ""


class WholeDate(forms.DateField):
    """A date entered in three boxes, with errors that say what is missing."""

    widget = DateParts
    default_error_messages = {  # noqa: RUF012 - Django reads it from the class
        "required": gettext_lazy("Enter a date"),
        "invalid": gettext_lazy("Enter a real date, such as 4 5 2026"),
        "part": gettext_lazy("The date must include a %(part)s"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y\t%m\t%d", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The date, or an error which names the first box that is empty."""
        if isinstance(value, str):
            names = {"day": _("day"), "month": _("month"), "year": _("year")}
            for part, given in zip(PARTS, _split(value), strict=True):
                if not given:
                    raise forms.ValidationError(
                        self.error_messages["part"], code="part", params={"part": names[part]}
                    )
        return super().to_python(value)


def _split(value: Any) -> tuple[str, str, str]:
    """Day, month and year as they are to stand in the boxes, from a date or from what was typed."""
    if isinstance(value, date | datetime):
        return str(value.day), str(value.month), str(value.year)
    given = str(value or "")
    found = given.split("\t" if "\t" in given else "-", maxsplit=2)
    return (found[2], found[1], found[0]) if len(found) == 3 else ("", "", "")


def _month(given: str) -> str:
    """The number of a month given by its name or the first letters of it; else what was given."""
    wanted = given.lower()
    meant = [n for n, name in MONTHS.items() if len(wanted) >= 3 and str(name).lower().startswith(wanted)]
    return str(meant[0]) if meant else given
