"""The questions that the desk asks about a board: what it is, how it meets, who sits on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldthread.core.governance.jurisdiction import Jurisdiction
from goldthread.core.governance.meetings import Every, Recurrence
from goldthread.core.governance.quorum import QuorumRule
from goldthread.meetings.attending import CHAIR, SEATED
from goldthread.meetings.forms.agenda import PURPOSES, TimeOfDay
from goldthread.meetings.house import houses
from goldthread.meetings.house_rules import SCHEMES, quorum_of, recurrence_of
from goldthread.meetings.models import Board, BoardKind, ItemKind, SeatRole
from goldthread.people.models import Body, Office
from goldthread.web.forms import WholeDate

DAYS = {"class": "govuk-input--width-3"}
SHARES = (
    ("0", _("No share")),
    ("1/4", _("A quarter")),
    ("1/3", _("A third")),
    ("1/2", _("Half")),
    ("2/3", _("Two thirds")),
)
NTHS = ((1, _("First")), (2, _("Second")), (3, _("Third")), (4, _("Fourth")), (-1, _("Last")))


class BoardForm(forms.Form):
    """What a board is."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Such as “Business Coordination Board”.")
    )
    short = forms.CharField(
        label=_("Short name"),
        max_length=20,
        help_text=_("As its papers are cited, such as “BCB”. It cannot be changed later."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    kind = forms.ChoiceField(label=_("What it is in law"), choices=BoardKind.choices)
    starts = WholeDate(label=_("Since"), help_text=_("The day from which it can meet."))
    decider = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Who decides on its advice"),
        required=False,
        empty_label=_("Nobody: the board decides itself, or only advises"),
    )
    usual_time = TimeOfDay(label=_("Usually starts at"), help_text=_("Such as 14:00."))
    usual_place = forms.CharField(label=_("Usual place"), max_length=200, required=False)
    listed = forms.BooleanField(label=_("The public is told of this board"), required=False, initial=True)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offices(self.fields["decider"], body)


def _offices(field: forms.Field, body: Body) -> None:
    field.queryset = Office.objects.filter(body=body).order_by("title")
    field.label_from_instance = lambda office: office.title


class RenameForm(forms.Form):
    """What a board is called, who decides on its advice, whether the public is told of it, when it ends."""

    name = forms.CharField(label=_("Name"), max_length=200)
    decider = forms.ModelChoiceField(
        Office.objects.none(), label=_("Who decides on its advice"), required=False, empty_label=_("Nobody")
    )
    listed = forms.BooleanField(label=_("The public is told of this board"), required=False)
    ends = WholeDate(
        label=_("Last day of the board"), required=False, help_text=_("Where it has come to an end.")
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offices(self.fields["decider"], body)


def _days(label: Any, help_text: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs=dict(DAYS))
    return forms.IntegerField(label=label, min_value=0, max_value=60, widget=widget, help_text=help_text)


class RulesForm(forms.Form):
    """The rules by which a board meets."""

    usual_time = TimeOfDay(label=_("Usually starts at"), required=False)
    usual_place = forms.CharField(label=_("Usual place"), max_length=200, required=False)
    house_template = forms.ChoiceField(label=_("Template of its papers"))
    decision_pattern = forms.CharField(
        label=_("Numbers of its decisions"),
        max_length=60,
        help_text=_(
            "Fields in braces: {body}, {year}, {short_year}, {financial_year}, {serial}, {serial:03}."
        ),
    )
    item_scheme = forms.ChoiceField(
        label=_("Numbers on its agendas"),
        choices=[(name, words) for name, (_scheme, words) in SCHEMES.items()],
    )
    papers_days = _days(_("Papers are due, working days before"))
    notice_days = _days(
        _("Agenda is published, clear days before"),
        _("Five is the law for a panel in England, three in Wales; a custom for other boards."),
    )
    questions_days = _days(_("Questions from the public close, working days before"))
    minutes_days = _days(_("Minutes are circulated within, working days"))
    jurisdiction = forms.ChoiceField(
        label=_("Law that it follows"), choices=[(each.value, each.value.title()) for each in Jurisdiction]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["house_template"].choices = [(code, house.office) for code, house in houses().items()]


class QuorumForm(forms.Form):
    """What makes a quorum: all that is given must be met."""

    number = forms.IntegerField(
        label=_("At least so many members"),
        required=False,
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(attrs=dict(DAYS)),
    )
    share = forms.ChoiceField(label=_("And this share of them, rounded up"), choices=SHARES)
    offices = forms.MultipleChoiceField(
        label=_("Who must be there"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.initial_of(board))
        super().__init__(*args, **kwargs)
        titles = board.seats.filter(role__in=SEATED, ends__isnull=True).exclude(title="")
        kept = (quorum_of(board) or QuorumRule()).offices
        names = dict.fromkeys([*kept, *titles.values_list("title", flat=True)])
        names.pop(CHAIR, None)
        self.fields["offices"].choices = [(CHAIR, _("Whoever takes the chair")), *((n, n) for n in names)]

    def rule(self) -> QuorumRule:
        """The rule that was given."""
        given = self.cleaned_data
        return QuorumRule(given["number"] or 0, Fraction(given["share"]), tuple(given["offices"]))

    @staticmethod
    def initial_of(board: Board) -> dict[str, Any]:
        """The answers that a board's rule stands for."""
        rule = quorum_of(board) or QuorumRule()
        return {"number": rule.number or None, "share": str(rule.share), "offices": list(rule.offices)}


class RecurrenceForm(forms.Form):
    """How meetings come round."""

    every = forms.ChoiceField(
        label=_("Comes round"),
        required=False,
        choices=(
            ("", _("It does not: each meeting is called by itself")),
            ("month", _("By month")),
            ("week", _("By week")),
        ),
    )
    step = forms.IntegerField(
        label=_("Every how many months or weeks"),
        initial=1,
        min_value=1,
        max_value=52,
        widget=forms.NumberInput(attrs=dict(DAYS)),
    )
    nth = forms.TypedChoiceField(label=_("Which of the month"), choices=NTHS, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=list(WEEKDAYS.items()), coerce=int)
    starts = WholeDate(label=_("Counted from"))
    ends = WholeDate(label=_("Until"), required=False)
    skip_months = forms.TypedMultipleChoiceField(
        label=_("No meeting in"),
        required=False,
        choices=list(MONTHS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def recurrence(self) -> Recurrence | None:
        """The recurrence that was given, or nothing."""
        given = self.cleaned_data
        if not given["every"]:
            return None
        return Recurrence(
            every=Every(given["every"]),
            weekday=given["weekday"],
            starts=given["starts"],
            nth=given["nth"],
            step=given["step"],
            ends=given["ends"],
            skip_months=frozenset(given["skip_months"]),
        )

    @staticmethod
    def initial_of(board: Board) -> dict[str, Any]:
        """The answers that a board's recurrence stands for."""
        found = recurrence_of(board)
        if found is None:
            return {"step": 1, "starts": board.starts, "weekday": 3}
        names = ("every", "step", "nth", "weekday", "starts", "ends")
        return {name: getattr(found, name) for name in names} | {"skip_months": sorted(found.skip_months)}


class SeatForm(forms.Form):
    """A place at a board's table."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As minutes are to name them."))
    initials = forms.CharField(
        label=_("Initials"), max_length=8, widget=forms.TextInput(attrs={"class": "govuk-input--width-4"})
    )
    role = forms.ChoiceField(label=_("Sits as"), choices=SeatRole.choices)
    title = forms.CharField(label=_("Office or organisation"), max_length=200, required=False)
    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("The seat belongs to the office of"),
        required=False,
        empty_label=_("No office here"),
        help_text=_(
            "Whoever holds it has the board in their calendar. What they read follows from the office."
        ),
    )
    starts = WholeDate(label=_("Sits from"))
    ends = WholeDate(label=_("Until"), required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offices(self.fields["office"], body)


class EndSeatForm(forms.Form):
    """On which day somebody sits for the last time, and who follows them."""

    ends = WholeDate(label=_("Last day"))
    follower = forms.CharField(
        label=_("Who follows the day after"),
        max_length=200,
        required=False,
        help_text=_("Leave empty if nobody does."),
    )
    initials = forms.CharField(
        label=_("Their initials"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4"}),
    )


class TermsForm(forms.Form):
    """Terms of reference, written plainly: lines that begin with # are headings."""

    from_day = WholeDate(label=_("In force from"))
    adopted = forms.CharField(label=_("Where they were adopted"), max_length=300, required=False)
    file = forms.FileField(
        label=_("Read them in from a file"),
        required=False,
        help_text=_("Word, OpenDocument or PDF. Its words replace those below."),
    )
    words = forms.CharField(
        label=_("Or write them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("A paragraph a line. Begin a heading with #, and leave the numbering to us."),
    )


class StandingForm(forms.Form):
    """One item that comes to every meeting; an empty title leaves it out."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices, initial=ItemKind.BUSINESS)
    at_end = forms.BooleanField(label=_("After the business of the day"), required=False)


StandingFormSet = forms.formset_factory(StandingForm, extra=3, max_num=30)


class PlannedForm(forms.Form):
    """Business planned for a meeting to come."""

    title = forms.CharField(label=_("Title"), max_length=200)
    due = WholeDate(label=_("Planned for"), help_text=_("The day of the meeting, or about when."))
    theme = forms.CharField(
        label=_("Theme"),
        max_length=200,
        required=False,
        help_text=_("Such as a theme of the plan: “Victims”."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=PURPOSES[:3])
    lead = forms.ModelChoiceField(
        Office.objects.none(), label=_("Lead"), required=False, empty_label=_("Nobody yet")
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    listed = forms.BooleanField(label=_("The public may see this line"), required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offices(self.fields["lead"], body)


class MoveForm(forms.Form):
    """Another day for planned business, and why."""

    to = WholeDate(label=_("Move to"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DatesForm(forms.Form):
    """The dates of meetings to be called, of those proposed."""

    dates = forms.MultipleChoiceField(label=_("Call meetings on"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dates"].choices = list(offered)

    def days(self) -> list[date]:
        """The days that were chosen."""
        return [date.fromisoformat(day) for day in self.cleaned_data["dates"]]


class NoteForm(forms.Form):
    """How somebody took part in a meeting."""

    name = forms.CharField(label=_("Name"), max_length=200)
    initials = forms.CharField(
        label=_("Initials"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4"}),
    )
    title = forms.CharField(label=_("Office or organisation"), max_length=200, required=False)
    in_place_of = forms.ChoiceField(label=_("Came"), required=False)

    def __init__(self, *args: Any, seats: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        substitutes = [(pk, gettext("In place of %(name)s") % {"name": name}) for pk, name in seats.items()]
        self.fields["in_place_of"].choices = [("", gettext("In attendance")), *substitutes]
