"""What the pages of imports say: what came of each list, its first rows, what was understood row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from goldthread.core.delivery.years import year_words
from goldthread.delivery.importing.found import Found
from goldthread.delivery.importing.known import Known
from goldthread.delivery.importing.layout import Cells, Layout
from goldthread.delivery.models import WorkImport
from goldthread.files.sheets import Sheet
from goldthread.files.sheets.sheet import shown
from goldthread.people.models import Body

SHOWN = 12
TOLD = 60


def listed_rows(body: Body) -> list[dict[str, Any]]:
    """The lists of a body, newest first, each with what came of it."""
    rows = WorkImport.objects.filter(body=body).select_related("plan").annotate(taken=Count("actions"))
    return [{"made": made, "year": year_words(made.year), **standing_of(made)} for made in rows]


def standing_of(made: WorkImport) -> dict[str, str]:
    """What came of a list, in a word with its tone, and where to go on."""
    if made.undone_at:
        return {"word": _("Taken back"), "tone": "calm", "page": "delivery:desk-import"}
    if made.taken_at:
        return {"word": _("Taken in"), "tone": "good", "page": "delivery:desk-import"}
    if made.discarded_at:
        return {"word": _("Put away"), "tone": "calm", "page": "delivery:desk-import"}
    page = "delivery:desk-import" if made.columns else "delivery:desk-import-columns"
    return {"word": _("Waits to be looked at"), "tone": "gold", "page": page}


def first_rows(sheet: Sheet, layout: Layout) -> list[tuple[int, list[str]]]:
    """The first rows below the headings; a cell that is merged downwards says the same in each row."""
    tab = sheet.tab(layout.tab)
    if tab is None:
        return []
    cells = Cells(tab)
    rows = [row.number for row in tab.rows if row.number > layout.last_heading][:SHOWN]
    return [(number, [_cell(cells, number, at) for at in range(len(layout.names))]) for number in rows]


def _cell(cells: Cells, number: int, column: int) -> str:
    """What a cell says; what is merged across stands in its first column alone."""
    anchor = cells.anchor(number, column)
    return "" if anchor is not None and anchor[1] < column else shown(cells.at(number, column))


def looked_at(found: Found, known: Known) -> dict[str, Any]:
    """What was understood of a list: its actions by priority, its faults, and what is only told."""
    told = [(each.where, each.message) for each in found.told]
    return {
        "groups": list(_groups(found, known)),
        "actions": len(found.deeds),
        "milestones": found.steps,
        "rows": found.rows,
        "faults": [(each.where, each.message, each.mend) for each in found.faults[:TOLD]],
        "faults_more": max(0, len(found.faults) - TOLD),
        "told": told[:TOLD],
        "told_more": max(0, len(told) - TOLD),
    }


def _groups(found: Found, known: Known) -> Iterator[tuple[str, list[Any]]]:
    for pk in known.priorities:
        deeds = [deed for deed in found.deeds if deed.priority == pk]
        if deeds:
            yield known.title(pk), deeds
