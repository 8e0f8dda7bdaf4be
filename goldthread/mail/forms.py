"""Forms of mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.mail.models import AT_ONCE, SENTENCES, Kind, Preference, Rhythm, Weekday


class PreferenceForm(forms.Form):
    """What reaches somebody by email."""

    digest = forms.ChoiceField(
        label=_("How often would you like one letter with everything you owe?"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day, if once a week?"), choices=Weekday.choices, coerce=int
    )
    at_once = forms.MultipleChoiceField(
        label=_("What should also reach you by itself, as soon as it is written?"),
        help_text=_("Whatever you leave out is told in that one letter instead."),
        choices=[(kind.value, SENTENCES[kind]) for kind in AT_ONCE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, chosen: Preference, *args: Any, **kwargs: Any) -> None:
        initial = {"digest": chosen.digest, "weekday": chosen.weekday, "at_once": chosen.at_once}
        super().__init__(*args, initial=initial, **kwargs)


class OutboxForm(forms.Form):
    """Which letters to show."""

    state = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=(
            ("", _("Any")),
            ("waiting", _("Waiting")),
            ("sent", _("Sent")),
            ("failed", _("Not delivered")),
            ("called-off", _("Not sent")),
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=(("", _("Any")), *Kind.choices))
    to = forms.CharField(label=_("To"), required=False, max_length=200)
