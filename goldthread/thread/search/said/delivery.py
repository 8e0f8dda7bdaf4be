"""What delivery says: priorities, actions with their milestones, signed updates, reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Kind as BlockKind
from goldthread.delivery.doors import (
    actions_for,
    priorities_for,
    public_actions,
    public_priorities,
    public_updates,
    updates_for,
)
from goldthread.delivery.models import (
    Action,
    Milestone,
    Priority,
    PriorityVersion,
    Report,
    Update,
)
from goldthread.meetings.models import Decision
from goldthread.people.queries import bodies_where
from goldthread.plans.texts import text_of
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search import marks
from goldthread.thread.search.entries import DESK, OPEN, Saying, joined, thread_of, whole, words_in
from goldthread.thread.search.sources import Asker, Parts, Source, check_with, register, touched_by

PRIORITY, ACTION, UPDATE, REPORT = "priority", "action", "update", "report"


def priorities(pks: Sequence[int]) -> Parts:
    """Each priority: its newest words for the desk, those that a decision approved for the public."""
    public = {row.pk: row for row in public_priorities().filter(pk__in=pks)}
    for row in (
        Priority.objects.filter(pk__in=pks).select_related("plan").prefetch_related("versions__lead_office")
    ):
        newest = max(row.versions.all(), key=lambda each: each.number, default=None)
        told = [_of_version(row, newest, "desk", DESK)] if newest else []
        if row.pk in public:
            approved = public[row.pk].public_approvals[-1].version
            told.append(_of_version(row, approved, "public", OPEN))
        yield row.pk, whole(told)


def _of_version(row: Priority, version: PriorityVersion, face: str, place: int) -> Saying:
    desk = face == "desk"
    lead = version.lead_office.title if version.lead_office else version.lead_words
    support = [f"{who}: {what}" for who, what in version.support]
    return _saying(
        row,
        Kind.PRIORITY,
        str(row.pk),
        face,
        row.get_absolute_url() if desk else _site(row),
        f"{row.number} {version.title}",
        joined(version.words, version.success, lead, *support, row.closed_reason if desk else ""),
        localdate(version.made_at),
        place,
        thread_of("priority", row.slug),
    )


def actions(pks: Sequence[int]) -> Parts:
    """Each action and its milestones."""
    public = set(public_actions().filter(pk__in=pks).values_list("pk", flat=True))
    rows = Action.objects.filter(pk__in=pks).select_related("priority__plan", "owner_office")
    for row in rows.prefetch_related("milestones__owner_office"):
        yield row.pk, whole(_of_action(row, public=row.pk in public))


def _of_action(row: Action, *, public: bool) -> Iterator[Saying]:
    owner = row.owner_office.title if row.owner_office else ""
    on, priority = localdate(row.made_at), row.priority
    title = f"{row.number} {row.title}"
    desk, thread = row.get_absolute_url(), thread_of("action", row.slug)
    words = joined(row.words, owner or row.owner_words, row.cost_words, row.dropped_reason)
    yield _saying(priority, Kind.ACTION, str(row.pk), "desk", desk, title, words, on, DESK, thread)
    site = _site(priority)
    if public:
        words = joined(row.words, owner)
        yield _saying(priority, Kind.ACTION, str(row.pk), "public", site, title, words, on, OPEN, thread)
    for step in row.milestones.all():
        name, whose = f"{step.number} {step.title}", step.owner_office.title if step.owner_office else owner
        said = joined(title, whose)
        href = f"{desk}#milestone-{step.pk}"
        yield _saying(priority, Kind.MILESTONE, str(step.pk), "desk", href, name, said, on, DESK, thread)
        if public:
            yield _saying(
                priority, Kind.MILESTONE, str(step.pk), "public", site, name, said, on, OPEN, thread
            )


def _site(priority: Priority) -> str:
    """Where the public reads a priority, with its actions and what was said of them."""
    return reverse("delivery:site-priority", args=[priority.slug])


def updates(pks: Sequence[int]) -> Parts:
    """Each update that was signed off: for those who read drafts, and for everybody once it is public."""
    public = set(public_updates().filter(pk__in=pks).values_list("pk", flat=True))
    rows = Update.objects.filter(pk__in=pks, stage=UpdateStage.SIGNED)
    rows = rows.select_related(
        "priority__plan", "action__priority__plan", "milestone__action__priority__plan"
    )
    for row in rows:
        yield row.pk, whole(_of_update(row, public=row.pk in public))


def _of_update(row: Update, *, public: bool) -> Iterator[Saying]:
    action = row.action or (row.milestone.action if row.milestone else None)
    priority = action.priority if action else row.priority
    assert priority is not None  # noqa: S101 - an update is always about something
    on, ref = localdate(row.given_at), str(row.pk)
    title = _("Update on %(thing)s") % {"thing": _named(row)}
    desk = (action or priority).get_absolute_url()
    thread = thread_of("action", action.slug) if action else thread_of("priority", priority.slug)
    said = joined(row.words, row.given_as or row.given_by)
    yield _saying(priority, Kind.UPDATE, ref, "desk", desk, title, said, on, DESK, thread)
    if public:
        site = _site(priority)
        words = joined(row.words, row.given_as)
        yield _saying(priority, Kind.UPDATE, ref, "public", site, title, words, on, OPEN, thread)


def _named(row: Update) -> str:
    """What an update is about, in words that whoever reads the update may read too."""
    if row.milestone is not None:
        return f"{row.milestone.number} {row.milestone.title}"
    if row.action is not None:
        return f"{row.action.number} {row.action.title}"
    return row.priority.number if row.priority else ""


def _saying(
    priority: Priority,
    kind: Kind,
    ref: str,
    face: str,
    href: str,
    title: str,
    words: str,
    on: date,
    place: int,
    thread: str,
) -> Saying:
    return Saying(
        kind=kind,
        ref=ref,
        face=face,
        locks=(marks.PUBLIC if face == "public" else marks.drafts(priority.body_id),),
        href=href,
        title=title,
        words=words,
        body=priority.body_id,
        on=on,
        place=place,
        theme=priority.theme_title,
        year=priority.year,
        within=priority.plan.title,
        thread=thread,
    )


def reports(pks: Sequence[int]) -> Parts:
    """Each report that is no paper or appendix of a board, under which it would be found."""
    rows = Report.objects.filter(pk__in=pks, paper=None, appendix=None, edition__isnull=False)
    for row in rows.select_related("edition__document", "plan"):
        saying = Saying(
            kind=Kind.REPORT,
            ref=str(row.pk),
            face="desk",
            locks=(marks.drafts(row.body_id),),
            href=row.get_absolute_url(),
            title=str(row),
            words=words_in(text_of(row.edition).sections, frozenset({BlockKind.CONTACT})),
            body=row.body_id,
            on=row.until,
            place=DESK,
            theme=row.theme_title,
            year=row.year,
            within=row.plan.title,
            thread=thread_of("report", str(row.pk)),
        )
        yield row.pk, whole([saying])


def _check(public: Any, desk: Any, entries: Sequence[Entry]) -> set[int]:
    told = {
        face: {str(pk) for pk in rows.filter(pk__in=[e.ref for e in entries]).values_list("pk", flat=True)}
        for face, rows in (("public", public), ("desk", desk))
        if rows is not None and any(entry.face == face for entry in entries)
    }
    return {entry.pk for entry in entries if entry.ref in told.get(entry.face, ())}


def check_priorities(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The priorities that the public is told of, or that the asker reads at the desk."""
    desk = priorities_for(asker.user, asker.on) if asker.user else None
    return _check(public_priorities().prefetch_related(None), desk, entries)


def check_actions(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The actions of priorities that the asker may read."""
    return _check(public_actions(), actions_for(asker.user, asker.on) if asker.user else None, entries)


def check_milestones(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The milestones of actions that the asker may read."""
    desk = None
    if asker.user is not None:
        desk = Milestone.objects.filter(action__in=actions_for(asker.user, asker.on).values("pk"))
    public = Milestone.objects.filter(action__in=public_actions().values("pk"))
    return _check(public, desk, entries)


def check_updates(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The updates that the public may read, or the asker at the desk."""
    desk = updates_for(asker.user, asker.on) if asker.user else None
    return _check(public_updates(), desk, entries)


def check_reports(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The reports of bodies whose drafts the asker reads."""
    if asker.user is None:
        return set()
    bodies = bodies_where(asker.user, Ability.READ_DRAFTS, asker.on)
    return _check(None, Report.objects.filter(body__in=bodies), entries)


def _touches(thing: Model, verb: str) -> Iterator[tuple[str, Iterable[int]]]:
    if isinstance(thing, Priority):
        yield from _all_of(Q(pk=thing.pk))
    elif isinstance(thing, Decision):
        yield from _all_of(Q(approvals__decision=thing.pk))
    elif isinstance(thing, Action):
        yield ACTION, (thing.pk,)
        about = Q(action=thing.pk) | Q(milestone__action=thing.pk)
        yield UPDATE, Update.objects.filter(about).values_list("pk", flat=True)
    elif isinstance(thing, Milestone):
        yield ACTION, (thing.action_id,)
        yield UPDATE, Update.objects.filter(milestone=thing.pk).values_list("pk", flat=True)
    elif isinstance(thing, Update):
        yield UPDATE, (thing.pk,)
        yield ACTION, [thing.action_id or thing.milestone.action_id] if not thing.priority_id else ()
    elif isinstance(thing, Report):
        yield REPORT, (thing.pk,)


def _all_of(which: Q) -> Iterator[tuple[str, Iterable[int]]]:
    """Some priorities with their actions and all that was said of them: the public reads all or none."""
    found = list(Priority.objects.filter(which).values_list("pk", flat=True).distinct())
    if found:
        yield PRIORITY, found
        yield ACTION, Action.objects.filter(priority__in=found).values_list("pk", flat=True)
        under = Q(priority__in=found) | Q(action__priority__in=found)
        under |= Q(milestone__action__priority__in=found)
        yield UPDATE, Update.objects.filter(under).values_list("pk", flat=True)


def _every(model: type[Model]) -> Iterable[int]:
    return model._default_manager.values_list("pk", flat=True)


register(Source(PRIORITY, lambda: _every(Priority), priorities))
register(Source(ACTION, lambda: _every(Action), actions))
register(Source(UPDATE, lambda: _every(Update), updates))
register(Source(REPORT, lambda: _every(Report), reports))
check_with(check_priorities, Kind.PRIORITY)
check_with(check_actions, Kind.ACTION)
check_with(check_milestones, Kind.MILESTONE)
check_with(check_updates, Kind.UPDATE)
check_with(check_reports, Kind.REPORT)
touched_by(_touches, Priority, Decision, Action, Milestone, Update, Report)
