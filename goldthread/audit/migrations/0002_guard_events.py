from django.db import migrations

from goldthread.audit.guards import Guard


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_first"),)
    operations = (Guard("event", always=True),)
