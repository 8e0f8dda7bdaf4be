"""When owners are reminded, who is told where they stay silent, and what was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldthread.mail.models import Letter
from goldthread.people.models import Body, Office


class ReminderTo(models.TextChoices):
    """Who a reminder goes to."""

    OWNER = "owner", "Whoever owes it"
    LEAD = "lead", "Whoever leads the priority"
    OFFICE = "office", "An office that is named"


class ReminderRule(models.Model):
    """So many days before or after something is due, somebody is reminded of it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="reminder_rules")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=10, help_text="action, milestone or update.")
    days = models.SmallIntegerField(help_text="Below nought before it is due, above it afterwards.")
    to = models.CharField(max_length=10, choices=ReminderTo)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    from_day = models.DateField()
    made_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("body", "days", "pk")
        constraints = (
            models.CheckConstraint(
                name="delivery_reminder_names_its_office",
                condition=(Q(to="office") & Q(office__isnull=False))
                | (~Q(to="office") & Q(office__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReminderSent(models.Model):
    """That a rule was followed for a thing that was due on a day, once for each who is reminded."""

    rule = models.ForeignKey(ReminderRule, models.PROTECT, related_name="sent")
    kind = models.CharField(max_length=10)
    ref_id = models.PositiveBigIntegerField()
    due = models.DateField()
    email = models.EmailField()
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "reminders sent"
        constraints = (
            models.UniqueConstraint(
                name="delivery_reminder_once", fields=("rule", "kind", "ref_id", "due", "email")
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.due:%-d %B %Y}"
