"""Measures: their themes, the versions of what defines them, and the frameworks they count towards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from goldthread.people.models import Body
from goldthread.performance.models.areas import DatedQuerySet


class Theme(models.Model):
    """A theme of a body's plan or delivery, under which measures are shown together."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="themes")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "name")
        constraints = (models.UniqueConstraint(name="performance_theme_once", fields=("body", "key")),)

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """Something that a body counts to know how it is doing. What it counts is said by its definitions."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="measures")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="measures")
    key = models.SlugField(max_length=80)
    slug = models.SlugField(max_length=140, unique=True)
    name = models.CharField(max_length=160, help_text="As the newest checked definition has it.")
    shipped = models.SlugField(max_length=80, blank=True, help_text="The shipped definition it came from.")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("theme__position", "name")
        constraints = (
            models.UniqueConstraint(name="performance_measure_key_once", fields=("body", "key")),
            models.CheckConstraint(
                name="performance_measure_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("performance:desk-measure", args=[self.slug])


class DefinitionQuerySet(models.QuerySet["Definition"]):
    """Definitions, asked for by whether somebody else checked them."""

    def checked(self) -> DefinitionQuerySet:
        return self.exclude(seal="")

    def drafts(self) -> DefinitionQuerySet:
        return self.filter(seal="")


class Definition(models.Model):
    """One version of what a measure is. Fixed by seal once a person other than its author checked it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="definitions")
    number = models.PositiveSmallIntegerField()
    form: Any = models.JSONField(help_text="As `performance.definitions` writes it.")
    change = models.CharField(max_length=500, blank=True, help_text="What differs from the one before.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checker_name = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ("measure", "-number")
        constraints = (
            models.UniqueConstraint(name="performance_definition_number_once", fields=("measure", "number")),
            models.UniqueConstraint(
                name="performance_definition_one_draft", fields=("measure",), condition=Q(seal="")
            ),
            models.CheckConstraint(
                name="performance_definition_checked_whole",
                condition=Q(checker__isnull=True, checked_at__isnull=True, seal="", checker_name="")
                | (
                    Q(checker__isnull=False, checked_at__isnull=False, review_on__isnull=False)
                    & ~Q(seal="")
                    & ~Q(checker_name="")
                ),
            ),
            models.CheckConstraint(
                name="performance_definition_checked_by_another",
                condition=Q(author__isnull=True) | Q(checker__isnull=True) | ~Q(author=F("checker")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure}, version {self.number}"

    @property
    def is_checked(self) -> bool:
        """Whether it is fixed for good."""
        return bool(self.seal)


class Framework(models.Model):
    """A set of measures that somebody asks for: national measures, a board's own list. Data, not code."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="frameworks")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=300, blank=True, help_text="Who asks for it, and where it says so.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("-starts", "name")
        constraints = (
            models.UniqueConstraint(name="performance_framework_once", fields=("body", "key")),
            models.CheckConstraint(
                name="performance_framework_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a measure counts towards a framework between two days."""

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="memberships")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="memberships")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("framework", "measure", "starts")
        constraints = (
            models.UniqueConstraint(
                name="performance_membership_starts_once", fields=("framework", "measure", "starts")
            ),
            models.CheckConstraint(
                name="performance_membership_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} in {self.framework}"


class RuleChoice(models.Model):
    """The rule set by which an office judges its series from a day on, and why. Append-only."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="rule_choices")
    rules = models.CharField(max_length=60, help_text="A name known to `core.spc.rulesets`.")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.body}: {self.rules}"
