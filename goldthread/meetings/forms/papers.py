"""The questions that the desk asks about papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.forms.grounds import grounds
from goldthread.meetings.house import KNOWN_FIELDS, House, houses
from goldthread.meetings.models import Board, Paper
from goldthread.people.models import Body, Office
from goldthread.plans.models import Edition
from goldthread.web.forms import WholeDate

OF_A_PAPER = KNOWN_FIELDS - {"author"}
FILES = gettext_lazy("Word, OpenDocument or PDF. It is looked through for what it hides before it is kept.")
Choices = Sequence[tuple[str, str]]


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NewPaperForm(forms.Form):
    """A new paper: for which board, on which item, written here or read from a file."""

    board = forms.ModelChoiceField(Board.objects.none(), label=gettext_lazy("For which board?"))
    item = forms.ChoiceField(
        label=gettext_lazy("For which agenda item?"),
        required=False,
        help_text=gettext_lazy("It can be chosen later, by whoever accepts the paper."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Leave it empty for a file that bears its own."),
    )
    file = forms.FileField(
        label=gettext_lazy("The paper in Word, if you have it already"),
        required=False,
        help_text=gettext_lazy(
            "A .docx, .odt or .txt file. You see what was understood before anything is kept. "
            "Without a file you begin with the sections of the board's template."
        ),
    )

    def __init__(self, *args: Any, boards: Iterable[Board], items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Board.objects.filter(pk__in=[board.pk for board in boards])
        self.fields["board"].queryset = rows
        self.fields["board"].empty_label = None
        self.fields["board"].initial = rows.first()
        self.fields["item"].choices = [("", _("Not decided yet")), *items]

    def clean(self) -> dict[str, Any]:
        """A title, unless the file has one."""
        given = super().clean() or {}
        if not given.get("title") and not given.get("file") and "file" not in self.errors:
            self.add_error("title", _("Give the paper a title, or hand in a file."))
        return given


class HeaderForm(forms.Form):
    """The header of a paper, with what else its template asks for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    to = forms.CharField(label=gettext_lazy("To"), max_length=200)
    sender = forms.CharField(label=gettext_lazy("From"), max_length=200)
    dated = WholeDate(label=gettext_lazy("Date"), required=False)
    owner_office = forms.ModelChoiceField(
        Office.objects.none(),
        label=gettext_lazy("Office that answers for it"),
        required=False,
        help_text=gettext_lazy("Its holders may write in it beside the author."),
    )
    house_template = forms.ChoiceField(label=gettext_lazy("Template"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, house: House, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [each.pk for each in body.offices.all() if Ability.WRITE_PAPER in each.abilities]
        self.fields["owner_office"].queryset = Office.objects.filter(pk__in=offices).order_by("title")
        self.fields["owner_office"].label_from_instance = lambda office: office.title
        self.fields["house_template"].choices = [(code, each.office) for code, each in houses().items()]
        self.extra = [each for each in house.header if each.name not in OF_A_PAPER]
        for each in self.extra:
            self.fields[f"also_{each.name}"] = forms.CharField(
                label=each.label, max_length=300, required=False
            )

    def given(self) -> dict[str, Any]:
        """What `set_header` is told."""
        cleaned = dict(self.cleaned_data)
        header = {each.name: cleaned.pop(f"also_{each.name}", "") for each in self.extra}
        return {**cleaned, "header": header}


class KeepPaperForm(forms.Form):
    """The header of a paper that was read from a file, as it was understood."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    to = forms.CharField(label=gettext_lazy("To"), max_length=200)
    sender = forms.CharField(label=gettext_lazy("From"), max_length=200)
    dated = WholeDate(label=gettext_lazy("Date"), required=False)


class SubmitForm(forms.Form):
    """Handing a paper in."""

    note = forms.CharField(label=gettext_lazy("A note"), required=False, widget=_words(3))
    seen = forms.CharField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    """Why a paper goes back to its author."""

    words = forms.CharField(
        label=gettext_lazy("What is the author asked to do?"),
        widget=_words(5),
        help_text=gettext_lazy("They see these words first, and the paper is theirs to change again."),
    )


class AcceptForm(forms.Form):
    """The agenda item that a paper comes under."""

    item = forms.ChoiceField(label=gettext_lazy("Agenda item"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items


class WithdrawForm(forms.Form):
    """Why a paper is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"),
        max_length=300,
        widget=_words(3),
        help_text=gettext_lazy("Whatever was handed in stays kept."),
    )


class MarkPaperForm(forms.Form):
    """How far a paper may go."""

    marking = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"),
        widget=forms.RadioSelect,
        choices=[
            (Marking.OPEN, gettext_lazy("Open: the public, once it is accepted for a published agenda")),
            (Marking.MEMBERS, gettext_lazy("Members: those who sit on the board, and officers")),
            (Marking.EXEMPT, gettext_lazy("Exempt: those alone who read exempt business")),
        ],
    )
    reason_code = forms.ChoiceField(label=gettext_lazy("The ground in law, if it is exempt"), required=False)
    reason_words = forms.CharField(
        label=gettext_lazy("Why the ground applies"),
        max_length=500,
        required=False,
        widget=_words(3),
        help_text=gettext_lazy("For the office. The public does not see this."),
    )
    public_title = forms.CharField(
        label=gettext_lazy("Title for the public, if it is exempt"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Say nothing here of what is kept back."),
    )
    review_on = WholeDate(
        label=gettext_lazy("Asked again on"),
        required=False,
        help_text=gettext_lazy(
            "Needed where it is exempt: the day on which it is asked whether it must stay so."
        ),
    )

    def __init__(self, *args: Any, board: Board, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = grounds(board.jurisdiction, on)


class MarkAppendixForm(MarkPaperForm):
    """How far something attached may go, apart from its paper."""

    public_title = None
    review_on = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["marking"].choices = [
            ("", _("As far as the paper does")),
            *self.fields["marking"].choices,
        ]
        self.fields["marking"].required = False


class AttachForm(forms.Form):
    """Something to attach: a file, or an edition of a plan as it stands now."""

    label = forms.CharField(
        label=gettext_lazy("How the paper cites it"), max_length=40, help_text=gettext_lazy("“Appendix A”.")
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    file = forms.FileField(label=gettext_lazy("File"), required=False, help_text=FILES)
    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label=gettext_lazy("Or an edition of a plan, exactly as it stands now"),
        required=False,
        empty_label=gettext_lazy("No edition: the file above"),
        help_text=gettext_lazy("What the board approves is then this very text, whatever becomes of it."),
    )

    def __init__(self, *args: Any, editions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if bool(given.get("file")) == bool(given.get("edition")) and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or an edition of a plan: one of the two."))
        return given


class ReplaceForm(forms.Form):
    """Another file in the place of one that is attached."""

    file = forms.FileField(label=gettext_lazy("The file that takes its place"), help_text=FILES)


class PassForm(forms.Form):
    """Why something that a file carries may go to the public."""

    words = forms.CharField(label=gettext_lazy("Why may it go to the public?"), max_length=300)


class AskSignOffForm(forms.Form):
    """Somebody asked to sign a paper off."""

    kind = forms.ChoiceField(
        label=gettext_lazy("For what?"),
        choices=[
            ("finance", gettext_lazy("Finance")),
            ("legal", gettext_lazy("Legal")),
            ("monitoring", gettext_lazy("Monitoring officer")),
        ],
    )
    office = forms.ModelChoiceField(Office.objects.none(), label=gettext_lazy("Whom?"), empty_label=None)
    due = WholeDate(label=gettext_lazy("By when?"))

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signs = [each.pk for each in paper.board.body.offices.all() if Ability.SIGN_OFF in each.abilities]
        self.fields["office"].queryset = Office.objects.filter(pk__in=signs).order_by("title")
        self.fields["office"].label_from_instance = lambda office: office.title


class AnswerSignOffForm(forms.Form):
    """An answer to being asked to sign a paper off."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
        choices=[
            ("signed", gettext_lazy("I sign it off")),
            ("conditions", gettext_lazy("I sign it off with conditions")),
            ("refused", gettext_lazy("I refuse")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("Your words"),
        required=False,
        widget=_words(4),
        help_text=gettext_lazy("Needed for conditions and for a refusal: what would have to change."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class ImplicationForm(forms.Form):
    """What a paper means for one thing that the template asks for."""

    words = forms.CharField(label=gettext_lazy("In words"), required=False, widget=_words(6))
