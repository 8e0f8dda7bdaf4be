"""Only a drawing of ours is ever shown or kept as SVG: whatever else a file holds, it is refused."""

from __future__ import annotations

import pytest

from goldthread.files.charts.ours import SVG, form_of, is_ours, size_of
from goldthread.files.charts.svg import NARROW, svg
from goldthread.files.pictures import Pictures
from goldthread.files.word.pictures import blank
from tests.files.charts.samples import burglary, shoplifting

DRAWING = svg(burglary())
HEAD, TAIL = DRAWING[:-6], DRAWING[-6:]
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "style element": "<style>*{fill:red}</style>",
    "style attribute": '<rect width="1" height="1" style="fill:red"/>',
    "handler": '<rect width="1" height="1" onload="alert(1)"/>',
    "link": '<a href="https://example.org"><text x="1" y="1">go</text></a>',
    "picture": '<image width="1" height="1"/>',
    "reference": '<use href="#a"/>',
    "another namespace": '<rect xmlns="http://www.w3.org/1999/xhtml" width="1" height="1"/>',
    "colour that fetches": '<rect width="1" height="1" fill="url(https://example.org/a)"/>',
    "foreign": "<foreignObject></foreignObject>",
    "animation": '<animate attributeName="x"/>',
    "comment": "<!-- a -->",
    "instruction": "<?xml-stylesheet href='a.css'?>",
    "entity": '<text x="1" y="1">&#60;</text>',
    "single quotes": "<rect width='1' height='1'/>",
    "not closed": "<g>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_drawing_with_anything_foreign_in_it_is_not_ours(name: str) -> None:
    assert not is_ours((HEAD + HOSTILE[name] + TAIL).encode())
    assert form_of((HEAD + HOSTILE[name] + TAIL).encode()) == ""


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"<svg/>",
        b'<?xml version="1.0"?>' + DRAWING.encode(),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.encode(),
        DRAWING.encode("utf-16"),
        DRAWING.encode()[:-1],
        DRAWING.encode() + b"<svg/>",
        DRAWING.replace("drawing", "dräwing").encode("latin-1"),
        (HEAD + '<text x="1" y="1">' + "a" * 1_000_001 + "</text>" + TAIL).encode(),
    ],
)
def test_what_only_looks_like_ours_is_refused(image: bytes) -> None:
    assert not is_ours(image)


def test_ours_is_known_with_its_size() -> None:
    for drawing in (DRAWING, svg(shoplifting(), width=NARROW, headed=True, name="a-b")):
        assert is_ours(drawing.encode())
        assert form_of(drawing.encode()) == SVG
    assert size_of(svg(burglary(), width=NARROW).encode())[0] == NARROW
    assert form_of(blank()) == "png"


def test_no_file_brings_an_svg_in_not_even_one_of_ours() -> None:
    seal, why = Pictures().keep(DRAWING.encode())
    assert seal == ""
    assert "PNG, JPEG and GIF" in why
