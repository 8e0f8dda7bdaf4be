"""Small PDFs drawn by hand: a page of 300 by 200 points in Helvetica."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name

SIZE = (300, 200)
Finish = Callable[[pikepdf.Pdf], None]


def words(said: str, x: int = 20, y: int = 100, *, size: int = 12, before: str = "") -> str:
    """Words at a place; ``before`` are operators such as a colour or a way of showing them."""
    return f"BT {before} /F1 {size} Tf {x} {y} Td ({said}) Tj ET\n"


def box(x: int = 10, y: int = 90, width: int = 200, height: int = 30, *, fill: str = "0 g") -> str:
    """A filled rectangle; by default a black one that covers ``words`` where they usually stand."""
    return f"q {fill} {x} {y} {width} {height} re f Q\n"


def pdf(*pages: str, finish: Finish | None = None) -> bytes:
    """A PDF of pages with these contents, last changed by ``finish``."""
    made = pikepdf.new()
    for contents in pages or (words("The board is asked to note the report."),):
        page = made.add_blank_page(page_size=SIZE)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = made.make_stream(contents.encode("latin-1"))
    if finish is not None:
        finish(made)
    held = io.BytesIO()
    made.save(held, deterministic_id=True, compress_streams=False)
    return held.getvalue()


def picture(made: pikepdf.Pdf, shade: int = 0, *, inked: bool = False) -> pikepdf.Stream:
    """A picture of one grey, or of fine black stripes on it where it is inked."""
    width, height = (150, 100) if inked else (2, 2)
    row = bytes([0, shade] * (width // 2)) if inked else bytes([shade] * width)
    return made.make_stream(
        row * height,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )


def with_picture(shade: int = 0, *, inked: bool = False) -> Finish:
    """Give every page a picture named ``Im``."""

    def finish(made: pikepdf.Pdf) -> None:
        held = picture(made, shade, inked=inked)
        for page in made.pages:
            page.obj.Resources.XObject = Dictionary(Im=held)

    return finish


def annotated(**entries: object) -> Finish:
    """Put an annotation over the usual place of words on the first page."""

    def finish(made: pikepdf.Pdf) -> None:
        rectangle = entries.pop("Rect", [10, 90, 210, 120])
        held = Dictionary(Type=Name.Annot, Rect=Array(rectangle), **entries)
        annotation = made.make_indirect(held)
        made.pages[0].obj.Annots = Array([annotation])
        if held.Subtype == Name.Widget:
            made.Root.AcroForm = Dictionary(Fields=Array([annotation]))

    return finish


def added(made: bytes, number: int, thing: str) -> bytes:
    """The file with one object changed by adding to its end, as programs do when they save quickly."""
    before = made.rindex(b"startxref")
    table = int(made[before + 9 :].split()[0])
    place = len(made)
    new = f"{number} 0 obj\n{thing}\nendobj\n".encode("latin-1")
    trailer = made[made.rindex(b"trailer") + 7 : before].strip().decode("latin-1")
    trailer = trailer.removesuffix(">>") + f" /Prev {table} >>"
    end = (
        f"xref\n{number} 1\n{place:010} 00000 n \ntrailer\n{trailer}\nstartxref\n{place + len(new)}\n%%EOF\n"
    )
    return made + new + end.encode("latin-1")
