"""Work of plans that is done by a worker, never in a web request."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from goldthread.plans.actions.imports import read_file


@task()
def read_handed_in(pk: int) -> None:
    """Read a file that was handed in; safe to run twice."""
    read_file(pk=pk, at=timezone.now())
