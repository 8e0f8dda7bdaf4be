"""Plain text: encodings, headings, lists, paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.files.plain import decode
from goldthread.files.reading import read
from goldthread.files.refused import Refused
from goldthread.files.tree import BlockKind

PAPER = """To: Business Coordination Board

1. Purpose

1.1 The purpose of this report is to ask the Board
to approve the priorities.

(a) first item
(b) second item

- a bullet

BIBLIOGRAPHY

Source documents
"""


def test_headings_lists_and_paragraphs_are_told_apart() -> None:
    blocks = read(PAPER.encode()).blocks
    assert [(block.kind, block.label, block.text) for block in blocks] == [
        (BlockKind.PARAGRAPH, "", "To: Business Coordination Board"),
        (BlockKind.HEADING, "1.", "Purpose"),
        (
            BlockKind.LIST_ITEM,
            "1.1",
            "The purpose of this report is to ask the Board to approve the priorities.",
        ),
        (BlockKind.LIST_ITEM, "(a)", "first item"),
        (BlockKind.LIST_ITEM, "(b)", "second item"),
        (BlockKind.LIST_ITEM, "-", "a bullet"),
        (BlockKind.HEADING, "", "BIBLIOGRAPHY"),
        (BlockKind.PARAGRAPH, "", "Source documents"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_marked_encoding_needs_no_guess(encoding: str) -> None:
    document = read("Café – “pledge”".encode(encoding))
    assert document.text() == "Café – “pledge”"
    assert document.warnings == ()


def test_a_guessed_encoding_is_said() -> None:
    document = read("Café – “pledge”".encode("cp1252"))
    assert document.text() == "Café – “pledge”"
    assert [warning.code for warning in document.warnings] == ["guess"]


def test_control_characters_are_taken_out_and_said() -> None:
    document = read(b"one\x07 two\x1b three")
    assert document.text() == "one two three"
    assert [warning.code for warning in document.warnings] == ["control"]


def test_right_to_left_text_says_so() -> None:
    blocks = read("خطة الشرطة والجريمة\n\nA plan".encode()).blocks
    assert [block.rtl for block in blocks] == [True, False]


def test_what_is_not_text_is_refused() -> None:
    for data in (b"", b"\x00" * 40, b"%PDF-1.7", b"<!DOCTYPE html><p>x", b"\x7fELF", b"abc\x00def"):
        with pytest.raises(Refused):
            read(data)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=200))
def test_no_word_is_lost(words: str) -> None:
    cleaned, _ = decode(words.encode())
    if not words.strip() or words.lstrip("\ufeff \r\n\t").startswith(
        ("{\\rtf", "<", "PK", "GIF8", "MZ", "Rar!", "%PDF-")
    ):
        return
    held = "".join(read(words.encode()).text().split())
    assert held == "".join(cleaned.split())
