"""Labels as Word prints them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from goldthread.files.docx.formats import MAX_NUMBER, cardinal_words, letters, ordinal_words, roman, written
from goldthread.files.reading import read
from goldthread.files.tree import walk
from tests.files.docs import docx, paragraph
from tests.files.words import CORPUS

FORMS = [
    "decimal",
    "upperRoman",
    "lowerLetter",
    "ordinalText",
    "cardinalText",
    "chicago",
    "hex",
    "bullet",
    "klingon",
]


def _level(place: int, text: str, form: str = "decimal", more: str = "") -> str:
    start = f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'{start}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def _listed(place: int, num: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{num}"/></w:numPr>'


def _labels(steps: list[tuple[int, int]], levels: str, nums: str) -> list[str]:
    body = "".join(paragraph("x", _listed(place, num)) for place, num in steps)
    numbering = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{nums}'
    return [block.label for block in read(docx(body, {"numbering": numbering})).blocks]


USE = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
LEVELS = _level(0, "%1.") + _level(1, "%1.%2") + _level(2, "(%3)", "lowerLetter")


def test_levels_restart_below_a_higher_one() -> None:
    steps = [(0, 1), (1, 1), (1, 1), (2, 1), (0, 1), (1, 1), (2, 1)]
    assert _labels(steps, LEVELS, USE) == ["1.", "1.1", "1.2", "(a)", "2.", "2.1", "(a)"]


def test_a_start_override_counts_once_for_its_list() -> None:
    other = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/>'
        "</w:lvlOverride></w:num>"
    )
    assert _labels([(0, 1), (0, 2), (0, 2), (0, 1)], LEVELS, USE + other) == ["1.", "7.", "8.", "9."]


def test_lists_of_one_definition_count_on() -> None:
    other = '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    assert _labels([(0, 1), (0, 2), (0, 1)], LEVELS, USE + other) == ["1.", "2.", "3."]


def test_legal_numbering_shows_digits() -> None:
    levels = _level(0, "%1", "upperRoman") + _level(1, "%1.%2", more="<w:isLgl/>") + _level(2, "%1.%2.%3")
    assert _labels([(0, 1), (1, 1), (2, 1)], levels, USE) == ["I", "1.1", "I.1.1"]


def test_a_level_may_be_told_never_to_restart() -> None:
    levels = _level(0, "%1") + _level(1, "%2", more='<w:lvlRestart w:val="0"/>')
    assert _labels([(0, 1), (1, 1), (0, 1), (1, 1)], levels, USE) == ["1", "1", "2", "2"]


def test_a_list_may_be_defined_by_a_numbering_style() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="House"/>{LEVELS}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="House"/></w:abstractNum>'
        f'{USE}<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
    )
    style = (
        '<w:style w:type="numbering" w:styleId="House"><w:name w:val="House"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    data = docx(paragraph("x", _listed(1, 5)), {"numbering": numbering, "styles": style})
    assert [block.label for block in read(data).blocks] == ["1.1"]


def test_a_heading_takes_its_level_from_the_list_that_names_its_style() -> None:
    levels = _level(0, "%1") + _level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="Überschrift 2"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H2"/></w:style>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{USE}'
    body = paragraph("x", '<w:pStyle w:val="H2"/>') + paragraph("y", '<w:pStyle w:val="Own"/>')
    blocks = read(docx(body, {"styles": styles, "numbering": numbering})).blocks
    assert [(block.kind.value, block.level, block.label) for block in blocks] == [
        ("heading", 2, "1.1"),
        ("heading", 2, "1.2"),
    ]


def test_labels_agree_with_those_printed_in_the_text() -> None:
    """These files say in the text, in brackets, which label Word shows before it."""
    seen = 0
    for path in sorted((CORPUS / "features").glob("docx4j*.docx")):
        for block in walk(read(path).blocks):
            expected = re.match(r"\[expect\]([^<].*?)\[/expect\]", block.text)
            if expected:
                seen += 1
                assert block.label == expected[1]
    assert seen == 18


def test_labels_agree_with_text_that_repeats_them() -> None:
    """Every item of this file repeats its label, save three of one list that overrides its levels.

    There the file was made for a reader that counts from the overridden level's own start.
    """
    path = next((CORPUS / "features").glob("*override_list_numbering.docx"))
    items = [block for block in read(path).blocks if block.label not in ("", "•")]
    assert len(items) > 20
    differ = [(block.label, block.text.strip()) for block in items if block.label != block.text.strip()]
    assert differ == [("A", "B"), ("B", "C"), ("3", "4")]


@given(st.integers(-(10**12), 10**12), st.sampled_from(FORMS))
def test_any_number_is_written_in_few_letters(value: int, form: str) -> None:
    assert len(written(value, form)) <= 60


@given(st.integers(1, 3_999))
def test_roman_numbers_add_up(value: int) -> None:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    total, last = 0, 0
    for letter in reversed(roman(value)):
        total += worth[letter] if worth[letter] >= last else -worth[letter]
        last = max(last, worth[letter])
    assert total == value


def test_words_and_letters() -> None:
    assert [letters(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [ordinal_words(n) for n in (1, 12, 20, 42, 100)] == [
        "first", "twelfth", "twentieth", "forty-second", "one hundredth",
    ]  # fmt: skip
    assert cardinal_words(115) == "one hundred fifteen"
    assert written(MAX_NUMBER * 50, "decimal") == str(MAX_NUMBER)
