"""Entries of nothing that is kept, and what is found of them: for tests of search itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.people.models import Body
from goldthread.thread.models import Kind
from goldthread.thread.search import index
from goldthread.thread.search.asking import asked
from goldthread.thread.search.entries import Saying, whole
from goldthread.thread.search.finding import Found, find
from goldthread.thread.search.marks import PUBLIC

TODAY = date(2014, 11, 1)


def saying(body: Body, title: str, words: str = "", **more: Any) -> Saying:
    given = {
        "kind": Kind.SECTION,
        "ref": title,
        "face": "public",
        "locks": (PUBLIC,),
        "href": "/plan/",
        "on": date(2014, 1, 1),
        **more,
    }
    return Saying(title=title, words=words, body=body.pk, **given)


def keep(*sayings: Saying, scope: str = "test:1") -> None:
    index.put({scope: whole(sayings)})


def titles(found: Found) -> list[str]:
    return ["".join(piece.words for piece in hit.title) for hit in found.hits]


def finds(words: str, **more: Any) -> Found:
    return find(asked(words), user=None, on=TODAY, **more)
