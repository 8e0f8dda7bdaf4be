"""Nobody is shown a word of exempt business that is not for them, at any address of the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from goldthread.meetings.actions.accepting import mark_paper
from goldthread.meetings.actions.announcing import mark_item
from goldthread.meetings.actions.attachments import mark_appendix
from goldthread.meetings.actions.publishing import mark_decision
from tests.meetings.leaks.addresses import Addresses, routes
from tests.meetings.leaks.papers import EXEMPT
from tests.meetings.leaks.reading import content_of, heads_of
from tests.meetings.leaks.sentinels import Level
from tests.meetings.leaks.walking import MANY, NOBODY, Reader, Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MY_CALENDAR = "meetings:calendar-mine"
WHOLE = ("partner_lead", "board_member")
"""Those below exempt business who read most of the rest, at every address."""
SOME = ("resident", "stranger", "panel_clerk", "panel_member", "administrator", "staff_officer", "analyst")
"""The others, at the two addresses of each route which tell most."""


def _tells_nothing(walk: Walk) -> None:
    assert walk.told() == []
    assert dict(walk.broken) == {}


def test_the_site_tells_nothing_to_a_visitor(office: Any) -> None:
    addresses, walk, visitor = Addresses(office), Walk(office), Reader.of(office, NOBODY)
    for route in routes():
        if route.name != MY_CALENDAR:
            walk.route(visitor, route, addresses, most=2 if route.is_desk else MANY)
    _tells_nothing(walk)


def test_the_address_of_a_members_calendar_tells_how_to_join_and_nothing_exempt(office: Any) -> None:
    walk, visitor = Walk(office), replace(Reader.of(office, NOBODY), level=Level.MEMBERS)
    (route,) = (each for each in routes() if each.name == MY_CALENDAR)
    walk.route(visitor, route, Addresses(office))
    _tells_nothing(walk)
    assert {office.words.found[word].where for word in walk.met[NOBODY]} >= {"how to join on 2014-12-04"}


@pytest.mark.parametrize("name", [*WHOLE, *SOME])
def test_the_desk_tells_nobody_more_than_they_read(office: Any, name: str) -> None:
    addresses, walk, reader = Addresses(office), Walk(office), Reader.of(office, name)
    for route in routes():
        if route.is_desk:
            walk.route(reader, route, addresses, most=MANY if name in WHOLE else 2)
    _tells_nothing(walk)


UNTOLD = {
    "action of an open item: news",
    "exempt paper under an open item: its public title",
    "exempt paper: its public title",
    "forward plan, listed: its note",
    "forward plan, listed: its theme",
    "forward plan, listed: its title",
    "item “December, exempt”: its public title",
    "open: a paragraph",
}
"""What the public might be told and no page tells, a paragraph that was written over among it."""
KEPT_BY_OTHERS = {
    "September, words kept of a minute",
    "bcb-paper-1: kept words",
    "exempt: a contact",
    "words kept of a minute",
}
"""Words saved at once with another's, which their writer alone is shown, and what was written over."""
BOARDS = ("meetings:", "performance:", "record")


def _met(office: Any, name: str, *, chosen: Any = lambda route: True) -> set[str]:
    walk, reader, addresses = Walk(office), Reader.of(office, name), Addresses(office)
    for route in routes():
        if route.name.startswith(BOARDS) and chosen(route):
            walk.route(reader, route, addresses, most=40)
    assert walk.told() == []
    return walk.met[name]


def test_the_public_reads_all_that_is_open(office: Any) -> None:
    met = _met(office, NOBODY, chosen=lambda route: not route.is_desk and "calendar" not in route.name)
    open_words = {word for word, each in office.words.found.items() if each.level == 0}
    missed = {office.words.found[word].where for word in open_words - met}
    assert missed == UNTOLD


def test_whoever_reads_everything_is_shown_it(office: Any) -> None:
    met = _met(office, "governance_officer", chosen=lambda route: route.is_desk)
    hidden = {word for word, each in office.words.found.items() if each.level == 3 and not each.only}
    missed = {office.words.found[word].where for word in hidden - met}
    assert missed == KEPT_BY_OTHERS


@pytest.mark.parametrize("name", ["partner_lead", "analyst"])
def test_an_author_reads_the_exempt_paper_that_they_wrote(office: Any, name: str) -> None:
    start = "exempt: " if name == "partner_lead" else "exempt, under an open item: "
    met = _met(office, name, chosen=lambda route: route.name.startswith("meetings:desk-paper"))
    own = {word for word, each in office.words.found.items() if each.where.startswith(start)}
    assert {office.words.found[word].where for word in own - met} <= {"exempt: a contact"}


def test_a_private_note_is_its_writers_alone(office: Any) -> None:
    for name in ("board_member", "chief_constable"):
        met = _met(office, name, chosen=lambda route: "/pack/" in route.pattern)
        own = {word for word, each in office.words.found.items() if each.only}
        assert {office.words.found[word].only for word in met & own} == {frozenset({name})}


LATER = datetime(2014, 10, 21, 9, tzinfo=UTC)


@pytest.fixture
def as_it_was() -> Iterator[None]:
    """Each test leaves the office as it found it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _met_by_visitor(office: Any) -> set[str]:
    """Every word that a visitor meets on the public site."""
    walk, visitor, addresses = Walk(office), Reader.of(office, NOBODY), Addresses(office)
    addresses.papers, addresses.meetings = [office.open_paper], [office.october, office.september]
    for route in routes():
        if not route.is_desk and route.name != MY_CALENDAR:
            walk.route(visitor, route, addresses)
    assert walk.told() == []
    return walk.met[NOBODY]


def _of(office: Any, chosen: Callable[[str], bool]) -> set[str]:
    return {word for word, each in office.words.found.items() if each.level == 0 and chosen(each.where)}


def test_items_and_decisions_marked_exempt_later_is_gone(office: Any, as_it_was: None) -> None:
    slug, by = office.open_paper.slug, office.clerk
    of_item = _of(office, lambda w: w.startswith(("item “open”", "open: ", f"{slug} ", f"{slug}: ")))
    of_item |= _of(office, lambda w: w.startswith("question listed"))
    minuted = ("item “September, open”", "September, minute", "September, an interest", "action of an open")
    of_minutes = _of(office, lambda w: w.startswith(minuted))
    of_decision = _of(office, lambda w: w.startswith("decision “open”"))
    assert (len(of_item) > 15, len(of_minutes) > 4, len(of_decision) > 8) == (True, True, True)
    told = {"public_title": "Estate matter", **EXEMPT, "by": by, "at": LATER}
    for name in ("open", "September, open"):
        mark_item(item=office.items[name], marking="exempt", **told)
    decision = office.after.decisions["open"]
    mark_decision(
        decision=decision, marking="exempt", public_words="About a building.", why="A name.", **told
    )
    assert _met_by_visitor(office) & (of_item | of_minutes | of_decision) == set()


def test_a_paper_marked_exempt_later_is_gone(office: Any, as_it_was: None) -> None:
    slug = office.open_paper.slug
    of_paper = _of(office, lambda w: w.startswith(("open: ", f"{slug} ", f"{slug}: ")))
    assert len(of_paper) > 12
    mark_paper(paper=office.open_paper, marking="exempt", **EXEMPT, by=office.clerk, at=LATER)
    assert _met_by_visitor(office) & of_paper == set()


def test_an_appendix_marked_exempt_later_is_gone(office: Any, as_it_was: None) -> None:
    of_file = _of(office, lambda w: "Appendix B" in w)
    assert len(of_file) > 2
    appendix = office.open_paper.appendices.get(label="Appendix B")
    mark_appendix(appendix=appendix, marking="exempt", reason_code="12A-3", by=office.clerk, at=LATER)
    assert _met_by_visitor(office) & of_file == set()


UNKNOWN = "qzf999zq"


def _public(office: Any) -> list[str]:
    """Six addresses of each public route of boards."""
    addresses, found = Addresses(office), []
    for route in routes():
        if route.name.startswith("meetings:") and not route.is_desk and route.name != MY_CALENDAR:
            found.extend([path for path, _ in zip(addresses.of(route), range(6), strict=False)])
    return found


def test_a_public_page_is_the_same_for_whoever_is_signed_in(office: Any) -> None:
    visitor, officer = Reader.of(office, NOBODY), Reader.of(office, "governance_officer")
    found = 0
    for path in _public(office):
        first, second = visitor.ask(path), officer.ask(path)
        assert (first.status_code, first.get("ETag")) == (second.status_code, second.get("ETag")), path
        assert content_of(first) == content_of(second), path
        if first.status_code == 200:
            found += 1
            assert "cookie" not in first.get("Vary", "").lower(), path
            assert "public" in first.get("Cache-Control", ""), path
            assert not first.cookies, path
    assert found > 12


def test_a_page_that_is_held_already_is_not_sent_again_and_no_head_tells_more(office: Any) -> None:
    visitor = Reader.of(office, NOBODY)
    for path in _public(office):
        response = visitor.ask(path)
        if etag := response.get("ETag"):
            again = visitor.ask(path, **{"If-None-Match": etag})
            assert (again.status_code, content_of(again)) == (304, b""), path
        head = visitor.ask(path, "head")
        assert (head.status_code, content_of(head)) == (response.status_code, b""), path
        words = office.words.within(heads_of(head)) - office.words.within(path)
        assert office.words.above(words, visitor.name, visitor.level) == []


@pytest.mark.parametrize("name", ["governance_officer", "board_member"])
def test_no_answer_of_the_desk_is_kept_by_anybody(office: Any, name: str) -> None:
    addresses, reader = Addresses(office), Reader.of(office, name)
    found = 0
    for route in routes():
        path = next(addresses.of(route), "") if route.name.startswith("meetings:desk") else ""
        response = reader.ask(path) if path else None
        if response is None or response.status_code != 200 or route.name == "meetings:desk-pack-worker":
            continue
        found += 1
        content_of(response)
        kept = response.get("Cache-Control", "")
        assert "no-store" in kept or "private" in kept, f"{path}: {kept}"
    assert found > 15


def test_looking_for_an_exempt_word_answers_as_looking_for_a_word_that_is_nowhere(office: Any) -> None:
    visitor = Reader.of(office, NOBODY)
    hidden = [word for word, each in office.words.found.items() if each.where.startswith("decision “exempt")]
    hidden = [word for word in hidden if office.words.found[word].level == 3]
    assert len(hidden) > 10
    for page in ("/decisions/", "/decisions/decisions.csv"):
        nowhere = content_of(visitor.ask(f"{page}?q={UNKNOWN}"))
        for word in hidden:
            told = content_of(visitor.ask(f"{page}?q={word}"))
            assert told.replace(word.encode(), UNKNOWN.encode()) == nowhere, office.words.found[word].where


def test_what_is_not_there_and_what_is_exempt_are_refused_in_the_same_words(office: Any) -> None:
    visitor, slug = Reader.of(office, NOBODY), office.exempt_paper.slug
    place = f"/boards/bcb/{office.october.slug}/papers/"
    for part in ("", "paper.pdf", "paper.docx", "appendices/1/", "appendices/1/file"):
        secret, nothing = (visitor.ask(f"{place}{name}/{part}") for name in (slug, "bcb-paper-999"))
        assert (secret.status_code, nothing.status_code) == (404, 404)
        assert content_of(secret).replace(slug.encode(), b"bcb-paper-999") == content_of(nothing)
