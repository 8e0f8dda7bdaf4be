"""The one door to every staff page: signed in, and with a second factor where that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldthread.web.context import DESK


class DoorMiddleware:
    """Ask a visitor to a staff page to sign in, and a person without a second factor to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(DESK):
            if not request.user.is_authenticated:
                return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
            if settings.SECOND_FACTOR and not is_mfa_enabled(request.user):
                return redirect("mfa_index")
        return self.get_response(request)
