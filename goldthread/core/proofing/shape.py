"""The shape of a paper: headings, sections that must be there, pictures with words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import NAMELESS, Reading
from goldthread.core.text import Figure, Section, canonical, words_of

_USUAL = re.compile(
    r"^(?:purpose|recommendations?(?:\s*\(s\))?|purpose of (?:the|this) (?:report|paper))\W*$", re.IGNORECASE
)
_LEADING_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*\W+)?")
_LEVELS = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3})*)[.)]?$")


def shape_found(reading: Reading) -> Iterator[Finding]:
    """What is missing from the shape: words, headings, a section, a level, the words of a picture."""
    if not any(line.words.strip() for line in reading.lines) and not reading.sections:
        yield Finding("empty", reading.text.title or "The whole paper", "There are no words in this paper.")
        return
    if _without_headings(reading):
        yield Finding(
            "no-headings",
            reading.text.title or "The whole paper",
            "There are no headings, so that nobody can find their way or cite a place. Give each part a "
            "heading, in Word with the Heading styles.",
        )
    yield from _required(reading)
    yield from _skipped(reading)
    for section in reading.sections:
        for block in section.blocks:
            if isinstance(block, Figure) and block.image and not block.alt.strip():
                message = (
                    "This picture has no words for those who cannot see it. Say in a sentence what it shows."
                )
                yield reading.at("figure-without-words", message, section, block)


def _without_headings(reading: Reading) -> bool:
    if len(reading.sections) != 1:
        return not reading.sections
    title = reading.sections[0].title.strip()
    return title in NAMELESS or title == reading.text.title.strip()


def _required(reading: Reading) -> Iterator[Finding]:
    wanted = {_plain(name): name for name in reading.facts.required}
    for section in reading.sections:
        name = _plain(section.title)
        known = wanted.pop(name, "") or wanted.pop(f"{name}s", "") or wanted.pop(name.removesuffix("s"), "")
        if (known or _USUAL.match(section.title)) and not _says_something(section):
            message = (
                f"“{section.title}” has a heading and nothing under it. Write it, or take the heading out."
            )
            yield reading.at("section-empty", message, section)
    for name in wanted.values():
        message = f"There is no section called “{name}”, which the template asks for. Add it."
        yield Finding("section-missing", reading.text.title or "The whole paper", message)


def _plain(title: str) -> str:
    """A title to compare by: without its number, its case, and "(s)"."""
    words = _LEADING_NUMBER.sub("", canonical(title).casefold())
    return words.replace("(s)", "s").rstrip(" .:")


def _says_something(section: Section) -> bool:
    if any(isinstance(block, Figure) or words_of(block).strip() for block in section.blocks):
        return True
    return any(_says_something(child) for child in section.children)


def _skipped(reading: Reading) -> Iterator[Finding]:
    """A numbered heading two levels or more below the one that it stands under."""
    for section in reading.sections:
        above = _depth(reading.labels.get(section.key, ""))
        for child in section.children:
            below = _depth(reading.labels.get(child.key, ""))
            if above and below > above + 1:
                message = (
                    f"This heading stands {below - above} levels below “{section.title}”. Put in the level "
                    "between them, or raise this heading."
                )
                yield reading.at("heading-skipped", message, child)


def _depth(label: str) -> int:
    found = _LEVELS.match(label.strip())
    return len(found[1].split(".")) if found else 0
