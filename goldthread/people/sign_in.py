"""How people sign in: by the door at /sign-in/ only, and only those the office has taken in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from goldthread.audit.chain import record
from goldthread.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are taken in by those who manage people."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The identity provider proves who somebody is; it never makes somebody a member of staff."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class FactorAdapter(DefaultMFAAdapter):
    """A second factor carries the person's own email address as its name."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.email)


@receiver(user_logged_in, dispatch_uid="record_sign_in")
def record_sign_in(sender: type[User], user: User, **kwargs: Any) -> None:
    """Keep each sign-in in the record: a signal tells the moment, so this one reads the clock."""
    record(user, "signed in", by=user, at=timezone.now())
