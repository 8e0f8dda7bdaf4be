"""What one reading of a Word file shares: its package, styles, counters, pictures and warnings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from goldthread.files.docx.names import DEL, INS, MOVE_FROM, MOVE_TO, W
from goldthread.files.docx.numbering import Numbering
from goldthread.files.docx.package import Package
from goldthread.files.docx.styles import Styles
from goldthread.files.pictures import Pictures
from goldthread.files.tree import Change, ChangeKind, View, Warned

CHANGES = {
    INS: ChangeKind.INSERTED,
    DEL: ChangeKind.DELETED,
    MOVE_FROM: ChangeKind.MOVED_FROM,
    MOVE_TO: ChangeKind.MOVED_TO,
}
_GONE = {
    View.FINAL: frozenset({DEL, MOVE_FROM}),
    View.ORIGINAL: frozenset({INS, MOVE_TO}),
    View.ALL: frozenset(),
}
MAX_WARNINGS = 2_000


def change_of(element: etree._Element, kind: ChangeKind | None = None) -> Change:
    """The change that a ``w:ins`` or its like records."""
    by, on = element.get(W + "author", ""), element.get(W + "date", "")
    return Change(kind or CHANGES[element.tag], 0, 0, by[:200], on[:40])


@dataclass(slots=True)
class Shelf:
    """Everything that the modules of one reading pass around."""

    package: Package
    view: View
    styles: Styles
    numbering: Numbering
    pictures: Pictures = field(default_factory=Pictures)
    warnings: dict[Warned, None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    comment_places: dict[str, str] = field(default_factory=dict)
    note_order: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    tracked: bool = False

    def __post_init__(self) -> None:
        """Fix which changes this view leaves out."""
        self.gone = frozenset(_GONE[self.view])

    def warn(self, place: str, message: str, code: str = "") -> None:
        """Keep a warning once; past 2,000 only those that carry words are kept."""
        if len(self.warnings) < MAX_WARNINGS or code in ("hidden-words", "field-words"):
            self.warnings.setdefault(Warned(place, message, code))
