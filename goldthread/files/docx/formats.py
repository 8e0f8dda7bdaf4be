"""Numbers as a list prints them. Every number from a file is capped before it is written out."""

from __future__ import annotations

from collections.abc import Callable

MAX_NUMBER = 99_999
MAX_ROMAN = 3_999
MAX_LETTERS = 26 * 20
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def roman(value: int) -> str:
    """Lower-case roman, or digits where roman has no short form (0, or above 3,999)."""
    if not 0 < value <= MAX_ROMAN:
        return str(value)
    written = []
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written.append(letters * count)
    return "".join(written)


def letters(value: int) -> str:
    """a to z, then aa, bb as Word counts; digits above 520."""
    if not 0 < value <= MAX_LETTERS:
        return str(value)
    times, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def cardinal_words(value: int) -> str:
    """Words for 0 to 999; digits above."""
    if not 0 <= value < 1000:
        return str(value)
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(value, 100)
    return f"{_ONES[hundreds]} hundred" + (f" {cardinal_words(rest)}" if rest else "")


def ordinal_words(value: int) -> str:
    """First, twenty-second: ordinals in words, in small letters."""
    if not 0 < value < 1000:
        return ordinal(value)
    words = cardinal_words(value)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _ORDINAL:
        return words[:cut] + _ORDINAL[last]
    return words[:cut] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


_WRITERS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerLetter": letters,
    "ordinal": ordinal,
    "cardinalText": lambda value: cardinal_words(value).capitalize(),
    "ordinalText": lambda value: ordinal_words(value).capitalize(),
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "chicago": lambda value: "*†‡§"[(value - 1) % 4] * min((value - 1) // 4 + 1, 20) if value > 0 else "",
    "none": lambda value: "",
    "bullet": lambda value: "",
}


def written(value: int, form: str) -> str:
    """A list number from 0 to 99,999 in one of Word's formats; an unknown format gives digits."""
    value = max(0, min(value, MAX_NUMBER))
    return _WRITERS.get(form, str)(value)
