"""The questions about updates, periods and statuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from goldthread.delivery.actions.scales import MOST
from goldthread.delivery.forms.links import LinkUpdateForm
from goldthread.delivery.updates import DONE, Level
from goldthread.web.forms import WholeDate

TONES = (
    ("good", _("Good news (green)")),
    ("warn", _("A warning (amber)")),
    ("bad", _("Bad news (red)")),
    ("calm", _("Neither (grey)")),
)


class UpdateForm(LinkUpdateForm):
    """How a thing goes, as somebody who signed in says it.

    ``period`` is the period that was open when the form was opened, so that its writer is told where
    it was closed meanwhile.
    """

    done_on = WholeDate(
        label=_("When was it done?"),
        help_text=_("Only if you say that it is done, and it was done before today."),
        required=False,
    )
    given_by = forms.CharField(
        label=_("Whose words are these?"),
        help_text=_("Only where somebody else told you, such as “Rowan Thorney, by telephone”."),
        max_length=120,
        required=False,
    )
    period = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, levels: tuple[Level, ...], *args: Any, speaks_for: bool, dated: bool, **kwargs: Any
    ) -> None:
        super().__init__(levels, *args, **kwargs)
        if not speaks_for:
            del self.fields["given_by"]
        if not dated:
            del self.fields["forecast"], self.fields["done_on"]

    def typed(self) -> dict[str, str]:
        """What stands in the form as it was sent, right or wrong, to be kept."""
        return {name: str(self[name].data or "") for name in self.fields if name != "file"}

    def given(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        wanted = ("words", "status", "forecast", "done_on", "seen", "given_by")
        return {name: self.cleaned_data[name] for name in wanted if name in self.fields}


class ReturnForm(forms.Form):
    """What an update lacks."""

    words = forms.CharField(
        label=_("What is missing"),
        help_text=_("Whoever gave it reads this, and finds their words as they left them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PeriodForm(forms.Form):
    """A time to report on."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as “April to June 2026”."))
    starts = WholeDate(label=_("First day"))
    ends = WholeDate(label=_("Last day"))
    due = WholeDate(
        label=_("Updates are due by"),
        help_text=_("Owners are asked for word by this day, often a week later."),
    )


class LevelForm(forms.Form):
    """One status: the word that is shown and what it means."""

    word = forms.CharField(label=_("Word"), max_length=40, required=False)
    meaning = forms.CharField(
        label=_("What it means here"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    tone = forms.ChoiceField(label=_("How it is shown"), choices=TONES, initial="calm")
    done = forms.BooleanField(label=_("Whoever chooses it says that the work is done"), required=False)


class ScaleForm(forms.Form):
    """What the statuses are called from a day on."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Such as “Statuses from April 2026”.")
    )
    from_day = WholeDate(label=_("From which day they hold"))


class Scale:
    """The whole question about statuses: the name, the day, and a form for each status."""

    def __init__(self, levels: tuple[Level, ...], data: Any = None) -> None:
        self.head = ScaleForm(data)
        was = [
            {"word": each.word, "meaning": each.meaning, "tone": each.tone, "done": each.code == DONE}
            for each in levels
        ]
        rows = [*was, *({} for _each in range(MOST - len(was)))]
        self.levels = tuple(
            LevelForm(data, prefix=f"level-{place}", initial=row) for place, row in enumerate(rows)
        )
        self._codes = {each.word.casefold(): each.code for each in levels}
        self._known = len(was)

    @property
    def filled_first(self) -> tuple[LevelForm, ...]:
        """The statuses that there were, to be changed."""
        return self.levels[: self._known]

    @property
    def others(self) -> tuple[LevelForm, ...]:
        """Room for further ones."""
        return self.levels[self._known :]

    @property
    def others_open(self) -> bool:
        """Whether something was filled in among the further ones."""
        return any(form["word"].data or form["meaning"].data for form in self.others if form.is_bound)

    def is_valid(self) -> bool:
        """Whether every part is answered."""
        return all([form.is_valid() for form in (self.head, *self.levels)])

    def filled(self) -> Iterator[dict[str, str]]:
        """Each status that was filled in, under the code that it had before where its word is the same."""
        for form in self.levels:
            given = form.cleaned_data
            if not (given["word"].strip() or given["meaning"].strip()):
                continue
            word = given["word"].strip()
            code = DONE if given["done"] else self._codes.get(word.casefold(), "")
            if not code or (code == DONE and not given["done"]):
                code = slugify(word).replace("-", "_")[:20] or "status"
            yield {"code": code, "word": word, "meaning": given["meaning"].strip(), "tone": given["tone"]}
