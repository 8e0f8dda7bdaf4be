"""What the public never learns from a thread: drafts, words that were not signed off, exempt business."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.accepting import mark_paper
from goldthread.people.models import User
from goldthread.thread.picture import svg_of
from goldthread.thread.stops import StopKind
from goldthread.thread.tables import csv_of
from tests.delivery.story import SENTINEL
from tests.thread.story import DESK_ONLY, UNSIGNED, of_kind, told

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def everything(threading: Any, kind: str, ref: str) -> str:
    """All that the public gets of a thread: its records, its picture and its table."""
    thread = threading.seen(kind, ref)
    return told(thread) + svg_of(thread) + csv_of(thread, str).decode()


def names() -> list[str]:
    """The name and address of everybody who has one here."""
    return [word for user in User.objects.all() for word in (user.name, user.email)]


def test_words_that_nobody_signed_or_that_are_for_the_desk_stay_there(threading: Any) -> None:
    threading.all_of_it()
    thread = everything(threading, "pledge", threading.pledge)
    assert "Two councils have signed" in thread
    assert UNSIGNED not in thread
    assert DESK_ONLY not in thread


def test_owners_are_offices_to_the_public_and_never_persons(threading: Any) -> None:
    threading.all_of_it()
    threading.action("Ring every victim", owner=None, owner_words="Sentinel Person of the Hub")
    thread = everything(threading, "pledge", threading.pledge)
    assert "Chief Constable" in thread
    assert "Sentinel Person" not in thread
    assert [name for name in names() if name in thread] == []


def test_the_public_reads_the_words_that_the_board_approved(threading: Any) -> None:
    threading.all_of_it()
    thread = threading.seen("priority", threading.priority.slug)
    assert thread.subject.words == "V1 Hear from a named person"
    assert SENTINEL not in told(thread)


def test_a_draft_priority_does_not_count(threading: Any) -> None:
    threading.serve(threading.delivering.draft)
    assert of_kind(threading.by_staff("pledge", threading.pledge), StopKind.PRIORITY)
    thread = threading.seen("pledge", threading.pledge)
    assert not of_kind(thread, StopKind.PRIORITY)
    assert thread.status.word == "Not taken up"
    with pytest.raises(Http404):
        threading.seen("priority", threading.delivering.draft.slug)


@pytest.mark.parametrize("published", [False, True])
def test_an_unpublished_or_exempt_decision_is_not_even_named(threading: Any, published: bool) -> None:
    threading.action(due=date(2014, 10, 10))
    decision = threading.delivering.decision
    if published:
        decision = threading.delivering.publish(marking=Marking.EXEMPT)
    thread = everything(threading, "pledge", threading.pledge)
    assert decision.reference not in thread
    assert decision.title not in thread
    assert "Not taken up" in thread
    for ref in (decision.slug, str(decision.pk)):
        with pytest.raises(Http404):
            threading.seen("decision", ref)


def test_a_paper_that_became_exempt_is_gone_from_every_thread(threading: Any) -> None:
    threading.all_of_it()
    paper = threading.delivering.paper
    mark_paper(
        paper=paper,
        marking=Marking.MEMBERS,
        by=threading.cast.holder(Role.GOVERNANCE_OFFICER),
        at=threading.at,
    )
    assert paper.title not in "".join(
        piece.words
        for stop in threading.seen("decision", threading.delivering.decision.slug).stops
        for piece in stop.pieces
    )
    with pytest.raises(Http404):
        threading.seen("paper", paper.slug)


def test_a_measure_without_published_figures_is_not_public(threading: Any) -> None:
    threading.all_of_it()
    measure = threading.measuring.measure
    assert of_kind(threading.by_staff("pledge", threading.pledge), StopKind.MEASURED)
    assert not of_kind(threading.seen("pledge", threading.pledge), StopKind.MEASURED)
    with pytest.raises(Http404):
        threading.seen("measure", measure.slug)


def test_staff_are_told_what_of_it_is_public(threading: Any) -> None:
    threading.all_of_it()
    thread = threading.by_staff("pledge", threading.pledge)
    (published,) = of_kind(thread, StopKind.PUBLISHED)
    hidden = {stop.title for stop in thread.stops if not stop.public}
    assert {piece.words for piece in published.pieces} == hidden == {"Burglary"}
    assert published.status == "Part of it"


@pytest.mark.parametrize("form", ["", "thread.svg", "thread.csv"])
def test_somebody_of_another_body_reads_nothing_of_it_at_the_desk(threading: Any, form: str) -> None:
    threading.all_of_it()
    visit = Client()
    visit.force_login(threading.cast.stranger)
    ends = {"priority": threading.priority.slug, "decision": threading.delivering.decision.slug}
    for kind, ref in ends.items():
        address = reverse("thread:desk-thread", args=[kind, ref]) + form
        answer = visit.get(address)
        assert answer.status_code in (302, 404)
        assert UNSIGNED not in answer.content.decode()


def test_the_panel_reads_the_public_page(threading: Any) -> None:
    assert threading.delivering.plan
    visit = Client()
    visit.force_login(threading.cast.holder(Role.PANEL_CLERK))
    answer = visit.get(reverse("thread:desk-thread", args=["pledge", threading.pledge]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("thread:site-thread", args=["pledge", threading.pledge])


def test_to_open_the_thread_of_exempt_business_is_on_record(threading: Any) -> None:
    paper = threading.delivering.deciding.paper(marking=Marking.EXEMPT)
    officer = threading.cast.holder(Role.GOVERNANCE_OFFICER)
    visit = Client()
    visit.force_login(officer)
    assert visit.get(reverse("thread:desk-thread", args=["paper", paper.slug])).status_code == 200
    event = Event.objects.order_by("-number").first()
    assert (event.verb, event.actor_name) == ("read exempt business", officer.name)
