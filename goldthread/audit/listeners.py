"""Who is told of everything that is recorded, in the transaction that records it.

An app calls `hear` from its `AppConfig.ready` with a function of the thing, the verb and the moment.
Whatever that function raises undoes what was recorded, so it keeps what must not fall out of step,
and nothing slow.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import models

Listener = Callable[[models.Model, str, datetime], None]

_listeners: list[Listener] = []


def hear(listener: Listener) -> None:
    """Tell this of every event from now on; registering twice changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(thing: models.Model, verb: str, at: datetime) -> None:
    """Tell everybody who listens of something that was recorded."""
    for listener in _listeners:
        listener(thing, verb, at)
