"""Priorities for action: what they say, which words of the plan they serve, what tells how they go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.delivery.years import year_words
from goldthread.meetings.models import Decision
from goldthread.people.models import Body, Office
from goldthread.performance.models import Measure
from goldthread.plans.models import Document, Edition


class Lead(models.TextChoices):
    """Who leads a priority for action."""

    CONSTABULARY = "constabulary", "Constabulary"
    OFFICE = "office", "Commissioner’s office"
    PARTNER = "partner", "Partner"


class Priority(models.Model):
    """A priority for action of one theme of a plan in one year. A decision of the board makes it live.

    Its words are those of its newest version; the board approved those of `approved_version`.
    A theme is a section of the plan, by its permanent key.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="priorities")
    plan = models.ForeignKey(Document, models.PROTECT, related_name="priorities")
    theme_key = models.CharField(max_length=64)
    theme_title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(help_text="2019 for 2019-20.")
    number = models.CharField(max_length=12, help_text="As it is cited: “V2”.")
    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in PriorityStage], default=PriorityStage.DRAFT
    )
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="priorities")
    approved_version = models.ForeignKey(
        "PriorityVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True, help_text="Who decided, as the decision says.")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("-year", "theme_title", "position", "pk")
        verbose_name_plural = "priorities"
        constraints = (
            models.UniqueConstraint(name="delivery_priority_number_once", fields=("plan", "year", "number")),
            models.CheckConstraint(
                name="delivery_priority_approved_whole",
                condition=Q(
                    decision__isnull=True,
                    approved_version__isnull=True,
                    approved_on__isnull=True,
                    approved_by="",
                    stage__in=(PriorityStage.DRAFT, PriorityStage.PROPOSED, PriorityStage.DROPPED),
                )
                | (
                    Q(
                        decision__isnull=False,
                        approved_version__isnull=False,
                        approved_on__isnull=False,
                        stage__in=(PriorityStage.LIVE, PriorityStage.CARRIED, PriorityStage.CLOSED),
                    )
                    & ~Q(approved_by="")
                ),
            ),
            models.CheckConstraint(
                name="delivery_priority_closed_whole",
                condition=Q(closed_on__isnull=True, closed_by="", closed_reason="")
                | (
                    Q(
                        closed_on__isnull=False,
                        stage__in=(PriorityStage.CARRIED, PriorityStage.CLOSED, PriorityStage.DROPPED),
                    )
                    & ~Q(closed_by="")
                    & ~Q(closed_reason="")
                ),
            ),
        )
        indexes = (models.Index(name="delivery_priority_theme", fields=("plan", "year", "theme_key")),)

    def __str__(self) -> str:
        return f"{self.number}, {year_words(self.year)}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:desk-priority", args=[self.slug])

    @property
    def public_href(self) -> str:
        """Where the public reads it, once it may: ask `doors.public_priorities`."""
        return reverse("delivery:site-priority", args=[self.slug])

    @property
    def year_words(self) -> str:
        """The year as an office writes it: 2019-20."""
        return year_words(self.year)

    @property
    def version(self) -> PriorityVersion:
        """What it says now: its newest version. Fetch `versions` with it where there are many."""
        return list(self.versions.all())[-1]

    @property
    def title(self) -> str:
        """What it is called now. The public reads the title that the board approved."""
        return self.version.title

    @property
    def changed_since_approval(self) -> bool:
        """Whether it says something else now than the board approved."""
        return self.approved_version is not None and self.approved_version.seal != self.version.seal

    @property
    def is_approved(self) -> bool:
        """Whether the board has approved it: it is live, carried forward or closed."""
        return self.decision_id is not None


class PriorityVersion(models.Model):
    """What a priority for action said from some moment on. Append-only."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    success = models.TextField(blank=True, help_text="What will be different when it is done.")
    lead = models.CharField(max_length=12, choices=Lead)
    lead_office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    lead_words = models.CharField(max_length=200, blank=True, help_text="Who leads, in words.")
    support = models.JSONField(default=list, help_text="What partners must give: [who, what] each.")
    why = models.CharField(max_length=500, blank=True, help_text="Why it was changed.")
    seal = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("priority", "number")
        constraints = (
            models.UniqueConstraint(
                name="delivery_priority_version_number_once", fields=("priority", "number")
            ),
        )

    def __str__(self) -> str:
        return self.title


class Approval(models.Model):
    """That a decision of the board approved a priority in exactly these words. Append-only.

    Words that change while it is live may be approved by a later decision, which has a row of its own.
    """

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="approvals")
    version = models.ForeignKey(PriorityVersion, models.PROTECT, related_name="approvals")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="approvals")
    decision_seal = models.CharField(max_length=64)
    on = models.DateField(help_text="The day of the decision.")
    by = models.CharField(max_length=200, help_text="Who decided, as the decision says.")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("priority", "pk")
        constraints = (
            models.UniqueConstraint(name="delivery_approval_once", fields=("priority", "version")),
        )

    def __str__(self) -> str:
        return f"{self.priority} approved by {self.decision}"


class Serves(models.Model):
    """That a priority serves a pledge or a section of its plan, as worded in an edition.

    It holds while the words are the same in the edition in force. A section has no `block_key`.
    """

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="serves")
    plan = models.ForeignKey(Document, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    section_key = models.CharField(max_length=64)
    block_key = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=300, help_text="Where the words stand, as printed.")
    words = models.TextField()
    seal = models.CharField(max_length=64)
    pinned_at = models.DateTimeField()
    pinned_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("priority", "pk")
        verbose_name_plural = "serves"
        constraints = (
            models.UniqueConstraint(
                name="delivery_serves_once",
                fields=("priority", "plan", "section_key", "block_key"),
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="delivery_serves_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
            ),
        )
        indexes = (models.Index(name="delivery_serves_place", fields=("plan", "section_key", "block_key")),)

    def __str__(self) -> str:
        return self.label


class PriorityMeasure(models.Model):
    """That a measure tells how a priority for action goes, and why it does."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="measured_by")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="tells_of")
    why = models.CharField(max_length=500)
    added_at = models.DateTimeField()
    adder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("priority", "pk")
        constraints = (
            models.UniqueConstraint(
                name="delivery_priority_measure_once",
                fields=("priority", "measure"),
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="delivery_priority_measure_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} for {self.priority}"
