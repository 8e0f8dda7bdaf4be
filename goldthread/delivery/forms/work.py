"""The questions about actions and milestones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.delivery.actions.work import HEAVIEST
from goldthread.delivery.models import Action, Milestone
from goldthread.people.models import Body, Office
from goldthread.web.forms import WholeDate

NARROW = {"class": "govuk-input--width-4"}


class OfficeField(forms.ModelChoiceField):
    """An office of the body, by its title."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Office.objects.none(), **kwargs)

    def label_from_instance(self, obj: Office) -> str:
        return obj.title


def _weight() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Weight"),
        help_text=_("How much it counts beside the others: 1 for most, more for what matters more."),
        min_value=1,
        max_value=HEAVIEST,
        initial=1,
        widget=forms.NumberInput(attrs=NARROW),
    )


class ActionForm(forms.Form):
    """What an action is; its owner and days are asked only when it is added."""

    title = forms.CharField(label=_("What will be done, in a line"), max_length=300)
    words = forms.CharField(
        label=_("What that means"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    owner_office = OfficeField(
        label=_("Which office owes it"), required=False, empty_label=_("None of these, or not known yet")
    )
    owner_words = forms.CharField(
        label=_("Who owes it, where no office here does"),
        help_text=_("Such as a partner’s name. It can be given to an office later."),
        max_length=200,
        required=False,
    )
    starts = WholeDate(label=_("It starts on"), required=False)
    due = WholeDate(label=_("It is due on"), required=False)
    weight = _weight()
    cost = forms.DecimalField(
        label=_("Cost in pounds"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )
    cost_words = forms.CharField(label=_("Who pays, and from what"), max_length=300, required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_office"].queryset = Office.objects.filter(body=body)


class ActionChangeForm(ActionForm):
    """What an action is, said anew, with the reason."""

    why = forms.CharField(
        label=_("Why it changes"),
        help_text=_("It stands in the history, and in the next report."),
        max_length=500,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        names = ("title", "words", "starts", "weight", "cost", "cost_words")
        last = action.changes.values_list("pk", flat=True).last()
        initial = {name: getattr(action, name) for name in names} | {"seen": last or 0}
        super().__init__(*args, body=action.priority.body, initial=initial, **kwargs)
        for name in ("owner_office", "owner_words", "due"):
            del self.fields[name]


class MilestoneForm(forms.Form):
    """A step on the way of an action."""

    title = forms.CharField(label=_("What will have been reached"), max_length=300)
    due = WholeDate(label=_("By which day"), required=False)
    owner_office = OfficeField(
        label=_("Which office owes it"), required=False, empty_label=_("The owner of the action")
    )
    weight = _weight()

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_office"].queryset = Office.objects.filter(body=body)


class MilestoneChangeForm(forms.Form):
    """What a milestone is, said anew."""

    title = forms.CharField(label=_("What will have been reached"), max_length=300)
    weight = _weight()
    why = forms.CharField(label=_("Why it changes"), max_length=500, required=False)


class ForecastForm(forms.Form):
    """By when a thing is now expected."""

    to = WholeDate(label=_("Now expected on"))
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Needed where it comes later than it did."),
        max_length=500,
        required=False,
    )


class RebaselineForm(forms.Form):
    """A new day that was agreed in place of the first."""

    to = WholeDate(label=_("The new day that was agreed"))
    why = forms.CharField(label=_("Who agreed it, and why"), max_length=500)


class FinishForm(forms.Form):
    """That a thing is done, and on which day."""

    on = WholeDate(label=_("On which day"))
    words = forms.CharField(label=_("What shows it"), max_length=500, required=False)


class DropForm(forms.Form):
    """Why a thing is given up."""

    reason = forms.CharField(
        label=_("Why it is dropped"),
        help_text=_("It is printed with it, and counts for nothing in any sum from now on."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AgainForm(forms.Form):
    """Why a thing is opened again."""

    why = forms.CharField(
        label=_("Why it is opened again"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class OwnerForm(forms.Form):
    """Who owes a thing from now on."""

    office = OfficeField(label=_("Which office owes it"), required=False, empty_label=_("None of these"))
    words = forms.CharField(label=_("Who owes it, where no office here does"), max_length=200, required=False)
    why = forms.CharField(label=_("Why it goes there"), max_length=500, required=False)

    def __init__(self, *args: Any, thing: Action | Milestone, body: Body, **kwargs: Any) -> None:
        initial = {"office": thing.owner_office_id, "words": getattr(thing, "owner_words", "")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(body=body)
        if isinstance(thing, Milestone):
            self.fields["office"].empty_label = _("The owner of the action")
            del self.fields["words"]


class WaitsForm(forms.Form):
    """What an action waits for."""

    on = forms.ChoiceField(label=_("Which action or milestone"))
    why = forms.CharField(label=_("What it needs of it"), max_length=300, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].choices = [("", _("Choose one")), *choices]
