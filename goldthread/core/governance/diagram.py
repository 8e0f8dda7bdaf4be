"""The page of the manual that shows the stages of an edition, drawn from the tables themselves.

``python -m goldthread.core.governance.diagram > docs/reference/stages.md`` writes it afresh.
"""

from __future__ import annotations

import sys

from goldthread.core.governance.abilities import GRID
from goldthread.core.governance.stages import GATES, MOVES, Relies, Stage

_LAPSES = {
    Relies.TEXT: "any change to the text",
    Relies.TEXT_UNTIL_REPORT: "any change before the panel has reported; afterwards changes are named, "
    "and go back to the chief constable and into the response",
    Relies.NOTHING: "nothing: views are about policing, not about the words of the draft",
}


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join((*_head(), *_drawing(), *_table(), ""))


def _head() -> tuple[str, ...]:
    return (
        "# The stages of an edition",
        "",
        "Written by `python -m goldthread.core.governance.diagram` from the tables in",
        "`goldthread/core/governance/stages.py`; a test holds the two together.",
        "",
        "Each gate is passed on evidence (date, body, who, words) that pins the seal of the text it relied",
        "on. When the text changes, the gates that relied on it reopen and name the sections that did it;",
        "the edition falls back to the stage before the first of them. Putting the text back closes them.",
        "",
    )


def _drawing() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {Stage.DRAFTING}"]
    lines += [f"    {before} --> {after}: {move}" for (before, move), after in MOVES.items()]
    return [*lines, f"    {Stage.SUPERSEDED} --> [*]", "```", ""]


def _table() -> list[str]:
    lines = [
        "| gate | what must have happened | law | who records it | reopened by |",
        "|---|---|---|---|---|",
    ]
    for gate in GATES:
        who = ", ".join(role.replace("_", " ") for role, held in GRID.items() if gate.ability in held)
        lines.append(f"| {gate.move} | {gate.asks} | {gate.law} | {who} | {_LAPSES[gate.relies]} |")
    return lines


if __name__ == "__main__":
    sys.stdout.write(page())
