"""Decisions: what was resolved, by whom under what power, resting on which exact texts."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from goldthread.meetings.models.boards import Board
from goldthread.meetings.models.meetings import AgendaItem, Meeting
from goldthread.meetings.models.papers import PaperVersion, Recommendation
from goldthread.people.models import Body, Office


class Register(models.Model):
    """A numbered register of decisions of a body, and the pattern of its numbers."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="registers")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    pattern = models.CharField(max_length=60, help_text="core.governance.references.")
    publish_days = models.PositiveSmallIntegerField(default=5, help_text="Local standard, working days.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in a period of a register: how numbers stay without a gap."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="counters")
    period = models.CharField(max_length=12, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(name="meetings_counter_once", fields=("register", "period")),)

    def __str__(self) -> str:
        return f"{self.register} {self.period}: {self.last}"


class DecisionKind(models.TextChoices):
    """How a decision came about."""

    MEETING = "meeting", "At a meeting"
    DELEGATED = "delegated", "Under delegated power"
    URGENT = "urgent", "Urgent, between meetings"


class DecisionStage(models.TextChoices):
    """How far a decision has come. Its number is given when it is decided."""

    DRAFT = "draft", "Being drafted"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DEFERRED = "deferred", "Deferred"


class Decision(models.Model):
    """A decision. Fixed by seal once decided; what is put right afterwards is a correction."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="decisions")
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    version = models.ForeignKey(
        PaperVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField(max_length=10, choices=DecisionKind, default=DecisionKind.MEETING)
    stage = models.CharField(max_length=10, choices=DecisionStage, default=DecisionStage.DRAFT)
    period = models.CharField(max_length=12, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    normal = models.CharField(max_length=60, blank=True, db_index=True)
    slug = models.SlugField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    outcome = models.CharField(max_length=24, blank=True, help_text="core.governance.verbs.Outcome.")
    recommended = models.TextField(blank=True)
    resolved = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    options = models.JSONField(default=list, help_text="Each: words, why it was or was not chosen.")
    powers = models.CharField(max_length=500, blank=True)
    interests = models.TextField(blank=True)
    consulted = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decider = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    urgent_reason = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When it was recorded.")
    recorded_by = models.CharField(max_length=200, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=200, blank=True)
    marking = models.CharField(max_length=10, blank=True)
    public_title = models.CharField(max_length=200, blank=True)
    public_words = models.TextField(blank=True, help_text="What the public is told of an exempt decision.")
    reason_code = models.CharField(max_length=40, blank=True)
    reason_words = models.CharField(max_length=500, blank=True)
    marked_by = models.CharField(max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-decided_on", "-serial", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="meetings_decision_number_once",
                fields=("register", "period", "serial"),
                condition=models.Q(serial__isnull=False),
            ),
            models.UniqueConstraint(
                name="meetings_decision_slug_once",
                fields=("slug",),
                condition=~models.Q(slug=""),
            ),
            models.CheckConstraint(
                name="meetings_decision_decided_whole",
                condition=models.Q(serial__isnull=True, seal="", decided_at__isnull=True)
                | (
                    models.Q(serial__isnull=False, decided_at__isnull=False, decided_on__isnull=False)
                    & ~models.Q(seal="")
                    & ~models.Q(reference="")
                    & ~models.Q(decided_by="")
                ),
            ),
        )

    def __str__(self) -> str:
        """A name for the record that says nothing of what an exempt decision is about."""
        return self.reference or f"Draft decision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:desk-decision", args=[self.pk])


class Reliance(models.Model):
    """A text that a decision relied on, by its seal at that moment. Append-only.

    ``target`` is "edition", "paper", "appendix", "decision" or "item", with the row's number.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="relied_on")
    target = models.CharField(max_length=12)
    target_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=300)
    seal = models.CharField(max_length=64)
    tree = models.JSONField(default=list, help_text="Of an edition: [depth, key, seal] in order.")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "reliances"

    def __str__(self) -> str:
        return self.label


class Correction(models.Model):
    """Something put right in a decision after it was decided: what it said, what it says, why."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=40)
    was = models.TextField()
    now = models.TextField()
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"
