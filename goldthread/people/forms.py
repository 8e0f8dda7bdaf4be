"""Forms of the people desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goldthread.people.models import Holding, Office


def _a_day() -> forms.DateInput:
    """The browser's own field for a day, which takes its value in this form alone."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AppointForm(forms.Form):
    """Who takes an office, and from when."""

    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="Email address", help_text="They sign in with this.")
    starts = forms.DateField(label="First day", widget=_a_day())
    instead = forms.BooleanField(
        label="End the present holder's time on the day before", required=False, initial=False
    )

    def __init__(self, office: Office, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = on
        held = Holding.objects.in_force(on).filter(office=office)
        if not (office.single and held.exists()):
            del self.fields["instead"]


class EndForm(forms.Form):
    """The last day of a holding."""

    ends = forms.DateField(label="Last day", widget=_a_day())

    def __init__(self, holding: Holding, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends"].initial = max(on, holding.starts)
