"""Nothing exempt is on any public page, feed or file of boards, whatever is asked for."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.decisions import correct_decision
from goldthread.meetings.models import (
    ActionState,
    Appendix,
    Arising,
    Attendance,
    Decision,
    Interest,
    Meeting,
    Minute,
    Minutes,
    MinutesStage,
    Paper,
    PublicQuestion,
)
from goldthread.meetings.site.urls import urlpatterns
from goldthread.meetings.targets import targets
from tests.meetings.deciding import AFTER, Deciding
from tests.meetings.story import OCTOBER, SENTINEL

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def held(boards: Any, cast: Any) -> Deciding:
    """A board whose exempt item has a paper, an appendix, a decision, an action, a question, an interest."""
    deciding = Deciding(boards, cast)
    deciding.published(deciding.decide(deciding.draft()))
    decision = deciding.exempt()
    correct_decision(
        decision=decision,
        field="title",
        now=f"{SENTINEL} title",
        why=f"{SENTINEL} why",
        by=cast.governance_officer,
        at=AFTER,
    )
    item, meeting, paper = decision.item, decision.meeting, decision.version.paper
    item.note = item.reason_words = item.lead = f"{SENTINEL} words"
    item.reason_code, item.review_on = "12A-3", OCTOBER
    item.save()
    Appendix.objects.create(
        paper=paper,
        position=1,
        label=f"{SENTINEL} A",
        title=f"{SENTINEL} bids",
        name=f"{SENTINEL}.pdf",
        sha256="0" * 64,
        marking=Marking.OPEN,
        added_at=AFTER,
        added_by="Test",
    )
    person = Attendance.objects.create(meeting=meeting, name="Frances Merrow", initials="FM", how="present")
    Interest.objects.create(
        meeting=meeting, attendance=person, item=item, nature=f"{SENTINEL} interest", effect="left"
    )
    PublicQuestion.objects.create(
        meeting=meeting, item=item, asked_by="X", asked_on=OCTOBER, words=f"{SENTINEL} question", listed=True
    )
    _minuted(meeting, item, cast)
    unread = boards.meeting(OCTOBER.replace(month=12))
    boards.item(unread, f"{SENTINEL} planned")
    deciding.decide(deciding.outside(f"{SENTINEL} not published"), reasons=f"{SENTINEL} reasons")
    return deciding


def _minuted(meeting: Meeting, item: Any, cast: Any) -> None:
    minutes = Minutes.objects.create(
        meeting=meeting, stage=MinutesStage.PUBLISHED, published_at=AFTER, made_at=AFTER
    )
    form = {
        "key": item.anchor,
        "title": f"{SENTINEL} minute",
        "blocks": [],
        "children": [],
        "numbered": True,
        "lang": "",
    }
    Minute.objects.create(
        minutes=minutes, item=item, form=form, seal="0" * 64, changed_at=AFTER, changed_by="Test"
    )
    for number, exempt in (("2014/01", False), ("2014/02", True)):
        Arising.objects.create(
            board=meeting.board,
            meeting=meeting,
            item=item if not exempt else None,
            number=number,
            words=f"{SENTINEL} action",
            owner_words=f"{SENTINEL} owner",
            state=ActionState.OPEN,
            exempt=exempt,
            made_at=AFTER,
        )


def _addresses(pattern: URLPattern) -> list[str]:
    """Every address of one public page, for every board, meeting, paper, appendix and decision."""
    choices = {
        "board": ["bcb", "nothing"],
        "meeting": [meeting.slug for meeting in Meeting.objects.all()],
        "paper": list(Paper.objects.values_list("slug", flat=True)),
        "pk": list(Appendix.objects.values_list("pk", flat=True)),
        "name": ["a.pdf"],
        "form": ["pdf", "docx"],
        "seal": ["0" * 64],
        "ordinal": [1],
        "slug": list(Decision.objects.exclude(slug="").values_list("slug", flat=True)),
    }
    names = list(pattern.pattern.converters)
    mixes = product(*(choices[name] for name in names))
    return [reverse(f"meetings:{pattern.name}", kwargs=dict(zip(names, mix, strict=True))) for mix in mixes]


ASKED = ("", f"?q={SENTINEL}", "?q=bid&outcome=agreed", "?outcome=exempt&year=2014", "?page=2")


def test_no_public_address_holds_a_trace_of_what_is_exempt(held: Deciding) -> None:
    client, answered = Client(), set()
    for pattern in urlpatterns:
        for address in _addresses(pattern):
            for asked in ASKED if pattern.name.startswith("site-decisions") else ASKED[:1]:
                response = client.get(address + asked)
                assert response.status_code in (200, 301, 404), address
                told = response.content.replace(f'value="{SENTINEL}"'.encode(), b"")
                told = told.replace(f"?q={SENTINEL}".encode(), b"")
                assert SENTINEL.encode() not in told, address + asked
                assert SENTINEL not in str(dict(response.headers)), address + asked
                if response.status_code == 200:
                    answered.add(pattern.name)
    never = {"site-pack", "site-supplement", "site-paper-picture", "site-appendix", "site-appendix-file"}
    assert {pattern.name for pattern in urlpatterns} - answered == never


def test_a_search_for_exempt_words_finds_nothing(held: Deciding) -> None:
    page = Client().get("/decisions/", {"q": SENTINEL}).content.decode()
    assert "Estate matter" not in page
    assert "No decision answers that" in page


def test_the_exempt_decision_is_told_at_the_desk(held: Deciding) -> None:
    decision = Decision.objects.get(public_title="Estate matter")
    client = Client()
    client.force_login(held.cast.monitoring_officer)

    assert SENTINEL in client.get(f"/desk/decisions/{decision.pk}/").content.decode()
    assert targets([("decision", decision.pk)])
