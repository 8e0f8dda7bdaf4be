"""The tags of someone else's PDF: kept where they hold together, and said so where they do not."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

ObjectId = tuple[int, int]
_DEEPEST, _MOST = 200, 400_000
_KINDS = (
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 "
    "/H2 /H3 /H4 /H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note "
    "/Reference /BibEntry /Code /Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form "
)
_NAMED = frozenset(_KINDS.split())
_LATER = {
    "/DocumentFragment": "/Sect",
    "/Aside": "/Sect",
    "/Title": "/P",
    "/Sub": "/Span",
    "/Em": "/Span",
    "/Strong": "/Span",
    "/FENote": "/Note",
}


class Untagged(Exception):
    """The tags cannot be kept; why, as a sentence without its full stop."""


class Tags:
    """The structure tree of a PDF, walked once and put into a form that can be joined to others."""

    def __init__(self, pdf: Pdf, pages: set[ObjectId], gone: set[ObjectId]) -> None:
        self._pdf, self._pages, self._gone = pdf, pages, gone
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary) or not pdf.Root.get("/MarkInfo", Dictionary()).get(
            "/Marked", False
        ):
            raise Untagged("It has no tags")
        self._root = root
        self._roles = self._role_map()
        self._seen: set[ObjectId] = set()
        self._count = 0
        self._keys: set[int] = set()

    def _role_map(self) -> dict[str, str]:
        """Every custom role to a standard one, those of PDF 2.0 and its namespaces among them."""
        stated: dict[str, Any] = {}
        spaces = self._root.get("/Namespaces")
        for space in spaces if isinstance(spaces, Array) else ():
            roles = space.get("/RoleMapNS") if isinstance(space, Dictionary) else None
            stated.update(roles.items() if isinstance(roles, Dictionary) else ())
        own = self._root.get("/RoleMap")
        stated.update(own.items() if isinstance(own, Dictionary) else ())
        named = {key: str(to[0] if isinstance(to, Array) and len(to) else to) for key, to in stated.items()}
        return {key: self._standard(key, named) for key in named if key not in _NAMED}

    def _standard(self, role: str, named: dict[str, str]) -> str:
        for _ in range(32):
            if role in _NAMED:
                return role
            role = named.get(role) or _LATER.get(role, "/Span")
        raise Untagged("Its kinds of tag are defined in a circle")

    def kept(self) -> None:
        """Put the tree in order. Raises Untagged where it does not hold together."""
        tops = [self._own(top) for top in self._kids(self._root)]
        waiting = [(top, 1, int(self._headed(tops))) for top in reversed(tops)]
        while waiting:
            element, depth, level = waiting.pop()
            self._count += 1
            if depth > _DEEPEST or self._count > _MOST:
                raise Untagged("Its tags are nested too deep, or are too many")
            if element.is_indirect and element.objgen in self._seen:
                raise Untagged("Its tags run in a circle")
            self._seen.add(element.objgen)
            self._element(element, level)
            kids = self._kids(element)
            below = level + self._headed(kids)
            waiting.extend((kid, depth + 1, below) for kid in reversed(kids))
        if not tops:
            raise Untagged("It has no tags")
        self._close(tops)

    def _own(self, element: Object) -> Any:
        return element if element.is_indirect else self._pdf.make_indirect(element)

    def _headed(self, kids: list[Any]) -> bool:
        return any(self._role(kid) == "/H" for kid in kids)

    def _role(self, element: Any) -> str:
        role = str(element.get("/S", ""))
        return self._roles.get(role, role)

    def _kids(self, element: Any) -> list[Any]:
        """The elements directly below, once what is gone has been taken from among them."""
        held = element.get("/K")
        listed = list(held) if isinstance(held, Array) else [] if held is None else [held]
        kept = [kid for kid in listed if not self._is_gone(kid)]
        if len(kept) != len(listed):
            element.K = Array(kept)
        return [kid for kid in kept if isinstance(kid, Dictionary) and "/S" in kid]

    def _is_gone(self, kid: Any) -> bool:
        if not isinstance(kid, Dictionary):
            return False
        goal = kid.get("/Obj")
        page = kid.get("/Pg")
        lost = isinstance(page, Dictionary) and page.objgen not in self._pages
        return lost or (isinstance(goal, Dictionary) and goal.objgen in self._gone)

    def _element(self, element: Any, level: int) -> None:
        role = str(element.get("/S", ""))
        if role not in _NAMED and role not in self._roles:
            self._roles[role] = self._standard(role, {})
        element.Type = Name.StructElem
        if self._role(element) == "/H":
            element.S = Name(f"/H{min(level, 6)}")
        page = element.get("/Pg")
        if isinstance(page, Dictionary) and page.objgen not in self._pages:
            raise Untagged("Its tags point to pages that are not there")
        self._attributes(element)
        for key in ("/C", "/NS", "/AF", "/R", "/Ref", "/PhoneticAlphabet", "/Phoneme"):
            if key in element:
                del element[key]

    def _attributes(self, element: Any) -> None:
        """Write out the attributes that a class gives, and leave out a producer's own."""
        own = element.get("/A")
        listed = list(own) if isinstance(own, Array) else [] if own is None else [own]
        classes = element.get("/C")
        named = list(classes) if isinstance(classes, Array) else [] if classes is None else [classes]
        known = self._root.get("/ClassMap")
        for name in named:
            given = known.get(str(name)) if isinstance(known, Dictionary) and isinstance(name, Name) else None
            listed.extend(given if isinstance(given, Array) else [] if given is None else [given])
        kept = [a for a in listed if isinstance(a, Dictionary) and a.get("/O") != "/UserProperties"]
        if kept:
            element.A = Array(kept)
        elif own is not None:
            del element["/A"]

    def _close(self, tops: list[Any]) -> None:
        parents = self._parents()
        self._keys = set(parents)
        nums = Array([part for key, held in sorted(parents.items()) for part in (key, held)])
        roles = {key: Name(to) for key, to in sorted(self._roles.items())}
        self._pdf.Root.StructTreeRoot = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array(tops),
                ParentTree=Dictionary(Nums=nums),
                RoleMap=Dictionary(roles),
            )
        )

    def tied(self, held: Any) -> None:
        """Take a page's or annotation's key away where it leads to no element of this file."""
        for name in ("/StructParents", "/StructParent"):
            if name in held and held[name] not in self._keys:
                del held[name]

    def _parents(self) -> dict[int, Any]:
        """The way from pages to elements, as a flat list."""
        found: dict[int, Any] = {}
        waiting, seen = [self._root.get("/ParentTree")], set[ObjectId]()
        while waiting:
            node = waiting.pop()
            if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
                continue
            seen.add(node.objgen)
            waiting.extend(node.get("/Kids", ()))
            listed = list(node.get("/Nums", ()))
            for key, held in zip(listed[::2], listed[1::2], strict=False):
                if isinstance(key, int) and 0 <= key < _MOST:
                    found[key] = held
        if not found:
            raise Untagged("Its tags are not tied to its pages")
        return found
