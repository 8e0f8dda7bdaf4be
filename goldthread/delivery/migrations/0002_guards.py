"""What was approved, signed off, closed, frozen or handed over stays as it is."""

from django.db import migrations

from goldthread.audit.guards import Guard

ENDED = ("ended_at", "ended_by", "ended_reason")
OF_AN_APPROVED_PRIORITY = (
    "stage",
    "position",
    "decision",
    "approved_version",
    "approved_on",
    "approved_by",
    "closed_on",
    "closed_by",
    "closed_reason",
)
OF_A_LINK = ("opened_at", "bound_hash", "used_at", "revoked_at", "revoked_by", "revoked_reason")
SIGNED = "(SELECT stage FROM delivery_update WHERE id = {row}.update_id) = 'signed'"
FROZEN = "(SELECT frozen_at FROM delivery_report WHERE id = {row}.report_id) IS NOT NULL"
CLOSED = "(SELECT closed_at FROM delivery_period WHERE id = NEW.period_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_first"), ("audit", "0002_guard_events")]

    operations = [
        Guard("priority", when="OLD.decision_id IS NOT NULL", allow=OF_AN_APPROVED_PRIORITY),
        Guard("priorityversion", always=True),
        Guard("approval", always=True),
        Guard("serves", always=True, allow=ENDED),
        Guard("prioritymeasure", always=True, allow=ENDED),
        Guard("change", always=True),
        Guard("handover", always=True),
        Guard("statusscale", always=True),
        Guard("update", when="OLD.stage = 'signed'"),
        Guard("evidence", when=SIGNED.format(row="OLD"), allow=("kept",), adding=SIGNED.format(row="NEW")),
        Guard("period", when="OLD.closed_at IS NOT NULL"),
        Guard("periodline", always=True, adding=CLOSED),
        Guard("updatelink", always=True, allow=OF_A_LINK),
        Guard("linkevent", always=True),
        Guard("report", when="OLD.frozen_at IS NOT NULL"),
        Guard("reportsource", when=FROZEN.format(row="OLD"), adding=FROZEN.format(row="NEW")),
        Guard("remindersent", always=True, allow=("letter",)),
    ]
