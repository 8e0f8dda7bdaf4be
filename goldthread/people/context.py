"""What every template may know of the person who is signed in."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from goldthread.people.models import Office
from goldthread.web.context import DESK


class Holder:
    """The offices that a request's person holds today: asked for once, and only when a page shows them."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        user = self.request.user
        return user.offices_on(timezone.localdate()) if user.is_authenticated else ()

    def titles(self) -> str:
        """The titles of the offices, one after another."""
        return _listed(office.title for office in self.offices)

    def bodies(self) -> str:
        """The names of the bodies, or of this installation where the person holds no office."""
        return _listed(office.body.name for office in self.offices) or settings.OFFICE_NAME


def holder(request: HttpRequest) -> dict[str, object]:
    """``person_office``, and on the desk ``office_name``: whose desk this is."""
    who = Holder(request)
    found: dict[str, object] = {"person_office": SimpleLazyObject(who.titles)}
    if request.path.startswith(DESK):
        found["office_name"] = SimpleLazyObject(who.bodies)
    return found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
