"""Bodies and their successors, offices, the people who hold them and how they sign in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from goldthread.core.governance.abilities import GRID, SENTENCES, SINGLE, Ability, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """Keep a person who may sign in; without a password only by passkey or by the identity provider."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes only from the offices they hold."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def offices_on(self, on: date, body: Body | None = None) -> tuple[Office, ...]:
        """The offices this person holds on a day, at one body or at all, in order of role."""
        if not self.is_active:
            return ()
        held = Office.objects.filter(holdings__in=self.holdings.in_force(on)).select_related("body")
        if body is not None:
            held = held.filter(body=body)
        return tuple(held.distinct().order_by("body__name", "title", "pk"))

    def office_words(self, body: Body | None, on: date) -> str:
        """The titles of the offices held at a body on a day, as copied into the record."""
        if body is None:
            return ""
        return ", ".join(office.title for office in self.offices_on(on, body))

    def abilities_at(self, body: Body, on: date) -> frozenset[Ability]:
        """All that this person's offices let them do at a body on a day."""
        return frozenset().union(*(office.abilities for office in self.offices_on(on, body)))


class BodyKind(models.TextChoices):
    COMMISSIONER = "commissioner", "Police and crime commissioner"
    MAYOR = "mayor", "Mayor exercising police and crime functions"
    AUTHORITY = "authority", "Strategic authority or police and crime board"
    FORCE = "force", "Police force"
    PANEL = "panel", "Police and crime panel"
    COUNCIL = "council", "Council"
    PARTNER = "partner", "Partner organisation"


class Body(models.Model):
    """A public body that governs a plan here; its rows are never seen from another body's desk."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=BodyKind)
    starts = models.DateField("began on")
    ends = models.DateField("last day", null=True, blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="took over from",
    )

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "bodies"
        constraints = (
            models.CheckConstraint(
                name="body_ends_after_it_starts", condition=Q(ends__isnull=True) | Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="body_is_not_its_own_predecessor",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("id")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def exists_on(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on <= self.ends)


class Office(models.Model):
    """A place in a body's affairs, filled by one person after another.

    The offices of the chief constable and of the panel are kept under the commissioner's body
    too: what matters here is whose affairs they take part in, not who employs them.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    role = models.CharField(max_length=30, choices=[(role.value, role.name) for role in Role])
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("body__name", "title", "pk")
        constraints = (
            models.UniqueConstraint(name="office_title_once_per_body", fields=("body", "title")),
            models.UniqueConstraint(
                name="office_one_of_a_kind_per_body",
                fields=("body", "role"),
                condition=Q(role__in=sorted(SINGLE)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.body.name}"

    @property
    def abilities(self) -> frozenset[Ability]:
        return GRID[Role(self.role)]

    @property
    def single(self) -> bool:
        """Whether one person at a time holds it."""
        return Role(self.role) in SINGLE

    @property
    def sentence(self) -> str:
        return SENTENCES[Role(self.role)]


class HoldingQuerySet(models.QuerySet["Holding"]):
    def in_force(self, on: date) -> HoldingQuerySet:
        """The holdings that run on a day, first and last days included."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=on), starts__lte=on)

    def meeting(self, starts: date, ends: date | None) -> HoldingQuerySet:
        """The holdings that share at least one day with a period."""
        found = self.filter(Q(ends__isnull=True) | Q(ends__gte=starts))
        return found if ends is None else found.filter(starts__lte=ends)


class Holding(models.Model):
    """A person in an office from a first day to a last day, both included."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings", verbose_name="person")
    starts = models.DateField("first day")
    ends = models.DateField("last day", null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ("-starts", "pk")
        constraints = (
            models.CheckConstraint(
                name="holding_ends_after_it_starts",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.UniqueConstraint(name="holding_starts_once", fields=("office", "user", "starts")),
        )

    def __str__(self) -> str:
        return f"{self.user.name} as {self.office.title} from {self.starts:%-d %B %Y}"
