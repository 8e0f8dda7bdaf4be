"""Letters over real SMTP: what the server refuses, breaks off, or takes from two workers at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as told
from django.db import connection

from goldthread.mail.actions import try_again, write_letter
from goldthread.mail.models import Kind, Letter
from goldthread.mail.sending import HOLD, WAITS, send_due
from tests.mail.smtp import Post, free_port, serving

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]  # a server is started for each
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port(settings: Any) -> int:
    """Where the product thinks that its mail server is."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    return int(settings.EMAIL_PORT)


@pytest.fixture
def post(port: int) -> Iterator[Post]:
    found = Post()
    with serving(found, port):
        yield found


def _letters(cast: Any, at: datetime, *emails: str) -> list[Letter]:
    """A letter to each address, waiting to be sent: none of the tasks has run."""
    made = [
        write_letter(
            key=f"letter {number}",
            to=("Somebody", email),
            subject=f"Number {number}",
            text="Words – with “signs”.",
            kind=Kind.LINK,
            body=cast.body,
            by=None,
            at=at,
            not_before=at + timedelta(seconds=1),
        )
        for number, email in enumerate(emails)
    ]
    return made


def _now(letter: Letter) -> Letter:
    letter.refresh_from_db()
    return letter


def _later(at: datetime) -> datetime:
    return at + timedelta(seconds=2)


def test_letters_arrive_with_their_words(post: Post, cast: Any, at: datetime) -> None:
    _letters(cast, at, "a@b.example", "c@d.example")
    assert send_due(at=_later(at)) == 2
    assert [m["To"] for m in post.arrived] == ["Somebody <a@b.example>", "Somebody <c@d.example>"]
    assert post.arrived[0].get_payload(decode=True).decode().rstrip() == "Words – with “signs”."
    assert send_due(at=_later(at)) == 0


def test_a_refused_reader_is_given_up_with_the_servers_words_and_stops_nobody_else(
    post: Post, cast: Any, at: datetime
) -> None:
    post.refused["gone@b.example"] = "550 5.1.1 No such person here"
    refused, other = _letters(cast, at, "gone@b.example", "c@d.example")
    assert send_due(at=_later(at)) == 1
    assert _now(refused).failed_at is not None
    assert "No such person here" in refused.problem
    assert _now(other).sent_at is not None
    assert send_due(at=at + timedelta(days=30)) == 0
    post.refused.clear()
    try_again(letter=refused, by=cast.governance_officer, at=at + timedelta(days=30))
    assert _now(refused).sent_at is not None
    assert len(post.arrived) == 2


def test_a_reader_put_off_is_tried_again_later(post: Post, cast: Any, at: datetime) -> None:
    post.refused["busy@b.example"] = "450 4.2.1 Greylisted, come back"
    (letter,) = _letters(cast, at, "busy@b.example")
    assert send_due(at=_later(at)) == 0
    assert (_now(letter).failed_at, letter.tries, letter.not_before) == (None, 1, _later(at) + WAITS[0])
    post.refused.clear()
    assert send_due(at=_later(at)) == 0
    assert send_due(at=letter.not_before) == 1
    assert _now(letter).problem == ""


def test_a_server_that_breaks_off_in_the_middle_gets_the_letter_again(
    post: Post, cast: Any, at: datetime
) -> None:
    post.breaks_off = 1
    (letter,) = _letters(cast, at, "a@b.example")
    assert send_due(at=_later(at)) == 0
    assert "broke off" in _now(letter).problem
    assert send_due(at=letter.not_before) == 1
    assert len(post.arrived) == 1


def test_words_that_the_server_will_not_have_are_given_up(post: Post, cast: Any, at: datetime) -> None:
    post.answer_to_words = "554 5.7.1 Message looks like spam"
    (letter,) = _letters(cast, at, "a@b.example")
    assert send_due(at=_later(at)) == 0
    assert _now(letter).failed_at is not None
    assert "looks like spam" in letter.problem


def test_a_server_that_is_down_is_asked_once_and_every_letter_goes_when_it_is_back(
    port: int, cast: Any, at: datetime
) -> None:
    letters = _letters(cast, at, "a@b.example", "c@d.example", "e@f.example")
    assert send_due(at=_later(at)) == 0
    assert sorted(_now(each).tries for each in letters) == [0, 0, 1]
    post = Post()
    with serving(post, port):
        assert send_due(at=_later(at) + WAITS[0]) == 3
    assert len(post.arrived) == 3


def test_a_server_that_stays_down_is_given_up_after_two_days(port: int, cast: Any, at: datetime) -> None:
    (letter,) = _letters(cast, at, "a@b.example")
    moment = _later(at)
    for _try in range(len(WAITS) + 1):
        assert letter.failed_at is None
        send_due(at=moment)
        moment = _now(letter).not_before
    assert letter.failed_at is not None
    assert timedelta(days=1) < letter.failed_at - at < timedelta(days=3)


def test_two_workers_at_once_send_each_letter_once(post: Post, cast: Any, at: datetime) -> None:
    _letters(cast, at, *(f"p{n}@b.example" for n in range(20)))

    def work(_worker: int) -> int:
        try:
            return send_due(at=_later(at))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 20
    assert len(post.keys()) == len(set(post.keys())) == 20


def _database() -> str:
    """The address of the database that this test writes to, for a worker in a process of its own."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(given['NAME']))}"
    who = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    return f"postgresql://{who}@/{quote(given['NAME'])}?host={quote(given['HOST'], safe='')}"


WORKER = """
import django; django.setup()
from datetime import datetime
import sys
from goldthread.mail.sending import send_due
send_due(at=datetime.fromisoformat(sys.argv[1]))
"""


def test_a_worker_killed_while_it_speaks_to_the_server_neither_loses_nor_doubles_the_letter(
    post: Post, port: int, cast: Any, at: datetime
) -> None:
    (letter,) = _letters(cast, at, "a@b.example")
    post.stalls = True
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "goldthread.config.settings",
        "PYTHONPATH": str(ROOT),
        "GOLDTHREAD_HOME": str(told.HOME),
        "GOLDTHREAD_DATABASE_URL": _database(),
        "GOLDTHREAD_EMAIL_HOST": "127.0.0.1",
        "GOLDTHREAD_EMAIL_PORT": str(port),
    }
    command = [sys.executable, "-c", WORKER, _later(at).isoformat()]
    worker = subprocess.Popen(command, env=environment)
    assert post.reached.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    post.stalls = False
    assert (_now(letter).sent_at, letter.held_until) == (None, _later(at) + HOLD)
    assert send_due(at=_later(at)) == 0  # it may still be in hand
    assert send_due(at=_later(at) + HOLD) == 1
    assert len(post.arrived) == 1
    assert send_due(at=at + timedelta(days=9)) == 0


def test_a_worker_killed_before_it_could_say_that_a_letter_went_sends_it_under_the_same_name(
    post: Post, cast: Any, at: datetime
) -> None:
    (letter,) = _letters(cast, at, "a@b.example")
    assert send_due(at=_later(at)) == 1
    with connection.cursor() as cursor:  # what the database holds where the last write was lost
        cursor.execute(_without_guard())
    Letter.objects.filter(pk=letter.pk).update(sent_at=None, held_until=_later(at) + HOLD)
    assert send_due(at=_later(at) + HOLD) == 1
    assert len(post.keys()) == 2
    assert len(set(post.keys())) == 1


def _without_guard() -> str:
    """Takes the guard of letters away, as nothing but a test does; the next test has it back."""
    if connection.vendor == "postgresql":
        return 'DROP FUNCTION "guard_mail_letter_update"() CASCADE'
    return 'DROP TRIGGER "guard_mail_letter_update"'
