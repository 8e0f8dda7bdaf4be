"""Papers, packs and awkward PDFs for the tests of packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from goldthread.core.text import numbers
from goldthread.files.pack.build import build_pack
from goldthread.files.pack.papers import Built, Cover, PackItem, PackPaper
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.pictures import blank
from tests.files.plans import plan, revised

AT = datetime(2014, 9, 25, 12, 0, tzinfo=UTC)
PUBLIC = Path(__file__).parents[1] / "pdfua1"
COVER = Cover(
    "Business Co-ordination Board",
    "Board of October 2014",
    date(2014, 10, 2),
    "2.00 pm",
    "Conference Room, Huntingdon",
    "Members’ pack",
    "OFFICIAL",
    ("Reissued 30 September 2014: item 8.0 replaced.",),
)


@cache
def ours(which: int = 0) -> bytes:
    """A PDF of our own: the plan (0), or the plan revised (1), of two or three pages."""
    text = replace(plan(), title="Delivery of the plan") if which == 0 else revised()
    return write_pdf(text, numbers(text), images={"0" * 64: blank()})


def sample(name: str = "7.1-t03-pass-b.pdf") -> bytes:
    """A published PDF/UA-1 test file."""
    return (PUBLIC / name).read_bytes()


def paper(pdf: bytes | Path, label: str = "Paper", title: str = "Delivery of the plan") -> PackPaper:
    """A paper of a pack."""
    return PackPaper(label, title, pdf)


def item(number: str, *pdfs: bytes, title: str = "Delivery", note: str = "", marking: str = "") -> PackItem:
    """An item with papers, the first called Paper, the rest appendices."""
    labels = ["Paper", *(f"Appendix {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    papers = tuple(paper(pdf, label) for pdf, label in zip(pdfs, labels, strict=False))
    return PackItem(number, title, note, marking, papers)


def built(out: Path, items: Iterable[PackItem], **extra: Any) -> Built:
    """A pack of these items."""
    return build_pack(COVER, tuple(items), out, at=AT, **extra)


def saved(pdf: Pdf, **how: Any) -> bytes:
    """A PDF's bytes."""
    made = BytesIO()
    pdf.save(made, deterministic_id="encryption" not in how, **how)
    return made.getvalue()


def drawn(
    words: str = "Drawn by someone else",
    *,
    size: tuple[float, float] = (595, 842),
    at: tuple[float, float] = (90, 400),
    pages: int = 1,
    **keys: Any,
) -> Pdf:
    """An untagged PDF whose pages say some words, with further keys in each page."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for place in range(pages):
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[place].obj
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        said = f"BT /F1 12 Tf {at[0]} {at[1]} Td ({words} {place + 1}) Tj ET"
        page.Contents = pdf.make_stream(said.encode("ascii"))
        for key, value in keys.items():
            page[f"/{key}"] = value
    return pdf


def opened(out: Path) -> Pdf:
    """A pack opened, found to be without a fault of syntax."""
    pdf = pikepdf.open(out)
    assert pdf.check_pdf_syntax() == []
    return pdf


def tagged(words: str = "Tagged") -> Pdf:
    """A PDF with one tagged paragraph, that does not claim to be accessible."""
    pdf = drawn(words)
    page = pdf.pages[0].obj
    own = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(b"/Para <</MCID 0>> BDC " + own + b" EMC")
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    element = pdf.make_indirect(Dictionary(S=Name.Para, P=top, Pg=page, K=0))
    top.K = Array([element])
    page.StructParents = 0
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=top,
            ParentTree=Dictionary(Nums=Array([0, Array([element])])),
            RoleMap=Dictionary(Para=Name.P),
        )
    )
    top.P = pdf.Root.StructTreeRoot
    return pdf


def with_outline(pdf: Pdf, deep: int) -> Pdf:
    """The PDF with bookmarks each below the last."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    parent = root
    for level in range(deep):
        node = pdf.make_indirect(Dictionary(Title=String(f"Level {level}"), Parent=parent))
        node.Dest = Array([pdf.pages[0].obj, Name.Fit])
        parent.First = parent.Last = node
        parent = node
    pdf.Root.Outlines = root
    return pdf
