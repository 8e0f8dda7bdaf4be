"""What every template may know of the person who is signed in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject


def person(request: HttpRequest) -> dict[str, object]:
    """``person_office``: the titles of the offices that the person holds today, asked for only when shown."""

    def titles() -> str:
        offices = request.user.offices_on(timezone.localdate()) if request.user.is_authenticated else ()
        return ", ".join(office.title for office in offices)

    return {"person_office": SimpleLazyObject(titles)}
