"""The questions that the desk asks about plans."""

from __future__ import annotations

from typing import Any

from django import forms

from goldthread.core.text import Kind
from goldthread.people.models import Body, Office, User
from goldthread.plans.actions.editions import HIDEABLE
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.web.forms import WholeDate

WORDS = forms.Textarea(attrs={"rows": 5})
PLURALS = {
    Kind.PLEDGE: "Pledges",
    Kind.KEY_MEASURE: "Key measures",
    Kind.ACTION: "Actions",
    Kind.OUTCOME: "Outcomes",
}


class DocumentForm(forms.Form):
    """A new plan."""

    title = forms.CharField(max_length=200, help_text="Such as “Police and Crime Plan 2024-28”.")
    runs_from = WholeDate(label="Runs from", required=False, help_text="The day it is to be issued.")
    next_election = WholeDate(
        label="Next ordinary election",
        required=False,
        help_text="The plan runs to the end of the financial year of this election.",
    )
    label = forms.CharField(
        label="Label of the first edition", max_length=120, help_text="Such as “March 2013”."
    )


class EditionForm(forms.Form):
    """A new edition of a document."""

    label = forms.CharField(max_length=120, help_text="Such as “October 2014 revision”.")
    parent = forms.ModelChoiceField(
        Edition.objects.none(), label="Based on", required=False, empty_label="Nothing: begin afresh"
    )
    note = forms.CharField(
        label="What is to change, and why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers will see this beside the edition. It can be written later.",
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = document.editions.order_by("-issued_on", "-made_at")
        self.fields["parent"].queryset = editions
        self.fields["parent"].label_from_instance = lambda edition: edition.label
        self.fields["parent"].initial = editions.issued().first() or editions.first()


class PresentationForm(forms.Form):
    """What an edition is called, says of itself, and shows."""

    label = forms.CharField(
        max_length=120,
        label="Label of this edition",
        help_text="Such as “October 2014”. It is fixed when the edition is issued.",
    )
    title = forms.CharField(max_length=200, label="Title on the front page")
    note = forms.CharField(
        label="What changed and why", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    hidden = forms.MultipleChoiceField(
        label="Not shown in this edition",
        required=False,
        choices=[(kind.value, PLURALS[kind]) for kind in HIDEABLE],
        widget=forms.CheckboxSelectMultiple,
        help_text="They stay in the plan and can be shown again. Nothing is deleted.",
    )


class CareForm(forms.Form):
    """Who looks after a section."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label="Looked after by", required=False, empty_label="Nobody yet"
    )
    next_review = WholeDate(label="Next review", required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(body=body).order_by("title")
        self.fields["office"].label_from_instance = lambda office: office.title


class AddSectionForm(forms.Form):
    """A new section, and where it is to stand."""

    title = forms.CharField(max_length=300)
    after = forms.ChoiceField(label="Stands after")
    depth = forms.TypedChoiceField(label="Level", coerce=int, widget=forms.RadioSelect)
    numbered = forms.BooleanField(label="It bears a number", required=False, initial=True)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [("", "Nothing: it comes first"), *places]
        self.fields["depth"].choices = [
            (0, "A main section"),
            (1, "A subsection"),
            (2, "One level further in"),
        ]
        self.fields["after"].required = False
        self.fields["depth"].initial = 1


class MoveSectionForm(AddSectionForm):
    """Where a section is to stand instead."""

    title = None
    numbered = None


class EvidenceForm(forms.Form):
    """The evidence on which a gate is passed."""

    on = WholeDate(label="Date")
    body_name = forms.CharField(label="Body", max_length=200)
    who = forms.CharField(label="Who", max_length=200, help_text="Name and office.")
    words = forms.CharField(label="In their words, or what was done", widget=WORDS)
    reference = forms.CharField(
        label="Where it is kept", required=False, max_length=300, help_text="Minute, letter or web address."
    )
    file = forms.FileField(
        label="The document itself",
        required=False,
        help_text="A letter, report or minute. It is kept with the evidence, for the office only.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class DecisionForm(EvidenceForm):
    """The office holder's decision on the advice of the board."""

    who = None
    decided_by = forms.ModelChoiceField(
        User.objects.none(),
        label="Decided by",
        help_text="The law keeps this decision for the office holder. The board advises.",
    )
    field_order = ("on", "body_name", "decided_by", "words", "reference", "file", "seen")

    def __init__(self, *args: Any, deciders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].queryset = deciders
        self.fields["words"].label = "What was decided"


class ReasonForm(forms.Form):
    """Words to say why."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class ChangeRequestForm(forms.Form):
    """What should change, and where."""

    key = forms.ChoiceField(label="Section", required=False)
    words = forms.CharField(label="What should change, and why", widget=WORDS)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", "The whole edition"), *places]


class AnswerForm(forms.Form):
    """What was done about a change that was asked for."""

    answer = forms.CharField(label="What was changed, or why not", widget=forms.Textarea(attrs={"rows": 3}))


class HandInForm(forms.Form):
    """A file, what it is, and where it is to go."""

    file = forms.FileField(
        label="File",
        help_text="Word (.docx) or plain text. Older formats (.doc, .odt, .rtf) where available.",
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=[each for each in DocumentKind.choices if each[0] != DocumentKind.THEME],
        widget=forms.RadioSelect,
    )
    into = forms.ModelChoiceField(
        Document.objects.none(),
        label="A new version of",
        required=False,
        empty_label="Nothing we hold: it is new",
    )

    def __init__(self, *args: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = documents


class KeepForm(forms.Form):
    """What to keep of a file that was read, and under which name."""

    title = forms.CharField(max_length=200)
    label = forms.CharField(max_length=120, label="Label of this edition", help_text="Such as “March 2014”.")
    made_by = forms.CharField(max_length=200, label="Whose document it is")
    dated = WholeDate(label="Its date", help_text="When it was published or adopted.")
    based_on = forms.ModelChoiceField(
        Edition.objects.none(),
        label="It is a revision of",
        required=False,
        help_text="Sections and blocks that are the same keep their identity from this edition.",
    )

    def __init__(self, *args: Any, into: Document | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if into is None:
            del self.fields["based_on"]
            return
        self.fields["based_on"].queryset = into.editions.order_by("-made_at", "-pk")
        self.fields["based_on"].label_from_instance = lambda edition: edition.label


class LinkForm(forms.Form):
    """Why a section rests on a clause."""

    clause = forms.ChoiceField(label="Clause", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why they belong together", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, clauses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = clauses


class ClearForm(ReasonForm):
    """Why two texts still agree, after both were read."""

    section_seal = forms.CharField(widget=forms.HiddenInput)
    clause_seal = forms.CharField(widget=forms.HiddenInput)


class CompareFilesForm(forms.Form):
    """Two files to be compared, and how the answer is to come."""

    old = forms.FileField(label="The earlier file")
    new = forms.FileField(label="The later file")
    form = forms.ChoiceField(
        label="Show what changed as",
        choices=[("page", "A page"), ("docx", "Word with tracked changes"), ("pdf", "PDF")],
        widget=forms.RadioSelect,
        initial="page",
    )
