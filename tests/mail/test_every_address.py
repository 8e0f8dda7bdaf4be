"""Every address of mail, as everybody: who gets what stands in addresses.toml. See tests/asking.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from goldthread.mail import urls
from goldthread.mail.actions import write_letter
from goldthread.mail.models import Kind, Letter
from goldthread.mail.stopping import stop_path
from tests.asking import Asking, differing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: every address is asked for by everybody."""

GOLDEN = Path(__file__).with_name("addresses.toml")


def _waiting(cast: Any) -> Letter:
    """A letter that is to be sent next week."""
    now = timezone.now()
    return write_letter(
        key="one",
        to=cast.staff_officer,
        subject="V2.1 is due",
        text="Please say how it goes.",
        kind=Kind.REMINDER,
        body=cast.body,
        by=None,
        at=now,
        not_before=now + timedelta(days=7),
    )


def addresses(letter: Letter) -> Iterator[tuple[str, str]]:
    """Every address of mail by its name, about that letter."""
    for pattern in urls.urlpatterns:
        takes_letter = "pk" in pattern.pattern.converters
        name = str(pattern.name)
        if name == "stop":
            yield name, stop_path(letter)
        else:
            yield name, reverse(f"mail:{name}", args=[letter.pk] if takes_letter else [])


def test_every_address_of_mail_answers_everybody_as_the_golden_file_says(cast: Any) -> None:
    letter, asking = _waiting(cast), Asking(cast)
    answers = {name: asking.answers(path) for name, path in addresses(letter)}
    assert differing(GOLDEN, answers, "mail") == {}
