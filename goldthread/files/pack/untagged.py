"""A PDF without usable tags: each page as one paragraph, or one picture that says it has no words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Pdf,
    Stream,
    String,
    parse_content_stream,
    unparse_content_stream,
)

_OPENING, _CLOSING = {"BDC", "BMC"}, "EMC"
_MARKS = frozenset({"BDC", "BMC", "EMC", "MP", "DP"})


def wrap(pdf: Pdf, name: str, with_words: Collection[int]) -> None:
    """Replace whatever tags there are by one element a page, so that a screen reader has its words at all."""
    _untie(pdf)
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect))
    kids, nums = Array(), Array()
    for place, page in enumerate(pdf.pages):
        words = place in with_words
        element = Dictionary(
            Type=Name.StructElem, S=Name.P if words else Name.Figure, P=top, Pg=page.obj, K=0
        )
        if not words:
            element.Alt = String(f"Page {place + 1} of {name}: a picture without words that can be read")
        made = pdf.make_indirect(element)
        kids.append(made)
        nums.append(place)
        nums.append(pdf.make_indirect(Array([made])))
        page.obj.StructParents = place
        own = _unmarked(pdf, page.obj)
        mark = b"/%b <</MCID 0>> BDC\n" % (b"P" if words else b"Figure")
        page.obj.Contents = Array([pdf.make_stream(mark), *own, pdf.make_stream(b"\nEMC\n")])
    top.K = kids
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([top]),
            ParentTree=Dictionary(Nums=nums),
            RoleMap=Dictionary(),
        )
    )


def _untie(pdf: Pdf) -> None:
    for held in pdf.objects:
        if isinstance(held, Dictionary | Stream):
            for key in ("/StructParent", "/StructParents"):
                if key in held:
                    del held[key]
    for page in pdf.pages:
        for note in page.obj.get("/Annots", ()):
            if "/StructParent" in note:
                del note["/StructParent"]


def _unmarked(pdf: Pdf, page: Any) -> list[Any]:
    """A page's content without the marks that tied it to tags; those of layers stay."""
    contents = page.get("/Contents")
    held = list(contents) if isinstance(contents, Array) else [] if contents is None else [contents]
    streams = [stream for stream in held if isinstance(stream, Stream)]
    if not any(b"MC" in stream.read_bytes() for stream in streams):
        return streams
    kept: list[ContentStreamInstruction] = []
    layers: list[bool] = []
    for step in parse_content_stream(page):
        operator = str(step.operator)
        if operator in _OPENING:
            layers.append(bool(step.operands) and step.operands[0] == "/OC")
        if operator not in _MARKS or (operator in _OPENING and layers[-1]):
            kept.append(step)  # type: ignore[arg-type]
        elif operator == _CLOSING and layers and layers.pop():
            kept.append(ContentStreamInstruction([], Operator("EMC")))
    return [pdf.make_stream(unparse_content_stream(kept))]
