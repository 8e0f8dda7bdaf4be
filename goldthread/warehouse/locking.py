"""One load at a time."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from goldthread.files.refused import Refused
from goldthread.warehouse.layout import Layout


class Busy(Refused):
    """Another load is under way."""


@contextmanager
def held(layout: Layout, what: str, *, at: datetime, wait: float = 0) -> Iterator[None]:
    """Hold the warehouse's lock. Raises Busy after waiting so many seconds in vain.

    The lock is the operating system's: it goes when the process that holds it goes, however it goes.
    """
    layout.root.mkdir(parents=True, exist_ok=True)
    with layout.lock.open("a+", encoding="utf-8") as file:
        _take(file.fileno(), layout, wait)
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"what": what, "since": at.isoformat(), "process": os.getpid()}))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def _take(handle: int, layout: Layout, wait: float) -> None:
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            if time.monotonic() >= end:
                raise Busy(_who(layout), "Nothing was changed. Try again when it has finished.") from fault
            time.sleep(0.05)
        else:
            return


def _who(layout: Layout) -> str:
    try:
        holder = json.loads(layout.lock.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(holder["since"])
        return f"Another load is under way: {holder['what']}, since {since:%H:%M on %-d %B %Y}."
    except (OSError, ValueError, KeyError, TypeError):
        return "Another load is under way."
