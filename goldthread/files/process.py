"""A program of ours in a process of its own, so that a web server outlives whatever a file does to it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from goldthread.files.refused import Refused

_GRACE = 10
_ROOT = str(Path(__file__).resolve().parents[2])


def run_child(module: str, arguments: list[str], data: bytes, *, seconds: int, late: Refused) -> bytes:
    """What a module of ours writes when it is given these bytes, within so many seconds and a few more.

    It and all that it began are ended in any case. Raises ``late`` where it does not finish.
    """
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH")))),
        },
        start_new_session=True,
    )
    try:
        written, _ = process.communicate(data, timeout=seconds + _GRACE)
    except subprocess.TimeoutExpired as ended:
        raise late from ended
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return written
