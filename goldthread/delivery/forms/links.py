"""Forms of emailed links: what their reader fills in, and what the office does to send one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from goldthread.delivery.actions.links import DAYS, LONGEST
from goldthread.delivery.updates import Level
from goldthread.people.models import Office, User
from goldthread.web.forms import WholeDate

ELSE = "else"
"""Stands for somebody who holds no office here."""


class LinkUpdateForm(forms.Form):
    """How a thing goes, in the fewest questions that make an update."""

    status = forms.ChoiceField(label=_("How does it go?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What has happened?"),
        help_text=_("A sentence or two. Say what is stuck, too."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    forecast = WholeDate(
        label=_("When will it be done?"),
        help_text=_("Only if the day has moved."),
        required=False,
    )
    file = forms.FileField(
        label=_("A file that shows it"),
        help_text=_("Word, OpenDocument or PDF."),
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, levels: tuple[Level, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [
            (each.code, format_html("<strong>{}</strong><br>{}", each.word, each.meaning)) for each in levels
        ]

    def typed(self) -> dict[str, str]:
        """What stands in the form as it was sent, right or wrong, to be kept."""
        return {name: str(self[name].data or "") for name in ("words", "status", "forecast", "seen")}


class SendLinkForm(forms.Form):
    """To whom a link goes, and how long it lasts."""

    to = forms.ChoiceField(label=_("Who is to give the update?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Only for somebody else, who needs no account."),
    )
    email = forms.EmailField(label=_("Email address"), required=False)
    days = forms.IntegerField(label=_("How many days does it last?"), initial=DAYS)

    def __init__(
        self, offices: tuple[tuple[Office, tuple[User, ...]], ...], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {f"{office.pk}-{user.pk}": (office, user) for office, users in offices for user in users}
        choices = [(key, f"{user.name}, {office.title}") for key, (office, user) in self.known.items()]
        self.fields["to"].choices = [*choices, (ELSE, _("Somebody else, named below"))]
        self.fields["days"].widget.attrs |= {"min": 1, "max": LONGEST}
        self.fields["to"].initial = choices[0][0] if choices else ELSE

    def reader(self) -> dict[str, Any]:
        """Who was chosen, as the action takes it."""
        given = self.cleaned_data
        if given["to"] != ELSE:
            office, user = self.known[given["to"]]
            return {"to_office": office, "to_user": user}
        return {"name": given["name"], "email": given["email"]}


class RevokeForm(forms.Form):
    """Why a link is taken back."""

    reason = forms.CharField(label=_("Why is it taken back?"), max_length=300)
