"""The child's half of ``goldthread.files.apart``: reads standard input under limits and writes the answer."""

from __future__ import annotations

import json
import sys
from typing import Any

from goldthread.files.limits import limited
from goldthread.files.reading import read
from goldthread.files.refused import Refused


def main(arguments: list[str]) -> int:
    """Read one document, given its view, seconds, bytes of memory and name."""
    view, seconds, memory, name = arguments
    said: dict[str, Any]
    images: list[bytes] = []
    try:
        with limited(memory=int(memory), seconds=int(seconds)):
            document = read(sys.stdin.buffer.read(), name=name, view=view)
            images = list(document.images.values())
            said = {"document": document.as_json(), "sizes": [len(image) for image in images]}
    except Refused as refused:
        said = {"refused": [refused.reason, refused.mend]}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    for image in images:
        sys.stdout.buffer.write(image)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
