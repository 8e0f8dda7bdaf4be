"""Words that a paste left odd, and editions that say the same: the feed and the files stay right."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from goldthread.audit import vault
from goldthread.plans.comparing import pair_name
from goldthread.plans.models import RenderedPage
from goldthread.plans.reading import edition_docx, part_name
from tests.plans.story import FIRST, a_draft, a_plan, issued

PLAN = "/plan/police-and-crime-plan-2013-16/"
ODD = "\x0b\x1b\ufffe"
"""A line break of Word's, an escape, and no letter at all: none of them may stand in XML."""


@pytest.fixture
def odd(cast: Any) -> Any:
    """An edition whose label, note, titles and words hold what XML cannot carry."""
    plan = a_plan(cast)
    draft = a_draft(cast, plan, f"March{ODD}2013", FIRST, date(2013, 1, 7), note=f"Why{ODD}not")
    return issued(cast, draft, date(2013, 3, 5))


@pytest.mark.slow
def test_what_xml_cannot_carry_does_not_stop_the_feed_or_a_file(odd: Any) -> None:
    feed = Client().get(f"{PLAN}feed.xml")
    assert feed.status_code == 200
    assert "March  " in "".join(ElementTree.fromstring(feed.content).itertext())
    for form in ("docx", "pdf"):
        assert Client().get(f"{PLAN}plan.{form}").status_code == 200


@pytest.mark.slow
def test_two_editions_that_say_the_same_have_files_of_their_own(cast: Any) -> None:
    """A file bears the label and date of its edition."""
    plan = a_plan(cast)
    first = issued(cast, a_draft(cast, plan, "March 2013", FIRST, date(2013, 1, 7)), date(2013, 3, 5))
    again = issued(cast, a_draft(cast, plan, "April 2014", None, date(2014, 1, 7)), date(2014, 4, 1))
    assert first.seal == again.seal
    assert part_name(first, "pdf") != part_name(again, "pdf")
    assert pair_name(first, again, "pdf") != pair_name(again, first, "pdf")
    assert part_name(first, "whole") == part_name(again, "whole")


@pytest.mark.slow
def test_a_full_disk_keeps_no_file_from_its_readers(odd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    RenderedPage.objects.all().delete()
    monkeypatch.setattr(vault.Folder, "_save", full)
    monkeypatch.setattr(vault.Folder, "exists", lambda *_: False)
    assert edition_docx(odd).startswith(b"PK")
