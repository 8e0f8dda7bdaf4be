"""What is being done for a promise: its actions, who owes each, and the last word from each owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.stages import ActionState, UpdateStage
from goldthread.core.delivery.standing import (
    Dates,
    Stand,
    Standing,
    day_words,
    is_stale,
    silence_words,
    stand,
    tally_words,
)
from goldthread.core.delivery.years import year_days
from goldthread.delivery.models import Action, Update
from goldthread.thread.addresses import action_address
from goldthread.thread.gathered import Gathered, Taken
from goldthread.thread.gathering.taken import shown
from goldthread.thread.reader import Reader
from goldthread.thread.refs import Kind
from goldthread.thread.stops import Piece, Stop, StopKind

NAMED = 24
"""How many actions one thread names; the worst first, shared out among its priorities."""

RANK = (
    Standing.LATE,
    Standing.SLIPPING,
    Standing.UNDATED,
    Standing.ON_COURSE,
    Standing.NOT_BEGUN,
    Standing.DONE,
    Standing.DROPPED,
)
SAID = 320
"""How much of an owner's words a thread quotes, in characters; all of them stand on the action's page."""

COLUMNS = ("pk", "priority_id", "state", "baseline", "forecast", "finished", "starts")


@dataclass(frozen=True, slots=True)
class Work:
    """An action of a thread by its dates alone: how it stands on the day."""

    pk: int
    priority: int
    starts: date | None
    finished: date | None
    stand: Stand


@dataclass(frozen=True, slots=True)
class Doing:
    """All the work of a thread: every action by how it stands, and those that are named with their words."""

    work: tuple[Work, ...]
    rows: Mapping[int, Action]
    said: Mapping[int, Update]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """How every action stands."""
        return tuple(each.stand.standing for each in self.work)

    @property
    def last(self) -> date | None:
        """The day of the last word from any owner."""
        return max((localdate(update.given_at) for update in self.said.values()), default=None)


def doing_of(found: Gathered) -> Doing:
    """The work of a thread: four queries, whatever its size."""
    if not found.priorities:
        return Doing((), {}, {})
    wanted = found.reader.actions().filter(priority__in=found.priorities)
    if found.start.actions:
        wanted = wanted.filter(pk__in=found.start.actions)
    rows = wanted.order_by("priority_id", "position", "pk").values_list(*COLUMNS)
    work = tuple(_work(row, found.reader.on) for row in rows)
    named = list(_named(found, work))
    actions = wanted.filter(pk__in=named) if named else ()
    return Doing(work, {row.pk: row for row in actions}, _said(named, found.reader))


def _work(row: tuple, on: date) -> Work:
    pk, priority, state, baseline, forecast, finished, starts = row
    dates = Dates(baseline, forecast, finished, starts, dropped=state == ActionState.DROPPED)
    return Work(pk, priority, starts, finished, stand(dates, on))


def _named(found: Gathered, work: Iterable[Work]) -> Iterator[int]:
    """The actions that are told one by one: of each priority the worst first."""
    priorities = [each.priority.pk for each in shown(found)]
    each_has = max(2, NAMED // max(1, len(priorities)))
    by_priority: dict[int, list[Work]] = {}
    for one in work:
        by_priority.setdefault(one.priority, []).append(one)
    for pk in priorities:
        worst = sorted(by_priority.get(pk, ()), key=lambda one: RANK.index(one.stand.standing))
        yield from (one.pk for one in worst[:each_has])


def _said(actions: Iterable[int], reader: Reader) -> dict[int, Update]:
    """The last that was said, and signed off, of each of some actions or of a milestone of it.

    The last of each is looked for by index first; only those that are left pass the reader's door.
    """
    pks = tuple(actions)
    if not pks:
        return {}
    own = signed(reader).filter(action__in=pks).values_list("given_at", "pk", "action_id")
    steps = signed(reader).filter(milestone__action__in=pks)
    told = sorted((*own, *steps.values_list("given_at", "pk", "milestone__action_id")))
    last = {action: pk for _at, pk, action in told}
    rows = {row.pk: row for row in reader.updates().filter(pk__in=last.values())}
    return {action: rows[pk] for action, pk in last.items() if pk in rows}


def signed(reader: Reader) -> QuerySet[Update]:
    """Updates that were signed off, and for the public are meant for it: not yet through any door."""
    found = Update.objects.filter(stage=UpdateStage.SIGNED).order_by()
    return found.filter(public=True) if reader.public else found


def stops(found: Gathered, doing: Doing) -> Iterator[Stop]:
    """What is being done for each priority of a thread."""
    for taken in shown(found):
        work = [one for one in doing.work if one.priority == taken.priority.pk]
        if work:
            yield _stop(found, taken, work, doing)


def _stop(found: Gathered, taken: Taken, work: list[Work], doing: Doing) -> Stop:
    counts = Counter(one.stand.standing for one in work)
    named = [one for one in work if one.pk in doing.rows]
    named.sort(key=lambda one: RANK.index(one.stand.standing))
    pieces = tuple(_piece(found, taken, one, doing) for one in named)
    alone = found.start.kind is Kind.ACTION
    began = min((one.starts for one in work if one.starts), default=None)
    began = began or taken.on or year_days(taken.priority.year)[0]
    ended = all(one.stand.ended for one in work)
    status, tone = _status(counts, len(work))
    return Stop(
        StopKind.DOING,
        began,
        _when(began, [one.finished for one in work], ended=ended),
        pieces[0].words if alone else tally_words(counts),
        pieces[0].href if alone else "",
        pieces[0].status if alone else status,
        pieces[0].tone if alone else tone,
        quiet=tuple(filter(None, (pieces[0].quiet if alone else _more(len(work) - len(named)),))),
        pieces=(_alone(pieces[0]),) if alone else pieces,
        done=ended,
        here=alone,
        public=taken.public,
        thread=(Kind.ACTION.value, found.start.ref) if alone else (Kind.PRIORITY.value, taken.priority.slug),
    )


def _alone(piece: Piece) -> Piece:
    """The last word on an action whose title and standing are told already."""
    return Piece(_("Last word"), said=piece.said, by=piece.by)


def _status(counts: Mapping[Standing, int], whole: int) -> tuple[str, str]:
    late, done = counts.get(Standing.LATE, 0), counts.get(Standing.DONE, 0)
    if late:
        return _("%(count)d late") % {"count": late}, "bad"
    if done and done == whole - counts.get(Standing.DROPPED, 0):
        return _("All done"), "good"
    slipping = counts.get(Standing.SLIPPING, 0)
    return (_("%(count)d will be late") % {"count": slipping}, "warn") if slipping else ("", "calm")


def _when(began: date, finished: Iterable[date | None], *, ended: bool) -> str:
    days = [day for day in finished if day]
    if ended and days:
        last = max(days)
        return _("%(first)s to %(last)s") % {"first": f"{began:%b %Y}", "last": f"{last:%b %Y}"}
    return _("Since %(day)s") % {"day": f"{began:%b %Y}"}


def _more(count: int) -> str:
    if count < 1:
        return ""
    return ngettext("and one action more", "and %(count)d actions more", count) % {"count": count}


def _piece(found: Gathered, taken: Taken, one: Work, doing: Doing) -> Piece:
    """One action: how it stands and why, and what its owner last said of it."""
    row, update = doing.rows[one.pk], doing.said.get(one.pk)
    href = action_address(row, taken.priority, public=found.reader.public)
    said, by = "", ""
    if update is not None:
        said = update.words if len(update.words) <= SAID else f"{update.words[:SAID].rsplit(' ', 1)[0]} …"
        by = f"{_giver(update, found.reader)}, {day_words(localdate(update.given_at), found.reader.on)}"
    told = [one.stand.words, _owner(row, found.reader), _silence(one, row, update, found.reader)]
    if one.stand.ended and said:
        told, said, by = [one.stand.words, f"“{said}”", by], "", ""
    quiet = " ".join(filter(None, told))
    return Piece(f"{row.number} {row.title}", href, one.stand.word, one.stand.tone, said, by, quiet)


def _owner(row: Action, reader: Reader) -> str:
    """Who owes an action: an office; beyond it, the words of the desk are not for the public."""
    if row.owner_office is not None:
        return _("Owed by %(office)s.") % {"office": row.owner_office.title}
    if row.owner_words:
        return _("Owed by a partner.") if reader.public else _("Owed by %(who)s.") % {"who": row.owner_words}
    return _("Nobody owns it yet.")


def _giver(update: Update, reader: Reader) -> str:
    """As whom an update was given: the office; by name only at the desk."""
    return update.given_as or (_("Its owner") if reader.public else update.given_by)


def _silence(one: Work, row: Action, update: Update | None, reader: Reader) -> str:
    """That an action which goes on has been silent for too long. The public is told no more than that
    nothing was published: there may be words that are not for it."""
    last = localdate(update.given_at) if update else None
    if one.stand.ended or not is_stale(last, one.starts or localdate(row.made_at), reader.on):
        return ""
    if not reader.public:
        return f"{silence_words(last, reader.on)}."
    if last is None:
        return _("Nothing published of it yet.")
    return _("Nothing published of it since %(day)s.") % {"day": day_words(last, reader.on)}
