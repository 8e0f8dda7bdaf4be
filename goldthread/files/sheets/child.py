"""The child's half of reading a workbook: standard input under limits, one line of JSON out."""

from __future__ import annotations

import json
import sys
from typing import Any

from goldthread.files.limits import limited
from goldthread.files.refused import Refused
from goldthread.files.sheets.workbook import read_workbook


def main(arguments: list[str]) -> int:
    """Read one workbook, given its seconds and bytes of memory."""
    seconds, memory = arguments
    said: dict[str, Any]
    try:
        with limited(memory=int(memory), seconds=int(seconds)):
            said = read_workbook(sys.stdin.buffer.read())
    except Refused as refused:
        said = {"refused": [refused.reason, refused.mend]}
    sys.stdout.buffer.write(json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
