"""Packs: asked for, which freezes what is in them; built by a worker; released to their readers."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience
from goldthread.meetings.doors import is_public
from goldthread.meetings.freezing import freeze, only_new, unfit
from goldthread.meetings.models import Meeting, MeetingStage, Pack, PackStage
from goldthread.meetings.pack_changes import changes_between
from goldthread.meetings.pack_contents import Contents
from goldthread.meetings.packs import (
    contents_of,
    is_stale,
    issue_name,
    issues,
    may_still_be_named,
    newest,
    released,
    still_allowed,
)
from goldthread.meetings.tasks import build
from goldthread.people.actions import require
from goldthread.people.models import User


@transaction.atomic
def ask_for_pack(
    *, meeting: Meeting, variant: Audience, supplement: bool = False, by: User, at: datetime
) -> Pack:
    """Freeze what a pack holds and have a worker build it; the same asked for twice is one pack.

    What becomes of papers afterwards does not touch it. One that is waiting, or whose worker died,
    is given back; where the newest is ready and nothing has changed since, refused in words.
    """
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    _refuse_untimely(meeting, variant)
    before = newest(meeting, variant)
    contents = _supplement(meeting, variant, before) if supplement else _whole(meeting, variant, before)
    _refuse_unfit(contents)
    last = issues(meeting, variant).filter(supplement=supplement).last()
    if last is not None and contents_of(last).same_as(contents):
        return _again(last, at)
    pack = Pack.objects.create(
        meeting=meeting,
        variant=variant.value,
        issue=(issues(meeting, variant).values_list("issue", flat=True).last() or 0) + 1,
        supplement=supplement,
        previous=before,
        contents=contents.form,
        changes=[] if supplement or before is None else _changes(before, contents),
        seal=contents.seal,
        total=3 * sum(1 + len(paper.appendices) for _item, paper in contents.papers()) + 1,
        asked_at=at,
        asked_by=by.name,
    )
    transaction.on_commit(partial(build.enqueue, pack.pk))
    record(pack, "asked for a pack", by=by, at=at, body=meeting.board.body, seal=pack.seal)
    return pack


def _refuse_untimely(meeting: Meeting, variant: Audience) -> None:
    if meeting.stage == MeetingStage.CANCELLED:
        raise ValidationError(_("This meeting was cancelled, so there is no pack to make."))
    if variant == Audience.PUBLIC and not is_public(meeting):
        words = _("The public pack holds what is on the published agenda. Publish the agenda first.")
        raise ValidationError(words)
    if not meeting.items.exists():
        raise ValidationError(_("There is nothing on the agenda yet. Add an item, then ask for the pack."))


def _whole(meeting: Meeting, variant: Audience, before: Pack | None) -> Contents:
    ordinal = contents_of(before).ordinal + 1 if before else 1
    return freeze(meeting, variant, ordinal=ordinal)


def _supplement(meeting: Meeting, variant: Audience, main: Pack | None) -> Contents:
    """What none of the packs holds: those of the newest issue and its supplements."""
    if main is None:
        raise ValidationError(_("There is no pack yet to supplement. Ask for the pack itself."))
    earlier = list(issues(meeting, variant).filter(supplement=True, previous=main))
    ordinal = issues(meeting, variant).filter(supplement=True).count() + 1
    if earlier and earlier[-1].stage != PackStage.READY:
        # asked twice: it is compared with what the one that is being made was compared with
        earlier, ordinal = earlier[:-1], ordinal - 1
    known = [contents_of(pack) for pack in (main, *earlier)]
    contents = only_new(freeze(meeting, variant), known, ordinal=ordinal)
    if not contents.items:
        words = _("Every item and paper is in the pack or a supplement already.")
        raise ValidationError([words, _("For a paper that was replaced, ask for a new issue.")])
    return contents


def _refuse_unfit(contents: Contents) -> None:
    if contents.variant != Audience.PUBLIC:
        return
    found = [f"{problem.where}. {problem.message}" for problem in unfit(contents)]
    if found:
        raise ValidationError([_("The public pack cannot be made yet."), *found])


def _again(pack: Pack, at: datetime) -> Pack:
    """The pack that holds exactly this already: put to work again where it came to nothing."""
    if pack.stage == PackStage.READY:
        words = _("%(issue)s already holds exactly this. A new issue is made once something has changed.")
        raise ValidationError(words % {"issue": issue_name(pack)})
    if pack.stage == PackStage.FAILED or is_stale(pack, at):
        _put_to_work(pack)
    return pack


def _put_to_work(pack: Pack) -> None:
    if pack.stage == PackStage.FAILED:
        pack.stage, pack.problems, pack.done = PackStage.WAITING, [], 0
        pack.save(update_fields=["stage", "problems", "done"])
    transaction.on_commit(partial(build.enqueue, pack.pk))


def _changes(before: Pack, contents: Contents) -> list[dict[str, str]]:
    old = contents_of(before)
    named = may_still_be_named(contents.variant, [paper for _item, paper in old.papers()])
    found = changes_between(old, contents, may_name=lambda paper: not paper.paper or paper.key in named)
    return [dict(each) for each in found]


@transaction.atomic
def build_again(*, pack: Pack, by: User, at: datetime) -> None:
    """Put a pack that could not be built, or whose worker died, to work again as it was frozen."""
    require(by, Ability.MANAGE_MEETINGS, pack.meeting.board.body, on=localdate(at))
    fresh = Pack.objects.select_for_update().get(pk=pack.pk)
    if fresh.stage == PackStage.READY:
        raise ValidationError(_("It is ready already."))
    if fresh.stage != PackStage.FAILED and not is_stale(fresh, at):
        raise ValidationError(_("It is being built. Wait a little, then look again."))
    _put_to_work(fresh)
    record(fresh, "asked for a pack again", by=by, at=at, body=pack.meeting.board.body)


@transaction.atomic
def release_pack(*, pack: Pack, by: User, at: datetime) -> None:
    """Let the readers of a pack read it: members and officers at the desk, the public on the site."""
    meeting = pack.meeting
    require(by, Ability.MANAGE_MEETINGS, meeting.board.body, on=localdate(at))
    fresh = Pack.objects.select_for_update().get(pk=pack.pk)
    if fresh.released_at is not None:
        raise ValidationError(_("It was released already."))
    if fresh.stage != PackStage.READY:
        raise ValidationError(_("It is not built yet. Release it once it is ready."))
    if not fresh.supplement and released(meeting, fresh.variant).filter(issue__gt=fresh.issue).exists():
        raise ValidationError(_("A later issue is out already. Release that one, or make a new one."))
    if fresh.variant == Audience.PUBLIC:
        if not is_public(meeting):
            raise ValidationError(_("The agenda is not published, so the public pack cannot be either."))
        _refuse_unfit(contents_of(fresh))
    if not still_allowed(fresh):
        words = _("Something in it was marked more strictly since it was made. Make a new issue instead.")
        raise ValidationError(words)
    fresh.released_at, fresh.released_by = at, by.name
    fresh.save(update_fields=["released_at", "released_by"])
    pack.released_at, pack.released_by = fresh.released_at, fresh.released_by
    record(fresh, "released a pack", by=by, at=at, body=meeting.board.body, sha256=fresh.sha256)
