"""The child's half of ``goldthread.files.hidden.apart``: checks standard input under limits."""

from __future__ import annotations

import json
import sys
from typing import Any

from goldthread.files.hidden.door import check
from goldthread.files.hidden.found import as_json
from goldthread.files.limits import limited
from goldthread.files.refused import Refused


def main(arguments: list[str]) -> int:
    """Check standard input, given seconds, bytes of memory and the file's name, and write the answer."""
    seconds, memory, name = arguments
    said: dict[str, Any]
    try:
        with limited(memory=int(memory), seconds=int(seconds)):
            said = as_json(check(sys.stdin.buffer.read(), name))
    except Refused as refused:
        said = {"refused": [refused.reason, refused.mend]}
    sys.stdout.buffer.write(json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
