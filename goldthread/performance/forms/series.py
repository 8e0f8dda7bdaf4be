"""The questions about a series: a re-base, a break, a narrative, its release, the paper it goes into."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.performance.models import BreakKind

Choices = Iterable[tuple[str, str]]


class PeriodField(forms.ChoiceField):
    """One period of a series, newest first; gives its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=(), **kwargs)

    def offer(self, periods: Choices) -> None:
        """Offer these periods, each as its day and its words."""
        first = [] if self.required else [("", _("Not said"))]
        self.choices = [*first, *periods]

    def to_python(self, value: Any) -> Any:
        return value if value in self.empty_values else date.fromisoformat(str(value))

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value.isoformat() if isinstance(value, date) else value)

    def clean(self, value: Any) -> date | None:
        try:
            return super().clean(value) or None
        except ValueError:
            raise forms.ValidationError(_("Choose one of the periods")) from None


class RebaseForm(forms.Form):
    """Why the usual range is to be reckoned anew, and from when."""

    first_period = PeriodField(
        label=_("From which period on"), help_text=_("It and all later ones make the new baseline.")
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What changed, who says so, and why it will last. A better or worse run is no reason."),
    )

    def __init__(self, *args: Any, periods: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_period"].offer(periods)


class AnswerRebaseForm(forms.Form):
    """What the approver says to it; who refuses must say why."""

    answer = forms.CharField(
        label=_("Your reason"), required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000})
    )


class BreakForm(forms.Form):
    """Why figures before and after a period cannot simply be compared."""

    period = PeriodField(label=_("First period after the break"))
    kind = forms.ChoiceField(label=_("What happened"), choices=BreakKind.choices, widget=forms.RadioSelect)
    until = PeriodField(
        label=_("Last period without figures"), required=False, help_text=_("Only where figures are missing.")
    )
    words = forms.CharField(
        label=_("In a sentence"), max_length=500, help_text=_("As a reader of the chart will see it.")
    )
    source = forms.CharField(
        label=_("Who says so, and where"), max_length=300, help_text=_("Such as a circular and its date.")
    )
    reach = forms.ChoiceField(
        label=_("What it concerns"),
        choices=(
            ("series", _("This measure, in this area")),
            ("measure", _("This measure, everywhere")),
            ("area", _("Every measure, in this area")),
            ("all", _("Every measure, everywhere")),
        ),
        widget=forms.RadioSelect,
        initial="series",
    )

    def __init__(self, *args: Any, periods: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(periods)
        self.fields["period"].offer(offered)
        self.fields["until"].offer(offered)


class NarrativeForm(forms.Form):
    """What lies behind the figures, in the words of somebody who knows."""

    words = forms.CharField(
        label=_("What lies behind these figures"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "What happened, what was done about it, and what is expected. Leave the numbers to the chart."
        ),
    )


class ApproveForm(forms.Form):
    """A named person's word for figures that become public."""

    correction = forms.CharField(
        label=_("What was wrong in the release before"),
        required=False,
        max_length=500,
        help_text=_("Only where this release puts right an earlier one. The public reads it."),
    )
    sure = forms.BooleanField(
        label=_("I have read the figures above and approve them for the public"),
        help_text=_("Your name and office, and the time, stand on the page."),
    )


class WithdrawForm(forms.Form):
    """Why approved figures are taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The address stays, and says so. Do not repeat the figures here."),
    )


class PaperForm(forms.Form):
    """Which paper a chart goes into, and after which of its sections' words."""

    place = forms.ChoiceField(label=_("Into which paper, and where"))

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choose one")), *places]
