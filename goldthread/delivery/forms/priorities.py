"""The questions asked about priorities for action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goldthread.core.delivery.years import year_words
from goldthread.delivery.models import Lead
from goldthread.delivery.wording import Wording
from goldthread.meetings.models import Decision
from goldthread.people.models import Office
from goldthread.performance.forms.promises import DecisionField
from goldthread.performance.models import Measure
from goldthread.web.forms import WholeDate

Choices = Iterable[tuple[str, str]]
PARTED = ":"


class WordingForm(forms.Form):
    """What a priority says."""

    title = forms.CharField(label=_("What will be done, in a few words"), max_length=200)
    words = forms.CharField(
        label=_("What it means"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few sentences that somebody outside the office understands."),
    )
    success = forms.CharField(
        label=_("What will be different when it is done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    lead = forms.ChoiceField(label=_("Who leads?"), choices=Lead.choices, widget=forms.RadioSelect)
    lead_office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Which office here answers for it"),
        required=False,
        empty_label=_("None here"),
        help_text=_("Its holder is asked how the priority comes along."),
    )
    lead_words = forms.CharField(
        label=_("Who leads, in words"),
        max_length=200,
        required=False,
        help_text=_(
            "Where the title of an office does not say it, such as “The county’s children’s services”."
        ),
    )
    support = forms.CharField(
        label=_("What partners must give"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_(
            "One partner a line, a colon after its name. “Victims’ Hub: what it knows of each case”."
        ),
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_office"].queryset = offices
        self.fields["lead_office"].label_from_instance = lambda office: office.title

    def clean_support(self) -> tuple[tuple[str, str], ...]:
        """The partners with what each gives; a line without a colon names its partner alone."""
        lines = [line.strip() for line in self.cleaned_data["support"].splitlines() if line.strip()]
        found = [(who.strip(), what.strip()) for who, _c, what in (line.partition(PARTED) for line in lines)]
        if any(not who or not what for who, what in found):
            words = _now("Say of each partner what it gives, after a colon.")
            raise forms.ValidationError(words, code="support")
        return tuple(found)


class NewPriorityForm(WordingForm):
    """A priority that is begun: of which theme, under which number."""

    theme_key = forms.ChoiceField(label=_("Theme"))
    number = forms.CharField(
        label=_("Number"),
        max_length=12,
        required=False,
        help_text=_("Leave it empty, and it gets the next one of its theme."),
    )
    field_order = ("theme_key", "title")

    def __init__(self, *args: Any, themes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme_key"].choices = list(themes)


class ChangedForm(WordingForm):
    """A priority with other words; ``approved`` asks why they change."""

    base = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Why it changes"), max_length=500, required=False)

    def __init__(self, *args: Any, approved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if approved:
            self.fields["why"].required = True
            self.fields["why"].help_text = _(
                "The board approved other words. Readers see this beside the change."
            )


def answers_of(wording: Wording) -> dict[str, Any]:
    """A wording as it stands in the form."""
    return {
        "title": wording.title,
        "words": wording.words,
        "success": wording.success,
        "lead": wording.lead,
        "lead_office": wording.lead_office,
        "lead_words": wording.lead_words,
        "support": "\n".join(f"{who}{PARTED} {what}" for who, what in wording.support),
    }


class ServeForm(forms.Form):
    """Which pledge or section of the plan a priority serves."""

    place = forms.ChoiceField(label=_("Pledge or section"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)


class MeasureForm(forms.Form):
    """Which measure tells how a priority goes, and why."""

    measure = forms.ModelChoiceField(
        Measure.objects.none(),
        label=_("Which measure"),
        empty_label=_("Choose one"),
        help_text=_("Only measures whose definition somebody has checked can be chosen."),
    )
    why = forms.CharField(
        label=_("Why it tells how the priority goes"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, measures: QuerySet[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = measures


class ReasonForm(forms.Form):
    """Why something is done to a priority."""

    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(ReasonForm):
    """When a priority was closed, and why."""

    on = WholeDate(label=_("On which day"))
    field_order = ("on", "reason")


class CarryForm(ReasonForm):
    """Into which year a priority is carried forward, and why."""

    year = forms.TypedChoiceField(label=_("Into which year"), coerce=int)
    field_order = ("year", "reason")

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year_words(year)) for year in years]


class ChooseForm(forms.Form):
    """Which priorities are meant."""

    priorities = forms.TypedMultipleChoiceField(
        label=_("Which priorities"), widget=forms.CheckboxSelectMultiple, coerce=int
    )

    def __init__(self, *args: Any, priorities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priorities"].choices = list(priorities)


class ApproveForm(ChooseForm):
    """Which decision approved which priorities."""

    decision = DecisionField(label=_("By which decision"), empty_label=_("Choose one"))
    field_order = ("decision", "priorities")

    def __init__(self, *args: Any, decisions: QuerySet[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions
