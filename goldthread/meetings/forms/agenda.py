"""The questions that the desk asks about a meeting and the items of its agenda."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.core.governance.exemption import Marking
from goldthread.meetings.forms.grounds import grounds
from goldthread.meetings.models import AgendaItem, Board, ItemKind, Meeting
from goldthread.web.forms import WholeDate

TIMES = ["%H:%M", "%H.%M", "%H%M", "%I%p", "%I.%M%p", "%I:%M%p"]
NARROW = {"class": "govuk-input--width-5"}
PURPOSES = (
    ("decision", _("For decision")),
    ("scrutiny", _("For scrutiny")),
    ("information", _("For information")),
    ("verbal", _("Spoken report, no paper")),
)
MARKINGS = (
    (Marking.OPEN.value, _("Open: the public may read it")),
    (Marking.MEMBERS.value, _("Members: for the board and its officers")),
    (Marking.EXEMPT.value, _("Exempt: only for those who may read exempt business")),
)


class TimeOfDay(forms.TimeField):
    """A time as people write it: 14:00, 2pm, 9.30."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Enter a time, such as 14:00 or 9.30")})
        super().__init__(
            input_formats=TIMES, widget=forms.TimeInput(format="%H:%M", attrs=dict(NARROW)), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        """The time, however it was spaced."""
        return super().to_python(value.replace(" ", "").lower() if isinstance(value, str) else value)


class MeetingForm(forms.Form):
    """When and where a meeting is."""

    on = WholeDate(label=_("Date"))
    time = TimeOfDay(label=_("Starts at"), help_text=_("By the clock in the room, such as 14:00."))
    ends = TimeOfDay(label=_("Ends at"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    joining = forms.CharField(
        label=_("How to join from elsewhere"),
        max_length=300,
        required=False,
        help_text=_("A link or a number. Only members and officers see it."),
    )
    open_to_public = forms.BooleanField(label=_("The public may attend"), required=False)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PublishForm(forms.Form):
    """What is wanted when an agenda comes out with short notice."""

    notice_reason = forms.CharField(
        label=_("Why is the notice shorter?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("This is published with the agenda."),
    )


class ItemForm(forms.Form):
    """What an agenda item says."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices, initial=ItemKind.BUSINESS)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False, choices=(("", _("None")), *PURPOSES))
    lead = forms.CharField(label=_("Who speaks to it"), max_length=200, required=False)
    minutes_allowed = forms.IntegerField(
        label=_("How long it may take, in minutes"),
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    note = forms.CharField(
        label=_("Words under the title"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def words(self) -> dict[str, Any]:
        """What was given, as the actions take it."""
        names = ("title", "kind", "purpose", "lead", "minutes_allowed", "note")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class AddItemForm(ItemForm):
    """A new item: what it says, and beneath which item it stands."""

    note = None
    parent = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Stands"), required=False, empty_label=_("As an item of its own")
    )
    late_reason = forms.CharField(
        label=_("Why it could not wait"),
        max_length=300,
        required=False,
        help_text=_("The agenda is published, so this item is late. The reason stands beside it."),
    )
    field_order = ("title", "kind", "purpose", "lead", "minutes_allowed", "parent", "late_reason", "seen")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = meeting.items.filter(parent__isnull=True, withdrawn_at__isnull=True).order_by("position")
        self.fields["parent"].queryset = parents
        self.fields["parent"].label_from_instance = lambda item: f"Beneath {item.number} {item.title}"
        if meeting.stage == "published":
            self.fields["late_reason"].required = True
        else:
            del self.fields["late_reason"]


class PlaceForm(forms.Form):
    """Where on an agenda an item is to stand."""

    after = forms.ChoiceField(label=_("Put it"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [("", _("Choose where")), *places]


class MarkingForm(forms.Form):
    """How far something may go, why, and what the public is told of it."""

    marking = forms.ChoiceField(label=_("Marking"), choices=MARKINGS, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(
        label=_("Ground in law"), required=False, help_text=_("Needed where it is exempt.")
    )
    reason_words = forms.CharField(
        label=_("Why it applies here"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the office only."),
    )
    public_title = forms.CharField(
        label=_("Title that the public is shown"),
        max_length=200,
        required=False,
        help_text=_("Such as “A contract”. Without one the agenda says “Exempt item”."),
    )
    review_on = WholeDate(
        label=_("Look at it again on"),
        required=False,
        help_text=_("Needed where it is exempt: the day on which it is asked whether it must stay so."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, board: Board, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = grounds(board.jurisdiction, on)


class QuestionForm(forms.Form):
    """A question from the public."""

    asked_by = forms.CharField(
        label=_("Who asks"), max_length=200, help_text=_("As it may be printed, such as “A resident of Ely”.")
    )
    asked_on = WholeDate(label=_("When it came"))
    words = forms.CharField(label=_("The question"), widget=forms.Textarea(attrs={"rows": 4}))
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("About item"), required=False, empty_label=_("None in particular")
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.filter(withdrawn_at__isnull=True).order_by("position")
        self.fields["item"].label_from_instance = lambda item: f"{item.number} {item.title}"


class AnswerForm(forms.Form):
    """The answer to a question from the public."""

    answer = forms.CharField(label=_("The answer"), widget=forms.Textarea(attrs={"rows": 5}))
    answered_by = forms.CharField(label=_("Who answers"), max_length=200, required=False)
