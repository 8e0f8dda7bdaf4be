"""What waits to be decided, published or reviewed: read for the desk, and told to whoever may do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.verbs import Effect, Verb, effect_of
from goldthread.meetings.doors import papers_for
from goldthread.meetings.models import (
    Decision,
    DecisionStage,
    Meeting,
    MeetingStage,
    PaperStage,
    PaperVersion,
    Recommendation,
)
from goldthread.meetings.registers import working_days
from goldthread.people.models import Body, User
from goldthread.people.queries import offices_of
from goldthread.plans import needs
from goldthread.plans.needs import Need
from goldthread.web.templatetags.web import day

NOTES = [verb.value for verb in Verb if effect_of(verb) is Effect.NOTES]
ASIDE = (DecisionStage.WITHDRAWN, DecisionStage.DEFERRED)


def register_own() -> None:
    """Let the page of what needs a person ask here too."""
    needs.register(decision_needs)


def bodies_recorded(user: User, on: date) -> tuple[Body, ...]:
    """The bodies whose decisions somebody may draft: their keepers, and whoever may decide."""
    able = {Ability.RECORD_DECISION, Ability.DECIDE}
    return tuple({o.body_id: o.body for o in offices_of(user, on) if able & o.abilities}.values())


def to_decide(user: User, *, on: date, meeting: Meeting | None = None) -> QuerySet[Recommendation]:
    """The recommendations of accepted papers on which nobody has begun a decision: of one meeting, or
    of all that were held. What only asks to be noted is not among them."""
    papers = papers_for(user, on=on).filter(
        stage=PaperStage.ACCEPTED, board__body__in=bodies_recorded(user, on)
    )
    if meeting is None:
        papers = papers.filter(item__meeting__stage=MeetingStage.HELD)
    else:
        papers = papers.filter(item__meeting=meeting)
    rows = Recommendation.objects.filter(version__paper__in=papers.values("pk")).exclude(verb__in=NOTES)
    later = PaperVersion.objects.filter(
        paper=OuterRef("version__paper"), number__gt=OuterRef("version__number")
    )
    begun = Decision.objects.filter(recommendation=OuterRef("pk")).exclude(stage__in=ASIDE)
    rows = rows.filter(~Exists(later), ~Exists(begun))
    rows = rows.select_related("version__paper__item__meeting__board").defer("version__form")
    return rows.order_by("-version__paper__item__meeting__on", "pk")


def decision_needs(user: User, on: date) -> tuple[Need, ...]:
    """What waits for somebody in decisions: to be published, to be decided, to be reviewed. Four
    queries at most."""
    offices = offices_of(user, on)
    keeps = {o.body_id for o in offices if Ability.RECORD_DECISION in o.abilities}
    marks = {o.body_id for o in offices if Ability.MARK_EXEMPT in o.abilities}
    if not keeps and not marks:
        return ()
    return (
        *_to_publish(keeps, on),
        *(_to_decide(user, on) if keeps else ()),
        *_to_review(marks, on),
    )


def _to_publish(bodies: Iterable[int], on: date) -> Iterator[Need]:
    rows = Decision.objects.filter(register__body__in=bodies, decided_at__isnull=False)
    for row in rows.filter(published_at__isnull=True).select_related("register").order_by("decided_on"):
        waited, standard = working_days(row.decided_on, on), row.register.publish_days
        title = _("Publish %(number)s: %(title)s") % {"number": row.reference, "title": row.title}
        words = _("Decided on %(on)s. Your standard is %(days)d working days.") % {
            "on": day(row.decided_on),
            "days": standard,
        }
        late = waited > standard
        yield Need(
            title, row.get_absolute_url(), words, _("overdue") if late else "", "bad" if late else "calm"
        )


def _to_decide(user: User, on: date) -> Iterator[Need]:
    meetings: dict[int, list[Recommendation]] = {}
    for row in to_decide(user, on=on):
        meetings.setdefault(row.version.paper.item.meeting_id, []).append(row)
    for rows in meetings.values():
        meeting = rows[0].version.paper.item.meeting
        title = ngettext(
            "One recommendation of %(meeting)s waits to be decided",
            "%(count)d recommendations of %(meeting)s wait to be decided",
            len(rows),
        ) % {"count": len(rows), "meeting": str(meeting)}
        href = reverse("meetings:desk-meeting-decisions", args=[meeting.board.slug, meeting.slug])
        yield Need(title, href, "; ".join(row.version.title for row in rows[:3]))


def _to_review(bodies: Iterable[int], on: date) -> Iterator[Need]:
    rows = Decision.objects.filter(register__body__in=bodies, marking=Marking.EXEMPT, review_on__lte=on)
    for row in rows.filter(published_at__isnull=False).order_by("review_on"):
        yield Need(
            _("Must %(number)s stay exempt?") % {"number": row.reference},
            reverse("meetings:desk-mark-decision", args=[row.pk]),
            _("%(title)s. To be reviewed on %(on)s.") % {"title": row.public_title, "on": day(row.review_on)},
            _("review"),
            "warn",
        )
