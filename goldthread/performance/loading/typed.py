"""A return typed by hand: rows of words, checked just as a file of them would be."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from goldthread.files.sheets import Match, read_sheet
from goldthread.performance.loading.checking import Found, look_at
from goldthread.performance.loading.choosing import Choice
from goldthread.performance.loading.known import Areas, InUse
from goldthread.performance.models import SourceKind
from goldthread.performance.series import STEPS, months_after, period_of

PERIOD, TOP, BELOW = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was typed, with what is wrong with it."""

    number: int
    period: str = ""
    top: str = ""
    below: str = ""
    problems: tuple[str, ...] = field(default=())

    @property
    def blank(self) -> bool:
        """Whether nobody typed a figure in it."""
        return not (self.top or self.below)


def lines_typed(periods: Sequence[str], tops: Sequence[str], belows: Sequence[str]) -> tuple[Line, ...]:
    """Rows as a browser sends them, as many as the longest list."""
    count = max(len(periods), len(tops), len(belows))

    def at(given: Sequence[str], place: int) -> str:
        return given[place].strip()[:60] if place < len(given) else ""

    return tuple(Line(n, at(periods, n), at(tops, n), at(belows, n)) for n in range(count))


def lines_offered(each: InUse, on: date, count: int = 6) -> tuple[Line, ...]:
    """The last few periods before a day, to be filled in, oldest first."""
    step = STEPS.get(each.defined.frequency)
    if step is None:
        return tuple(Line(n) for n in range(count))
    last = months_after(period_of(on, each.defined.frequency), -step)
    periods = [months_after(last, -step * n) for n in reversed(range(count))]
    return tuple(
        Line(n, worded(period, each.defined.frequency, short=True)) for n, period in enumerate(periods)
    )


def worded(period: date, frequency: str, *, short: bool = False) -> str:
    """A period as it is offered and read again; a month by its first letters where room is ``short``."""
    if frequency == "quarter":
        year = period.year - (period.month < 4)
        return f"Q{(period.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02d}"
    if frequency == "year":
        return f"{period.year}/{(period.year + 1) % 100:02d}" if period.month == 4 else str(period.year)
    if frequency == "month":
        return f"{period:%b %Y}" if short else f"{period:%B %Y}"
    return f"{period:%d/%m/%Y}"


def written(lines: Sequence[Line], each: InUse) -> bytes:
    """The typed rows as the CSV file that is kept."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    pair = each.kind.has_denominator
    writer.writerow(["Period", "Numerator", "Denominator"] if pair else ["Period", "Figure"])
    for line in lines:
        writer.writerow([line.period, line.top, line.below] if pair else [line.period, line.top])
    return out.getvalue().encode()


def choice_for(each: InUse, area: str) -> Choice:
    """How the CSV file of a typed return is read."""
    pair = (("numerator", TOP), ("denominator", BELOW))
    columns = pair if each.kind.has_denominator else (("numerator", TOP),)
    return Choice(Match("", (*columns, ("period", PERIOD))), each.measure.key, area)


def look_at_lines(
    lines: Sequence[Line], each: InUse, area: str, areas: Areas, *, provisional: bool, today: date
) -> tuple[Found | None, tuple[Line, ...]]:
    """What typed rows say; without it, the rows with what is wrong beside each. Blank rows are no rows."""
    typed = [line for line in lines if not line.blank]
    if not typed:
        return None, tuple(lines)
    sheet = read_sheet(written(typed, each), name="typed.csv")
    found = look_at(
        sheet, choice_for(each, area), SourceKind.RETURN, (each,), areas, provisional=provisional, today=today
    )
    if not found.faults:
        return found, tuple(lines)
    wrong: dict[int, list[str]] = {}
    for fault in found.faults:
        number = typed[min(max(fault.row - 2, 0), len(typed) - 1)].number
        wrong.setdefault(number, []).append(f"{fault.message} {fault.mend}".strip())
    marked = (
        Line(line.number, line.period, line.top, line.below, tuple(wrong.get(line.number, ())))
        for line in lines
    )
    return None, tuple(marked)
