"""Sign-offs with deadlines: asked, answered of exactly what was read, asked again; implications."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from goldthread.meetings.actions.papers import return_paper, warnings_of
from goldthread.meetings.actions.sign_offs import answer_sign_off, ask_sign_off, set_implication
from goldthread.meetings.models import Paper, SignOff
from goldthread.meetings.paper_needs import paper_needs
from goldthread.meetings.papers import content_seal, signings
from tests.meetings.test_papers import a_paper, hand_in, write

pytestmark = pytest.mark.django_db


def asked(boards: Any, paper: Paper, kind: str = "finance") -> SignOff:
    return ask_sign_off(
        paper=paper,
        kind=kind,
        office=boards.cast.office(Role.CHIEF_FINANCE_OFFICER),
        due=boards.at.date() + timedelta(days=7),
        by=paper.author,
        at=boards.at,
    )


def answered(boards: Any, row: SignOff, outcome: str, words: str = "") -> SignOff:
    return answer_sign_off(
        sign_off=row,
        outcome=outcome,
        words=words,
        seen=content_seal(row.paper),
        by=boards.cast.chief_finance_officer,
        at=boards.at,
    )


def standing(boards: Any, paper: Paper) -> list[str]:
    return [each.words for each in signings(paper, on=boards.at.date())]


def test_a_signature_is_of_exactly_what_was_read(boards: Any) -> None:
    paper = a_paper(boards)
    row = asked(boards, paper)
    assert standing(boards, paper) == ["asked"]
    answered(boards, row, "signed")
    assert standing(boards, paper) == ["signed"]
    write(paper, boards, "It costs twice as much.")
    assert standing(boards, paper) == ["signed an earlier version"]


def test_what_changed_while_it_was_read_is_not_signed(boards: Any) -> None:
    paper = a_paper(boards)
    row, seen = asked(boards, paper), content_seal(paper)
    write(paper, boards, "It costs twice as much.")
    with pytest.raises(ValidationError, match="changed since you opened"):
        answer_sign_off(
            sign_off=row,
            outcome="signed",
            words="",
            seen=seen,
            by=boards.cast.chief_finance_officer,
            at=boards.at,
        )


def test_only_the_office_that_was_asked_answers(boards: Any) -> None:
    paper = a_paper(boards)
    row = asked(boards, paper)
    with pytest.raises(PermissionDenied, match="does not hold the office"):
        answer_sign_off(
            sign_off=row,
            outcome="signed",
            words="",
            seen=content_seal(paper),
            by=boards.cast.monitoring_officer,
            at=boards.at,
        )


def test_a_refusal_says_what_would_have_to_change_and_is_given_once(boards: Any) -> None:
    row = asked(boards, a_paper(boards))
    with pytest.raises(ValidationError, match="what would have to change"):
        answered(boards, row, "refused")
    answered(boards, row, "refused", "Say where the money comes from.")
    with pytest.raises(ValidationError, match="answered already"):
        answered(boards, row, "signed")


@pytest.mark.parametrize(("outcome", "rows"), [("refused", 2), ("conditions", 2), ("signed", 1)])
def test_a_refusal_of_other_words_is_asked_again_when_the_paper_is_handed_in(
    boards: Any, outcome: str, rows: int
) -> None:
    paper = a_paper(boards)
    hand_in(paper, boards)
    answered(boards, asked(boards, paper), outcome, "Say where the money comes from.")
    return_paper(paper=paper, words="See finance.", by=boards.cast.governance_officer, at=boards.at)
    write(paper, boards, "It comes from reserves.")
    hand_in(paper, boards)
    assert paper.sign_offs.count() == rows
    assert paper.sign_offs.filter(outcome="").count() == rows - 1


def test_nobody_is_asked_twice_at_once_nor_for_yesterday_nor_who_does_not_sign(boards: Any) -> None:
    paper = a_paper(boards)
    asked(boards, paper)
    with pytest.raises(ValidationError, match="has not answered yet"):
        asked(boards, paper)
    given = {"paper": paper, "kind": "legal", "by": paper.author, "at": boards.at}
    soon = boards.at.date()
    with pytest.raises(ValidationError, match="passed"):
        ask_sign_off(
            office=boards.cast.office(Role.MONITORING_OFFICER), due=soon - timedelta(days=1), **given
        )
    with pytest.raises(ValidationError, match="does not sign papers off"):
        ask_sign_off(office=boards.cast.office(Role.ANALYST), due=soon, **given)
    with pytest.raises(PermissionDenied):
        ask_sign_off(
            office=boards.cast.office(Role.MONITORING_OFFICER),
            due=soon,
            **{**given, "by": boards.cast.analyst},
        )


def test_who_accepts_is_warned_of_signatures_that_are_missing(boards: Any) -> None:
    paper = a_paper(boards)
    hand_in(paper, boards)
    asked(boards, paper)
    found = {each.code: each for each in warnings_of(paper, on=boards.at.date() + timedelta(days=8))}
    assert "overdue" in found["sign-off"].message
    assert found["sign-off"].where == "Chief Finance Officer"


def test_a_version_keeps_who_had_signed_what(boards: Any) -> None:
    paper = a_paper(boards)
    answered(boards, asked(boards, paper), "conditions", "If the grant comes.")
    version = hand_in(paper, boards)
    assert version.header["sign_offs"] == [
        {
            "kind": "finance",
            "office": "Chief Finance Officer",
            "outcome": "conditions",
            "words": "If the grant comes.",
            "by": "Joshua Stukeley",
            "on": "2014-03-04",
            "current": "yes",
        }
    ]


def test_an_implication_is_stated_by_the_author_or_by_whoever_signs_for_it(boards: Any) -> None:
    paper, finance = a_paper(boards), boards.cast.chief_finance_officer
    given = {"paper": paper, "kind": "finance", "at": boards.at}
    with pytest.raises(PermissionDenied):
        set_implication(words="None.", by=finance, **given)
    asked(boards, paper)
    before = content_seal(paper)
    set_implication(words="£12,000 from reserves.", by=finance, **given)
    assert content_seal(paper) != before
    with pytest.raises(ValidationError, match="does not ask for that"):
        set_implication(paper=paper, kind="weather", words="Rain.", by=paper.author, at=boards.at)
    version = hand_in(paper, boards)
    assert version.header["implications"][0]["words"] == "£12,000 from reserves."
    with pytest.raises(ValidationError, match="return it"):
        set_implication(words="More.", by=paper.author, **given)


def test_being_asked_stands_among_what_waits_for_the_office(boards: Any) -> None:
    paper, finance, on = a_paper(boards), boards.cast.chief_finance_officer, boards.at.date()
    assert paper_needs(finance, on) == ()
    row = asked(boards, paper)
    (need,) = paper_needs(finance, on)
    assert (need.title, need.status) == ("Sign off “Delivery of the plan”", "due 11 March 2014")
    late = paper_needs(finance, on + timedelta(days=30))[0]
    assert (late.status, late.tone) == ("was due 11 March 2014", "bad")
    answered(boards, row, "signed")
    assert paper_needs(finance, on) == ()


@pytest.mark.slow
def test_the_page_shows_the_words_and_takes_the_answer(client: Client, boards: Any) -> None:
    paper = a_paper(boards)
    row = asked(boards, paper)
    client.force_login(boards.cast.chief_finance_officer)
    address = reverse("meetings:desk-paper-sign-off", args=[paper.slug, row.pk])
    assert "It follows." in client.get(address).content.decode()
    given = {"outcome": "refused", "words": "", "seen": content_seal(paper)}
    assert "what would have to change" in client.post(address, given).content.decode()
    client.post(address, {**given, "words": "Say where the money comes from."})
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "Say where the money comes from." in page
