"""Charts as somebody saw them, re-bases of their limits, and what the public may see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldthread.meetings.models import Decision, Meeting, Paper
from goldthread.people.models import Body
from goldthread.performance.models.areas import Area
from goldthread.performance.models.measures import Definition, Measure


class ShownTo(models.TextChoices):
    """For whom, or before what, a chart was kept."""

    BOARD = "board", "Reported to the board"
    PUBLIC = "public", "Approved for the public"
    REBASE = "rebase", "Before its limits were re-based"


class ShownChart(models.Model):
    """A chart just as it was shown: figures, limits, judgement and words, fixed by seal. Append-only.

    ``form`` is what `performance.charts.chart_form` writes: all that is needed to draw it again.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="shown_charts")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="shown_charts")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    to = models.CharField(max_length=8, choices=ShownTo)
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="+")
    definition_seal = models.CharField(max_length=64)
    form: Any = models.JSONField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="shown_charts")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="shown_charts")
    on = models.DateField(help_text="The day for which it was kept: of a report, the day of the board.")
    last_period = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="performance_shown_to_a_board_of_a_day",
                condition=~Q(to=ShownTo.BOARD) | Q(paper__isnull=False) | Q(meeting__isnull=False),
            ),
        )
        indexes = (models.Index(name="performance_shown_by_series", fields=("measure", "area", "to", "on")),)

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}, as shown on {self.on:%-d %B %Y}"


class RebaseOutcome(models.TextChoices):
    """What became of a request to re-base."""

    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class Rebase(models.Model):
    """A request that limits be computed anew from a period on, and how another person answered it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="rebases")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="rebases")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    first_period = models.DateField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=RebaseOutcome, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="rebases")
    before = models.ForeignKey(ShownChart, models.PROTECT, null=True, blank=True, related_name="rebases")

    class Meta:
        ordering = ("first_period", "pk")
        constraints = (
            models.UniqueConstraint(
                name="performance_rebase_once",
                fields=("measure", "area", "first_period"),
                condition=~Q(outcome="refused"),
            ),
            models.CheckConstraint(
                name="performance_rebase_answered_whole",
                condition=Q(outcome="", answered_at__isnull=True, answerer__isnull=True, answered_by="")
                | (
                    Q(outcome="approved", answered_at__isnull=False, before__isnull=False)
                    & ~Q(answered_by="")
                    & Q(answerer__isnull=False)
                )
                | (
                    Q(outcome="refused", answered_at__isnull=False, answerer__isnull=False)
                    & ~Q(answered_by="")
                    & ~Q(answer="")
                ),
            ),
            models.CheckConstraint(
                name="performance_rebase_answered_by_another",
                condition=Q(answerer__isnull=True) | ~Q(answerer=F("asker")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}: re-base from {self.first_period:%B %Y}"


class Release(models.Model):
    """Figures that a named person approved for the public. Each keeps its own address, even withdrawn."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="releases")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="releases")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="1, 2, 3… of a measure in an area.")
    shown = models.OneToOneField(ShownChart, models.PROTECT, related_name="release")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.CharField(max_length=300)
    approved_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    correction = models.CharField(max_length=500, blank=True, help_text="What was wrong, for readers.")
    seal = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("measure", "area", "-number")
        constraints = (
            models.UniqueConstraint(name="performance_release_once", fields=("measure", "area", "number")),
            models.CheckConstraint(
                name="performance_release_correction_whole",
                condition=Q(corrects__isnull=True, correction="")
                | (Q(corrects__isnull=False) & ~Q(correction="")),
            ),
            models.CheckConstraint(
                name="performance_release_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}, release {self.number}"
