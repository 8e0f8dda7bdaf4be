"""Staff sign in with two things: a middleware that asks for the second before anything else."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

ALLOWED = ("/account/", "/sign-in/", "/static/", "/sign-out/")


class SecondFactorMiddleware:
    """Send a signed-in person who has no second factor to set one up, where the installation asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR
            and request.user.is_authenticated
            and not request.path.startswith(ALLOWED)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)
