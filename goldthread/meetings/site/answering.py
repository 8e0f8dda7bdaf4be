"""How a public page of boards is answered: with a validator made of just what the reader is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from goldthread.plans.site.answer import PAGE

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page for everybody: only read, the same for all, 304 where the reader holds it already.

    The validator is made of the answer itself, so that nothing which is not shown can change it.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return answered(request, view(request, *args, **kwargs))

    return require_safe(page)


def answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer with its validator and lifetime, or 304; anything but a page found is left as it is."""
    if response.status_code != 200:
        return response
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers.setdefault("Cache-Control", f"public, max-age={PAGE}")
    return get_conditional_response(request, etag=etag, response=response) or response
