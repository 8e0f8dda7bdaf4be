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


def number(name: str, *, default: int) -> int:
    """A whole number above nought; anything else is refused rather than guessed."""
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or int(given) == 0:
        raise SettingRefused(f"{name} must be a whole number, not {given!r}")
    return int(given)


def secured(name: str) -> str:
    """How a connection to the mail server is secured: not at all, by STARTTLS, or by TLS from the start."""
    given = os.environ.get(name, "").strip().lower()
    if given in {"", "no", "starttls", "tls"}:
        return given if given != "no" else ""
    raise SettingRefused(f"{name} must be no, starttls or tls, not {given!r}")


def mail_backend(*, demo: bool) -> str:
    """Where letters go: the demonstration's folder, the mail server where one is named, else the screen."""
    if demo:
        return "goldthread.mail.outbox.FolderBackend"
    kind = "smtp" if os.environ.get("GOLDTHREAD_EMAIL_HOST") else "console"
    return f"django.core.mail.backends.{kind}.EmailBackend"


def base_address(origins: list[str]) -> str:
    """The address before every path in a letter, without a slash at its end."""
    given = os.environ.get("GOLDTHREAD_ADDRESS", "").strip()
    if not given:
        return next((origin for origin in origins if "*" not in origin), "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingRefused(f"GOLDTHREAD_ADDRESS must be like https://plan.example.org, not {given!r}")
    return given.rstrip("/")


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
