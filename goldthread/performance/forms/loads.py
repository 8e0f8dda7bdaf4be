"""The questions about figures that come in: a file and its source, its columns, a return typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goldthread.files.sheets import Match
from goldthread.files.sheets.header import Block
from goldthread.files.sheets.sheet import letters
from goldthread.performance.loading.choosing import Choice
from goldthread.performance.loading.known import InUse
from goldthread.performance.models import Area, Source, SourceKind

KINDS = (
    (SourceKind.STREET.value, _("Street-level crime archive: the .zip or .csv files of data.police.uk")),
    (SourceKind.RETURN.value, _("A return of the force or of the office: .csv, .xlsx, .xls or .ods")),
    (SourceKind.OPEN_TABLE.value, _("A table published by the government: .csv, .xlsx or .ods")),
    (SourceKind.POPULATION.value, _("Population estimates: .csv, .xlsx or .ods")),
)
NAMES = {
    SourceKind.STREET.value: "Street-level crime, data.police.uk",
    SourceKind.POPULATION.value: "Population estimates, Office for National Statistics",
}
MOST_ROWS = 36


class FileForm(forms.Form):
    """A file of figures, what it is and where it comes from."""

    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    source = forms.ModelChoiceField(
        Source.objects.none(),
        label=_("Where it comes from"),
        help_text=_("How its columns were matched is remembered for each source."),
        required=False,
        empty_label=_("Somewhere new"),
    )
    new_source = forms.CharField(
        label=_("The name of the new source"),
        help_text=_(
            "Such as “Contact centre return”. Left empty, crime and population get a name of their own."
        ),
        max_length=160,
        required=False,
    )
    file = forms.FileField(label=_("File"), help_text=_("At most 100 MB for an archive, 30 MB for a table."))
    provisional = forms.BooleanField(
        label=_("These figures are provisional: they may still change"), required=False
    )
    again = forms.BooleanField(label=_("Load it again all the same"), required=False)

    def __init__(self, *args: Any, sources: QuerySet[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources

    def ask_again(self) -> None:
        """Ask whether the very same file is to be loaded once more."""
        self.asked = True

    def hide_again(self) -> None:
        """Ask that only after such a file has been refused."""
        if not getattr(self, "asked", False):
            self.fields["again"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        source, kind = given.get("source"), given.get("kind")
        if source is not None and kind and source.kind != kind:
            self.add_error(
                "source", _now("This source is of another kind. Choose one that fits, or name a new one.")
            )
        name = given.get("new_source") or NAMES.get(str(kind), "")
        if source is None and kind and not name:
            self.add_error("new_source", _now("Name where the file comes from."))
        given["new_source"] = name
        return given


NONE = "none"
"""What stands for no column, or for what the file itself says."""
DASH = (("missing", _("that nobody told us")), ("zero", _("none at all")))
CROSS = (("missing", _("that nobody told us")), ("suppressed", _("that it may not be shown")))
PARTS = (
    ("period", _("Month, quarter or year")),
    ("area", _("Area")),
    ("measure", _("Measure")),
    ("numerator", _("What is counted (numerator)")),
    ("denominator", _("Out of how many (denominator)")),
    ("value", _("The figure itself, where it is not reckoned from two columns")),
    ("provisional", _("Whether it is provisional")),
)
ACROSS = {"period": _("months"), "area": _("areas"), "measure": _("measures")}


class ColumnsForm(forms.Form):
    """Which column of a table means what, and what holds for every row."""

    def __init__(
        self,
        *args: Any,
        block: Block,
        choice: Choice,
        own: Sequence[str],
        kind: str,
        measures: Sequence[InUse],
        areas: Sequence[Area],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choice, self.own, self.people = choice, own, kind == SourceKind.POPULATION
        columns = [(NONE, _("– not in the file –")), *_named(block)]
        spread = choice.match.spread
        if spread:
            self.fields["across"] = self._across(choice.match, block)
        for part, label in PARTS:
            if self.people and part in ("measure", "numerator", "denominator", "provisional"):
                continue
            at = choice.match.column(part)
            self.fields[part] = forms.ChoiceField(
                label=label, choices=columns, initial=NONE if at is None else str(at)
            )
        if self.people:
            self.fields["year"] = forms.IntegerField(
                label=_("Year, where no column or heading says it"),
                required=False,
                min_value=1980,
                max_value=2100,
                initial=choice.year,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
            )
        else:
            self._add_measure(measures)
        self.fields["area_of_all"] = forms.ChoiceField(
            label=_("Area of every row, where no column or heading says it"),
            choices=[(NONE, _("– the file says it –")), *((area.code, area.name) for area in areas)],
            initial=choice.area or NONE,
        )
        self._add_signs(choice.match)

    def _across(self, match: Match, block: Block) -> forms.Field:
        what = ACROSS[match.across]
        first, last = block.names[match.spread[0]], block.names[match.spread[-1]]
        label = _now("The headings from “%(first)s” to “%(last)s” are %(what)s") % {
            "first": first,
            "last": last,
            "what": what,
        }
        return forms.BooleanField(label=label, required=False, initial=True)

    def _add_measure(self, measures: Sequence[InUse]) -> None:
        names = [(each.measure.key, each.measure.name) for each in measures]
        first = _("– the file says it –")
        if self.own:
            first = _("– each measure by the columns that its definition names –")
        self.fields["measure_of_all"] = forms.ChoiceField(
            label=_("Measure of every row, where no column or heading says it"),
            choices=[(NONE, first), *names],
            initial=NONE if self.choice.by_column else self.choice.measure or NONE,
        )

    def _add_signs(self, match: Match) -> None:
        self.fields["dash"] = forms.ChoiceField(
            label=_("A cell that holds only a dash says"),
            choices=DASH,
            initial="zero" if match.dash_is_zero else "missing",
        )
        self.fields["cross"] = forms.ChoiceField(
            label=_("A cell that holds only an x says"),
            choices=CROSS,
            initial="suppressed" if match.x_is_suppressed else "missing",
        )
        self.fields["only_known_areas"] = forms.BooleanField(
            label=_("Leave out the rows of areas that are not kept here, such as regions and other forces"),
            required=False,
            initial=match.only_known_areas,
        )

    def clean(self) -> dict[str, Any]:
        given = {name: "" if value == NONE else value for name, value in (super().clean() or {}).items()}
        columns = [given[part] for part, _label in PARTS if given.get(part)]
        if len(columns) != len(set(columns)):
            raise ValidationError(_now("One column was chosen twice. Each column can mean one thing."))
        across = self.choice.match.across if given.get("across") else ""
        if (
            not (self.people or self.own or given.get("measure") or given.get("measure_of_all"))
            and across != "measure"
        ):
            self.add_error("measure_of_all", _now("Choose the measure: no column of the file names it."))
        if not (given.get("area") or given.get("area_of_all")) and across != "area":
            self.add_error("area_of_all", _now("Choose the area: no column of the file names it."))
        return given

    def chosen(self) -> Choice:
        """The choice as it was answered."""
        given, match = self.cleaned_data, self.choice.match
        across = bool(given.get("across")) and bool(match.spread)
        columns = tuple(sorted((part, int(given[part])) for part, _label in PARTS if given.get(part)))
        taken = {at for _part, at in columns}
        made = Match(
            tab=match.tab,
            columns=columns,
            across=match.across if across else "",
            spread=tuple(at for at in match.spread if at not in taken) if across else (),
            dash_is_zero=given["dash"] == "zero",
            x_is_suppressed=given["cross"] == "suppressed",
            only_known_areas=given["only_known_areas"],
        )
        measure = given.get("measure_of_all", "")
        by_column = (
            bool(self.own) and not measure and made.column("measure") is None and made.across != "measure"
        )
        return Choice(made, measure, given["area_of_all"], given.get("year"), by_column)


def _named(block: Block) -> Iterator[tuple[str, str]]:
    for at, name in enumerate(block.names):
        yield (
            str(at),
            f"{letters(at)}: {name}" if name else _now("%(letter)s (no heading)") % {"letter": letters(at)},
        )


class ReasonForm(forms.Form):
    """Why a load is undone."""

    reason = forms.CharField(
        label=_("Why it is undone"),
        help_text=_("It stays on the record, and so does what a board was shown."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TypedForm(forms.Form):
    """What a typed return is about; its rows are told apart in `TypedRows`."""

    measure = forms.ChoiceField(label=_("Measure"))
    area = forms.ChoiceField(label=_("Area"))
    provisional = forms.BooleanField(
        label=_("These figures are provisional: they may still change"), required=False
    )

    def __init__(self, *args: Any, measures: Sequence[InUse], areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(each.measure.key, each.measure.name) for each in measures]
        self.fields["area"].choices = [(area.code, area.name) for area in areas]
