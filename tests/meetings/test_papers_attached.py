"""What is attached to a paper: checked, refused, converted, pinned, replaced, let pass."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Kind, Prose, Run, Section, Text, numbers, text_seal
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx
from goldthread.meetings.actions.attachments import (
    attach,
    attach_edition,
    mark_appendix,
    remove,
    replace,
    settle_finding,
)
from goldthread.meetings.actions.papers import return_paper
from goldthread.meetings.appendices import (
    appendix_pdf,
    appendix_text,
    attached_of,
    fit_for_public,
    leak_findings,
)
from goldthread.meetings.models import Appendix
from goldthread.meetings.papers import attachments, content_seal
from tests.files.docs import docx, paragraph
from tests.files.hidden import drawn
from tests.meetings.test_papers import a_paper, hand_in
from tests.plans.story import DRAFT, a_plan, with_calls
from tests.plans.story import a_draft as a_plan_draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORDS = Text(
    "Theme: victims",
    (Section("v1", "Victims", (Prose("v2", Kind.PARAGRAPH, (Run("Nobody tells it twice."),), True),)),),
)
HIDDEN = docx(
    "<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Not seen.</w:t></w:r></w:p>"
)


def clean() -> bytes:
    """A Word file that hides nothing."""
    return write_docx(WORDS)


def attached(boards: Any, paper: Any, content: bytes, name: str = "theme.docx", **more: Any) -> Appendix:
    named = {"label": "Appendix A", "title": "Theme: victims", **more}
    return attach(paper=paper, name=name, content=content, by=paper.author, at=boards.at, **named)


def locked_pdf() -> bytes:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn.pdf())) as made:
        made.save(held, encryption=pikepdf.Encryption(owner="o", user="u"))
    return held.getvalue()


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_clean_word_file_goes_into_packs_as_accessible_pdf(boards: Any) -> None:
    paper = a_paper(boards)
    appendix = attached(boards, paper, clean())
    assert fit_for_public(appendix)
    pdf = appendix_pdf(appendix)
    with pikepdf.open(io.BytesIO(pdf)) as made:
        assert made.Root.MarkInfo.Marked
    assert appendix_pdf(appendix) == pdf
    text = appendix_text(appendix)
    assert text is not None
    assert "Nobody tells it twice." in str(text)


def test_hidden_text_is_named_and_kept_from_the_public_until_the_file_is_mended(boards: Any) -> None:
    paper = a_paper(boards)
    appendix = attached(boards, paper, HIDDEN)
    assert [each.code for each in leak_findings(appendix)] == ["hidden-text"]
    assert "Not seen." in leak_findings(appendix)[0].message
    assert not fit_for_public(appendix)
    with pytest.raises(ValidationError, match="cannot be let pass"):
        settle_finding(
            appendix=appendix,
            code="hidden-text",
            words="It is fine.",
            by=boards.cast.monitoring_officer,
            at=boards.at,
        )
    mended = replace(appendix=appendix, name="theme.docx", content=clean(), by=paper.author, at=boards.at)
    assert fit_for_public(mended)


def test_what_may_be_shown_is_let_pass_with_a_reason_by_whoever_marks(boards: Any) -> None:
    appendix = attached(boards, a_paper(boards), drawn.pdf(finish=signed), "theme.pdf")
    assert [each.code for each in leak_findings(appendix)] == ["author"]
    given = {"appendix": appendix, "code": "author", "at": boards.at}
    with pytest.raises(PermissionDenied):
        settle_finding(words="Known.", by=boards.cast.analyst, **given)
    with pytest.raises(ValidationError, match="Say why"):
        settle_finding(words=" ", by=boards.cast.monitoring_officer, **given)
    settle_finding(words="Their name is on the cover.", by=boards.cast.monitoring_officer, **given)
    assert fit_for_public(appendix)
    assert "Ines Calloway" in leak_findings(appendix)[0].settled


def signed(made: pikepdf.Pdf) -> None:
    made.docinfo["/Author"] = "Jim Haylett"


def test_a_pdf_is_kept_as_it_is(boards: Any) -> None:
    content = drawn.pdf()
    appendix = attached(boards, a_paper(boards), content, "theme.pdf")
    assert appendix_pdf(appendix) == content
    assert appendix_text(appendix) is None


def test_a_scan_is_named(boards: Any) -> None:
    appendix = attached(boards, a_paper(boards), drawn.pdf("", finish=pictured), "scan.pdf")
    assert "scan" in {each.code for each in leak_findings(appendix)}


def pictured(made: pikepdf.Pdf) -> None:
    page = made.pages[0]
    page.obj.Resources.XObject = pikepdf.Dictionary(Im1=drawn.picture(made))
    page.obj.Contents = made.make_stream(b"q 300 0 0 200 0 0 cm /Im1 Do Q")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.docx", "The file is empty"),
        (locked_pdf(), "a.pdf", "password"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged|cannot be read|fail"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 64, "a.png", "picture"),
        (b"Plain words only.", "a.txt", "Only Word, OpenDocument and PDF"),
        (b"PK\x03\x04" + b"xl/workbook.xml" + b"\0" * 50, "a.xlsx", "spreadsheet"),
    ],
    ids=["empty", "locked", "damaged", "picture", "text", "spreadsheet"],
)
def test_what_cannot_go_into_a_pack_is_refused_in_words(
    boards: Any, content: bytes, name: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        attached(boards, a_paper(boards), content, name)
    assert not Appendix.objects.exists()


def test_an_edition_is_shown_for_good_as_it_stood_when_it_was_attached(boards: Any) -> None:
    plan = a_plan(boards.cast)
    draft = a_plan_draft(boards.cast, plan, "October 2014", DRAFT, boards.at.date())
    paper = a_paper(boards)
    appendix = attach_edition(
        paper=paper, label="Appendix 1", title="", edition=draft, by=paper.author, at=boards.at
    )
    later = a_plan_draft(boards.cast, plan, "Later", with_calls(DRAFT, "Moved on."), boards.at.date())
    draft.placements.all().delete()
    text = appendix_text(appendix)
    assert text is not None
    assert text_seal(text) == text_seal(DRAFT)
    assert "SENTINEL words of a draft" in str(text)
    assert appendix_pdf(appendix)[:5] == b"%PDF-"
    assert appendix_pdf(appendix) == write_pdf(DRAFT, numbers(DRAFT), subtitle="October 2014")
    assert "Page 1 of" in words_of(appendix_pdf(appendix))
    assert "Page 1 of" not in words_of(appendix_pdf(appendix, in_pack=True))
    assert appendix.edition_seal
    assert later.pk


def test_a_label_stands_once(boards: Any) -> None:
    paper = a_paper(boards)
    appendix = attached(boards, paper, clean())
    with pytest.raises(ValidationError, match="attached already"):
        attached(boards, paper, clean(), label="appendix a")
    remove(appendix=appendix, by=paper.author, at=boards.at)
    assert attached(boards, paper, clean())
    assert [each.label for each in attachments(paper)] == ["Appendix A"]


def test_a_version_keeps_what_it_was_handed_in_with(boards: Any) -> None:
    paper = a_paper(boards)
    appendix = attached(boards, paper, clean())
    first = hand_in(paper, boards)
    with pytest.raises(ValidationError, match="return it"):
        replace(appendix=appendix, name="b.pdf", content=drawn.pdf(), by=paper.author, at=boards.at)
    return_paper(paper=paper, words="The PDF.", by=boards.cast.governance_officer, at=boards.at)
    before = content_seal(paper)
    replace(appendix=appendix, name="b.pdf", content=drawn.pdf(), by=paper.author, at=boards.at)
    assert content_seal(paper) != before
    second = hand_in(paper, boards)
    assert [each.name for each in attached_of(first)] == ["theme.docx"]
    assert appendix_pdf(attached_of(second)[0]) == drawn.pdf()


def test_an_appendix_is_marked_apart_from_its_paper(boards: Any) -> None:
    appendix = attached(boards, a_paper(boards), clean())
    by = boards.cast.monitoring_officer
    with pytest.raises(ValidationError, match="reason"):
        mark_appendix(appendix=appendix, marking=Marking.EXEMPT, by=by, at=boards.at)
    mark_appendix(appendix=appendix, marking=Marking.EXEMPT, reason_code="12A-3", by=by, at=boards.at)
    assert Appendix.objects.get().marking == Marking.EXEMPT


def test_the_page_attaches_tells_what_is_hidden_and_gives_the_file(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    client.force_login(paper.author)
    address = reverse("meetings:desk-add-appendix", args=[paper.slug])
    given = {"label": "Appendix A", "title": "Victims"}
    neither = client.post(address, given).content.decode()
    assert "one of the two" in neither
    assert 'value="Victims"' in neither
    file = io.BytesIO(HIDDEN)
    file.name = "theme.docx"
    sent = client.post(address, {**given, "file": file})
    appendix = Appendix.objects.get()
    page = client.get(sent.headers["Location"]).content.decode()
    assert "hidden text" in page.lower()
    assert "not for the public yet" in page
    given_back = client.get(reverse("meetings:desk-appendix-file", args=[paper.slug, appendix.pk]))
    assert given_back.content == HIDDEN
    assert "bcb-paper-1" in given_back.headers["Content-Disposition"]
    client.post(reverse("meetings:desk-remove-appendix", args=[paper.slug, appendix.pk]))
    assert not attachments(paper)


def test_paragraph_is_of_the_file(boards: Any) -> None:
    appendix = attached(boards, a_paper(boards), docx(paragraph("Only this.")))
    assert "Only this." in str(appendix_text(appendix))
