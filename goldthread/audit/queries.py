"""Reading the record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.audit.models import Event


def events_of(
    body_ids: list[str],
    *,
    actor: str = "",
    verb: str = "",
    thing: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """The events of some bodies, newest first, by words in a name, a verb, and days both included."""
    found = Event.objects.filter(body_id__in=body_ids)
    if actor:
        found = found.filter(actor_name__icontains=actor)
    if verb:
        found = found.filter(verb=verb)
    if thing:
        found = found.filter(thing_name__icontains=thing)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until and until < date.max:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def events_about(thing_type: str, thing_id: str) -> QuerySet[Event]:
    """The events about one thing, newest first."""
    return Event.objects.filter(thing_type=thing_type, thing_id=thing_id)


def verbs_of(body_ids: list[str]) -> list[str]:
    """The verbs that occur in the record of some bodies, in order."""
    return list(
        Event.objects.filter(body_id__in=body_ids).order_by("verb").values_list("verb", flat=True).distinct()
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
