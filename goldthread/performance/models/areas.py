"""Areas and what they were called, who is compared with whom, and how many people live there."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from goldthread.people.models import Body


class AreaKind(models.TextChoices):
    """What an area is."""

    FORCE = "force", "Force area"
    DISTRICT = "district", "District"
    COUNTRY = "country", "Country"
    GROUP = "group", "Group of areas"


class DatedQuerySet(models.QuerySet):
    """Rows that run from a first day to a last day, both included; no last day yet while they run."""

    def in_force(self, on: date) -> DatedQuerySet:
        """Those that run on a day."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=on), Q(ends__isnull=True) | Q(ends__gte=on))


class Area(models.Model):
    """A force area, a district or the like, for as long as it is drawn so; a successor is another area."""

    code = models.CharField(max_length=20, unique=True, help_text="ONS code, or our own where there is none.")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=AreaKind)
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    became = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="came_from")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "name")
        constraints = (
            models.CheckConstraint(
                name="performance_area_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.CheckConstraint(
                name="performance_area_became_another",
                condition=Q(became__isnull=True) | (Q(ends__isnull=False) & ~Q(became=F("id"))),
            ),
        )

    def __str__(self) -> str:
        return self.name


class AreaAlias(models.Model):
    """A name under which a source speaks of an area, between two days; a force may change its name."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="aliases")
    source = models.CharField(max_length=40, blank=True, help_text="A kind of source; empty for any.")
    name = models.CharField(max_length=160)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("area", "name", "starts")
        verbose_name_plural = "area aliases"
        constraints = (
            models.UniqueConstraint(name="performance_alias_once", fields=("source", "name", "starts")),
            models.UniqueConstraint(
                name="performance_alias_once_undated",
                fields=("source", "name"),
                condition=Q(starts__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.area}"


class ComparatorGroup(models.Model):
    """The areas that one area is compared with between two days: its own list, which no other need share."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="compared_in")
    name = models.CharField(max_length=120, default="Most similar group")
    members = models.ManyToManyField(Area, related_name="+")
    source = models.CharField(max_length=300, blank=True, help_text="Who published the list, and where.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("area", "name", "-starts")
        constraints = (
            models.UniqueConstraint(
                name="performance_group_starts_once", fields=("body", "area", "name", "starts")
            ),
            models.CheckConstraint(
                name="performance_group_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.area} from {self.starts:%-d %B %Y}"


class Population(models.Model):
    """How many people lived in an area at the middle of a year, as one load told it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="populations")
    year = models.PositiveSmallIntegerField()
    people = models.PositiveBigIntegerField()
    load = models.ForeignKey("performance.Load", models.PROTECT, related_name="populations")

    class Meta:
        ordering = ("area", "year")
        constraints = (
            models.UniqueConstraint(
                name="performance_population_once_a_load", fields=("area", "year", "load")
            ),
        )

    def __str__(self) -> str:
        return f"{self.area}, {self.year}: {self.people}"
