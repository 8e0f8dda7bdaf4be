"""Navigation shows the rooms that exist and that the reader may enter."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from goldthread.web import rooms
from goldthread.web.context import rooms as context


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("desk/", _page, name="needs"),
    path("desk/plan/", _page, name="plan"),
    path("desk/people/", _page, name="people"),
    path("search/", _page, name="search"),
]


@pytest.fixture(autouse=True)
def empty_house(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]
    monkeypatch.setattr(rooms, "_rooms", {})
    monkeypatch.setattr(rooms, "_permit", [rooms._nobody])


def names(where: str, area: rooms.Area = "desk") -> list[tuple[str, bool]]:
    return [(door.name, door.current) for door in rooms.doors(RequestFactory().get(where), area)]


def test_rooms_stand_in_order_and_the_nearest_is_current() -> None:
    rooms.register("desk", "Plan", "plan", 20)
    rooms.register("desk", "What needs me", "needs", 10)
    assert names("/desk/") == [("What needs me", True), ("Plan", False)]
    assert names("/desk/plan/edition/3/") == [("What needs me", False), ("Plan", True)]


def test_a_room_without_a_page_is_not_offered() -> None:
    rooms.register("desk", "Boards", "boards")
    assert names("/desk/") == []


def test_a_room_that_asks_for_an_ability_is_shut_until_somebody_can_judge() -> None:
    rooms.register("desk", "People", "people", ability="look after people")
    assert names("/desk/") == []
    rooms.permit_with(lambda request, ability: ability == "look after people")
    assert names("/desk/") == [("People", False)]


def test_a_room_counts_what_waits_and_search_stands_apart() -> None:
    rooms.register("desk", "Plan", "plan", count=lambda request: 7)
    rooms.register("public", "Search", "search", 90)
    plan = rooms.doors(RequestFactory().get("/desk/"), "desk")[0]
    search = rooms.doors(RequestFactory().get("/"), "public")[0]
    assert (plan.count, plan.apart) == (7, False)
    assert (search.count, search.apart) == (0, True)


def test_the_address_says_which_area_a_page_is_in() -> None:
    rooms.register("desk", "Plan", "plan")
    rooms.register("public", "Search", "search")
    assert [door.name for door in context(RequestFactory().get("/desk/plan/"))["rooms"]] == ["Plan"]  # type: ignore[attr-defined]
    assert [door.name for door in context(RequestFactory().get("/plan/"))["rooms"]] == ["Search"]  # type: ignore[attr-defined]
