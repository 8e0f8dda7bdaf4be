"""One figure given differently in two places.

Sure rather than complete: two figures are compared only where both are named alike ("the net
budget of £12.5m", "121 PCSOs"), belong to the same years as far as they say, and stand in
sentences that do not themselves speak of change, choice or comparison. £12.5m, £12.5 million and
£12,489,000 agree, each being as exact as it is written. A name with three values or more names
several things. Counts of people and things are compared where both say "the", "all" or "a total
of", or where one is the other with its figures in another order: 121 and 112.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import Line, Reading, is_statement, sentences

_AMOUNT = re.compile(
    r"£ ?(?P<pounds>\d[\d,]*(?:\.\d+)?) ?(?P<scale>m|mn|million|bn|billion|k|thousand)?(?![\w.,]\d|\w)"
    r"|(?<![\d.,£])(?P<percent>\d+(?:\.\d+)?) ?(?:%|per cent\b)",
    re.IGNORECASE,
)
_SCALES = {"m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9, "k": 3, "thousand": 3}
_HEADS = (
    r"budget|precept|grant|reserves?|under-?spend|over-?spend|funding|costs?|savings?|allocation|requirement|"
    r"expenditure|spending|income|programme|gap|shortfall|deficit|surplus|total|contract|award|rate|target|"
    r"baseline|value|price|balances?"
)
_DETERMINERS = "the|our|its|this|a|an"
_NAMED = re.compile(
    rf"(?:\b(?P<determiner>{_DETERMINERS})\s+|^)"
    rf"(?P<label>(?:(?!(?:{_DETERMINERS})\s)[a-z’'&-]+\s+){{0,4}}?(?:{_HEADS}))"
    r"(?:\s+(?:of|is|was|at|will be|totals|totalling|stands at|set at))?\s*:?\s*(?:around |about |some )?$",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:overall|total|net|gross|whole|annual|entire)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"(?<![\d.,£/-])(?P<count>\d{1,3}(?:,\d{3})+|\d{2,6}) "
    r"(?P<label>(?:[a-z-]+ ){0,2}?(?:[A-Z]{2,}s|officers|constables|specials|volunteers|staff|posts|vehicles|"
    r"crimes|offences|incidents|victims|calls|complaints|referrals|responses|respondents|members|schools))\b"
)
_DEFINITE = re.compile(
    r"\b(?:the|all|its|our|total of|establishment of|complement of|all of the) $", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:from|increas\w*|decreas\w*|reduc\w*|r[io]se[ns]?|rising|fall\w*|fell|compar\w*|previous\w*|last|revis\w*|"
    r"original\w*|additional|further|extra|more|less|fewer|than|each|per|average|between|or|option\w*|either|"
    r"scenario|whereas|while|up|down|now|then|grow\w*|grew|remaining|another|other|up to|at least|of which|"
    r"includ\w*|instead|if|would)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d)?(?!\d)")
_AFTER = re.compile(r"^\s*(?:for|to|in|on|at|from|by|across|within)\s+(?:the\s+)?(?P<words>[^,.;:()]{1,60})")
_DIGITS = re.compile(r"\d")


class _Mention(NamedTuple):
    """One figure as it stands: what it counts, how much, how exactly, and what qualifies it."""

    label: str
    value: Decimal
    exact: Decimal
    words: str
    years: frozenset[str]
    after: str
    definite: bool
    line: Line


def quantities_found(reading: Reading) -> Iterator[Finding]:
    """One finding for each later place where a named figure differs from the first."""
    named: dict[str, list[_Mention]] = {}
    for line in reading.lines:
        if line.in_table or not is_statement(line.block) or not _DIGITS.search(line.words):
            continue
        for sentence in sentences(line.words):
            found = (*_amounts(sentence, line), *_counts(sentence, line))
            if found and not _CHANGE.search(sentence):
                for mention in found:
                    named.setdefault(mention.label, []).append(mention)
    for mentions in named.values():
        yield from _differing(reading, mentions)


def _amounts(sentence: str, line: Line) -> Iterator[_Mention]:
    for match in _AMOUNT.finditer(sentence):
        before = _NAMED.search(sentence[max(0, match.start() - 90) : match.start()])
        if not before:
            continue
        determiner = (before["determiner"] or "").lower()
        label = " ".join(before["label"].lower().split())
        if determiner in {"a", "an"} and not _WHOLE.search(label):
            continue
        if not determiner and match.start() > 90:
            continue
        figure = Decimal((match["pounds"] or match["percent"]).replace(",", ""))
        scale = Decimal(10) ** _SCALES.get((match["scale"] or "").lower(), 0)
        exact = Decimal(1).scaleb(int(figure.as_tuple().exponent)) * scale
        unit = "£" if match["pounds"] else "%"
        yield _mention(f"{unit} {label}", figure * scale, exact, match, sentence, line, definite=True)


def _counts(sentence: str, line: Line) -> Iterator[_Mention]:
    for match in _COUNT.finditer(sentence):
        value = Decimal(match["count"].replace(",", ""))
        if match["label"].split()[0] in {"days", "years", "of"}:
            continue
        definite = bool(_DEFINITE.search(sentence[max(0, match.start() - 20) : match.start()]))
        yield _mention(match["label"], value, Decimal(1), match, sentence, line, definite=definite)


def _mention(
    label: str,
    value: Decimal,
    exact: Decimal,
    match: re.Match[str],
    sentence: str,
    line: Line,
    *,
    definite: bool,
) -> _Mention:
    after = _AFTER.match(sentence[match.end() :])
    qualifier = _YEARS.sub("", after["words"]).strip().casefold() if after else ""
    years = frozenset(_YEARS.findall(sentence))
    return _Mention(label, value, exact, match.group().strip(), years, qualifier, definite, line)


def _differing(reading: Reading, mentions: list[_Mention]) -> Iterator[Finding]:
    distinct: list[_Mention] = []
    for mention in mentions:
        if not any(_agree(mention, other) for other in distinct):
            distinct.append(mention)
    if len(distinct) != 2:
        return
    first = distinct[0]
    several = len(frozenset().union(*(mention.years for mention in mentions))) > 1
    for mention in mentions:
        if not _agree(mention, first) and _comparable(first, mention, several=several):
            yield _finding(reading, first, mention)


def _agree(left: _Mention, right: _Mention) -> bool:
    """Whether two figures are the same, each as exact as it is written."""
    return abs(left.value - right.value) * 2 <= max(left.exact, right.exact)


def _comparable(first: _Mention, other: _Mention, *, several: bool) -> bool:
    """Whether two differing figures are of one thing as far as their sentences say."""
    if first.years != other.years and (several or (first.years and other.years)):
        return False
    if first.after and other.after and first.after != other.after:
        return False
    if first.definite and other.definite:
        return True
    left, right = f"{first.value}", f"{other.value}"
    return len(left) >= 3 and sorted(left) == sorted(right)


def _finding(reading: Reading, first: _Mention, other: _Mention) -> Finding:
    where = reading.place(first.line.section, first.line.block)
    name = first.label.split(" ", 1)[1] if first.label[0] in "£%" else first.label
    message = (
        f"The {name}: “{other.words}” here, but “{first.words}” at {where}. Check which is right and give "
        "the same figure in both places."
    )
    return reading.at("figures-differ", message, other.line.section, other.line.block)
