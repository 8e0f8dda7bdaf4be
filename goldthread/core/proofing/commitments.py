"""Commitments without an owner or a date: what nobody can be held to.

A commitment is a sentence in which somebody will do a piece of work ("will be identified", "are
to be developed", "will report back"), not one that tells what a report, a service or a rule does.

Its owner is who does it: the subject of an active verb, "by" somebody after a passive one, a name
in brackets. Its date is a day, a month, a quarter, a year, a meeting, a period or a rhythm; "in the
coming months" and "shortly" are none. What is brought before a meeting on a named date needs no
owner: whoever the paper is from brings it. What was agreed before is a record, and needs a date only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldthread.core.citations.dates import MONTH
from goldthread.core.proofing.findings import Finding
from goldthread.core.proofing.reading import Line, Reading, is_statement, sentences, shortened
from goldthread.core.text import Kind, Typed

_WORK = (
    r"analysed|appointed|assessed|clarified|commissioned|compiled|completed|consulted|created|"
    r"delivered|designed|determined|developed|devised|drafted|established|evaluated|examined|explored|"
    r"finali[sz]ed|identified|implemented|investigated|negotiated|planned|prepared|procured|produced|"
    r"recruited|refreshed|renewed|reviewed|revised|rewritten|scoped|set out|set up|sought|undertaken|"
    r"carried out|updated|written|worked up|drawn up|looked at|looked into|addressed|resolved|rolled out"
)
_SHOWN = (
    r"brought(?: back| forward)?|presented|reported(?: back)?|submitted|returned|provided|discussed|tabled|"
    r"taken (?:back )?to|put to|fed back|considered|agreed|decided|published|issued|circulated|shared|sent|"
    r"launched|arranged|scheduled"
)
_ACTS = (
    r"agree|analyse|appoint|assess|bring (?:back|forward|a|an|the)|circulate|clarify|commission|compile|"
    r"complete|confirm|design|develop|devise|draft|draw up|establish|evaluate|examine|explore|"
    r"feed back|finali[sz]e|identify|implement|investigate|look (?:at|into)|meet|prepare|present|"
    r"produce|publish|recruit|refresh|report(?: back)?|return|review|revise|schedule|send|set up|"
    r"share|submit|update|write|provide (?:a|an|the|further|more) (?:\w+ )?"
    r"(?:report|paper|update|briefing|note|figures|information|data)"
)
_SHOWN_MOST = 120
_FUTURE = r"(?:will|shall|is to|are to)(?: now| then| also| need to| have to| next)?"
_PASSIVE = re.compile(
    rf"\b{_FUTURE} be (?:\w+ly |further |then |also |now )?(?P<verb>(?:{_WORK})|(?P<shown>{_SHOWN}))\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(rf"\b{_FUTURE} (?:\w+ly |then |also |now )?(?P<verb>{_ACTS})\b", re.IGNORECASE)
_HINT = re.compile(r"\b(?:will|shall|is to|are to)\b", re.IGNORECASE)

_OWNER = (
    r"analyst|auditor|board|chair(?:man|person|woman)?|chief|clerk|colleague|commander|commissioner|committee|"
    r"constabulary|constable|coordinator|council|counsel|department|deputy|director|executive|finance|force|"
    r"group|head|i|inspector|lawyer|lead|legal|manager|mayor|member|office|officer|opcc|opfcc|organisation|"
    r"panel|partner|partnership|pcc|pfcc|police|secretariat|secretary|service|solicitor|staff|superintendent|"
    r"team|treasurer|trust|unit|university|volunteer|we|he|she|they|author|authority|authorities|agency|agencies"
)
_OWNS = re.compile(rf"\b(?:{_OWNER})s?\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?:[A-Z][a-z]+(?:[-’'][A-Z]?[a-z]+)? [A-Z][a-z]+|[A-Z]{2,6})\b")
_THING = re.compile(
    r"\b(?:paper|report|plan|strategy|document|framework|policy|review|audit|section|appendix|table|figure|"
    r"system|project|programme|budget|funding|meeting|it|this|that|which|these|work|process|update|money|"
    r"law|act|bill|legislation|regulations?|data|survey|approach|model|scheme|training|investment|change)s?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby (?:(?:the|our|an?|all|its|their|both|either) )?(?P<who>[\w’'&-]+(?: [\w’'&-]+){0,5})", re.I
)
_LED = re.compile(
    r"\b(?:responsible|accountable|owners?|leads?|led by|leading|on behalf of|working with|lead officer|"
    r"in the name of|action(?:ed)? (?:by|for))\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\((?P<who>[^()]{2,60})\)")

_DATE = re.compile(
    rf"(?-i:\b{MONTH})(?!\s+(?:be|not|also|only|have)\b)"
    r"|\b(?:in|during|throughout|by|for|before|until|from|to|early|late|mid|of|year)[- ](?:the )?"
    r"(?:financial year )?(?:19|20)\d\d(?:[-/–](?:20)?\d\d)?\b"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\bQ[1-4]\b"
    r"|\b(?:(?:first|second|third|fourth|last|final|next|each|every|this|1st|2nd|3rd|4th) "
    r"(?:\w+ )?(?:quarter|meeting|board|month|week|year|panel|committee|occasion|cycle))\b"
    r"|\b(?:half[- ]?|bi-?)?(?:annual|month|quarter|week|year|fortnight|dai|six-month)(?:ly)?\b(?<=ly)"
    r"|\bannual\b"
    r"|\bwithin (?:the )?(?:next )?(?:\w+[ -]){1,3}(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?:in|over|after|for) (?:the next )?(?:\d+|two|three|four|six|twelve|eighteen) "
    r"(?:days|weeks|months|years)\b"
    r"|\b(?:by|before|at|until|from|after) (?:the )?(?:end|start|beginning|close) of\b"
    r"(?! (?:the )?(?:process|project|review)\b)"
    r"|\b(?:spring|summer|autumn|winter|christmas|easter|today|tomorrow|year[- ]end|monday|tuesday|wednesday|"
    r"thursday|friday)\b|\bat (?:the|its|a|their) (?:\w+ ){0,4}meeting\b",
    re.IGNORECASE,
)
_FALSE_DATE = re.compile(
    r"\b(?:over|in|during|through) (?:the )?(?:coming|next few|following|near) (?:weeks|months|years)\b", re.I
)
_VAGUE = re.compile(
    r"\b(?:in|over|during) (?:the )?(?:coming|next few|following) (?:weeks|months|years?)\b|\bin due course\b"
    r"|\bin (?:the )?(?:near )?future\b|\bshortly\b|\bsoon\b|\bas soon as (?:possible|practicable)\b"
    r"|\bat a (?:later|future) (?:date|meeting|time)\b|\bat the earliest opportunity\b"
    r"|\bwhen (?:available|ready|possible)\b"
    r"|\b(?:TBC|TBD|to be (?:confirmed|determined|advised|agreed))\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"\b(?:(?:each|every) (?:\w+ )?(?:day|week|month|quarter|year|meeting|board)|weekly|monthly|quarterly|"
    r"annually|regular(?:ly)?|routinely|continu\w+|ongoing|on-going|throughout|as (?:and when )?"
    r"(?:required|needed|necessary|appropriate)|where (?:appropriate|necessary|possible)|whenever|"
    r"case[- ]by[- ]case|always|never|not)\b",
    re.IGNORECASE,
)
_RECORDED = re.compile(
    r"\b(?:agreed|approved|decided|resolved|reported|noted|explained|stated|heard|told|asked|commented|said|"
    r"confirmed|proposed|advised|assured)\b[^.]{0,60}\bthat\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:which|who|whose|(?<!so )(?<!agreed )(?<!noted )that)\s+$", re.IGNORECASE)


def commitments_found(reading: Reading) -> Iterator[Finding]:
    """One finding for each sentence that promises work without saying who or by when."""
    for line in reading.lines:
        if isinstance(line.block, Typed) and line.block.kind is Kind.ACTION:
            yield from _action(reading, line, line.block)
        elif is_statement(line.block) and not line.in_table and _HINT.search(line.words):
            yield from _promises(reading, line)


def _promises(reading: Reading, line: Line) -> Iterator[Finding]:
    said = tuple(sentences(line.words))
    for place, sentence in enumerate(said):
        lacks = _lacking(sentence, " ".join(said[:place] + said[place + 1 :]))
        if lacks:
            yield reading.at("commitment", _message(sentence, lacks), line.section, line.block)


def _lacking(sentence: str, others: str) -> tuple[str, ...]:
    """What a sentence's promise lacks, of "owner" and "date"; empty where it makes none."""
    found = _PASSIVE.search(sentence) or _ACTIVE.search(sentence)
    if found is None or sentence.endswith("?") or _ONGOING.search(sentence[found.start() :]):
        return ()
    before, after = sentence[: found.start()], sentence[found.end() :]
    if _RELATIVE.search(before):
        return ()
    recorded = _RECORDED.search(before)
    dated = _has_date(sentence[recorded.end() if recorded else 0 :])
    dated = dated or bool(re.search(r"\bby\b", others) and _has_date(others))
    if found.re is _ACTIVE:
        owned = _owns(before)
        if not owned:
            return ()
    else:
        owned = _done_by(after) or bool(_LED.search(sentence) or _LED.search(others)) or _bracketed(after)
        owned = owned or (dated and bool(found["shown"]))
    owned = owned or recorded is not None
    return tuple(name for name, has in (("owner", owned), ("date", dated)) if not has)


def _has_date(words: str) -> bool:
    """Whether words fix a time."""
    plain = _FALSE_DATE.sub(" ", _VAGUE.sub(" ", words))
    return bool(_DATE.search(plain))


def _owns(before: str) -> bool:
    """Whether the words before an active verb end in somebody who can be asked."""
    subject = re.split(r"[,;:]|\b(?:and|that|which|but|so|while|when|where)\b", before)[-1].strip()
    subject = subject or before.rstrip(" ,;:").strip()
    head = re.split(r"\b(?:of|for|from|with|in|at|to)\b", subject)[0].strip()
    if _THING.search(head) or not subject:
        return False
    return bool(_OWNS.search(subject) or _NAME.search(subject))


def _done_by(after: str) -> bool:
    """Whether "by" somebody follows a passive verb; by a date or by doing something is nobody."""
    for match in _BY.finditer(after):
        who = match["who"]
        first = who.split()[0].lower()
        if (
            _DATE.match(who)
            or first.endswith("ing")
            or first in {"end", "then", "means", "start", "close", "when"}
        ):
            continue
        if _OWNS.search(who) or _NAME.search(who) or who[:1].isupper():
            return True
    return False


def _bracketed(after: str) -> bool:
    return any(_OWNS.search(each["who"]) or _NAME.search(each["who"]) for each in _BRACKETS.finditer(after))


def _around_the_promise(sentence: str) -> str:
    """The sentence, cut so that what is promised still shows."""
    found = _PASSIVE.search(sentence) or _ACTIVE.search(sentence)
    start = found.start() - 60 if found and found.end() > _SHOWN_MOST - 20 else 0
    if start <= 0:
        return shortened(sentence, _SHOWN_MOST)
    return f"…{shortened(sentence[start:].split(' ', 1)[-1], _SHOWN_MOST)}"


def _message(sentence: str, lacks: tuple[str, ...]) -> str:
    said = f"“{_around_the_promise(sentence)}”"
    vague = _VAGUE.search(sentence)
    when = f" (“{vague.group()}” is no date)" if vague and "date" in lacks else ""
    if len(lacks) == 2:
        return f"{said} has no owner and no date{when}. Say who will do it and by when."
    if lacks == ("owner",):
        return f"{said} has a date but no owner. Say who will do it."
    return f"{said} has an owner but no date{when}. Say by when."


_UNSETTLED = re.compile(
    r"^\W*(?:tbc|tbd|tba|to be (?:confirmed|agreed|determined|advised)|n/?a|\?+)?\W*$", re.IGNORECASE
)


def _action(reading: Reading, line: Line, block: Typed) -> Iterator[Finding]:
    """An action says who and by when in its fields or in its words."""
    owner, by_when = block.field("owner"), block.field("by_when")
    words = line.words
    owned = not _UNSETTLED.match(owner) or bool(_OWNS.search(words) or _NAME.search(words))
    dated = not _UNSETTLED.match(by_when) or _has_date(words)
    lacks = tuple(name for name, has in (("owner", owned), ("date", dated)) if not has)
    if lacks and words.strip():
        yield reading.at("commitment", _message(words, lacks), line.section, block)
