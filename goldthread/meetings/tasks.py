"""Work of boards that is done by a worker, never in a web request."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from goldthread.meetings.models import Pack, PackStage
from goldthread.meetings.pack_building import build_now
from goldthread.meetings.packs import STALE


@task()
def build(pk: int) -> None:
    """Build the files of a pack. Safe to run twice: whoever begins last has it, and the other stops."""
    build_now(pk, clock=timezone.now)


def put_back(*, at: datetime) -> int:
    """Ask again for the packs whose worker died while building them; says how many."""
    stale = Pack.objects.filter(stage=PackStage.BUILDING, begun_at__lte=at - STALE)
    found = list(stale.values_list("pk", flat=True))
    for pk in found:
        build.enqueue(pk)
    return len(found)
