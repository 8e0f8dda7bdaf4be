"""Words that must not be in a pack are found wherever a PDF can keep them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from goldthread.files.pack.papers import PackItem
from goldthread.files.pack.search import search_for
from tests.files.pack.made import built, drawn, item, ours, tagged

WORD = "Operation Nightjar"
pytestmark = pytest.mark.slow


def _drawn(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(
        b"BT /F1 12 Tf 90 400 Td (Oper) Tj (ation  NIGHT) Tj 0 -14 Td (jar) Tj ET"
    )


def _bookmark(pdf: Pdf) -> None:
    node = pdf.make_indirect(Dictionary(Title=String(WORD), Dest=Array([pdf.pages[0].obj, Name.Fit])))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=node, Last=node))


def _metadata(pdf: Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = WORD


def _title(pdf: Pdf) -> None:
    pdf.docinfo["/Subject"] = WORD


def _described(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[0].Alt = String(WORD)


def _instead(pdf: Pdf) -> None:
    mark = b"/Span <</ActualText <FEFF" + WORD.encode("utf-16-be").hex().encode() + b">>> BDC EMC"
    pdf.pages[0].obj.Contents = Array([pdf.pages[0].obj.Contents, pdf.make_stream(mark)])


def _named(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font["/Operation-Nightjar"] = pdf.pages[0].obj.Resources.Font.F1


def _address(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/operationnightjar"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].obj.Annots = Array([note])


@pytest.mark.parametrize(
    ("put", "where"),
    [
        (_drawn, "page 1 of the file"),
        (_bookmark, "a bookmark or the title"),
        (_metadata, "the metadata"),
        (_title, "the entry /Subject"),
        (_described, "a description of a picture"),
        (_instead, "words behind what is drawn"),
        (_named, "a name inside the file"),
        (_address, "the address of a link"),
    ],
)
def test_it_is_found(tmp_path: Path, put: Any, where: str) -> None:
    pdf = tagged()
    assert WORD not in str(pdf.Root)
    put(pdf)
    pdf.save(tmp_path / "out.pdf")
    found = search_for(tmp_path / "out.pdf", ["Other words", WORD])
    assert where in [problem.where for problem in found]
    assert all(WORD in problem.message and problem.code == "leak" for problem in found)


def test_a_clean_pack_has_nothing_and_a_pack_with_the_paper_has(tmp_path: Path) -> None:
    source = drawn(WORD)
    source.save(tmp_path / "secret.pdf")
    secret = (tmp_path / "secret.pdf").read_bytes()
    built(
        tmp_path / "public.pdf", (item("1", ours()), PackItem("2", "Exempt item", "Not open to the public"))
    )
    built(tmp_path / "full.pdf", (item("1", ours(), secret),))
    assert search_for(tmp_path / "public.pdf", [WORD, ""]) == ()
    (problem,) = search_for(tmp_path / "full.pdf", [WORD])
    assert problem.where == "page 5 of the file"
