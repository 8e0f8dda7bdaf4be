"""What the demonstration promises about its boards: two real papers, and the thread around them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldthread.audit.verify import findings
from goldthread.core.governance.stages import Stage
from goldthread.meetings.demonstration.load import load
from goldthread.meetings.models import Arising, Decision, Meeting, Minutes, Paper, SourceLink
from goldthread.meetings.pins import standing_of
from goldthread.plans.models import Edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_thread_holds_from_the_paper_to_the_panel() -> None:
    load(at=datetime(2026, 11, 22, 9, tzinfo=UTC))

    draft = Edition.objects.get(slug__startswith="october-2014")
    assert draft.stage == Stage.WITH_PANEL
    approved = Decision.objects.get(meeting__on="2014-10-02", marking="open")
    assert approved.reference in [row.reference for row in draft.evidence.all()]
    assert all(not each.moved for each in standing_of(approved))

    source = SourceLink.objects.get(paper__item__meeting__on="2019-04-04", target="item")
    assert source.label == "BCB, 13 December 2018, item 8.0: Delivery of the Police and Crime Plan"
    delivered = Decision.objects.get(meeting__on="2019-04-04")
    assert delivered.outcome == "agreed_with_changes"
    assert {row.target for row in delivered.relied_on.all()} == {"paper", "appendix", "decision"}
    assert Paper.objects.filter(marking="exempt").count() == 2
    assert Minutes.objects.get(meeting__on="2014-09-04").approved_at.on.isoformat() == "2014-10-02"
    assert Arising.objects.filter(state="open").count() == 4
    assert Meeting.objects.filter(stage="planned").count() == 1
    assert [finding for finding in findings() if finding.problems] == []
