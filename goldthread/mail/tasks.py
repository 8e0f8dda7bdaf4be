"""Work of mail that is done by a worker, never in a web request."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from goldthread.mail.sending import send_one


@task()
def deliver(pk: int) -> None:
    """Send a letter if it is due and nobody else has it in hand; safe to run twice."""
    send_one(pk, clock=timezone.now)
