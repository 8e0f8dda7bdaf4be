"""Files handed in, and what was understood of them before anything is kept."""

from __future__ import annotations

from django.db import models

from goldthread.people.models import Body
from goldthread.plans.models.documents import Document, DocumentKind, Edition


class ImportStage(models.TextChoices):
    """How far a file that was handed in has come."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    REFUSED = "refused", "Refused"
    READ = "read", "Read, to be reviewed"
    KEPT = "kept", "Kept"
    DISCARDED = "discarded", "Discarded"


class FileImport(models.Model):
    """One file handed in, where it is to go, and what was understood of it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=DocumentKind)
    into = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=10, choices=ImportStage, default=ImportStage.WAITING)
    reason = models.TextField(blank=True, help_text="Why it was refused.")
    understood = models.JSONField(default=dict)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    handed_in_at = models.DateTimeField()
    handed_in_by = models.CharField(max_length=200)
    begun_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-handed_in_at",)

    def __str__(self) -> str:
        return self.name
