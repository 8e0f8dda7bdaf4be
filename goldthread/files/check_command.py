"""``goldthread check-file FILE``: what a file holds that a reader would not see, with no database."""

from __future__ import annotations

import argparse
import json
import sys

from goldthread.files.hidden.apart import check_in_child
from goldthread.files.hidden.found import as_json
from goldthread.files.refused import Refused


def run_check_file(arguments: argparse.Namespace) -> int:
    """Check one file and print what it hides: exit 0 nothing, 1 something, 2 it could not be read."""
    path = arguments.file
    try:
        problems = check_in_child(path, path.name)
    except Refused as refused:
        print(f"{path.name} was not checked. {refused}", file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"{path} could not be opened: {fault.strerror or fault}.", file=sys.stderr)
        return 2
    if arguments.json:
        written = json.dumps(as_json(problems), ensure_ascii=False)
    else:
        lines = [
            f"{problem.where or 'the file'}\n    {problem.message} [{problem.code}]" for problem in problems
        ]
        written = "\n".join(lines or [f"Nothing hidden was found in {path.name}."])
    sys.stdout.buffer.write(written.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
    return 1 if problems else 0
