"""The questions about a list of actions: which file, which column says what, who its owners are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goldthread.delivery.actions.imports import AS_WORDS, LARGEST, NOBODY
from goldthread.delivery.importing.known import Known
from goldthread.delivery.importing.layout import Layout
from goldthread.delivery.importing.owners import Guess
from goldthread.files.sheets.sheet import letters
from goldthread.people.models import Office

NONE = "none"
COLUMNS = (
    ("action", _("What will be done")),
    ("priority", _("Its priority, by number or title")),
    ("number", _("Its number")),
    ("words", _("What that means")),
    ("owner", _("Who owes it")),
    ("starts", _("When it starts")),
    ("due", _("When it is due")),
    ("forecast", _("When it is now expected")),
    ("finished", _("When it was completed")),
    ("state", _("How it stands")),
    ("weight", _("Its weight")),
    ("cost", _("Its cost")),
    ("milestone", _("Milestone")),
    ("milestone_due", _("When the milestone is due")),
    ("milestone_reached", _("When the milestone was reached")),
    ("milestone_owner", _("Who owes the milestone")),
)


class ListForm(forms.Form):
    """A list of actions as it is kept now, and the year that it is for."""

    year = forms.TypedChoiceField(label=_("For which year"), coerce=int)
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel, OpenDocument or CSV file, of at most %(size)d MB.")
        % {"size": LARGEST // 2**20},
    )

    def __init__(self, *args: Any, years: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = list(years)


class ColumnsForm(forms.Form):
    """Which column of a list says what, and the priority of rows that say none."""

    def __init__(self, *args: Any, layout: Layout, known: Known, priority: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(NONE, _("– not in the file –")), *_named(layout)]
        for key, label in COLUMNS:
            at = layout.column(key)
            self.fields[key] = forms.ChoiceField(
                label=label, choices=columns, initial=NONE if at is None else str(at)
            )
        self.fields["priority_of_all"] = forms.ChoiceField(
            label=_("Priority of every row that does not say one"),
            choices=[
                (NONE, _("– the file says it –")),
                *((str(pk), known.title(pk)) for pk in known.priorities),
            ],
            initial=str(priority) if priority else NONE,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("action") == NONE:
            self.add_error("action", _now("Choose the column that says what will be done."))
        return given

    @property
    def columns(self) -> dict[str, int]:
        """The columns that were chosen, by what they say."""
        given = self.cleaned_data
        return {key: int(given[key]) for key, _label in COLUMNS if given.get(key, NONE) != NONE}

    @property
    def priority(self) -> int | None:
        """The key of the priority of rows that say none."""
        given = self.cleaned_data["priority_of_all"]
        return None if given == NONE else int(given)


def _named(layout: Layout) -> Iterable[tuple[str, str]]:
    for at, name in enumerate(layout.names):
        if name:
            yield str(at), f"{letters(at)}: {name[:60]}"
        else:
            yield str(at), _now("%(letter)s (no heading)") % {"letter": letters(at)}


class OwnersForm(forms.Form):
    """Who is meant by each owner that a list names; and whether rows with faults stay out."""

    def __init__(
        self, *args: Any, meant: Sequence[Guess], offices: Iterable[Office], faults: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._meant = meant
        choices = [
            (AS_WORDS, _("No office here: keep the words")),
            (NOBODY, _("Nobody yet")),
            *((str(office.pk), office.title) for office in offices),
        ]
        for at, each in enumerate(meant):
            self.fields[f"owner-{at}"] = forms.ChoiceField(
                label=_now("“%(words)s”") % {"words": each.words[:120]},
                help_text=each.how,
                choices=choices,
                initial=str(each.office) if each.office else AS_WORDS,
            )
        if faults:
            self.fields["without_faults"] = forms.BooleanField(
                label=_("Leave the rows with faults out, and take in the others"), required=False
            )

    @property
    def owners(self) -> dict[str, str]:
        """For each owner that the list names, what was chosen."""
        return {each.words: self.cleaned_data[f"owner-{at}"] for at, each in enumerate(self._meant)}
