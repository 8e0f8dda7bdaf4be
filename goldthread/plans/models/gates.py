"""Evidence for the gates of an edition, what was asked to be changed, what was sent."""

from __future__ import annotations

from django.db import models

from goldthread.core.governance.evidence import Evidence, Placed
from goldthread.core.governance.stages import Move
from goldthread.plans.models.documents import Edition


class GateEvidence(models.Model):
    """Evidence that a gate was passed, pinned to the text it relied on. Append-only."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="evidence")
    gate = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Move])
    on = models.DateField()
    body_name = models.CharField(max_length=200)
    who = models.CharField(max_length=200)
    words = models.TextField()
    reference = models.CharField(max_length=300, blank=True)
    seal = models.CharField(max_length=64)
    tree = models.JSONField()
    attachments = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    record_seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "gate evidence"

    def __str__(self) -> str:
        return f"{self.gate} on {self.on}"

    def as_evidence(self) -> Evidence:
        """The same as a value for ``core.governance``."""
        tree = tuple(Placed(*placed) for placed in self.tree)
        return Evidence(
            self.gate,
            self.on,
            self.body_name,
            self.who,
            self.words,
            self.reference,
            self.seal,
            tree,
            self.pk,
        )


class ChangeRequest(models.Model):
    """Something that must be put right before the next gate of an edition can be passed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="change_requests")
    key = models.CharField(max_length=64, blank=True, help_text="The section meant, if one is.")
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="plans_change_request_answered_whole",
                condition=models.Q(answered_at__isnull=True, answered_by="", answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answered_by="") & ~models.Q(answer="")),
            ),
        )

    def __str__(self) -> str:
        return self.words[:80]


class Bundle(models.Model):
    """What the panel was sent: files frozen by seal. Append-only."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="bundles")
    evidence = models.OneToOneField(GateEvidence, on_delete=models.PROTECT, related_name="bundle")
    files = models.JSONField(help_text="Name, words for a reader, SHA-256 and size of each file.")
    made_at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Bundle {self.seal[:8]}"
