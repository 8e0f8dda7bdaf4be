"""What was checked, loaded, shown, approved or released stays as it is."""

from django.db import migrations

from goldthread.audit.guards import Guard

OF_A_STANDING_LOAD = ("status", "progress", "undone_at", "undone_by", "undone_reason")
WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")
ENDED = ("ended_at", "ended_by", "ended_reason")
STANDS = "(SELECT stood_at FROM performance_load WHERE id = {row}.load_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_first"), ("audit", "0002_guard_events")]

    operations = [
        Guard("definition", when="OLD.seal <> ''"),
        Guard("rulechoice", always=True),
        Guard("load", when="OLD.stood_at IS NOT NULL", allow=OF_A_STANDING_LOAD),
        Guard("figure", when=STANDS.format(row="OLD"), adding=STANDS.format(row="NEW")),
        Guard("population", when=STANDS.format(row="OLD"), adding=STANDS.format(row="NEW")),
        Guard("break", always=True, allow=WITHDRAWN),
        Guard("narrative", always=True),
        Guard("commitment", always=True, allow=("kept_at", "released_at", "released_by", "released_reason")),
        Guard("identification", when="OLD.accepted_at IS NOT NULL", allow=ENDED),
        Guard("shownchart", always=True),
        Guard("rebase", when="OLD.answered_at IS NOT NULL"),
        Guard("release", always=True, allow=WITHDRAWN),
    ]
