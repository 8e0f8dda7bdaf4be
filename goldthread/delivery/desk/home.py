"""The room of delivery: a plan in a year, theme by theme, and one theme by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.delivery.standing import tally_words
from goldthread.delivery.desk.frame import Here, can_of, here_of
from goldthread.delivery.queries import ThemeLines, delivery_of
from goldthread.delivery.themes import Theme, promising
from goldthread.plans.desk.frame import Acting, desk_page


@desk_page
def home(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What is done about the plan this year, theme by theme; what can be done here."""
    here = here_of(request, acting)
    if here is None:
        return render(request, "delivery/desk/no_plan.html")
    themes = delivery_of(acting.user, here.plan, here.year, acting.on)
    can = can_of(acting, here.body)
    context = {
        "here": here,
        "themes": themes,
        "lead": lead_of(themes),
        "bare": _bare(here, themes, acting) if can["write"] else (),
        "drafts": _at(themes, PriorityStage.DRAFT),
        "proposed": _at(themes, PriorityStage.PROPOSED),
        "also": list(also_here(can)),
        "can": can,
        "on": acting.on,
    }
    return render(request, "delivery/desk/home.html", context)


def _bare(here: Here, themes: Sequence[ThemeLines], acting: Acting) -> tuple[Theme, ...]:
    """The themes that promise something and have no priority this year."""
    having = {each.theme.key for each in themes}
    return tuple(theme for theme in promising(here.plan, acting.on) if theme.key not in having)


def lead_of(themes: Sequence[ThemeLines]) -> str:
    """What is done about a plan in a year, in a sentence."""
    lines = [line for each in themes for line in each.lines]
    lines = [line for line in lines if line.priority.stage != PriorityStage.DROPPED]
    said = ngettext("%d priority for action.", "%d priorities for action.", len(lines)) % len(lines)
    counts = Counter(each.stand.standing for line in lines for each in line.actions)
    return f"{said} {tally_words(counts)}." if lines else ""


def _at(themes: Sequence[ThemeLines], stage: PriorityStage) -> int:
    return sum(line.priority.stage == stage for each in themes for line in each.lines)


ALSO: tuple[tuple[str | Promise, str, str], ...] = (
    (gettext_lazy("State of the plan"), "desk-state", ""),
    (gettext_lazy("Work to place"), "desk-placing", "write"),
    (gettext_lazy("Updates to sign off"), "desk-updates", "sign"),
    (gettext_lazy("Reports"), "desk-reports", ""),
    (gettext_lazy("Rotation of themes"), "desk-rotation", ""),
    (gettext_lazy("Reporting periods"), "desk-periods", ""),
    (gettext_lazy("Words for a status"), "desk-statuses", ""),
    (gettext_lazy("Bring in a spreadsheet"), "desk-imports", "write"),
    (gettext_lazy("Hand over an office"), "desk-hand-overs", "write"),
    (gettext_lazy("Emailed links"), "desk-links", "write"),
    (gettext_lazy("Reminders"), "desk-reminders", "write"),
)
"""The other pages of the room, each with what a reader must be able to do for it."""


def also_here(can: dict[str, bool]) -> Iterator[tuple[str | Promise, str]]:
    """The other pages of the room that a reader may use."""
    for name, page, needs in ALSO:
        if not needs or can[needs]:
            try:
                yield name, reverse(f"delivery:{page}")
            except NoReverseMatch:
                continue


@desk_page
def theme(request: HttpRequest, acting: Acting, key: str) -> HttpResponse:
    """One theme of a plan in a year: its priorities with their actions, and its sum."""
    here = here_of(request, acting)
    found = here and next(
        (each for each in delivery_of(acting.user, here.plan, here.year, acting.on) if each.theme.key == key),
        None,
    )
    if here is None or found is None:
        raise Http404(_("There are no priorities for action under this theme."))
    context = {"here": here, "found": found, "can": can_of(acting, here.body), "on": acting.on}
    return render(request, "delivery/desk/theme.html", context)
