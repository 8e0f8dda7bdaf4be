"""Jobs: what a worker that died left behind is put back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from goldthread.config.serving import post, requeue
from goldthread.mail.actions import write_letter

pytestmark = pytest.mark.django_db


def _job(status: str, at: datetime | None) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        started_at=at,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="goldthread.config.serving.requeue",
        backend_name="default",
        run_after=at,
    )


def test_only_what_has_run_too_long_is_put_back(at: datetime) -> None:
    dead = _job("RUNNING", at - timedelta(minutes=30))
    alive = _job("RUNNING", at - timedelta(minutes=1))
    assert requeue(at=at, after=timedelta(minutes=15)) == 1
    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.status, dead.started_at, alive.status) == ("READY", None, "RUNNING")


def test_what_is_due_by_post_is_sent(cast: Any, at: datetime) -> None:
    write_letter(
        key="one",
        to=cast.analyst,
        subject="Hello",
        text="Hello.",
        kind="reminder",
        body=cast.body,
        by=None,
        at=at,
    )
    assert post(at=at)[1] == 1
    assert [message.subject for message in mail.outbox] == ["Hello"]
    assert post(at=at)[1] == 0
