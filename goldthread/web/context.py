"""What every template may count on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from goldthread.web.rooms import Area, doors

DESK = "/desk/"


def rooms(request: HttpRequest) -> dict[str, object]:
    """The navigation of the area that the request is in, worked out only if a template asks for it.

    Gives `rooms` (records with `name`, `href`, `current`, `count`), `office_name` and `demonstration`.
    """
    area: Area = "desk" if request.path.startswith(DESK) else "public"
    return {
        "rooms": SimpleLazyObject(lambda: doors(request, area)),
        "office_name": getattr(settings, "OFFICE_NAME", "Goldthread"),
        "demonstration": getattr(settings, "DEMO", False),
    }
