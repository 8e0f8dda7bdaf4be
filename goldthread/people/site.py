"""The sign-in page, and the demonstration's buttons on it."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from goldthread.people.models import User
from goldthread.people.queries import cast_on


class SignIn(LoginView):
    """The one door; in the demonstration it also lists the named staff."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["cast"] = cast_on(timezone.localdate())
        return context


def no_such_page(request: HttpRequest) -> HttpResponse:
    """Nobody changes the address they sign in with: who took another's would be appointed in their place."""
    raise Http404


@require_POST
def sign_in_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as one of the demonstration's staff; outside the demonstration there is no such page."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, pk=pk, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if safe else settings.LOGIN_REDIRECT_URL)
