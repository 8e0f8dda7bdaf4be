"""What was chosen for a file: which sheet and columns, which measure and area where the file does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from goldthread.files.sheets import Match, Sheet, recall, remember, suggest
from goldthread.files.sheets.header import Block, find_block
from goldthread.files.sheets.matching import POPULATION, RETURN, Wanted, folded
from goldthread.performance.loading.known import Areas, InUse
from goldthread.performance.models import Source, SourceKind


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: its match, and what holds for every row that does not say it itself.

    ``measure`` is a measure's key, or empty where the file names measures; ``by_column`` says that
    each measure has columns of its own, as its definition names them. ``area`` is an area's code.
    """

    match: Match
    measure: str = ""
    area: str = ""
    year: int | None = None
    by_column: bool = False

    def as_form(self) -> dict[str, Any]:
        """For a load's match."""
        match = self.match
        return {
            "tab": match.tab,
            "columns": dict(match.columns),
            "across": match.across,
            "spread": list(match.spread),
            "dash_is_zero": match.dash_is_zero,
            "x_is_suppressed": match.x_is_suppressed,
            "only_known_areas": match.only_known_areas,
            "measure": self.measure,
            "area": self.area,
            "year": self.year,
            "by_column": self.by_column,
        }


def choice_of(form: Mapping[str, Any]) -> Choice:
    """A choice from a load's match."""
    match = Match(
        tab=form.get("tab", ""),
        columns=tuple(sorted((key, int(at)) for key, at in form.get("columns", {}).items())),
        across=form.get("across", ""),
        spread=tuple(form.get("spread", ())),
        dash_is_zero=bool(form.get("dash_is_zero")),
        x_is_suppressed=bool(form.get("x_is_suppressed")),
        only_known_areas=bool(form.get("only_known_areas")),
    )
    by_column = bool(form.get("by_column"))
    return Choice(match, form.get("measure", ""), form.get("area", ""), form.get("year"), by_column)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to say: a choice, whether it was remembered, and what is missing since last time."""

    choice: Choice
    remembered: bool = False
    missing: tuple[str, ...] = ()
    own: tuple[str, ...] = field(default=())
    """The keys of the measures whose own columns the file has."""


def guess(sheet: Sheet, source: Source, measures: Sequence[InUse], areas: Areas, *, area: str = "") -> Guess:
    """How a file of a source is most likely to be read: as the last one was, or by names and contents."""
    wanted = wanted_of(source)
    names = [each.measure.name for each in measures]
    known = list(areas.names)
    kept = dict(source.columns)
    missing: tuple[str, ...] = ()
    if kept:
        match, problems = recall(kept, sheet, wanted, areas=known, measures=names)
        missing = tuple(problem.message for problem in problems)
    else:
        match = suggest(sheet, wanted, areas=known, measures=names)
    own = tuple(
        each.measure.key for each in measures if own_columns(each, block_of(sheet, match)) is not None
    )
    says = match.column("measure") is not None or match.across == "measure"
    chosen = str(kept.get("measure", ""))
    by_column = bool(kept.get("by_column", bool(own) and not says)) and bool(own)
    if not (says or by_column or chosen) and len(measures) == 1:
        chosen = measures[0].measure.key
    here = str(kept.get("area", "")) or area
    return Guess(Choice(match, chosen, here, kept.get("year"), by_column), bool(kept), missing, own)


def wanted_of(source: Source) -> tuple[Wanted, ...]:
    """What is looked for in the files of a source."""
    return POPULATION if source.kind == SourceKind.POPULATION else RETURN


def remembered(choice: Choice, sheet: Sheet) -> dict[str, Any]:
    """What a source keeps of a choice, columns by their names, for the next file."""
    kept = remember(choice.match, sheet)
    return kept | {"measure": choice.measure, "area": choice.area, "by_column": choice.by_column}


def block_of(sheet: Sheet, match: Match) -> Block | None:
    """The table of the matched sheet."""
    tab = sheet.tab(match.tab)
    return find_block(tab) if tab is not None else None


def own_columns(each: InUse, block: Block | None) -> dict[str, int] | None:
    """The columns that a measure's definition names, where a table has them all; with those it filters by."""
    if block is None:
        return None
    names = {folded(name): at for at, name in reversed(list(enumerate(block.names)))}
    top, below = each.defined.numerator, each.defined.denominator
    wanted = {"numerator": top.column}
    if below is not None and not each.by_people:
        wanted["denominator"] = below.column
    needed = [*wanted.values(), *(column for column, _ in top.where)]
    if not all(needed) or any(folded(column) not in names for column in needed):
        return None
    return {key: names[folded(column)] for key, column in wanted.items()}


def on_tab(choice: Choice, sheet: Sheet, name: str, wanted: tuple[Wanted, ...], areas: Areas) -> Choice:
    """The same choice on another sheet of the file, its columns guessed afresh."""
    tab = sheet.tab(name)
    if tab is None or tab.name == choice.match.tab:
        return choice
    alone = replace(sheet, tabs=(replace(tab, hidden=False),))
    return replace(choice, match=suggest(alone, wanted, areas=list(areas.names)))


def year_of(choice: Choice) -> date | None:
    """The day that stands for the year chosen for every row."""
    return date(choice.year, 1, 1) if choice.year else None
