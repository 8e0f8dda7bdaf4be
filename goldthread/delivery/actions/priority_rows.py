"""The rows that a priority begins with: its number within plan and year, its address, its first words."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.years import year_words
from goldthread.delivery.models import Priority, PriorityVersion
from goldthread.delivery.serving import current_edition
from goldthread.delivery.wording import Wording
from goldthread.people.models import User
from goldthread.plans.models import Document

Theme = tuple[str, str]
"""A theme by its key and title."""


def new_priority(
    plan: Document,
    theme: Theme,
    year: int,
    number: str | None,
    by: User,
    at: datetime,
    *,
    carried_from: Priority | None = None,
) -> Priority:
    """A priority of a theme in a year, numbered and as yet without words; the plan's row is locked."""
    number = free_number(plan, theme, year, number)
    priority = Priority(
        body=plan.body,
        plan=plan,
        theme_key=theme[0],
        theme_title=theme[1],
        year=year,
        number=number,
        slug=_address(year, number),
        position=plan.priorities.filter(year=year, theme_key=theme[0]).count() + 1,
        carried_from=carried_from,
        made_at=at,
        made_by=by.name,
    )
    priority.full_clean(exclude=("body", "plan", "carried_from"), validate_constraints=False)
    priority.save(force_insert=True)
    return priority


def theme_title(plan: Document, key: str, at: datetime) -> str:
    """The title of a top section of the plan as its words count today."""
    edition = current_edition(plan, localdate(at))
    if edition is None:
        raise ValidationError({"plan": _("No edition of this plan was approved yet, so it has no themes.")})
    found = edition.placements.filter(key=key, depth=0).select_related("version").first()
    if found is None:
        raise ValidationError({"theme_key": _("Choose a theme: a top section of the plan as it stands.")})
    return found.version.title


def free_number(plan: Document, theme: Theme, year: int, number: str | None) -> str:
    """The number asked for, where it is free; else the next one of the theme in that year."""
    rows = plan.priorities.filter(year=year)
    taken = {each.upper() for each in rows.values_list("number", flat=True)}
    if number is not None and number.strip():
        wanted = number.strip().upper()
        if wanted in taken:
            words = _("%(number)s stands for another priority of %(year)s already.")
            raise ValidationError({"number": words % {"number": wanted, "year": year_words(year)}})
        return wanted
    others = {each.rstrip("0123456789") for each in _numbers(plan, but=theme[0])}
    letters = _letters(theme[1], others)
    highest = max((int(each[len(letters) :]) for each in taken if _follows(each, letters)), default=0)
    return f"{letters}{highest + 1}"


def _numbers(plan: Document, *, but: str) -> set[str]:
    """The numbers of every priority of a plan's other themes, in any year."""
    return set(plan.priorities.exclude(theme_key=but).values_list("number", flat=True))


def _letters(title: str, taken: set[str]) -> str:
    """The first letters of a theme that stand for no other: “V” for Victims; more where that is taken."""
    name = "".join(letter for letter in slugify(title).upper() if letter.isalpha()) or "P"
    return next((name[:n] for n in range(1, min(len(name), 8) + 1) if name[:n] not in taken), name[:8])


def _follows(number: str, letters: str) -> bool:
    rest = number[len(letters) :]
    return number.startswith(letters) and rest.isdecimal() and rest.isascii()


def _address(year: int, number: str) -> str:
    """The last step of a priority's addresses. It says nothing of its words, which may be a draft's."""
    wanted = slugify(f"{year_words(year)} {number}") or year_words(year)
    taken = set(Priority.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    found, count = wanted, 2
    while found in taken:
        found, count = f"{wanted}-{count}", count + 1
    return found


def keep_wording(priority: Priority, wording: Wording, why: str, by: User, at: datetime) -> PriorityVersion:
    """Keep what a priority says from now on as its next version."""
    return PriorityVersion.objects.create(
        priority=priority,
        number=priority.versions.count() + 1,
        title=wording.title,
        words=wording.words,
        success=wording.success,
        lead=wording.lead,
        lead_office=wording.lead_office,
        lead_words=wording.lead_words,
        support=[list(each) for each in wording.support],
        why=why.strip(),
        seal=wording.seal,
        made_at=at,
        made_by=by.name,
    )
