"""How people sign in: by the door at /sign-in/ only, and only those the office has taken in."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people are appointed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The identity provider proves who somebody is; it never makes somebody a member of staff."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False


class FactorAdapter(DefaultMFAAdapter):
    """Second factors are shown under the person's own name."""

    def get_totp_label(self, user: object) -> str:
        return str(getattr(user, "email", user))
