"""The record of who did what: events in one chain, each sealed to the one before it."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from goldthread.core.text.seal import seal_of

_SEAL = re.compile(r"\b[0-9a-f]{64}\b")


def _told(value: Any) -> str:
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(v, dict | list) for v in value)
    ):
        return str(len(value))
    if isinstance(value, list):
        return ", ".join(_told(part) for part in value)
    return _SEAL.sub(lambda seal: f"{seal[0][:12]}…", str(value))


KEPT_BACK = "kept_back"
"""The fact under which an action keeps words that may be exempt: its own facts, by name."""


class Event(models.Model):
    """One thing that somebody did. Names are copied as they were; nothing here points at another row."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200)
    office = models.CharField(max_length=500, blank=True)
    body_id = models.CharField(max_length=40, blank=True)
    body_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=80)
    thing_type = models.CharField(max_length=100)
    thing_id = models.CharField(max_length=80)
    thing_name = models.CharField(max_length=300)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("-number",)
        indexes = (
            models.Index(fields=("body_id", "-number"), name="event_by_body"),
            models.Index(fields=("thing_type", "thing_id", "-number"), name="event_by_thing"),
        )

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.thing_name}"

    def sealed_form(self) -> dict[str, Any]:
        """Everything the seal covers: each field but the seal itself, the time in UTC."""
        names = [field.attname for field in self._meta.concrete_fields if field.attname not in {"id", "seal"}]
        form = {name: getattr(self, name) for name in names}
        form["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return form

    def told(self, *, whole: bool = False) -> tuple[tuple[str, str], ...]:
        """The facts as a reader takes them in: seals cut short, lists and tables only counted.

        What stands under `KEPT_BACK` is told only with ``whole``: it may be exempt business.
        """
        facts = {name: value for name, value in self.facts.items() if name != KEPT_BACK}
        if whole:
            facts |= self.facts.get(KEPT_BACK, {})
        return tuple(
            (name.replace("_", " "), _told(value)) for name, value in facts.items() if value not in (None, "")
        )

    def computed_seal(self) -> str:
        return seal_of(self.sealed_form())


class Head(models.Model):
    """The end of the chain: one row, locked by whoever writes next."""

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.seal}"
