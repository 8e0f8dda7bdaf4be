"""Visits to the pages of measures, each as an office of the story."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from goldthread.core.governance.abilities import Role


class Visits:
    """Somebody who opens and fills in the pages of measures."""

    def __init__(self, cast: Any, role: Role | None) -> None:
        self.client = Client()
        if role is not None:
            self.client.force_login(cast.holder(role))

    def get(self, name: str, /, *args: Any, query: str = "") -> Any:
        return self.client.get(reverse(f"performance:{name}", args=args) + query)

    def post(self, name: str, /, *args: Any, query: str = "", **given: Any) -> Any:
        return self.client.post(reverse(f"performance:{name}", args=args) + query, given)

    def words(self, name: str, /, *args: Any, query: str = "") -> str:
        """What a page says, without its markup."""
        answer = self.get(name, *args, query=query)
        assert answer.status_code == 200, answer.status_code
        return words_of(answer.content.decode())


def words_of(page: str) -> str:
    """The words of a page around its pictures, in order, one space between."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())
