"""The templates of seven offices, and what is wrong with one that cannot be used."""

from __future__ import annotations

import pytest

from goldthread.core.text import numbers
from goldthread.meetings.house import (
    DEFAULT,
    MarkingPlace,
    Numbering,
    empty_text,
    house_of,
    houses,
    read_house,
)

GOOD = """
office = "An office"
seen_in = "Its papers."
numbering = "decimal"
marking = "top"
marking_required = false
repeats_recommendation = false
footer = "{board}, Page {page} of {pages}"
[[header]]
name = "to"
label = "To"
[[sections]]
title = "Recommendation"
required = true
hint = "What is asked for."
[bibliography]
title = "Sources"
sources = "Sources"
contacts = "Contact"
"""

EXPECTED = {
    "cambridgeshire": (Numbering.DECIMAL, MarkingPlace.TOP, True, ("to", "from", "date", "item")),
    "chiefs-council": (
        Numbering.DECIMAL,
        MarkingPlace.HEADER,
        False,
        ("marking", "foi", "author", "force", "portfolio", "date", "item"),
    ),
    "cumbria": (Numbering.DECIMAL, MarkingPlace.TOP, False, ("title", "date", "item", "author")),
    "former-metropolitan": (Numbering.LETTERED, MarkingPlace.TOP, False, ("report_no", "date", "from")),
    "hampshire-2008": (
        Numbering.DECIMAL,
        MarkingPlace.TOP,
        False,
        ("item", "title", "from", "date", "contact"),
    ),
    "leicestershire": (Numbering.SINGLE, MarkingPlace.TOP, False, ("from", "title", "date", "author")),
    "west-yorkshire": (Numbering.DECIMAL, MarkingPlace.TOP, False, ("to", "from", "date", "title")),
}


def test_there_are_seven() -> None:
    assert set(houses()) == set(EXPECTED)


@pytest.mark.parametrize("code", EXPECTED)
def test_each_is_as_its_office_prints_it(code: str) -> None:
    numbering, marking, repeats, header = EXPECTED[code]
    house = house_of(code)
    assert (house.numbering, house.marking, house.repeats_recommendation) == (numbering, marking, repeats)
    assert tuple(each.name for each in house.header) == header
    assert house.required
    assert all(house.hint(title) for title in house.required)
    assert house.implications
    assert "{page}" in house.footer


@pytest.mark.parametrize("code", EXPECTED)
def test_a_paper_begins_with_its_sections_each_under_a_key_of_its_own(code: str) -> None:
    house = house_of(code)
    text = empty_text(house, "A title")
    assert [section.title for section in text.sections] == [each.title for each in house.sections]
    assert len({section.key for section in text.sections}) == len(text.sections)
    numbered = [section.title for section in text.sections if section.key in numbers(text)]
    assert numbered == [each.title for each in house.sections if each.numbered]


def test_a_code_that_nobody_knows_any_more_is_read_as_the_default() -> None:
    assert house_of("gone").code == DEFAULT


def test_a_good_template_has_no_problems() -> None:
    house, problems = read_house("good", GOOD)
    assert house is not None
    assert problems == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('name = "to"', 'name = "To whom"', "not-a-name", "“To whom” is not a name"),
        ("{board}", "{bored}", "footer", "Nothing is known as bored"),
        ("{board}", "{board", "footer", "braces do not match"),
        ('title = "Recommendation"', 'title = "Purpose"', "no-recommendation", "nothing could be decided"),
        ('hint = "What is asked for."', "", "no-hint", "says nothing of what belongs there"),
        ('"decimal"', '"roman"', "unknown-word", "'roman' is not a valid Numbering"),
        ('office = "An office"', "", "missing", "It does not say 'office'"),
        ("[[header]]", "[[header", "not-toml", "It is not TOML"),
        (
            "[bibliography]",
            '[[sections]]\ntitle = "recommendation"\n[bibliography]',
            "twice",
            "“recommendation” stands there twice",
        ),
    ],
)
def test_a_template_that_cannot_be_used_says_why(old: str, new: str, code: str, words: str) -> None:
    _house, problems = read_house("bad", GOOD.replace(old, new))
    assert [each.code for each in problems] == [code]
    assert words in problems[0].message
    assert problems[0].where.startswith("bad")
