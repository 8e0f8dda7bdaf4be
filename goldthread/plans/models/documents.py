"""Documents and their editions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from goldthread.core.governance.period import plan_runs_to
from goldthread.core.governance.stages import Stage
from goldthread.core.text import Kind
from goldthread.people.models import Body
from goldthread.plans.keepers import keeper_of


class DocumentKind(models.TextChoices):
    """What a document is to the office that keeps it."""

    PLAN = "plan", "Plan"
    STRATEGY = "strategy", "Another body's strategy"
    PAPER = "paper", "Paper"
    THEME = "theme", "Theme document"


class Document(models.Model):
    """A plan, another body's strategy or a paper: a text that lives through editions."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind)
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    made_by = models.CharField(max_length=200, help_text="The body whose document this is.")
    lang = models.CharField(max_length=12, default="en-GB")
    runs_from = models.DateField(null=True, blank=True)
    next_election = models.DateField(null=True, blank=True)
    ends_early = models.DateField(null=True, blank=True)
    ends_early_reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "-runs_from", "title")
        constraints = (
            models.CheckConstraint(
                name="plans_document_early_end_has_reason",
                condition=models.Q(ends_early__isnull=True, ends_early_reason="")
                | (models.Q(ends_early__isnull=False) & ~models.Q(ends_early_reason="")),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        keeper = keeper_of(self)
        return keeper.address(self) if keeper else reverse("plans:desk-document", args=[self.slug])

    @property
    def runs_to(self) -> date | None:
        """The last day of the plan: given early, or computed from the next ordinary election."""
        if self.ends_early:
            return self.ends_early
        return plan_runs_to(self.next_election) if self.next_election else None


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, asked for by date and stage."""

    def issued(self) -> EditionQuerySet:
        """Those that were brought into force on some date."""
        return self.filter(issued_on__isnull=False)

    def in_force(self, *, on: date) -> EditionQuerySet:
        """The edition in force on a date, as a query of at most one row a document."""
        return self.filter(issued_on__lte=on).order_by("-issued_on", "-pk")

    def before_the_panel(self) -> EditionQuerySet:
        """Those that were issued, or sent to the panel at some time."""
        sent = models.Exists(self.model.objects.filter(pk=models.OuterRef("pk"), bundles__isnull=False))
        return self.filter(models.Q(issued_on__isnull=False) | sent)

    def open(self) -> EditionQuerySet:
        """Those that are still being written or approved."""
        return self.filter(issued_on__isnull=True)


class Edition(models.Model):
    """One edition of a document. Its text is what its placements say, in their order."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    label = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    lang = models.CharField(max_length=12, default="en-GB")
    hidden = models.JSONField(default=list, help_text="Block kinds that this edition does not show.")
    note = models.TextField(blank=True, help_text="What changed and why, in a sentence or two.")
    stage = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in Stage], default=Stage.DRAFTING
    )
    printed = models.JSONField(default=dict, help_text="Printed numbers by key, kept when sealed.")
    seal = models.CharField(max_length=64, blank=True)
    record_seal = models.CharField(max_length=64, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("document", "-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(name="plans_edition_slug_once", fields=("document", "slug")),
            models.UniqueConstraint(name="plans_edition_label_once", fields=("document", "label")),
            models.CheckConstraint(
                name="plans_edition_sealed_whole",
                condition=models.Q(
                    sealed_at__isnull=True, issued_on__isnull=True, seal="", record_seal="", sealed_by=""
                )
                | (
                    models.Q(sealed_at__isnull=False, issued_on__isnull=False)
                    & ~models.Q(seal="")
                    & ~models.Q(record_seal="")
                    & ~models.Q(sealed_by="")
                ),
            ),
            models.CheckConstraint(
                name="plans_edition_stage_agrees",
                condition=models.Q(
                    sealed_at__isnull=False, stage__in=(Stage.ISSUED.value, Stage.SUPERSEDED.value)
                )
                | (
                    models.Q(sealed_at__isnull=True)
                    & ~models.Q(stage__in=(Stage.ISSUED.value, Stage.SUPERSEDED.value))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.title}, {self.label}"

    def get_absolute_url(self) -> str:
        keeper = keeper_of(self.document)
        if keeper is not None:
            return keeper.address(self.document)
        return reverse("plans:desk-edition", args=[self.document.slug, self.slug])

    @property
    def hidden_kinds(self) -> frozenset[Kind]:
        """The block kinds that this edition keeps but does not show."""
        return frozenset(Kind(kind) for kind in self.hidden)

    @property
    def is_sealed(self) -> bool:
        """Whether the edition is fixed for good."""
        return self.sealed_at is not None
