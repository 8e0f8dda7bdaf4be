"""A thread as one picture, which a machine that reads aloud reads as a list.

Each stop is a list item of an SVG that says ``role="list"``: what it shows in lines of words is said
again, whole, as the item's name. All looks are presentation attributes, so it is right under any policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.files.charts.letters import width as width_of
from goldthread.files.charts.sheet import FAMILY, INK, MUTED, NAVY, PAPER, esc, n
from goldthread.thread.stops import Piece, Stop, Thread

WIDTH = 1080.0
GROUND, GOLD, GOLD_INK, EDGE = "#f7f5f0", "#c08a1e", "#75530c", "#ddd8cc"
TONES = {
    "good": ("#e4f1ea", "#1c6844"),
    "warn": ("#fbeedb", "#7f4700"),
    "bad": ("#fae6e3", "#98261f"),
    "calm": ("#e8edf3", NAVY),
    "gold": ("#fbf7ec", GOLD_INK),
}
SERIF = "Source Serif 4,Georgia,serif"
LEFT, SPINE, CARD, PAD = 150.0, 183.0, 216.0, 20.0
ROOM = WIDTH - CARD - 40 - 2 * PAD
PIECES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in a card: its size, colour and weight, and how far below the last it stands."""

    words: str
    size: float
    colour: str
    step: float
    bold: bool = False
    serif: bool = False


def svg_of(thread: Thread) -> str:
    """The whole thread as one SVG document."""
    head = list(_head(thread))
    y = 40.0 + sum(line.step for line in head)
    parts = [_lines(head, 40.0, 40.0)]
    first = y + 34
    cards: list[str] = []
    knots: list[float] = []
    y += 18
    for stop in thread.stops:
        markup, high = _card(stop, y)
        cards.append(markup)
        knots.append(y + 27)
        y += high + 18
    if knots:
        parts.append(f'<path d="M{n(SPINE)} {n(first)}V{n(knots[-1])}" stroke="{GOLD}" stroke-width="3"/>')
    parts.append(f'<g role="list">{"".join(cards)}</g>')
    return _document(thread, "".join(parts), y + 22)


def _document(thread: Thread, inner: str, high: float) -> str:
    title = esc(thread.subject.words)
    desc = esc(described(thread))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(WIDTH)}" height="{n(high)}" '
        f'viewBox="0 0 {n(WIDTH)} {n(high)}" role="group" aria-labelledby="thread-t" '
        f'aria-describedby="thread-d" font-family="{FAMILY}" font-size="16" fill="{INK}">'
        f'<title id="thread-t">{title}</title><desc id="thread-d">{desc}</desc>'
        f'<rect width="{n(WIDTH)}" height="{n(high)}" fill="{GROUND}"/>{inner}</svg>'
    )


def described(thread: Thread) -> str:
    """What the picture shows, in a sentence."""
    counts = ", ".join(f"{kind.lower()} {count}" for kind, count in thread.tally)
    status = f"{thread.status.word}. {thread.status.words}. " if thread.status else ""
    return f"{status}{len(thread.stops)} stops in order of date: {counts}."


def _head(thread: Thread) -> Iterator[Line]:
    status = thread.status
    if status:
        said = ". ".join(filter(None, (status.word, status.words)))
        yield Line(said, 17, TONES[status.tone][1], 26, bold=True)
    words = f"“{thread.subject.words}”" if thread.subject.quoted else thread.subject.words
    for line in wrapped(words, WIDTH - 80, 25):
        yield Line(line, 25, INK, 36, serif=True)
    if thread.subject.facts:
        yield Line(thread.subject.facts, 16, MUTED, 28)


def _lines(lines: list[Line], x: float, y: float) -> str:
    found = []
    for line in lines:
        y += line.step
        weight = ' font-weight="700"' if line.bold else ""
        family = f' font-family="{SERIF}"' if line.serif else ""
        found.append(
            f'<text x="{n(x)}" y="{n(y - line.step * 0.3)}" font-size="{n(line.size)}" fill="{line.colour}"'
            f"{weight}{family}>{esc(line.words)}</text>"
        )
    return f'<g aria-hidden="true">{"".join(found)}</g>' if found else ""


def _card(stop: Stop, y: float) -> tuple[str, float]:
    """One stop: its day, its knot on the thread and its card; and how high the card is."""
    lines = list(_words(stop))
    high = sum(line.step for line in lines) + 2 * PAD - 6
    fill = GOLD if stop.done else GROUND
    tag = _tag(stop, y) if stop.status else ""
    edge, thick = (GOLD, 2) if stop.here else (EDGE, 1)
    return (
        f'<g role="listitem" aria-label="{esc(said(stop))}"><g aria-hidden="true">'
        f'<text x="{n(LEFT)}" y="{n(y + 32)}" text-anchor="end" fill="{MUTED}">{esc(stop.when_words)}</text>'
        f'<circle cx="{n(SPINE)}" cy="{n(y + 27)}" r="8" fill="{fill}" stroke="{GOLD}" stroke-width="3"/>'
        f'<rect x="{n(CARD)}" y="{n(y)}" width="{n(WIDTH - CARD - 40)}" height="{n(high)}" rx="8" '
        f'fill="{PAPER}" stroke="{edge}" stroke-width="{thick}"/></g>'
        f"{_lines(lines, CARD + PAD, y + PAD - 4)}{tag}</g>",
        high,
    )


def _tag(stop: Stop, y: float) -> str:
    ground, ink = TONES[stop.tone]
    wide = width_of(stop.status, 15, bold=True) + 20
    left = WIDTH - 40 - PAD - wide
    return (
        f'<g aria-hidden="true"><rect x="{n(left)}" y="{n(y + 13)}" width="{n(wide)}" height="27" rx="4" '
        f'fill="{ground}"/><text x="{n(left + 10)}" y="{n(y + 32)}" font-size="15" font-weight="700" '
        f'fill="{ink}">{esc(stop.status)}</text></g>'
    )


def _words(stop: Stop) -> Iterator[Line]:
    yield Line(stop.kind_words, 15, GOLD_INK, 21, bold=True)
    for line in wrapped(stop.title, ROOM, 20):
        yield Line(line, 20, INK, 29, serif=True)
    for line in wrapped(stop.words, ROOM, 17):
        yield Line(line, 17, INK, 25)
    for piece in stop.pieces[:PIECES]:
        for line in wrapped(_piece(piece), ROOM, 16):
            yield Line(line, 16, INK, 24)
    if len(stop.pieces) > PIECES:
        yield Line(f"and {len(stop.pieces) - PIECES} more", 16, MUTED, 24)
    for words in stop.quiet:
        for line in wrapped(words, ROOM, 16):
            yield Line(line, 16, MUTED, 24)


def _piece(piece: Piece) -> str:
    status = f"{piece.status}: " if piece.status else ""
    quoted = f"“{piece.said}” {piece.by}" if piece.said else ""
    told = (f"{status}{piece.words}", quoted, "" if quoted else piece.quiet)
    return " ".join(". ".join(words.strip().rstrip(".") for words in told if words).split())


def said(stop: Stop) -> str:
    """All that a stop says, in the order in which it is shown."""
    own = (stop.when_words, stop.kind_words, stop.title, stop.status, stop.words)
    told = (*own, *(_piece(piece) for piece in stop.pieces), *stop.quiet)
    return ". ".join(words.rstrip(".") for words in told if words)


def wrapped(words: str, room: float, size: float) -> Iterator[str]:
    """Words in lines that fit a width."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold=False) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line
