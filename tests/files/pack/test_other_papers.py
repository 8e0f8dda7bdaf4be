"""Papers that others made: landscape, turned, cropped, untagged, commented on, layered, hostile."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from goldthread.files.pack.build import build_pack
from goldthread.files.pack.papers import PackItem, PackPaper
from goldthread.files.refused import Refused
from tests.files import verapdf
from tests.files.pack.made import (
    AT,
    COVER,
    built,
    drawn,
    item,
    opened,
    ours,
    sample,
    saved,
    tagged,
    with_outline,
)

needs_verapdf = pytest.mark.skipif(not verapdf.is_here(), reason="Java, JAXB or veraPDF is not here")
pytestmark = pytest.mark.slow


def _where(out: Path, place: int, words: str) -> tuple[float, float]:
    """Where some words stand on a page as it is seen, as shares of its width and height from below left."""
    document = pypdfium2.PdfDocument(out)
    page = document[place]
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found is not None, words
    left, bottom, _, _ = text.get_charbox(found[0])
    box, turned = page.get_cropbox(), page.get_rotation()
    across, up = (left - box[0]) / (box[2] - box[0]), (bottom - box[1]) / (box[3] - box[1])
    document.close()
    return {0: (across, up), 90: (up, 1 - across), 180: (1 - across, 1 - up), 270: (1 - up, across)}[turned]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595)])
def test_stamps_stand_at_the_foot_however_a_page_is_turned(
    tmp_path: Path, turned: int, size: tuple[float, float]
) -> None:
    built(tmp_path / "out.pdf", (item("8.0", saved(drawn(size=size, at=(300, 300), Rotate=turned))),))
    assert _where(tmp_path / "out.pdf", 2, "Item 8.0")[0] < 0.2
    across, up = _where(tmp_path / "out.pdf", 2, "Page 3")
    assert across > 0.7
    assert up < 0.06


def test_stamps_on_a_cropped_page_in_large_units_stand_inside_what_is_seen(tmp_path: Path) -> None:
    pdf = drawn(at=(200, 300), CropBox=Array([100, 100, 500, 700]), UserUnit=2)
    built(tmp_path / "out.pdf", (item("8.0", saved(pdf)),))
    across, up = _where(tmp_path / "out.pdf", 2, "Page 3")
    assert 0.7 < across < 1
    assert 0 < up < 0.06


@pytest.mark.parametrize(("at", "taller"), [((90, 400), False), ((90, 8), True), ((90, 832), True)])
def test_a_page_grows_only_where_stamps_would_cover_something(
    tmp_path: Path, at: tuple[float, float], taller: bool
) -> None:
    built(tmp_path / "out.pdf", (item("1", saved(drawn(at=at))),))
    with opened(tmp_path / "out.pdf") as pdf:
        bottom, top = float(pdf.pages[2].mediabox[1]), float(pdf.pages[2].mediabox[3])
    assert (bottom < 0 and top > 842) is taller


def test_what_was_cropped_away_does_not_show_in_the_strips(tmp_path: Path) -> None:
    source = drawn("Visible", at=(120, 105), CropBox=Array([100, 100, 500, 700]))
    page = source.pages[0].obj
    page.Contents = Array([page.Contents, source.make_stream(b"0 0 0 rg 100 60 400 35 re f")])
    built(tmp_path / "out.pdf", (item("1", saved(source)),))
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    image = document[2].render().to_pil().convert("L")
    strip = image.crop((0, image.height - 35, image.width, image.height - 31))
    document.close()
    assert strip.getextrema()[0] > 200


@pytest.mark.parametrize(
    "keys",
    [
        {"MediaBox": Array([0, 0, 0, 0])},
        {"CropBox": Array([5000, 5000, 6000, 6000])},
        {"UserUnit": -1},
        {"Rotate": 45},
    ],
)
def test_pages_of_impossible_size_or_turn_are_set_straight(tmp_path: Path, keys: dict[str, Any]) -> None:
    built(tmp_path / "out.pdf", (item("8.0", saved(drawn(**keys))),))
    across, up = _where(tmp_path / "out.pdf", 2, "Page 3")
    assert 0.7 < across < 1
    assert 0 < up < 0.06


@pytest.mark.parametrize("key", [-1, 3, 999_999_999])
def test_a_page_that_points_into_another_papers_tags_is_cut_loose(tmp_path: Path, key: int) -> None:
    source = tagged()
    source.pages[0].obj.StructParents = key
    built(tmp_path / "out.pdf", (item("1", saved(source), ours()),))
    with opened(tmp_path / "out.pdf") as pdf:
        assert "/StructParents" not in pdf.pages[2].obj


def test_an_untagged_paper_is_put_in_and_said_and_the_rest_stays_tagged(tmp_path: Path) -> None:
    made = built(tmp_path / "out.pdf", (item("1", ours(), saved(drawn("Plain words", pages=2))),))
    assert [where.pdfua for where in made.pages] == [True, False]
    assert not made.pdfua
    assert [problem.where for problem in made.problems] == ["Appendix A: Delivery of the plan"]
    assert "no tags" in made.problems[0].message
    with opened(tmp_path / "out.pdf") as pdf:
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
        page = pdf.pages[-1].obj
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Kids[1].Nums)
        assert page.StructParents in nums[::2]
        assert b"/P <</MCID 0>> BDC" in page.Contents[2].read_bytes()


@needs_verapdf
def test_only_the_claim_is_missing_where_one_paper_does_not_make_it(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(sample())) as source:
        del source.Root.Metadata
        unclaimed = saved(source)
    made = built(tmp_path / "out.pdf", (item("1", ours(), unclaimed),))
    assert "does not say that it is accessible" in made.problems[0].message
    passed, broken = verapdf.verdicts([tmp_path / "out.pdf"])["out.pdf"]
    assert not passed
    assert broken.startswith("5-1 ")
    assert ";" not in broken


def test_a_scan_is_a_picture_that_says_it_has_no_words(tmp_path: Path) -> None:
    source = Pdf.new()
    source.add_blank_page(page_size=(595, 842))
    source.pages[0].obj.Contents = source.make_stream(b"0.5 g 100 100 300 300 re f")
    built(tmp_path / "out.pdf", (item("1", saved(source)),))
    with opened(tmp_path / "out.pdf") as pdf:
        alts = [str(o.Alt) for o in pdf.objects if isinstance(o, Dictionary) and "/Alt" in o]
    assert alts == ["Page 1 of Paper: Delivery of the plan: a picture without words that can be read"]


def _circular() -> Pdf:
    pdf = tagged()
    top = pdf.Root.StructTreeRoot.K
    top.K.append(top)
    return pdf


def _too_deep() -> Pdf:
    pdf = tagged()
    element = pdf.Root.StructTreeRoot.K
    for _ in range(3000):
        below = pdf.make_indirect(Dictionary(S=Name.Div, P=element))
        element.K = Array([below])
        element = below
    return pdf


def _roles_in_a_circle() -> Pdf:
    pdf = tagged()
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Para=Name.Other, Other=Name.Para)
    return pdf


@pytest.mark.parametrize("make", [_circular, _too_deep, _roles_in_a_circle])
def test_tags_that_do_not_hold_together_are_left_and_said(tmp_path: Path, make: Any) -> None:
    made = built(tmp_path / "out.pdf", (item("1", saved(make()), ours()),))
    assert [where.pdfua for where in made.pages] == [False, True]
    assert "one paragraph" in made.problems[0].message
    with opened(tmp_path / "out.pdf") as pdf:
        assert pdf.pages[2].obj.Contents[3].read_bytes().count(b"BDC") == 0


def test_ten_thousand_nested_bookmarks_do_no_harm(tmp_path: Path) -> None:
    made = built(tmp_path / "out.pdf", (item("1", saved(with_outline(drawn(), 10_000))),))
    assert made.count == 3
    opened(tmp_path / "out.pdf").close()


def test_links_by_name_are_made_explicit_and_acting_ones_taken_out(tmp_path: Path) -> None:
    source = drawn(pages=3)
    goal = Array([source.pages[2].obj, Name.XYZ, 10, 20, None])
    source.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("end"), goal])))
    source.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    box = Array([90, 390, 200, 410])
    actions = (
        Dictionary(S=Name.GoTo, D=String("end")),
        Dictionary(S=Name.JavaScript, JS=String("app.alert(2)")),
        Dictionary(S=Name.Launch, F=String("calc.exe")),
        Dictionary(S=Name.URI, URI=String("javascript:alert(3)")),
        Dictionary(S=Name.URI, URI=String("https://example.org/a")),
    )
    notes = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action) for action in actions]
    source.pages[0].obj.Annots = Array([source.make_indirect(note) for note in notes])
    built(tmp_path / "out.pdf", (item("1", saved(source)),))
    with opened(tmp_path / "out.pdf") as pdf:
        found = list(pdf.pages[2].obj.Annots)
        assert found[0].Dest[0].objgen == pdf.pages[4].obj.objgen
        assert [("/A" in note, "/Dest" in note) for note in found[1:]] == [(False, False)] * 3 + [
            (True, False)
        ]
    data = (tmp_path / "out.pdf").read_bytes()
    assert b"JavaScript" not in data


def test_comments_go_with_their_tags_and_their_authors(tmp_path: Path) -> None:
    source = tagged()
    note = source.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Text,
            Rect=Array([1, 1, 9, 9]),
            T=String("A. Clerk"),
            Contents=String("Really?"),
        )
    )
    source.pages[0].obj.Annots = Array([note])
    held = Dictionary(Type=Name.OBJR, Obj=note, Pg=source.pages[0].obj)
    source.Root.StructTreeRoot.K.K.append(source.make_indirect(Dictionary(S=Name.Span, K=held)))
    source.docinfo["/Author"] = "A. Clerk"
    made = built(tmp_path / "out.pdf", (item("1", saved(source)),))
    assert "A comment was left out" in made.problems[0].message
    with opened(tmp_path / "out.pdf") as pdf:
        words = [
            str(v)
            for o in pdf.objects
            if isinstance(o, Dictionary)
            for v in o.as_dict().values()
            if isinstance(v, String)
        ]
    assert not any("Clerk" in said or "Really" in said for said in words)


def test_hidden_layers_stay_hidden_and_forms_are_shown_as_answered(tmp_path: Path) -> None:
    source = drawn()
    layers = [source.make_indirect(Dictionary(Type=Name.OCG, Name=String(n))) for n in ("Seen", "Hidden")]
    source.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array([layers[1]])))
    source.pages[0].obj.Resources.Properties = Dictionary(MC0=layers[0], MC1=layers[1])
    box = Array([90, 390, 200, 410])
    field = source.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Yes"), Rect=box
        )
    )
    source.pages[0].obj.Annots = Array([field])
    source.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=String("x"))
    built(tmp_path / "out.pdf", (item("1", saved(source)),))
    with opened(tmp_path / "out.pdf") as pdf:
        off = pdf.Root.OCProperties.D.OFF
        assert [str(group.Name) for group in off] == ["Hidden"]
        answered = pdf.Root.AcroForm.Fields[0]
        assert answered.objgen == pdf.pages[2].obj.Annots[0].objgen
        assert int(answered.Ff) & 1
        assert list(pdf.Root.AcroForm.keys()) == ["/Fields"]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: saved(drawn(), encryption=Encryption(owner="a", user="b")), "encrypted"),
        (lambda: saved(drawn(), encryption=Encryption(owner="a", user="")), "encrypted"),
        (lambda: ours()[:20_000], "damaged"),
        (lambda: sample()[:9_000], "damaged"),
        (lambda: b"", "damaged"),
        (lambda: b"%PDF-1.7\n" + b"\xff" * 5000, "damaged"),
        (lambda: saved(Pdf.new()), "no pages"),
    ],
)
def test_what_cannot_be_put_in_is_refused_by_name_and_leaves_nothing(
    tmp_path: Path, make: Any, why: str
) -> None:
    (tmp_path / "out.pdf").write_bytes(b"as it was")
    with pytest.raises(Refused, match=f"Appendix A: Delivery of the plan.*{why}"):
        built(tmp_path / "out.pdf", (item("1", ours(), make()),))
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]
    assert (tmp_path / "out.pdf").read_bytes() == b"as it was"


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    items = (PackItem("1", "One", papers=(PackPaper("Paper", "Lost", tmp_path / "no.pdf"),)),)
    with pytest.raises(Refused, match="Paper: Lost: its file cannot be read"):
        build_pack(COVER, items, tmp_path / "out.pdf", at=AT)


def test_a_build_stopped_half_way_leaves_no_half_file(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(tmp_path / "out.pdf", (item("1", ours(), ours()),), progress=stop)
    assert list(tmp_path.iterdir()) == []
