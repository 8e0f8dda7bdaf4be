"""Plain text, read into the neutral tree: headings by their numbers or capitals, lists, paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from goldthread.core.text import Run
from goldthread.files.refused import Refused
from goldthread.files.tree import BlockKind, ReadBlock, ReadDocument, Warned

MAX_TEXT = 40 * 1024 * 1024
MAX_HEADING = 90
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NUMBERED = re.compile(r"^(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}\.?)[ \t]+(?P<words>\S.*)$", re.DOTALL)
_LETTERED = re.compile(
    r"^(?P<label>\(?(?:[a-z]{1,2}|[ivxlc]{1,6}|\d{1,3})\))[ \t]+(?P<words>\S.*)$", re.DOTALL
)
_BULLETED = re.compile(r"^(?P<label>[-*•–·▪◦])[ \t]+(?P<words>\S.*)$", re.DOTALL)
_UNDERLINE = re.compile(r"^(=+|-+)$")
_CONTROL = dict.fromkeys((*range(9), 11, *range(14, 32), 127, *range(0x80, 0xA0), 0xFFFE, 0xFFFF))


def decode(data: bytes) -> tuple[str, tuple[Warned, ...]]:
    """The words of a text file, and a warning where its encoding had to be guessed. Raises Refused."""
    if len(data) > MAX_TEXT:
        raise Refused("It is larger than 40 MB.", "Split it and upload each half.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(encoding, "replace"))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    words, warnings = _clean(data.decode("cp1252", "replace"))
    guessed = Warned(
        "", "The file does not say how its letters are written; Windows (cp1252) was assumed.", "guess"
    )
    return words, (guessed, *warnings)


def _clean(words: str) -> tuple[str, tuple[Warned, ...]]:
    """Line ends made alike and control characters taken out, with a warning where there were any."""
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\x0c", "\n\n")
    kept = words.translate(_CONTROL)
    if len(kept) == len(words):
        return kept, ()
    count = len(words) - len(kept)
    return kept, (Warned("", f"Control characters were taken out ({count:,}).", "control"),)


def read_plain(data: bytes) -> ReadDocument:
    """The neutral tree of a text file. Raises Refused where it is not text."""
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(
            "It is not a text file, nor any kind of document that we read.",
            "Save it as .docx and upload that.",
        )
    words, warnings = decode(data)
    blocks = tuple(_blocks(words))
    title = next((block.text for block in blocks if block.kind is BlockKind.HEADING), "")
    if not title:
        title = next((block.text for block in blocks if len(block.text) <= MAX_HEADING), "")
    return ReadDocument(title, blocks, warnings, "text")


def _blocks(words: str) -> Iterator[ReadBlock]:
    for count, group in enumerate(_groups(words), start=1):
        yield _block(group, f"Paragraph {count}")


def _groups(words: str) -> Iterator[str]:
    """Paragraphs: lines parted by an empty line, or by a line that begins an item or a heading."""
    held: list[str] = []
    for raw in words.split("\n"):
        line = raw.strip()
        if (
            held
            and _UNDERLINE.match(line)
            and len(held) == 1
            and abs(len(line) - len(held[0])) <= 3
            and len(line) > 2
        ):
            yield held[0] + "\n" + line
            held = []
            continue
        if held and (not line or _begins(line) or _capitals(held[-1]) or _capitals(line)):
            yield "\n".join(held)
            held = []
        if line:
            held.append(line)
    if held:
        yield "\n".join(held)


def _begins(line: str) -> bool:
    return bool(_NUMBERED.match(line) or _LETTERED.match(line) or _BULLETED.match(line))


def _capitals(line: str) -> bool:
    """Whether a line is a heading in capitals: at least two letters, none small, no full stop."""
    letters = [character for character in line if character.isalpha()]
    return (
        len(letters) > 2
        and len(line) <= MAX_HEADING
        and line == line.upper() != line.lower()
        and line[-1] not in ".;,"
    )


def _block(group: str, place: str) -> ReadBlock:
    lines = group.split("\n")
    rtl = right_to_left(group)
    if len(lines) == 2 and _UNDERLINE.match(lines[1]):
        level = 1 if lines[1][0] == "=" else 2
        return ReadBlock(BlockKind.HEADING, (Run(lines[0]),), level, place=place, rtl=rtl)
    words = " ".join(lines)
    if found := _NUMBERED.match(words):
        label, rest = found["label"], found["words"]
        depth = label.rstrip(".").count(".")
        if len(rest) <= MAX_HEADING and rest[-1] not in ".;:,?!" and rest[:1].isupper():
            return ReadBlock(BlockKind.HEADING, (Run(rest),), depth + 1, label, place, rtl=rtl)
        return ReadBlock(BlockKind.LIST_ITEM, (Run(rest),), depth, label, place, rtl=rtl)
    if found := _LETTERED.match(words) or _BULLETED.match(words):
        return ReadBlock(BlockKind.LIST_ITEM, (Run(found["words"]),), 0, found["label"], place, rtl=rtl)
    if _capitals(words):
        return ReadBlock(BlockKind.HEADING, (Run(words),), 1, place=place, rtl=rtl)
    return ReadBlock(BlockKind.PARAGRAPH, (Run(words),), place=place, rtl=rtl)


def right_to_left(words: str) -> bool:
    """Whether the first letter with a direction runs right to left."""
    for character in words[:200]:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
