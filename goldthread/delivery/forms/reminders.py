"""The form of a reminder rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from goldthread.delivery.actions.reminders import FURTHEST
from goldthread.delivery.models import ReminderTo
from goldthread.delivery.reminding import ABOUT
from goldthread.people.models import Body, Office


class RuleForm(forms.Form):
    """Who is told of what, and how many days before or after."""

    about = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    count = forms.IntegerField(label=_("How many days?"), min_value=0, max_value=FURTHEST, initial=7)
    side = forms.ChoiceField(
        label=_("Before or after?"),
        choices=(("before", _("Before it is due")), ("after", _("After it was due"))),
        widget=forms.RadioSelect,
        initial="before",
    )
    to = forms.ChoiceField(
        label=_("Who is told?"),
        choices=(
            (ReminderTo.OWNER.value, _("Whoever owes it")),
            (ReminderTo.LEAD.value, _("Whoever leads the priority")),
            (ReminderTo.OFFICE.value, _("An office named below")),
        ),
        widget=forms.RadioSelect,
        initial=ReminderTo.OWNER.value,
    )
    office = forms.ModelChoiceField(
        label=_("Which office?"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("Choose an office"),
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(name, capfirst(words)) for name, words in ABOUT.items()]
        self.fields["office"].queryset = Office.objects.filter(body=body).order_by("title")
        self.fields["office"].label_from_instance = lambda office: office.title

    def given(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        given = self.cleaned_data
        days = given["count"] if given["side"] == "after" else -given["count"]
        return {
            "name": "",
            "about": given["about"],
            "days": days,
            "to": given["to"],
            "office": given["office"],
        }
