"""Figures, each with the load that brought it, and what is known of a series beside its figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from goldthread.people.models import Body
from goldthread.performance.models.areas import Area
from goldthread.performance.models.measures import Measure


class SourceKind(models.TextChoices):
    """Where figures come from."""

    STREET = "street", "Street-level crime archive"
    OPEN_TABLE = "open-table", "Open table"
    POPULATION = "population", "Population estimates"
    RETURN = "return", "Return typed or sent"


class Source(models.Model):
    """Somewhere that figures come from, and how its columns were matched the last time."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="figure_sources")
    kind = models.CharField(max_length=12, choices=SourceKind)
    name = models.CharField(max_length=160)
    licence = models.CharField(max_length=160, blank=True)
    licence_url = models.URLField(blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    columns = models.JSONField(default=dict, help_text="The column match remembered from the last load.")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(name="performance_source_once", fields=("body", "name")),)

    def __str__(self) -> str:
        return self.name


class LoadStage(models.TextChoices):
    """How far a load has come. Only the figures of one that stands are anybody's figures."""

    UPLOADED = "uploaded", "Handed in"
    READ = "read", "Read, columns to be matched"
    CHECKED = "checked", "Checked"
    LOADING = "loading", "Being loaded"
    STANDING = "standing", "Standing"
    FAILED = "failed", "Not loaded"
    UNDONE = "undone", "Undone"


class LoadQuerySet(models.QuerySet["Load"]):
    """Loads, by whether their figures stand."""

    def standing(self) -> LoadQuerySet:
        return self.filter(status=LoadStage.STANDING)


class Load(models.Model):
    """One delivery of data. Its figures stand all together from one moment, and can be undone together."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="loads")
    source = models.ForeignKey(Source, models.PROTECT, related_name="loads")
    name = models.CharField(max_length=255, help_text="The name of the file, or what was typed.")
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, help_text="The file as kept in the vault.")
    status = models.CharField(max_length=10, choices=LoadStage, default=LoadStage.UPLOADED)
    understood = models.JSONField(default=dict, help_text="What was understood of the file, for its preview.")
    match = models.JSONField(default=dict, help_text="Which column or row means what, as chosen for it.")
    counts = models.JSONField(default=dict, help_text="How many rows were read, kept, left out, replaced.")
    problems = models.JSONField(default=list, help_text="Each: where, message, code.")
    error_file = models.CharField(max_length=64, blank=True, help_text="The error file as kept in the vault.")
    progress = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was not loaded.")
    provisional = models.BooleanField(default=False)
    warehouse = models.CharField(max_length=80, blank=True, help_text="The warehouse's own name for it.")
    handed_in_at = models.DateTimeField()
    handed_in_by = models.CharField(max_length=200)
    begun_at = models.DateTimeField(null=True, blank=True)
    stood_at = models.DateTimeField(null=True, blank=True, help_text="When its figures came to stand.")
    figures_seal = models.CharField(max_length=64, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    objects = LoadQuerySet.as_manager()

    class Meta:
        ordering = ("-handed_in_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="performance_load_stands_whole",
                condition=(
                    Q(status=LoadStage.STANDING, stood_at__isnull=False, undone_at__isnull=True)
                    & ~Q(figures_seal="")
                )
                | Q(status=LoadStage.UNDONE, stood_at__isnull=False, undone_at__isnull=False)
                | (
                    Q(stood_at__isnull=True, undone_at__isnull=True)
                    & ~Q(status__in=(LoadStage.STANDING.value, LoadStage.UNDONE.value))
                ),
            ),
            models.CheckConstraint(
                name="performance_load_undone_whole",
                condition=Q(undone_at__isnull=True, undone_by="", undone_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by="") & ~Q(undone_reason="")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("performance:desk-load", args=[self.pk])


class Stated(models.TextChoices):
    """What a figure says. Missing, zero and suppressed are three different things."""

    VALUE = "value", "A value"
    MISSING = "missing", "Missing"
    SUPPRESSED = "suppressed", "Suppressed"


class Figure(models.Model):
    """What one load says of a measure for an area in a period. Append-only.

    ``period`` is the first day of the month, quarter or year, or the day of an event. The figure
    that counts is the one of the load that came to stand last, of those that stand. Its value is
    the numerator, or the numerator over the denominator times the definition's multiplier.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="figures", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="figures", db_index=False)
    period = models.DateField()
    stated = models.CharField(max_length=10, choices=Stated, default=Stated.VALUE)
    value = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    load = models.ForeignKey(Load, models.PROTECT, related_name="figures")

    class Meta:
        ordering = ("measure_id", "area_id", "period", "load_id")
        constraints = (
            models.UniqueConstraint(
                name="performance_figure_once_a_load", fields=("measure", "area", "period", "load")
            ),
            models.CheckConstraint(
                name="performance_figure_value_where_stated",
                condition=Q(stated=Stated.VALUE, value__isnull=False)
                | Q(
                    stated__in=(Stated.MISSING.value, Stated.SUPPRESSED.value),
                    value__isnull=True,
                    numerator__isnull=True,
                    denominator__isnull=True,
                ),
            ),
        )
        indexes = (models.Index(name="performance_figure_by_month", fields=("measure", "period", "area")),)

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}, {self.period}: {self.value}"


class BreakKind(models.TextChoices):
    """Why figures before and after a day cannot simply be compared."""

    RECORDING = "recording", "Recording rule changed"
    BOUNDARY = "boundary", "Boundary changed"
    FORCE = "force", "Force changed or merged"
    GAP = "gap", "Data are missing"


class Break(models.Model):
    """A break in series, from a first period on: who said so and where. It moves no limits by itself."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="breaks")
    measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="breaks", help_text="Empty for all."
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="breaks", help_text="Empty for all."
    )
    kind = models.CharField(max_length=10, choices=BreakKind)
    period = models.DateField(help_text="The first period after the break.")
    until = models.DateField(null=True, blank=True, help_text="Of a gap: its last period.")
    words = models.CharField(max_length=500)
    source = models.CharField(max_length=300, help_text="Who says so, and where.")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("period", "pk")
        constraints = (
            models.CheckConstraint(
                name="performance_break_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="performance_break_until_after_period",
                condition=Q(until__isnull=True) | Q(until__gte=F("period")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.period:%B %Y}"


class Narrative(models.Model):
    """What somebody who knows says about a series up to a period. Append-only: the newest is read."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="narratives")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    period = models.DateField(help_text="The last period that it speaks of.")
    words = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-period", "-at", "-pk")

    def __str__(self) -> str:
        return self.words[:80]
