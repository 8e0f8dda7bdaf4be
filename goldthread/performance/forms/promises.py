"""The questions asked about what measures are for: commitments, priorities, groups and frameworks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldthread.meetings.models import Decision
from goldthread.performance.models import Area, Framework, Measure
from goldthread.plans.models import Document
from goldthread.web.forms import WholeDate

Choices = Iterable[tuple[str, str]]


def decision_label(decision: Decision) -> str:
    """A decision as it is offered to be chosen."""
    return f"{decision.reference}: {decision.title}" if decision.reference else decision.title


class DecisionField(forms.ModelChoiceField):
    """A decision that was taken and has its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Decision.objects.none(), **kwargs)

    def label_from_instance(self, obj: Decision) -> str:
        return decision_label(obj)


class CommitForm(forms.Form):
    """What a decision promised: measures for which priorities, by when."""

    decision = DecisionField(label=_("Which decision promised it"), empty_label=_("Choose one"))
    words = forms.CharField(
        label=_("In its own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as “Measures will be identified for each priority by the end of June.”"),
    )
    due = WholeDate(label=_("By which day"), help_text=_("For example, 30 6 2026."))
    priorities = forms.MultipleChoiceField(
        label=_("For which priorities"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, decisions: QuerySet[Decision], priorities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions
        self.fields["priorities"].choices = list(priorities)


class PlanForm(forms.Form):
    """Whose priorities are meant."""

    plan = forms.ModelChoiceField(
        Document.objects.none(), label=_("Which plan"), empty_label=_("Choose one"), to_field_name="slug"
    )

    def __init__(self, *args: Any, plans: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans
        self.fields["plan"].label_from_instance = lambda plan: plan.title


class ProposeForm(forms.Form):
    """Which measure tells of a priority, and why."""

    measure = forms.ModelChoiceField(
        Measure.objects.none(),
        label=_("Which measure"),
        empty_label=_("Choose one"),
        help_text=_("Only measures whose definition somebody has checked can be chosen."),
    )
    why = forms.CharField(label=_("Why it tells of this priority"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, measures: QuerySet[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = measures


class AcceptForm(forms.Form):
    """By what authority a proposed measure is accepted."""

    decision = DecisionField(
        label=_("By which decision"),
        required=False,
        empty_label=_("By my own word"),
        help_text=_("Where the board or the commissioner decided on it."),
    )

    def __init__(self, *args: Any, decisions: QuerySet[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions


class GroupForm(forms.Form):
    """Who an area is compared with, and from when."""

    name = forms.CharField(label=_("Name"), max_length=120, initial=_("Most similar group"))
    members = forms.ModelMultipleChoiceField(
        Area.objects.none(), label=_("The other areas in it"), widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Who published the list, and where"), max_length=300, required=False)
    starts = WholeDate(label=_("From which day it holds"))

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = areas


class FrameworkForm(forms.Form):
    """A set of measures that somebody asks for."""

    name = forms.CharField(label=_("Name"), max_length=160)
    source = forms.CharField(label=_("Who asks for it, and where it says so"), max_length=300, required=False)
    starts = WholeDate(label=_("In force from"))
    ends = WholeDate(label=_("Until"), required=False)


class MembershipForm(forms.Form):
    """That a measure counts towards a framework."""

    framework = forms.ModelChoiceField(
        Framework.objects.none(), label=_("Framework"), empty_label=_("Choose one")
    )
    measure = forms.ModelChoiceField(Measure.objects.none(), label=_("Measure"), empty_label=_("Choose one"))
    starts = WholeDate(label=_("From"))
    ends = WholeDate(label=_("Until"), required=False)

    def __init__(
        self, *args: Any, frameworks: QuerySet[Framework], measures: QuerySet[Measure], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = frameworks
        self.fields["measure"].queryset = measures


class ReasonForm(forms.Form):
    """Why something is ended."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
