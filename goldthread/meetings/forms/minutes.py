"""The questions that the desk asks about minutes and the actions that arise from them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.meetings.models import AgendaItem, Arising, Board, Meeting, MeetingStage, Minutes, Seat
from goldthread.web.forms import WholeDate

WORDS = forms.Textarea(attrs={"rows": 4})
NAMES = forms.Textarea(attrs={"rows": 6})


class CirculateForm(forms.Form):
    """Who the draft goes to, and a line with it."""

    to = forms.CharField(
        label=gettext_lazy("Who it goes to"),
        widget=NAMES,
        help_text=gettext_lazy(
            "One name a line. This keeps who it went to; those who read the board's papers here can read it "
            "at once."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("A line with it"),
        required=False,
        widget=WORDS,
        help_text=gettext_lazy("Such as by when you want corrections."),
    )

    def clean_to(self) -> list[str]:
        """The names, each once."""
        lines = [line.strip() for line in self.cleaned_data["to"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class AmendForm(forms.Form):
    """What was amended, and why."""

    note = forms.CharField(
        label=gettext_lazy("What was amended, and why"),
        widget=WORDS,
        help_text=gettext_lazy("Such as: “3 Local Authorities” should read “4”, as SH pointed out."),
    )


class ApproveForm(forms.Form):
    """Which meeting approved the minutes, and subject to what."""

    at_meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=gettext_lazy("Approved at the meeting of"), empty_label=None
    )
    words = forms.CharField(
        label=gettext_lazy("Subject to"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Leave empty where they were approved as they stand. The public reads this."),
    )

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = minutes.meeting.board
        later = board.meetings.filter(starts_at__gt=minutes.meeting.starts_at)
        called = later.filter(stage__in=(MeetingStage.PUBLISHED, MeetingStage.HELD))
        self.fields["at_meeting"].queryset = called.order_by("starts_at")
        self.fields["at_meeting"].label_from_instance = lambda meeting: f"{meeting.on:%-d %B %Y}"
        if not called.exists():
            self.fields["at_meeting"].help_text = _(
                "No later agenda is published yet. Publish the agenda of the meeting that is to approve them."
            )


class TakeForm(forms.Form):
    """What the minute taker settles about an action line before it goes into the log."""

    anchor = forms.CharField(max_length=64)
    owners = forms.ModelMultipleChoiceField(Seat.objects.none(), required=False)
    due = forms.DateField(required=False)

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owners"].queryset = board.seats.all()


class PersonForm(forms.Form):
    """How somebody came or went at an item."""

    seat = forms.ModelChoiceField(Seat.objects.none(), required=False)
    name = forms.CharField(max_length=200, required=False)
    how = forms.ChoiceField(choices=[(each, each) for each in ("here", "apologies", "left", "joined")])

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = board.seats.all()


class ReportForm(forms.Form):
    """How an action goes."""

    words = forms.CharField(
        label=gettext_lazy("How does it go?"),
        widget=WORDS,
        help_text=gettext_lazy("A sentence or two that the Board can read."),
    )
    done = forms.BooleanField(label=gettext_lazy("It is done"), required=False)


class ChangeForm(forms.Form):
    """An action as it is to read from now on, and why."""

    words = forms.CharField(label=gettext_lazy("What is to be done"), widget=WORDS, max_length=4000)
    owners = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label=gettext_lazy("Owners"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    owner_words = forms.CharField(
        label=gettext_lazy("Owners in words"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "For those without a seat. Left empty, the initials of the owners stand here."
        ),
    )
    due = WholeDate(label=gettext_lazy("Due"), required=False)
    why = forms.CharField(label=gettext_lazy("Why is it changed?"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owners"].queryset = board.seats.all()
        self.fields["owners"].label_from_instance = lambda seat: f"{seat.name} ({seat.initials})"


class CloseForm(forms.Form):
    """When an action was closed, and what was done."""

    on = WholeDate(label=gettext_lazy("Closed on"))
    words = forms.CharField(label=gettext_lazy("What was done"), widget=WORDS)
    dropped = forms.BooleanField(label=gettext_lazy("It was dropped: no longer needed"), required=False)


class WhyForm(forms.Form):
    """Why an action is opened again."""

    why = forms.CharField(label=gettext_lazy("Why is it opened again?"), widget=WORDS)


class NewActionForm(forms.Form):
    """An action that no line of the minutes bears."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=gettext_lazy("From the meeting of"), empty_label=None
    )
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=gettext_lazy("Item"),
        required=False,
        empty_label=gettext_lazy("No one item"),
    )
    words = forms.CharField(label=gettext_lazy("What is to be done"), widget=WORDS, max_length=4000)
    owners = forms.ModelMultipleChoiceField(
        Seat.objects.none(), label=gettext_lazy("Owners"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due = WholeDate(label=gettext_lazy("Due"), required=False)

    def __init__(self, *args: Any, board: Board, meeting: Meeting | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = board.meetings.exclude(stage=MeetingStage.CANCELLED)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda each: f"{each.on:%-d %B %Y}"
        self.fields["meeting"].initial = meeting
        self.fields["owners"].queryset = board.seats.all()
        self.fields["owners"].label_from_instance = lambda seat: f"{seat.name} ({seat.initials})"
        items = AgendaItem.objects.filter(meeting__in=meetings).select_related("meeting__board")
        self.fields["item"].queryset = items.filter(meeting=meeting) if meeting else items

    def clean(self) -> dict[str, Any]:
        """An item must be on the agenda of the meeting that was chosen."""
        given = super().clean() or {}
        item, meeting = given.get("item"), given.get("meeting")
        if item and meeting and item.meeting_id != meeting.pk:
            self.add_error("item", _("That item is on the agenda of another meeting."))
        return given


def initial_of(action: Arising) -> dict[str, Any]:
    """What the form for changing an action begins with."""
    return {
        "words": action.words,
        "owners": list(action.owners.all()),
        "owner_words": action.owner_words,
        "due": action.due,
    }
