"""The thread of one thing, from the promise to what became of it, as one reader may see it on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Max, OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.delivery.standing import promise
from goldthread.delivery.models import Action
from goldthread.people.queries import offices_asked_once
from goldthread.thread.gathered import Gathered, gather
from goldthread.thread.gathering import board, doing, measured, promised, taken
from goldthread.thread.gathering.doing import Doing
from goldthread.thread.gathering.taken import in_line
from goldthread.thread.reader import Reader
from goldthread.thread.refs import Kind, address_of
from goldthread.thread.starts import start_of
from goldthread.thread.stops import Piece, Status, Stop, StopKind, Thread, in_order
from goldthread.thread.subjects import subject_of
from goldthread.web.templatetags.web import ago

COUNTS = (PriorityStage.LIVE, PriorityStage.CARRIED, PriorityStage.CLOSED)
"""The stages of a priority whose actions count towards what became of a promise."""


def thread_of(kind: str, ref: str, *, reader: Reader) -> Thread:
    """The thread that starts from a pledge, section, priority, action, measure, paper, decision, report
    or action arising; 404 where there is no such thing for this reader.

    The number of queries does not depend on how much hangs on it.
    """
    with offices_asked_once():
        return _thread(gather(start_of(kind, ref, reader), reader))


def _thread(found: Gathered) -> Thread:
    work = doing.doing_of(found)
    figures = measured.measured_of(found)
    business = board.business_of(found, figures)
    stops = in_order(
        [
            *promised.stops(found),
            *taken.stops(found, business),
            *doing.stops(found, work),
            *measured.stops(found, figures),
            *board.stops(found, business),
        ]
    )
    here = next((stop for stop in stops if stop.here), None)
    left_out = tuple(filter(None, (taken.left_out(found), *board.left_out(business))))
    if stops:
        stops = (*stops, published(found, stops))
    return Thread(
        subject_of(found, here),
        stops,
        found.reader.on,
        found.reader.public,
        status_of(found, work, here),
        _last_word(found, work),
        left_out,
    )


def status_of(found: Gathered, work: Doing, here: Stop | None) -> Status | None:
    """What became of a promise, by the rule for promises; of anything else, how it stands itself."""
    if found.start.is_promise or found.start.kind is Kind.PRIORITY:
        own = found.start.thing.pk if found.start.kind is Kind.PRIORITY else None
        serving = {
            each.priority.pk
            for each in found.taken
            if each.priority.stage in COUNTS and own in (None, each.priority.pk)
        }
        told = promise(len(serving), (one.stand.standing for one in work.work if one.priority in serving))
        return Status(told.word, told.tone, told.words, told.rule)
    if here is None or not here.status:
        return None
    words = here.quiet[0] if found.start.kind is Kind.ACTION and here.quiet else ""
    return Status(here.status, here.tone, words)


def _last_word(found: Gathered, work: Doing) -> str:
    """How long ago an owner last said something that the reader may read."""
    if not work.work:
        return ""
    last = work.last
    if len(work.work) > len(work.rows):
        of_each = doing.signed(found.reader).filter(action=OuterRef("pk")).order_by("-given_at")
        work_of = Action.objects.filter(priority__in=found.priorities).order_by()
        newest = work_of.aggregate(newest=Max(Subquery(of_each.values("given_at")[:1])))["newest"]
        last = max(filter(None, (last, localdate(newest) if newest else None)), default=None)
    if last is None:
        return _("no word from an owner yet")
    return _("last word from an owner %(ago)s") % {"ago": ago(last, found.reader.on)}


def published(found: Gathered, stops: tuple[Stop, ...]) -> Stop:
    """What of a thread the public can see."""
    hidden = [stop for stop in stops if not stop.public]
    start = found.start
    empty = Stop(StopKind.PUBLISHED, found.reader.on, _("Today"), _("What the public can see of this"))
    if found.reader.public:
        return replace(empty, words=published_words(stops))
    kept_back = any(stop.here and not stop.public for stop in stops)
    href = "" if kept_back else address_of(start.kind, start.ref, True)
    if not hidden:
        return replace(empty, href=href, status=_("All of it"), tone="good", done=True)
    seen = len(stops) - len(hidden)
    words = ngettext(
        "The public can see one of these stops.", "The public can see %(count)d of these stops.", seen
    )
    return replace(
        empty,
        href=href,
        status=_("Part of it") if seen else _("None of it"),
        tone="warn",
        words=words % {"count": seen} if seen else _("The public can see none of these stops."),
        pieces=tuple(_hidden(hidden)),
    )


COUNTED = (
    (
        StopKind.PRIORITY,
        gettext_lazy("one priority for action"),
        gettext_lazy("%(count)d priorities for action"),
    ),
    (StopKind.MEASURED, gettext_lazy("one measure"), gettext_lazy("%(count)d measures")),
    (StopKind.EXAMINED, gettext_lazy("one paper"), gettext_lazy("%(count)d papers")),
    (StopKind.DECIDED, gettext_lazy("one decision"), gettext_lazy("%(count)d decisions")),
)


def published_words(stops: tuple[Stop, ...]) -> str:
    """What of a thread is published, in a sentence."""
    counts = Counter(stop.kind for stop in stops)
    named = [_("the words of the plan")] if counts[StopKind.PROMISED] else []
    for kind, one, many in COUNTED:
        if counts[kind]:
            named.append(str(one) if counts[kind] == 1 else str(many) % {"count": counts[kind]})
    if not named:
        return ""
    said = in_line(named)
    return _("Published: %(said)s. Each opens from here.") % {"said": said}


def _hidden(stops: list[Stop]) -> Iterator[Piece]:
    for stop in stops:
        yield Piece(stop.title, stop.href, _("Not public"), "calm", quiet=stop.kind_words)
