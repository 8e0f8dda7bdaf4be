"""What is delivered is found: in the words of the desk by those who read drafts, as decided by all."""

from __future__ import annotations

from typing import Any

import pytest

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.delivery.actions.dates import finish
from goldthread.delivery.actions.priorities import write_priority
from goldthread.delivery.models import Lead
from goldthread.meetings.actions.publishing import mark_decision
from goldthread.people.models import User
from goldthread.thread.search.asking import asked
from goldthread.thread.search.finding import Found, find
from goldthread.thread.search.keeping import problems, rebuild
from tests.delivery.story import SENTINEL
from tests.meetings.leaks.papers import EXEMPT
from tests.thread.story import DESK_ONLY, UNSIGNED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def finds(at: Any, words: str, user: User | None = None) -> Found:
    return find(asked(words), user=user, on=at.date())


def kinds(found: Found) -> set[str]:
    return {hit.kind for hit in found.hits}


@pytest.fixture
def everything(threading: Any) -> Any:
    """The pledge with all that hangs on it; a decision before the public, and a draft that is not."""
    threading.all_of_it()
    assert threading.delivering.draft.pk
    rebuild()
    return threading


def test_the_public_finds_what_was_decided_and_signed_off_for_it(everything: Any, at: Any) -> None:
    assert kinds(finds(at, "named person")) >= {"priority", "pledge"}
    assert kinds(finds(at, "councils lawyers")) == {"update"}
    assert kinds(finds(at, "case notes")) >= {"action", "update"}
    (update,) = finds(at, "councils lawyers").hits
    assert update.href == f"/delivery/{everything.priority.slug}/"
    assert (update.theme, update.kind_name) == ("Victims", "Update")
    for word in (SENTINEL, UNSIGNED, DESK_ONLY, "Hereward"):
        assert finds(at, word).total == 0, word


def test_those_who_read_drafts_find_the_rest_but_nothing_unsigned(everything: Any, at: Any) -> None:
    officer = everything.cast.governance_officer
    assert kinds(finds(at, SENTINEL, officer)) == {"priority"}
    assert kinds(finds(at, DESK_ONLY, officer)) == {"update"}
    assert finds(at, UNSIGNED, officer).total == 0
    assert finds(at, SENTINEL, everything.cast.panel_clerk).total == 0
    assert finds(at, SENTINEL, everything.cast.stranger).total == 0


def test_everything_is_gone_when_its_decision_is_marked_exempt(everything: Any, at: Any) -> None:
    mark_decision(
        decision=everything.delivering.decision,
        marking=Marking.EXEMPT,
        public_title="A matter",
        public_words="About a building.",
        why="A name.",
        **EXEMPT,
        by=everything.cast.governance_officer,
        at=at,
    )
    assert kinds(finds(at, "case notes")) == set()
    assert finds(at, "councils lawyers").total == 0
    assert "priority" not in kinds(finds(at, "named person"))
    assert kinds(finds(at, "case notes", everything.cast.governance_officer)) >= {"action"}


def test_a_changed_priority_is_found_by_the_public_as_it_was_decided(everything: Any, at: Any) -> None:
    rewrite(everything, at)
    assert finds(at, "caravans").total == 0
    assert kinds(finds(at, "caravans", everything.cast.governance_officer)) == {"priority"}
    assert kinds(finds(at, "working days")) >= {"priority"}


def rewrite(everything: Any, at: Any) -> None:
    priority = everything.priority
    write_priority(
        priority=priority,
        title=priority.title,
        words=f"{SENTINEL} caravans",
        lead=Lead.CONSTABULARY,
        lead_office=everything.cast.office(Role.CHIEF_CONSTABLE),
        why="The board asked.",
        base=priority.version.seal,
        by=everything.cast.governance_officer,
        at=at,
    )


def test_every_deed_keeps_the_index_in_step(everything: Any, at: Any) -> None:
    rewrite(everything, at)
    action = everything.priority.actions.first()
    everything.said(action, "A third council has signed.")
    everything.said(action, "Nobody has signed this yet.", signed=False)
    finish(thing=action, on=at.date(), words="All have signed.", by=everything.cast.governance_officer, at=at)
    assert kinds(finds(at, "third council")) == {"update"}
    assert [str(problem) for problem in problems()] == []
