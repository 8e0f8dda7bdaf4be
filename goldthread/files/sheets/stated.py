"""What a cell says: a number, nothing, or that the number may not be shown."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from goldthread.core.spc.values import Stated
from goldthread.files.sheets.sheet import Value

SUPPRESSED = frozenset({"c", "*", "**", "s", "suppressed", "confidential", "conf", "disclosive", "sup"})
MISSING = frozenset(
    {
        *("", "..", "...", ".", ":", "n/a", "na", "n.a.", "n.a", "#n/a", "null", "none", "nil return"),
        *("not available", "not known", "unknown", "missing", "no data", "not provided", "not recorded"),
        *("tbc", "tba", "awaited", "z", "not applicable", "not supplied", "nk", "?"),
    }
)
DASHES = frozenset({"-", "–", "—", "−", "--", "‐", "‑"})
ZERO = frozenset({"nil", "zero", "none recorded"})
ERRORS = frozenset({"#div/0!", "#name?", "#null!", "#num!", "#ref!", "#value!", "#spill!", "#calc!"})
_NUMBER = re.compile(
    r"([+\-−–]?)(?:£\s?)?(\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u202f ]\d{3})+|\d+)?(\.\d+)?(e[+-]?\d+)?(%?)"
)
_MARK = re.compile(r"\s*(?:\[([a-z]+)\]|\(([pre])\)|(?<=[\d%])\s?([pre]))$")
_HUGE = 1e15


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says, and how: the number where there is one, and what stood beside it.

    ``fault`` is a code where the cell says nothing that can be taken: ``error`` (a formula's),
    ``words``, ``day``. ``dash`` and ``x`` mark the two signs that offices use in different senses.
    """

    stated: Stated
    number: float | None = None
    provisional: bool = False
    percent: bool = False
    sign: str = ""
    fault: str = ""


_NOTHING = Said(Stated.MISSING)


def read_number(value: Value, *, dash_is_zero: bool = False, x_is_suppressed: bool = False) -> Said:
    """What a cell of figures says. Signs are read as official statistics use them.

    “c”, “*” and “[c]” say suppressed; blank, “..”, “n/a” and “[x]” missing. A lone dash says
    missing, or zero where this source means that; a lone x missing, or suppressed.
    """
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return Said(Stated.MISSING, fault="words")
    if isinstance(value, date):
        return Said(Stated.MISSING, fault="day")
    if isinstance(value, float):
        return _finite(value)
    words = value.strip().casefold()
    provisional = False
    if words not in MISSING and (mark := _MARK.search(words)) is not None:
        letters = mark[1] or mark[2] or mark[3]
        if mark[1] and not words[: mark.start()]:
            words = {"low": "0"}.get(letters, letters)
        elif letters in ("p", "r", "e", "b", "u", "low", "note"):
            words, provisional = words[: mark.start()], letters in ("p", "e")
    if words in DASHES:
        return Said(Stated.VALUE, 0.0, sign="-") if dash_is_zero else Said(Stated.MISSING, sign="-")
    if words == "x":
        return Said(Stated.SUPPRESSED if x_is_suppressed else Stated.MISSING, sign="x")
    if words in SUPPRESSED:
        return Said(Stated.SUPPRESSED)
    if words in MISSING:
        return _NOTHING
    if words in ZERO:
        return Said(Stated.VALUE, 0.0, provisional)
    if words in ERRORS or words.startswith("err:"):
        return Said(Stated.MISSING, fault="error")
    return _number(words, provisional)


def _number(words: str, provisional: bool) -> Said:
    negative = words.startswith("(") and words.endswith(")")
    found = _NUMBER.fullmatch(words[1:-1].strip() if negative else words)
    if found is None or not (found[2] or found[3]):
        return Said(Stated.MISSING, fault="words")
    digits = re.sub(r"[,\s]", "", found[2] or "0") + (found[3] or "") + (found[4] or "")
    number = _finite(float(digits) * (-1 if negative or found[1] in ("-", "−", "–") else 1))
    return Said(number.stated, number.number, provisional, bool(found[5]), fault=number.fault)


def _finite(number: float) -> Said:
    if not math.isfinite(number) or abs(number) > _HUGE:
        return Said(Stated.MISSING, fault="words")
    return Said(Stated.VALUE, number + 0.0)
