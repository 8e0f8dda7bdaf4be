"""Cross-references between sections of a plan and clauses of other strategies."""

from __future__ import annotations

from django.db import models

from goldthread.plans.models.documents import Document


class CrossReference(models.Model):
    """That a section of a plan rests on a clause of a strategy."""

    plan = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="cross_references")
    section_key = models.CharField(max_length=64)
    strategy = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="referred_from")
    clause_key = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                name="plans_link_once",
                fields=("plan", "section_key", "strategy", "clause_key"),
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="plans_link_ended_whole",
                condition=models.Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="") & ~models.Q(ended_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.section_key} rests on {self.clause_key}"


class Pin(models.Model):
    """A pair of contents that somebody read side by side and found to agree. Append-only."""

    link = models.ForeignKey(CrossReference, on_delete=models.PROTECT, related_name="pins")
    section_seal = models.CharField(max_length=64)
    section_wording = models.CharField(max_length=64)
    clause_seal = models.CharField(max_length=64)
    clause_wording = models.CharField(max_length=64)
    reason = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.reason[:80]
