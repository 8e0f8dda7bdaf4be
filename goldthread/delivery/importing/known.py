"""What a list of actions is held against: the priorities of the year, and the actions that they have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import process

from goldthread.core.delivery.stages import PriorityStage
from goldthread.delivery.models import Action, Priority, PriorityVersion
from goldthread.files.sheets.matching import folded
from goldthread.plans.models import Document

_NEAR = 86
OPEN = (PriorityStage.DRAFT, PriorityStage.PROPOSED, PriorityStage.LIVE)


@dataclass(frozen=True, slots=True)
class Known:
    """Priorities by key as (number, title); by priority and folded title or number, the actions they have."""

    priorities: Mapping[int, tuple[str, str]]
    actions: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def priority(self, words: str) -> tuple[int | None, str]:
        """The key of the priority that words name, and how it was told where that was not plain.

        Its number, its title, or both are understood; a title that is nearly the same is told.
        """
        wanted = folded(
            re.sub(r"^priority(?: for action)?\s*[:\-–]?\s*(?=\w*\d)", "", words.strip(), flags=re.I)
        )
        for pk, (number, title) in self.priorities.items():
            if wanted in (folded(number), folded(title), folded(f"{number} {title}")):
                return pk, ""
        numbers = {folded(number): pk for pk, (number, _title) in self.priorities.items()}
        if (found := numbers.get(wanted.split(" ")[0])) is not None and " " in wanted:
            return found, self.title(found)
        titles = {pk: folded(title) for pk, (_number, title) in self.priorities.items()}
        near = process.extractOne(wanted, titles, score_cutoff=_NEAR)
        return (near[2], self.title(near[2])) if near else (None, "")

    def title(self, pk: int) -> str:
        """A priority by number and title."""
        return " ".join(self.priorities[pk])

    @property
    def numbers(self) -> str:
        """The numbers of all priorities, as a sentence has them."""
        return ", ".join(number for number, _title in self.priorities.values())


def known_of(plan: Document, year: int) -> Known:
    """The priorities of a plan and year to which actions may be added, and what they have."""
    rows = Priority.objects.filter(plan=plan, year=year, stage__in=OPEN)
    numbers = dict(rows.values_list("pk", "number"))
    titles: dict[int, str] = {}
    versions = PriorityVersion.objects.filter(priority__in=numbers).order_by("priority", "number")
    for priority, title in versions.values_list("priority", "title"):
        titles[priority] = title
    actions: dict[tuple[int, str], str] = {}
    for action in Action.objects.filter(priority__in=numbers).only("priority_id", "number", "title"):
        actions[action.priority_id, folded(action.title)] = action.number
        actions[action.priority_id, folded(action.number)] = action.number
    return Known({pk: (number, titles.get(pk, "")) for pk, number in numbers.items()}, actions)
