"""Everything that a report on a theme tells, read from the records as they are: its priorities and time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.delivery.years import year_days, year_words
from goldthread.delivery.models import (
    Approval,
    Priority,
    PriorityVersion,
    Report,
    ReportKind,
    Serves,
    StatusScale,
)
from goldthread.delivery.reporting.gathering_measures import Charted, decision_ref, decisions_on, measures_on
from goldthread.delivery.reporting.gathering_work import LABEL, Heard, Known, actions_of, known_of, said_of
from goldthread.delivery.reporting.records import (
    ActionSaid,
    PrioritySaid,
    Ref,
    ServesSaid,
    StatusSaid,
    Support,
    ThemeSaid,
)
from goldthread.delivery.updates import levels, scale_in_force
from goldthread.delivery.wording import wording_of
from goldthread.meetings.models import Board, Meeting, MeetingStage, Paper, PaperStage
from goldthread.people.models import User
from goldthread.people.queries import offices_of
from goldthread.plans.models import Document
from goldthread.plans.queries import current_seal

TOLD = (PriorityStage.LIVE, PriorityStage.CARRIED, PriorityStage.CLOSED)
"""The stages of a priority that the board approved: an in-depth report tells of no other."""
PUT = (*TOLD, PriorityStage.DRAFT, PriorityStage.PROPOSED)
"""The stages of a priority that a theme's document holds: it may be what asks for approval."""


SOON = timedelta(days=184)
"""How far off the next meeting may be for the board to ask for something by its day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report is wanted: of which theme and year, over which time, for which board, by whom, when.

    Figures are told as they stood ``at`` that moment.
    """

    plan: Document
    theme_key: str
    theme_title: str
    year: int
    since: date
    until: date
    board: Board | None
    author: User | None
    at: datetime
    paper: Paper | None = None
    meeting: Meeting | None = None
    stages: Sequence[str] = TOLD


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report tells, and the charts in it as they are to be kept."""

    said: ThemeSaid
    charted: tuple[Charted, ...]


def gather(wanted: Wanted, *, charts: bool = True) -> Gathered:
    """All that a report tells as the records stand now, up to its last day; writes nothing."""
    priorities = priorities_of(wanted)
    known = known_of(priorities, wanted.since, wanted.until)
    actions = actions_of(priorities, known)
    told = tuple(_priority(each, known, actions.get(each.pk, ())) for each in priorities)
    charted = measures_on(wanted.plan, wanted.theme_key, priorities, wanted.at) if charts else ()
    approved = _approved(priorities, wanted.until)
    seen = last_seen(wanted.plan, wanted.theme_key, before=wanted.until, but=wanted.paper)
    coming = _next_meeting(wanted)
    scale = scale_in_force(wanted.plan.body, wanted.until)
    said = ThemeSaid(
        theme_key=wanted.theme_key,
        title=wanted.theme_title,
        plan=Ref("plan", wanted.plan.pk, wanted.plan.title[:LABEL], wanted.plan.get_absolute_url()),
        edition=_edition(wanted),
        year=wanted.year,
        since=wanted.since,
        until=wanted.until,
        board=wanted.board.name if wanted.board else "",
        source=Ref("report", 0, f"This report on {wanted.theme_title}, {year_words(wanted.year)}"),
        priorities=told,
        measures=tuple(each.said for each in charted),
        decisions=decisions_on(wanted.plan, wanted.theme_key, priorities, wanted.since, wanted.until),
        scale=tuple(StatusSaid(each.word, each.meaning) for each in levels(scale)) if scale else (),
        scale_ref=_scale_ref(scale),
        last_seen=seen.item.meeting.on if seen else None,
        last_seen_ref=_paper_ref(seen),
        approved_on=approved.on if approved else None,
        approved_ref=decision_ref(approved.decision) if approved else None,
        next_meeting=coming.on if coming else None,
        next_meeting_ref=_meeting_ref(coming),
        contact=wanted.author.name if wanted.author else "",
        contact_role=_role(wanted),
    )
    return Gathered(said, charted)


def priorities_of(wanted: Wanted) -> list[Priority]:
    """The priorities of the theme in the year, in order, with their words and what approved them."""
    rows = Priority.objects.filter(
        plan=wanted.plan, theme_key=wanted.theme_key, year=wanted.year, stage__in=wanted.stages
    )
    versions = PriorityVersion.objects.select_related("lead_office").order_by("number")
    serves = Serves.objects.filter(ended_at=None).select_related("edition__document")
    approvals = Approval.objects.select_related("decision__register").order_by("pk")
    return list(
        rows.prefetch_related(
            Prefetch("versions", queryset=versions),
            Prefetch("serves", queryset=serves),
            Prefetch("approvals", queryset=approvals),
        ).order_by("position", "pk")
    )


def _priority(priority: Priority, known: Known, actions: tuple[ActionSaid, ...]) -> PrioritySaid:
    version = _version(priority, known.until)
    wording = wording_of(version)
    approved = {row.version_id for row in priority.approvals.all()}
    changed = bool(approved) and version.pk not in approved
    address = priority.get_absolute_url()
    label = f"Priority {priority.number} {version.title}, version {version.number}"
    return PrioritySaid(
        ref=Ref("priority", priority.pk, label[:LABEL], address, version.seal),
        number=priority.number,
        title=version.title,
        words=wording.words,
        success=wording.success,
        lead=_begun_large(wording.led_by),
        stage=str(priority.stage),
        support=tuple(Support(who, what) for who, what in wording.support),
        serves=tuple(_serves(row) for row in priority.serves.all()),
        actions=actions,
        changed_on=localdate(version.made_at) if changed else None,
        changed_why=version.why if changed else "",
        closed_on=priority.closed_on,
        closed_reason=priority.closed_reason,
        last=said_of(priority.number, known.heard.get(("priority", priority.pk), Heard()), known, address),
    )


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _version(priority: Priority, until: date) -> PriorityVersion:
    """What a priority said on a day: its newest words by then, or its first where it was written later."""
    versions = list(priority.versions.all())
    by_then = [each for each in versions if localdate(each.made_at) <= until]
    return by_then[-1] if by_then else versions[0]


def _serves(row: Serves) -> ServesSaid:
    ref = Ref(
        "serves", row.pk, f"{row.label}, {row.edition}"[:LABEL], row.edition.get_absolute_url(), row.seal
    )
    return ServesSaid(ref, row.label, row.words if row.block_key else "")


def _approved(priorities: Iterable[Priority], until: date) -> Approval | None:
    """The first approval of any of the priorities, which is from when the board follows them."""
    rows = [row for each in priorities for row in each.approvals.all() if row.on <= until]
    return min(rows, key=lambda row: (row.on, row.pk), default=None)


def last_seen(plan: Document, theme_key: str, *, before: date, but: Paper | None = None) -> Paper | None:
    """The paper by which a board last saw a theme in depth, at a meeting held on a day or before it."""
    rows = Report.objects.filter(
        plan=plan,
        theme_key=theme_key,
        kind=ReportKind.IN_DEPTH,
        paper__stage=PaperStage.ACCEPTED,
        paper__item__withdrawn_at=None,
        paper__item__meeting__stage=MeetingStage.HELD,
        paper__item__meeting__on__lte=before,
    )
    rows = rows.exclude(paper=but) if but is not None else rows
    found = (
        rows.select_related("paper__item__meeting__board")
        .order_by("-paper__item__meeting__on", "-pk")
        .first()
    )
    return found.paper if found else None


def _paper_ref(paper: Paper | None) -> Ref | None:
    if paper is None:
        return None
    meeting = paper.item.meeting
    label = f"{meeting.on:%d/%m/%Y} {meeting.board.short} Agenda Item {paper.item.number} {paper.title}"
    return Ref("paper", paper.pk, label[:LABEL], paper.get_absolute_url())


def _next_meeting(wanted: Wanted) -> Meeting | None:
    """The meeting after the one that this report goes to, where one is called: when the board asks again."""
    if wanted.board is None:
        return None
    after = wanted.meeting.on if wanted.meeting is not None else wanted.until
    rows = wanted.board.meetings.filter(on__gt=after, on__lte=after + SOON).exclude(
        stage=MeetingStage.CANCELLED
    )
    return rows.order_by("on").first()


def _meeting_ref(meeting: Meeting | None) -> Ref | None:
    if meeting is None:
        return None
    label = f"Meeting of {meeting.on:%-d %B %Y}"
    return Ref("meeting", meeting.pk, label, meeting.get_absolute_url())


def _scale_ref(scale: StatusScale | None) -> Ref | None:
    if scale is None:
        return None
    label = f"Words for how things go: {scale}"
    return Ref("scale", scale.pk, label[:LABEL], reverse("delivery:desk-statuses"), scale.seal)


def _edition(wanted: Wanted) -> Ref | None:
    found = wanted.plan.editions.in_force(on=wanted.until).select_related("document").first()
    if found is None:
        return None
    return Ref("edition", found.pk, str(found)[:LABEL], found.get_absolute_url(), current_seal(found)[0])


def _role(wanted: Wanted) -> str:
    held = offices_of(wanted.author, wanted.until, wanted.plan.body) if wanted.author else ()
    return held[0].title if held else ""


def first_day(plan: Document, theme_key: str, year: int, *, on: date, but: Paper | None = None) -> date:
    """From when a report on a theme would tell: since it was last seen in depth, else since it was approved.

    Where neither is known in the year, from the first day of the year.
    """
    starts, _ends = year_days(year)
    earlier = Report.objects.filter(
        plan=plan, theme_key=theme_key, kind=ReportKind.IN_DEPTH, frozen_at__isnull=False, until__lt=on
    )
    earlier = earlier.exclude(paper=but) if but is not None else earlier
    told = earlier.order_by("-until").values_list("until", flat=True).first()
    if told is not None and told >= starts:
        return told
    approved = Approval.objects.filter(
        priority__plan=plan, priority__theme_key=theme_key, priority__year=year, on__lte=on
    )
    return approved.order_by("on").values_list("on", flat=True).first() or starts
