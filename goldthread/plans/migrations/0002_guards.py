"""What is sealed stays as it is."""

from django.db import migrations

from goldthread.audit.guards import Guard

SEALED_EDITION = "(SELECT sealed_at FROM plans_edition WHERE id = {row}.edition_id) IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_first"), ("audit", "0002_guard_events")]

    operations = [
        Guard("edition", when="OLD.sealed_at IS NOT NULL", allow=("stage",)),
        Guard(
            "placement",
            when=SEALED_EDITION.format(row="OLD"),
            adding=SEALED_EDITION.format(row="NEW"),
        ),
        Guard("sectionversion", always=True),
        Guard("sectionchange", always=True),
        Guard("gateevidence", always=True),
        Guard("bundle", always=True),
        Guard("pin", always=True),
        Guard("changerequest", when="OLD.answered_at IS NOT NULL"),
        Guard("crossreference", when="OLD.ended_at IS NOT NULL"),
    ]
