"""What is written under each item of minutes. Two people who minute at once never overwrite each other."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.minutes import TEXT_MAY_CHANGE, MinutesState
from goldthread.core.problems import Problem
from goldthread.core.text import Section, read_section, section_form, section_seal, words_of
from goldthread.core.text.inline import clean
from goldthread.meetings.lines import normal, section_of, typed
from goldthread.meetings.models import AgendaItem, Arising, KeptMinute, Minute, Minutes
from goldthread.people.actions import require
from goldthread.people.models import User

MAX_LETTERS = 200_000
MAX_LINES = 2_000


class Saved(NamedTuple):
    """A minute says this now; what had to be left out of it. Nothing where nothing was ever written."""

    minute: Minute | None
    problems: tuple[Problem, ...] = ()


class Conflict(NamedTuple):
    """Somebody else saved first. Theirs stands; mine is kept and can be settled."""

    theirs: Minute
    mine: KeptMinute


def may_change(minutes: Minutes) -> bool:
    """Whether the words of minutes can still be changed: until they are approved."""
    return MinutesState(minutes.stage) in TEXT_MAY_CHANGE


def locked(minutes: Minutes) -> Minutes:
    """The row of minutes as it is now, held until the commit."""
    return (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting__board__body")
        .get(pk=minutes.pk)
    )


def empty_section(item: AgendaItem) -> Section:
    """The minute of an item under which nothing is written yet."""
    return Section(item.anchor, item.title, (), (), numbered=False)


def section_of_minute(minute: Minute | None, item: AgendaItem) -> Section:
    """What is minuted under an item, or an empty section."""
    return read_section(minute.form)[0] if minute is not None else empty_section(item)


@transaction.atomic
def write_minute(
    *,
    minutes: Minutes,
    item: AgendaItem,
    form: dict[str, Any],
    base: str,
    exempt: bool | None = None,
    by: User,
    at: datetime,
) -> Saved | Conflict:
    """Make the minute of an item say this, if nobody saved since ``base`` (the seal it was opened at;
    empty where nothing was written).

    Saving without a change changes nothing. Where somebody else saved first both texts are kept
    and the conflict is returned. ``exempt`` keeps it from the public though its item is open.
    """
    minutes = _writable(minutes, item, by, at)
    section, problems = read_section({**form, "key": item.anchor, "title": item.title})
    now = _minute(minutes, item)
    result = _save(minutes, item, now, normal(section), base, by, at)
    if isinstance(result, Conflict):
        return result
    return Saved(_marked(minutes, item, result, exempt, by, at), problems)


@transaction.atomic
def write_words(
    *,
    minutes: Minutes,
    item: AgendaItem,
    words: str,
    base: str,
    exempt: bool | None = None,
    by: User,
    at: datetime,
) -> Saved | Conflict:
    """The same for words as they are typed: a line a paragraph, as `goldthread.meetings.lines` reads them."""
    minutes = _writable(minutes, item, by, at)
    if len(words) > MAX_LETTERS or words.count("\n") > MAX_LINES:
        raise ValidationError(_too_long())
    now = _minute(minutes, item)
    before = section_of_minute(now, item)
    if typed(section_of(words, before)) == typed(before):
        return Saved(_marked(minutes, item, now, exempt, by, at))
    result = _save(minutes, item, now, section_of(words, before), base, by, at)
    if isinstance(result, Conflict):
        return result
    return Saved(_marked(minutes, item, result, exempt, by, at))


def _writable(minutes: Minutes, item: AgendaItem, by: User, at: datetime) -> Minutes:
    minutes = locked(minutes)
    require(by, Ability.MANAGE_MEETINGS, minutes.meeting.board.body, on=localdate(at))
    if item.meeting_id != minutes.meeting_id:
        raise ValidationError(_("That item is on the agenda of another meeting."))
    if not may_change(minutes):
        raise ValidationError(
            _("These minutes were approved, so their words are fixed. Your words are still on your screen.")
        )
    return minutes


def _too_long() -> str:
    return _(
        "This is too long for one item: %(letters)s letters or %(lines)s lines is the most. "
        "Put some of it into an appendix; your words are still on your screen."
    ) % {"letters": f"{MAX_LETTERS:,}", "lines": f"{MAX_LINES:,}"}


def _minute(minutes: Minutes, item: AgendaItem) -> Minute | None:
    return Minute.objects.filter(minutes=minutes, item=item).first()


def _save(
    minutes: Minutes,
    item: AgendaItem,
    now: Minute | None,
    section: Section,
    base: str,
    by: User,
    at: datetime,
) -> Minute | Conflict | None:
    if sum(len(words_of(block)) for block in section.blocks) > MAX_LETTERS or len(section.blocks) > MAX_LINES:
        raise ValidationError(_too_long())
    seal = section_seal(section)
    if now is None:
        return (
            _written(minutes, item, Minute(minutes=minutes, item=item), section, by, at)
            if section.blocks
            else None
        )
    if seal == now.seal:
        return now
    if base != now.seal:
        return _kept(minutes, item, now, section, base, by, at)
    return _written(minutes, item, now, section, by, at)


def _written(
    minutes: Minutes, item: AgendaItem, minute: Minute, section: Section, by: User, at: datetime
) -> Minute:
    minute.form, minute.seal = section_form(section), section_seal(section)
    minute.changed_at, minute.changed_by = at, by.name
    minute.save()
    facts = {"item": item.number, "seal": minute.seal}
    record(minutes, "wrote minute", by=by, at=at, body=minutes.meeting.board.body, **facts)
    return minute


def _marked(
    minutes: Minutes, item: AgendaItem, minute: Minute | None, exempt: bool | None, by: User, at: datetime
) -> Minute | None:
    """Keep a minute from the public, with its actions; to lift that is for those who mark business."""
    if minute is None or exempt is None or minute.exempt == exempt:
        return minute
    body = minutes.meeting.board.body
    if not exempt:
        require(by, Ability.MARK_EXEMPT, body, on=localdate(at))
    minute.exempt = exempt
    minute.save(update_fields=["exempt"])
    if exempt:
        Arising.objects.filter(meeting=minutes.meeting, item=item).update(exempt=True)
    record(minutes, "marked minute", by=by, at=at, body=body, item=item.number, exempt=exempt)
    return minute


def _kept(
    minutes: Minutes, item: AgendaItem, now: Minute, section: Section, base: str, by: User, at: datetime
) -> Conflict:
    mine, _made = KeptMinute.objects.update_or_create(
        minutes=minutes,
        item=item,
        owner=by,
        settled_at=None,
        defaults={"form": section_form(section), "base": clean(base)[:64], "kept_at": at},
    )
    body = minutes.meeting.board.body
    record(minutes, "kept words beside another's", by=by, at=at, body=body, item=item.number)
    return Conflict(now, mine)


@transaction.atomic
def settle_minute(*, kept: KeptMinute, outcome: str, base: str, by: User, at: datetime) -> Saved | Conflict:
    """Settle words kept beside another's: ``theirs`` stand, ``mine`` replace them, or ``both`` stand,
    mine after theirs. What did not stand stays kept.

    Fails as a conflict again where the minute moved on since ``base``.
    """
    minutes = _writable(kept.minutes, kept.item, by, at)
    if outcome not in ("mine", "theirs", "both"):
        raise ValidationError(_("Choose whose words stand."))
    kept = KeptMinute.objects.select_for_update(of=("self",)).select_related("item").get(pk=kept.pk)
    if kept.settled_at is not None:
        raise ValidationError(_("This was settled already."))
    now = _minute(minutes, kept.item)
    theirs = section_of_minute(now, kept.item)
    if outcome != "theirs":
        if now is not None and base != now.seal:
            return Conflict(now, kept)
        mine = typed(read_section(kept.form)[0])
        section = section_of(mine if outcome == "mine" else _both(typed(theirs), mine), theirs)
        now = _written(minutes, kept.item, now or Minute(minutes=minutes, item=kept.item), section, by, at)
        kept.form = section_form(theirs) if outcome == "mine" else kept.form
    kept.settled_at, kept.outcome = at, outcome
    kept.save(update_fields=["form", "settled_at", "outcome"])
    body = minutes.meeting.board.body
    record(minutes, "settled two texts", by=by, at=at, body=body, item=kept.item.number, outcome=outcome)
    return Saved(now)


def _both(theirs: str, mine: str) -> str:
    """Their lines, then those of mine that are not among them."""
    stand = theirs.split("\n")
    return "\n".join([*stand, *(line for line in mine.split("\n") if line not in stand)])
