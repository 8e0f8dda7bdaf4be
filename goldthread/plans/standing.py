"""After a text has changed: which gates reopened, and the stage it leaves the edition at."""

from __future__ import annotations

from datetime import datetime

from goldthread.audit import record
from goldthread.core.governance.stages import Stage, State, stage_of
from goldthread.people.models import User
from goldthread.plans.models import Edition
from goldthread.plans.queries import standings_of


def settle(*, edition: Edition, by: User, at: datetime) -> None:
    """Bring the stage of an open edition in line with its gates, and record which reopened."""
    standing = standings_of(edition)
    stage = stage_of(standing)
    if stage == Stage(edition.stage):
        return
    reopened = {
        each.gate.move.value: [drift.key for drift in each.changed]
        for each in standing
        if each.state is State.REOPENED
    }
    before, edition.stage = edition.stage, stage
    edition.save(update_fields=["stage"])
    verb = "reopened gates" if reopened else "moved stage"
    record(
        edition,
        verb,
        by=by,
        at=at,
        body=edition.document.body,
        before=str(before),
        after=str(stage),
        reopened=reopened,
    )
