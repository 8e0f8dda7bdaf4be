"""Tracked changes in three views, against files in which others accepted or rejected them."""

from pathlib import Path

import pytest

from goldthread.files.reading import read
from goldthread.files.tree import ChangeKind, ReadDocument, View, walk
from tests.files.words import CORPUS

TRACKED = CORPUS / "tracked"
PAIRS = [
    (path, TRACKED / f"{path.stem}-{ending}.docx", view)
    for path in sorted(TRACKED.glob("*.docx"))
    for ending, view in (("Accepted", View.FINAL), ("Rejected", View.ORIGINAL))
    if (TRACKED / f"{path.stem}-{ending}.docx").exists()
]


def _shape(document: ReadDocument) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.label, block.words()) for block in document.blocks]


@pytest.mark.parametrize(
    ("path", "golden", "view"), PAIRS, ids=lambda each: getattr(each, "stem", str(each))[-40:]
)
def test_a_view_is_what_word_gives_when_it_accepts_or_rejects(path: Path, golden: Path, view: View) -> None:
    assert _shape(read(path, view=view)) == _shape(read(golden, view=view))


@pytest.mark.parametrize("path", sorted(TRACKED.glob("*ed.docx")), ids=lambda path: path.stem[-40:])
def test_a_file_without_changes_reads_alike_in_every_view(path: Path) -> None:
    if not path.stem.endswith(("Accepted", "Rejected")):
        pytest.skip("the file has tracked changes")
    assert _shape(read(path, view=View.FINAL)) == _shape(read(path, view=View.ALL))


def test_the_view_of_all_changes_keeps_who_changed_what() -> None:
    document = read(TRACKED / "TestFiles_RA001-Tracked-Revisions-01.docx", view=View.ALL)
    changes = [change for block in walk(document.blocks) for change in block.changes]
    kinds = {change.kind for change in changes}
    assert kinds == {ChangeKind.INSERTED, ChangeKind.DELETED, ChangeKind.MOVED_FROM}
    assert all(change.by and change.start < change.end for change in changes)


def test_rows_and_marks_say_that_they_were_changed() -> None:
    rows = read(TRACKED / "TestFiles_RP_RP010-Inserted-Table-Row.docx", view=View.ALL)
    table = next(block for block in rows.blocks if block.rows)
    assert [row.change.kind for row in table.rows if row.change] == [ChangeKind.INSERTED]
    marks = read(TRACKED / "TestFiles_RP_RP006-Inserted-Paragraph-Mark.docx", view=View.ALL)
    assert [block.mark.kind for block in marks.blocks if block.mark] == [ChangeKind.INSERTED]
