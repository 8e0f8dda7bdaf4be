"""Actions and milestones: who owes them, by when, and every change of either."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from goldthread.core.delivery.stages import ActionState
from goldthread.delivery.models.priorities import Priority
from goldthread.people.models import Body, Office
from goldthread.plans.models import Document


class WorkImport(models.Model):
    """A spreadsheet of actions handed in: how it was read, what was taken from it, whether that stands."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Document, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=255, blank=True)
    columns = models.JSONField(default=dict, help_text="Which column says what.")
    rows = models.JSONField(default=list, help_text="The rows as they were read.")
    problems = models.JSONField(default=list, help_text="What is wrong: [where, message, code] each.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    taken_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class Action(models.Model):
    """Something that will be done for a priority. The office that owns it is held by a person."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="actions")
    number = models.CharField(max_length=16, help_text="As it is cited: “V2.1”.")
    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    owner_office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="owned_actions"
    )
    owner_words = models.CharField(max_length=200, blank=True, help_text="Who owes it, where no office does.")
    starts = models.DateField(null=True, blank=True)
    baseline = models.DateField("first due", null=True, blank=True)
    forecast = models.DateField("now expected", null=True, blank=True)
    finished = models.DateField("done on", null=True, blank=True)
    weight = models.PositiveSmallIntegerField(default=1, validators=(MinValueValidator(1),))
    cost = models.DecimalField("cost in pounds", max_digits=12, decimal_places=2, null=True, blank=True)
    cost_words = models.CharField(max_length=300, blank=True, help_text="Who pays, from what.")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ActionState], default=ActionState.PLANNED
    )
    dropped_reason = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey(WorkImport, models.PROTECT, null=True, blank=True, related_name="actions")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("priority", "position", "pk")
        constraints = (
            models.UniqueConstraint(name="delivery_action_number_once", fields=("priority", "number")),
            models.CheckConstraint(
                name="delivery_action_done_whole",
                condition=Q(state=ActionState.DONE, finished__isnull=False)
                | (~Q(state=ActionState.DONE) & Q(finished__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_action_dropped_whole",
                condition=(Q(state=ActionState.DROPPED) & ~Q(dropped_reason=""))
                | (~Q(state=ActionState.DROPPED) & Q(dropped_reason="")),
            ),
            models.CheckConstraint(name="delivery_action_weighs", condition=Q(weight__gte=1)),
        )
        indexes = (models.Index(name="delivery_action_owed", fields=("owner_office", "state")),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:desk-action", args=[self.slug])

    @property
    def due(self) -> date | None:
        """The day it is expected: the forecast, or the day first set where there is none."""
        return self.forecast or self.baseline

    @property
    def is_open(self) -> bool:
        return self.state in (ActionState.PLANNED, ActionState.UNDER_WAY)


class Milestone(models.Model):
    """A step on the way of an action: when it was first due, when it is expected, when it was reached."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="milestones")
    number = models.CharField(max_length=20, help_text="As it is cited: “V2.1.3”.")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    owner_office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="owned_milestones"
    )
    baseline = models.DateField("first due", null=True, blank=True)
    forecast = models.DateField("now expected", null=True, blank=True)
    reached = models.DateField("reached on", null=True, blank=True)
    weight = models.PositiveSmallIntegerField(default=1, validators=(MinValueValidator(1),))
    dropped_on = models.DateField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("action", "position", "pk")
        constraints = (
            models.UniqueConstraint(name="delivery_milestone_number_once", fields=("action", "number")),
            models.CheckConstraint(
                name="delivery_milestone_dropped_whole",
                condition=Q(dropped_on__isnull=True, dropped_reason="")
                | (Q(dropped_on__isnull=False, reached__isnull=True) & ~Q(dropped_reason="")),
            ),
            models.CheckConstraint(name="delivery_milestone_weighs", condition=Q(weight__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.action.get_absolute_url()}#milestone-{self.pk}"

    @property
    def due(self) -> date | None:
        """The day it is expected: the forecast, or the day first set where there is none."""
        return self.forecast or self.baseline

    @property
    def is_open(self) -> bool:
        return self.reached is None and self.dropped_on is None


class Dependency(models.Model):
    """That an action waits for another action or for a milestone."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="waits_for")
    needs_action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="awaited_by")
    needs_milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="awaited_by"
    )
    why = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "dependencies"
        constraints = (
            models.CheckConstraint(
                name="delivery_dependency_on_one_thing",
                condition=Q(needs_action__isnull=False, needs_milestone__isnull=True)
                | Q(needs_action__isnull=True, needs_milestone__isnull=False),
            ),
            models.UniqueConstraint(
                name="delivery_dependency_on_action_once",
                fields=("action", "needs_action"),
                condition=Q(needs_action__isnull=False),
            ),
            models.UniqueConstraint(
                name="delivery_dependency_on_milestone_once",
                fields=("action", "needs_milestone"),
                condition=Q(needs_milestone__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} waits for {self.needs_action or self.needs_milestone}"


class Change(models.Model):
    """A line of the history of a priority, an action or a milestone: what it said, what it says, why.

    Append-only.
    """

    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="changes")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="changes")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="changes")
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="delivery_change_of_one_thing",
                condition=Q(priority__isnull=False, action__isnull=True, milestone__isnull=True)
                | Q(priority__isnull=True, action__isnull=False, milestone__isnull=True)
                | Q(priority__isnull=True, action__isnull=True, milestone__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.field}: {self.was} → {self.now}"


class HandOver(models.Model):
    """What an office owed on the day when somebody left it, and to whom it went. Append-only."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="hand_overs")
    was = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    was_name = models.CharField(max_length=200)
    now = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    now_name = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    words = models.TextField(blank=True, help_text="What whoever comes after should know.")
    items = models.JSONField(default=list, help_text="What was owed: [kind, number, title, due] each.")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.office.title}: {self.was_name} to {self.now_name or 'nobody yet'}"
