"""How far a load has come, written where its page reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from goldthread.performance.models import Load, LoadStage
from goldthread.warehouse.progress import Progress

STALE = timedelta(minutes=10)
"""After so long without a sign, whoever loads it has died."""
_PAUSE = timedelta(seconds=1)


Hear = Callable[[str, float], None]
"""Whoever else listens: words, and how much of it is done from 0 to 1."""


def unheard(words: str, done: float) -> None:
    """Nobody else listens."""


class Beat:
    """Writes the progress of a load, at most once a second."""

    def __init__(self, load: Load, clock: Callable[[], datetime], hear: Hear) -> None:
        self._pk, self._clock, self._begun, self._hear = load.pk, clock, clock(), hear
        self._last: datetime | None = None

    def __call__(self, progress: Progress) -> None:
        """What the warehouse tells."""
        words = {
            "looking": _("Looking what there is"),
            "unpacking": _("Unpacking %(file)s"),
            "reading": _("Reading %(file)s: %(rows)s records so far"),
            "writing": _("Writing %(file)s: %(rows)s records so far"),
            "swapping": _("Bringing the new records into force"),
            "done": _("Counting"),
        }[progress.stage]
        facts = {"file": progress.file, "rows": f"{progress.rows:,}"}
        self.say(words % facts, done=progress.share, urgent=progress.stage in ("swapping", "done"))

    def say(self, words: str, *, done: float = 0.0, urgent: bool = True) -> None:
        """Write one line, unless one was written just now."""
        now = self._clock()
        if not urgent and self._last is not None and now - self._last < _PAUSE:
            return
        self._last = now
        self._hear(words, done)
        told = {
            "words": words,
            "done": round(done * 100),
            "begun": self._begun.isoformat(),
            "at": now.isoformat(),
        }
        Load.objects.filter(pk=self._pk, status=LoadStage.LOADING).update(progress=told)


def was_begun(load: Load) -> bool:
    """Whether somebody began to carry a load out and never came to an end."""
    return load.status == LoadStage.LOADING and "begun" in load.progress


def last_sign(load: Load) -> datetime:
    """When a load under way last gave a sign."""
    said = load.progress.get("at")
    return datetime.fromisoformat(said) if said else (load.begun_at or load.handed_in_at)


def is_stale(load: Load, at: datetime) -> bool:
    """Whether a load under way has given no sign for so long that it must have died."""
    return load.status == LoadStage.LOADING and at - last_sign(load) > STALE


def interrupted_words() -> str:
    """What to say of a load that was cut short."""
    return _("It was interrupted. Nothing has changed: the figures from before still stand. Start it again.")


def changed(load: Load) -> dict[str, Any]:
    """What a load changed, as its page tells it."""
    return dict(load.counts.get("changes", {}))
