"""What is sealed stays as it is."""

from django.db import migrations

from goldthread.audit.guards import Guard

SEALED_EDITION = "(SELECT sealed_at FROM plans_edition WHERE id = {row}.edition_id) IS NOT NULL"
ENDED_LINK = "(SELECT ended_at FROM plans_crossreference WHERE id = NEW.link_id) IS NOT NULL"


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
        Guard("sectionchange", always=True, adding=SEALED_EDITION.format(row="NEW")),
        Guard("gateevidence", always=True, adding=SEALED_EDITION.format(row="NEW")),
        Guard("bundle", always=True, adding=SEALED_EDITION.format(row="NEW")),
        Guard("pin", always=True, adding=ENDED_LINK),
        Guard(
            "changerequest",
            when="OLD.answered_at IS NOT NULL",
            adding=SEALED_EDITION.format(row="NEW"),
        ),
        Guard("crossreference", when="OLD.ended_at IS NOT NULL"),
    ]
