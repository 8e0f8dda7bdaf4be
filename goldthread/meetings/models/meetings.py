"""Meetings, their agendas, who came, what they declared and what the public asked."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from goldthread.core.governance.exemption import Marking
from goldthread.meetings.models.boards import Board, Planned, Seat, StandingItem
from goldthread.people.models import Office


class MeetingStage(models.TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", "Being prepared"
    PUBLISHED = "published", "Agenda published"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Meeting(models.Model):
    """One meeting of a board. Times are London's, whatever the clocks do that day."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    slug = models.SlugField(max_length=30, help_text="Its day, with a number where two fall on one day.")
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    joining = models.CharField(max_length=300, blank=True, help_text="How to join; for members only.")
    stage = models.CharField(max_length=12, choices=MeetingStage, default=MeetingStage.PLANNED)
    open_to_public = models.BooleanField(default=False)
    papers_due = models.DateField(null=True, blank=True)
    questions_due = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=200, blank=True)
    notice_reason = models.CharField(
        max_length=300, blank=True, help_text="Why the agenda came out with less than full notice."
    )
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0, help_text="iCalendar: raised by every change.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-starts_at")
        constraints = (models.UniqueConstraint(name="meetings_meeting_slug_once", fields=("board", "slug")),)

    def __str__(self) -> str:
        return f"{self.board.short}, {self.on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:desk-meeting", args=[self.board.slug, self.slug])


class ItemKind(models.TextChoices):
    """What an agenda item is for."""

    APOLOGIES = "apologies", "Apologies and attendance"
    INTERESTS = "interests", "Declarations of interest"
    QUESTIONS = "questions", "Questions from the public"
    MINUTES = "minutes", "Minutes of the previous meeting"
    ACTIONS = "actions", "Actions arising"
    BUSINESS = "business", "Business"
    FORWARD = "forward", "Forward plan"
    EXCLUSION = "exclusion", "Exclusion of the public"
    OTHER = "other", "Any other business"
    NEXT = "next", "Date of the next meeting"


class AgendaItem(models.Model):
    """An item of an agenda. Once the agenda is published it is never deleted and keeps its number.

    ``marking`` is `core.governance.exemption.Marking` or "" (not marked yet: only for those who
    read everything). What the public is told of an exempt item is ``public_title`` and the reason.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=12, blank=True, help_text="Such as 8.0 or 9(a).")
    pinned = models.BooleanField(default=False, help_text="Whether its number was published.")
    kind = models.CharField(max_length=12, choices=ItemKind, default=ItemKind.BUSINESS)
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, blank=True, help_text="decision, scrutiny, information.")
    lead = models.CharField(max_length=200, blank=True, help_text="Who speaks to it.")
    lead_office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="Words under the title, as marked as the item is.")
    standing = models.ForeignKey(
        StandingItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    planned = models.ForeignKey(
        Planned, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    marking = models.CharField(max_length=10, blank=True)
    public_title = models.CharField(max_length=200, blank=True)
    reason_code = models.CharField(max_length=40, blank=True, help_text="core.governance.exemption.")
    reason_words = models.CharField(max_length=500, blank=True)
    marked_by = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    late_reason = models.CharField(max_length=300, blank=True)
    late_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("meeting", "position")

    def __str__(self) -> str:
        """As it may be named anywhere, the record of who did what included."""
        is_open = self.marking == Marking.OPEN and (
            self.parent is None or self.parent.marking == Marking.OPEN
        )
        title = self.title if is_open else self.public_title or "Exempt item"
        return f"{self.number} {title}".strip()

    @property
    def anchor(self) -> str:
        """The last step of the item's address, the same for good."""
        return f"item-{self.pk}"


class How(models.TextChoices):
    """How somebody took part in a meeting."""

    PRESENT = "present", "Present"
    SUBSTITUTE = "substitute", "Present as a substitute"
    ATTENDING = "attending", "In attendance"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"


class Attendance(models.Model):
    """Who came to a meeting, in place of whom, and for which items."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=8)
    title = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=12, choices=How)
    in_place_of = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "attendance"
        constraints = (
            models.UniqueConstraint(name="meetings_one_name_a_meeting", fields=("meeting", "name")),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.get_how_display()}"


class Effect(models.TextChoices):
    """What an interest that was declared led to."""

    STAYED = "stayed", "Stayed and took part"
    SPOKE = "spoke", "Spoke, then left before the decision"
    LEFT = "left", "Left the room"


class Interest(models.Model):
    """An interest declared at a meeting, the item it concerns and what followed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interests")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="interests")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    nature = models.CharField(max_length=500)
    effect = models.CharField(max_length=10, choices=Effect)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.attendance.name}: {self.nature}"


class PublicQuestion(models.Model):
    """A question from the public for a meeting, and its answer."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    asked_by = models.CharField(max_length=200, help_text="As it may be printed.")
    asked_on = models.DateField()
    words = models.TextField()
    late = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    listed = models.BooleanField(default=False, help_text="Whether it is published with its answer.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words[:80]
