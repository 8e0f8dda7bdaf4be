"""What was typed as a question, and the piece of a text that answers it."""

from __future__ import annotations

from typing import Any

import pytest

from goldthread.thread.search.asking import COMMON, LONGEST, asked, folded
from goldthread.thread.search.snippets import AROUND, marked, snippet


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("victims", (("victims",),)),
        ("the victims of crime", (("victims",), ("crime",))),
        ("“hate crime” hub", (("hate", "crime"), ("hub",))),
        ('"what we will do"', ()),
        ("V2.1", (("v2", "1"),)),
        ("2014/07 CPCC", (("2014", "07"), ("cpcc",))),
        ("Café Ŵyn", (("cafe",), ("wyn",))),
        ('title:x OR (a) -b* NEAR(c "', (("title", "x"), ("b",), ("near", "c"))),
        ("  ", ()),
        ("what is it?", ()),
        ("x\x00y", (("x",), ("y",))),
        ("crime crime CRIME", (("crime",),)),
    ],
)
def test_a_question_is_the_words_and_phrases_that_say_something(typed: str, parts: Any) -> None:
    assert asked(typed).parts == parts


def test_a_question_is_cut_short_and_keeps_what_was_typed() -> None:
    question = asked("crime " * 100)
    assert len(question.typed) <= LONGEST
    assert asked(" ".join(f"word{n}" for n in range(30))).parts[-1] == ("word11",)
    assert "the" in COMMON


@pytest.mark.parametrize("words", ["Ångström İstanbul ß ﬁne", "日本語 Ελλάς", "e\u0301a"])
def test_words_are_folded_letter_for_letter(words: str) -> None:
    assert len(folded(words)) == len(words)


def test_a_snippet_stands_around_what_was_sought() -> None:
    words = f"{'before ' * 60}the hate crime hub opens {'after ' * 60}"
    pieces = snippet(words, asked("crimes hub"))
    assert [piece.words for piece in pieces if piece.sought] == ["crime", "hub"]
    assert pieces[0].words == "… "
    assert pieces[-1].words == " …"
    assert sum(len(piece.words) for piece in pieces) < 3 * AROUND


def test_a_snippet_of_what_is_not_there_is_its_beginning() -> None:
    assert snippet("Short words.", asked("elsewhere")) == (("Short words.", False),)
    assert snippet("", asked("elsewhere")) == ()


def test_words_are_marked_in_whatever_form_they_stand() -> None:
    pieces = marked("Policing: police, policed, POLICE and a polite cafè", asked("police cafe"))
    assert [p.words for p in pieces if p.sought] == ["Policing", "police", "policed", "POLICE", "cafè"]
    assert "".join(piece.words for piece in pieces) == "Policing: police, policed, POLICE and a polite cafè"
