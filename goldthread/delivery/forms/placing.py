"""The questions about work to place, and about an office that somebody leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.delivery.forms.work import OfficeField
from goldthread.people.models import Body, Office, User
from goldthread.web.forms import WholeDate


class PlaceForm(forms.Form):
    """To which office the ticked work goes."""

    office = OfficeField(label=_("Give what is ticked to"), empty_label=_("Choose an office"))
    why = forms.CharField(label=_("Why it goes there"), max_length=500, required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(body=body)


class PersonField(forms.ModelChoiceField):
    """One of some people, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return obj.name


class HandOverForm(forms.Form):
    """Who leaves an office, who comes after, and what they should know."""

    was = PersonField(label=_("Who leaves"), empty_label=_("Choose one"))
    on = WholeDate(label=_("From which day it is somebody else’s"))
    now = PersonField(
        label=_("Who holds the office now"),
        help_text=_("They are sent the list of what it owes. People are appointed under People."),
        required=False,
        empty_label=_("Nobody yet"),
    )
    to = OfficeField(
        label=_("Or give all of it to another office"),
        required=False,
        empty_label=_("It stays with this office"),
    )
    words = forms.CharField(
        label=_("What whoever comes after should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, *args: Any, office: Office, past: Sequence[int], present: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["was"].queryset = User.objects.filter(pk__in=past)
        self.fields["now"].queryset = User.objects.filter(pk__in=present)
        self.fields["to"].queryset = Office.objects.filter(body=office.body_id).exclude(pk=office.pk)
