"""What the structure of a PDF hides: properties, attachments, scripts, remarks, layers, older versions."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.files.hidden.drawn import added, annotated, pdf, words
from tests.files.hidden.test_package import photograph
from tests.files.hidden.told import told

NAME = "paper.pdf"
ASIDE = [0, 0, 9, 9]


def test_a_plain_pdf_hides_nothing() -> None:
    assert told(pdf(), NAME) == {}


def titled(made: pikepdf.Pdf) -> None:
    made.docinfo["/Title"] = "Delivery of the plan"
    made.docinfo["/Producer"] = "Microsoft® Word 2019"
    made.docinfo["/CreationDate"] = "D:20260102030405Z"


def authored(made: pikepdf.Pdf) -> None:
    titled(made)
    made.docinfo["/Author"] = "J. Smith"
    made.docinfo["/Reviewer"] = "P. Jones"
    made.docinfo["/Title"] = r"Microsoft Word - C:\Users\jsmith\Board\paper.docx"


def test_properties() -> None:
    assert told(pdf(finish=titled), NAME) == {}
    found = told(pdf(finish=authored), NAME)
    assert list(found) == ["file-path", "author", "properties"]
    assert found["author"].where == "Author in the properties"
    assert "“J. Smith”" in found["author"].message
    assert "“Reviewer: P. Jones”" in found["properties"].message
    assert "jsmith" in found["file-path"].message


XMP = (
    '<?xpacket begin="" id="a"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/"><dc:creator><rdf:Seq>'
    "<rdf:li>J. Smith</rdf:li></rdf:Seq></dc:creator><pdfx:Company>Anyshire OPCC</pdfx:Company>"
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def test_the_second_set_of_properties() -> None:
    def finish(made: pikepdf.Pdf) -> None:
        made.Root.Metadata = made.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)

    found = told(pdf(finish=finish), NAME)
    assert list(found) == ["author"]
    assert found["author"].where == "the properties (XMP); Company in the properties (XMP)"


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["costs.xlsx"] = b"PK"


def opening(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def named_script(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def thumbnail(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.Thumb = made.make_stream(b"\x00")


def working_data(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.PieceInfo = Dictionary(Illustrator=Dictionary())


def field_without_a_place(made: pikepdf.Pdf) -> None:
    field = made.make_indirect(Dictionary(FT=Name.Tx, T=String("case"), V=String("CR/1234")))
    made.Root.AcroForm = Dictionary(Fields=Array([field]))


def layer(made: pikepdf.Pdf) -> None:
    hidden = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Police comments")))
    shown = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Map")))
    made.Root.OCProperties = Dictionary(OCGs=Array([hidden, shown]), D=Dictionary(OFF=Array([hidden])))


def layers_off_at_first(made: pikepdf.Pdf) -> None:
    layer(made)
    layers = made.Root.OCProperties
    layers.D = Dictionary(BaseState=Name.OFF, ON=Array([layers.OCGs[1]]))


def located(made: pikepdf.Pdf) -> None:
    image = made.make_stream(photograph(2, 4), Subtype=Name.Image, Filter=Name.DCTDecode)
    made.pages[0].obj.Resources.XObject = Dictionary(Im=image)


CARRIED: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str, str]] = {
    "attachment": (attached, "embedded-file", "the attachments", "costs.xlsx"),
    "opening script": (opening, "script", "opening the document", "JavaScript"),
    "named script": (named_script, "script", "the document", "JavaScript"),
    "thumbnail": (thumbnail, "thumbnail", "page 1", "picture"),
    "working data": (working_data, "private-data", "page 1", "working data"),
    "field without a place": (field_without_a_place, "hidden-field", "the field “case”", "CR/1234"),
    "layer": (layer, "hidden-layer", "the list of layers", "“Police comments”"),
    "layers off at first": (layers_off_at_first, "hidden-layer", "the list of layers", "“Police comments”"),
    "photograph": (located, "picture-location", "a photograph on page 1", "taken"),
    "remark": (
        annotated(Subtype=Name.Text, Contents=String("Not true"), T=String("P. Jones"), Rect=ASIDE),
        "comments",
        "page 1",
        "by P. Jones: “Not true”",
    ),
    "redaction not applied": (annotated(Subtype=Name.Redact), "redaction-mark", "page 1", "never applied"),
    "attached to a page": (
        annotated(Subtype=Name.FileAttachment, FS=Dictionary(F=String("names.csv")), Rect=ASIDE),
        "embedded-file",
        "page 1",
        "names.csv",
    ),
    "launch": (
        annotated(
            Subtype=Name.Link,
            A=Dictionary(S=Name.Launch, F=Dictionary(F=String("cmd.exe"))),
            Rect=ASIDE,
        ),
        "script",
        "page 1",
        "Launch cmd.exe",
    ),
    "link to a folder": (
        annotated(
            Subtype=Name.Link,
            A=Dictionary(S=Name.URI, URI=String("file:///S:/Board/a.docx")),
            Rect=ASIDE,
        ),
        "file-path",
        "a link on page 1",
        "S:/Board",
    ),
    "hidden field": (
        annotated(Subtype=Name.Widget, F=2, T=String("case"), V=String("CR/1234"), Rect=ASIDE),
        "hidden-field",
        "page 1, the field “case”",
        "CR/1234",
    ),
}


@pytest.mark.parametrize("way", CARRIED)
def test_what_a_pdf_carries(way: str) -> None:
    finish, code, where, said = CARRIED[way]
    found = told(pdf(finish=finish), NAME)
    assert list(found) == [code]
    assert found[code].where == where
    assert said in found[code].message


@pytest.mark.parametrize(
    "finish",
    [
        annotated(
            Subtype=Name.Link,
            A=Dictionary(S=Name.URI, URI=String("https://example.org/C:/")),
            Rect=ASIDE,
        ),
        annotated(Subtype=Name.Link, Contents=String("The plan"), Rect=ASIDE),
        annotated(Subtype=Name.Widget, F=4, T=String("case"), V=String("shown"), Rect=ASIDE),
    ],
)
def test_what_it_may_carry(finish: Callable[[pikepdf.Pdf], None]) -> None:
    assert told(pdf(finish=finish), NAME) == {}


def test_words_on_a_layer_that_is_off() -> None:
    def finish(made: pikepdf.Pdf) -> None:
        layer(made)
        made.pages[0].obj.Resources.Properties = Dictionary(L=made.Root.OCProperties.OCGs[0])

    off = f"/OC /L BDC {words('Informant Smith')} EMC\n"
    found = told(pdf(words("The board met", y=20) + off, finish=finish), NAME)
    assert list(found) == ["hidden-layer"]
    assert found["hidden-layer"].where == "the list of layers; page 1"
    assert "“Informant Smith”" in found["hidden-layer"].message
    assert "board" not in found["hidden-layer"].message


def contents_of(made: bytes) -> int:
    with pikepdf.open(io.BytesIO(made)) as opened:
        return int(opened.pages[0].obj.Contents.objgen[0])


def test_an_earlier_version_kept_in_the_file() -> None:
    first = pdf(words("Informant Smith"))
    stream = words("Withheld")
    second = added(first, contents_of(first), f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    found = told(second, NAME)
    assert list(found) == ["earlier-version"]
    assert found["earlier-version"].where == "version 1; page 1 changed since"


def test_what_only_adds_is_no_earlier_version() -> None:
    first = pdf()
    assert told(added(first, 900, "<< /Note (nothing refers to this) >>"), NAME) == {}


def test_an_end_inside_an_attachment_is_no_version() -> None:
    def finish(made: pikepdf.Pdf) -> None:
        made.Root.Held = made.make_stream(pdf())

    held = pdf(finish=finish)
    assert held.count(b"%%EOF") == 2
    assert told(held, NAME) == {}
