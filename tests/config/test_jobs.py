"""Jobs: what a worker that died left behind is put back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from goldthread.config.serving import requeue

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
