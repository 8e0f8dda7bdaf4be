"""The open tables and populations that can be read: their headings, and what each row says."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import NamedTuple

from goldthread.files.refused import Refused
from goldthread.warehouse.lookups import districts, force_of, forces, rows
from goldthread.warehouse.street import month_of

ROLLING_YEAR, MONTH, MID_YEAR = "rolling year", "month", "mid-year"
VALUE, MISSING = "value", "missing"
UNUSED = 0.01
FAR_OFF = 0.4
_ENDING, _TOTAL = "12 months ending", "Rolling year total number of offences"


class Row(NamedTuple):
    """One value: whose, of which period, of what; ``stated`` is value or missing, and never a guess."""

    area: str
    area_name: str
    area_kind: str
    period: str
    starts: date
    ends: date
    category: str
    value: int | None
    stated: str = VALUE


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row (0: with the table), or, where it is not ``wrong``, what to tell."""

    row: int
    message: str
    code: str
    wrong: bool = True


Cells = Iterable[tuple[int, "list[str] | Fault"]]
Rows = Iterator["Row | Fault"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: the source it is kept under, its headings, and how its rows are read."""

    source: str
    fits: Callable[[Sequence[str]], bool]
    rows: Callable[[Cells, Sequence[str], int | None], Rows]


def checked(kind: Kind, read: list[Row]) -> tuple[list[Row], list[Fault]]:
    """The rows after the checks that need the whole table, and what these found."""
    if kind.source == "recorded-crime":
        return _used(read)
    if kind.source == "population-force":
        return read, _plausible(read)
    return read, []


def _recorded(given: Cells, columns: Sequence[str], year: int | None) -> Rows:
    """Recorded crime by police force area: totals of twelve months that overlap, quarter by quarter."""
    place = {column: columns.index(column) for column in (_ENDING, "PFA", "Offence", _TOTAL)}
    odd: dict[str, int] = {}
    for number, cells in given:
        if isinstance(cells, Fault):
            yield cells
            continue
        ends, value = _day(cells[place[_ENDING]]), _whole(cells[place[_TOTAL]])
        if ends is None:
            yield Fault(number, f"“{cells[place[_ENDING]]}” is not a day like 31-12-2018.", "period")
            continue
        if value is None:
            yield Fault(number, f"“{cells[place[_TOTAL]]}” is not a whole number.", "value")
            continue
        last = ends.replace(day=monthrange(ends.year, ends.month)[1])
        if last != ends:
            odd.setdefault(cells[place[_ENDING]], number)
        starts = date(last.year + (last.month == 12) - 1, last.month % 12 + 1, 1)
        name = cells[place["PFA"]]
        key = force_of(name, last)
        kind = forces()[key].kind if key else "unknown"
        yield Row(key or name, name, kind, ROLLING_YEAR, starts, last, cells[place["Offence"]], value)
    for written, number in odd.items():
        words = f"A period is written as ending {written} (row {number}); it was read as that month’s end."
        yield Fault(0, words, "period", wrong=False)


def _used(read: list[Row]) -> tuple[list[Row], list[Fault]]:
    """Make the zeros of a class missing in the periods when the class was not in use, and say so."""
    totals: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in read:
        totals[row.category][row.ends] += row.value or 0
    unused: dict[str, set[date]] = {}
    for category, periods in totals.items():
        usual = median([total for total in periods.values() if total] or [0])
        found = {ends for ends, total in periods.items() if total < UNUSED * usual}
        if found:
            unused[category] = found
    told = [Fault(0, _ROLLING, "rolling", wrong=False)]
    for category, periods_off in sorted(unused.items()):
        words = (
            f"“{category}” was not in use in {len(periods_off)} of {len(totals[category])} periods, those "
            f"ending {min(periods_off):%-d %B %Y} to {max(periods_off):%-d %B %Y} (classes were renamed): "
            "its zeros there were read as missing."
        )
        told.append(Fault(0, words, "renamed", wrong=False))
    strangers = sorted({row.area_name for row in read if row.area_kind not in ("territorial", "unknown")})
    if strangers:
        words = (
            f"{', '.join(strangers)} stand among the forces and are not areas; they are kept apart by kind."
        )
        told.append(Fault(0, words, "not-forces", wrong=False))
    unknown = sorted({row.area_name for row in read if row.area_kind == "unknown"})
    told.extend(Fault(0, f"No force is known by the name “{name}”.", "force") for name in unknown)
    after = [
        row._replace(value=None, stated=MISSING)
        if not row.value and row.ends in unused.get(row.category, ())
        else row
        for row in read
    ]
    return after, told


_ROLLING = (
    "Its figures are totals of twelve months that overlap from one to the next; they are kept as such and "
    "never drawn as months or judged by control limits."
)


def _wide(given: Cells, columns: Sequence[str], year: int | None) -> Rows:
    """Residents by force, a column a force and a row a year."""
    keys = [force_of(name, date(2020, 1, 1)) for name in columns[1:]]
    for name, key in zip(columns[1:], keys, strict=True):
        if key is None:
            yield Fault(1, f"No force is known by the name “{name}”.", "force")
    for number, cells in given:
        if isinstance(cells, Fault):
            yield cells
            continue
        which = _whole(cells[0])
        if which is None or not 1900 < which < 2200:
            yield Fault(number, f"“{cells[0]}” is not a year.", "period")
            continue
        for name, key, text in zip(columns[1:], keys, cells[1:], strict=True):
            yield _residents(number, key or name, name, "territorial", which, text)


def _labelled(given: Cells, columns: Sequence[str], year: int | None) -> Rows:
    """Residents by force, a row a force: ``id, Label, Population 2010``."""
    which = int(columns[2].split()[-1])
    for number, cells in given:
        if isinstance(cells, Fault):
            yield cells
            continue
        key = cells[0] if cells[0] in forces() else force_of(cells[1], date(which, 6, 30))
        if key is None:
            yield Fault(number, f"No force is known by the name “{cells[1]}”.", "force")
        elif cells[2] or forces()[key].population is not None:
            yield _residents(number, key, cells[1], forces()[key].kind, which, cells[2])


def _long(given: Cells, columns: Sequence[str], year: int | None) -> Rows:
    """Residents by force, a row a force and year."""
    low = [column.casefold() for column in columns]
    at_force, at_year = low.index("force"), low.index("year")
    at_people = next(place for place, column in enumerate(low) if column in ("population", "residents"))
    for number, cells in given:
        if isinstance(cells, Fault):
            yield cells
            continue
        which, name = _whole(cells[at_year]), cells[at_force]
        if which is None or not 1900 < which < 2200:
            yield Fault(number, f"“{cells[at_year]}” is not a year.", "period")
            continue
        key = name if name in forces() else force_of(name, date(which, 6, 30))
        if key is None:
            yield Fault(number, f"No force is known by the name “{name}”.", "force")
        else:
            yield _residents(number, key, name, forces()[key].kind, which, cells[at_people])


def _plausible(read: list[Row]) -> list[Fault]:
    """Forces whose residents are far from those of mid-2020: the rows of such a table have mostly slipped."""
    told = []
    for row in read:
        known = forces()[row.area].population if row.area in forces() else None
        far = known and row.value is not None and abs(row.value - known) > FAR_OFF * known
        if far and row.area != "city-of-london":
            words = (
                f"{row.area_name} has {row.value:,} residents here and {known:,} in the estimates for "
                "mid-2020. See that its rows have not slipped against their names."
            )
            told.append(Fault(0, words, "residents"))
    return told


def _small_areas(given: Cells, columns: Sequence[str], year: int | None) -> Rows:
    """Residents by small area of 2011, added up to districts and forces as well. The name says the year."""
    if year is None:
        raise Refused(
            "It does not say of which year it is.", "Put the year into the file’s name, as mid2020."
        )
    now = {row["lsoa"]: row["district"] for row in rows("lsoa21")}
    retired = {row["lsoa11"]: row["district"] for row in rows("lsoa11_retired")}
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    by_code = {force.code: force for force in forces().values() if force.code}
    for number, cells in given:
        if isinstance(cells, Fault):
            yield cells
            continue
        made = _residents(number, cells[0], cells[0], "lsoa11", year, cells[1])
        yield made
        district = districts().get(now.get(cells[0]) or retired.get(cells[0], ""))
        if isinstance(made, Row) and made.value is not None and district:
            force = by_code[district.force_code]
            sums["district", district.code, district.name] += made.value
            sums["force", force.key, force.name] += made.value
    for (kind, code, name), people in sums.items():
        yield _residents(0, code, name, kind, year, str(people))


def _counts(given: Cells, columns: Sequence[str], year: int | None) -> Rows:
    """Street-level records counted already, by month, force or district, and crime type."""
    place = {column: columns.index(column) for column in columns}
    by = "force" if "force" in place else "district"
    for number, cells in given:
        if isinstance(cells, Fault):
            yield cells
            continue
        starts, value = month_of(cells[place["month"]]), _whole(cells[place["n"]])
        if starts is None:
            yield Fault(number, f"“{cells[place['month']]}” is not a month like 2024-01.", "period")
        elif value is None:
            yield Fault(number, f"“{cells[place['n']]}” is not a whole number.", "value")
        else:
            name, ends = cells[place[by]], starts.replace(day=monthrange(starts.year, starts.month)[1])
            key = force_of(name, starts) if by == "force" else name
            yield Row(key or name, name, by, MONTH, starts, ends, cells[place["crime_type"]], value)


def _residents(number: int, area: str, name: str, kind: str, year: int, text: str) -> Row | Fault:
    middle = date(year, 6, 30)
    if text in ("", "-", "..", "NA", "n/a"):
        return Row(area, name, kind, MID_YEAR, middle, middle, "residents", None, MISSING)
    value = _whole(text)
    if value is None or value < 0:
        return Fault(number, f"“{text}” is not a number of residents.", "value")
    return Row(area, name, kind, MID_YEAR, middle, middle, "residents", value)


def _whole(text: str) -> int | None:
    bare = text.replace(",", "").replace(" ", "").removesuffix(".0")
    return int(bare) if bare.removeprefix("-").isascii() and bare.removeprefix("-").isdigit() else None


def _day(text: str) -> date | None:
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _has(*wanted: str) -> Callable[[Sequence[str]], bool]:
    return lambda columns: frozenset(wanted) <= frozenset(columns)


def _is_wide(columns: Sequence[str]) -> bool:
    named = sum(force_of(name, date(2020, 1, 1)) is not None for name in columns[1:])
    return bool(columns) and columns[0].casefold() == "year" and named >= 3


def _is_labelled(columns: Sequence[str]) -> bool:
    last = columns[-1].split() if columns else []
    return len(columns) == 3 and columns[0] == "id" and last[:1] == ["Population"] and last[-1].isdigit()


def _is_long(columns: Sequence[str]) -> bool:
    low = {column.casefold() for column in columns}
    return {"force", "year"} <= low and bool(low & {"population", "residents"})


KINDS = (
    Kind("recorded-crime", _has(_ENDING, "PFA", "Offence", _TOTAL), _recorded),
    Kind("population-force", _is_wide, _wide),
    Kind("population-force", _is_labelled, _labelled),
    Kind("population-force", _is_long, _long),
    Kind("population-lsoa", _has("lsoa11_code", "total_population"), _small_areas),
    Kind("street-counts", _has("month", "force", "crime_type", "n"), _counts),
    Kind("street-counts-district", _has("month", "district", "crime_type", "n"), _counts),
)
