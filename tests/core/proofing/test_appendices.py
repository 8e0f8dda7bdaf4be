"""Appendices cited and not attached, attached and not cited."""

from __future__ import annotations

import pytest

from goldthread.core.proofing import Facts, Finding
from goldthread.core.text import Section
from tests.core.proofing.papers import findings, items, section, source


def _found(*given: Section | str, attached: tuple[str, ...] = ()) -> list[Finding]:
    found = findings(*given, facts=Facts(attached=attached))
    return [each for each in found if each.code.startswith("appendix")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The documents are in Appendices A-D.", "Appendices A-D are cited"),
        ("The plan is at Appendix 1.", "Appendix 1 is cited"),
        ("See Appendices 1 and 2.", "Appendices 1 and 2 are cited"),
        ("The terms are at Annex B.", "Annex B is cited"),
        ("See Appendix 1 to this report.", "Appendix 1 is cited"),
        ("See Appendix 1 and Appendix 3.", "Appendices 1 and 3 are cited"),
    ],
)
def test_cited_and_not_attached(words: str, said: str) -> None:
    (found,) = _found(words)
    assert found.code == "appendix-not-attached"
    assert found.message.startswith(said)
    assert found.block


@pytest.mark.parametrize(
    ("words", "attached"),
    [
        ("In Appendices A-C.", ("Appendix A - Victims.docx", "appendix_b.pdf", "APPENDIX C")),
        ("In Appendices A-C.", ("Appendices A-C",)),
        ("At Appendix 1.", ("Appendix 01 Draft plan.docx",)),
        ("An appendix may follow.", ()),
        ("As Appendix B of the national strategy says.", ()),
        ("As Appendix 2 to the Scheme of Governance allows.", ()),
    ],
)
def test_nothing_is_missing(words: str, attached: tuple[str, ...]) -> None:
    assert _found(words, attached=attached) == []


def test_what_is_missing_of_several() -> None:
    (found,) = _found("In Appendices A-D.", attached=("Appendix A", "Appendix C"))
    assert found.message.startswith("Appendices B and D are cited here but not attached.")


def test_each_is_asked_for_once() -> None:
    assert len(_found("At Appendix 1.", "Again at Appendix 1.")) == 1


def test_the_paper_holds_its_own() -> None:
    body = section("Background", "The terms are at Appendix 1.")
    assert _found(body, section("Appendix 1 – Terms", "The terms.")) == []
    assert [each.code for each in _found(body, section("Appendix 1 – Terms"))] == ["appendix-not-attached"]


def test_a_list_of_appendices_does_not_attach_them() -> None:
    listed = section("Appendices", "Appendix 1 – Terms of the grant", "Appendix 2 – The budget for the year")
    assert [each.code for each in _found(listed)] == ["appendix-not-attached"] * 2
    assert len(_found(section("Appendices", items("Appendix 1 – Terms")))) == 1


def test_attached_and_never_cited() -> None:
    (found,) = _found("The plan is at Appendix 1.", attached=("Appendix 1", "Appendix 2 Costs.xlsx"))
    assert (found.code, found.where) == ("appendix-not-cited", "Appendix 2 Costs.xlsx")
    (found,) = _found(section("Background", "Words."), section("Annex A", "Terms."))
    assert (found.code, found.where) == ("appendix-not-cited", "Section 2, Annex A")


def test_another_documents_appendix_is_a_source() -> None:
    assert _found(section("Bibliography", source("Audit report 2024, Appendix 3"))) == []
