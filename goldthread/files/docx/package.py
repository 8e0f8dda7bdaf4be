"""The parts of a Word file and the relationships that join them."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from lxml import etree

from goldthread.files.docx.lean import lean
from goldthread.files.docx.names import PKG
from goldthread.files.gate import Gate
from goldthread.files.refused import Refused
from goldthread.files.xml import as_utf8, parse

MAX_RELATIONSHIPS = 20_000


class Relationship(NamedTuple):
    """Where a part points: the last word of its type, its target, and whether that is outside."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word file's parts by name, parsed on demand."""

    def __init__(self, gate: Gate) -> None:
        """Find the main part. Raises Refused where there is none."""
        self.gate = gate
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._names = {name.casefold(): name for name in gate.names}
        self.main = self._main()

    def _main(self) -> str:
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and not relationship.external:
                name = self.name(relationship.target)
                if name:
                    return name
        if "word/document.xml" in self.gate:
            return "word/document.xml"
        raise Refused(
            "It is a zip file but not a Word document.",
            "Upload the .docx itself, not a folder or another kind of file.",
        )

    def name(self, target: str) -> str:
        """The name under which the zip holds a part, or an empty string where it does not."""
        return self._names.get(target.casefold(), "")

    def relationships(self, part: str) -> dict[str, Relationship]:
        """A part's relationships by id; targets inside the file are full part names."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> dict[str, Relationship]:
        folder, _, leaf = part.rpartition("/")
        name = self.name(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found: dict[str, Relationship] = {}
        if not name:
            return found
        for element in self.xml(name).iterchildren(PKG + "Relationship"):
            if len(found) >= MAX_RELATIONSHIPS:
                raise Refused("One of its parts points to too many others.", "Save it again in Word.")
            external = element.get("TargetMode", "").lower() == "external"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join(folder, target.split("#")[0])).removeprefix("/")
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            found[element.get("Id", "")] = Relationship(kind, target, external)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The names of the parts that a part points to by a kind of relationship, as they come."""
        found = (
            self.name(relationship.target)
            for relationship in self.relationships(part).values()
            if relationship.kind == kind and not relationship.external
        )
        return [name for name in dict.fromkeys(found) if name]

    def xml(self, name: str) -> etree._Element:
        """The root of one part."""
        return parse(self.gate.read(name), name)

    def story(self, name: str) -> etree._Element:
        """The root of a part that holds words, without run properties that say nothing."""
        return parse(lean(as_utf8(self.gate.read(name), name)), name)
