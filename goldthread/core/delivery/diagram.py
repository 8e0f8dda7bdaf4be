"""The page of the manual that shows how priorities, actions and updates come along, from the tables.

``python -m goldthread.core.delivery.diagram > docs/reference/stages-of-delivery.md`` writes it afresh.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from goldthread.core.delivery.stages import ACTION_MOVES, PRIORITY_MOVES, UPDATE_MOVES, State
from goldthread.core.delivery.standing import RULES, WORDS

HEAD = (
    "# The stages of delivery",
    "",
    "Written by `python -m goldthread.core.delivery.diagram` from the tables in `goldthread/core/delivery/`;",
    "a test holds the two together. A step that is not shown is refused, with the reason in words.",
    "",
)
PRIORITY = (
    "Only a decision of the board makes a priority live, each in exactly the words it has then. Words that",
    "change while it is live show as a change until a later decision approves them. One that is carried",
    "forward begins in its new year as a draft.",
)
ACTION = ("An action that was done or dropped can be opened again; its history keeps that it was.",)
UPDATE = (
    "Whoever gave an update does not sign it off. What is returned stays as it was written; its owner gives",
    "another one. What was signed stands: a later update says otherwise.",
)


def page() -> str:
    """The whole page as Markdown."""
    parts = (
        HEAD,
        ("## A priority for action", "", *drawing(PRIORITY_MOVES), *PRIORITY, ""),
        ("## An action", "", *drawing(ACTION_MOVES), *ACTION, ""),
        ("## An update", "", *drawing(UPDATE_MOVES), *UPDATE, ""),
        ("## How work stands on a day", "", *_standings(), ""),
        ("## What became of a promise", "", *_promises()),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def drawing(moves: Mapping[tuple[State, str], State]) -> list[str]:
    """A table of moves as a drawing: it begins with the first stage and ends with those that lead nowhere."""
    begun = next(iter(moves))[0]
    ends = dict.fromkeys(after for after in moves.values() if all(after != at for at, _move in moves))
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {begun}"]
    lines += [f"    {before} --> {after}: {move}" for (before, move), after in moves.items()]
    lines += [f"    {end} --> [*]" for end in ends]
    return [*lines, "```", ""]


def _standings() -> list[str]:
    lines = ["| word | colour |", "|---|---|"]
    return [*lines, *(f"| {word} | {tone} |" for word, tone in WORDS.values())]


def _promises() -> list[str]:
    lines = ["| word | when |", "|---|---|"]
    return [*lines, *(f"| {word} | {rule} |" for word, _tone, rule in RULES.values())]


if __name__ == "__main__":
    sys.stdout.write(page())
