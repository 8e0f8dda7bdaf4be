"""Whole addresses, for letters: a letter is read far from the page it speaks of."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a page of this installation; one that is whole already stays as it is."""
    if urlsplit(path).scheme in {"http", "https"}:
        return path
    return f"{settings.ADDRESS}/{path.lstrip('/')}"


def host() -> str:
    """The name of this installation's host, as it stands in what identifies a letter."""
    return urlsplit(settings.ADDRESS).hostname or "localhost"
