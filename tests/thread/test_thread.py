"""The thread of a pledge from both ends: what hangs on it, in order, and by which rule it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import Http404

from goldthread.thread.stops import StopKind
from tests.delivery.story import TEXT, with_pledge
from tests.thread.story import of_kind, told

pytestmark = pytest.mark.django_db


def test_a_pledge_that_nobody_took_up_says_so(threading: Any) -> None:
    thread = threading.seen("pledge", threading.pledge)
    assert thread.status is not None
    assert (thread.status.word, thread.status.rule) == (
        "Not taken up",
        "No priority for action serves this promise yet.",
    )
    assert thread.subject.words.startswith("Every victim who asks for help")
    assert thread.subject.facts == "In the plan since 31 March 2014."
    assert [stop.kind for stop in thread.stops] == [StopKind.PROMISED, StopKind.PUBLISHED]


def test_what_became_of_a_pledge_stands_in_order_of_date(threading: Any) -> None:
    threading.all_of_it()
    thread = threading.by_staff("pledge", threading.pledge)
    assert [stop.kind for stop in thread.stops] == [
        StopKind.PROMISED,
        StopKind.PRIORITY,
        StopKind.DOING,
        StopKind.MEASURED,
        StopKind.PUBLISHED,
    ]
    days = [stop.when for stop in thread.stops[:-1]]
    assert days == sorted(days)
    assert thread.stops[-1].kind is StopKind.PUBLISHED


def test_the_status_is_told_with_its_figures_and_its_rule(threading: Any) -> None:
    threading.all_of_it()
    thread = threading.by_staff("pledge", threading.pledge)
    assert thread.status is not None
    assert thread.status.word == "Partly delivered"
    assert thread.status.words == "3 actions: 1 done, 1 on course, 1 late"
    assert thread.status.rule == "At least one action is done, and at least one is not."
    (doing,) = of_kind(thread, StopKind.DOING)
    assert doing.title == thread.status.words
    assert (doing.status, doing.tone) == ("1 late", "bad")


def test_the_last_word_of_an_owner_is_the_last_that_was_signed_off(threading: Any) -> None:
    threading.all_of_it()
    (doing,) = of_kind(threading.by_staff("pledge", threading.pledge), StopKind.DOING)
    late = doing.pieces[0]
    assert late.said == "Two councils have signed; two wait for their lawyers."
    assert late.by == "Chief Constable, 3 November"
    assert late.status == "Late"
    assert "Due 10 October, and no new date is given." in late.quiet


def test_a_priority_says_that_the_words_which_it_serves_have_moved_on(threading: Any) -> None:
    assert threading.priority
    plan = threading.delivering.plan
    threading.delivering.issue(plan, with_pledge("Every victim hears from us.", TEXT), date(2014, 10, 20))
    thread = threading.by_staff("pledge", threading.pledge)
    (priority,) = of_kind(thread, StopKind.PRIORITY)
    decided, pin = priority.pieces
    assert decided.quiet == "It relied on one text, which stands as decided."
    assert (pin.status, pin.tone) == ("The words have moved on", "warn")
    assert "<del>" in str(pin.redline)
    first, second = of_kind(thread, StopKind.PROMISED)
    assert (first.status, second.status) == ("", "Reworded")
    assert "The words have changed once in 2 editions." in thread.subject.facts


def test_a_pledge_that_was_taken_out_keeps_its_thread(threading: Any) -> None:
    assert threading.priority
    plan = threading.delivering.plan
    threading.delivering.issue(plan, with_pledge("", TEXT), date(2014, 10, 20))
    thread = threading.seen("pledge", threading.pledge)
    assert [stop.status for stop in of_kind(thread, StopKind.PROMISED)] == ["", "Taken out"]
    assert thread.subject.words.startswith("Every victim who asks for help")
    assert "taken out on 20 October 2014" in thread.subject.facts
    (priority,) = of_kind(threading.by_staff("pledge", threading.pledge), StopKind.PRIORITY)
    assert priority.pieces[-1].status == "No longer in the plan"


def test_a_draft_shows_at_the_desk_and_nowhere_else(threading: Any) -> None:
    plan = threading.delivering.plan
    threading.delivering.draft_edition(plan, with_pledge("SENTINEL-DRAFT pledge.", TEXT), "November draft")
    at_desk = threading.by_staff("pledge", threading.pledge)
    assert [stop.status for stop in of_kind(at_desk, StopKind.PROMISED)] == ["In force", "Draft"]
    assert "SENTINEL-DRAFT" not in told(threading.seen("pledge", threading.pledge))


@pytest.mark.slow
def test_the_same_story_is_told_from_every_end(threading: Any) -> None:
    threading.all_of_it()
    delivering = threading.delivering
    action = threading.priority.actions.first()
    ends = {
        "pledge": threading.pledge,
        "section": threading.section,
        "priority": threading.priority.slug,
        "action": action.slug,
        "measure": threading.measuring.measure.slug,
        "paper": delivering.paper.slug,
        "decision": delivering.decision.slug,
    }
    for kind, ref in ends.items():
        thread = threading.by_staff(kind, ref)
        (promised,) = of_kind(thread, StopKind.PROMISED)
        assert promised.thread == ("pledge", threading.pledge) or kind == "section", kind
        assert of_kind(thread, StopKind.PRIORITY), kind
        assert sum(stop.here for stop in thread.stops) == 1, kind


@pytest.mark.slow
def test_a_decision_says_whether_what_it_relied_on_has_moved_on(threading: Any) -> None:
    threading.all_of_it()
    decision = threading.delivering.decision.slug
    (decided,) = of_kind(threading.by_staff("decision", decision), StopKind.DECIDED)
    assert [(piece.status, piece.tone) for piece in decided.pieces] == [("As decided", "calm")]
    version = threading.delivering.paper.versions.get()
    version.pk, version.number, version.seal = None, version.number + 1, "b" * 64
    version.save(force_insert=True)
    (decided,) = of_kind(threading.by_staff("decision", decision), StopKind.DECIDED)
    assert [(piece.status, piece.tone) for piece in decided.pieces] == [("Has moved on since", "warn")]
    (priority,) = of_kind(threading.by_staff("pledge", threading.pledge), StopKind.PRIORITY)
    assert priority.pieces[0].quiet == "It relied on one text, which has moved on since."


@pytest.mark.parametrize("kind", ["pledge", "priority", "decision", "paper", "measure", "report", "nothing"])
def test_what_is_not_there_is_not_found(threading: Any, kind: str) -> None:
    assert threading.delivering.plan
    with pytest.raises(Http404):
        threading.seen(kind, f"{threading.delivering.plan.slug}.nothing")


def test_a_section_tells_of_the_pledges_in_it(threading: Any) -> None:
    assert threading.priority
    thread = threading.by_staff("section", threading.section)
    assert thread.subject.words == "1 Victims"
    assert [stop.title.split()[0] for stop in of_kind(thread, StopKind.PRIORITY)] == ["V1"]
    assert [stop.title for stop in of_kind(thread, StopKind.PROMISED)] == [
        "Police and Crime Plan 2013-16, section 1 Victims"
    ]
