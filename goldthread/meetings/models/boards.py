"""Boards, their terms of reference, who sits on them, what comes to every meeting, what is planned."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from goldthread.people.models import Body, Office


class BoardKind(models.TextChoices):
    """What a board is in law."""

    BOARD = "board", "Board that advises an office holder"
    VOTING = "voting", "Board that decides by vote"
    COMMITTEE = "committee", "Committee"
    PANEL = "panel", "Police and crime panel"


class Board(models.Model):
    """A board, panel or committee of a body, and the house rules by which it meets."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="boards")
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=20, help_text="As its papers are cited, such as “BCB”.")
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=BoardKind, default=BoardKind.BOARD)
    jurisdiction = models.CharField(max_length=8, default="england", help_text="england or wales.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )
    decider = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The office that decides on the board's advice; empty where the board votes.",
    )
    house_template = models.CharField(max_length=40, default="cambridgeshire")
    decision_pattern = models.CharField(max_length=60, default="CPCC {year}-{serial:03}")
    item_scheme = models.CharField(max_length=12, default="decimal", help_text="core.governance.agenda.")
    quorum = models.JSONField(default=dict, help_text="The rule, as core.governance.quorum reads it.")
    recurrence = models.JSONField(default=dict, help_text="As core.governance.meetings reads it.")
    usual_time = models.TimeField(null=True, blank=True)
    usual_place = models.CharField(max_length=200, blank=True)
    papers_days = models.PositiveSmallIntegerField(default=10, help_text="Working days before a meeting.")
    notice_days = models.PositiveSmallIntegerField(default=5, help_text="Clear days of public notice.")
    minutes_days = models.PositiveSmallIntegerField(default=10, help_text="Working days to circulate them.")
    questions_days = models.PositiveSmallIntegerField(default=3, help_text="Working days before a meeting.")
    listed = models.BooleanField(default=True, help_text="Whether the public is told that it exists.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(name="meetings_board_short_once", fields=("body", "short", "starts")),
            models.CheckConstraint(
                name="meetings_board_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:desk-board", args=[self.slug])

    def exists_on(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on <= self.ends)


class Terms(models.Model):
    """Terms of reference as they stood from a day. Append-only."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="terms")
    from_day = models.DateField()
    form = models.JSONField(help_text="Sections, as [depth, form] in reading order.")
    seal = models.CharField(max_length=64)
    adopted = models.CharField(max_length=300, blank=True, help_text="Where they were adopted.")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("-from_day", "-pk")
        verbose_name_plural = "terms"

    def __str__(self) -> str:
        return f"Terms of reference from {self.from_day:%-d %B %Y}"


class SeatRole(models.TextChoices):
    """In what way somebody sits at a board's table."""

    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    ADVISER = "adviser", "Adviser"
    ATTENDING = "attending", "In attendance"


class Seat(models.Model):
    """A place at a board's table between two days: an office's, a person's or another body's."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    name = models.CharField(max_length=200, help_text="Who sits there, as minutes name them.")
    initials = models.CharField(max_length=8, help_text="As action lines name them.")
    title = models.CharField(max_length=200, blank=True, help_text="Their office or organisation.")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    votes = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                name="meetings_seat_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name


class StandingItem(models.Model):
    """An item that comes to every meeting of a board until it is dropped."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="standing_items")
    kind = models.CharField(max_length=12, help_text="An ItemKind.")
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    at_end = models.BooleanField(default=False, help_text="After the business of the day.")

    class Meta:
        ordering = ("at_end", "position", "pk")

    def __str__(self) -> str:
        return self.title


class PlannedState(models.TextChoices):
    """What became of business that was planned for a meeting."""

    PLANNED = "planned", "Planned"
    ON_AGENDA = "on_agenda", "On an agenda"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Planned(models.Model):
    """Business planned for a meeting of a board: a line of its forward plan."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="planned")
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(
        max_length=20, default="decision", help_text="decision, scrutiny, information."
    )
    lead = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(help_text="The day of the meeting it is planned for.")
    state = models.CharField(max_length=12, choices=PlannedState, default=PlannedState.PLANNED)
    moves = models.JSONField(default=list, help_text="Slippage: [from day, to day, reason, when, by].")
    listed = models.BooleanField(default=False, help_text="Whether the public sees this line.")
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("due", "pk")

    def __str__(self) -> str:
        return self.title
