"""What was handed in, published, minuted or decided stays as it is."""

from django.db import migrations

from goldthread.audit.guards import Guard

OF_A_PINNED_ITEM = (
    "parent",
    "position",
    "kind",
    "title",
    "purpose",
    "lead",
    "lead_office",
    "minutes_allowed",
    "note",
    "standing",
    "planned",
    "marking",
    "public_title",
    "reason_code",
    "reason_words",
    "marked_by",
    "marked_at",
    "review_on",
    "late_reason",
    "late_at",
    "withdrawn_reason",
    "withdrawn_at",
)
OF_A_PACK = (
    "stage",
    "done",
    "total",
    "begun_at",
    "built_at",
    "pages",
    "page_count",
    "sha256",
    "problems",
    "released_at",
    "released_by",
)
OF_A_DECISION = (
    "stage",
    "published_at",
    "published_by",
    "marking",
    "public_title",
    "public_words",
    "reason_code",
    "reason_words",
    "marked_by",
    "review_on",
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_first"), ("audit", "0002_guard_events")]

    operations = [
        Guard("terms", always=True),
        Guard("agendaitem", when="OLD.pinned", allow=OF_A_PINNED_ITEM),
        Guard("paperversion", always=True),
        Guard("recommendation", always=True),
        Guard("paperreturn", always=True),
        Guard("signoff", when="OLD.answered_at IS NOT NULL"),
        Guard("pack", always=True, allow=OF_A_PACK),
        Guard("minutesversion", always=True),
        Guard("actionnews", always=True),
        Guard("decision", when="OLD.decided_at IS NOT NULL", allow=OF_A_DECISION),
        Guard(
            "reliance",
            always=True,
            adding="(SELECT decided_at FROM meetings_decision WHERE id = NEW.decision_id) IS NOT NULL",
        ),
        Guard("correction", always=True),
    ]
