"""Reading settings from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
    "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
)


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


def database(address: str, home: Path) -> dict[str, Any]:
    """Django's settings for one address; an empty one is the SQLite file in the home folder.

    Others are sqlite:////absolute/path or postgresql://user:password@host:port/name?sslmode=require;
    a host given as ?host=/folder is PostgreSQL's socket there.
    """
    parts = urlsplit(address)
    if parts.scheme in {"", "sqlite"}:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if address else str(home / "goldthread.sqlite3"),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        }
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingRefused(f"GOLDTHREAD_DATABASE_URL names {parts.scheme}; it takes sqlite or postgresql.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


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
