"""Taking a paper in: its pages stamped, its tags, ids and keys brought into the pack without clash."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from goldthread.files.pack.joining import Joining
from goldthread.files.pack.plain import Plain, bodies
from goldthread.files.pack.stamps import Box, Sheet, Stamp, folio, frame
from goldthread.files.pack.tokens import (
    NESTED,
    REFERENCE,
    STRING,
    NotPlain,
    dictionary,
    entries,
    number,
    string_value,
    text,
)

Rewrite = Callable[[bytes], bytes]
_SIMPLE = re.compile(rb"([1-9][0-9]*+ 0 R)(?!\w)")
_MARKED = re.compile(
    rb"(/(?:ID ?"
    + STRING
    + rb"|Headers ?\[(?:\s*"
    + STRING
    + rb")*+\s*+\]|StructParents? \d+)|"
    + NESTED
    + rb"|\()",
    re.DOTALL,
)
_NEVER = b"\x00"
_ROLE = re.compile(rb"/S ?(/[^\s()<>\[\]{}/%]++)")
_FONTS = re.compile(rb"/Font ?<<")
_ID = re.compile(rb"/ID ?(<[0-9a-f]*>|\([^()\\]*\))")
_AS_IN_A_FILE = b"0 0 obj\n%b\nendobj\n"
_STRINGS = re.compile(STRING, re.DOTALL)
_KEPT = (b"Annots", b"StructParents", b"Tabs", b"Group", b"Rotate", b"UserUnit")
_SEEN = (b"MediaBox", b"CropBox", b"Rotate", b"UserUnit")
_RUN = 128
_DEEP = 32


def _same(body: bytes) -> bytes:
    return body


def take(
    joining: Joining,
    plain: Plain,
    stamps: Sequence[Stamp],
    *,
    part: int,
    title: str,
    lang: str,
    clear: bool,
    rewrite: Rewrite = _same,
) -> tuple[int, tuple[int, ...]]:
    """Bring in a paper whose pages get these stamps; the number of its element, and those of its pages.

    ``clear`` says that nothing is printed where stamps go; otherwise each page is given strips
    above and below. ``rewrite`` has the last word on every object that is no stream.
    """
    taking = _Taking(joining, plain, clear, rewrite)
    article = joining.sheaf.reserve()
    tops = taking.structure(article)
    words = b"<</Type/StructElem/S/Art/P %d 0 R/T%b/Lang%b/K[%b]>>"
    held = b" ".join(b"%d 0 R" % top for top in tops)
    joining.sheaf.put(article, words % (part, text(title), text(lang), held))
    return article, taking.objects(stamps)


class _Taking:
    """One paper on its way into the pack."""

    def __init__(self, joining: Joining, plain: Plain, clear: bool, rewrite: Rewrite) -> None:
        self._joining, self._plain, self._clear, self._rewrite = joining, plain, clear, rewrite
        self._sheaf, self._tree = joining.sheaf, joining.tree
        self._prefix = b"%03d-" % len(self._tree.ids)
        self._ids: list[tuple[bytes, int]] = []
        self._tree.ids.append(self._ids)
        self._struct = plain.entries(plain.root[b"StructTreeRoot"])
        self._nums = dict(self._pairs(self._struct.get(b"ParentTree", b"<<>>")))
        self._base = self._tree.next_key
        self._tree.next_key += max(self._nums, default=-1) + 1
        left_out = self._left_out()
        self._apart = {*left_out, *plain.pages}
        kept = [number for number in plain if number not in left_out]
        now = range(self._sheaf.reserve(len(kept)), self._sheaf.reserve(0))
        self._now = dict(zip(kept, now, strict=True))
        said = b"%d 0 R".__mod__
        self._table = dict(zip(map(said, kept), map(said, now), strict=True))
        self._resources: dict[bytes, tuple[bytes, tuple[bytes, bytes]]] = {}
        self._frames: dict[tuple[Sheet, str, str, tuple[bytes, bytes]], int] = {}
        self._sheets: dict[tuple[bytes, ...], tuple[Sheet, bytes, Box | None]] = {}
        self._renamed = self._roles()

    def _roles(self) -> dict[bytes, bytes]:
        """Add this paper's roles to the pack's; one that means something else elsewhere gets a new name."""
        own = self._plain.entries(self._struct.get(b"RoleMap", b"<<>>"))
        known = self._tree.roles
        renamed = {
            b"/" + role: b"/%b-%b" % (self._prefix[:-1], role)
            for role, to in own.items()
            if known.get(role, to) != to
        }
        for role, to in own.items():
            known[renamed.get(b"/" + role, b"/" + role)[1:]] = renamed.get(to, to)
        return renamed

    def _left_out(self) -> set[int]:
        plain = self._plain
        found = {*plain.nodes, *plain.outline_objects}
        holders = (plain.trailer, b"Root"), (plain.trailer, b"Info"), (plain.root, b"Metadata")
        trees = (plain.root, b"StructTreeRoot"), (self._struct, b"IDTree"), (self._struct, b"ParentTree")
        maps = (self._struct, b"RoleMap"), (plain.root, b"ViewerPreferences"), (plain.root, b"MarkInfo")
        for held, key in (*holders, *trees, *maps):
            reference = REFERENCE.fullmatch(held.get(key, b""))
            if reference:
                found.add(int(reference[1]))
        return found

    def _pairs(self, value: bytes, depth: int = 0) -> list[tuple[int, bytes]]:
        if depth > _DEEP:
            raise NotPlain("a tree of numbers that does not end")
        node = self._plain.entries(value)
        found: list[tuple[int, bytes]] = []
        for kid in self._plain.values(node[b"Kids"]) if b"Kids" in node else ():
            found.extend(self._pairs(kid, depth + 1))
        nums = self._plain.values(node[b"Nums"]) if b"Nums" in node else []
        found.extend((int(key), held) for key, held in zip(nums[::2], nums[1::2], strict=True))
        return found

    def structure(self, article: int) -> list[int]:
        """Bring over the tree's top elements under an article, and the way back from pages to elements."""
        top = self._plain.resolved(self._struct.get(b"K", b"[]"))
        tops = self._plain.values(top) if top.startswith(b"[") else [self._struct[b"K"]]
        found = []
        for value in tops:
            reference = REFERENCE.fullmatch(value)
            if reference is None:
                raise NotPlain("a top element that is no object of its own")
            held = self._plain.entries(value)
            held[b"P"] = b""
            now = self._now.pop(int(reference[1]))
            self._apart.add(int(reference[1]))
            words = {
                key: self._edited(b"/%b %b" % (key, value)) for key, value in held.items() if key != b"P"
            }
            element = b"<<%b/P %d 0 R>>" % (b"".join(words.values()), article)
            self._written([now], _AS_IN_A_FILE % element)
            found.append(now)
        if self._nums:
            first, last = min(self._nums) + self._base, max(self._nums) + self._base
            pairs = b" ".join(
                b"%d %b" % (key + self._base, self._edited(held)) for key, held in sorted(self._nums.items())
            )
            made = self._sheaf.add(b"<</Limits[%d %d]/Nums[%b]>>" % (first, last, pairs))
            self._tree.parents.append((first, last, made))
        return found

    def objects(self, stamps: Sequence[Stamp]) -> tuple[int, ...]:
        """Bring over the pages with their stamps, and everything else; the numbers of the pages."""
        for page, stamp in zip(self._plain.pages, stamps, strict=True):
            self._page(page, stamp)
        self._around()
        pages = frozenset(self._plain.pages)
        for run, found in self._plain.runs(self._apart, 1 if self._renamed else _RUN):
            if found:
                numbers = [self._now[old] for old in run]
                self._written(numbers, self._rewrite(self._run(found)))
            elif run[0] in self._now and run[0] not in pages:
                words, data = self._plain.parts(run[0])
                if data is None:
                    self._written([self._now[run[0]]], self._rewrite(_AS_IN_A_FILE % self._edited(words)))
                else:
                    self._sheaf.put_stream(self._now[run[0]], self._edited(words), data)
        return tuple(self._now[page] for page in self._plain.pages)

    def _run(self, found: bytes) -> bytes:
        """A run of objects, edited; the usual case, where its only strings are ids and headers, is faster."""
        strings = found.count(b"(")
        if strings and b"\\" not in found and b"/StructParent" not in found:
            named = found.count(b"/ID("), found.count(b"/Headers[("), found.count(b")(")
            if strings == sum(named):
                for mark in (b"/ID(", b"/Headers[(", b")("):
                    found = found.replace(mark, mark + self._prefix)
                return self._referred(found)
        return self._edited(found)

    def _written(self, numbers: list[int], run: bytes) -> None:
        """Write objects that are no streams, and remember their ids."""
        found = bodies(run, len(numbers))
        if b"/ID" in run:
            for now, body in zip(numbers, found, strict=True):
                if b"/ID" in body:
                    self._ids.extend((string_value(name), now) for name in _ID.findall(body))
        self._sheaf.put_all(numbers, found)

    def _around(self) -> None:
        """What belongs to the whole file: the fields of forms, and layers shown or hidden."""
        root, joining = self._plain.root, self._joining
        form = self._plain.entries(root.get(b"AcroForm", b"<<>>"))
        layers = self._plain.entries(root.get(b"OCProperties", b"<<>>"))
        for held, key, into in (
            (form, b"Fields", joining.fields),
            (layers, b"OCGs", joining.layers),
            (layers, b"OFF", joining.hidden),
        ):
            into.extend(self._edited(value) for value in self._plain.values(held.get(key, b"[]")))

    def _page(self, old: int, stamp: Stamp) -> None:
        page = self._plain.entries(b"%d 0 R" % old)
        kept = b"".join(b"/%b %b" % (key, page[key]) for key in _KEPT if key in page)
        sheet, boxes, clip = self._sheet(page)
        resources, names = self._with_fonts(page[b"Resources"])
        alike = (sheet, stamp.item, stamp.marking, names)
        if alike not in self._frames:
            self._frames[alike] = self._sheaf.add_stream(frame(*alike))
        made = self._sheaf.add_stream(folio(sheet, stamp.page, names, clip))
        own = self._contents(page.get(b"Contents", b"[]"))
        words = b"<</Type/Page/Parent %d 0 R%b%b/Resources %b/Contents[%d 0 R %d 0 R %b]>>" % (
            self._joining.page_tree,
            self._rewrite(self._edited(kept)),
            boxes,
            resources,
            self._frames[alike],
            made,
            own,
        )
        self._sheaf.put(self._now[old], words)

    def _contents(self, value: bytes) -> bytes:
        held = self._plain.resolved(value) if REFERENCE.fullmatch(value) else value
        parts = self._plain.values(held) if held.startswith(b"[") else [value]
        return self._edited(b" ".join(parts))

    def _sheet(self, page: dict[bytes, bytes]) -> tuple[Sheet, bytes, Box | None]:
        """A page as it will be seen, its boxes as written, and what its own content is kept within."""
        said = tuple(page.get(key, b"") for key in _SEEN)
        if said not in self._sheets:
            self._sheets[said] = self._reckoned(page)
        return self._sheets[said]

    def _reckoned(self, page: dict[bytes, bytes]) -> tuple[Sheet, bytes, Box | None]:
        whole = self._plain.box(page, b"MediaBox") or (0, 0, 595, 842)
        crop = self._plain.box(page, b"CropBox") or whole
        seen = (
            max(whole[0], crop[0]),
            max(whole[1], crop[1]),
            min(whole[2], crop[2]),
            min(whole[3], crop[3]),
        )
        if seen[0] >= seen[2] or seen[1] >= seen[3]:
            seen = whole
        turned = int(float(self._plain.resolved(page.get(b"Rotate", b"0")))) % 360
        unit = float(self._plain.resolved(page.get(b"UserUnit", b"1")))
        sheet = Sheet(seen, turned, unit)
        if self._clear:
            cropped = b"/CropBox%b" % _array(seen) if seen != whole else b""
            return sheet, b"/MediaBox%b%b" % (_array(whole), cropped), None
        sheet = sheet.with_bands()
        box = _array(sheet.box)
        return sheet, b"/MediaBox%b/CropBox%b" % (box, box), seen

    def _with_fonts(self, value: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
        """The page's resources with the stamps' fonts among them, and what those are called there."""
        if value in self._resources:
            return self._resources[value]
        held = self._plain.resolved(value)
        names = tuple(_unused(b"Stamp%d" % made, held) for made in self._joining.fonts)
        added = b"".join(
            b"/%b %d 0 R" % (name, made) for name, made in zip(names, self._joining.fonts, strict=True)
        )
        edited = self._edited(held)
        if len(_FONTS.findall(edited)) == 1:
            words = _FONTS.sub(lambda found: found[0] + added, edited)
        else:
            found = entries(held)
            fonts = self._plain.entries(found.pop(b"Font", b"<<>>"))
            words = self._edited(dictionary(found))[:-2] + b"/Font" + self._edited(dictionary(fonts))[:-2]
            words += added + b">>>>"
        reference = REFERENCE.fullmatch(value)
        now = self._now.pop(int(reference[1]), 0) if reference else 0
        if reference:
            self._apart.add(int(reference[1]))
        now = now or self._sheaf.reserve()
        self._sheaf.put(now, words)
        self._resources[value] = (b"%d 0 R" % now, (names[0], names[1]))
        return self._resources[value]

    def _edited(self, body: bytes) -> bytes:
        """A piece of syntax with references, keys, ids and headers as they are in the pack."""
        if self._renamed and b"/StructElem" in body:
            body = _ROLE.sub(lambda found: b"/S" + self._renamed.get(found[1], found[1]), body)
        if not _is_marked(body):
            return self._referred(body)
        parts = _MARKED.split(body)
        parts[::2] = self._referred(_NEVER.join(parts[::2])).split(_NEVER)
        known = self._table.get
        parts[1::2] = [known(part) or self._careful(part) for part in parts[1::2]]
        return b"".join(parts)

    def _referred(self, syntax: bytes) -> bytes:
        """Syntax without strings, its references as they are in the pack."""
        parts = _SIMPLE.split(syntax)
        known = self._table.get
        parts[1::2] = [known(part, b"null") for part in parts[1::2]]
        return b"".join(parts)

    def _careful(self, part: bytes) -> bytes:
        """A string as it is, or a key, an id or headers as they are in the pack."""
        if part == b"(":
            raise NotPlain("brackets in words, too deep")
        if part.startswith(b"("):
            return part
        if part.startswith(b"/Struct"):
            key, _, place = part.partition(b" ")
            return b"%b %d" % (key, int(place) + self._base)
        if part.startswith(b"/ID"):
            return b"/ID<%b>" % _hex(self._prefix + string_value(part[3:].lstrip()))
        if part.startswith(b"/Headers"):
            self._table[part] = _STRINGS.sub(self._prefixed, part)
            return self._table[part]
        raise NotPlain("words where there should be none")

    def _prefixed(self, found: re.Match[bytes]) -> bytes:
        return b"<%b>" % _hex(self._prefix + string_value(found[0]))


def _hex(said: bytes) -> bytes:
    return said.hex().encode("ascii")


def _is_marked(words: bytes) -> bool:
    """Whether more than references may have to change, or must not be taken for references."""
    return b"(" in words or b"/StructParent" in words or b"/Headers" in words or b"/ID" in words


def _unused(name: bytes, held: bytes) -> bytes:
    """A name that does not stand in some resources yet."""
    while b"/" + name in held:
        name += b"x"
    return name


def _array(box: Box) -> bytes:
    return b"[%b]" % b" ".join(map(number, box))
