"""Measures promised by a decision, and which measure was identified for which approved priority."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldthread.meetings.models import Decision
from goldthread.people.models import Body
from goldthread.performance.models.measures import Definition, Measure
from goldthread.plans.models import Document, Edition


class Commitment(models.Model):
    """That measures will be identified for some priorities of a plan by a day, as a decision said."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="commitments")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="commitments")
    decision_seal = models.CharField(max_length=64)
    plan = models.ForeignKey(Document, models.PROTECT, related_name="commitments")
    priorities = models.JSONField(help_text="The priorities it names: [section key, title] each.")
    words = models.TextField()
    due = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    kept_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=200, blank=True)
    released_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                name="performance_commitment_released_whole",
                condition=Q(released_at__isnull=True, released_by="", released_reason="")
                | (Q(released_at__isnull=False) & ~Q(released_by="") & ~Q(released_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"Measures for {self.plan} by {self.due:%-d %B %Y}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The section keys of the priorities that it names."""
        return tuple(key for key, _ in self.priorities)

    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.kept_at is None and self.released_at is None

    def is_overdue(self, on: date) -> bool:
        """Whether it is owed and its day has passed."""
        return self.is_open() and self.due < on


class Identification(models.Model):
    """That a measure, as defined, tells of an approved priority, as worded. Fixed once accepted.

    It pins the seal of the section and of the definition, and holds only while both stand.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="identifications")
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="identifications")
    definition_seal = models.CharField(max_length=64)
    plan = models.ForeignKey(Document, models.PROTECT, related_name="identifications")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="identifications")
    section_key = models.CharField(max_length=64)
    section_title = models.CharField(max_length=300)
    section_seal = models.CharField(max_length=64)
    why = models.TextField(help_text="Why this measure tells of this priority.")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="identifications"
    )
    proposed_at = models.DateTimeField()
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by = models.CharField(max_length=200)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="identifications"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("plan", "section_key", "pk")
        constraints = (
            models.UniqueConstraint(
                name="performance_identification_once",
                fields=("measure", "plan", "section_key"),
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="performance_identification_accepted_whole",
                condition=Q(accepted_at__isnull=True, accepter__isnull=True, accepted_by="")
                | (Q(accepted_at__isnull=False, accepter__isnull=False) & ~Q(accepted_by="")),
            ),
            models.CheckConstraint(
                name="performance_identification_accepted_by_another",
                condition=Q(accepter__isnull=True) | ~Q(accepter=F("proposer")),
            ),
            models.CheckConstraint(
                name="performance_identification_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} for {self.section_title}"
