"""What may stand in the addresses of the rooms above boards: of letters, delivery, threads and search.

The sentinel office holds no work of its own: what could leak there is of boards and plans. Threads are asked
of every paper, decision, action and section; where a row is missing an address is asked all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goldthread.delivery.models import Action, Priority
from goldthread.mail.models import Letter
from goldthread.meetings.models import Arising, Decision, Paper
from goldthread.plans.models import Document

SPACES = ("mail:", "delivery:", "thread:")
FORMS = {"delivery": ("pdf", "docx"), "thread": ("csv", "svg")}
QUERIES = {
    name: ("?q=board", "?q=paper+agreement", "?q=decision&order=newest", "?q=exempt")
    for name in ("thread:site-search", "thread:desk-search")
}


def values_above(space: str, name: str, chosen: dict[str, Any]) -> Iterable[Any]:
    """What may stand in a parameter of an address of one of these rooms, after what stands before it."""
    match name:
        case "pk" | "file":
            letters = Letter.objects.order_by("pk").values_list("pk", flat=True) if space == "mail" else ()
            return [*letters][:3] or [1]
        case "slug" | "priority":
            known = Priority if name == "priority" else Action
            return [*known.objects.values_list("slug", flat=True)[:2]] or ["2014-15-v1"]
        case "kind":
            return ("paper", "decision", "section", "pledge", "arising") if space == "thread" else ("action",)
        case "ref":
            return _refs(chosen["kind"])
        case "year":
            return (2014,)
        case "key":
            return ["local"]
        case "form":
            return FORMS[space]
    return {"step": ("close", "drop"), "deed": ("finish",)}[name]


def _refs(kind: str) -> list[str]:
    """By what a thread of a kind is asked for."""
    if kind == "paper":
        return [*Paper.objects.order_by("pk").values_list("slug", flat=True)]
    if kind == "decision":
        return [*Decision.objects.exclude(slug="").order_by("pk").values_list("slug", flat=True)]
    if kind == "arising":
        rows = Arising.objects.order_by("pk").values_list("board__slug", "number")
        return [f"{board}.{number.replace('/', '-')}" for board, number in rows]
    found = []
    for document in Document.objects.order_by("pk"):
        edition = document.editions.last()
        placed = edition.placements.all()[:3] if edition is not None else ()
        found += [f"{document.slug}.{each.key[:8]}" for each in placed]
    return found
