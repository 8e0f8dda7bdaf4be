"""The documents of themes: assembled, attached as appendices, written in, frozen with their paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.core.text import Prose, Run, section_form, words_of
from goldthread.delivery.actions.reports import (
    assemble_again,
    assemble_theme_document,
    assemble_theme_documents,
    attach_document,
)
from goldthread.delivery.freezing import frozen_reports
from goldthread.delivery.models import Report
from goldthread.delivery.reports import text_of_report
from goldthread.meetings.actions.attachments import remove
from goldthread.meetings.appendices import frozen_of
from goldthread.meetings.models import Appendix, Paper
from goldthread.people.actions import NotAllowed
from goldthread.plans.actions.sections import save_section
from goldthread.plans.models import DocumentKind
from goldthread.plans.texts import section_of, text_of
from tests.delivery.story import COMMUNITIES, SENTINEL, VICTIMS, YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(reporting: Any) -> Paper:
    """A draft paper on the November item; the board approved V1 in October."""
    assert reporting.delivering.live
    return reporting.boards.paper("Delivery of the plan", item=reporting.item, author=reporting.author)


def document(reporting: Any, **more: Any) -> Report:
    assert reporting.spoken_of
    given = {"plan": reporting.delivering.plan, "theme_key": VICTIMS, "year": YEAR, **more}
    return assemble_theme_document(by=reporting.author, at=reporting.at, **given)


def said(text: Any) -> str:
    return "\n".join(words_of(block) for _, section in text.walk() for block in section.blocks)


def write(reporting: Any, report: Report, words: str) -> None:
    """Change the first paragraph of the document at the desk."""
    placed = report.edition.placements.select_related("version").order_by("position")[0]
    section = section_of(placed.version)
    first = Prose(section.blocks[0].key, "paragraph", (Run(words),), True)
    form = section_form(type(section)(section.key, section.title, (first, *section.blocks[1:])))
    given = {"key": placed.key, "form": form, "base": placed.version.seal}
    save_section(edition=report.edition, by=reporting.author, at=reporting.at, **given)


def test_a_document_stands_by_itself_until_it_is_attached(reporting: Any) -> None:
    report = document(reporting)

    assert report.edition.document.kind == DocumentKind.THEME
    assert "V1.1 Agree how case notes are shared\tChief Constable\t31 December 2014" in said(
        text_of(report.edition)
    )
    assert report.appendix is None


def test_all_themes_become_the_appendices_of_a_paper_in_one_step(reporting: Any, paper: Paper) -> None:
    assert reporting.spoken_of
    reporting.delivering.a_draft("Speedwatch", theme=COMMUNITIES)
    made = assemble_theme_documents(
        plan=reporting.delivering.plan, year=YEAR, paper=paper, by=reporting.author, at=reporting.at
    )

    labels = [(each.label, each.title) for each in paper.appendices.order_by("position")]
    assert labels == [
        ("Appendix A", "Victims: priorities for action 2014-15"),
        ("Appendix B", "Communities: priorities for action 2014-15"),
    ]
    assert all(each.sources.exists() for each in made)
    assert SENTINEL in said(frozen_of(made[1].appendix).text)


def test_what_is_attached_is_the_text_as_it_stood(reporting: Any, paper: Paper) -> None:
    report = document(reporting, paper=paper)
    write(reporting, report, "Written afterwards.")

    appendix = Appendix.objects.get(pk=report.appendix_id)
    assert "Written afterwards." not in said(frozen_of(appendix).text)


def test_assembled_again_it_is_attached_again_with_what_was_written_in_it(
    reporting: Any, paper: Paper
) -> None:
    report = document(reporting, paper=paper)
    write(reporting, report, "Written by hand.")
    reporting.delivering.action("Ring back")

    assert assemble_again(report=report, by=reporting.author, at=reporting.at + timedelta(hours=1)) != ()

    attached = said(frozen_of(Appendix.objects.get(pk=report.appendix_id)).text)
    assert "Written by hand." in attached
    assert "V1.2 Ring back" in attached


def test_it_freezes_with_the_paper_and_nobody_writes_in_it_afterwards(reporting: Any, paper: Paper) -> None:
    report = document(reporting, paper=paper)
    reporting.accept(paper)
    frozen = Report.objects.get(pk=report.pk)

    assert frozen.is_frozen
    assert frozen.text_seal == Appendix.objects.get(pk=frozen.appendix_id).sha256
    assert list(frozen_reports()) == []
    with pytest.raises(NotAllowed, match="frozen"):
        write(reporting, frozen, "Too late.")
    reporting.delivering.action("Ring back")
    assert "Ring back" not in said(text_of_report(frozen, reporting.author, reporting.at.date()))


def test_it_is_attached_to_one_paper_at_a_time(reporting: Any, paper: Paper) -> None:
    report = document(reporting, paper=paper)
    other = reporting.boards.paper("Another", author=reporting.author)
    given = {
        "report": report,
        "paper": other,
        "label": "Appendix A",
        "by": reporting.author,
        "at": reporting.at,
    }
    with pytest.raises(ValidationError, match="attached to “Delivery of the plan” already"):
        attach_document(**given)
    remove(appendix=report.appendix, by=reporting.author, at=reporting.at)
    attach_document(**given)

    assert report.appendix.paper == other


def test_a_theme_without_priorities_has_no_document(reporting: Any) -> None:
    with pytest.raises(ValidationError, match="no priority for action on Communities"):
        document(reporting, theme_key=COMMUNITIES)


def test_an_in_depth_report_is_not_attached(reporting: Any, paper: Paper) -> None:
    with pytest.raises(ValidationError, match="is a paper itself"):
        attach_document(
            report=reporting.report, paper=paper, label="Appendix A", by=reporting.author, at=reporting.at
        )


def test_who_does_not_write_delivery_does_not_write_in_it(reporting: Any) -> None:
    report = document(reporting)
    with pytest.raises(NotAllowed):
        assemble_again(report=report, by=reporting.cast.staff_officer, at=reporting.at)
