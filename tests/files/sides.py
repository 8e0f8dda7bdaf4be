"""The words of either side of a redline in HTML, as a browser would find them."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"br", "img"})
INLINE = frozenset({"a", "em", "strong", "sub", "sup", "span", "ins", "del"})
ASIDE = frozenset({"num", "note-mark", "moved-note", "block__kind", "said", "govuk-visually-hidden"})


class Sides(HTMLParser):
    """Parses a fragment: its ids, its links within, and the words of ``old`` and ``new``.

    What is said about the text, and not part of it, is left out: numbers, names of kinds, moves.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.old: list[str] = []
        self.new: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._part(tag)
        aside = bool(ASIDE & set(given.get("class", "").split())) or "aria-hidden" in given or tag == "dt"
        aside = aside or (tag == "section" and given.get("id", "").endswith("-from"))
        if tag not in VOID:
            self.open.append((tag, aside))
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag
        self._part(tag)

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        if any(aside for _, aside in self.open):
            return
        if "ins" not in tags:
            self.old.append(data)
        if "del" not in tags:
            self.new.append(data)

    def _part(self, tag: str) -> None:
        if tag not in INLINE:
            self.old.append(" ")
            self.new.append(" ")
