"""Limits of memory and time around one reading, so that a hostile file harms only itself."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from goldthread.files.refused import Refused

MEMORY = 480 * 1024 * 1024
SECONDS = 60


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise Refused("It takes too long to read.", "Save it again in Word, or split it, and upload that.")


def _held() -> int:
    """The address space of this process in bytes; nothing where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


@contextmanager
def limited(*, memory: int = MEMORY, seconds: int = SECONDS) -> Iterator[None]:
    """Run the block within so many bytes of address space and seconds. Only for a process's main thread.

    The bytes are beyond what the process holds already, so that the libraries it has loaded do not
    count against a file. Passing a limit raises Refused. The limits before are put back afterwards.
    """
    before = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = memory + _held()
    if before[1] != resource.RLIM_INFINITY:
        ceiling = min(ceiling, before[1])
    handler = signal.signal(signal.SIGALRM, _out_of_time)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, before[1]))
    signal.alarm(seconds)
    try:
        yield
    except (MemoryError, RecursionError) as fault:
        raise Refused(
            "It needs more memory to read than is allowed.", "Split it and upload each half."
        ) from fault
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, handler)
        resource.setrlimit(resource.RLIMIT_AS, before)
