"""Versions of sections, where they stand in an edition, who looks after them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goldthread.people.models import Office
from goldthread.plans.models.documents import Document, Edition


class SectionVersion(models.Model):
    """What one section said at one time. Written once, never altered, found by its seal."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    form = models.JSONField()
    seal = models.CharField(max_length=64)
    wording = models.CharField(max_length=64)
    word_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="plans_version_once", fields=("document", "key", "seal")),
        )

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """Which version of which section stands where in an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="placements")
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=64)
    version = models.ForeignKey(SectionVersion, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(name="plans_section_once_an_edition", fields=("edition", "key")),
        )

    def __str__(self) -> str:
        return f"{self.position} {self.key}"


class How(models.TextChoices):
    """How a section came to say what it says."""

    TYPED = "typed", "Typed"
    IMPORTED = "imported", "Read from a file"
    RESTORED = "restored", "Put back"
    SETTLED = "settled", "Settled after two people saved"
    REMOVED = "removed", "Taken out"
    ADDED = "added", "Added"


class SectionChange(models.Model):
    """A line of a section's history in an edition: who made it say what, when. Append-only."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changes")
    key = models.CharField(max_length=64)
    version = models.ForeignKey(SectionVersion, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("edition", "key")),)

    def __str__(self) -> str:
        return f"{self.key} {self.how}"


class KeptDraft(models.Model):
    """The words that somebody typed while another person saved: kept until settled."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="kept_drafts")
    key = models.CharField(max_length=64)
    base = models.CharField(max_length=64)
    form = models.JSONField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("-kept_at",)
        constraints = (
            models.CheckConstraint(
                name="plans_kept_draft_settled_whole",
                condition=models.Q(settled_at__isnull=True, outcome="")
                | (models.Q(settled_at__isnull=False) & ~models.Q(outcome="")),
            ),
        )

    def __str__(self) -> str:
        return f"Kept draft of {self.key}"


class SectionCare(models.Model):
    """Which office looks after a section, and when it is next to be reviewed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="care")
    key = models.CharField(max_length=64)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_review = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(name="plans_care_once_a_section", fields=("document", "key")),)

    def __str__(self) -> str:
        return f"Care of {self.key}"
