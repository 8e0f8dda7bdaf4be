"""``goldthread compare OLD NEW``: what changed between two files, with no database and no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from goldthread.core.compare import Comparison, as_json, compare
from goldthread.files.changes import figures, section_lines
from goldthread.files.limits import limited
from goldthread.files.pdf.write import PdfFailed, redline_pdf
from goldthread.files.reading import read
from goldthread.files.redline_html import redline_page
from goldthread.files.refused import Refused
from goldthread.files.sections import to_text
from goldthread.files.tree import ReadDocument
from goldthread.files.word.write import write_redline


@dataclass(frozen=True, slots=True)
class Redline:
    """A comparison of two files, with what a redline needs beside it."""

    comparison: Comparison
    old_name: str
    new_name: str
    images: Mapping[str, bytes]
    at: datetime


def _docx(redline: Redline) -> bytes:
    return write_redline(redline.comparison, at=redline.at, images=redline.images)


def _html(redline: Redline) -> bytes:
    names = {"old_name": redline.old_name, "new_name": redline.new_name}
    return redline_page(redline.comparison, images=redline.images, **names).encode("utf-8", "replace")


def _pdf(redline: Redline) -> bytes:
    names = {"old_name": redline.old_name, "new_name": redline.new_name}
    return redline_pdf(redline.comparison, images=redline.images, at=redline.at, **names)


WRITERS: Mapping[str, Callable[[Redline], bytes]] = {".docx": _docx, ".html": _html, ".pdf": _pdf}


def run_compare(arguments: argparse.Namespace) -> int:
    """Compare two files, print what changed, and write the redline where one is asked for."""
    out: Path | None = arguments.out
    if out is not None and out.suffix.lower() not in WRITERS:
        return _refuse(f"{out.name} was not written: its name must end in .docx, .html or .pdf.")
    try:
        old, new = _read(arguments.old), _read(arguments.new)
        comparison = compare(to_text(old).text, to_text(new).text)
        if out is not None:
            names = (arguments.old.name, arguments.new.name)
            images = {**old.images, **new.images}
            redline = Redline(comparison, *names, images, datetime.now(UTC))
            out.write_bytes(WRITERS[out.suffix.lower()](redline))
    except Refused as refused:
        return _refuse(str(refused))
    except PdfFailed as fault:
        return _refuse(f"The PDF could not be made: {fault}")
    except OSError as fault:
        return _refuse(f"{fault.filename or out} could not be used: {fault.strerror or fault}.")
    _print(comparison, as_values=arguments.json)
    return 0


def _read(path: Path) -> ReadDocument:
    try:
        with limited():
            return read(path, name=path.name)
    except Refused as refused:
        raise Refused(f"{path.name} was not read. {refused}") from refused


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


def _print(comparison: Comparison, *, as_values: bool) -> None:
    if as_values:
        written = json.dumps(as_json(comparison), ensure_ascii=False)
    else:
        lines = [", ".join(f"{number} {said}" for number, said in figures(comparison)), ""]
        for line in section_lines(comparison):
            name = f"{line.number} {line.title}".strip()
            lines.append(f"{name}: {line.words} ({line.inserted} words in, {line.deleted} out)")
        written = "\n".join(lines)
    sys.stdout.buffer.write(written.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
