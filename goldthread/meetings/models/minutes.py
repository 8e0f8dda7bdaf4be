"""Minutes: a record apart from the agenda, and the actions that arise from them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from goldthread.meetings.models.boards import Board, Seat
from goldthread.meetings.models.meetings import AgendaItem, Meeting
from goldthread.people.models import Office


class MinutesStage(models.TextChoices):
    """How far minutes have come; only published ones reach the public."""

    DRAFT = "draft", "Draft"
    CIRCULATED = "circulated", "Circulated"
    APPROVED = "approved", "Approved as a correct record"
    PUBLISHED = "published", "Published"


class Minutes(models.Model):
    """The minutes of a meeting."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    stage = models.CharField(max_length=12, choices=MinutesStage, default=MinutesStage.DRAFT)
    circulated_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_minutes"
    )
    approved_words = models.CharField(max_length=500, blank=True, help_text="“Subject to …”, if it was.")
    published_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-meeting__on",)
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"


class Minute(models.Model):
    """What is minuted under one item. Its marking is the item's unless it is stricter."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="minutes")
    form = models.JSONField(help_text="One section: its words as `core.text.section_form`.")
    seal = models.CharField(max_length=64)
    exempt = models.BooleanField(default=False, help_text="Stricter than its item: kept from the public.")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("minutes", "item__position")
        constraints = (models.UniqueConstraint(name="meetings_minute_once", fields=("minutes", "item")),)

    def __str__(self) -> str:
        return f"Minute of {self.item}"


class KeptMinute(models.Model):
    """Words that two people saved of one minute: the later ones, kept beside those that stood.

    Once settled it keeps the words that did not stand, whoever wrote them.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="kept")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    base = models.CharField(max_length=64, blank=True, help_text="The seal that they were written on.")
    form = models.JSONField()
    kept_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, help_text="mine or theirs: whose words stood.")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                name="meetings_one_kept_minute_open",
                fields=("minutes", "item", "owner"),
                condition=models.Q(settled_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"Words kept of {self.item}"


class MinutesVersion(models.Model):
    """Minutes as they were circulated, amended, approved or published. Append-only."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, choices=MinutesStage)
    form = models.JSONField(help_text="Sections, as [depth, form, exempt, item number] in reading order.")
    attendance = models.JSONField(default=list, help_text="Each: who came, how, and what they declared.")
    sent_to = models.JSONField(default=list, help_text="The names of those it was circulated to.")
    seal = models.CharField(max_length=64)
    note = models.TextField(blank=True, help_text="What was amended and why.")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("minutes", "number")
        constraints = (
            models.UniqueConstraint(name="meetings_minutes_version_once", fields=("minutes", "number")),
        )

    def __str__(self) -> str:
        return f"{self.minutes}, version {self.number}"


class ActionState(models.TextChoices):
    """How an action arising stands."""

    OPEN = "open", "Open"
    DONE = "done", "Reported done"
    CLOSED = "closed", "Closed"
    DROPPED = "dropped", "No longer needed"


class Arising(models.Model):
    """An action that arose from a meeting: what, who owes it, by when; on agendas until closed."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    number = models.CharField(max_length=20, help_text="Within its board, such as 2014/07; never reused.")
    words = models.TextField()
    owners = models.ManyToManyField(Seat, related_name="actions", blank=True)
    owner_words = models.CharField(max_length=300, help_text="The owners as the minutes named them.")
    owner_office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    exempt = models.BooleanField(default=False)
    anchor = models.CharField(max_length=64, blank=True, help_text="The key of its line in the minutes.")
    minuted = models.TextField(blank=True, help_text="Its line in the minutes, as it was when it was taken.")
    closed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("board", "number")
        verbose_name = "action arising"
        verbose_name_plural = "actions arising"
        constraints = (
            models.UniqueConstraint(name="meetings_action_number_once", fields=("board", "number")),
            models.UniqueConstraint(
                name="meetings_action_line_once",
                fields=("meeting", "anchor"),
                condition=~models.Q(anchor=""),
            ),
        )

    def __str__(self) -> str:
        return f"Action {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:desk-action", args=[self.board.slug, *self.number.split("/")])

    @property
    def is_open(self) -> bool:
        """Whether it comes to the next meeting: not yet closed or dropped."""
        return self.state in (ActionState.OPEN, ActionState.DONE)

    def is_overdue(self, on: date) -> bool:
        """Whether its day has passed and nobody has said that it is done."""
        return self.state == ActionState.OPEN and self.due is not None and self.due < on


class ActionNews(models.Model):
    """A line of the history of an action arising. Append-only."""

    action = models.ForeignKey(Arising, on_delete=models.PROTECT, related_name="news")
    words = models.TextField(blank=True)
    was = models.JSONField(default=dict, help_text="What a change replaced: due, owners, state.")
    now = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "action news"

    def __str__(self) -> str:
        return self.words[:80]
