"""What search does as Django starts: know its rooms, listen, offer its doors, keep its index made."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db.models.signals import post_migrate

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms

SAID = ("plans", "papers", "boards", "measures", "delivery")


def restore_index(using: str, **kwargs: Any) -> None:
    """Make what finds words again, once the table of entries has been migrated."""
    import_module("goldthread.thread.search.tables").restore(using)


def register_own(sender: Any) -> None:
    """Register everything that search has; ``sender`` is the app's own configuration."""
    for name in SAID:
        import_module(f"goldthread.thread.search.said.{name}")
    keeping = import_module("goldthread.thread.search.keeping")
    keeping.register_own()
    attached = import_module("goldthread.thread.search.attached")
    keeping.afterwards("paper", attached.ask_for_readings)
    post_migrate.connect(restore_index, sender=sender)
    rooms.register("desk", "Search", "thread:desk-search", 95, Ability.READ_DESK)
    rooms.register("public", "Search", "thread:site-search", 95)
