"""What may be kept from whom, and why: shut unless it is known to be open."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.governance.exemption import (
    Audience,
    Marking,
    allowed,
    problems_with,
    reason_of,
    reasons,
    reasons_for,
    strictest,
)
from goldthread.core.governance.jurisdiction import Jurisdiction

TODAY = date(2026, 3, 10)
LATER = date(2026, 9, 10)
SEEN = {
    (Marking.OPEN, Audience.PUBLIC),
    (Marking.OPEN, Audience.MEMBERS),
    (Marking.OPEN, Audience.FULL),
    (Marking.MEMBERS, Audience.MEMBERS),
    (Marking.MEMBERS, Audience.FULL),
    (Marking.EXEMPT, Audience.FULL),
}
RANK = {Marking.OPEN: 0, Marking.MEMBERS: 1, Marking.EXEMPT: 2}


@pytest.mark.parametrize("chain", tuple(product(Marking, repeat=3)))
@pytest.mark.parametrize("audience", Audience)
def test_the_strictest_of_the_chain_wins(chain: tuple[Marking, Marking, Marking], audience: Audience) -> None:
    worst = max(chain, key=RANK.__getitem__)
    assert allowed(*chain, audience=audience) is ((worst, audience) in SEEN)
    assert strictest(*chain) is worst


@pytest.mark.parametrize("unknown", [None, "Open", "OFFICIAL", "NOT PROTECTIVELY MARKED", "open "])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("audience", Audience)
def test_what_is_not_known_is_refused(unknown: str | None, place: int, audience: Audience) -> None:
    chain: list[str | None] = ["open", "open", "open"]
    assert allowed(*chain, audience=audience)
    chain[place] = unknown
    assert not allowed(*chain, audience=audience)
    assert strictest(*chain) is None


def test_nobody_in_particular_sees_nothing() -> None:
    assert not allowed(Marking.OPEN, audience="everyone")
    assert not allowed(Marking.OPEN, audience="")
    assert not allowed(audience=Audience.FULL)


@pytest.mark.parametrize("place", range(3))
def test_what_nobody_has_marked_is_for_those_who_read_everything(place: int) -> None:
    chain = ["open", "open", "open"]
    chain[place] = ""
    assert [audience for audience in Audience if allowed(*chain, audience=audience)] == [Audience.FULL]
    assert strictest(*chain) is None


@given(st.text(min_size=1, max_size=12), st.sampled_from(Audience))
def test_only_three_words_are_markings(word: str, audience: Audience) -> None:
    assert allowed(word, audience=audience) is ((word, audience) in {(str(m), a) for m, a in SEEN})


def test_the_reasons_of_each_country() -> None:
    england = [reason.code for reason in reasons_for(Jurisdiction.ENGLAND, TODAY)]
    wales = [reason.code for reason in reasons_for(Jurisdiction.WALES, TODAY)]
    shared = [f"FOI-{n}" for n in (22, 24, 30, 31, 36, 38, 40, 41, 42, 43)] + ["SIO-2(2)", "PRSR-13(2)"]
    assert england == [f"12A-{n}" for n in range(1, 8)] + shared
    assert wales == [f"12A-{n}" for n in range(12, 19)] + shared


def test_a_law_is_not_offered_before_its_day() -> None:
    assert reasons_for(Jurisdiction.ENGLAND, date(2006, 2, 28))[0].code == "FOI-22"
    assert "12A-1" in {reason.code for reason in reasons_for(Jurisdiction.ENGLAND, date(2006, 3, 1))}


@pytest.mark.parametrize(
    ("code", "weighed"),
    [
        ("12A-5", True),
        ("12A-12", True),
        ("12A-16", False),
        ("FOI-36", True),
        ("FOI-41", False),
        ("SIO-2(2)", False),
    ],
)
def test_where_the_public_interest_is_weighed(code: str, weighed: bool) -> None:
    reason = reason_of(code)
    assert reason is not None
    assert reason.public_interest is weighed


def test_every_reason_says_what_it_rests_on() -> None:
    assert len({reason.code for reason in reasons()}) == len(reasons())
    for reason in reasons():
        assert reason.source.startswith("https://www.legislation.gov.uk/")
        assert reason.title
        assert "Act" in reason.law or "Order" in reason.law
        assert reason.jurisdictions


@pytest.mark.parametrize(
    ("marking", "reason", "by", "review_on", "codes"),
    [
        ("exempt", "12A-3", "Monitoring Officer", LATER, []),
        ("exempt", "12A-3", "Monitoring Officer", TODAY, []),
        ("open", "", "", None, []),
        ("members", "", "", None, []),
        ("open", "12A-3", "", None, ["open-with-reason"]),
        ("exempt", "", "", None, ["no-reason", "no-decider", "no-review"]),
        ("exempt", "12A-99", "Monitoring Officer", LATER, ["unknown-reason"]),
        ("exempt", "12A-14", "Monitoring Officer", LATER, ["reason-elsewhere"]),
        ("exempt", "12A-3", " ", date(2026, 3, 9), ["no-decider", "review-due"]),
        ("secret", "12A-3", "Monitoring Officer", LATER, ["no-marking"]),
        (None, "", "", None, ["no-marking"]),
    ],
)
def test_what_is_missing_in_a_marking(
    marking: str | None, reason: str, by: str, review_on: date | None, codes: list[str]
) -> None:
    found = problems_with(marking, reason, by, review_on, TODAY, jurisdiction=Jurisdiction.ENGLAND)
    assert [problem.code for problem in found] == codes


def test_whose_view_the_law_asks_for_is_named() -> None:
    (problem,) = problems_with("exempt", "FOI-36", "", LATER, TODAY)
    assert problem.message.endswith("the view of the qualified person.")
