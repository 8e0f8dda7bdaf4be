"""The file commands: they work with no database and no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from goldthread.files import compare_command
from goldthread.files.limits import limited
from goldthread.files.reading import read
from goldthread.files.refused import Refused
from goldthread.files.tree import ReadBlock, ReadDocument, View, walk

Subparsers = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], int]


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``read`` and ``compare``. Each sets ``run``, a function from its arguments to an exit code."""
    parser = subparsers.add_parser(
        "read",
        help="read a file and show what was understood",
        description="Read a Word, OpenDocument, RTF or text file. Exit 0: read; 2: refused, with the reason.",
    )
    parser.add_argument("file", type=Path, help="the file to read")
    parser.add_argument("--json", action="store_true", help="print the whole tree as JSON")
    parser.add_argument(
        "--view",
        choices=[view.value for view in View],
        default=View.FINAL.value,
        help="tracked changes: as accepted (final), as before (original), or both (all)",
    )
    parser.set_defaults(run=run_read)
    compare_command.add_commands(subparsers)


def run_read(arguments: argparse.Namespace) -> int:
    """Read one file and print it; the reason on standard error where it is refused."""
    try:
        with limited():
            document = read(arguments.file, name=arguments.file.name, view=View(arguments.view))
    except Refused as refused:
        print(f"{arguments.file.name} was not read. {refused}", file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"{arguments.file} could not be opened: {fault.strerror or fault}.", file=sys.stderr)
        return 2
    written = (
        json.dumps(document.as_json(), ensure_ascii=False) if arguments.json else "\n".join(_shown(document))
    )
    sys.stdout.buffer.write(written.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
    return 0


def _shown(document: ReadDocument) -> list[str]:
    """The tree as indented lines for a person."""
    lines = [document.title or "(no title)", ""]
    for block in walk(document.blocks):
        lines.append(_line(block))
    lines.extend(["", *(f"Note: {warning}" for warning in document.warnings)])
    return lines


def _line(block: ReadBlock) -> str:
    words = " ".join(filter(None, (block.label, block.text or block.alt)))
    indent = "  " * max(0, block.level - 1) if block.kind.value == "heading" else "  " * block.level
    return f"{block.kind.value:<10} {indent}{words}".rstrip()
