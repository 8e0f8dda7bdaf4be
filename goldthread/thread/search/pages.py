"""A page of search from what was asked in its address: the same for the public and at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from goldthread.people.models import User
from goldthread.thread.models import Kind
from goldthread.thread.search.asking import LONGEST, Question, asked
from goldthread.thread.search.finding import PER_PAGE, Choice, Facet, Found, find
from goldthread.thread.search.looking import Narrowed
from goldthread.thread.search.names import FACETS

NEWEST = "newest"
LARGEST_NUMBER = 10**9


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a facet as a page offers it: where choosing it, or leaving it, leads."""

    name: str
    count: int | None
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """A facet as a page offers it."""

    name: str
    links: tuple[Link, ...]
    chosen: bool


def page_of(request: HttpRequest, *, user: User | None, on: date) -> dict[str, Any]:
    """Everything that a page of search shows."""
    question = asked(request.GET.get("q", ""))
    narrowed, newest = narrowed_by(request.GET), request.GET.get("order") == NEWEST
    found = find(
        question,
        user=user,
        on=on,
        narrowed=narrowed,
        newest=newest,
        page=_number(request.GET.get("page")) or 1,
    )
    return {
        "typed": question.typed,
        "longest": LONGEST,
        "question": question,
        "found": found,
        "page": Paginator(range(found.total), PER_PAGE).page(found.page),
        "groups": [_group(request.GET, facet) for facet in found.facets],
        "narrowed": narrowed != Narrowed(),
        "newest": newest,
        "orders": _orders(request.GET, newest=newest),
        "plain": _address(request.GET, {name: "" for name in FACETS}),
        "hint": _hint(question, found),
    }


def narrowed_by(given: QueryDict) -> Narrowed:
    """What an address narrows a question down to; whatever makes no sense in it narrows nothing."""
    kind = given.get("kind", "")
    return Narrowed(
        kind=kind if kind in Kind.values else "",
        theme=given.get("theme", "")[:200],
        year=_number(given.get("year")),
        body=_number(given.get("body")),
        board=_number(given.get("board")),
    )


def _number(given: str | None) -> int | None:
    if not given or not (given.isascii() and given.isdigit()):
        return None
    return min(int(given[:10]), LARGEST_NUMBER)


def _group(given: QueryDict, facet: Facet) -> Group:
    links = tuple(_link(given, facet.name, choice) for choice in facet.choices)
    return Group(str(FACETS[facet.name]), links, any(link.chosen for link in links))


def _link(given: QueryDict, name: str, choice: Choice) -> Link:
    value = "" if choice.chosen else choice.value
    return Link(choice.name, choice.count, choice.chosen, _address(given, {name: value}))


def _orders(given: QueryDict, *, newest: bool) -> list[Link]:
    return [
        Link(_("Best match"), None, not newest, _address(given, {"order": ""})),
        Link(_("Newest first"), None, newest, _address(given, {"order": NEWEST})),
    ]


def _address(given: QueryDict, changed: dict[str, str]) -> str:
    """The same question asked otherwise, from its first page."""
    query = given.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _hint(question: Question, found: Found) -> str:
    """What to do where nothing was found, or too much."""
    if not question and question.typed:
        return _("Type a word that says more: these stand in almost every text.")
    if found.total and not found.all_of_them:
        return _(
            "Very much says this. Here are the things with these words in their title, then the newest. "
            "Add a word, or choose a kind."
        )
    return ""
