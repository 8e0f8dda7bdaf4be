"""Writing to the chain."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from goldthread.audit.listeners import tell
from goldthread.audit.models import Event, Head

ITSELF = "Goldthread"


class Actor(Protocol):
    """Somebody whose deeds are recorded: a person, as `people` knows them."""

    pk: Any
    name: str

    def office_words(self, body: Any, on: Any) -> str: ...


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as the JSON that both databases keep exactly; a fraction is refused, pass it as a Decimal."""
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder, allow_nan=False), parse_float=_refuse)


def _refuse(written: str) -> float:
    raise TypeError(f"An event cannot hold the float {written}: databases round it. Use a Decimal.")


def _locked_head() -> Head:
    """The end of the chain, held until the commit; made by whoever writes the first event."""
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        Head.objects.get_or_create(pk=1)
        head = Head.objects.select_for_update().get(pk=1)
    return head


@transaction.atomic
def record(
    thing: models.Model,
    verb: str,
    *,
    by: Actor | None,
    at: datetime,
    body: models.Model | None = None,
    **facts: Any,
) -> Event:
    """Append an event to the chain, in the caller's transaction, with every name copied as it is now.

    `body` defaults to the thing's own; `by=None` is the software acting by itself. Call it last in
    an action: from here to the commit no one else can write an event.
    """
    kept = _plain(facts)
    head = _locked_head()
    body = body if body is not None else getattr(thing, "body", None)
    event = Event(
        number=head.number + 1,
        at=at,
        actor_id="" if by is None else str(by.pk),
        actor_name=ITSELF if by is None else by.name,
        office="" if by is None else by.office_words(body, timezone.localdate(at))[:500],
        body_id="" if body is None else str(body.pk),
        body_name="" if body is None else str(body)[:200],
        verb=verb,
        thing_type=thing._meta.label_lower,
        thing_id=str(thing.pk),
        thing_name=str(thing)[:300],
        facts=kept,
        previous=head.seal,
    )
    event.seal = event.computed_seal()
    event.save(force_insert=True)
    head.number, head.seal = event.number, event.seal
    head.save(update_fields=["number", "seal"])
    tell(thing, verb, at)
    return event
