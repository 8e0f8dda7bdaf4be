"""The file commands: they work with no database and no Django."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from importlib import import_module
from pathlib import Path

from goldthread.files.limits import limited
from goldthread.files.reading import read
from goldthread.files.refused import Refused
from goldthread.files.tree import ReadBlock, ReadDocument, View, walk

CHARTS = ("xmr", "i", "ip", "mr", "p", "pp", "u", "up", "c", "g", "t", "run")


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add every command on files. Each sets ``run``, a function from its arguments to an exit code."""
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
    _add_compare(subparsers)
    _add_check_file(subparsers)
    _add_proof(subparsers)
    _add_spc(subparsers)


def _add_check_file(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "check-file",
        help="find what a file hides from its readers",
        description="Name everything in a Word, Excel or PDF file that a reader would not see but the public "
        "could find. Exit 0: nothing; 1: something; 2: it could not be read, with the reason.",
    )
    parser.add_argument("file", type=Path, help="the .docx, .xlsx or .pdf file")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")
    parser.set_defaults(run=_run_check_file)


def _run_check_file(arguments: argparse.Namespace) -> int:
    return int(import_module("goldthread.files.check_command").run_check_file(arguments))


def _add_proof(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "proof",
        help="read a paper as a clerk would",
        description="Name everything wrong with a paper as a paper. Exit 0: nothing; 1: something; 2: it "
        "could not be read, with the reason.",
    )
    parser.add_argument("file", type=Path, help="the paper")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")
    parser.add_argument(
        "--attached", nargs="*", default=(), metavar="NAME", help="the appendices that go with it, by name"
    )
    parser.add_argument("--kind", choices=("paper", "minutes", "plan"), help="what it is, where not plain")
    parser.set_defaults(run=_run_proof)


def _run_proof(arguments: argparse.Namespace) -> int:
    return int(import_module("goldthread.files.proof_command").run_proof(arguments))


def _add_spc(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "spc",
        help="draw limits about a series and judge it",
        description="Read a CSV (date,value or date,numerator,denominator) or a file of cases, and print its "
        "control limits, signals and advice. Exit 0: all answered; 1: a case could not be; 2: the file could "
        "not be read, with the reason.",
    )
    parser.add_argument("file", type=Path, help="the .csv or .json file")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument("--chart", choices=CHARTS, help="the chart; left out, the columns decide")
    parser.add_argument("--rules", metavar="NAME", help="the rule set; left out, plot-the-dots")
    parser.add_argument("--better", choices=("up", "down", "neither"), help="which way is better")
    parser.add_argument("--target", type=float, metavar="N", help="the target to judge against")
    parser.add_argument("--rebase", nargs="*", default=(), metavar="DATE", help="where limits start afresh")
    parser.set_defaults(run=_run_spc)


def _run_spc(arguments: argparse.Namespace) -> int:
    return int(import_module("goldthread.files.spc_command").run_spc(arguments))


def _add_compare(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``compare``, whose writers are loaded only when it runs: reading must start at once."""
    parser = subparsers.add_parser(
        "compare",
        help="show what changed between two files",
        description="Compare two files. Exit 0: compared, alike or not; 2: could not, with the reason.",
    )
    parser.add_argument("old", type=Path, help="the file as it was")
    parser.add_argument("new", type=Path, help="the file as it is now")
    parser.add_argument("--json", action="store_true", help="print the summary and every change as JSON")
    parser.add_argument("--out", type=Path, help="write the redline here: a .docx, .html or .pdf file")
    parser.set_defaults(run=_run_compare)


def _run_compare(arguments: argparse.Namespace) -> int:
    return int(import_module("goldthread.files.compare_command").run_compare(arguments))


def run_read(arguments: argparse.Namespace) -> int:
    """Read one file and print it; the reason on standard error where it is refused.

    The process ends here, so nothing is gained by collecting what it leaves behind.
    """
    gc.disable()
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
    gc.freeze()
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
