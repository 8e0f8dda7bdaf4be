"""From a tree to sections: headings, numbers, typed blocks, and what is left out."""

import pytest

from goldthread.core.text import Kind, ListBlock, MarkKind, Prose, Table, Typed, plain, words_of
from goldthread.files.reading import read
from goldthread.files.sections import FRONT, Recognised, to_text
from tests.files.docs import docx, paragraph
from tests.files.words import CORPUS

H1, H2 = '<w:outlineLvl w:val="0"/>', '<w:outlineLvl w:val="1"/>'


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _recognised(body: str) -> Recognised:
    return to_text(read(docx(body)))


def _printed(recognised: Recognised) -> list[tuple[str, str]]:
    return [(section.title, recognised.printed.get(section.key, "")) for _, section in recognised.text.walk()]


def test_the_paper_of_2014() -> None:
    recognised = to_text(read(CORPUS / "papers" / "bcb-2014-10-02-objective-1-update.docx"))
    assert recognised.text.title == "Police and Crime Plan – Objective 1 update"
    assert _printed(recognised) == [
        (FRONT, ""), ("Purpose", "1."), ("Recommendation", "2."), ("Background", "3."), ("BIBLIOGRAPHY", ""),
    ]  # fmt: skip
    background = recognised.text.sections[3]
    assert [recognised.printed[block.key] for block in background.blocks] == [
        "3.1", "3.2", "3.3", "1. 2. 3. 4. 5.", "3.4", "3.5", "3.6",
    ]  # fmt: skip
    assert isinstance(background.blocks[3], ListBlock)
    sources = recognised.text.sections[4].blocks
    assert [block.kind for block in sources] == [Kind.SOURCE_DOCUMENT] * 4 + [Kind.CONTACT]
    assert isinstance(sources[0], Typed)
    assert sources[0].field("address") == "http://www.cambridgeshire-pcc.gov.uk/police-crime-plan/"


def test_the_paper_of_2019_uses_one_number_twice() -> None:
    recognised = to_text(read(CORPUS / "papers" / "bcb-2019-04-04-delivery-of-the-plan.docx"))
    background = recognised.text.sections[3]
    assert [recognised.printed[block.key] for block in background.blocks] == [
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "3.4",
    ]
    assert [problem.code for problem in recognised.problems] == ["number-twice"]
    recommended = [b for _, s in recognised.text.walk() for b in s.blocks if b.kind is Kind.RECOMMENDATION]
    assert len({words_of(block) for block in recommended}) == 1
    assert [recognised.printed[block.key] for block in recommended] == ["2.1", "4.1"]


def test_pledges_by_heading_and_by_first_words() -> None:
    body = (
        paragraph("Keeping people safe", H1)
        + paragraph("Our pledges", H2)
        + paragraph("The commissioner pledges as follows:")
        + paragraph("Every victim is offered support.")
        + paragraph("Visible policing", H2)
        + paragraph("Pledge 3: I will hold the constable to account.")
        + paragraph("I will pledge to keep front-line officers.")
        + paragraph("An ordinary paragraph.")
    )
    recognised = _recognised(body)
    blocks = [block for _, section in recognised.text.walk() for block in section.blocks]
    assert [block.kind.value for block in blocks] == ["paragraph", "pledge", "pledge", "pledge", "paragraph"]
    assert words_of(blocks[2]) == "I will hold the constable to account."
    assert recognised.printed[blocks[2].key] == "Pledge 3"


def test_key_measures_in_a_table() -> None:
    body = paragraph("Key measures", H1) + _table(
        ("Measure", "Baseline", "Target", "By when"),
        ("Victim satisfaction", "82%", "90%", "March 2016"),
        ("Response in 15 minutes", "", "85%", ""),
    )
    recognised = _recognised(body)
    blocks = recognised.text.sections[0].blocks
    assert [block.fields for block in blocks if isinstance(block, Typed)] == [
        (("baseline", "82%"), ("target", "90%"), ("by_when", "March 2016")),
        (("target", "85%"),),
    ]
    assert "Measure, Baseline, Target, By when" in recognised.left_out[0].message


def test_a_table_with_other_columns_stays_a_table() -> None:
    recognised = _recognised(_table(("Measure", "Target", "Remarks"), ("a", "b", "c")))
    assert isinstance(recognised.text.sections[0].blocks[0], Table)


def test_a_file_without_headings_is_one_section_and_says_so() -> None:
    recognised = _recognised(paragraph("Some words here.") + paragraph("And some more words."))
    assert len(recognised.text.sections) == 1
    assert [problem.code for problem in recognised.problems] == ["no-headings"]


def test_two_ways_of_numbering_are_noticed() -> None:
    body = "".join(paragraph(f"{label}\t{words}", H1) for label, words in (("1.", "One"), ("(a)", "Two")))
    assert "two-schemes" in [problem.code for problem in _recognised(body).problems]


def test_notes_follow_their_section_and_are_referred_to() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = paragraph("First", H1) + f"<w:p><w:r><w:t>Words</w:t></w:r>{note}</w:p>" + paragraph("Second", H1)
    notes = f'<w:footnote w:id="2">{paragraph("What it says.")}</w:footnote>'
    recognised = to_text(read(docx(body, {"footnotes": notes})))
    words, held = recognised.text.sections[0].blocks
    assert isinstance(words, Prose)
    assert isinstance(held, Prose)
    assert (held.kind, plain(held.runs)) == (Kind.NOTE, "What it says.")
    assert [
        mark.target for run in words.runs for mark in run.marks if mark.kind is MarkKind.NOTE_REFERENCE
    ] == [held.key]


def test_comments_and_headers_are_left_out_by_name() -> None:
    recognised = to_text(read(CORPUS / "features" / "tests_test-data_comments.docx"))
    assert "comment" in {left.code for left in recognised.left_out}


def test_a_given_title_stands_and_the_file_s_own_is_named() -> None:
    body = paragraph("The Plan", '<w:pStyle w:val="Title"/>') + paragraph("One", H1)
    recognised = to_text(read(docx(body)), title="Another name")
    assert recognised.text.title == "Another name"
    assert "The Plan" in recognised.left_out[0].message


def test_a_returned_file_keeps_the_keys_of_its_blocks() -> None:
    key = "0b5c8f0e-7a51-4f6e-9c53-6f0f5f1f2a3b"
    mark = f'<w:bookmarkStart w:id="1" w:name="_blk_{key.replace("-", "")}"/>'
    body = f"<w:p>{mark}<w:r><w:t>Words</w:t></w:r></w:p><w:p>{mark}<w:r><w:t>Copy</w:t></w:r></w:p>"
    keys = [block.key for block in _recognised(body).text.sections[0].blocks]
    assert keys[0] == key
    assert keys[1] != key


@pytest.mark.parametrize("name", ["tests_test-data_footnotes.docx", "tests_data_docx_sources_equations.docx"])
def test_every_key_is_used_once(name: str) -> None:
    text = to_text(read(CORPUS / "features" / name)).text
    keys = [
        key for _, section in text.walk() for key in (section.key, *(block.key for block in section.blocks))
    ]
    assert len(keys) == len(set(keys))
