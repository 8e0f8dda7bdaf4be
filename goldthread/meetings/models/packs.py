"""Packs: what was put together for a meeting, frozen; and readers' own notes in them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldthread.meetings.models.meetings import Meeting
from goldthread.meetings.models.papers import Paper


class PackStage(models.TextChoices):
    """How far the files of a pack have come. What is in it was fixed when it was asked for."""

    WAITING = "waiting", "Waiting to be built"
    BUILDING = "building", "Being built"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be built"


class Pack(models.Model):
    """A pack of one variant of one meeting: its contents frozen by seal, then built by a worker.

    ``variant`` is `core.governance.exemption.Audience`. ``contents`` lists items, papers by
    version and seal and appendices by SHA-256; it and ``seal`` never change once written.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    variant = models.CharField(max_length=10)
    issue = models.PositiveSmallIntegerField()
    supplement = models.BooleanField(default=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reissues"
    )
    contents = models.JSONField()
    changes = models.JSONField(default=list, help_text="What differs from the previous issue, in words.")
    seal = models.CharField(max_length=64)
    stage = models.CharField(max_length=10, choices=PackStage, default=PackStage.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    pages = models.JSONField(default=list, help_text="Pages of each paper: printed first and last.")
    page_count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, help_text="The PDF, in the vault.")
    problems = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    released_at = models.DateTimeField(null=True, blank=True, help_text="When its readers could read it.")
    released_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("meeting", "variant", "issue")
        constraints = (
            models.UniqueConstraint(name="meetings_pack_issue_once", fields=("meeting", "variant", "issue")),
        )

    def __str__(self) -> str:
        return f"{self.meeting}, {self.variant} pack, issue {self.issue}"


class PrivateNote(models.Model):
    """A reader's own note beside the words of a paper. Nobody else sees it; it survives a reissue."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    block_key = models.CharField(max_length=64, blank=True)
    quoted = models.TextField(blank=True, help_text="The words it stands beside, as they were.")
    words = models.TextField()
    uid = models.CharField(max_length=36, unique=True, help_text="Given by the reader's device.")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Note {self.uid}"
