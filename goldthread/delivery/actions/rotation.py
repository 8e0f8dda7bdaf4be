"""Plan a year's in-depth reports in one step, as lines of the board's forward plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.years import year_days, year_words
from goldthread.delivery.rotation import COMING, lines_in_depth
from goldthread.delivery.themes import themes_of
from goldthread.meetings.actions.forward import plan_business
from goldthread.meetings.models import Board, Planned
from goldthread.people.models import User
from goldthread.plans.models import Document


@transaction.atomic
def plan_rotation(
    *, plan: Document, board: Board, year: int, days: Mapping[str, date], by: User, at: datetime
) -> tuple[Planned, ...]:
    """Plan a theme in depth for each of these days, by the theme's key.

    Refused whole where a day lies outside the year or has passed, or a theme is planned in it already.
    """
    themes = {each.key: each for each in themes_of(plan, localdate(at), plan.priorities.filter(year=year))}
    unknown = set(days) - set(themes)
    if unknown or not days:
        raise ValidationError(_("Choose at least one theme of the plan, and a day for it."))
    starts, ends = year_days(year)
    planned = {
        line.theme.casefold(): line
        for line in lines_in_depth(board, themes.values())
        if line.state in COMING and starts <= line.due <= ends
    }
    problems = []
    for key, day in days.items():
        title = themes[key].title
        if not starts <= day <= ends:
            words = _("%(day)s is not in %(year)s.")
            problems.append(words % {"day": f"{day:%-d %B %Y}", "year": year_words(year)})
        elif day < localdate(at):
            problems.append(_("%(day)s has passed.") % {"day": f"{day:%-d %B %Y}"})
        elif title.casefold() in planned:
            due = f"{planned[title.casefold()].due:%-d %B %Y}"
            problems.append(_("%(theme)s is planned for %(day)s already.") % {"theme": title, "day": due})
    if problems:
        raise ValidationError(problems)
    return tuple(
        plan_business(
            board=board,
            title=_("%(theme)s: progress in depth") % {"theme": themes[key].title},
            due=day,
            theme=themes[key].title,
            purpose="scrutiny",
            listed=True,
            by=by,
            at=at,
        )
        for key, day in sorted(days.items(), key=lambda each: each[1])
    )
