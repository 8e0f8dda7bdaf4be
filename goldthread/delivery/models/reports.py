"""Theme documents and in-depth reports: what they were made of, and what they said when frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldthread.core.delivery.years import year_words
from goldthread.meetings.models import Appendix, Paper
from goldthread.people.models import Body
from goldthread.plans.models import Document, Edition


class ReportKind(models.TextChoices):
    """What is assembled."""

    THEME = "theme", "Theme document"
    IN_DEPTH = "in_depth", "In-depth report"


class Report(models.Model):
    """A theme's document or in-depth report. While its paper is written it may be assembled again;
    frozen, it keeps its text and what that was made of.

    ``data`` holds the key that its blocks' keys are made of, the record that it was written from and
    the seal of each block as it was last written, by which a person's own changes are known.
    ``text_seal`` is that of the words it was frozen with: the paper's, or of what was attached.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind)
    plan = models.ForeignKey(Document, models.PROTECT, related_name="reports")
    theme_key = models.CharField(max_length=64)
    theme_title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField()
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="reports")
    appendix = models.ForeignKey(Appendix, models.PROTECT, null=True, blank=True, related_name="reports")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="reports")
    data = models.JSONField(default=dict, help_text="The records that it was made of.")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    assembled_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.CharField(max_length=200, blank=True)
    text_seal = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="delivery_report_frozen_whole",
                condition=Q(frozen_at__isnull=True, frozen_by="", seal="", text_seal="")
                | (Q(frozen_at__isnull=False) & ~Q(frozen_by="") & ~Q(seal="") & ~Q(text_seal="")),
            ),
        )
        indexes = (models.Index(name="delivery_report_theme", fields=("plan", "theme_key", "year")),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.theme_title}, {year_words(self.year)}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:desk-report", args=[self.pk])

    @property
    def year_words(self) -> str:
        """The year as an office writes it: 2019-20."""
        return year_words(self.year)

    @property
    def is_frozen(self) -> bool:
        """Whether it stays as it is."""
        return self.frozen_at is not None


class ReportSource(models.Model):
    """The record that a block of a report was written from. Fixed when the report is frozen."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sources")
    position = models.PositiveIntegerField()
    block_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, help_text="update, action, measure, decision and the like.")
    ref_id = models.PositiveBigIntegerField()
    label = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("report", "position")
        indexes = (models.Index(name="delivery_source_of", fields=("kind", "ref_id")),)

    def __str__(self) -> str:
        return self.label
