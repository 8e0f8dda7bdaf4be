"""Printed numbers: twice, missing, beginning again; and what only looks so."""

from __future__ import annotations

import pytest

from goldthread.core.proofing import Finding, proof
from goldthread.core.text import Section
from tests.core.proofing.papers import items, paper, says, section

CODES = frozenset({"number-order", "number-twice", "number-gap", "number-restarts", "heading-skipped"})


def _found(*labels: str) -> list[Finding]:
    """What is found where sections bear labels of one level and paragraphs those of more."""
    printed: dict[str, str] = {}
    sections: list[Section] = []
    for label in labels:
        if label[0].isalpha() or label.strip(".").isdigit() or label.endswith(".0"):
            made = section(label if label[0].isalpha() else "Heading")
            sections.append(made)
            printed[made.key] = "" if label[0].isalpha() else label
        else:
            block = says("Words that say something.")
            last = sections.pop()
            sections.append(Section(last.key, last.title, (*last.blocks, block)))
            printed[block.key] = label
    found = proof(paper(*sections), printed=printed)
    return [each for each in found if each.code in CODES]


@pytest.mark.parametrize(
    ("labels", "code", "where"),
    [
        (("3.", "3.1", "3.2", "3.2", "3.3"), "number-twice", "Paragraph 3.2 (second)"),
        (("1.", "2.", "2.", "3."), "number-twice", "Section 2, Heading (second)"),
        (("3.", "3.1", "3.3"), "number-gap", "Paragraph 3.3"),
        (("1.", "2.", "4."), "number-gap", "Section 4, Heading"),
        (("3.", "3.1", "3.3", "3.2", "3.4"), "number-order", "Paragraph 3.2"),
        (("1.", "1.1", "2.", "1.", "1.1", "2."), "number-restarts", "Section 1, Heading (second)"),
    ],
)
def test_a_slip_is_found_once(labels: tuple[str, ...], code: str, where: str) -> None:
    found = _found(*labels)
    assert [(each.code, each.where) for each in found] == [(code, where)]
    assert found[0].section
    assert bool(found[0].block) is where.startswith("Paragraph")


@pytest.mark.parametrize(
    "labels",
    [
        ("1.", "1.1", "1.2", "2.", "2.1"),
        ("1.0", "1.1", "2.0", "2.1"),
        ("1.", "1.1", "2.", "2.1", "Appendix A", "1.", "1.1", "2."),
        ("3.", "3.4"),
        ("1.", "1.1", "1.1.1", "1.1.2", "1.2"),
    ],
)
def test_what_is_right_is_let_be(labels: tuple[str, ...]) -> None:
    assert _found(*labels) == []


def test_the_missing_number_is_named() -> None:
    (found,) = _found("3.", "3.1", "3.4")
    assert found.message.startswith("The numbers go from 3.1 to 3.4: 3.2 to 3.3 are missing.")


def test_a_number_printed_inside_a_table_is_not_missing() -> None:
    first, third = says("One."), says("Three.")
    inside = section("Heading", first, says("2.2 Two, as the importer left it."), third)
    printed = {inside.key: "2.", first.key: "2.1", third.key: "2.3"}
    assert not CODES.intersection(each.code for each in proof(paper(inside), printed=printed))


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("1. 2. 2.", "2 is used twice"),
        ("(1) (2) (4)", "4 follows 2"),
        ("1. 2. 3.", ""),
        ("4. 5. 6.", ""),
        ("1. a. 2.", ""),
        ("1. 3.", ""),
    ],
)
def test_a_list_counts_in_order(labels: str, said: str) -> None:
    made = section("Heading", items("One", "Two", "Three"))
    found = proof(paper(made), printed={made.blocks[0].key: labels})
    assert [each.message.split(". ")[0] for each in found if each.code == "list-numbers"] == (
        [f"In this list {said}"] if said else []
    )


def test_computed_numbers_cannot_be_wrong() -> None:
    assert not CODES.intersection(each.code for each in proof(paper(section("One"), section("One"))))


def test_a_heading_two_levels_down() -> None:
    child = section("Detail", "Words.")
    parent = section("Heading", "Words.", children=(child,))
    found = proof(paper(parent), printed={parent.key: "2", child.key: "2.1.1"})
    assert [each.section for each in found if each.code == "heading-skipped"] == [child.key]
    found = proof(paper(parent), printed={parent.key: "2", child.key: "2.1"})
    assert "heading-skipped" not in [each.code for each in found]
