"""What measures ask of a person, for the page of what needs them: promises owed, checks, answers, reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.people.models import User
from goldthread.people.queries import bodies_where
from goldthread.performance.identified import CommitmentStands, owed
from goldthread.performance.models import Commitment, Definition, Identification, Rebase
from goldthread.plans import needs
from goldthread.plans.models import Document
from goldthread.plans.needs import Need

SOON = timedelta(days=30)
NAMED = 3
"""How many measures a line names before it says that there are others."""


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    needs.register(owed_by, owed=True)


def owed_by(user: User, on: date) -> tuple[Need, ...]:
    """Promised measures first, then what waits for another person's name, then reviews that are due."""
    return (*_commitments(user, on), *waiting_for(user, on))


def waiting_for(user: User, on: date) -> tuple[Need, ...]:
    """What waits for another person's name, then reviews that are due."""
    return (
        *_rebases(user, on),
        *_definitions(user, on),
        *_identifications(user, on),
    )


def _commitments(user: User, on: date) -> Iterator[Need]:
    bodies = {*bodies_where(user, Ability.WRITE_MEASURES, on), *bodies_where(user, Ability.MANAGE_PLAN, on)}
    rows = Commitment.objects.filter(body__in=bodies, released_at=None).select_related("plan", "decision")
    for stands in owed(tuple(rows), on):
        yield commitment_need(stands, on)


def commitment_need(stands: CommitmentStands, on: date) -> Need:
    """A promise of measures that is owed, or that was kept and has lapsed."""
    row, count = stands.commitment, len(stands.priorities)
    words = ngettext(
        "%(with)s of %(n)s priority has a measure. %(decision)s promised it.",
        "%(with)s of %(n)s priorities have measures. %(decision)s promised them.",
        count,
    ) % {"with": stands.with_measures, "n": count, "decision": row.decision.reference}
    if row.kept_at is not None:
        status, tone = _("Lapsed"), "bad"
    elif row.due < on:
        status, tone = _("Overdue since %(day)s") % {"day": f"{row.due:%-d %B %Y}"}, "bad"
    else:
        status = _("Due %(day)s") % {"day": f"{row.due:%-d %B %Y}"}
        tone = "warn" if row.due - on <= SOON else "calm"
    title = _("Identify measures for %(plan)s") % {"plan": row.plan.title}
    href = reverse("performance:desk-owed") + f"#owed-{row.pk}"
    return Need(title, href, words, status, tone, row.due, _("Measure"))


def _rebases(user: User, on: date) -> Iterator[Need]:
    bodies = bodies_where(user, Ability.APPROVE_REBASE, on)
    rows = Rebase.objects.filter(body__in=bodies, outcome="").exclude(asker=user)
    for row in rows.select_related("measure", "area"):
        yield Need(
            _("Answer a re-base of %(measure)s") % {"measure": row.measure.name},
            reverse("performance:desk-rebase", args=[row.measure.slug, row.pk]),
            _("%(who)s asks that limits in %(area)s start anew with %(period)s: %(reason)s")
            % {
                "who": row.asked_by,
                "area": row.area.name,
                "period": f"{row.first_period:%B %Y}",
                "reason": row.reason,
            },
            _("to be answered"),
            "warn",
            kind=_("Measure"),
        )


def _definitions(user: User, on: date) -> Iterator[Need]:
    """Versions that another person must check, and measures whose definition is due to be reviewed."""
    checks = {body.pk for body in bodies_where(user, Ability.CHECK_MEASURES, on)}
    writes = {body.pk for body in bodies_where(user, Ability.WRITE_MEASURES, on)}
    later = Definition.objects.checked().filter(measure=OuterRef("measure"), number__gt=OuterRef("number"))
    draft = Q(seal="", measure__body__in=checks) & ~Q(author=user)
    due = Q(review_on__lte=on, measure__body__in=writes) & ~Q(seal="") & ~Exists(later)
    rows = Definition.objects.filter(draft | due, measure__ended_at=None).select_related("measure")
    found = tuple(rows.order_by("review_on", "measure__name"))
    yield from (_check(row) for row in found if not row.is_checked)
    reviews = [row for row in found if row.is_checked]
    if reviews:
        yield _review(reviews)


def _check(row: Definition) -> Need:
    return Need(
        _("Check how %(measure)s is defined") % {"measure": row.measure.name},
        reverse("performance:desk-version", args=[row.measure.slug, row.number]),
        _("%(who)s wrote version %(n)s. It counts once somebody else has checked it.")
        % {"who": row.author_name, "n": row.number},
        _("to be checked"),
        kind=_("Measure"),
    )


def _review(rows: Sequence[Definition]) -> Need:
    """One line for all: measures that were taken over together are due together."""
    said = {"n": len(rows), "measure": rows[0].measure.name, "day": f"{rows[0].review_on:%-d %B %Y}"}
    said["measures"] = ", ".join(row.measure.name for row in rows[:NAMED])
    alone = len(rows) == 1
    words = "%(measures)s." if len(rows) <= NAMED else _("%(measures)s and others.")
    title = ngettext("Review how %(measure)s is defined", "Review how %(n)s measures are defined", len(rows))
    href = rows[0].measure.get_absolute_url() if alone else reverse("performance:desk-home")
    checked = _("%(who)s checked version %(n)s.") % {"who": rows[0].checker_name, "n": rows[0].number}
    status = _("due %(day)s") if alone else _("due from %(day)s")
    told = checked if alone else words % said
    return Need(title % said, href, told, status % said, "warn", rows[0].review_on, _("Measure"))


def _identifications(user: User, on: date) -> Iterator[Need]:
    """One line a plan: it may have dozens of proposals waiting."""
    bodies = bodies_where(user, Ability.MANAGE_PLAN, on)
    rows = Identification.objects.filter(measure__body__in=bodies, accepted_at=None, ended_at=None)
    waiting: dict[Document, list[Identification]] = defaultdict(list)
    for row in rows.exclude(proposer=user).select_related("measure", "plan"):
        waiting[row.plan].append(row)
    for plan, found in waiting.items():
        said = {"n": len(found), "first": found[0].measure.name, "section": found[0].section_title}
        words = ngettext(
            "%(first)s, for “%(section)s”.", "%(first)s, for “%(section)s”, and others.", len(found)
        )
        title = ngettext("Accept a proposed measure", "Accept %(n)s proposed measures", len(found))
        yield Need(
            title % said,
            reverse("performance:desk-priorities", args=[plan.slug]),
            words % said,
            _("proposed"),
            kind=_("Measure"),
        )
