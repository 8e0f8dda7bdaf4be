"""A reading in a process of its own, so that a web server outlives whatever a file does to a parser."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from goldthread.files.form import read_form
from goldthread.files.limits import MEMORY, SECONDS
from goldthread.files.refused import Refused
from goldthread.files.tree import ReadDocument, View

_GRACE = 10
_ROOT = str(Path(__file__).resolve().parents[2])
_MEND = "Open it in Word, save it as a new .docx file and upload that."


def read_in_child(
    source: Path | str | bytes,
    *,
    name: str = "",
    view: View | str = View.FINAL,
    seconds: int = SECONDS,
    memory: int = MEMORY,
) -> ReadDocument:
    """The neutral tree of a file, read in a child process within so many seconds and bytes of memory.

    Raises Refused with the reason, also where the child fails or is ended, and OSError for a
    path that cannot be opened.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "goldthread.files.child", View(view).value, str(seconds), str(memory), name],
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
    except subprocess.TimeoutExpired as late:
        raise Refused("It takes too long to read.", _MEND) from late
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return _answer(written)


def _answer(written: bytes) -> ReadDocument:
    """What a child wrote: a line of JSON, then the bytes of the pictures that it names."""
    line, _, rest = written.partition(b"\n")
    try:
        said = json.loads(line)
        if "refused" in said:
            reason, mend = said["refused"]
            raise Refused(str(reason), str(mend))
        images: dict[str, bytes] = {}
        for size in said["sizes"]:
            image, rest = rest[:size], rest[size:]
            images[hashlib.sha256(image).hexdigest()] = image
        return read_form(said["document"], images)
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Refused("It makes the reader fail, or needs more memory than is allowed.", _MEND) from fault
