"""Reads of priorities for action as pages show them: by theme, with actions, sums and last words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.delivery.rollup import Rollup
from goldthread.core.delivery.stages import ActionState, PriorityStage
from goldthread.core.delivery.standing import (
    Dates,
    Stand,
    Standing,
    silence_words,
    stand,
    tally_words,
)
from goldthread.delivery.doors import actions_for, priorities_for
from goldthread.delivery.models import Action, Priority, PriorityVersion, Update
from goldthread.delivery.rolling import rollup_of_actions, theme_rollup
from goldthread.delivery.themes import Theme, themes_of
from goldthread.delivery.updates import Level, last_words, level_of
from goldthread.delivery.wording import Wording, wording_of
from goldthread.people.models import User
from goldthread.plans.models import Document

STAGES: Mapping[PriorityStage, tuple[str | Promise, str]] = {
    PriorityStage.DRAFT: (gettext_lazy("Draft"), "warn"),
    PriorityStage.PROPOSED: (gettext_lazy("Before the board"), "calm"),
    PriorityStage.LIVE: (gettext_lazy("Live"), "good"),
    PriorityStage.CARRIED: (gettext_lazy("Carried forward"), "calm"),
    PriorityStage.CLOSED: (gettext_lazy("Closed"), "calm"),
    PriorityStage.DROPPED: (gettext_lazy("Dropped"), "calm"),
}
"""Each stage of a priority as a word and a tone."""


@dataclass(frozen=True, slots=True)
class Word:
    """The last that was signed off of a thing: what was said, on which status, by which office, when."""

    words: str
    level: Level
    office: str
    on: date
    about: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as a list shows it: how it stands, and the last word on it; nothing where there is none."""

    action: Action
    stand: Stand
    last: Word | None
    owner: str


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """A priority as a list shows it, in the words that its reader may read."""

    priority: Priority
    wording: Wording
    actions: tuple[ActionLine, ...]
    rollup: Rollup
    last: Word | None

    @property
    def tally(self) -> str:
        """How many actions stand how, in words."""
        return tally_words(Counter(each.stand.standing for each in self.actions))

    @property
    def status(self) -> tuple[str, str]:
        """How it stands in a word, and its tone: its stage; while it is live, the worst of its actions."""
        stage = PriorityStage(self.priority.stage)
        if stage is not PriorityStage.LIVE:
            word, tone = STAGES[stage]
            return str(word), tone
        return worst_of(self.actions)

    @property
    def heard(self) -> str:
        """That nothing was heard of it yet, or not since when; empty where there is a last word."""
        return "" if self.last is not None or not self.actions else _("No update yet")


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """A theme with its priorities and their sum."""

    theme: Theme
    lines: tuple[PriorityLine, ...]
    rollup: Rollup

    @property
    def actions(self) -> tuple[ActionLine, ...]:
        """The actions of all its priorities."""
        return tuple(action for line in self.lines for action in line.actions)

    @property
    def tally(self) -> str:
        """How many actions stand how, in words."""
        return tally_words(Counter(each.stand.standing for each in self.actions))

    @property
    def status(self) -> tuple[str, str]:
        """What is worst among its actions, in a word, and its tone."""
        return worst_of(self.actions)


def worst_of(actions: Iterable[ActionLine]) -> tuple[str, str]:
    """What is worst among some actions, in a word, and its tone."""
    counts = Counter(each.stand.standing for each in actions if each.stand.standing is not Standing.DROPPED)
    if not counts:
        return _("No action yet"), "warn"
    if counts[Standing.LATE]:
        return _("%d late") % counts[Standing.LATE], "bad"
    if counts[Standing.SLIPPING]:
        return _("%d will be late") % counts[Standing.SLIPPING], "warn"
    if counts[Standing.DONE] == sum(counts.values()):
        return _("Done"), "good"
    if counts[Standing.UNDATED] == sum(counts.values()) - counts[Standing.DONE]:
        return _("No date"), "warn"
    return _("On course"), "good"


def stand_of(action: Action, on: date) -> Stand:
    """How an action stands on a day."""
    dropped = action.state == ActionState.DROPPED
    return stand(Dates(action.baseline, action.forecast, action.finished, action.starts, dropped), on)


def with_words(rows: QuerySet[Priority]) -> QuerySet[Priority]:
    """Priorities with every version of their words at hand."""
    versions = PriorityVersion.objects.select_related("lead_office").order_by("number")
    return rows.prefetch_related(Prefetch("versions", queryset=versions))


def lines_of(
    priorities: Sequence[Priority],
    wordings: Mapping[int, Wording],
    actions: QuerySet[Action],
    on: date,
    *,
    said: QuerySet[Update] | None = None,
) -> tuple[PriorityLine, ...]:
    """Priorities as lines, in the words given for each and with these of their actions: four queries.

    The last word on each is the last that was signed off. For the public give what of that is public as
    ``said``: then owners are named by their office alone.
    """
    rows = actions.filter(priority__in=[each.pk for each in priorities])
    found = list(rows.prefetch_related("milestones").order_by("priority", "position", "pk"))
    keys = {"action": [each.pk for each in found], "priority": [each.pk for each in priorities]}
    signed = {kind: _last_of(kind, wanted, said) for kind, wanted in keys.items()}
    by_priority: dict[int, list[Action]] = {}
    for action in found:
        by_priority.setdefault(action.priority_id, []).append(action)
    return tuple(
        _line(each, wordings[each.pk], by_priority.get(each.pk, []), signed, on, public=said is not None)
        for each in priorities
    )


def _last_of(kind: str, keys: Sequence[int], said: QuerySet[Update] | None) -> Mapping[int, Update]:
    if said is None:
        return last_words(kind, keys)
    rows = said.filter(**{f"{kind}__in": keys}).select_related("scale").order_by("pk")
    return {getattr(row, f"{kind}_id"): row for row in rows}


def _line(
    priority: Priority,
    wording: Wording,
    actions: list[Action],
    signed: Mapping[str, Mapping[int, Update]],
    on: date,
    *,
    public: bool,
) -> PriorityLine:
    own = signed["priority"].get(priority.pk)
    lines = tuple(action_line_of(each, signed["action"].get(each.pk), on, public=public) for each in actions)
    said = [each.last for each in lines if each.last is not None]
    last = max((*([word_of(own)] if own is not None else ()), *said), key=lambda each: each.on, default=None)
    return PriorityLine(priority, wording, lines, rollup_of_actions(actions), last)


def action_line_of(action: Action, last: Update | None, on: date, *, public: bool = False) -> ActionLine:
    """An action as a line. Its owner is an office, else whoever was named; to the public only an office."""
    named = "" if public else action.owner_words
    owner = action.owner_office.title if action.owner_office is not None else named
    word = word_of(last, action.number) if last is not None else None
    return ActionLine(action, stand_of(action, on), word, owner)


def word_of(update: Update, about: str = "") -> Word:
    """An update as a last word. Who gave it is named by the office alone."""
    return Word(update.words, level_of(update), update.given_as, localdate(update.given_at), about)


def by_theme(lines: Sequence[PriorityLine], themes: Iterable[Theme]) -> tuple[ThemeLines, ...]:
    """Lines under their themes, in the order of the themes; a theme without one is left out."""
    found = []
    for theme in themes:
        own = tuple(line for line in lines if line.priority.theme_key == theme.key)
        counted = [line.priority for line in own if line.priority.stage != PriorityStage.DROPPED]
        if own:
            rolled = {line.priority.pk: line.rollup for line in own}
            titles = {line.priority.pk: line.wording.title for line in own}
            found.append(ThemeLines(theme, own, theme_rollup(counted, rolled, titles)))
    return tuple(found)


def delivery_of(user: User, plan: Document, year: int, on: date) -> tuple[ThemeLines, ...]:
    """What is done about a plan in a year, theme by theme, as a person reads it at the desk."""
    rows = priorities_for(user, on).filter(plan=plan, year=year)
    found = list(with_words(rows).order_by("position", "pk"))
    wordings = {each.pk: wording_of(each.version) for each in found}
    lines = lines_of(found, wordings, actions_for(user, on), on)
    return by_theme(lines, themes_of(plan, on, found))


def heard_words(last: Word | None, on: date) -> str:
    """What is said where nothing was heard: “No update since 4 March”, or that there was none."""
    return silence_words(last.on if last is not None else None, on)
