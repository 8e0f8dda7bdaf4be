"""What search looks in: one row for each thing that may be found, in the words of one audience."""

from __future__ import annotations

from django.db import models

from goldthread.meetings.models import Board
from goldthread.people.models import Body


class Kind(models.TextChoices):
    """What a thing that is found is to a reader."""

    SECTION = "section", "Plan"
    PLEDGE = "pledge", "Pledge"
    PRIORITY = "priority", "Priority"
    ACTION = "action", "Action"
    MILESTONE = "milestone", "Milestone"
    UPDATE = "update", "Update"
    REPORT = "report", "Report"
    MEASURE = "measure", "Measure"
    DECISION = "decision", "Decision"
    PAPER = "paper", "Paper"
    APPENDIX = "appendix", "Appendix"
    ITEM = "item", "Agenda item"
    MINUTES = "minutes", "Minutes"
    ARISING = "arising", "Action arising"


class Entry(models.Model):
    """What may be found of one thing, as one audience reads it. Safe to delete: it can be made again.

    ``kind`` and ``ref`` name the thing; ``face`` says as whom it is read, so that a decision has
    one row for the public and another for the desk. ``marks`` are the words by which an entry is
    opened and narrowed down, as `search.marks` writes them; the database looks in them together
    with the title and the words. The number grows with the day, so that the newest come last.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    ref = models.CharField(max_length=140)
    face = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=0, help_text="Of two faces, the higher is shown.")
    on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="2019 for 2019-20.")
    theme = models.CharField(max_length=200, blank=True)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+", db_index=False)
    board = models.ForeignKey(
        Board, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    within = models.CharField(max_length=200, blank=True, help_text="The plan or board it belongs to.")
    href = models.CharField(max_length=500)
    thread = models.CharField(
        max_length=160, blank=True, help_text="Whose thread tells of it: kind and name."
    )
    scope = models.CharField(max_length=60, help_text="What is indexed at once, such as “paper:12”.")
    part = models.CharField(max_length=64, blank=True, help_text="Of a scope, what has one seal.")
    seal = models.CharField(max_length=64, help_text="Of all that the part was made from.")
    marks = models.TextField()
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = (models.UniqueConstraint(name="thread_entry_once", fields=("kind", "ref", "face")),)
        indexes = (models.Index(name="thread_entry_by_scope", fields=("scope", "part", "seal")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} ({self.face})"


class Reading(models.Model):
    """What was read once of an attached file, by its SHA-256: its words, or why there are none."""

    sha256 = models.CharField(max_length=64, unique=True)
    words = models.TextField(blank=True)
    refused = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"What {self.sha256[:8]} says"
