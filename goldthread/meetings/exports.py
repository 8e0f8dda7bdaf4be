"""Papers as files and as HTML: in the house's template, written once for what was handed in."""

from __future__ import annotations

from collections.abc import Callable

from goldthread.core.governance.exemption import Audience
from goldthread.core.text import seal_of, text_seal
from goldthread.files.html_blocks import text_html
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx
from goldthread.meetings.models import Paper, PaperVersion
from goldthread.meetings.printed import Printed, printed_draft, printed_version
from goldthread.plans.reading import images_of, keep, kept, kept_file, renderer


def paper_pdf(version: PaperVersion, *, audience: Audience = Audience.FULL, in_pack: bool = False) -> bytes:
    """A paper as it was handed in, as accessible PDF for an audience; written once."""
    printed = printed_version(version, audience=audience, in_pack=in_pack)

    def write() -> bytes:
        images = images_of(printed.text)
        return write_pdf(
            printed.text, printed.labels, images=images, at=version.submitted_at, front=printed.front
        )

    return kept_file(_name(version, printed, "pdf"), write, at=version.submitted_at)


def paper_docx(paper: PaperVersion | Paper, *, audience: Audience = Audience.FULL) -> bytes:
    """A paper as Word in the house's template: as it was handed in (written once), or as it is now."""
    if isinstance(paper, Paper):
        return _docx(printed_draft(paper))
    printed = printed_version(paper, audience=audience)
    return kept_file(_name(paper, printed, "docx"), lambda: _docx(printed), at=paper.submitted_at)


def _docx(printed: Printed) -> bytes:
    images = images_of(printed.text)
    return write_docx(printed.text, labels=printed.labels, images=images, front=printed.front)


def draft_pdf(paper: Paper) -> bytes:
    """A paper as it is being written, as accessible PDF."""
    printed = printed_draft(paper)
    images = images_of(printed.text)
    return write_pdf(printed.text, printed.labels, images=images, front=printed.front)


def paper_html(
    version: PaperVersion,
    *,
    image_address: Callable[[str], str],
    audience: Audience = Audience.FULL,
    level: int = 2,
) -> str:
    """A paper as it was handed in, as a fragment of HTML for an audience; rendered once.

    ``image_address`` gives a picture's address by its SHA-256, the same for all pages of an audience.
    """
    printed = printed_version(version, audience=audience)
    name = _name(version, printed, f"html {level} {image_address('0' * 64)}")
    found = kept((name,)).get(name)
    if found is None:
        found = text_html(printed.text, printed.labels, level=level, image_address=image_address)
        keep({name: found}, at=version.submitted_at)
    return found


def _name(version: PaperVersion, printed: Printed, part: str) -> str:
    """What a rendering is kept under: the version handed in, and all that is printed of and around it."""
    said = [text_seal(printed.text), dict(printed.labels), [list(each) for each in printed.front.lines]]
    return f"{renderer()} paper {version.seal[:32]} {seal_of([said, printed.front[1:], part])[:32]}"
