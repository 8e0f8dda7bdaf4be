"""Which clauses are about the same things as a section."""

from __future__ import annotations

from goldthread.core.text.likeness import Candidate, likely, stems

BURGLARY = "Officers will visit every victim of a dwelling burglary within a day and keep them informed."
CANDIDATES = (
    Candidate("victims", "Each burglary victim is visited by an officer and is kept informed by the force."),
    Candidate(
        "estate", "The estate strategy disposes of surplus buildings and shares stations with partners."
    ),
    Candidate("roads", "Casualties on rural roads are reduced by enforcement of speed limits."),
)


def test_the_likeliest_comes_first_and_the_unlike_are_left_out() -> None:
    found = likely(BURGLARY, CANDIDATES)
    assert [each.name for each in found] == ["victims"]
    assert 0.12 <= found[0].score < 1


def test_the_same_words_are_as_like_as_can_be() -> None:
    (found,) = likely(BURGLARY, (Candidate("same", BURGLARY),))
    assert found.score == 1.0


def test_nothing_is_like_no_words_and_nothing_is_like_no_candidates() -> None:
    assert likely("", CANDIDATES) == ()
    assert likely("the and for with", CANDIDATES) == ()
    assert likely(BURGLARY, ()) == ()


def test_no_more_than_asked_for_and_in_a_settled_order() -> None:
    same = tuple(Candidate(name, BURGLARY) for name in "cab")
    assert [each.name for each in likely(BURGLARY, same, most=2)] == ["a", "b"]


def test_endings_and_common_words_do_not_count() -> None:
    assert stems("Burglaries and burglary") == stems("the burglary, a burglary")
    assert "the" not in stems("the people")
