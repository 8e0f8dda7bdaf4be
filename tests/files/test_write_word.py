"""A text written as Word reads back as the same text, the same bytes each time, and says who made it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest

from goldthread.core.text import Kind, ListBlock, Prose, Run, Section, Table, Text, Typed, numbers
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.word.write import write_docx
from goldthread.files.word.xml import bookmark_name
from tests.files.plans import key_of, plan
from tests.files.redline_files import shape
from tests.files.written import W, faults, part


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_docx(plan(), edition="march-2014")


def test_it_reads_back_as_the_same_text(written: bytes) -> None:
    assert shape(to_text(read(written)).text) == shape(plan())


def test_its_labels_are_the_numbers_that_we_compute(written: bytes) -> None:
    expected = {key: label for key, label in numbers(plan()).items()}
    assert {key: label for key, label in _printed(written) if key in expected} == expected


def _printed(written: bytes) -> Iterator[tuple[str, str]]:
    keys = {bookmark_name(key): key for key in numbers(plan())}
    for block in read(written).blocks:
        for mark in block.bookmarks:
            if mark in keys:
                yield keys[mark], block.label
        if block.kind.value == "note":
            yield "00000000-0000-4000-8000-0000000000aa", block.label


def test_keys_come_back(written: bytes) -> None:
    returned = to_text(read(written)).text
    keys = {section.key for _, section in returned.walk()}
    assert {key_of(number) for number in (1, 2, 3, 4)} <= keys
    kept = {block.key for _, section in returned.walk() for block in section.blocks}
    assert {key_of(number) for number in (10, 11, 12, 13, 14, 20, 23, 30, 41)} <= kept


def test_lists_tables_and_fields_keep_their_form(written: bytes) -> None:
    sides = [[b for _, s in text.walk() for b in s.blocks] for text in (plan(), to_text(read(written)).text)]
    ours, theirs = ([b for b in side if isinstance(b, ListBlock)] for side in sides)
    assert [[(i.depth, i.ordered) for i in b.items] for b in theirs] == [
        [(i.depth, i.ordered) for i in b.items] for b in ours
    ]
    assert [b.start for b in theirs] == [1, 3]
    ours, theirs = ([b for b in side if isinstance(b, Table)] for side in sides)
    assert [[[(c.header, c.colspan, c.rowspan) for c in r.cells] for r in b.rows] for b in theirs] == [
        [[(c.header, c.colspan, c.rowspan) for c in r.cells] for r in b.rows] for b in ours
    ]
    ours, theirs = ([(b.kind, b.fields) for b in side if isinstance(b, Typed)] for side in sides)
    assert theirs == ours


def test_the_same_text_gives_the_same_bytes(written: bytes) -> None:
    assert write_docx(plan(), edition="march-2014") == written


def test_its_markup_is_valid(written: bytes) -> None:
    assert faults(written) == []


def test_properties_name_the_title_the_language_and_the_edition_and_no_person(written: bytes) -> None:
    core = docx.Document(io.BytesIO(written)).core_properties
    assert (core.title, core.language, core.author, core.last_modified_by) == (plan().title, "en-GB", "", "")
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert b"march-2014" in package.read("docProps/custom.xml")
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_header_rows_repeat_and_pictures_are_described(written: bytes) -> None:
    body = part(written, "word/document.xml")
    assert len(list(body.iter(f"{W}tblHeader"))) == 1
    described = [e.get("descr") for e in body.iter() if str(e.tag).endswith("}docPr")]
    assert described == ["A map of contact points"]


def test_another_language_is_marked(written: bytes) -> None:
    tongues = [e.get(f"{W}val") for e in part(written, "word/document.xml").iter(f"{W}lang")]
    assert set(tongues) == {"cy"}


def test_hidden_kinds_are_left_out() -> None:
    shown = to_text(read(write_docx(plan(), hidden={Kind.ACTION, Kind.KEY_MEASURE}))).text
    kinds = {block.kind for _, section in shown.walk() for block in section.blocks}
    assert Kind.ACTION not in kinds
    assert Kind.PLEDGE in kinds


@pytest.mark.parametrize("said", ["", "\x00\x0b<&>]]>\ufffe", "نص عربي", "a\tb\nc", "é" * 3000])
def test_any_words_can_be_written(said: str) -> None:
    block = Prose(
        "any key at all, even a very long one with spaces in it", Kind.PARAGRAPH, (Run(said),), lang="ar"
    )
    made = write_docx(Text(said, (Section("s", said, (block,)),)))
    assert faults(made) == []
    assert read(made) is not None


def test_bookmark_names_fit_and_differ() -> None:
    names = {bookmark_name(key) for key in (key_of(1), "short_key", "x" * 36, "x" * 37, "ж")}
    assert len(names) == 5
    assert all(len(name) <= 40 for name in names)


def test_an_empty_text_is_a_valid_file() -> None:
    assert faults(write_docx(replace(plan(), sections=()))) == []
