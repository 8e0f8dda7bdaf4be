"""Updates: what owners say, who signed it off, and what stood when a period was closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from goldthread.core.delivery.stages import UpdateStage
from goldthread.delivery.models.links import UpdateLink
from goldthread.delivery.models.priorities import Priority
from goldthread.delivery.models.work import Action, Milestone
from goldthread.people.models import Body

ONE_SUBJECT = (
    Q(action__isnull=False, milestone__isnull=True, priority__isnull=True)
    | Q(action__isnull=True, milestone__isnull=False, priority__isnull=True)
    | Q(action__isnull=True, milestone__isnull=True, priority__isnull=False)
)


class StatusScale(models.Model):
    """The words for how a thing goes, and what each of them means here. Append-only.

    A new scale holds from its day on; an update keeps the one that it was given on.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="status_scales")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    levels = models.JSONField(help_text="In order: {code, word, meaning, tone} each.")
    from_day = models.DateField()
    seal = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("body", "number")
        constraints = (models.UniqueConstraint(name="delivery_scale_number_once", fields=("body", "number")),)

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """A time to report on. Once closed, what stood in it is fixed by seal."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="periods")
    name = models.CharField(max_length=120)
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    due = models.DateField("updates by")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("body", "starts")
        constraints = (
            models.UniqueConstraint(name="delivery_period_name_once", fields=("body", "name")),
            models.CheckConstraint(
                name="delivery_period_ends_after_it_starts", condition=Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="delivery_period_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by="", seal="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(seal="")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class PeriodLine(models.Model):
    """A priority, action or milestone as it stood when a period was closed. Append-only."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, help_text="priority, action or milestone.")
    ref_id = models.PositiveBigIntegerField()
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    form = models.JSONField()
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("period", "position")
        constraints = (
            models.UniqueConstraint(name="delivery_period_line_once", fields=("period", "kind", "ref_id")),
        )
        indexes = (models.Index(name="delivery_period_line_of", fields=("kind", "ref_id")),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Update(models.Model):
    """What an owner says of an action, a milestone or a priority. The board sees it once signed off.

    Another person than its giver signs it. A signed one stands as it is.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="updates")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="updates")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="updates")
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="updates")
    words = models.TextField()
    status = models.CharField(max_length=20, help_text="A code of its scale.")
    scale = models.ForeignKey(StatusScale, models.PROTECT, related_name="+")
    forecast = models.DateField("now expected", null=True, blank=True)
    done = models.BooleanField(default=False)
    done_on = models.DateField(null=True, blank=True)
    stage = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in UpdateStage], default=UpdateStage.GIVEN
    )
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_by = models.CharField(max_length=200)
    given_as = models.CharField(max_length=200, blank=True, help_text="The office it was given as.")
    link = models.ForeignKey(UpdateLink, models.PROTECT, null=True, blank=True, related_name="updates")
    given_at = models.DateTimeField()
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(default=False, help_text="Whether the public may read it.")
    returned_words = models.TextField(blank=True)
    returned_by = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("given_at", "pk")
        constraints = (
            models.CheckConstraint(name="delivery_update_of_one_thing", condition=ONE_SUBJECT),
            models.CheckConstraint(
                name="delivery_update_signed_whole",
                condition=Q(signer__isnull=True, signed_at__isnull=True, signed_by="", seal="", public=False)
                & ~Q(stage=UpdateStage.SIGNED)
                | (
                    Q(signer__isnull=False, signed_at__isnull=False, stage=UpdateStage.SIGNED)
                    & ~Q(signed_by="")
                    & ~Q(seal="")
                ),
            ),
            models.CheckConstraint(
                name="delivery_update_signed_by_another",
                condition=Q(signer__isnull=True) | Q(giver__isnull=True) | ~Q(signer=F("giver")),
            ),
            models.CheckConstraint(
                name="delivery_update_returned_whole",
                condition=Q(returned_at__isnull=True, returned_by="", returned_words="")
                | (Q(returned_at__isnull=False) & ~Q(returned_by="") & ~Q(returned_words="")),
            ),
        )
        indexes = (
            models.Index(name="delivery_update_waiting", fields=("body", "stage", "given_at")),
            models.Index(name="delivery_update_of_action", fields=("action", "stage", "given_at")),
            models.Index(name="delivery_update_of_milestone", fields=("milestone", "stage", "given_at")),
            models.Index(name="delivery_update_of_priority", fields=("priority", "stage", "given_at")),
        )

    def __str__(self) -> str:
        return f"{self.subject}, {self.given_at:%-d %B %Y}"

    @property
    def subject(self) -> Action | Milestone | Priority:
        """What it is about."""
        found = self.action or self.milestone or self.priority
        if found is None:
            raise ValueError("an update is always about something")
        return found


class KeptUpdate(models.Model):
    """Words that somebody is typing, kept as they go until they are given."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    link = models.ForeignKey(UpdateLink, models.CASCADE, null=True, blank=True, related_name="kept")
    kind = models.CharField(max_length=10, help_text="action, milestone or priority.")
    ref_id = models.PositiveBigIntegerField()
    form = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-saved_at",)
        constraints = (
            models.UniqueConstraint(
                name="delivery_kept_once_a_person",
                fields=("user", "kind", "ref_id"),
                condition=Q(user__isnull=False),
            ),
            models.UniqueConstraint(
                name="delivery_kept_once_a_link", fields=("link",), condition=Q(link__isnull=False)
            ),
            models.CheckConstraint(
                name="delivery_kept_by_one",
                condition=Q(user__isnull=False, link__isnull=True) | Q(user__isnull=True, link__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Kept words on {self.kind} {self.ref_id}"


class Evidence(models.Model):
    """A file that shows what an update says. It hangs on what is being typed until that is given."""

    update = models.ForeignKey(Update, models.PROTECT, null=True, blank=True, related_name="evidence")
    kept = models.ForeignKey(KeptUpdate, models.SET_NULL, null=True, blank=True, related_name="evidence")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    problems = models.JSONField(default=list, help_text="What the leak check found: [code, where, message].")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.name
