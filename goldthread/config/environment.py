"""Reading settings from the environment."""

from __future__ import annotations

import os


class SettingRefused(Exception):
    """A setting that cannot be understood, in words for whoever gave it."""


def flag(name: str, *, default: bool) -> bool:
    """A yes or no; anything else is refused rather than guessed."""
    given = os.environ.get(name, "").strip().lower()
    if not given:
        return default
    if given in {"1", "true", "yes", "on"}:
        return True
    if given in {"0", "false", "no", "off"}:
        return False
    raise SettingRefused(f"{name} must be yes or no, not {given!r}")


def listed(name: str, default: str) -> list[str]:
    """Values separated by commas."""
    return [value.strip() for value in os.environ.get(name, default).split(",") if value.strip()]


def openid_providers() -> dict[str, object]:
    """allauth's settings for the one OpenID Connect provider named in the environment, or none."""
    server = os.environ.get("GOLDTHREAD_OIDC_SERVER", "")
    if not server:
        return {}
    for name in ("GOLDTHREAD_OIDC_CLIENT", "GOLDTHREAD_OIDC_SECRET"):
        if not os.environ.get(name):
            raise SettingRefused(f"GOLDTHREAD_OIDC_SERVER is set, and {name} is missing.")
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "office",
                    "name": os.environ.get("GOLDTHREAD_OIDC_NAME", "your organisation"),
                    "client_id": os.environ["GOLDTHREAD_OIDC_CLIENT"],
                    "secret": os.environ["GOLDTHREAD_OIDC_SECRET"],
                    "settings": {"server_url": server},
                }
            ],
        }
    }
