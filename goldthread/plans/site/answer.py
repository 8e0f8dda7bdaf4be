"""How a public page is answered: with a validator and a lifetime, and not at all where nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from goldthread.core.text import seal_of
from goldthread.plans.reading import code_seal, renderer

MINUTE = 60
DAY = 24 * 60 * MINUTE
PAGE, FILE = 5 * MINUTE, DAY
"""Lifetimes in seconds. A sealed text never changes, but the page around it does: an edition
is superseded, a plan ends, the navigation grows. A file says only what is sealed."""

LARGEST = 256 * 1024
"""The size in bytes up to which a page is remembered by the process that made it."""


def answer(
    request: HttpRequest,
    *,
    seals: Iterable[str],
    changed: datetime,
    make: Callable[[], HttpResponse],
    lifetime: int = PAGE,
) -> HttpResponse:
    """The page that ``make`` gives, unless the reader holds it already: then 304 and no work.

    ``seals`` stand for everything that the page shows, so that a page may be remembered by
    them; ``changed`` is when any of it last did.
    """
    asked = [request.build_absolute_uri(), get_language(), _dress(), *seals]
    etag = f'"{seal_of(asked)[:32]}"'
    stamp = int(changed.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=stamp) or _made(etag, make)
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(stamp)
        response.headers.setdefault("Cache-Control", f"public, max-age={lifetime}")
    return response


def _made(etag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The page, from this process's memory if it was made before under the same validator."""
    remembered = caches["pages"].get(etag)
    if remembered is not None:
        body, form = remembered
        return HttpResponse(body, content_type=form)
    response = make()
    if response.status_code == 200 and len(response.content) <= LARGEST and is_page(response):
        caches["pages"].set(etag, (response.content, response.headers["Content-Type"]))
    return response


def is_page(response: HttpResponse) -> bool:
    """Whether it is a page to be read in place, and not a file with a name of its own."""
    return "Content-Disposition" not in response.headers


AROUND = (
    "plans/site",
    "plans/made.py",
    "plans/stints.py",
    "plans/templates/plans/site",
    "plans/templates/plans/compare_body.html",
    "web/rooms.py",
    "web/static/web",
    "web/templates",
    "web/templatetags",
)


@cache
def _dress() -> str:
    """A mark of everything around the words: code, templates, styles, and whose site it is."""
    files = code_seal(AROUND, ("*.py", "*.html", "*.css", "*.js"))
    whose = [getattr(settings, "OFFICE_NAME", ""), getattr(settings, "DEMO", False)]
    return seal_of([files, renderer(), *whose])
