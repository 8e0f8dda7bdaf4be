"""Reads of updates: what was said of a thing, how it is worded on its scale, to which period it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from goldthread.core.delivery.stages import UpdateStage
from goldthread.delivery.models import (
    Action,
    KeptUpdate,
    Milestone,
    Period,
    Priority,
    StatusScale,
    Update,
    UpdateLink,
)
from goldthread.people.models import Body, Office, User

Subject = Action | Milestone | Priority
KINDS: Mapping[str, type[Subject]] = {"action": Action, "milestone": Milestone, "priority": Priority}
"""What an update may be about, by the name it has in addresses and in what is kept."""

KIND_WORDS = {"action": _lazy("Action"), "milestone": _lazy("Milestone"), "priority": _lazy("Priority")}

HEARD = (UpdateStage.GIVEN, UpdateStage.SIGNED)
"""The stages in which an owner's words stand: they are signed off, or wait for it."""

DONE = "done"
"""The code of the level which says that a thing is done; a scale need not have it."""

FIRST_SCALE: tuple[dict[str, str], ...] = (
    {
        "code": "on_course",
        "word": "On course",
        "meaning": "It will be done by its date, as it was agreed.",
        "tone": "good",
    },
    {
        "code": "at_risk",
        "word": "At risk",
        "meaning": "It may miss its date or do less than was agreed, unless something changes.",
        "tone": "warn",
    },
    {
        "code": "off_course",
        "word": "Off course",
        "meaning": "It will miss its date or do less than was agreed, whatever is done now.",
        "tone": "bad",
    },
    {
        "code": "not_begun",
        "word": "Not begun",
        "meaning": "Nobody has begun, and the day to begin has not come.",
        "tone": "calm",
    },
    {
        "code": DONE,
        "word": "Done",
        "meaning": "Everything that was agreed is done.",
        "tone": "good",
    },
)
"""The words that an office begins with, until it sets its own."""


@dataclass(frozen=True, slots=True)
class Level:
    """One status of a scale: its word and what it means here."""

    code: str
    word: str
    meaning: str
    tone: str


def levels(scale: StatusScale | None) -> tuple[Level, ...]:
    """The statuses of a scale in order; those that every office begins with where it has none."""
    return tuple(Level(**each) for each in (scale.levels if scale else FIRST_SCALE))


def level_of(update: Update) -> Level:
    """What an update's status says on the scale that it was given on."""
    return next(each for each in levels(update.scale) if each.code == update.status)


def scale_in_force(body: Body, on: date) -> StatusScale | None:
    """The scale of a body that holds on a day; None before its first."""
    return StatusScale.objects.filter(body=body, from_day__lte=on).order_by("-from_day", "-number").first()


def kind_of(subject: Subject) -> str:
    """The name of what an update is about: action, milestone or priority."""
    return str(subject._meta.model_name)


def priority_of(subject: Subject) -> Priority:
    """The priority that a thing is, or is done for."""
    if isinstance(subject, Milestone):
        return subject.action.priority
    return subject.priority if isinstance(subject, Action) else subject


def body_of(subject: Subject) -> Body:
    """The body whose priority it is, or is done for."""
    return priority_of(subject).body


def owner_office(subject: Subject) -> Office | None:
    """The office that owes word of a thing: a milestone's own, else its action's; a priority's lead."""
    if isinstance(subject, Milestone):
        return subject.owner_office or subject.action.owner_office
    if isinstance(subject, Action):
        return subject.owner_office
    newest = subject.versions.order_by("-number").first()
    return newest.lead_office if newest else None


def owner_words(subject: Subject) -> str:
    """Who owes word of a thing, as an office or in words; empty where nobody does."""
    office = owner_office(subject)
    if office is not None:
        return office.title
    if isinstance(subject, Priority):
        newest = subject.versions.order_by("-number").first()
        return newest.lead_words if newest else ""
    return (subject.action if isinstance(subject, Milestone) else subject).owner_words


def title_of(subject: Subject) -> str:
    """What a thing is called, without its number."""
    if isinstance(subject, Priority):
        newest = subject.versions.order_by("-number").first()
        return newest.title if newest else subject.theme_title
    return subject.title


def of(subject: Subject) -> QuerySet[Update]:
    """Every update on a thing, oldest first."""
    return Update.objects.filter(**{kind_of(subject): subject}).order_by("pk")


def heard(subject: Subject) -> QuerySet[Update]:
    """The updates on a thing whose words stand, signed off or not, oldest first."""
    return of(subject).filter(stage__in=HEARD)


def last_word(subject: Subject, *, signed: bool = True) -> Update | None:
    """The last that was said of a thing; only what was signed off, unless all that stands is asked for."""
    found = heard(subject)
    if signed:
        found = found.filter(stage=UpdateStage.SIGNED)
    return found.select_related("scale").last()


def last_words(kind: str, ids: Iterable[int], *, signed: bool = True) -> dict[int, Update]:
    """The last that was said of each of many things of a kind, in one query."""
    stages = (UpdateStage.SIGNED,) if signed else HEARD
    rows = Update.objects.filter(stage__in=stages, **{f"{kind}__in": tuple(ids)})
    newest = rows.order_by().values(kind).annotate(last=Max("pk")).values("last")
    found = Update.objects.filter(pk__in=newest).select_related("scale")
    return {getattr(row, f"{kind}_id"): row for row in found}


def last_seen(subject: Subject) -> int:
    """The number of the newest update on a thing, whatever became of it; 0 where there is none.

    A page shows it to a writer and hands it back, so that what was said meanwhile can be told.
    """
    return of(subject).values_list("pk", flat=True).last() or 0


def said_meanwhile(update: Update, seen: int | None) -> tuple[Update, ...]:
    """What others said of the same thing after a writer last looked, and before their own words arrived."""
    rows = of(update.subject).filter(pk__gt=seen or 0, pk__lt=update.pk).exclude(stage=UpdateStage.WITHDRAWN)
    return tuple(rows.select_related("scale"))


def open_periods(body: Body) -> QuerySet[Period]:
    """The periods of a body that still take updates, oldest first."""
    return Period.objects.filter(body=body, closed_at__isnull=True).order_by("starts", "pk")


def period_for(body: Body, on: date) -> Period | None:
    """The period that words of a day count towards: the first open one that has begun, else the next."""
    return open_periods(body).filter(starts__lte=on).first() or open_periods(body).first()


def counted_words(update: Update, was: int | None) -> str:
    """That a period was closed while words were being typed, and where they count now; else nothing."""
    closed = Period.objects.filter(pk=was, closed_at__isnull=False).first() if was else None
    if closed is None or update.period_id == closed.pk:
        return ""
    said = {"was": closed.name, "now": update.period.name if update.period else _("the next period")}
    return _("“%(was)s” was closed while you were writing. What you wrote counts towards %(now)s.") % said


def kept_for(
    subject: Subject, *, by: User | None = None, link: UpdateLink | None = None
) -> KeptUpdate | None:
    """What somebody was typing about a thing and has not given yet."""
    rows = KeptUpdate.objects.filter(kind=kind_of(subject), ref_id=subject.pk)
    rows = rows.filter(link=link) if link is not None else rows.filter(user=by)
    return rows.first()


def waiting(bodies: Sequence[Body]) -> QuerySet[Update]:
    """The updates of some bodies that wait to be signed off, longest waiting first."""
    rows = Update.objects.filter(stage=UpdateStage.GIVEN, body__in=bodies)
    return with_subject(rows).order_by("given_at", "pk")


def with_subject(rows: QuerySet[Update]) -> QuerySet[Update]:
    """Updates with what they are about at hand: no query more for each."""
    return rows.select_related(
        "scale",
        "period",
        "link",
        "priority__body",
        "action__priority__body",
        "action__owner_office",
        "milestone__owner_office",
        "milestone__action__owner_office",
        "milestone__action__priority__body",
    )
