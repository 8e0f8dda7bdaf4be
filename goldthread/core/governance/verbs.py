"""What a recommendation asks for: its verb, what that verb does, and the outcomes it offers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum, unique
from typing import NamedTuple


@unique
class Verb(StrEnum):
    """What a body is asked to do with a paper."""

    APPROVE = "approve"
    AGREE = "agree"
    NOTE = "note"
    RECEIVE = "receive"
    ENDORSE = "endorse"
    SUPPORT = "support"
    REFER = "refer"
    DEFER = "defer"
    WITHDRAW = "withdraw"


@unique
class Effect(StrEnum):
    """What follows from a verb."""

    DECIDES = "decides"
    NOTES = "notes"
    ADVISES = "advises"
    MOVES = "moves"


@unique
class Outcome(StrEnum):
    """What became of a recommendation."""

    AGREED = "agreed"
    AGREED_WITH_CHANGES = "agreed_with_changes"
    NOT_AGREED = "not_agreed"
    NOTED = "noted"
    ENDORSED = "endorsed"
    REFERRED = "referred"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


@unique
class DecidesBy(StrEnum):
    """Who decides where a body meets."""

    ONE_PERSON = "one_person"
    """A corporation sole: the board advises, the office holder decides."""
    VOTE = "vote"
    """The members decide, by a vote where they are not of one mind."""
    ADVICE_ONLY = "advice_only"
    """Nobody decides here: what is asked for can only be endorsed, and is decided elsewhere."""


OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.AGREED: "Agreed as recommended",
    Outcome.AGREED_WITH_CHANGES: "Agreed with changes",
    Outcome.NOT_AGREED: "Not agreed",
    Outcome.NOTED: "Noted",
    Outcome.ENDORSED: "Endorsed",
    Outcome.REFERRED: "Referred",
    Outcome.DEFERRED: "Deferred",
    Outcome.WITHDRAWN: "Withdrawn",
}

EFFECTS: Mapping[Verb, Effect] = {
    Verb.APPROVE: Effect.DECIDES,
    Verb.AGREE: Effect.DECIDES,
    Verb.NOTE: Effect.NOTES,
    Verb.RECEIVE: Effect.NOTES,
    Verb.ENDORSE: Effect.ADVISES,
    Verb.SUPPORT: Effect.ADVISES,
    Verb.REFER: Effect.MOVES,
    Verb.DEFER: Effect.MOVES,
    Verb.WITHDRAW: Effect.MOVES,
}

_MOVED = {Verb.REFER: Outcome.REFERRED, Verb.DEFER: Outcome.DEFERRED, Verb.WITHDRAW: Outcome.WITHDRAWN}


def effect_of(verb: Verb) -> Effect:
    """Whether a verb decides, notes, advises or moves an item elsewhere."""
    return EFFECTS[verb]


def outcomes_for(verb: Verb, decides_by: DecidesBy) -> tuple[Outcome, ...]:
    """The outcomes offered for a verb; the first is the one offered unless somebody chooses."""
    aside = tuple(_MOVED.values())
    effect = effect_of(verb)
    if effect is Effect.MOVES:
        return (_MOVED[verb], *(each for each in aside if each is not _MOVED[verb]), Outcome.NOT_AGREED)
    if effect is Effect.NOTES:
        return (Outcome.NOTED, *aside)
    if effect is Effect.ADVISES or decides_by is DecidesBy.ADVICE_ONLY:
        return (Outcome.ENDORSED, Outcome.NOT_AGREED, Outcome.NOTED, *aside)
    return (Outcome.AGREED, Outcome.AGREED_WITH_CHANGES, Outcome.NOT_AGREED, *aside)


class _Word(NamedTuple):
    base: str
    third: str
    past: str
    verb: Verb


_WORDS = (
    _Word("approve", "approves", "approved", Verb.APPROVE),
    _Word("adopt", "adopts", "adopted", Verb.APPROVE),
    _Word("ratify", "ratifies", "ratified", Verb.APPROVE),
    _Word("authorise", "authorises", "authorised", Verb.APPROVE),
    _Word("agree", "agrees", "agreed", Verb.AGREE),
    _Word("note", "notes", "noted", Verb.NOTE),
    _Word("receive", "receives", "received", Verb.RECEIVE),
    _Word("endorse", "endorses", "endorsed", Verb.ENDORSE),
    _Word("support", "supports", "supported", Verb.SUPPORT),
    _Word("refer", "refers", "referred", Verb.REFER),
    _Word("defer", "defers", "deferred", Verb.DEFER),
    _Word("withdraw", "withdraws", "withdrew", Verb.WITHDRAW),
)
_BY_FORM = {form: word for word in _WORDS for form in (word.base, word.third)}
_BY_PARTICIPLE = {word.past: word for word in _WORDS} | {"withdrawn": _WORDS[-1]}
_FORM = "|".join(_BY_FORM)
_PARTICIPLE = "|".join(_BY_PARTICIPLE)
_ADVERB = r"(?:\w+ly\s+)?"
_ASKED = r"(?:recommended|asked|invited|requested|required|advised|resolved|proposed)"
_BODY = (
    r"(?:(?:the|each|our)\s+)?(?:[\w’'&-]+\s+){0,7}?(?:boards?|commissioners?|panels?|committees?|members?"
    r"|groups?|authority|mayor|pcc|pfcc|(?-i:[A-Z]{2,6})|chief\s+(?:constable|executive)|council|forum|partnership)"
    r"(?:\s+(?:for|of)(?:\s+(?:(?-i:[A-Z])[\w’'-]*|and|the|&)){1,8})?(?:\s+\([^)]*\))?"
)
_SAID = rf"(?:it\s+is\s+(?:therefore\s+)?{_ASKED}\s+|(?:i|we)\s+recommend\s+|.{{0,60}}?\brecommends\s+)?"

_ITEM = re.compile(r"\n+|[.;:•]\s+|\s*\((?:[a-z]|[ivx]+|\d{1,2})\)\s+", re.IGNORECASE)
_HEAD = re.compile(r"^\W*(?:(?:\d+(?:\.\d+)*|[a-z])[.)]?\s+)?(?:and\s+|or\s+)?", re.IGNORECASE)
_FOUND = re.compile(
    rf"\b(?:(?:be|is|are)\s+{_ADVERB}(?P<participle>{_PARTICIPLE})|(?P<form>{_FORM}))\b", re.I
)
_INFINITIVE = re.compile(
    rf"\b(?:{_ASKED}|is|are|agrees?|resolves?|asks?\s+{_BODY}|^for\s+{_BODY})[,:]?\s+(?:either\s+)?to\s+{_ADVERB}$",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"^{_SAID}(?:that\s+)?{_BODY}\s+(?:should\s+)?{_ADVERB}$", re.IGNORECASE)
_START = re.compile(rf"^(?:to\s+)?{_ADVERB}$", re.IGNORECASE)
_JOINED = re.compile(rf"(?:\band|\bor|,)\s+(?:then\s+)?(?P<to>to\s+)?{_ADVERB}$", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|neither|nor|cannot|refuses?|declines?)\s+(?:be\s+|being\s+|yet\s+)?"
    rf"(?:{_ASKED}\s+)?(?:to\s+)?{_ADVERB}$",
    re.IGNORECASE,
)
_EMBEDS = re.compile(r"\b(?:that|which|who|whose|whether|where|when|if)\b", re.IGNORECASE)
_PASSIVE = re.compile(rf"^(?:{_SAID}that\b|.{{0,60}}\b{_ASKED}\s+that\b)(?!.*\bthat\b)", re.IGNORECASE)
_NOUN_NEXT = re.compile(r"\s*(?:of|for|from|on|by|taken|is|was)\b|\s*:\s*\S", re.IGNORECASE)
_OBJECT_NEXT = re.compile(
    r"\s*(?:$|[.;,]|(?:the|this|that|these|a|an|any|all|its|their|how|progress|and)\b)", re.IGNORECASE
)
_NOUNS = frozenset({"note", "notes", "support", "supports"})
_NEAR = 300
"""How many characters beside a verb are looked at; a longer subject is none."""
_LONGEST = 2000
"""The longest wording that is resolved, in characters."""
_RANK = (Effect.DECIDES, Effect.MOVES, Effect.ADVISES, Effect.NOTES)


def verb_of(words: str) -> Verb | None:
    """The verb of a recommendation: one that decides before any other, nothing where none is sure."""
    if re.search(r"\bnot\s+to\s*:", words, re.IGNORECASE):
        return None
    found = [verb for item in _ITEM.split(words) for verb in _verbs_in(_HEAD.sub("", item, count=1))]
    return min(found, key=lambda verb: _RANK.index(EFFECTS[verb]), default=None)


def _verbs_in(item: str) -> Iterator[Verb]:
    """Every verb that the item's subject is asked to do, in their order."""
    heard, end = False, 0
    refused = False
    considered = "to consider" in item[:_NEAR]
    for match in _FOUND.finditer(item):
        before, after = item[: match.start()], item[match.end() : match.end() + _NEAR]
        if heard and _EMBEDS.search(before[end:]):
            return
        if match["participle"]:
            counts = not heard and len(before) < _NEAR and bool(_PASSIVE.search(before))
            word = _BY_PARTICIPLE[match["participle"].lower()]
        else:
            word = _BY_FORM[match["form"].lower()]
            counts = _counts(match["form"].lower(), before, after, heard=heard or considered)
        negated = bool(_NOT.search(before[-_NEAR:])) or bool(re.search(r"\bnot\s+be\b", match[0]))
        if not counts and not negated:
            continue
        joined = _JOINED.search(before[-_NEAR:])
        refused = negated or (refused and joined is not None and not joined["to"])
        heard, end = True, match.end()
        if not refused:
            yield word.verb


def _counts(form: str, before: str, after: str, *, heard: bool) -> bool:
    """Whether a form stands where only a verb can, and does not merely lead to another verb."""
    if form in {"refer", "refers", "defer", "defers"} and re.match(r"\s+(?:back\s+)?to\b", after):
        return False
    if re.match(rf"\s+to\s+{_ADVERB}(?:{_FORM})\b", after, re.IGNORECASE) and form in {"agree", "agrees"}:
        return False
    if form in _NOUNS and _NOUN_NEXT.match(after):
        return False
    if len(before) < _NEAR and (_START.match(before) or _FINITE.match(before)):
        return True
    if _INFINITIVE.search(before[-_NEAR:]):
        return True
    joined = _JOINED.search(before[-_NEAR:])
    if not (heard and joined):
        return False
    return bool(joined["to"]) or form not in _NOUNS or bool(_OBJECT_NEXT.match(after))


_RESOLVABLE = re.compile(
    rf"^(?:{_SAID}that\s+)?(?P<who>{_BODY})\s+(?:(?:is|are)\s+{_ASKED}\s+to\s+|should\s+)?(?P<how>{_ADVERB})"
    rf"(?P<first>{_FORM}|considers?)(?:\s+and\s+(?:to\s+)?(?P<second>{_FORM}))?\s+(?P<rest>[^\n]+)$",
    re.IGNORECASE,
)


_ADVISES = re.compile(r"\b(?:board|committee|members|panel|meeting)\b", re.IGNORECASE)


def wording_resolved(words: str, verb: Verb, *, decider: str = "") -> str:
    """Recommended words as resolved: "The Board is recommended to approve X." gives "The Board approved X."

    Where a ``decider`` decides on the advice of the body that was asked, what is decided is the
    decider's: "The Commissioner approved X." Given back unchanged where the grammar is not sure:
    lists, several sentences, a negative, no subject, a further verb, or a verb other than the one
    asked for.
    """
    match = _RESOLVABLE.match(words.strip()) if len(words) < _LONGEST else None
    if match is None or verb_of(words) is not verb or _NOT.search(match["who"]):
        return words
    rest = match["rest"]
    further = rf"(?:\band|\bor|,)\s+(?:to\s+)?(?:{_FORM})\b|[.;:]\s+\S|^to\s+|\(a\)"
    if re.search(further, rest, re.IGNORECASE):
        return words
    past = [_past(match[name]) for name in ("first", "second") if match[name]]
    who = match["who"][0].upper() + match["who"][1:]
    if decider and effect_of(verb) is Effect.DECIDES and _ADVISES.search(who):
        who = f"The {decider.removeprefix('The ')}"
    return f"{who} {match['how']}{' and '.join(past)} {rest}"


def _past(form: str) -> str:
    word = _BY_FORM.get(form.lower())
    return word.past if word else "considered"
