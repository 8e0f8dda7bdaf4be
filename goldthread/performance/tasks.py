"""Work of measures that is done by a worker, never in a web request."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from goldthread.people.models import User
from goldthread.performance.actions import loads, standing


@task()
def check_load(pk: int) -> None:
    """Check the rows of a load; safe to run twice."""
    loads.check_file(pk=pk, at=timezone.now())


@task()
def carry_out_load(pk: int, by: int) -> None:
    """Let a confirmed load stand, on behalf of whoever confirmed it; safe to run twice."""
    standing.carry_out(pk=pk, by=User.objects.get(pk=by), clock=timezone.now)
