"""Values as a board reads them: thousands parted by commas, a true minus, the unit where it belongs."""

from __future__ import annotations

from goldthread.files.charts.model import Unit

MINUS = "−"
_WORDS = (
    "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_SIGNS = {"%": ("", "%"), "per cent": ("", "%"), "£": ("£", ""), "pounds": ("£", "")}
_FINE_BELOW = 20


def unit_named(words: str, *, decimals: int = 0, total: bool = False) -> Unit:
    """The unit that a definition names: "%" and "£" stand close to the number, all else after it in words.

    ``total`` says that the values add up over time, so that "412 a month" makes sense of them.
    """
    before, after = _SIGNS.get(words.strip().lower(), ("", ""))
    return Unit("" if before or after else words.strip(), before, after, decimals, total)


def number(value: float, decimals: int = 0) -> str:
    """A number with its thousands parted by commas."""
    shown = f"{abs(value):,.{decimals}f}"
    return MINUS + shown if value < 0 and shown.strip("0.,") else shown


def amount(value: float, unit: Unit) -> str:
    """A value to the decimals of its unit, with a sign that stands close: £3.50, 81%, 1,204."""
    return signed(number(value, unit.decimals), unit)


def level(value: float, unit: Unit) -> str:
    """An average or a limit: one more decimal than the values have where these are small whole numbers."""
    fine = unit.decimals == 0 and unit.total and 0 < abs(value) < _FINE_BELOW
    return signed(number(value, 1 if fine else unit.decimals), unit)


def signed(shown: str, unit: Unit) -> str:
    """A written number between the signs of its unit."""
    if unit.before and shown.startswith(MINUS):
        return f"{MINUS}{unit.before}{shown[1:]}{unit.after}"
    return f"{unit.before}{shown}{unit.after}"


def worded(value: float, unit: Unit) -> str:
    """A value and its unit in words: "355 offences", "81%", "12.4 minutes"."""
    return f"{amount(value, unit)} {unit.words}".rstrip()


def counted(count: int, one: str, many: str = "") -> str:
    """How many of something, small numbers in words: "seven months", "1 month" never."""
    return f"{in_words(count)} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    """A whole number: in words up to twelve, in figures beyond."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"
