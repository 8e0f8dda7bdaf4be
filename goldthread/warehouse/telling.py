"""What to tell about a whole delivery: gaps, falls in the number of rows, areas, names and types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from goldthread.core.problems import Problem
from goldthread.warehouse.delivering import Delivery
from goldthread.warehouse.lookups import forces
from goldthread.warehouse.manifest import STREET, Manifest, Part

FAR_FEWER = 0.7
_COUNTED = {
    "earlier crime types": "of a crime type of earlier years, since divided; kept under its own name",
    "repeated Crime IDs": "with a Crime ID that another record of the file has; all are counted",
    "no coordinates": "without coordinates; counted, and on no map",
    "reported by another force": "reported by another force than the one they fall within",
    "area none": "without an LSOA code; counted for the force and for no area within it",
    "area unknown": "with an LSOA code that is not in England or Wales; counted for the force only",
    "area merged": "in small areas of 2011 that were merged by 2021; placed in the new ones",
    "area redrawn": "in small areas of 2011 that were redrawn by 2021; placed in the new ones",
    "area split": "in small areas of 2011 that were split by 2021: the district is certain, the small area "
    "is unknown",
}


def said(
    delivery: Delivery,
    changed: Sequence[Part],
    replaced: Sequence[Part],
    same: Sequence[Part],
    after: Manifest,
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems and the notes of a delivery once it has been settled."""
    problems = [*delivery.problems, *_types(delivery), *_names(delivery), *_fewer(changed, replaced)]
    notes = [*delivery.notes]
    if same and not changed:
        words = "Every file was loaded before, exactly as it is: nothing was changed."
        notes.append(Problem("the delivery", words, "same"))
    elif same:
        words = f"{_several(len(same), 'part')} of it in force already, exactly as given."
        notes.append(Problem("the delivery", words, "same"))
    if not changed and not same and not problems:
        problems.append(Problem("the delivery", "It holds nothing that can be loaded.", "nothing"))
    if replaced:
        words = f"{_several(len(replaced), 'part')} published again, in the place of the earlier figures."
        notes.append(Problem("the delivery", words, "replaced"))
    notes.extend(_asides(delivery))
    notes.extend(_areas(delivery))
    problems.extend(gaps(after, {part.force for part in changed if part.source == STREET}))
    return tuple(problems), tuple(notes)


def gaps(now: Manifest, keys: Iterable[str]) -> list[Problem]:
    """The months without a file between the first and the last of each force, as runs."""
    told = []
    for key in sorted(keys):
        months = sorted(part.month for part in now.street([key]) if part.month)
        for before, after in pairwise(months):
            missing = _number(after) - _number(before) - 1
            if missing:
                first, last = _month(_number(before) + 1), _month(_number(after) - 1)
                run = f"{first:%B %Y}" if missing == 1 else f"{first:%B %Y} to {last:%B %Y}, {missing} months"
                words = f"No file for {run}. Figures there are missing, not zero."
                told.append(Problem(_name(key), words, "gap"))
    return told


def _fewer(changed: Sequence[Part], replaced: Sequence[Part]) -> list[Problem]:
    before = {part.key: part for part in replaced}
    told = []
    for part in changed:
        earlier = before.get(part.key)
        if earlier and part.month and part.rows < FAR_FEWER * earlier.rows:
            words = (
                f"{part.month:%B %Y} has {part.rows:,} rows and had {earlier.rows:,} when it was loaded "
                "before: see that the file is whole. Undo this load to go back."
            )
            told.append(Problem(part.given, words, "fewer"))
    return told


def _types(delivery: Delivery) -> list[Problem]:
    return [
        Problem(first, words if count == 1 else f"{words} {count:,} rows have it; this is the first.", "type")
        for words, (count, first) in sorted(delivery.types.items())
    ]


def _names(delivery: Delivery) -> list[Problem]:
    return [
        Problem(
            name or "no name",
            f"No force is known by this name. Its records are kept under “{key}”; give the name to a force "
            "where it is a new name of one.",
            "force",
        )
        for name, key in sorted(delivery.unknown)
    ]


def _asides(delivery: Delivery) -> list[Problem]:
    told = []
    for words, places in delivery.asides.items():
        where = places[0] if len(places) == 1 else f"{places[0]} and {len(places) - 1:,} more"
        told.append(Problem(where, words, "aside"))
    return told


def _areas(delivery: Delivery) -> list[Problem]:
    told = [
        Problem(
            "the delivery",
            f"{_several(delivery.counts[what], 'record')} {words}.",
            what.replace(" ", "-").casefold(),
        )
        for what, words in _COUNTED.items()
        if delivery.counts[what]
    ]
    told.extend(
        Problem(_name(key), "None of its records has an LSOA code, so it has no figures by area.", "no-areas")
        for key in sorted(delivery.unplaced)
    )
    return told


def _several(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _name(key: str) -> str:
    return forces()[key].name if key in forces() else key


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
