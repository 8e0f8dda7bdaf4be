"""The form of a definition, asked question by question or taken as TOML; both give the same form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goldthread.core.problems import Problem
from goldthread.performance.definitions import Defined, form_of, read_form, read_toml
from goldthread.web.forms import WholeDate

WHERE = "definition"
LARGEST = 64 * 1024
"""The size in bytes up to which a TOML file is read."""

BETTER = (("up", _("Higher is better")), ("down", _("Lower is better")), ("neither", _("Neither")))
FREQUENCIES = (
    ("month", _("Each month")),
    ("quarter", _("Each quarter")),
    ("year", _("Each year")),
    ("event", _("Each event, by its day")),
)
CHARTS = (
    ("xmr", _("XmR: most measures, with at least about five a period")),
    ("p", _("P: a share of a number that changes")),
    ("p-prime", _("P′: a share of thousands")),
    ("u", _("U: a rate of a number that changes")),
    ("u-prime", _("U′: a rate of a very large number")),
    ("c", _("C: a count of rare things among an unchanging number")),
    ("g", _("G: how many between rare events")),
    ("t", _("T: how long between rare events")),
    ("run", _("Run chart: only a middle line")),
)
SOURCES = (
    ("street", _("Street-level crime records")),
    ("open-table", _("A published table")),
    ("population", _("Population estimates")),
    ("return", _("A return typed or sent")),
)
PLAIN = ("name", "theme", "why", "better", "unit", "frequency", "chart", "decimals", "multiplier")
_PLACE = re.compile(r"\[+(?P<table>\w+)\]+(?: \d+)?(?:, (?P<field>\w+))?$")


def _text(label: Any, help_text: Any = "", *, most: int = 160, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=required)


def _long(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required)


def _short(field: type[forms.Field], label: Any, help_text: Any = "", **given: Any) -> forms.Field:
    widget = forms.NumberInput(attrs={"class": "govuk-input--width-5"})
    return field(label=label, help_text=help_text, widget=widget, **given)


class QuestionsForm(forms.Form):
    """A definition, question by question."""

    name = _text(_("Name"), _("As a board and the public will read it."))
    theme = _text(_("Theme"), most=120)
    why = _long(_("Why it matters"), _("What it tells of, for somebody who does not work here."))
    better = forms.ChoiceField(label=_("Which way is better"), choices=BETTER, widget=forms.RadioSelect)
    unit = _text(_("Unit"), _("Such as “offences”, “%” or “per 1,000 people”."), most=80)
    frequency = forms.ChoiceField(label=_("How often"), choices=FREQUENCIES)
    chart = forms.ChoiceField(label=_("Chart"), choices=CHARTS)
    decimals = _short(forms.IntegerField, _("Decimal places"), min_value=0, max_value=6, initial=0)
    multiplier = _short(
        forms.FloatField,
        _("Multiplied by"),
        _("100 for a percentage, 1,000 for a rate per thousand."),
        initial=1,
    )
    numerator_source = forms.ChoiceField(label=_("Where what is counted comes from"), choices=SOURCES)
    numerator_words = _text(_("What is counted, in words"), most=500)
    numerator_where = _long(
        _("Which rows count"),
        _("A line for each column: its name, a colon, and the values that count with a | between them."),
        rows=2,
        required=False,
    )
    numerator_column = _text(
        _("The column with the number"), _("Left empty where rows are counted."), most=120, required=False
    )
    denominator_source = forms.ChoiceField(
        label=_("Out of what"), choices=(("", _("Nothing: it is a plain count")), *SOURCES), required=False
    )
    denominator_words = _text(_("Out of what, in words"), most=500, required=False)
    denominator_where = _long(_("Which of its rows count"), rows=2, required=False)
    denominator_column = _text(_("Its column with the number"), most=120, required=False)
    target_value = _short(forms.FloatField, _("Target"), required=False)
    target_none = _text(
        _("Or why there is none"), _("Just one of the two is given."), most=500, required=False
    )
    caveats = _long(_("What a reader must know"), _("One sentence a line."), required=False)
    screen = forms.BooleanField(
        label=_("Leave out freak jumps when the usual range is reckoned"), required=False, initial=True
    )
    fix_after = _short(
        forms.IntegerField,
        _("Fix the usual range after so many periods"),
        _("At least 12. Left empty, all periods since the last re-base count."),
        required=False,
        min_value=12,
        max_value=600,
    )
    seasonal = forms.BooleanField(label=_("Judge it with the time of year taken out"), required=False)
    review_next = WholeDate(label=_("Look at it again on"), required=False)
    change = _text(_("What differs from the version before"), most=500, required=False)

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.defined: Defined | None = None
        if new:
            del self.fields["change"]
            key = forms.RegexField(
                r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
                label=_("Key"),
                max_length=80,
                help_text=_("Small letters, digits and hyphens, such as “burglary-rate”. It never changes."),
                error_messages={"invalid": _("Use small letters, digits and single hyphens")},
            )
            self.fields = {"key": key, **self.fields}

    def given(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """The form of the definition as it was answered; what is not asked stays as it was ``kept``."""
        answers = self.cleaned_data
        form: dict[str, Any] = {"key": answers.get("key") or kept.get("key", "")}
        form |= {name: answers[name] for name in PLAIN}
        form["caveats"] = [line.strip() for line in answers["caveats"].splitlines() if line.strip()]
        form["numerator"] = _counted(answers, "numerator")
        if answers["denominator_source"]:
            form["denominator"] = _counted(answers, "denominator")
        form["target"] = _present(value=answers["target_value"], none=answers["target_none"])
        form["limits"] = _present(
            screen=answers["screen"], fix_after=answers["fix_after"], seasonal=answers["seasonal"]
        )
        due = answers["review_next"]
        form["review"] = _present(next=due.isoformat() if due else "")
        form["framework"] = list(kept.get("framework", ()))
        return form

    def read(self, kept: Mapping[str, Any]) -> Defined | None:
        """The definition as answered, or nothing: then each problem stands beside its question."""
        found, problems = read_form(self.given(kept), WHERE)
        for problem in problems:
            name = _field_of(problem, self.fields)
            self.add_error(name, problem.message if name else f"{problem.where}: {problem.message}")
        return found


def _counted(answers: Mapping[str, Any], part: str) -> dict[str, Any]:
    where = {}
    for line in answers[f"{part}_where"].splitlines():
        column, _colon, values = line.partition(":")
        if column.strip():
            where[column.strip()] = [each.strip() for each in values.split("|") if each.strip()]
    return _present(
        source=answers[f"{part}_source"],
        words=answers[f"{part}_words"],
        where=where,
        column=answers[f"{part}_column"],
    )


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", {})}


def _field_of(problem: Problem, fields: Iterable[str]) -> str | None:
    """The question that a problem of the form belongs to, by its place."""
    place = problem.where.removeprefix(f"{WHERE}, ")
    found = _PLACE.fullmatch(place)
    names = [place]
    if found:
        table, field = found["table"], found["field"] or ""
        names = [f"{table}_{field}", field, f"{table}_words", f"{table}_value"]
    return next((name for name in names if name and name in fields), None)


def answers_of(definition: Defined) -> dict[str, Any]:
    """What stands in the questions about a definition that is there already."""
    form = form_of(definition)
    answers = {name: form[name] for name in ("key", *PLAIN)}
    for part in ("numerator", "denominator"):
        counted = form.get(part, {})
        answers |= {f"{part}_{name}": counted.get(name, "") for name in ("source", "words", "column")}
        answers[f"{part}_where"] = "\n".join(_where_lines(counted.get("where", {})))
    limits = definition.limits
    return answers | {
        "caveats": "\n".join(definition.caveats),
        "target_value": definition.target.value,
        "target_none": definition.target.none,
        "screen": limits.screen,
        "fix_after": limits.fix_after,
        "seasonal": limits.seasonal,
        "review_next": definition.review.next,
    }


def _where_lines(where: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for column, values in where.items():
        yield f"{column}: {' | '.join(values)}"


class TomlForm(forms.Form):
    """A definition as it is written: typed, or brought in from a file."""

    toml = forms.CharField(
        label=_("The definition"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "class": "written", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or bring in a file"),
        required=False,
        help_text=_("A .toml file. It takes the place of the words above."),
    )
    change = _text(_("What differs from the version before"), most=500, required=False)

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.defined: Defined | None = None
        if new:
            del self.fields["change"]

    def read(self, kept: Mapping[str, Any]) -> Defined | None:
        """The definition as written, or nothing: then each problem stands with its place."""
        found, problems = read_toml(self._words(), WHERE)
        for problem in problems:
            self.add_error("toml", f"{problem.where}: {problem.message}")
        if found is not None and kept.get("key") and found.key != kept["key"]:
            self.add_error("toml", _now("The key stays “%(key)s” for good.") % {"key": kept["key"]})
            return None
        return found

    def _words(self) -> str:
        file = self.cleaned_data.get("file")
        if file is None:
            return str(self.cleaned_data["toml"]).replace("\r\n", "\n")
        return file.read(LARGEST).decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
