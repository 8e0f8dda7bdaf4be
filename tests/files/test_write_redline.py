"""A redline: accepting every change gives the new text, rejecting every change gives the old."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import pytest

from goldthread.core.compare import compare
from goldthread.core.text import Text
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.word.write import write_docx, write_redline
from tests.files.office import ACCEPT, REJECT, Office
from tests.files.plans import plan, revised
from tests.files.redline_files import pairs, shape
from tests.files.written import W, faults, part

AT = datetime(2014, 10, 2, 9, 30, tzinfo=UTC)


def _check(old: Text, new: Text, made: bytes) -> None:
    assert faults(made) == []
    assert shape(to_text(read(made, view="final")).text) == shape(new)
    assert shape(to_text(read(made, view="original")).text) == shape(old)


@pytest.mark.parametrize("names", pairs(), ids=lambda pair: f"{pair[0].stem}+{pair[1].stem}")
def test_pairs_of_real_files(names: tuple[Path, Path]) -> None:
    before, after = (read(path) for path in names)
    old, new = to_text(before).text, to_text(after).text
    made = write_redline(compare(old, new), at=AT, images={**before.images, **after.images})
    _check(old, new, made)


def test_there_are_pairs() -> None:
    assert len(pairs()) > 90


@pytest.mark.parametrize(("old", "new"), [(plan(), revised()), (revised(), plan())], ids=["on", "back"])
def test_a_revision_with_every_kind_of_change(old: Text, new: Text) -> None:
    _check(old, new, write_redline(compare(old, new), at=AT))


def test_nothing_changed_is_nothing_tracked() -> None:
    body = part(write_redline(compare(plan(), plan()), at=AT), "word/document.xml")
    tracked = [e.tag for e in body.iter() if e.get(f"{W}author")]
    assert tracked == []


def test_everything_gone_and_everything_new() -> None:
    empty = Text("Police and Crime Plan 2013-16")
    for old, new in ((plan(), empty), (empty, plan())):
        _check(old, new, write_redline(compare(old, new), at=AT))


def test_moves_are_moves_and_moved_words_are_still_words() -> None:
    body = part(write_redline(compare(plan(), revised()), at=AT), "word/document.xml")
    for end in ("moveFrom", "moveTo"):
        moved = ["".join(e.itertext(f"{W}t")) for e in body.iter(f"{W}{end}")]
        assert "Mae pobl yn teimlo'n ddiogel." in moved
    assert not any(e.iter(f"{W}delText") and list(e.iter(f"{W}delText")) for e in body.iter(f"{W}moveFrom"))


def test_each_change_bears_our_name_and_the_date_given() -> None:
    made = write_redline(compare(plan(), revised()), at=AT)
    stamps = {
        (e.get(f"{W}author"), e.get(f"{W}date"))
        for name in ("word/document.xml", "word/footnotes.xml")
        for e in part(made, name).iter()
        if e.get(f"{W}author")
    }
    assert stamps == {("Goldthread", "2014-10-02T09:30:00Z"), ("Goldthread", "2014-10-02T09:32:00Z")}
    assert made == write_redline(compare(plan(), revised()), at=AT)


@pytest.mark.soffice
@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """Starts LibreOffice four times: it, too, finds the new words when all is accepted, the old when not."""
    office = Office(tmp_path)
    made = write_redline(compare(plan(), revised()), at=AT)
    assert office.words(made, ACCEPT) == office.words(write_docx(revised()))
    assert office.words(made, REJECT) == office.words(write_docx(plan()))
