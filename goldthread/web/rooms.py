"""The rooms that pages offer in their navigation: each app registers its own as it starts.

An app calls `register` from its `AppConfig.ready`. The app which knows people calls `permit_with`
once, so that this package need not know what an ability is.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Area = Literal["desk", "public"]
Count = Callable[[HttpRequest], int]
Permit = Callable[[HttpRequest, Hashable], bool]


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the navigation of one area; `count` says how many things wait there.

    `also` names pages which belong to the room though their addresses are not beneath its own.
    """

    area: Area
    name: str
    url_name: str
    order: int = 0
    ability: Hashable | None = None
    count: Count | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """A room as one request sees it: its address, whether the reader is in it, what waits there.

    `apart` is true from order 90 on: such a room (search) stands at the far end.
    """

    name: str
    href: str
    current: bool
    count: int
    apart: bool


def _nobody(request: HttpRequest, ability: Hashable) -> bool:
    """Refuse every room that asks for an ability, until somebody can judge it."""
    return False


_rooms: dict[tuple[Area, str], Room] = {}
_permit: list[Permit] = [_nobody]


def register(
    area: Area,
    name: str,
    url_name: str,
    order: int = 0,
    ability: Hashable | None = None,
    count: Count | None = None,
    also: tuple[str, ...] = (),
) -> None:
    """Offer a room in an area; a second registration of one address replaces the first."""
    _rooms[area, url_name] = Room(area, name, url_name, order, ability, count, also)


def permit_with(permit: Permit) -> None:
    """Let `permit(request, ability)` decide who is offered the rooms that name an ability."""
    _permit[:] = [permit]


def doors(request: HttpRequest, area: Area) -> tuple[Door, ...]:
    """The rooms of an area that exist and that this reader may enter, in their order.

    A page whose address is beneath a room of another app's stands in the first room of its own app,
    if that has one; or it says by `request.room`, the name of its room's address, where it belongs.
    """
    found = []
    for room in sorted((r for r in _rooms.values() if r.area == area), key=lambda r: (r.order, str(r.name))):
        href = _address(room)
        if href and (room.ability is None or _permit[0](request, room.ability)):
            found.append((room, href))
    at = getattr(request.resolver_match, "view_name", "")
    beneath = max((href for _, href in found if _inside(request.path, href)), key=len, default="")
    told = getattr(request, "room", "")
    named = (href for room, href in found if at in room.also or room.url_name == told)
    here = next(named, "") or _of_its_app(found, at, beneath) or beneath
    return tuple(
        Door(
            name=room.name,
            href=href,
            current=href == here,
            count=room.count(request) if room.count else 0,
            apart=room.order >= 90,
        )
        for room, href in found
    )


def _of_its_app(found: list[tuple[Room, str]], at: str, beneath: str) -> str:
    """The first room of the app of a page, where the page is not beneath any of that app's rooms."""
    app = at.partition(":")[0] if ":" in at else ""
    own = [href for room, href in found if app and room.url_name.startswith(f"{app}:")]
    return own[0] if own and beneath not in own else ""


def _address(room: Room) -> str:
    """The address of a room, or nothing where this installation has no such page."""
    try:
        return reverse(room.url_name)
    except NoReverseMatch:
        return ""


def _inside(path: str, href: str) -> bool:
    """Whether a path is the room's own page or one beneath it."""
    return path == href or path.startswith(href.rstrip("/") + "/")
