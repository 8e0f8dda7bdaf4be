"""A check in a process of its own, so that a web server outlives whatever a file does to a parser."""

from __future__ import annotations

import json
from pathlib import Path

from goldthread.core.problems import Problem
from goldthread.files.process import run_child
from goldthread.files.refused import Refused

MEMORY = 640 * 1024 * 1024
SECONDS = 120
_MEND = "Save it again from the program that made it, or split it, and check that."


def check_in_child(
    source: Path | str | bytes, name: str = "", *, seconds: int = SECONDS, memory: int = MEMORY
) -> tuple[Problem, ...]:
    """What ``check`` finds, in a child process within so many seconds and bytes of memory.

    Raises Refused with the reason, also where the child fails or is ended, and OSError for a
    path that cannot be opened.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    late = Refused("It takes too long to check.", _MEND)
    arguments = [str(seconds), str(memory), name.replace("\x00", "")]
    written = run_child("goldthread.files.hidden.child", arguments, data, seconds=seconds, late=late)
    return _answer(written)


def _answer(written: bytes) -> tuple[Problem, ...]:
    try:
        said = json.loads(written)
        if "refused" in said:
            reason, mend = said["refused"]
            raise Refused(str(reason), str(mend))
        return tuple(Problem(each["where"], each["message"], each["code"]) for each in said["problems"])
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused("It makes the check fail, or needs more memory than is allowed.", _MEND) from fault
