"""Stopping letters of a kind by the link in one of them, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from goldthread.mail import actions
from goldthread.mail.models import SENTENCES, Kind
from goldthread.mail.stopping import who_stops


@csrf_exempt  # a mail program presses it for its reader (RFC 8058); the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST stop: what merely opens the address, as mail scanners do, stops nothing."""
    found = who_stops(token)
    if found is None:
        return _shown(request, {"unknown": True}, status=404)
    user, kind = found
    if request.method == "POST":
        actions.stop(user=user, kind=kind, at=timezone.now())
    return _shown(request, {"kind": SENTENCES[Kind(kind)], "done": request.method == "POST"})


def _shown(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "mail/stop.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
