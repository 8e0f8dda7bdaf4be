"""A minute as it is typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.text import Cell, Kind, ListBlock, Mark, MarkKind, Prose, Row, Run, Section, Table, Typed
from goldthread.meetings.lines import normal, section_of, typed

EMPTY = Section("item-1", "Delivery", numbered=False)


def test_lines_become_what_they_say_they_are() -> None:
    section = section_of(
        "The Board received the paper.\n\n- first\n- second\nRESOLVED: The paper was approved.\n"
        "ACTION: DK to write to the Chief Constable.\n> We heard you.",
        EMPTY,
    )
    kinds = [block.kind for block in section.blocks]
    assert kinds == [Kind.PARAGRAPH, Kind.LIST, Kind.OUTCOME, Kind.ACTION, Kind.QUOTATION]
    assert typed(section).split("\n")[-2:] == [
        "ACTION: DK to write to the Chief Constable.",
        "> We heard you.",
    ]


def test_other_ways_of_writing_an_action_are_understood() -> None:
    for line in ("Action - SN to report.", "Action SN to report.", "ACTION – SMc to report."):
        assert section_of(line, EMPTY).blocks[0].kind is Kind.ACTION
    for line in ("Action was taken at once.", "Actions arising were noted.", "Action: "):
        assert section_of(line, EMPTY).blocks[0].kind is Kind.PARAGRAPH


def test_a_line_keeps_its_key_when_it_is_changed_moved_or_others_come_between() -> None:
    first = section_of("One was said here.\nACTION: DK to write.\nThree was agreed.", EMPTY)
    again = section_of("Three was agreed.\nNew words entirely.\nACTION: DK to write by May.", first)
    keys = [block.key for block in first.blocks]
    assert again.blocks[0].key == keys[2]
    assert again.blocks[2].key == keys[1]
    assert again.blocks[1].key not in keys


def test_what_cannot_be_typed_is_kept_while_its_line_is() -> None:
    table = Table("t", (Row((Cell(((Run("cell"),),)),)),), "Figures")
    bold = Prose("b", Kind.PARAGRAPH, (Run("Most ", ()), Run("important", (Mark(MarkKind.STRONG),))), True)
    whole = Section("item-1", "Delivery", (table, bold), (), False)
    words = typed(whole)
    assert section_of(words + "\nMore.", whole).blocks[:2] == (table, bold)
    assert section_of("More.", whole).blocks[0].kind is Kind.PARAGRAPH


def test_paragraphs_that_begin_with_action_are_actions_wherever_they_come_from() -> None:
    prose = Prose("p", Kind.PARAGRAPH, (Run("ACTION: CW to reply."),), True)
    made = normal(Section("item-1", "Delivery", (prose,)))
    assert made.blocks == (Typed("p", Kind.ACTION, (Run("CW to reply."),)),)


def test_a_list_keeps_its_depth() -> None:
    section = section_of("- one\n  - below\n1. first", EMPTY)
    block = section.blocks[0]
    assert isinstance(block, ListBlock)
    assert [(item.depth, item.ordered) for item in block.items] == [(0, False), (1, False), (0, True)]


@given(st.lists(st.text(alphabet="ab -:>*1.\nACTIONRESLVD", max_size=40), max_size=8))
def test_typing_the_same_again_changes_nothing(lines: list[str]) -> None:
    first = section_of("\n".join(lines), EMPTY)
    assert section_of(typed(first), first) == first
