"""Which column means what: guessed by names and by what stands in them, remembered by names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from goldthread.core.problems import Problem
from goldthread.files.sheets.header import Block, find_block
from goldthread.files.sheets.periods import read_period
from goldthread.files.sheets.sheet import Sheet, Tab, Value, shown
from goldthread.files.sheets.stated import read_number

_NEAR = 88
_SAMPLE = 60
PARTS = ("period", "area", "measure")
NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is looked for in a table: its key, the names that columns have for it."""

    key: str
    names: tuple[str, ...]


RETURN = (
    Wanted(
        "period",
        ("month", "period", "date", "month ending", "quarter", "year", "financial year", "reporting period"),
    ),
    Wanted(
        "area",
        (
            *("area", "force", "force name", "district", "police force area", "pfa", "force area"),
            *("lpa", "region", "local authority"),
        ),
    ),
    Wanted("measure", ("measure", "indicator", "metric", "kpi", "measure name", "performance indicator")),
    Wanted(
        "numerator",
        (
            *("numerator", "answered", "answered in time", "within target", "number satisfied"),
            *("satisfied", "met", "solved"),
        ),
    ),
    Wanted(
        "denominator",
        (
            *("denominator", "out of", "all", "base", "sample", "responses", "total calls"),
            *("calls received", "received", "offered", "population"),
        ),
    ),
    Wanted(
        "value",
        (
            *("value", "count", "number", "figure", "total", "rate", "result", "per cent"),
            *("percentage", "%", "actual", "volume", "people"),
        ),
    ),
    Wanted("provisional", ("provisional", "status", "final or provisional")),
)
POPULATION = (
    Wanted("period", ("year", "mid year", "date", "period")),
    Wanted("area", ("area", "force", "police force area", "name", "code", "label", "area code", "lsoa")),
    Wanted("value", ("population", "people", "total", "persons", "all ages", "value")),
)


@dataclass(frozen=True, slots=True)
class Match:
    """What each column of a tab means. ``across``: the part that the headings of ``spread`` name, if any."""

    tab: str
    columns: tuple[tuple[str, int], ...] = ()
    across: str = ""
    spread: tuple[int, ...] = ()
    dash_is_zero: bool = False
    x_is_suppressed: bool = False
    only_known_areas: bool = False
    """Whether rows of other areas are left out, as those of a national table are."""

    def column(self, key: str) -> int | None:
        """The column that holds something; None where none does."""
        return dict(self.columns).get(key)

    @property
    def has_figures(self) -> bool:
        """Whether some column holds figures."""
        return bool(self.spread) or any(key in NUMBERS for key, _ in self.columns)


def folded(words: str) -> str:
    """Words for comparing: small letters, digits and single spaces."""
    return " ".join(re.sub(r"[^\w%]+", " ", words.casefold().replace("&", " and ")).split())


def suggest(
    sheet: Sheet,
    wanted: tuple[Wanted, ...] = RETURN,
    *,
    areas: Collection[str] = (),
    measures: Collection[str] = (),
) -> Match:
    """The tab that most looks like a table of figures, and what its columns seem to mean.

    ``areas`` and ``measures`` are known names; they are compared as `folded` has them.
    """
    known = {"area": {folded(name) for name in areas}, "measure": {folded(name) for name in measures}}
    visible = [tab for tab in sheet.tabs if not tab.hidden and tab.rows] or list(sheet.tabs)
    best = Match(visible[0].name)
    worth = -1
    for tab in visible[:40]:
        match = _of_tab(tab, wanted, known, sheet.since_1904)
        if (found := _worth(match, tab)) > worth:
            best, worth = match, found
    return best


def _worth(match: Match, tab: Tab) -> int:
    keys = {key for key, _ in match.columns} | {match.across}
    return (
        1000 * match.has_figures
        + 1000 * ("period" in keys)
        + 200 * ("area" in keys)
        + min(len(tab.rows), 199)
    )


def _of_tab(tab: Tab, wanted: tuple[Wanted, ...], known: dict[str, set[str]], since_1904: bool) -> Match:
    block = find_block(tab)
    across, spread = _across(block, known, since_1904)
    left = [column for column in range(len(block.names)) if column not in spread]
    columns: dict[str, int] = {}
    for part in PARTS:
        if part != across and any(each.key == part for each in wanted):
            found = _by_content(block, part, left, known.get(part, set()), since_1904)
            if found is not None:
                columns[part] = found
                left.remove(found)
    for key, column in by_names(block.names, wanted, left):
        if key == across or key in columns or (spread and key in NUMBERS):
            continue
        columns[key] = column
        left.remove(column)
    numeric = [column for column in left if _share(block, column, _is_number) > 0.5]
    if numeric and not spread:
        if not any(key in columns for key in NUMBERS):
            columns["value"] = numeric[0]
        elif len(numeric) == 1 and "value" not in columns:
            other = {"numerator": "denominator", "denominator": "numerator"}
            columns.update({other[key]: numeric[0] for key in other if columns.keys() & {*other} == {key}})
    return Match(tab.name, tuple(sorted(columns.items())), across, spread)


def _across(block: Block, known: dict[str, set[str]], since_1904: bool) -> tuple[str, tuple[int, ...]]:
    """What the headings name where two or more of them name a month, an area or a measure."""
    under: dict[str, list[int]] = {part: [] for part in PARTS}
    for column, (name, head) in enumerate(zip(block.names, block.heads, strict=True)):
        if name and _names_period(head, name, since_1904):
            under["period"].append(column)
        for part in ("area", "measure"):
            if folded(name) in known[part] or folded(shown(head)) in known[part]:
                under[part].append(column)
    part = max(PARTS, key=lambda each: len(under[each]))
    if len(under[part]) < 2:
        return "", ()
    if part != "period":
        first = min(under[part])
        others = range(first, len(block.names))
        under[part] = [at for at in others if at in under[part] or _share(block, at, _is_number) > 0.5]
    return part, tuple(under[part])


def _names_period(head: Value, name: str, since_1904: bool) -> bool:
    return any(read_period(each, since_1904=since_1904) is not None for each in (head, name))


def _by_content(block: Block, part: str, columns: list[int], known: set[str], since_1904: bool) -> int | None:
    """The column most of whose cells say a month, or a known name."""

    def fits(value: Value) -> bool:
        if part != "period":
            return isinstance(value, str) and folded(value) in known
        return read_period(value, since_1904=since_1904) is not None

    names = next((set(each.names) for each in (*RETURN, *POPULATION) if each.key == part), set())
    best, most = None, 0.5
    for column in columns:
        share = _share(block, column, fits)
        if part == "period" and _plain_numbers(block, column) and folded(block.names[column]) not in names:
            share = share if _all_years(block, column) else 0.0
        if share > most:
            best, most = column, share
    return best


def _plain_numbers(block: Block, column: int) -> bool:
    cells = [row.cell(column) for row in block.rows[:_SAMPLE]]
    return any(isinstance(value, float) or (isinstance(value, str) and value.isdigit()) for value in cells)


def _all_years(block: Block, column: int) -> bool:
    cells = [shown(row.cell(column)) for row in block.rows[:_SAMPLE] if row.cell(column) is not None]
    rising = [int(cell) for cell in cells if re.fullmatch(r"(19|20)\d\d", cell)]
    return column == 0 and len(rising) == len(cells) > 0


def _share(block: Block, column: int, fits: Any) -> float:
    cells = [row.cell(column) for row in block.rows[:_SAMPLE] if row.cell(column) is not None]
    return sum(1 for value in cells if fits(value)) / len(cells) if cells else 0.0


def _is_number(value: Value) -> bool:
    return not isinstance(value, date) and read_number(value).number is not None


def by_names(names: Sequence[str], wanted: Iterable[Wanted], columns: Sequence[int]) -> list[tuple[str, int]]:
    """Pairs of what is wanted and a column, the surest first; each at most once."""
    scored: list[tuple[float, str, int]] = []
    for each in wanted:
        for column in columns:
            score = max((_alike(name, folded(names[column])) for name in each.names), default=0.0)
            if score >= _NEAR:
                scored.append((score, each.key, column))
    found: dict[str, int] = {}
    for _score, key, column in sorted(scored, key=lambda each: -each[0]):
        if key not in found and column not in found.values():
            found[key] = column
    return list(found.items())


def _alike(name: str, heading: str) -> float:
    if not heading:
        return 0.0
    if name == heading:
        return 100.0
    if re.search(rf"(?:^| ){re.escape(name)}(?: |$)", heading):
        return 92.0
    return float(fuzz.ratio(name, heading))


def remember(match: Match, sheet: Sheet) -> dict[str, Any]:
    """A match by the names of its columns, so that next month's file is understood the same way."""
    tab = sheet.tab(match.tab)
    names = find_block(tab).names if tab else ()
    return {
        "tab": match.tab,
        "columns": {key: names[column] for key, column in match.columns if column < len(names)},
        "across": match.across,
        "dash_is_zero": match.dash_is_zero,
        "x_is_suppressed": match.x_is_suppressed,
        "only_known_areas": match.only_known_areas,
    }


def recall(
    kept: dict[str, Any],
    sheet: Sheet,
    wanted: tuple[Wanted, ...] = RETURN,
    *,
    areas: Collection[str] = (),
    measures: Collection[str] = (),
) -> tuple[Match, tuple[Problem, ...]]:
    """A remembered match found again in another file, and a problem for each column that is not there.

    Where the tab is not there under its name, the tab is guessed, and so is a column that is gone;
    so are the headings that name months, areas or measures, because each file has others.
    """
    guessed = suggest(sheet, wanted, areas=areas, measures=measures)
    tab = sheet.tab(str(kept.get("tab", ""))) or sheet.tab(guessed.tab)
    if tab is None:
        return guessed, ()
    if tab.name != guessed.tab:
        guessed = suggest(
            replace(sheet, tabs=(replace(tab, hidden=False),)), wanted, areas=areas, measures=measures
        )
    names = {folded(name): column for column, name in reversed(list(enumerate(find_block(tab).names)))}
    columns: dict[str, int] = {}
    problems = []
    for key, name in dict(kept.get("columns", {})).items():
        column = names.get(folded(str(name)))
        if column is None:
            said = f"This source had a column “{name}” the last time, and this file has none of that name."
            problems.append(Problem(f"the headings of “{tab.name or sheet.name}”", said, "column-missing"))
        else:
            columns[str(key)] = column
    if problems:
        free = {at for _key, at in guessed.columns} - set(columns.values())
        columns = {key: at for key, at in guessed.columns if at in free} | columns
    across = str(kept.get("across", ""))
    spread = guessed.spread if across and guessed.across == across else ()
    match = Match(
        tab.name,
        tuple(sorted(columns.items())),
        across if spread else "",
        tuple(column for column in spread if column not in columns.values()),
        bool(kept.get("dash_is_zero")),
        bool(kept.get("x_is_suppressed")),
        bool(kept.get("only_known_areas")),
    )
    return match, tuple(problems)
