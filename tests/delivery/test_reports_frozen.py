"""Frozen reports: they stay as they are, whatever becomes of the records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goldthread.core.text import text_seal
from goldthread.delivery.actions.dates import set_forecast
from goldthread.delivery.freezing import frozen_reports, report_seal
from goldthread.delivery.models import Report, ReportSource
from goldthread.delivery.reports import changed_since, text_of_report
from goldthread.meetings.actions.accepting import return_paper
from goldthread.meetings.models import PaperVersion
from tests.delivery.reporting import again, reworded, rewrite

pytestmark = pytest.mark.django_db


def test_it_freezes_with_its_paper(reporting: Any) -> None:
    frozen = reporting.frozen
    version = PaperVersion.objects.get(paper=frozen.paper)

    assert frozen.is_frozen
    assert frozen.text_seal == version.text_seal
    assert frozen.seal == report_seal(frozen)
    with pytest.raises(ValidationError, match="stays as the board has it"):
        again(reporting, frozen)


def test_a_frozen_report_does_not_change_when_live_records_do(reporting: Any) -> None:
    frozen = reporting.frozen
    seal, data = frozen.seal, frozen.data
    text = text_seal(text_of_report(frozen, reporting.author, reporting.at.date()))
    later = reporting.at + timedelta(days=30)
    reporting.said(reporting.silent, "At last.", given=later, signed=later + timedelta(hours=1))
    set_forecast(thing=reporting.spoken_of, to=date(2015, 3, 1), why="Late.", by=reporting.author, at=later)
    reporting.measuring.load([900.0], first=date(2014, 10, 1), at=later)

    after = Report.objects.get(pk=frozen.pk)
    assert (after.seal, after.data) == (seal, data)
    assert report_seal(after) == seal
    assert text_seal(text_of_report(after, reporting.author, later.date())) == text
    assert list(frozen_reports()) == []
    changed = {
        each.ref.label: {part.name for part in each.parts}
        for each in changed_since(after, later.date(), later)
    }
    assert "Last word" in changed["V1.2 Train sixty officers"]
    assert "Now expected" in changed["V1.1 Agree how case notes are shared"]
    assert "Chart" in changed["Measure: Burglary, Fenshire"]


def test_the_database_refuses_to_change_a_frozen_report_or_its_sources(reporting: Any) -> None:
    frozen = reporting.frozen
    source = frozen.sources.first()
    for write in (
        lambda: Report.objects.filter(pk=frozen.pk).update(data={}),
        lambda: ReportSource.objects.filter(pk=source.pk).update(label="Another"),
        lambda: ReportSource.objects.filter(pk=source.pk).delete(),
        lambda: ReportSource.objects.create(
            report=frozen, position=9999, block_key="x", kind="action", ref_id=1, label="x"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_returned_after_it_was_accepted_it_goes_on_as_a_new_draft(reporting: Any) -> None:
    frozen = reporting.frozen
    return_paper(paper=frozen.paper, words="Say what is asked.", by=reporting.author, at=reporting.at)

    draft = Report.objects.get(paper=frozen.paper, frozen_at=None)
    assert draft.sources.count() == frozen.sources.count()
    assert again(reporting, draft) == ()
    rewrite(reporting, draft, "Purpose", reworded("To ask the Board for a new date."))
    reporting.accept(draft.paper)
    assert Report.objects.filter(paper=frozen.paper, frozen_at__isnull=False).count() == 2
    assert list(frozen_reports()) == []


def test_what_was_frozen_and_altered_is_named(reporting: Any) -> None:
    frozen = reporting.frozen
    frozen.data = {**frozen.data, "key": "another"}

    assert report_seal(frozen) != frozen.seal
