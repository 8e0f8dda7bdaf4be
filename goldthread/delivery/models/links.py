"""Links by which somebody without an account gives one update on one thing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goldthread.delivery.models.work import Action, Milestone
from goldthread.people.models import Body, Office


class UpdateLink(models.Model):
    """A link sent by email for one update on one action or milestone. Only a hash of its secret is kept."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="links")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="links")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    bound_hash = models.CharField(max_length=64, blank=True, help_text="The browser it was begun in.")
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(name="delivery_link_to", fields=("email", "-made_at")),)
        constraints = (
            models.CheckConstraint(
                name="delivery_link_for_one_thing",
                condition=Q(action__isnull=False, milestone__isnull=True)
                | Q(action__isnull=True, milestone__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_link_revoked_whole",
                condition=Q(revoked_at__isnull=True, revoked_by="", revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="") & ~Q(revoked_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"Link to {self.name}"

    @property
    def subject(self) -> Action | Milestone:
        """What it asks about."""
        found = self.action or self.milestone
        if found is None:
            raise ValueError("a link always asks about something")
        return found


class LinkEvent(models.Model):
    """Something that happened to a link: sent, opened, begun, refused, used. Append-only."""

    link = models.ForeignKey(UpdateLink, models.PROTECT, related_name="events")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    agent = models.CharField(max_length=200, blank=True, help_text="What the browser calls itself.")

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(name="delivery_link_event_at", fields=("link", "at")),)

    def __str__(self) -> str:
        return f"{self.what} {self.at:%-d %B %Y}"
