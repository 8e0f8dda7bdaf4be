"""Nobody finds a word that is not for them: neither as a result nor counted, nor in a snippet."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from goldthread.meetings.actions.accepting import mark_paper
from goldthread.meetings.actions.announcing import mark_item
from goldthread.meetings.actions.attachments import mark_appendix
from goldthread.meetings.actions.publishing import mark_decision
from goldthread.people.models import User
from goldthread.thread.models import Entry
from goldthread.thread.search.asking import asked
from goldthread.thread.search.finding import Found, find
from goldthread.thread.search.keeping import problems, rebuild
from goldthread.thread.search.looking import Narrowed, look
from goldthread.thread.search.marks import PUBLIC, keys_of
from tests.meetings.leaks.papers import EXEMPT
from tests.meetings.leaks.reading import content_of
from tests.meetings.leaks.test_leaks import LATER
from tests.meetings.leaks.walking import NOBODY, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

READERS = (
    NOBODY,
    "resident",
    "stranger",
    "panel_clerk",
    "panel_member",
    "administrator",
    "partner_lead",
    "staff_officer",
    "board_member",
    "analyst",
    "chief_constable",
    "governance_officer",
)
BROAD = ("item", "paper", "said", "matter", "because", "board", "decision", "note", "minutes", "approve")
UNKNOWN = "qzf999zq"


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The sentinel office, taken away again after the last test of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_module("tests.meetings.leaks.office").Office(import_module("tests.cast").Cast())
        transaction.set_rollback(True)


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """Each test leaves the office as it found it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def finds(user: User | None, words: str) -> Found:
    return find(asked(words), user=user, on=timezone.localdate())


def said_in(found: Found) -> str:
    return " ".join(piece.words for hit in found.hits for piece in (*hit.title, *hit.snippet))


def test_the_index_was_kept_in_step_by_every_action_of_the_story(office: Any) -> None:
    assert [str(problem) for problem in problems()] == []
    before = set(Entry.objects.values_list("kind", "ref", "face", "seal", "marks"))
    assert len(before) > 60
    rebuild()
    assert set(Entry.objects.values_list("kind", "ref", "face", "seal", "marks")) == before


@pytest.mark.parametrize("name", READERS)
def test_a_word_that_is_not_for_somebody_is_not_even_counted(office: Any, name: str) -> None:
    reader = Reader.of(office, name)
    today = timezone.localdate()
    keys = keys_of(reader.user, today) if reader.user else (PUBLIC,)
    told = []
    for word, sentinel in office.words.found.items():
        if not sentinel.for_reader(name, reader.level):
            rows = look(asked(word), keys, Narrowed()).rows
            if rows or finds(reader.user, word).total:
                told.append((word, sentinel.where, [row.kind for row in rows]))
    assert told == []


@pytest.mark.parametrize("name", READERS)
def test_no_snippet_tells_more_than_its_reader_may_know(office: Any, name: str) -> None:
    reader = Reader.of(office, name)
    for words in BROAD:
        found = finds(reader.user, words)
        assert len(found.hits) == min(found.total, 20), f"a door kept shut what search found for {words}"
        within = office.words.within(said_in(found))
        assert office.words.above(within, name, reader.level) == []


def _found_words(office: Any, name: str) -> set[str]:
    user = Reader.of(office, name).user
    return {word for word in office.words.found if finds(user, word).total}


NOT_LOOKED_IN = ("question", "how to join", "forward plan", "pack", "note", "an interest", "the terms")
"""Beginnings of what is planted where search does not look: it finds things, not every line of a page."""


def test_whoever_reads_everything_finds_what_is_exempt(office: Any) -> None:
    found = _found_words(office, "governance_officer")
    exempt = {w for w, s in office.words.found.items() if s.level == 3 and w in found}
    where = " ".join(office.words.found[word].where for word in exempt)
    for part in ("exempt", "item “exempt”", "decision “exempt", "minute of", "action of"):
        assert part in where
    assert len(exempt) > 40


def test_the_public_finds_what_was_published(office: Any) -> None:
    found = _found_words(office, NOBODY)
    where = " ".join(office.words.found[word].where for word in found)
    for part in ("item “open”: its title", "open: ", "decision “open”", "September, minute", "Appendix"):
        assert part in where
    assert len(found) > 25


def test_an_author_finds_their_own_exempt_paper(office: Any) -> None:
    found = _found_words(office, "partner_lead")
    where = {office.words.found[word].where.partition(":")[0] for word in found}
    assert "exempt" in where


def test_looking_for_an_exempt_word_answers_as_looking_for_a_word_that_is_nowhere(office: Any) -> None:
    visitor = Reader.of(office, NOBODY)
    hidden = [word for word, each in office.words.found.items() if each.level > 0]
    assert len(hidden) > 60
    nowhere = content_of(visitor.ask(f"/search/?q={UNKNOWN}"))
    for word in hidden:
        told = content_of(visitor.ask(f"/search/?q={word}"))
        assert told.replace(word.encode(), UNKNOWN.encode()) == nowhere, office.words.found[word].where


def test_the_public_page_is_the_same_for_whoever_is_signed_in(office: Any) -> None:
    visitor, officer = Reader.of(office, NOBODY), Reader.of(office, "governance_officer")
    for query in ("", "?q=item", "?q=matter&kind=decision", "?q=board&order=newest"):
        first, second = visitor.ask(f"/search/{query}"), officer.ask(f"/search/{query}")
        assert first.status_code == 200
        assert content_of(first) == content_of(second)
        assert "cookie" not in first.get("Vary", "").lower()


def _public(office: Any, beginnings: tuple[str, ...]) -> set[str]:
    """The words of open business whose place begins so and that a visitor finds."""
    words = office.words.found.items()
    chosen = [word for word, each in words if each.level == 0 and each.where.startswith(beginnings)]
    return {word for word in chosen if finds(None, word).total}


def test_what_is_marked_exempt_later_is_found_no_more(office: Any, as_it_was: None) -> None:
    slug, by = office.open_paper.slug, office.clerk
    of_item = _public(office, ("item “open”", "open: ", f"{slug} ", f"{slug}: "))
    minuted = ("item “September, open”", "September, minute", "action of an open")
    of_minutes, of_decision = _public(office, minuted), _public(office, ("decision “open”",))
    assert (len(of_item) > 6, len(of_minutes) > 2, len(of_decision) > 4) == (True, True, True)
    told = {"public_title": "Estate matter", **EXEMPT, "by": by, "at": LATER}
    for name in ("open", "September, open"):
        mark_item(item=office.items[name], marking="exempt", **told)
    decision = office.after.decisions["open"]
    mark_decision(
        decision=decision, marking="exempt", public_words="About a building.", why="A name.", **told
    )
    assert {w for w in of_item | of_minutes | of_decision if finds(None, w).total} == set()
    assert [str(problem) for problem in problems()] == []


def test_a_paper_marked_exempt_later_is_found_no_more(office: Any, as_it_was: None) -> None:
    slug = office.open_paper.slug
    of_paper = _public(office, ("open: ", f"{slug} ", f"{slug}: "))
    assert len(of_paper) > 4
    mark_paper(paper=office.open_paper, marking="exempt", **EXEMPT, by=office.clerk, at=LATER)
    assert {word for word in of_paper if finds(None, word).total} == set()


def test_an_appendix_marked_exempt_later_is_found_no_more(office: Any, as_it_was: None) -> None:
    appendix = office.open_paper.appendices.get(label="Appendix B")
    of_file = {w for w, s in office.words.found.items() if "Appendix B" in s.where and finds(None, w).total}
    assert len(of_file) >= 1
    mark_appendix(appendix=appendix, marking="exempt", reason_code="12A-3", by=office.clerk, at=LATER)
    assert {word for word in of_file if finds(None, word).total} == set()


def test_the_doors_are_asked_again_even_if_the_index_lies(office: Any, as_it_was: None) -> None:
    keys = keys_of(Reader.of(office, "governance_officer").user, timezone.localdate())
    hidden = [
        w for w, s in office.words.found.items() if s.level == 3 and look(asked(w), keys, Narrowed()).rows
    ]
    assert len(hidden) > 30
    for entry in Entry.objects.all():
        entry.marks = f"{PUBLIC} {entry.marks}"
        entry.save(update_fields=["marks"])
    leaked = 0
    for name in (NOBODY, "stranger", "partner_lead", "board_member"):
        reader = Reader.of(office, name)
        for word in hidden:
            if office.words.found[word].for_reader(name, reader.level):
                continue
            found = finds(reader.user, word)
            leaked += found.total
            assert found.hits == (), f"{name} {office.words.found[word].where}"
    assert leaked > 50
