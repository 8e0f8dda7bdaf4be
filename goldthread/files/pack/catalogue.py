"""What stands around the pages: bookmarks, page labels, metadata and the catalogue itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from goldthread.files.pack.joining import Joining
from goldthread.files.pack.numbering import Number
from goldthread.files.pack.papers import Cover
from goldthread.files.pack.sheaf import Sheaf
from goldthread.files.pack.tokens import text

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate><xmp:MetadataDate>{at}</xmp:MetadataDate>
<pdf:Producer>Goldthread</pdf:Producer>{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_CLAIM = "<pdfuaid:part>1</pdfuaid:part>"


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark of the pack: depth from 0, words, page of the file from 0, and the view of it."""

    depth: int
    title: str
    page: int
    view: bytes = b"/Fit"


@dataclass(slots=True)
class _Node:
    """A bookmark among the others: its number and its neighbours'."""

    number: int
    entry: Entry | None = None
    parent: int = 0
    before: int = 0
    after: int = 0
    first: int = 0
    last: int = 0
    below: int = 0


def catalogue(
    sheaf: Sheaf,
    joining: Joining,
    cover: Cover,
    bookmarks: Sequence[Entry],
    pages: Sequence[int],
    printed: Sequence[Number],
    at: datetime,
    claims: bool,
) -> tuple[int, int]:
    """Write all that is not pages; the numbers of the catalogue and of the information dictionary."""
    title = " – ".join(filter(None, (cover.title, cover.body, cover.variant)))
    outline = _outline(sheaf, bookmarks, pages)
    moment = at.astimezone(UTC)
    claim = _CLAIM if claims else ""
    said = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    xmp = _XMP.format(title=escape(title), lang=escape(cover.lang), at=said, claim=claim).encode("utf-8")
    metadata = sheaf.reserve()
    sheaf.put_stream(metadata, b"<</Type/Metadata/Subtype/XML/Length %d>>" % len(xmp), xmp)
    root = sheaf.add(
        b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/PageLabels<</Nums[%b]>>"
        b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b/Metadata %d 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>%b>>"
        % (
            joining.page_tree,
            outline,
            _labels(printed),
            joining.struct_root,
            text(cover.lang),
            metadata,
            _around(joining),
        )
    )
    stamp = text(moment.strftime("D:%Y%m%d%H%M%SZ"))
    words = b"<</Title%b/Producer(Goldthread)/CreationDate%b/ModDate%b>>"
    return root, sheaf.add(words % (text(title), stamp, stamp))


def _around(joining: Joining) -> bytes:
    """Forms and layers, where any paper has them."""
    found = b""
    if joining.fields:
        found += b"/AcroForm<</Fields[%b]>>" % b" ".join(joining.fields)
    if joining.layers:
        shown = b" ".join(joining.layers), b" ".join(joining.hidden)
        found += b"/OCProperties<</OCGs[%b]/D<</Name(Layers)/OFF[%b]>>>>" % shown
    return found


def _labels(printed: Sequence[Number]) -> bytes:
    """The page labels, so that a viewer says the numbers that are printed."""
    runs = []
    for place, number in enumerate(printed):
        if number.letters:
            runs.append(b"%d<</P%b>>" % (place, text(str(number))))
        elif not place or number != Number(printed[place - 1].whole + 1) or printed[place - 1].letters:
            runs.append(b"%d<</S/D/St %d>>" % (place, number.whole))
    return b" ".join(runs)


def _outline(sheaf: Sheaf, bookmarks: Sequence[Entry], pages: Sequence[int]) -> int:
    """Write the bookmarks as a tree, closed below the items; the number of its root."""
    root = _Node(sheaf.reserve())
    path, nodes = [root], [root]
    for entry in bookmarks:
        del path[entry.depth + 1 :]
        parent = path[-1]
        node = _Node(sheaf.reserve(), entry, parent.number, parent.last)
        if parent.last:
            nodes[parent.last - root.number].after = node.number
        else:
            parent.first = node.number
        parent.last = node.number
        parent.below += 1
        path.append(node)
        nodes.append(node)
    for node in nodes:
        sheaf.put(node.number, _bookmark(node, pages))
    return root.number


def _bookmark(node: _Node, pages: Sequence[int]) -> bytes:
    links = {
        "Parent": node.parent,
        "Prev": node.before,
        "Next": node.after,
        "First": node.first,
        "Last": node.last,
    }
    found = b"".join(b"/%b %d 0 R" % (key.encode("ascii"), to) for key, to in links.items() if to)
    if node.below:
        found += b"/Count %d" % (node.below if node.entry is None else -node.below)
    if node.entry is None:
        return b"<</Type/Outlines%b>>" % found
    entry = node.entry
    return b"<</Title%b/Dest[%d 0 R%b]%b>>" % (
        text(entry.title),
        pages[entry.page],
        _spaced(entry.view),
        found,
    )


def _spaced(view: bytes) -> bytes:
    return view if view.startswith(b"/") else b" " + view
