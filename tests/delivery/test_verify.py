"""That what is kept of delivery is as it was: each fault is named by what it is in."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from goldthread.audit import guards
from goldthread.delivery import verify
from goldthread.delivery.models import (
    Approval,
    Period,
    PeriodLine,
    Priority,
    PriorityVersion,
    Serves,
    StatusScale,
    Update,
)
from tests.delivery.addressed import Addressed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: each makes a whole office of delivery."""

CHECKS = (verify.versions, verify.approvals, verify.pins, verify.updates, verify.periods)


def lifted(*models: Any) -> None:
    """Somebody with the database in their hands takes the guards of some tables away."""
    with connection.cursor() as cursor:
        for model in models:
            table = apps.get_model("delivery", model.__name__)._meta.db_table
            for statement in guards.removal(connection, table):
                cursor.execute(statement)


def found() -> list[str]:
    """What every check of delivery finds, by code."""
    return [problem.code for check in (*CHECKS, verify.record_of_rows) for problem in check()]


def test_an_office_of_delivery_bears_out_everything_it_keeps(cast: Any) -> None:
    Addressed(cast)
    assert [str(problem) for check in (*CHECKS, verify.record_of_rows) for problem in check()] == []


def test_each_thing_that_was_altered_is_named(cast: Any) -> None:
    office = Addressed(cast)
    lifted(Priority, PriorityVersion, Approval, Serves, StatusScale, Update, Period, PeriodLine)
    PriorityVersion.objects.filter(priority=office.live).update(words="Something easier.")
    Approval.objects.filter(priority=office.live).update(decision_seal="0" * 64)
    Serves.objects.filter(pk=office.pin.pk).update(words="Something kinder.")
    Update.objects.filter(stage="signed").update(words="All is well.")
    line = PeriodLine.objects.first()
    line.form = {**line.form, "title": "Something else"}
    line.save()
    told = found()
    for code in (
        "priority-altered",
        "approval-altered",
        "pin-altered",
        "update-altered",
        "period-altered",
        "row-altered",
    ):
        assert code in told


def test_a_line_that_was_taken_out_of_a_closed_period_is_missed(cast: Any) -> None:
    Addressed(cast)
    lifted(PeriodLine)
    PeriodLine.objects.first().delete()
    assert "period-altered" in found()
