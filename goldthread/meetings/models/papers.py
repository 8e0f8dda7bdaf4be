"""Papers: what they say as it is written, each version handed in, what is attached, who signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from goldthread.meetings.models.boards import Board
from goldthread.meetings.models.meetings import AgendaItem
from goldthread.people.models import Office
from goldthread.plans.models import Document, Edition, FileImport


class PaperStage(models.TextChoices):
    """How far a paper has come."""

    DRAFTING = "drafting", "Being written"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned to its author"
    ACCEPTED = "accepted", "Accepted for the agenda"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Paper(models.Model):
    """A paper for a board. Its living words are the one open edition of its document.

    Marking as for an agenda item; the stricter of the two rules.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="paper")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Among the papers of its item.")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    to = models.CharField(max_length=200)
    sender = models.CharField(max_length=200, help_text="“From” in the template.")
    dated = models.DateField(null=True, blank=True)
    house_template = models.CharField(max_length=40)
    header = models.JSONField(default=dict, help_text="What else the template's header asks for, by name.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="papers")
    owner_office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(max_length=12, choices=PaperStage, default=PaperStage.DRAFTING)
    marking = models.CharField(max_length=10, blank=True)
    public_title = models.CharField(max_length=200, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_words = models.CharField(max_length=500, blank=True)
    marked_by = models.CharField(max_length=200, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=64, blank=True, help_text="The file it was read from, by seal.")
    source_name = models.CharField(max_length=255, blank=True)
    printed = models.JSONField(default=dict, help_text="Printed labels of the file it was read from, by key.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("item", "position", "pk")

    def __str__(self) -> str:
        """A name for the record that says nothing of what an exempt paper is about."""
        return self.slug.replace("-", " ")

    def get_absolute_url(self) -> str:
        return reverse("meetings:desk-paper", args=[self.slug])


class Appendix(models.Model):
    """Something attached to a paper: a file, or a sealed text kept here (by its edition and seal)."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="appendices")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40, help_text="As it is cited: “Appendix A”.")
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="appendices"
    )
    edition_seal = models.CharField(max_length=64, blank=True)
    problems = models.JSONField(default=list, help_text="What the leak check found: [code, where, message].")
    marking = models.CharField(max_length=10, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_words = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("paper", "position", "pk")
        verbose_name_plural = "appendices"

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"


class PaperVersion(models.Model):
    """A paper as it was handed in: words, header and attachments fixed by seal. Append-only."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    lang = models.CharField(max_length=12, default="en-GB")
    form = models.JSONField(help_text="Sections, as [depth, form] in reading order.")
    header = models.JSONField(help_text="To, from, date and whatever else the template prints.")
    appendices = models.JSONField(
        default=list,
        help_text="Each: pk, label, title, name, sha256, size, edition, edition_seal, marking.",
    )
    text_seal = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, help_text="Over words, header and attachments.")
    note = models.TextField(blank=True, help_text="What the author says has changed.")
    submitted_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("paper", "number")
        constraints = (
            models.UniqueConstraint(name="meetings_version_number_once", fields=("paper", "number")),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Recommendation(models.Model):
    """A recommendation of a version of a paper: its words held once. Append-only."""

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="recommendations")
    key = models.CharField(max_length=64, help_text="The block's permanent key.")
    number = models.CharField(max_length=12, blank=True)
    words = models.TextField()
    verb = models.CharField(max_length=12, blank=True, help_text="core.governance.verbs.")

    class Meta:
        ordering = ("version", "pk")
        constraints = (
            models.UniqueConstraint(name="meetings_recommendation_once", fields=("version", "key")),
        )

    def __str__(self) -> str:
        return self.words[:80]


class PaperReturn(models.Model):
    """What a paper was returned for. Append-only."""

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="returns")
    words = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words[:80]


class Implication(models.Model):
    """What a paper means for money, law, equality and the like, in the words of whoever answers for it."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="implications")
    kind = models.CharField(max_length=20, help_text="As the template names them: finance, legal, …")
    words = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(name="meetings_implication_once", fields=("paper", "kind")),)

    def __str__(self) -> str:
        return self.kind


class SignOff(models.Model):
    """Somebody asked to sign a paper off by a day, and what they said of which version."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sign_offs")
    kind = models.CharField(max_length=20, help_text="finance, legal or monitoring.")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12, blank=True, help_text="signed, conditions or refused.")
    words = models.TextField(blank=True)
    seal = models.CharField(max_length=64, blank=True, help_text="The text and header that were signed.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} of {self.paper}"


class SourceLink(models.Model):
    """A reference in a paper, what it was found to mean, and that thing's seal when it was pinned.

    ``target`` is "item", "paper", "appendix", "decision", "edition" or "address"; ``target_id`` the
    row's number (0 for an address); an address keeps in ``quoted`` what it said when it was cited.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sources")
    block_key = models.CharField(max_length=64)
    words = models.CharField(max_length=500)
    target = models.CharField(max_length=12, blank=True)
    target_id = models.PositiveBigIntegerField(default=0)
    address = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=300, blank=True, help_text="What was found, in words.")
    quoted = models.TextField(blank=True)
    seal = models.CharField(max_length=64, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(name="meetings_source_once", fields=("paper", "block_key", "words")),
        )

    def __str__(self) -> str:
        return self.words


class PaperFile(models.Model):
    """A file handed in to become a paper: for which board, by whom, and the paper that it became.

    Nobody but whoever handed it in sees it, and whoever manages the board's meetings.
    """

    file = models.OneToOneField(FileImport, on_delete=models.PROTECT, related_name="paper_file")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"File {self.pk} for {self.board.short}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:desk-paper-file", args=[self.pk])
