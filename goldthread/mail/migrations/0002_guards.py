from django.db import migrations

from goldthread.audit.guards import Guard


class Migration(migrations.Migration):
    dependencies = (("mail", "0001_first"),)
    operations = (Guard("letter", when="OLD.sent_at IS NOT NULL"),)
