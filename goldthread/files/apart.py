"""A reading in a process of its own, so that a web server outlives whatever a file does to a parser."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from goldthread.files.form import read_form
from goldthread.files.limits import MEMORY, SECONDS
from goldthread.files.process import run_child
from goldthread.files.refused import Refused
from goldthread.files.tree import ReadDocument, View

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
    late = Refused("It takes too long to read.", _MEND)
    arguments = [View(view).value, str(seconds), str(memory), name]
    written = run_child("goldthread.files.child", arguments, data, seconds=seconds, late=late)
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
