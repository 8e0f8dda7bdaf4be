"""Visits to the pages of delivery, each as an office of the story or as nobody."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role
from tests.performance.visiting import words_of


class Visits:
    """Somebody who opens and fills in the pages of delivery."""

    def __init__(self, cast: Any, role: Role | None = None) -> None:
        self.client = Client()
        if role is not None:
            self.client.force_login(cast.holder(role))

    def get(self, name: str, /, *args: Any, query: str = "") -> Any:
        return self.client.get(reverse(f"delivery:{name}", args=args) + query)

    def post(self, name: str, /, *args: Any, query: str = "", **given: Any) -> Any:
        return self.client.post(reverse(f"delivery:{name}", args=args) + query, given)

    def words(self, name: str, /, *args: Any, query: str = "") -> str:
        """What a page says, without its markup."""
        answer = self.get(name, *args, query=query)
        assert answer.status_code == 200, answer.status_code
        return words_of(answer.content.decode())
