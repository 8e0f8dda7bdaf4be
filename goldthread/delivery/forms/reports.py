"""The questions about reports: which theme, over which time, for which board; which days for the rotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.delivery.themes import Theme
from goldthread.meetings.models import Board, Paper
from goldthread.web.forms import WholeDate

Choices = Sequence[tuple[str, str]]


class InDepthForm(forms.Form):
    """Which theme is reported on in depth, to which board, and over which time."""

    theme = forms.ChoiceField(label=gettext_lazy("Which theme?"), widget=forms.RadioSelect)
    board = forms.ModelChoiceField(
        Board.objects.none(), label=gettext_lazy("For which board?"), empty_label=None
    )
    item = forms.ChoiceField(
        label=gettext_lazy("For which agenda item?"),
        required=False,
        help_text=gettext_lazy("It can be chosen later, by whoever accepts the paper."),
    )
    since = WholeDate(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy(
            "Leave it empty to begin where the board last saw this theme, or approved its priorities."
        ),
    )
    until = WholeDate(label=gettext_lazy("Up to and including"))

    def __init__(
        self, *args: Any, themes: Iterable[Theme], boards: Iterable[Board], items: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = Board.objects.filter(pk__in=[board.pk for board in boards])
        self.fields["theme"].choices = [(each.key, each.title) for each in themes]
        self.fields["board"].queryset = rows
        self.fields["board"].initial = rows.first()
        self.fields["item"].choices = [("", _("Not decided yet")), *items]


class AgainForm(forms.Form):
    """Over which time a report tells when it is assembled again."""

    since = WholeDate(label=gettext_lazy("From"))
    until = WholeDate(label=gettext_lazy("Up to and including"))


class DocumentsForm(forms.Form):
    """Into which draft paper the documents of the themes go."""

    paper = forms.ModelChoiceField(
        Paper.objects.none(),
        label=gettext_lazy("Attach them to which paper?"),
        required=False,
        empty_label=gettext_lazy("A new paper that asks the board to approve the priorities"),
        help_text=gettext_lazy("They become its Appendix A, B, C and so on, one for each theme."),
    )
    board = forms.ModelChoiceField(
        Board.objects.none(), label=gettext_lazy("If it is a new paper, for which board?"), empty_label=None
    )

    def __init__(self, *args: Any, papers: Any, boards: Iterable[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Board.objects.filter(pk__in=[board.pk for board in boards])
        self.fields["paper"].queryset = papers
        self.fields["paper"].label_from_instance = lambda paper: f"{paper.title} ({paper.board.short})"
        self.fields["board"].queryset = rows
        self.fields["board"].initial = rows.first()


class RotationForm(forms.Form):
    """A day in depth for each theme; one that is left empty is not planned."""

    def __init__(self, *args: Any, themes: Iterable[Theme], days: dict[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = {f"day_{place}": each.key for place, each in enumerate(themes)}
        for place, each in enumerate(themes):
            self.fields[f"day_{place}"] = WholeDate(
                label=each.title, required=False, initial=days.get(each.key)
            )

    def days(self) -> dict[str, date]:
        """The days given, by theme."""
        given = ((key, self.cleaned_data.get(name)) for name, key in self._keys.items())
        return {key: day for key, day in given if day}
