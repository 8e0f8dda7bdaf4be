"""What every staff page says about its reader."""

from __future__ import annotations

from django.http import HttpRequest

from goldthread.people.queries import offices_today
from goldthread.web.context import DESK


def person(request: HttpRequest) -> dict[str, object]:
    """On the desk, `person_office` and `office_name`: the titles the reader holds, and at which body."""
    offices = offices_today(request) if request.path.startswith(DESK) else ()
    if not offices:
        return {}
    return {
        "person_office": ", ".join(office.title for office in offices),
        "office_name": ", ".join(dict.fromkeys(office.body.name for office in offices)),
    }
