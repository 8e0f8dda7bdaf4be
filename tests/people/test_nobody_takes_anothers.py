"""Nobody takes what is meant for another: an address, an office, a real office by a demonstration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from goldthread.config.beginning import refuse_real_people
from goldthread.config.command import CannotRun
from goldthread.core.governance.abilities import Role
from goldthread.people.models import User


def test_nobody_changes_the_address_they_sign_in_with(client: Client, cast: Any) -> None:
    """Who took the address of the next commissioner would be appointed in their place."""
    client.force_login(cast.analyst)
    for method in (client.get, client.post):
        asked = method("/account/email/", {"action_add": "", "email": "next.commissioner@fenshire.example"})
        assert asked.status_code == 404
    assert User.objects.get(pk=cast.analyst.pk).email == "analyst@fenshire.example"


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.GOVERNANCE_OFFICER])
def test_nobody_appoints_themselves(client: Client, cast: Any, role: Role) -> None:
    """Else staff who look after people could issue the plan."""
    assert cast.commissioner
    person = cast.administrator
    client.force_login(person)
    given = {"name": person.name, "email": person.email.upper(), "starts": "2014-03-04", "instead": "on"}
    answer = client.post(f"/desk/people/offices/{cast.office(role).pk}/appoint/", given)
    assert "Nobody appoints themselves" in answer.content.decode()
    assert {holding.office.role for holding in person.holdings.all()} == {Role.ADMINISTRATOR}
    assert cast.commissioner.holdings.get().ends is None


@pytest.mark.django_db
def test_a_demonstration_is_not_served_where_real_people_sign_in(settings: Any) -> None:
    User.objects.create_user("invented@fenshire.example", "Invented", "a long enough password")
    User.objects.create_user("visitor@fens.police.uk", "No password")
    settings.DEMO = True
    refuse_real_people()
    User.objects.create_user("tom@fens.police.uk", "Tom Upwell", "a long enough password")
    with pytest.raises(CannotRun, match="GOLDTHREAD_HOME"):
        refuse_real_people()
    settings.DEMO = False
    refuse_real_people()
