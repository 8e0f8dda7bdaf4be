"""What is wrong with a cell or a row, by where it stands and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.core.problems import Problem
from goldthread.files.sheets.sheet import letters

WORDS: dict[str, tuple[str, str]] = {
    "tab": ("There is no sheet “{name}” in this file.", "Choose another sheet."),
    "none": ("No figures were found.", "Look whether the right sheet and columns are chosen."),
    "many": ("More rows follow that were not looked at.", "Mend these first."),
    "wide": (
        "It has more cells than there are headings.",
        "A comma inside a number or a name may have split it: put that cell in quotes.",
    ),
    "twice": (
        "{month} stands here a second time; it stood in {where} with {what} figure.",
        "Delete one of the two.",
    ),
    "again": (
        "{month} stands again in {where} with another figure, so neither is taken.",
        "Delete one of the two.",
    ),
    "measure-unsaid": ("It does not say which measure it belongs to.", "Choose the measure for the file."),
    "measure": ("No measure is called “{words}”.", "{near}"),
    "area-unsaid": ("It does not say which area it is for.", "Choose the area for the file."),
    "area": ("No area is called “{words}”.", "{near}"),
    "other-area": ("“{words}” is no area of ours, so it was left out.", ""),
    "length": (
        "It is for a {span}, and {measure} is counted in {lengths}.",
        "Give one figure for each, or choose another measure.",
    ),
    "future": ("{month} has not come yet.", "Look at the year."),
    "period-heading": ("Its heading does not name a month.", "{forms}"),
    "period-unsaid": ("It does not say which month it is for.", "Fill it in, or delete the row."),
    "period": ("“{words}” is not a month that can be read.", "{forms}"),
    "columns": ("{measure} needs a numerator and a denominator, or its value.", "Choose its columns."),
    "merged": (
        "Its cell is merged with others, so that one figure stands for several rows.",
        "Unmerge the cells and give each row its own figure.",
    ),
    "error": (
        "A formula failed: {words}.",
        "Mend the formula, or leave the cell empty where nothing is known.",
    ),
    "day": (
        "{words} is a day and not a number.",
        "Look whether the columns are chosen rightly, or set the cell’s format to a number.",
    ),
    "words": (
        "“{words}” is not a number.",
        "Write a number; leave it empty where nothing is known, and write [c] where it may not be shown.",
    ),
    "negative": ("{words} is less than nothing.", "A count cannot be negative: look at the sign."),
    "percent": ("{measure} is not a percentage.", "Take the % away, or choose another measure."),
    "over-whole": ("{words} is more than the whole.", "It can be {most} at most."),
    "over": (
        "{top} is more than the {bottom} that it is a part of.",
        "Look whether the two columns are the wrong way round.",
    ),
    "zero-denominator": (
        "It is zero, so there is nothing to divide by.",
        "Leave both cells empty where nothing was counted.",
    ),
    "total": ("It is a total, so it was left out.", ""),
    "hidden": ("It is hidden in the file, and was read all the same.", ""),
    "hidden-column": ("This column is hidden in the file, and was read all the same.", ""),
    "gap": (
        "{measure}, {area}: nothing is said of {months}.",
        "What nobody says stays missing, unless an earlier load has it.",
    ),
    "sign": (
        "A cell that holds only {sign} was read as {taken}.",
        "Say so under the columns if it means something else.",
    ),
    "half": ("Only one of its two numbers is given, so it counts as missing.", ""),
    "mixed": (
        "Some of its figures have a % sign and some have none.",
        "Excel keeps 25% as 0.25: look whether all are on one scale.",
    ),
    "scale": (
        "Every figure of {measure} is between 0 and 1 per cent.",
        "Excel keeps 25% as 0.25: multiply them by 100 if that is meant.",
    ),
}
"""By code: what is wrong, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing found: tab, row as the spreadsheet numbers it, column from 0, what is wrong and the cure."""

    tab: str
    row: int
    column: int | None
    message: str
    mend: str = ""
    code: str = ""
    heading: str = ""

    @property
    def where(self) -> str:
        """The place in words: sheet “Returns”, row 14, column C (Answered)."""
        parts = [f"sheet “{self.tab}”"] if self.tab else []
        if self.row:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {letters(self.column)}" + (f" ({self.heading})" if self.heading else ""))
        return ", ".join(parts) or "the whole file"

    @property
    def problem(self) -> Problem:
        """The fault as a problem: where, and what to do."""
        return Problem(self.where, f"{self.message} {self.mend}".strip(), self.code)


class Notebook:
    """What is found in one table as it is read: the faults that stop it, and what is only told."""

    def __init__(self, tab: str, names: tuple[str, ...]) -> None:
        self._tab, self._names = tab, names
        self.faults: list[Fault] = []
        self.told: list[Fault] = []

    def fault(self, code: str, row: int, column: int | None = None, **facts: str) -> None:
        """Note something that keeps the file from being loaded."""
        self.faults.append(self._made(code, row, column, facts))

    def fault_once(self, code: str, **facts: str) -> None:
        """Note something that is wrong with the table as a whole, however many rows show it."""
        found = self._made(code, 0, None, facts)
        if found not in self.faults:
            self.faults.append(found)

    def tell(self, code: str, row: int, column: int | None = None, **facts: str) -> None:
        """Note something that a person should know and that stops nothing."""
        self.told.append(self._made(code, row, column, facts))

    def _made(self, code: str, row: int, column: int | None, facts: dict[str, str]) -> Fault:
        message, mend = WORDS[code]
        named = column is not None and column < len(self._names)
        heading = self._names[column] if named and column is not None else ""
        return Fault(self._tab, row, column, message.format(**facts), mend.format(**facts), code, heading)
