"""The people desk and the record, as each office sees them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from goldthread.core.governance.abilities import Role
from goldthread.people.models import Holding, User
from goldthread.people.queries import holders
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _as(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_people_see_their_own_body_only(client: Client, cast: Cast) -> None:
    assert cast.commissioner
    page = _as(client, cast.stranger).get(reverse("people")).content.decode()
    assert "Wealdshire" in page
    assert "Fenshire" not in page
    assert "Frances Merrow" not in page


def test_a_person_without_office_sees_nobody(client: Client, cast: Cast) -> None:
    assert cast.commissioner
    page = _as(client, cast.resident).get(reverse("people")).content.decode()
    assert "You hold no office here" in page
    assert "Frances Merrow" not in page


def test_the_chief_executive_appoints(client: Client, cast: Cast) -> None:
    office = cast.office(Role.ANALYST)
    given = {"name": "Ada March", "email": "ada@fenshire.example", "starts": "2020-01-06"}
    response = _as(client, cast.chief_executive).post(reverse("appoint", args=[office.pk]), given)
    assert response.status_code == 302
    assert [user.name for user in holders(office, date(2020, 1, 6))] == ["Ada March"]


def test_an_appointment_that_cannot_be_says_why_and_takes_nobody_in(client: Client, cast: Cast) -> None:
    assert cast.commissioner
    office = cast.office(Role.COMMISSIONER)
    given = {"name": "Ada March", "email": "ada@fenshire.example", "starts": "2020-01-06"}
    response = _as(client, cast.chief_executive).post(reverse("appoint", args=[office.pk]), given)
    assert "Frances Merrow is Police and Crime Commissioner" in response.content.decode()
    assert not User.objects.filter(email="ada@fenshire.example").exists()
    response = client.post(reverse("appoint", args=[office.pk]), given | {"instead": "on"})
    assert response.status_code == 302
    assert [user.name for user in holders(office, date(2020, 1, 6))] == ["Ada March"]


def test_ending_an_office(client: Client, cast: Cast) -> None:
    holding = cast.analyst.holdings.get()
    address = reverse("end_holding", args=[holding.pk])
    page = _as(client, cast.chief_executive).post(address, {"ends": "2001-01-01"}).content.decode()
    assert "There is a problem" in page or "error" in page
    assert client.post(address, {"ends": "2020-01-06"}).status_code == 302
    assert Holding.objects.get(pk=holding.pk).ends == date(2020, 1, 6)


def test_others_may_not_and_other_bodies_see_no_page(client: Client, cast: Cast) -> None:
    appoint = reverse("appoint", args=[cast.office(Role.ANALYST).pk])
    end = reverse("end_holding", args=[cast.analyst.holdings.get().pk])
    for address in (appoint, end):
        assert _as(client, cast.governance_officer).get(address).status_code == 403
        assert _as(client, cast.stranger).get(address).status_code == 404
        assert _as(client, cast.resident).get(address).status_code == 404


def test_the_record_is_read_by_those_who_may_and_for_their_body(client: Client, cast: Cast) -> None:
    assert cast.analyst
    assert cast.stranger
    page = _as(client, cast.monitoring_officer).get(reverse("record")).content.decode()
    assert "Miriam Waring as Performance Analyst" in page
    assert "Wealdshire" not in page
    assert _as(client, cast.analyst).get(reverse("record")).status_code == 403
    assert _as(client, cast.resident).get(reverse("record")).status_code == 403


def test_the_desk_says_who_its_reader_is(client: Client, cast: Cast) -> None:
    page = _as(client, cast.monitoring_officer).get(reverse("people")).content.decode()
    assert "Monitoring Officer" in page
    assert "People - Fenshire Police and Crime Commissioner" in page


def test_the_record_is_filtered(client: Client, cast: Cast) -> None:
    assert cast.analyst
    _as(client, cast.monitoring_officer)
    address = reverse("record")
    assert "No event answers" in client.get(address, {"actor": "nobody at all"}).content.decode()
    assert "Miriam Waring" in client.get(address, {"thing": "Waring", "until": "2012-11-22"}).content.decode()
    assert "No event answers" in client.get(address, {"since": "2012-11-23"}).content.decode()
    assert client.get(address, {"since": "not a day"}).status_code == 200


def test_the_people_page_asks_the_same_however_many_there_are(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _as(client, cast.chief_executive)
    for role in Role:
        cast.holder(role)
    with django_assert_max_num_queries(9):
        client.get(reverse("people"))


def test_every_response_carries_the_policy(client: Client, cast: Cast) -> None:
    response = _as(client, cast.chief_executive).get(reverse("people"))
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
