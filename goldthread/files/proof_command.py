"""``goldthread proof FILE``: what is wrong with a paper as a paper, with no database and no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from goldthread.core.proofing import Facts, Finding, PaperKind, proof
from goldthread.files.limits import limited
from goldthread.files.reading import read
from goldthread.files.refused import Refused
from goldthread.files.sections import to_text


def run_proof(arguments: argparse.Namespace) -> int:
    """Read a paper and print every fault: 0 where there is none, 1 where there are some, 2 if unread."""
    path: Path = arguments.file
    kind = PaperKind(arguments.kind) if arguments.kind else None
    facts = Facts(attached=tuple(arguments.attached), kind=kind)
    try:
        with limited():
            recognised = to_text(read(path, name=path.name))
    except Refused as refused:
        return _refuse(f"{path.name} was not read. {refused}")
    except OSError as fault:
        return _refuse(f"{path} could not be opened: {fault.strerror or fault}.")
    findings = proof(recognised.text, printed=recognised.printed, facts=facts)
    if arguments.json:
        written = json.dumps({"problems": [each.as_json() for each in findings]}, ensure_ascii=False)
    else:
        written = "\n".join(_shown(path.name, findings))
    sys.stdout.buffer.write(written.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
    return 1 if findings else 0


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


def _shown(name: str, findings: Sequence[Finding]) -> list[str]:
    """The findings for a person: how many, then each with its place."""
    if not findings:
        return [f"{name}: nothing to mend was found."]
    count = "1 thing" if len(findings) == 1 else f"{len(findings)} things"
    lines = [f"{name}: {count} to mend.", ""]
    for each in findings:
        lines.extend((each.where, f"  {each.message}", ""))
    return lines[:-1]
