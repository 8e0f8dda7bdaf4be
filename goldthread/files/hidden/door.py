"""The one way in: a file's bytes and its name give every problem that it hides."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from goldthread.core.problems import Problem
from goldthread.files.gate import MAX_FILE, Gate
from goldthread.files.hidden.found import Findings
from goldthread.files.hidden.pdf import check_pdf
from goldthread.files.hidden.sheets import check_sheets
from goldthread.files.hidden.word import check_word
from goldthread.files.refused import Refused

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHECKS: Mapping[str, Callable[[bytes, Findings], None]] = {
    "docx": check_word,
    "xlsx": check_sheets,
    "pdf": check_pdf,
}
_PDF_WITHIN = 1024


def check(content: bytes, name: str) -> tuple[Problem, ...]:
    """What a .docx, .xlsx or .pdf file holds that a reader would not see but the public could find.

    What it is comes from its bytes, never from ``name``. The gravest is first, one problem a sort.
    Raises Refused, with the reason and the way to mend it, where it is locked, damaged or another
    kind of file. Nothing is run, opened or fetched.
    """
    kind = kind_of(content, name)
    findings = Findings(kind)
    try:
        _CHECKS[kind](content, findings)
    except Refused as refused:
        raise (_of_excel(refused) if kind == "xlsx" else refused) from refused
    return findings.problems()


def kind_of(content: bytes, name: str) -> str:
    """``docx``, ``xlsx`` or ``pdf``. Raises Refused for anything else."""
    if len(content) > MAX_FILE:
        raise Refused("It is larger than 120 MB.", "Compress its pictures and try again, or split it.")
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("It is empty.", "Check that it was saved, or that the upload finished, and try again.")
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content:
            raise Refused("It is locked with a password.", "Save a copy without the password and check that.")
        raise Refused(
            "It is of the kind that Office wrote before 2007 (.doc or .xls).",
            "Open it, save it as .docx or .xlsx and check that.",
        )
    ending = name.rpartition(".")[2].casefold()
    if ending in _CHECKS:
        raise Refused(
            f"It is damaged, or not a .{ending} file though its name says so.",
            "Send another copy, or save it again from the program that made it.",
        )
    raise Refused("It is not a Word, Excel or PDF file.", "Save it as .docx, .xlsx or .pdf and check that.")


def _zipped(content: bytes) -> str:
    names = {name.casefold() for name in Gate(content).names}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.bin" in names:
        raise Refused("It is a binary workbook (.xlsb).", "Save it as .xlsx and check that.")
    if "[content_types].xml" in names:
        if any(name.startswith("ppt/") for name in names):
            raise Refused("It is a presentation.", "Save it as a PDF and check that.")
        return "xlsx" if any(name.startswith("xl/") for name in names) else "docx"
    raise Refused(
        "It is a zip file, but not a Word or Excel document.",
        "Unpack it and check each document inside; save others as .docx, .xlsx or .pdf.",
    )


def _of_excel(refused: Refused) -> Refused:
    """The same refusal in the words of the program that the officer will open."""
    reason, mend = (
        said.replace("Word", "Excel").replace(".docx", ".xlsx") for said in (refused.reason, refused.mend)
    )
    return Refused(reason, mend)
