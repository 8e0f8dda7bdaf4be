"""Financial years: one left over from the template, and one that is no year.

History is legitimate, so a year is called left over only where the paper speaks of its own
business: in a heading, or in a section called Purpose, Recommendation or the like. There it is
flagged if it is older than the paper's own financial year, stands nowhere else in the paper while
the paper's own year (or a later one) does, and its sentence does not look back. A line that is nothing but
the year ("For 2020/21"), or that opens with it in the present ("For 2020/21 the Commissioner has made
available"), comes from a form: it is flagged for being older, wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import Reading, sentences, shortened
from goldthread.core.text import Block, Kind, Section

_YEAR = re.compile(
    r"(?<![\d/£.,-])(?P<first>20\d\d)(?P<sign>[/–-])(?:20)?(?P<last>\d\d)(?![\d/]|[-–]\d|\.\d)"
)
_REFERENCE = re.compile(
    r"\b(?:decision|ref(?:erence)?|no|number|minute|item|paper|notice|record|register|case|report|act|si)s?\.?:?\s*$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"^(?:\d+\.?\s+)?(?:purpose|recommend|decision|summary|executive summary|reason|introduction|budget|"
    r"precept|financial implications|finance)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:(?:for|financial year|year|budget year|in)\W*)+20\d\d[/–-](?:20)?\d\d\W*$", re.IGNORECASE
)
_OPENING = re.compile(
    r"^For (?:the )?(?:financial )?(?:year )?20\d\d[/–-](?:20)?\d\d\b.*\b(?:has|have|is|are|will)\b",
    re.DOTALL,
)
_BACK = re.compile(
    r"\b(?:outturn|was|were|had|has been|have been|previous\w*|last|past|prior|since|compar\w+|accounts|"
    r"audit\w*|annual report|closing|carried forward|from(?= 20)|actual|history|historic\w*|earlier|between|"
    r"baseline|against|year[- ]end|final|performance|underspen[dt]|overspen[dt]|review of|"
    r"report for|end of|to(?= 20)|to report|progress|results?|quarter\w*|Q[1-4]|update|delivered|half)\b",
    re.IGNORECASE,
)


def years_found(reading: Reading) -> Iterator[Finding]:
    """A financial year that is none, and one that an older paper left behind."""
    counts: Counter[int] = Counter()
    places: list[tuple[str, Section, Block | None]] = [(s.title, s, None) for s in reading.sections]
    places.extend((line.words, line.section, line.block) for line in reading.lines)
    for words, section, block in places:
        for match in _YEAR.finditer(words) if "20" in words else ():
            if _consecutive(match):
                counts[int(match["first"])] += 1
            elif _slip(match, words):
                yield reading.at("year-no-financial-year", _no_year(match), section, block)
    own = reading.facts.financial_year[:4]
    if not own.isdigit() or not any(year < int(own) for year in counts):
        return
    named = {match["first"] for words, _, block in places if block is None for match in _YEAR.finditer(words)}
    for words, section, block in places:
        if block is None and len(named) > 1:
            continue
        found = _left_over(words, section, block, int(own), counts)
        if found:
            message = (
                f"“{shortened(words, 60)}” names {found}, but this paper belongs to "
                f"{reading.facts.financial_year}. It looks left over from an earlier paper: put the right "
                "year, or say that the earlier one is meant."
            )
            yield reading.at("year-left-over", message, section, block)


def _consecutive(match: re.Match[str]) -> bool:
    return (int(match["first"]) + 1) % 100 == int(match["last"])


def _slip(match: re.Match[str], words: str) -> bool:
    """A year written as a financial year whose two halves do not follow; a span of years uses a dash."""
    near = abs(int(match["last"]) - (int(match["first"]) + 1) % 100) <= 1
    return (
        match["sign"] == "/"
        and near
        and not _REFERENCE.search(words, max(0, match.start() - 24), match.start())
    )


def _no_year(match: re.Match[str]) -> str:
    first = int(match["first"])
    return (
        f"“{match.group()}” is not one financial year. Put {first}/{(first + 1) % 100:02} if one year is "
        f"meant, or “{first} to 20{match['last']}” if a span of years is."
    )


def _left_over(words: str, section: Section, block: Block | None, own: int, counts: Counter[int]) -> str:
    """The older year that a line names as if it were the paper's own; empty where none is sure."""
    if "20" not in words or (
        block is not None and block.kind in {Kind.SOURCE_DOCUMENT, Kind.QUOTATION, Kind.NOTE}
    ):
        return ""
    form = block is not None and bool(_FIELD.match(words.strip()))
    if not (form or _OPENING.match(words.strip()) or block is None or _OWN.match(section.title)):
        return ""
    for sentence in sentences(words):
        found = [match for match in _YEAR.finditer(sentence) if _consecutive(match)]
        if len(found) != 1 or int(found[0]["first"]) >= own or (not form and _BACK.search(sentence)):
            continue
        first = int(found[0]["first"])
        form = form or bool(_OPENING.match(sentence))
        otherwise = sum(count for year, count in counts.items() if year >= own)
        if form or (counts[first] == 1 and otherwise):
            return found[0].group()
    return ""
