"""A file of figures checked against what a body knows, and turned into figures that could stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldthread.core.spc.values import Stated
from goldthread.files.sheets import Checked, Entry, Fault, Match, Rules, Sheet, check
from goldthread.files.sheets.header import Block
from goldthread.files.sheets.matching import folded
from goldthread.files.sheets.sheet import shown
from goldthread.performance.loading.choosing import Choice, block_of, own_columns, year_of
from goldthread.performance.loading.known import PEOPLE, Areas, InUse
from goldthread.performance.loading.people import People
from goldthread.performance.loading.standing import Fresh
from goldthread.performance.models import Area, SourceKind


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says: figures, populations, what is wrong, what is only told, how many rows it has."""

    figures: tuple[Fresh, ...]
    populations: tuple[tuple[Area, int, int], ...]
    faults: tuple[Fault, ...]
    told: tuple[Fault, ...]
    rows: int


def look_at(
    sheet: Sheet,
    choice: Choice,
    kind: str,
    measures: Sequence[InUse],
    areas: Areas,
    *,
    provisional: bool,
    today: date,
) -> Found:
    """Check a file as chosen; nothing is written."""
    if kind == SourceKind.POPULATION:
        return _people(
            check(sheet, choice.match, _rules(choice, {"people": PEOPLE}, areas, today, PEOPLE.key)), areas
        )
    if choice.by_column and not choice.measure:
        found = _by_own_columns(sheet, choice, measures, areas, today)
    else:
        kinds = {
            folded(name): each.kind for each in measures for name in (each.measure.name, each.measure.key)
        }
        found = check(sheet, choice.match, _rules(choice, kinds, areas, today, choice.measure))
    return Found(
        _figures(found.entries, measures, areas, provisional), (), found.faults, found.told, found.rows
    )


def _rules(choice: Choice, kinds: dict[str, object], areas: Areas, today: date, measure: str) -> Rules:
    return Rules(
        measures=kinds,  # type: ignore[arg-type]
        areas=areas.names,
        today=today,
        measure=measure,
        area=choice.area,
        area_names=areas.called,
        period=year_of(choice),
    )


def _people(found: Checked, areas: Areas) -> Found:
    """Populations: whole people, one number for an area and a year."""
    people, faults = [], list(found.faults)
    for entry in found.entries:
        if entry.stated != Stated.VALUE or entry.value is None:
            continue
        if entry.value != int(entry.value):
            message, mend = (
                f"{entry.value:g} is not a whole number of people.",
                "Round it, or look at the column.",
            )
            faults.append(Fault("", entry.row, entry.column, message, mend, "whole"))
            continue
        people.append((areas.by_code[entry.area], entry.period.year, int(entry.value)))
    return Found((), tuple(people), tuple(faults), found.told, found.rows)


def _by_own_columns(
    sheet: Sheet, choice: Choice, measures: Sequence[InUse], areas: Areas, today: date
) -> Checked:
    """The figures of every measure whose columns the table has, from the rows that its definition names."""
    block = block_of(sheet, choice.match)
    entries: list[Entry] = []
    faults: dict[tuple[object, ...], Fault] = {}
    told: dict[tuple[object, ...], Fault] = {}
    rows = 0
    for each in measures:
        columns = own_columns(each, block)
        if columns is None or block is None:
            continue
        labels = {key: at for key, at in choice.match.columns if key in ("period", "area", "provisional")}
        match = replace(choice.match, columns=tuple(sorted((labels | columns).items())), across="", spread=())
        rules = _rules(choice, {folded(each.measure.name): each.kind}, areas, today, each.measure.key)
        found = check(
            sheet, match, replace(rules, keep=_rows_of(each, block), added=bool(each.defined.numerator.where))
        )
        entries.extend(found.entries)
        faults.update({(one.row, one.column, one.code): one for one in found.faults})
        told.update({(one.row, one.column, one.code, one.message): one for one in found.told})
        rows = max(rows, found.rows)
    return Checked(tuple(entries), tuple(faults.values()), tuple(told.values()), rows)


def _rows_of(each: InUse, block: Block) -> frozenset[int] | None:
    """The numbers of the rows that a definition counts; None for all of them."""
    where = each.defined.numerator.where
    if not where:
        return None
    names = {folded(name): at for at, name in reversed(list(enumerate(block.names)))}
    wanted = [(names[folded(column)], {folded(value) for value in values}) for column, values in where]
    return frozenset(
        row.number
        for row in block.rows
        if all(folded(shown(row.cell(at))) in values for at, values in wanted)
    )


def _figures(
    entries: Iterable[Entry], measures: Sequence[InUse], areas: Areas, provisional: bool
) -> tuple[Fresh, ...]:
    by_key = {each.measure.key: each for each in measures}
    people = People()
    return tuple(
        _fresh(entry, by_key[entry.measure], areas.by_code[entry.area], provisional, people)
        for entry in entries
    )


def _fresh(entry: Entry, each: InUse, area: Area, provisional: bool, people: People) -> Fresh:
    """The figure that an entry says; a rate for people is reckoned here, where the file only counts."""
    value, denominator = entry.value, entry.denominator
    stated = Stated(entry.stated)
    if stated is Stated.VALUE and entry.numerator is not None:
        below = people.in_area(area, entry.period) if each.by_people else denominator
        value, denominator = each.defined.value_of(entry.numerator, below), below
        stated = Stated.VALUE if value is not None else Stated.MISSING
    known = stated is Stated.VALUE
    return Fresh(
        each.measure,
        area,
        entry.period,
        stated.value,
        value if known else None,
        entry.numerator if known else None,
        denominator if known else None,
        provisional or entry.provisional,
        each.defined.frequency,
    )


def without_columns(match: Match) -> bool:
    """Whether a match says neither when nor how many, so that nothing can be read by it."""
    return not match.has_figures or (match.column("period") is None and match.across != "period")
