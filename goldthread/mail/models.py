"""Letters waiting to be sent and sent, and which of them each person wants."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.people.models import Body, User

LINK_HERE = "[[link]]"
"""Where a letter's own secret address stands in its words; only its reader is shown it."""


class Kind(models.TextChoices):
    """Why a letter is written."""

    LINK = "link", _("Link for an update")
    RETURNED = "returned", _("Update returned")
    REMINDER = "reminder", _("Reminder")
    ESCALATION = "escalation", _("Long overdue")
    DIGEST = "digest", _("Digest")


SENTENCES = {
    Kind.LINK: _("A link by which to give an update, sent to you by somebody"),
    Kind.RETURNED: _("An update of yours that came back with a question"),
    Kind.REMINDER: _("A reminder of something that is due from you"),
    Kind.ESCALATION: _("Something long overdue with others, which you lead or look after"),
    Kind.DIGEST: _("One letter with everything that you owe"),
}
"""Each kind in a sentence, for whoever chooses."""

STOPPABLE = frozenset({Kind.RETURNED, Kind.REMINDER, Kind.ESCALATION, Kind.DIGEST})
"""Kinds that a person may ask not to be sent; a link is only ever sent because somebody sent it."""

AT_ONCE = (Kind.RETURNED, Kind.REMINDER, Kind.ESCALATION)
"""Kinds that go out as they are written, unless their reader would have them in the digest."""


class Rhythm(models.TextChoices):
    """How often a digest comes."""

    DAILY = "daily", _("Every working day")
    WEEKLY = "weekly", _("Once a week")
    MONTHLY = "monthly", _("Once a month")
    NEVER = "never", _("Never")


class Weekday(models.IntegerChoices):
    """The day of a weekly digest."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


def _at_once() -> list[str]:
    return [kind.value for kind in AT_ONCE]


class Preference(models.Model):
    """What reaches one person by email, as they chose it; without a row, what `Preference()` says."""

    user = models.OneToOneField(User, models.PROTECT, related_name="mail_preference")
    digest = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    at_once = models.JSONField(default=_at_once, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"What reaches {self.user.name} by email"

    def wants(self, kind: str) -> bool:
        """Whether a letter of a kind goes to this person as soon as it is written."""
        if kind == Kind.DIGEST:
            return self.digest != Rhythm.NEVER
        return kind not in STOPPABLE or kind in self.at_once


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> LetterQuerySet:
        """The letters that are still to be sent, now or later."""
        return self.filter(sent_at=None, failed_at=None, cancelled_at=None, for_digest=False)

    def failed(self) -> LetterQuerySet:
        return self.filter(failed_at__isnull=False, sent_at=None, cancelled_at=None)


class Letter(models.Model):
    """One email to one person: written once under its key, kept until it has gone, and after."""

    key = models.CharField(max_length=200, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=300, blank=True)
    to_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="letters")
    to_name = models.CharField(max_length=200)
    to_email = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    link = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    not_before = models.DateTimeField()
    for_digest = models.BooleanField(default=False)
    digest = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="gathered")
    held_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (
            models.Index(
                fields=("not_before", "id"),
                name="letter_to_send",
                condition=Q(sent_at=None, failed_at=None, cancelled_at=None, for_digest=False),
            ),
            models.Index(fields=("body", "-made_at"), name="letter_by_body"),
            models.Index(fields=("to_user", "for_digest"), name="letter_for_digest"),
        )
        constraints = (
            models.CheckConstraint(
                name="letter_is_sent_or_given_up_not_both",
                condition=Q(sent_at=None) | Q(failed_at=None, cancelled_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"“{self.subject}” to {self.to_name}"

    @property
    def whole_text(self) -> str:
        """The words as their reader gets them."""
        return self.text.replace(LINK_HERE, self.link)

    @property
    def shown_text(self) -> str:
        """The words as the office reads them: without the secret address, but for the demonstration."""
        left_out = str(_("[an address that only the reader was sent]"))
        return self.text.replace(LINK_HERE, (settings.DEMO and self.link) or left_out)
