"""When a promise was made a priority for action: each year, who leads, and whether its words still stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.delivery.stages import PriorityStage
from goldthread.delivery.models import Priority, Serves
from goldthread.delivery.serving import Serving
from goldthread.delivery.wording import wording_of
from goldthread.thread.addresses import priority_address
from goldthread.thread.gathered import Gathered, Taken
from goldthread.thread.gathering.board import Business, decision_piece
from goldthread.thread.gathering.promised import where, woven
from goldthread.thread.refs import Kind
from goldthread.thread.stops import Piece, Stop, StopKind
from goldthread.thread.texts import Place
from goldthread.web.templatetags.web import day, short_day

SHOWN = 12
"""How many priorities one thread shows one by one; the newest, where there are more."""

STAGES: dict[str, tuple[str, str]] = {
    PriorityStage.DRAFT: ("Draft", "warn"),
    PriorityStage.PROPOSED: ("Before the board", "warn"),
    PriorityStage.LIVE: ("", "calm"),
    PriorityStage.CARRIED: ("Carried forward", "calm"),
    PriorityStage.CLOSED: ("Closed", "calm"),
    PriorityStage.DROPPED: ("Dropped", "calm"),
}


def shown(found: Gathered) -> tuple[Taken, ...]:
    """The priorities that a thread shows one by one: the thing itself and the newest others."""
    start = found.start.thing.pk if found.start.kind is Kind.PRIORITY else None
    here = [each for each in found.taken if each.priority.pk == start]
    rest = [each for each in found.taken if each.priority.pk != start]
    kept = {each.priority.pk for each in (*here, *rest[-(SHOWN - len(here)) :])}
    return tuple(each for each in found.taken if each.priority.pk in kept)


def left_out(found: Gathered) -> str:
    """How many priorities are not shown one by one, in words."""
    more = len(found.taken) - len(shown(found))
    if more < 1:
        return ""
    return ngettext("One earlier priority", "%(count)d earlier priorities", more) % {"count": more}


def stops(found: Gathered, business: Business) -> Iterator[Stop]:
    """The priorities of a thread, year by year."""
    for each in shown(found):
        row = each.priority
        when = each.on or row.made_at.date()
        word, tone = STAGES[row.stage]
        yield Stop(
            StopKind.PRIORITY,
            when,
            short_day(when),
            each.name,
            priority_address(row, public=found.reader.public),
            f"{row.year_words}{', ' if word else ''}{word[:1].lower()}{word[1:]}",
            tone,
            " ".join(filter(None, (_led(each), _approved(each)))),
            tuple(_became(row, public=found.reader.public)),
            (*_by_decision(found, business, each), *_pins(found, each)),
            done=row.stage != PriorityStage.DRAFT,
            here=found.start.kind is Kind.PRIORITY and row.pk == found.start.thing.pk,
            public=each.public,
            thread=(Kind.PRIORITY.value, row.slug),
        )


def _led(each: Taken) -> str:
    said = wording_of(each.version)
    partners = [who for who, _what in said.support]
    facts = {"lead": said.led_by, "partners": in_line(partners)}
    if partners:
        return _("Led by %(lead)s, with %(partners)s.") % facts
    return _("Led by %(lead)s.") % facts


def in_line(names: list[str]) -> str:
    """Names in a sentence: one, two and three."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _approved(each: Taken) -> str:
    if each.on is None:
        return _("The board has not approved it yet.")
    return _("Approved by the board on %(day)s.") % {"day": day(each.on)}


def _by_decision(found: Gathered, business: Business, each: Taken) -> Iterator[Piece]:
    """The decision that approved a priority, unless the thread is about that decision."""
    for row in business.decisions:
        if row.pk == each.decision and row != found.start.thing:
            piece = decision_piece(found, business, row, short=True)
            yield replace(piece, words=_("By decision %(name)s") % {"name": piece.words})


def _became(row: Priority, *, public: bool) -> Iterator[str]:
    """When a priority was carried forward or closed; why, in the office's own words, is for its desk."""
    if row.closed_on is None:
        return
    carried = row.stage == PriorityStage.CARRIED
    said = _("Carried into the next year on %(day)s") if carried else _("Closed on %(day)s")
    why = "" if public else row.closed_reason
    yield f"{said % {'day': day(row.closed_on)}}{f': {why}' if why else '.'}"


def _pins(found: Gathered, each: Taken) -> Iterator[Piece]:
    """What a priority serves and whether that still says what was pinned; where it does, that is told on
    the thread of the priority itself."""
    for serves in each.serves:
        place = Place(serves.section_key, serves.block_key)
        read = found.plans.get(serves.plan_id)
        if read is None:
            continue
        if not any(said.said_at(place) for said in read.said.values()):
            continue
        now = read.now.mark_at(place)
        state = state_of(serves, now)
        name, href = where(read, place, read.last_with(place))
        facts = {"where": name}
        if state is Serving.ORPHANED:
            yield Piece(_("Serves %(where)s") % facts, href, _("No longer in the plan"), "bad")
        elif state is Serving.SUSPECT:
            words = read.now.pledges[place.block].words if place.block in read.now.pledges else ""
            redline = woven(serves.words, words) if words and not found.reader.public else None
            yield Piece(
                _("Serves %(where)s") % facts, href, _("The words have moved on"), "warn", redline=redline
            )
        elif found.start.kind is Kind.PRIORITY:
            yield Piece(_("Serves %(where)s") % facts, href, _("Words unchanged"), "calm")


def state_of(serves: Serves, now: str) -> Serving:
    """How what a priority serves stands, from the mark of what stands there now."""
    if not now:
        return Serving.ORPHANED
    return Serving.HOLDS if serves.seal == now else Serving.SUSPECT
