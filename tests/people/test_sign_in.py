"""Signing in: one door, nobody signs up, staff bring a second thing, the demonstration has buttons."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from goldthread.audit.models import Event
from goldthread.people.actions import take_in
from goldthread.people.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = "a long enough password"


@pytest.fixture
def officer(cast: Cast) -> User:
    """The governance officer, with a password."""
    user = cast.governance_officer
    user.set_password(WORDS)
    user.save(update_fields=["password"])
    return user


def _sign_in(client: Client, user: User, password: str = WORDS, path: str = "/sign-in/") -> int:
    return client.post(path, {"login": user.email, "password": password}).status_code


def test_a_password_opens_the_desk_and_is_recorded(client: Client, officer: User) -> None:
    assert _sign_in(client, officer) == 302
    assert client.get("/desk/people/").status_code == 200
    assert Event.objects.filter(verb="signed in", actor_name="Peter Lode").count() == 1


def test_a_wrong_password_does_not(client: Client, officer: User) -> None:
    assert _sign_in(client, officer, "something else entirely") == 200
    assert client.get("/desk/people/").status_code == 302


def test_guessing_is_slowed(client: Client, officer: User) -> None:
    for _ in range(12):
        _sign_in(client, officer, "guess")
    assert _sign_in(client, officer) != 302


def test_a_visitor_to_the_desk_is_sent_to_the_door_and_back(client: Client) -> None:
    response = client.get("/desk/people/?a=b")
    assert response.headers["Location"] == "/sign-in/?next=%2Fdesk%2Fpeople%2F%3Fa%3Db"


def test_there_is_one_door(client: Client) -> None:
    assert reverse("account_login") == "/sign-in/"
    assert client.get("/account/login/?next=/desk/").headers["Location"] == "/sign-in/?next=/desk/"
    assert reverse("account_logout") == "/sign-out/"


def test_nobody_signs_up(client: Client) -> None:
    given = {"email": "new@example.org", "password1": WORDS, "password2": WORDS}
    response = client.post(reverse("account_signup"), given)
    assert "Nobody signs up here" in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_staff_without_a_second_factor_are_asked_for_one(
    client: Client, officer: User, settings: Settings
) -> None:
    settings.SECOND_FACTOR = True
    client.force_login(officer)
    assert client.get("/desk/people/").headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_a_second_factor_is_asked_for_at_the_door(client: Client, officer: User, settings: Settings) -> None:
    settings.SECOND_FACTOR = True
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    assert Authenticator.objects.filter(user=officer).exists()
    response = client.post("/sign-in/", {"login": officer.email, "password": WORDS})
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/desk/people/").status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = f"{hotp_value(secret, counter):06}"
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/desk/people/").status_code == 200


def test_the_pages_for_a_second_factor_are_ours(client: Client, officer: User, settings: Settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = False
    client.force_login(officer)
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"):
        page = client.get(reverse(name), follow=True).content.decode()
        assert 'class="govuk-skip-link"' in page, name
        assert "govuk-button" in page, name
        assert "<script>" not in page, name
        assert "style=" not in page, name


def test_the_demonstration_lists_its_staff_as_buttons(client: Client, cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    assert "Frances Merrow" not in client.get("/sign-in/").content.decode()
    address = reverse("sign_in_as", args=[cast.commissioner.pk])
    assert address in client.get("/sign-in/").content.decode()
    assert client.get(address).status_code == 405
    assert client.post(address, {"next": "https://elsewhere.example/"}).headers["Location"] == "/desk/"
    assert client.get("/desk/people/").status_code == 200


def test_outside_the_demonstration_there_are_no_buttons(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.DEMO = False
    address = reverse("sign_in_as", args=[cast.commissioner.pk])
    assert "Frances Merrow" not in client.get("/sign-in/").content.decode()
    assert client.post(address).status_code == 404
    assert "_auth_user_id" not in client.session


def test_somebody_who_left_cannot_sign_in(client: Client, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    _sign_in(client, officer)
    assert client.get("/desk/people/").status_code == 302


def test_somebody_taken_in_chooses_a_password_by_a_link(
    client: Client, cast: Cast, at: datetime, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.MFA_REAUTHENTICATION_REQUIRED = False
    new = take_in(
        body=cast.body, email="ada@fenshire.example", name="Ada March", by=cast.chief_executive, at=at
    )
    assert not new.has_usable_password()
    client.post(reverse("account_reset_password"), {"email": new.email})
    (link,) = re.findall(r"http://testserver(/account/password/reset/key/\S+)", str(mailoutbox[0].body))
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": WORDS, "password2": WORDS})
    assert _sign_in(client, new) == 302
    for factor in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(factor)).status_code == 200, factor


@pytest.mark.slow
def test_an_identity_provider_comes_from_the_environment() -> None:
    """Reason for slow: settings are read once in a process, so this takes a fresh one."""
    provider = {
        "GOLDTHREAD_OIDC_SERVER": "https://login.example/tenant/v2.0",
        "GOLDTHREAD_OIDC_NAME": "Fenshire",
        "GOLDTHREAD_OIDC_CLIENT": "goldthread",
        "GOLDTHREAD_OIDC_SECRET": "secret",
    }
    script = (
        "import django, json; django.setup()\n"
        "from django.conf import settings\n"
        "from django.urls import reverse\n"
        "app = settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]\n"
        "print(json.dumps([app['name'], app['settings']['server_url'],"
        " reverse('openid_connect_login', args=[app['provider_id']])]))"
    )
    environment = {**os.environ, **provider, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [
        "Fenshire",
        "https://login.example/tenant/v2.0",
        "/account/oidc/office/login/",
    ]
