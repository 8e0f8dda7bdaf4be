"""A pack is PDF/UA-1, keeps every tag, link and bookmark of its papers, and is the same bytes each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from goldthread.core.text import numbers
from goldthread.files.pack.papers import Built, PackItem
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.pictures import blank
from tests.files import verapdf
from tests.files.pack.made import COVER, built, drawn, item, opened, ours, paper, sample, saved, tagged
from tests.files.plans import plan

needs_verapdf = pytest.mark.skipif(not verapdf.is_here(), reason="Java, JAXB or veraPDF is not here")
pytestmark = pytest.mark.slow


def _items() -> tuple[PackItem, ...]:
    return (
        PackItem("1.0", "Apologies", "To be given at the meeting"),
        item("7.0", ours(), title="Minutes"),
        item("8.0", ours(1), sample(), ours(), title="Delivery of the plan", marking="OFFICIAL-SENSITIVE"),
        PackItem("9(a)", "Estates", "Withdrawn"),
    )


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A small pack of four papers, one of them someone else's."""
    out = tmp_path_factory.mktemp("pack") / "pack.pdf"
    return out, built(out, _items())


def _elements(pdf: Pdf) -> list[Any]:
    waiting, found = [pdf.Root.StructTreeRoot.K], []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, Dictionary):
            if "/S" in node:
                found.append(node)
            waiting.append(node.get("/K"))
    return found


def _marks(pdf: Pdf) -> Counter[str]:
    """How often each kind of element is there, and how many pieces of content and annotations they hold."""
    found: Counter[str] = Counter()
    for element in _elements(pdf):
        found[str(element.S)] += 1
        held = element.get("/K")
        for kid in held if isinstance(held, Array) else [held]:
            found["content"] += isinstance(kid, int)
            found["annotation"] += isinstance(kid, Dictionary) and "/Obj" in kid
    return found


def _said(out: Path) -> list[str]:
    document = pypdfium2.PdfDocument(out)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [" ".join(page.split()) for page in pages]


def _bookmarks(pdf: Pdf) -> list[tuple[int, str, int]]:
    places = {page.obj.objgen: place for place, page in enumerate(pdf.pages, 1)}
    found, waiting = [], [(0, pdf.Root.Outlines.First)]
    while waiting:
        depth, node = waiting.pop()
        found.append((depth, str(node.Title), places[node.Dest[0].objgen]))
        waiting.extend(
            (deep, node[key]) for deep, key in ((depth, "/Next"), (depth + 1, "/First")) if key in node
        )
    return found


@needs_verapdf
def test_a_mixed_pack_passes_pdf_ua_1(pack: tuple[Path, Built]) -> None:
    assert verapdf.verdicts([pack[0]]) == {"pack.pdf": (True, "")}
    assert pack[1].pdfua
    assert pack[1].problems == ()


def test_every_element_of_every_paper_is_there(pack: tuple[Path, Built]) -> None:
    wanted: Counter[str] = Counter()
    for pdf in (ours(), ours(1), sample(), ours()):
        with pikepdf.open(BytesIO(pdf)) as source:
            wanted += _marks(source)
    with opened(pack[0]) as made:
        assert not wanted - _marks(made)
        parts = [str(element.T) for element in _elements(made) if element.S == "/Part" and "/T" in element]
    assert parts == ["Cover and contents", "7.0 Minutes", "8.0 Delivery of the plan"]


def test_every_piece_of_content_finds_its_element(pack: tuple[Path, Built]) -> None:
    with opened(pack[0]) as made:
        nums = [part for kid in made.Root.StructTreeRoot.ParentTree.Kids for part in kid.Nums]
        parents = dict(zip(nums[::2], nums[1::2], strict=True))
        assert list(parents) == sorted(set(parents))
        for page in made.pages:
            elements = parents[page.obj.StructParents]
            assert all(e.get("/Pg", page.obj).objgen == page.obj.objgen for e in elements if "/S" in e)
            for note in page.obj.get("/Annots", ()):
                held = [
                    kid.Obj.objgen
                    for kid in parents[note.StructParent].K
                    if isinstance(kid, Dictionary) and "/Obj" in kid
                ]
                assert note.objgen in held


def test_ids_are_told_apart_and_headers_follow(pack: tuple[Path, Built]) -> None:
    with opened(pack[0]) as made:
        ids, headers = [], []
        for element in _elements(made):
            if "/ID" in element:
                ids.append(bytes(element.ID))
            for owner in element.get("/A", ()):
                headers.extend(bytes(name) for name in owner.get("/Headers", ()))
        named = [name for kid in made.Root.StructTreeRoot.IDTree.Kids for name in list(kid.Names)[::2]]
    assert len(ids) == len(set(ids)) > 10
    assert sorted(map(bytes, named)) == sorted(ids)
    assert headers
    assert set(headers) <= set(ids)


def test_pages_are_numbered_stamped_and_labelled(pack: tuple[Path, Built]) -> None:
    out, made = pack
    said = _said(out)
    assert made.count == len(said) == sum(p.last - p.first + 1 for p in made.pages) + 2
    for place, words in enumerate(said, 1):
        assert f"Page {place} of {made.count}" in words
    for where in made.pages:
        for place in range(where.first, where.last + 1):
            assert f"Item {where.item}" in said[place - 1]
            marking = "OFFICIAL-SENSITIVE" if where.item == "8.0" else "OFFICIAL"
            assert said[place - 1].count(marking) == 2
    with opened(out) as pdf:
        assert [page.label for page in pdf.pages] == [str(n) for n in range(1, made.count + 1)]


def test_contents_say_every_item_and_link_to_its_pages(pack: tuple[Path, Built]) -> None:
    out, made = pack
    contents = _said(out)[1]
    for words in ("1.0 Apologies To be given at the meeting", "9(a) Estates Withdrawn", "OFFICIAL-SENSITIVE"):
        assert words in contents
    for where in made.pages:
        assert f"{where.printed_first}–{where.printed_last}" in contents or where.first == where.last
    with opened(out) as pdf:
        places = {page.obj.objgen: place for place, page in enumerate(pdf.pages, 1)}
        links = [(places[note.Dest[0].objgen], str(note.Contents)) for note in pdf.pages[1].obj.Annots]
    assert links == [(where.first, f"Page {where.printed_first}") for where in made.pages]


def test_links_within_a_paper_stay_within_it(pack: tuple[Path, Built]) -> None:
    out, made = pack
    checked = 0
    with opened(out) as pdf:
        places = {page.obj.objgen: place for place, page in enumerate(pdf.pages, 1)}
        for where in made.pages:
            for place in range(where.first, where.last + 1):
                for note in pdf.pages[place - 1].obj.get("/Annots", ()):
                    if "/Dest" in note:
                        checked += 1
                        assert where.first <= places[note.Dest[0].objgen] <= where.last
        addresses = {str(n.A.URI) for p in pdf.pages for n in p.obj.get("/Annots", ()) if "/A" in n}
    assert checked >= 3
    assert "https://example.org/" in addresses


def test_bookmarks_are_items_then_papers_then_their_own(pack: tuple[Path, Built]) -> None:
    out, made = pack
    with opened(out) as pdf:
        found = _bookmarks(pdf)
    assert [title for depth, title, _ in found if depth == 0] == [
        "Contents",
        "1.0 Apologies",
        "7.0 Minutes",
        "8.0 Delivery of the plan",
        "9(a) Estates",
    ]
    papers = [(title, page) for depth, title, page in found if depth == 1]
    assert [page for _, page in papers] == [where.first for where in made.pages]
    assert papers[2][0] == "Appendix A: Delivery of the plan"
    own = [(title, page) for depth, title, page in found if depth > 1]
    said = ["".join(words.split()) for words in _said(out)]
    assert len(own) == 13
    assert all("".join(title.split()) in said[page - 1] for title, page in own)


def test_title_language_and_no_names_of_authors(pack: tuple[Path, Built]) -> None:
    with opened(pack[0]) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer", "/CreationDate", "/ModDate"}
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert (
                metadata["dc:title"] == "Board of October 2014 – Business Co-ordination Board – Members’ pack"
            )


def test_the_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    items = (item("1", ours(), sample(), saved(drawn())),)
    first, second = built(tmp_path / "a.pdf", items), built(tmp_path / "b.pdf", items)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert first == second
    assert len(first.sha256) == 64


def test_a_reissue_keeps_the_numbers_of_what_did_not_change(tmp_path: Path) -> None:
    before = built(tmp_path / "1.pdf", (item("7", ours()), item("8", ours()), item("9", ours())))
    longer = built(
        tmp_path / "2.pdf",
        (item("7", ours(1)), item("8", sample()), item("9", ours())),
        pages=before.page_map,
    )
    assert [(p.printed_first, p.printed_last) for p in longer.pages] == [("3", "4a"), ("5", "5"), ("7", "8")]
    with opened(tmp_path / "2.pdf") as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "3", "4", "4a", "5", "7", "8"]
    said = _said(tmp_path / "2.pdf")
    assert "Page 4a of 8" in said[4]
    assert "Page 5 of 8 (page 6 not used)" in said[5]
    again = built(tmp_path / "3.pdf", (item("7", ours()), item("9", ours())), pages=longer.page_map)
    assert [(p.printed_first, p.printed_last) for p in again.pages] == [("3", "4"), ("7", "8")]
    assert again.page_map["8/Paper"] == "5-6"


def test_a_supplement_goes_on_from_the_main_pack(tmp_path: Path) -> None:
    main = built(tmp_path / "main.pdf", (item("7", ours()),))
    late = built(tmp_path / "late.pdf", (item("8", ours()),), after=main.last_printed)
    assert (late.pages[0].printed_first, late.last_printed) == ("7", 8)
    with opened(tmp_path / "late.pdf") as pdf:
        assert pdf.pages[0].label == "5"


def test_progress_is_told_and_paths_will_do(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(ours())
    told: list[tuple[int, int]] = []
    items = (PackItem("1", "One", papers=(paper(tmp_path / "paper.pdf"), paper(ours(), "Appendix A"))),)
    built(tmp_path / "out.pdf", items, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_pack_without_papers_is_a_cover_and_contents(tmp_path: Path) -> None:
    made = built(tmp_path / "out.pdf", (PackItem("1", "Apologies", "None sent"),))
    assert (made.count, made.pages) == (2, ())
    with opened(tmp_path / "out.pdf") as pdf:
        assert len(_bookmarks(pdf)) == 2


@needs_verapdf
def test_long_contents_take_the_pages_they_need(tmp_path: Path) -> None:
    items = tuple(
        PackItem(f"{n}.0", f"Item {n} with a title that says what it is", "To be tabled") for n in range(90)
    )
    made = built(tmp_path / "long.pdf", (*items, item("91", ours())))
    assert made.pages[0].first == made.count - 1 > 5
    with opened(tmp_path / "long.pdf") as pdf:
        front = pdf.pages[made.pages[0].first - 2]
        assert front.obj.Annots[0].Dest[0].objgen == pdf.pages[made.pages[0].first - 1].obj.objgen
    again = built(tmp_path / "short.pdf", (item("91", ours()),), pages=made.page_map)
    assert again.pages[0].printed_first == made.pages[0].printed_first
    assert verapdf.verdicts([tmp_path / "long.pdf", tmp_path / "short.pdf"]) == {
        "long.pdf": (True, ""),
        "short.pdf": (True, ""),
    }


def test_two_papers_of_one_name_and_two_meanings_of_one_role(tmp_path: Path) -> None:
    other = tagged("Other")
    other.Root.StructTreeRoot.RoleMap = Dictionary(Para=Name.Sect)
    pdfs = saved(tagged()), saved(other)
    papers = tuple(paper(pdf, "Paper") for pdf in pdfs)
    made = built(tmp_path / "out.pdf", (PackItem("1", "One", papers=papers),))
    assert len(made.page_map) == 3
    with opened(tmp_path / "out.pdf") as pdf:
        roles = {str(k): str(v) for k, v in pdf.Root.StructTreeRoot.RoleMap.items()}
        kinds = [roles[str(e.S)] for e in _elements(pdf) if "Para" in str(e.S)]
    assert kinds == ["/P", "/Sect"]


def test_brackets_within_brackets_in_a_heading_are_read(tmp_path: Path) -> None:
    heading = "Costs ((((net) of) grants) so far) and \\\\ 12 0 R"
    text = replace(plan(), sections=(replace(plan().sections[0], title=heading),))
    pdf = write_pdf(text, numbers(text), images={"0" * 64: blank()})
    made = built(tmp_path / "out.pdf", (item("1", pdf),))
    assert made.pdfua
    with opened(tmp_path / "out.pdf") as made_pdf:
        assert any(title.endswith(heading) for _, title, _ in _bookmarks(made_pdf))
        titles = [str(element.T) for element in _elements(made_pdf) if "/T" in element]
    assert any(title.endswith(heading) for title in titles)


def test_a_date_with_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    built(tmp_path / "out.pdf", (item("1", ours()),))
    with opened(tmp_path / "out.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20140925120000Z"
    assert COVER.on == datetime(2014, 10, 2, tzinfo=UTC).date()
