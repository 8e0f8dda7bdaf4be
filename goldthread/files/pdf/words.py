"""The words of a PDF as a reader's program would copy them, read in a process of its own."""

from __future__ import annotations

import json
import sys

import pypdfium2

from goldthread.files.limits import MEMORY, SECONDS, limited
from goldthread.files.process import run_child
from goldthread.files.refused import Refused

MOST_PAGES = 2_000
_MEND = "Send another copy, or make the PDF again from the original."


def words_in_child(data: bytes, *, seconds: int = SECONDS, memory: int = MEMORY) -> str:
    """The words of a PDF, page by page, read in a child process within so many seconds and bytes.

    Raises Refused with the reason where it is locked or damaged, or the child fails or is ended.
    """
    late = Refused("It takes too long to read.", _MEND)
    written = run_child(
        "goldthread.files.pdf.words", [str(seconds), str(memory)], data, seconds=seconds, late=late
    )
    try:
        said = json.loads(written)
        words, refused = said.get("words"), said.get("refused")
    except (ValueError, AttributeError) as fault:
        raise Refused("It makes the reader fail, or needs more memory than is allowed.", _MEND) from fault
    if refused:
        raise Refused(str(refused[0]), str(refused[1]))
    return str(words)


def words_of_pdf(data: bytes) -> str:
    """The words of a PDF in this process. Raises Refused where it is locked or damaged."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise Refused("It is locked or damaged.", _MEND) from fault
    try:
        count = min(len(document), MOST_PAGES)
        return "\n".join(_page(document, number) for number in range(count)).strip()
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        letters = page.get_textpage()
        try:
            return str(letters.get_text_bounded()).replace("\r\n", "\n")
        finally:
            letters.close()
    finally:
        page.close()


def main(arguments: list[str]) -> int:
    """The child's half: read standard input under limits and write the words, or why there are none."""
    seconds, memory = arguments
    said: dict[str, object]
    try:
        with limited(memory=int(memory), seconds=int(seconds)):
            said = {"words": words_of_pdf(sys.stdin.buffer.read())}
    except Refused as refused:
        said = {"refused": [refused.reason, refused.mend]}
    sys.stdout.buffer.write(json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
