"""The questions that the desk asks about decisions and registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.verbs import OUTCOME_WORDS, DecidesBy
from goldthread.meetings.actions.drafting import Wording, outcomes_offered
from goldthread.meetings.forms.grounds import grounds
from goldthread.meetings.models import Decision, DecisionKind, Register
from goldthread.meetings.registers import CORRECTABLE, OUTCOMES, decides_by, outcome_words
from goldthread.people.models import Body, Holding, Office, User
from goldthread.web.forms import WholeDate

VOTE = "vote"
STATEMENT = gettext_lazy(
    "The register of interests of whoever decided is up to date, and nothing in it stands in the way of "
    "this decision."
)


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RegisterForm(forms.Form):
    """A register and the pattern of its numbers."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"), initial=gettext_lazy("Decisions"))
    pattern = forms.CharField(
        max_length=60,
        label=gettext_lazy("Pattern of the numbers"),
        help_text=gettext_lazy(
            "Words with fields in braces: {year}, {short_year}, {financial_year}, {serial}. {serial:03} "
            "writes three figures, so “CPCC {year}-{serial:03}” gives CPCC 2016-020."
        ),
    )
    publish_days = forms.IntegerField(
        min_value=0,
        max_value=60,
        initial=5,
        label=gettext_lazy("Working days within which a decision is published"),
        help_text=gettext_lazy("Your own standard. The register shows how long each took."),
    )


class NewDecisionForm(forms.Form):
    """A decision to be drafted: in which register, how it came about, about what."""

    register = forms.ModelChoiceField(
        Register.objects.none(), label=gettext_lazy("Register"), empty_label=None
    )
    kind = forms.ChoiceField(label=gettext_lazy("How it is taken"), widget=forms.RadioSelect)
    title = forms.CharField(
        max_length=200,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What it is about, as a resident would say it."),
    )

    def __init__(self, *args: Any, registers: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = registers
        self.fields["register"].initial = registers.first()
        kinds = tuple(kinds)
        self.fields["kind"].choices = [(kind, DecisionKind(kind).label) for kind in kinds]
        self.fields["kind"].initial = kinds[0]


class DecisionForm(forms.Form):
    """What a decision says, who took it, when, and what it relied on; ``whole`` asks for every part."""

    title = forms.CharField(max_length=200, label=gettext_lazy("Title"))
    outcome = forms.ChoiceField(label=gettext_lazy("What was decided"), widget=forms.RadioSelect)
    resolved = forms.CharField(label=gettext_lazy("What was resolved, word for word"), widget=_words(4))
    reasons = forms.CharField(label=gettext_lazy("Reasons"), widget=_words(4))
    powers = forms.CharField(
        label=gettext_lazy("Under which power"),
        max_length=500,
        help_text=gettext_lazy("Such as “Police Reform and Social Responsibility Act 2011, s.5”."),
    )
    consulted = forms.CharField(label=gettext_lazy("Who was consulted"), widget=_words(2), required=False)
    statement = forms.BooleanField(label=STATEMENT, required=False)
    interests = forms.CharField(
        label=gettext_lazy("Interests that were declared, and what followed"),
        widget=_words(2),
        required=False,
    )
    urgent_reason = forms.CharField(label=gettext_lazy("Why it could not wait for a meeting"), max_length=500)
    who = forms.ChoiceField(
        label=gettext_lazy("Who decided"),
        help_text=gettext_lazy(
            "What the law keeps for the commissioner cannot be decided by another office."
        ),
    )
    decided_on = WholeDate(label=gettext_lazy("Decided on"))
    relied_on = forms.MultipleChoiceField(
        label=gettext_lazy("What the decision relied on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Each is pinned to exactly what it says now. If it changes, the decision says so."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        decision: Decision,
        offered: Sequence[tuple[str, str]],
        whole: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        outcomes = outcomes_offered(decision.recommendation, decision.board)
        self.fields["outcome"].choices = [
            (each.value, outcome_words(each, recommended=bool(decision.recommended))) for each in outcomes
        ]
        self.fields["who"].choices = who_choices(decision)
        self.fields["relied_on"].choices = offered
        if not offered:
            del self.fields["relied_on"]
        if decision.kind != DecisionKind.URGENT:
            del self.fields["urgent_reason"]
        if not whole:
            for name in self.fields.keys() - {"title"}:
                self.fields[name].required = False

    def interests_words(self) -> str:
        """The statement that was made, and what was declared, as they are to be kept."""
        given = self.cleaned_data
        parts = [str(STATEMENT) if given.get("statement") else "", given.get("interests", "").strip()]
        return "\n".join(part for part in parts if part)

    def wording(self, options: tuple[tuple[str, str], ...]) -> Wording:
        """What the decision is to say."""
        given = self.cleaned_data
        return Wording(
            given["title"],
            given["outcome"],
            given["resolved"],
            given["reasons"],
            options,
            given["powers"],
            self.interests_words(),
            given["consulted"],
            given.get("urgent_reason", ""),
        )

    def decider(self) -> tuple[Office | None, User | None]:
        """The office and the person chosen; neither where the board voted or nobody is named yet."""
        office, _stroke, user = self.cleaned_data.get("who", "").partition("-")
        if not user:
            return None, None
        return Office.objects.get(pk=office), User.objects.get(pk=user)

    def pinned(self) -> tuple[tuple[str, int], ...]:
        """What was chosen to rely on, as kinds and numbers."""
        chosen = (each.partition(":") for each in self.cleaned_data.get("relied_on", ()))
        return tuple((target, int(pk)) for target, _colon, pk in chosen)


def who_choices(decision: Decision) -> list[tuple[str, str]]:
    """Everybody who has held an office that may decide, and the board where it decides by vote."""
    choices = [("", _("Nobody is named yet"))]
    if decision.board is not None and decides_by(decision.board) is DecidesBy.VOTE:
        choices.append((VOTE, _("%(board)s, by vote") % {"board": decision.board.name}))
    body = decision.register.body
    held = Holding.objects.filter(office__body=body).select_related("office", "user").order_by("-starts")
    for each in held:
        if Ability.DECIDE in each.office.abilities:
            choice = (f"{each.office_id}-{each.user_id}", f"{each.user.name}, {each.office.title}")
            if choice not in choices:
                choices.append(choice)
    return choices


class OptionForm(forms.Form):
    """One option that was considered."""

    words = forms.CharField(label=gettext_lazy("Option"), widget=_words(2), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why it was or was not chosen"), widget=_words(2), required=False
    )


OptionFormSet = forms.formset_factory(OptionForm, extra=2, max_num=20)


class MarkForm(forms.Form):
    """Whether a decision is open or exempt, and what the public is told of an exempt one."""

    marking = forms.ChoiceField(
        label=gettext_lazy("May the public read it?"),
        widget=forms.RadioSelect,
        choices=[
            (Marking.OPEN, gettext_lazy("Open: the public reads all of it")),
            (Marking.EXEMPT, gettext_lazy("Exempt: the public is told only what you write below")),
        ],
    )
    reason_code = forms.ChoiceField(label=gettext_lazy("The ground in law, if it is exempt"), required=False)
    reason_words = forms.CharField(
        label=gettext_lazy("Why the ground applies"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For the office. The public does not see this."),
    )
    public_title = forms.CharField(label=gettext_lazy("Title for the public"), max_length=200, required=False)
    public_words = forms.CharField(
        label=gettext_lazy("What the public can be told"), widget=_words(3), required=False
    )
    review_on = WholeDate(label=gettext_lazy("To be reviewed on"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why this changes"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed once the decision has been published."),
    )

    def __init__(self, *args: Any, jurisdiction: str, on: date, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = grounds(jurisdiction, on)
        if not published:
            del self.fields["why"]


class CorrectionForm(forms.Form):
    """Something to be put right in a decision."""

    field = forms.ChoiceField(label=gettext_lazy("What is to be put right"), choices=CORRECTABLE.items)
    now = forms.CharField(label=gettext_lazy("What it should say"), widget=_words(4))
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("Readers see this, with what it said before."),
    )


class WhyForm(forms.Form):
    """A reason, for something that is taken back."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=500)


class FindForm(forms.Form):
    """Look for decisions in a register."""

    q = forms.CharField(label=gettext_lazy("Words or number"), required=False, max_length=100)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("Every year")), *((year, year) for year in years)]
        self.fields["outcome"].choices = [
            ("", _("Every outcome")),
            *((each.value, _(OUTCOME_WORDS[each])) for each in OUTCOMES),
            ("exempt", _("Exempt")),
        ]


def registers_of(bodies: Iterable[Body]) -> Any:
    """The registers of some bodies."""
    return Register.objects.filter(body__in=list(bodies)).select_related("body")
