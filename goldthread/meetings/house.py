"""How each office sets out a paper: header, marking, sections, numbering, bibliography and footer.

The templates are data, one TOML file an office in ``house/``, drawn from papers that those offices
published (docs/reference/house-templates.md names them). A template that cannot be used says why, in
words, when it is read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from goldthread.core.problems import Problem
from goldthread.core.text import Section, Text, new_key

DEFAULT = "cambridgeshire"
KNOWN_FIELDS = frozenset({"to", "from", "date", "item", "title", "marking", "author"})
"""Header fields that a paper holds in columns of its own; any other is kept under its name."""
FOOTER_WORDS = frozenset({"board", "short", "date", "item", "label", "title", "marking", "page", "pages"})


@unique
class MarkingPlace(StrEnum):
    """Where a paper bears its marking."""

    TOP = "top"
    """At the head of every page."""
    HEADER = "header"
    """As a line of the header."""
    TOP_AND_FOOT = "top_and_foot"
    """At the head and the foot of every page."""


@unique
class Numbering(StrEnum):
    """How the body of a paper is numbered."""

    DECIMAL = "decimal"
    """Sections 1, 2; paragraphs 1.1, 1.2."""
    SINGLE = "single"
    """One run of paragraphs from 1 to the end, beneath headings without numbers."""
    LETTERED = "lettered"
    """Parts A and B; paragraphs 1, 2 in each."""


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A line of the header: the name it is kept under, the label it is printed with."""

    name: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section that a paper begins with; ``hint`` says what belongs there while it is empty."""

    title: str
    numbered: bool = True
    required: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An implication that the office asks every paper to state, and what it wants to know."""

    kind: str
    title: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """One office's template. ``code`` is what a board and a paper keep of it.

    ``footer`` may name {board}, {short}, {date}, {item}, {label}, {title}, {marking}, {page} and
    {pages}. ``label`` is how the paper itself is called ("PAPER MARKED {letter}"), empty for none.
    """

    code: str
    office: str
    seen_in: str
    header: tuple[HeaderField, ...]
    sections: tuple[Heading, ...]
    numbering: Numbering
    marking: MarkingPlace
    marking_required: bool
    repeats_recommendation: bool
    bibliography: str
    sources_label: str
    contacts_label: str
    implications: tuple[Asked, ...]
    footer: str
    label: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        """The headings that a paper may not lack."""
        return tuple(each.title for each in self.sections if each.required)

    def hint(self, title: str) -> str:
        """What belongs in a section that is still empty, by its title."""
        wanted = title.strip().casefold()
        return next((each.hint for each in self.sections if each.title.casefold() == wanted), "")


@cache
def houses() -> Mapping[str, House]:
    """Every template by its code, in order of code. Raises ValueError with all that is wrong in them."""
    found, problems = {}, []
    folder = files("goldthread.meetings").joinpath("house")
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".toml"):
            code = path.name.removesuffix(".toml")
            house, wrong = read_house(code, path.read_text(encoding="utf-8"))
            problems.extend(wrong)
            if house is not None:
                found[code] = house
    if problems:
        raise ValueError("\n".join(f"{each.where}: {each.message}" for each in problems))
    return found


def house_of(code: str) -> House:
    """The template with this code; that of Cambridgeshire for a code nobody knows any more."""
    return houses().get(code) or houses()[DEFAULT]


def empty_text(house: House, title: str) -> Text:
    """The sections with which a paper in this template begins, their words still to be written."""
    sections = (Section(new_key(), each.title, (), (), each.numbered) for each in house.sections)
    return Text(title, tuple(sections))


def read_house(code: str, written: str) -> tuple[House | None, tuple[Problem, ...]]:
    """The template that a TOML file describes, and everything wrong with it; no template where it fails."""
    try:
        house = _house(code, tomllib.loads(written))
    except tomllib.TOMLDecodeError as fault:
        return None, (Problem(code, f"It is not TOML: {fault}.", "not-toml"),)
    except KeyError as missing:
        return None, (Problem(code, f"It does not say {missing}. Add a line for it.", "missing"),)
    except ValueError as fault:
        return None, (Problem(code, f"{fault}. Choose one of the words that this can be.", "unknown-word"),)
    return house, tuple(_problems(house))


def _house(code: str, data: Mapping[str, Any]) -> House:
    return House(
        code=code,
        office=data["office"],
        seen_in=data["seen_in"],
        header=tuple(
            HeaderField(each["name"], each["label"], each.get("required", False)) for each in data["header"]
        ),
        sections=tuple(
            Heading(
                each["title"], each.get("numbered", True), each.get("required", False), each.get("hint", "")
            )
            for each in data["sections"]
        ),
        numbering=Numbering(data["numbering"]),
        marking=MarkingPlace(data["marking"]),
        marking_required=data["marking_required"],
        repeats_recommendation=data["repeats_recommendation"],
        bibliography=data["bibliography"]["title"],
        sources_label=data["bibliography"]["sources"],
        contacts_label=data["bibliography"]["contacts"],
        implications=tuple(
            Asked(each["kind"], each["title"], each.get("asks", "")) for each in data.get("implications", ())
        ),
        footer=data["footer"],
        label=data.get("label", ""),
    )


def _problems(house: House) -> Iterator[Problem]:
    for what, names in (
        ("header", [each.name for each in house.header]),
        ("sections", [each.title.casefold() for each in house.sections]),
        ("implications", [each.kind for each in house.implications]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(f"{house.code}, {what}", f"“{name}” stands there twice. Take one out.", "twice")
    for field in house.header:
        if not field.name.isidentifier():
            message = f"“{field.name}” is not a name: use small letters and underscores."
            yield Problem(f"{house.code}, header", message, "not-a-name")
    if not any("recommendation" in each.title.casefold() for each in house.sections):
        message = "No section is for the recommendation, so nothing could be decided on a paper."
        yield Problem(f"{house.code}, sections", message, "no-recommendation")
    for each in house.sections:
        if each.required and not each.hint:
            message = f"“{each.title}” must be written and says nothing of what belongs there. Add a hint."
            yield Problem(f"{house.code}, sections", message, "no-hint")
    yield from _problems_of_footer(house)


def _problems_of_footer(house: House) -> Iterator[Problem]:
    try:
        named = {name for _, name, _, _ in Formatter().parse(house.footer) if name is not None}
    except ValueError:
        yield Problem(f"{house.code}, footer", "Its braces do not match.", "footer")
        return
    if unknown := sorted(named - FOOTER_WORDS):
        message = f"Nothing is known as {', '.join(unknown)}. Use {', '.join(sorted(FOOTER_WORDS))}."
        yield Problem(f"{house.code}, footer", message, "footer")
