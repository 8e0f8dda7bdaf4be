"""The pack as it grows: its parts, its structure tree, its fonts, and what papers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goldthread.files.pack.sheaf import Sheaf
from goldthread.files.pack.stamps import BOLD, REGULAR
from goldthread.files.pack.tokens import dictionary, text
from goldthread.files.pack.typeface import font_objects, typeface


@dataclass(slots=True)
class Tree:
    """The structure tree as it grows: what it holds, how keys run on, ids and roles so far."""

    parts: list[int] = field(default_factory=list)
    next_key: int = 0
    parents: list[tuple[int, int, int]] = field(default_factory=list)
    ids: list[list[tuple[bytes, int]]] = field(default_factory=list)
    roles: dict[bytes, bytes] = field(default_factory=dict)


class Joining:
    """A pack being put together in a sheaf; ``take`` brings its papers in."""

    def __init__(self, sheaf: Sheaf) -> None:
        self.sheaf = sheaf
        self.page_tree, self.document, self.struct_root = sheaf.reserve(), sheaf.reserve(), sheaf.reserve()
        self.tree = Tree()
        self.fields: list[bytes] = []
        self.layers: list[bytes] = []
        self.hidden: list[bytes] = []
        self.fonts = tuple(self._font(name) for name in (REGULAR, BOLD))

    def _font(self, name: str) -> int:
        first = self.sheaf.reserve(5)
        for place, made in enumerate(font_objects(typeface(name), first)):
            if isinstance(made, bytes):
                self.sheaf.put(first + place, made)
            else:
                self.sheaf.put_stream(first + place, *made)
        return first

    def part(self) -> int:
        """Begin a part of the pack, such as an agenda item; the number of its element."""
        made = self.sheaf.reserve()
        self.tree.parts.append(made)
        return made

    def finish_part(self, made: int, title: str, kids: Sequence[int]) -> None:
        """Write a part with what it came to hold."""
        words = b"<</Type/StructElem/S/Part/P %d 0 R/T%b/K[%b]>>"
        held = b" ".join(b"%d 0 R" % kid for kid in kids)
        self.sheaf.put(made, words % (self.document, text(title), held))

    def finish_tree(self, title: str, lang: str) -> None:
        """Write the document's element, and the root of the structure tree."""
        sheaf, tree = self.sheaf, self.tree
        held = b" ".join(b"%d 0 R" % part for part in tree.parts)
        words = b"<</Type/StructElem/S/Document/P %d 0 R/T%b/Lang%b/K[%b]>>"
        sheaf.put(self.document, words % (self.struct_root, text(title), text(lang), held))
        parents = b" ".join(b"%d 0 R" % made for _, _, made in tree.parents)
        named = [self._names(sorted(found)) for found in tree.ids if found]
        names = b" ".join(b"%d 0 R" % made for made in named)
        sheaf.put(
            self.struct_root,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Kids[%b]>>/ParentTreeNextKey %d/RoleMap%b%b>>"
            % (
                self.document,
                parents,
                tree.next_key,
                dictionary(tree.roles),
                b"/IDTree<</Kids[%b]>>" % names if names else b"",
            ),
        )

    def _names(self, found: list[tuple[bytes, int]]) -> int:
        pairs = b"".join(b"<%b>%d 0 R" % (name.hex().encode(), made) for name, made in found)
        return self.sheaf.add(
            b"<</Limits[<%b><%b>]/Names[%b]>>"
            % (found[0][0].hex().encode(), found[-1][0].hex().encode(), pairs)
        )

    def finish_pages(self, pages: Sequence[int]) -> None:
        """Write the page tree with the pages in their order."""
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        self.sheaf.put(self.page_tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids))
