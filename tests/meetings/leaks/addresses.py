"""Every address of the product, filled in from the rows of the sentinel office in all plausible ways.

A parameter without values here fails the test: whoever adds an address says what may stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from goldthread.core.governance.stages import Move
from goldthread.core.text import Figure
from goldthread.meetings.calendar import address_for
from goldthread.meetings.models import (
    Appendix,
    Arising,
    Attendance,
    Decision,
    KeptMinute,
    Meeting,
    Pack,
    Paper,
    PaperFile,
    Planned,
    PublicQuestion,
    Reliance,
    Seat,
    SignOff,
    SourceLink,
)
from goldthread.meetings.papers import paper_text
from goldthread.people import models as people
from goldthread.people.models import Holding, User
from goldthread.plans.models import Document, FileImport, KeptDraft
from goldthread.plans.reading import address_of
from tests.meetings.leaks.above import QUERIES, SPACES, values_above
from tests.meetings.leaks.office import Office

THEIRS = ("openid_connect", "account_", "mfa_", "socialaccount_", "sign_in_as")
"""Addresses of the sign-in library: they show nothing of a body's affairs."""
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern of the resolver: the name by which it is reversed, where it leads, its parameters."""

    name: str
    pattern: str
    parameters: tuple[str, ...]

    @property
    def is_desk(self) -> bool:
        return self.pattern.startswith("desk/")


def routes() -> Iterator[Route]:
    """Every named pattern of the whole product but the sign-in library's."""
    yield from _routes(get_resolver(), "", "")


def _routes(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _routes(each, before + str(each.pattern), inner)
        elif isinstance(each, URLPattern) and each.name and not each.name.startswith(THEIRS):
            where = (before + str(each.pattern)).removeprefix("^")
            names = tuple(each.pattern.regex.groupindex)
            yield Route(f"{space}{each.name}", where, names)


class Addresses:
    """Fills in the parameters of every route from what the office holds."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.papers = list(Paper.objects.select_related("item__meeting__board").order_by("marking", "pk"))
        self.papers.sort(key=lambda paper: paper.marking != "exempt")
        documents = Document.objects.prefetch_related("editions__placements").order_by("pk")
        of_papers = [office.exempt_paper, office.open_paper, office.kept_paper, office.drafting]
        kept = [office.plan.pk, *(paper.document_id for paper in of_papers)]
        self.documents = sorted(documents.filter(pk__in=kept), key=lambda one: one.pk == office.plan.pk)
        meetings = Meeting.objects.select_related("board").exclude(stage="cancelled")
        self.meetings = sorted(meetings, key=lambda one: one.pk != office.october.pk)

    def of(self, route: Route) -> Iterator[str]:
        """Every address of a route."""
        for values in self._filled(route, route.parameters, {}):
            try:
                yield reverse(route.name, kwargs=values)
            except NoReverseMatch:
                continue

    def _filled(self, route: Route, left: tuple[str, ...], chosen: Values) -> Iterator[Values]:
        if not left:
            yield dict(chosen)
            return
        for value in self.values(route, left[0], chosen):
            yield from self._filled(route, left[1:], {**chosen, left[0]: value})

    def values(self, route: Route, name: str, chosen: Values) -> Iterable[Any]:
        """What may stand in a parameter, after what was chosen for those before it."""
        if route.name.startswith("performance:"):
            return self.office.measured.values(name, route.pattern)
        if route.name.startswith(SPACES) and name != "token":
            return values_above(route.name.partition(":")[0], name, chosen)
        if name in ("pk", "appendix", "reliance", "number"):
            return dict.fromkeys(self._rows(route, name, chosen))
        if name in ("slug", "meeting", "board", "paper", "plan", "edition", "edition_slug"):
            return dict.fromkeys(self._slugs(route, name, chosen))
        return self._words[name](route, chosen)

    def _slugs(self, route: Route, name: str, chosen: Values) -> Iterable[str]:
        of_boards = "boards/" in route.pattern
        if name == "board" or (name == "slug" and route.pattern.startswith("boards/")):
            return [meeting.board.slug for meeting in self.meetings]
        if of_boards and name in ("slug", "meeting"):
            return [meeting.slug for meeting in self.meetings if meeting.board.slug == chosen["board"]]
        if name == "paper":
            return self._papers_at(chosen)
        if route.pattern.startswith("desk/papers/"):
            return [paper.slug for paper in self.papers]
        if "registers/" in route.pattern:
            return ["decisions"]
        if route.pattern.startswith("decisions/"):
            return [*Decision.objects.exclude(slug="").values_list("slug", flat=True), "cpcc-2014"]
        if name in ("plan", "slug"):
            return [document.slug for document in self.documents]
        slug = chosen.get("slug", chosen.get("plan"))
        return [e.slug for d in self.documents if d.slug == slug for e in d.editions.all()]

    def _papers_at(self, chosen: Values) -> list[str]:
        """The papers of a meeting and, as if they were its own, an exempt and an open one of another's."""
        where = (chosen["board"], chosen["meeting"])
        meetings = [(paper, paper.item and paper.item.meeting) for paper in self.papers]
        own = [paper for paper, at in meetings if at and (at.board.slug, at.slug) == where]
        return [paper.slug for paper in (*own, self.office.exempt_paper, self.office.open_paper)]

    def _rows(self, route: Route, name: str, chosen: Values) -> Iterable[int]:
        if name == "number":
            return (1, 2)
        if name == "reliance":
            return self._own(Reliance, decision=chosen["pk"])
        if name == "appendix":
            return self._all(Appendix) if chosen["pk"] in self._all(Pack)[:2] else self._all(Appendix)[:2]
        for part, rows in self._by_place:
            if part in route.pattern:
                return rows(chosen)
        raise AssertionError(f"Say what may stand in “{name}” of {route.pattern}.")

    @cached_property
    def _by_place(self) -> tuple[tuple[str, Callable[[Values], Iterable[int]]], ...]:
        """By a part of the address, the rows whose numbers may stand in it."""
        return (
            ("appendices/", self._appendices),
            ("sign-offs/", lambda _: self._all(SignOff)),
            ("papers/<slug:slug>/sources/", lambda _: self._all(SourceLink)),
            ("papers/files/", lambda _: self._all(PaperFile)),
            ("desk/files/", lambda _: self._all(FileImport)),
            ("desk/kept/", lambda _: self._all(KeptDraft)),
            ("desk/decisions/", lambda _: self._all(Decision)),
            ("minutes/kept/", lambda _: self._all(KeptMinute)),
            ("minutes/live/", self._items),
            ("items/", self._items),
            ("packs/", self._packs),
            ("pack/", self._packs),
            ("forward/", lambda _: self._all(Planned)),
            ("questions/", lambda _: self._all(PublicQuestion)),
            ("attendance/", lambda _: self._all(Attendance)),
            ("members/", lambda _: self._all(Seat)[:2]),
            ("people/offices/", lambda _: self._all(people.Office)[:1]),
            ("people/holdings/", lambda _: self._all(Holding)[:1]),
            ("plan/", lambda _: (1, 2)),
        )

    def _packs(self, chosen: Values) -> list[int]:
        """The packs of the meeting; at another meeting, the full one that is not its own."""
        own = self._own(Pack, meeting__board__slug=chosen["board"], meeting__slug=chosen["slug"])
        return own or self._all(Pack)[-1:]

    def _all(self, model: Any) -> list[int]:
        return list(model.objects.order_by("pk").values_list("pk", flat=True))

    def _own(self, model: Any, **of: Any) -> list[int]:
        return list(model.objects.filter(**of).order_by("pk").values_list("pk", flat=True))

    def _items(self, chosen: Values) -> list[int]:
        """The items of the meeting, and an exempt one of another."""
        own, others = [], []
        for item in self.office.items.values():
            meeting = item.meeting
            here = (meeting.board.slug, meeting.slug) == (chosen["board"], chosen["slug"])
            (own if here else others).append(item)
        exempt = [item for item in others if item.marking == "exempt"][:1]
        return [item.pk for item in sorted((*own, *exempt), key=lambda item: item.marking != "exempt")]

    def _appendices(self, chosen: Values) -> list[int]:
        """The appendices of the paper, and one exempt appendix of another."""
        slug = chosen.get("paper", chosen.get("slug"))
        other = Appendix.objects.filter(marking="exempt").exclude(paper__slug=slug).first()
        return [*self._own(Appendix, paper__slug=slug), *([other.pk] if other else [])]

    @cached_property
    def _words(self) -> dict[str, Callable[[Route, Values], Iterable[Any]]]:
        return {
            "form": lambda route, chosen: ("pdf", "docx"),
            "seal": lambda route, chosen: self.pictures,
            "day": lambda route, chosen: ("2014-10-02",),
            "key": self._keys,
            "section": self._sections,
            "move": lambda route, chosen: (Move.APPROVE.value, Move.ISSUE.value),
            "old": lambda route, chosen: self._slugs(route, "edition", chosen),
            "new": lambda route, chosen: self._slugs(route, "edition", chosen),
            "token": lambda route, chosen: self.tokens,
            "kind": lambda route, chosen: ("finance",),
            "code": lambda route, chosen: ("author", "embedded-file"),
            "name": self._names,
            "year": lambda route, chosen: ("2014",),
            "ordinal": lambda route, chosen: (1,),
            "serial": lambda route, chosen: self._serials,
        }

    @cached_property
    def pictures(self) -> list[str]:
        """The seals of the pictures of an open paper and an exempt one."""
        found = []
        for paper in self.papers:
            if paper in (self.office.exempt_paper, self.office.open_paper):
                blocks = (block for _, section in paper_text(paper).walk() for block in section.blocks)
                found.extend(block.image for block in blocks if isinstance(block, Figure))
        return found[:3]

    @cached_property
    def tokens(self) -> list[str]:
        """A calendar address of everybody's, and one that nobody signed."""
        mine = (address_for(user) for user in User.objects.order_by("pk"))
        return [*(each.rpartition("/")[2].removesuffix(".ics") for each in mine), "nobody"]

    @cached_property
    def _serials(self) -> list[str]:
        return [number.partition("/")[2] for number in Arising.objects.values_list("number", flat=True)]

    def _placed(self, chosen: Values) -> list[Any]:
        slug, name = chosen.get("slug", chosen.get("plan")), chosen.get("edition_slug", chosen.get("edition"))
        editions = (e for d in self.documents if d.slug == slug for e in d.editions.all())
        return [p for e in editions if name in (None, e.slug) for p in e.placements.all()][:2]

    def _keys(self, route: Route, chosen: Values) -> list[str]:
        return [placed.key for placed in self._placed(chosen)] or ["none"]

    def _sections(self, route: Route, chosen: Values) -> list[str]:
        return [address_of(placed.key, "Section") for placed in self._placed(chosen)]

    def _names(self, route: Route, chosen: Values) -> list[str]:
        """The last step of an address: a file's name, or a step of the minutes."""
        if "minutes/" in route.pattern:
            return ["circulate", "approve", "publish", "compare", "versions"]
        names = list(Appendix.objects.filter(pk=chosen["pk"]).values_list("name", flat=True))
        return [*(name or "appendix.pdf" for name in names), "file"]


def with_queries(route: Route, path: str) -> Iterator[str]:
    """An address, and the same with each question that its page takes."""
    yield path
    asked = {
        "plans:desk-compare": ("?old=draft&new=draft", "?old=october-draft&new=october-draft"),
        "meetings:desk-paper-versions": ("?old=1&new=2", "?old=1&new=2&form=docx", "?old=1&new=2&form=pdf"),
        "meetings:desk-new-paper": ("?board=bcb&meeting=2014-10-02",),
        "meetings:desk-new-decision": ("?recommendation=1",),
        "meetings:desk-actions": ("?which=all", "?which=closed"),
        "meetings:desk-minutes-version": ("?with=1",),
        "record": tuple(f"?page={page}" for page in range(2, 9)),
        "meetings:desk-decisions": ("?outcome=exempt", "?q=CPCC", "?page=2"),
        "meetings:site-decisions": ("?outcome=exempt", "?q=CPCC", "?year=2014", "?outcome=deferred"),
        "meetings:site-decisions-csv": ("?outcome=exempt", "?outcome=withdrawn"),
        "plans:desk-import": ("?into=2",),
        **QUERIES,
    }
    for query in asked.get(route.name, ()):
        yield path + quote(query, safe="?=&")
