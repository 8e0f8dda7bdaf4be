"""What the head of a thread says: the words it is about, since when they stand, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.delivery.wording import wording_of
from goldthread.thread.addresses import action_address, decision_address, paper_address, priority_address
from goldthread.thread.gathered import Gathered, PlanRead
from goldthread.thread.gathering.promised import stints_of, where
from goldthread.thread.refs import Kind
from goldthread.thread.stops import Stop, Subject
from goldthread.thread.texts import Place
from goldthread.web.templatetags.web import day

Trail = tuple[tuple[str, str], ...]


def subject_of(found: Gathered, here: Stop | None) -> Subject:
    """The head of a thread, by what it starts from."""
    return _SUBJECTS[found.start.kind](found, here)


def _promise(found: Gathered, here: Stop | None) -> Subject:
    """A pledge in its own words, or a section by its name."""
    start = found.start
    plan, place = found.places[0]
    read = found.plans[plan]
    edition = read.last_with(place)
    said = read.said[edition.pk]
    name, address = where(read, place, edition)
    pledge = said.pledges.get(place.block)
    section = said.section_of(place)
    words = pledge.words if pledge else (section.name if section else name)
    return Subject(
        start.kind,
        start.ref,
        name[:1].upper() + name[1:],
        words,
        quoted=pledge is not None,
        facts=stood(read, place),
        read=address,
        read_words=_("Read it in place"),
        trail=tuple(_promise_trail(found, read, place)),
        lang=pledge.lang if pledge else "",
    )


def _promise_trail(found: Gathered, read: PlanRead, place: Place) -> Iterator[tuple[str, str]]:
    """The plan, then the sections above a promise, outermost first."""
    edition = read.last_with(place)
    said = read.said[edition.pk]
    section = said.section_of(place)
    if found.reader.public:
        yield read.title, reverse("plans:site-plan", args=[read.slug])
    else:
        yield read.title, reverse("plans:desk-document", args=[read.slug])
    above = (*section.above, *((section.key,) if place.block else ())) if section else ()
    for key in above:
        _name, href = where(read, Place(key), edition)
        yield said.sections[key].name, href


def stood(read: PlanRead, place: Place) -> str:
    """Since when a promise has been in the plan, and whether its words ever changed."""
    stints = stints_of(read, place)
    if not stints:
        return _("It stands only in a draft.")
    said = [stint for stint in stints if stint.said]
    editions = sum(len(stint.editions) for stint in said)
    since = _("In the plan since %(day)s.") % {"day": day(said[0].began.issued_on)}
    if not stints[-1].said:
        facts = {"first": day(said[0].began.issued_on), "last": day(stints[-1].began.issued_on)}
        return _("It stood in the plan from %(first)s, and was taken out on %(last)s.") % facts
    if len(said) > 1:
        times = len(said) - 1
        changed = ngettext(
            "The words have changed once in %(editions)d editions.",
            "The words have changed %(times)d times in %(editions)d editions.",
            times,
        )
        return f"{since} {changed % {'times': times, 'editions': editions}}"
    if editions == 1:
        return since
    return f"{since} {_('The words have not changed in %(editions)d editions.') % {'editions': editions}}"


def _priority(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    taken = next(each for each in found.taken if each.priority.pk == row.pk)
    facts = {"year": row.year_words, "lead": wording_of(taken.version).led_by}
    return Subject(
        found.start.kind,
        found.start.ref,
        row.number,
        taken.name,
        facts=_("A priority for action of %(year)s, led by %(lead)s.") % facts,
        read=priority_address(row, public=found.reader.public),
        read_words=_("See the priority itself"),
        trail=_delivery_trail(found),
    )


def _delivery_trail(found: Gathered) -> Trail:
    name = "delivery:site-delivery" if found.reader.public else "delivery:desk-home"
    return ((_("Delivery"), reverse(name)),)


def _action(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    owner = row.owner_office.title if row.owner_office else ""
    if not owner and not found.reader.public:
        owner = row.owner_words
    facts = _("Owed by %(who)s.") % {"who": owner} if owner else ""
    priority = next(each for each in found.taken if each.priority.pk == row.priority_id)
    address = priority_address(priority.priority, public=found.reader.public)
    return Subject(
        found.start.kind,
        found.start.ref,
        row.number,
        f"{row.number} {row.title}",
        facts=facts,
        read=action_address(row, priority.priority, public=found.reader.public),
        read_words=_("See the action itself"),
        trail=(*_delivery_trail(found), (priority.name, address)),
    )


def _measure(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    name = "performance:site-measures" if found.reader.public else "performance:desk-home"
    return Subject(
        found.start.kind,
        found.start.ref,
        row.name,
        row.name,
        facts=here.words if here else "",
        read=here.href if here else "",
        read_words=_("See the measure and its figures"),
        trail=((_("Measures"), reverse(name)),),
    )


def _paper(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    trail: Trail = ()
    facts = row.board.name
    if row.item is not None:
        meeting = row.item.meeting
        name = "meetings:site-meeting" if found.reader.public else "meetings:desk-meeting"
        trail = ((str(meeting), reverse(name, args=[meeting.board.slug, meeting.slug])),)
        facts = _("%(board)s, %(day)s, item %(item)s.") % {
            "board": row.board.name,
            "day": day(meeting.on),
            "item": row.item.number,
        }
    address = paper_address(row, public=found.reader.public)
    return Subject(
        found.start.kind,
        found.start.ref,
        row.title,
        row.title,
        facts=facts,
        read=address,
        read_words=_("Read the paper"),
        trail=trail,
    )


def _decision(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    name = "meetings:site-decisions" if found.reader.public else "meetings:desk-decisions"
    on = row.decided_on
    return Subject(
        found.start.kind,
        found.start.ref,
        row.reference or _("Draft decision"),
        here.title if here else row.reference,
        facts=_("Decided on %(day)s.") % {"day": day(on)} if on else _("Not decided yet."),
        read=decision_address(row, public=found.reader.public),
        read_words=_("Read the decision"),
        trail=((_("Decisions"), reverse(name)),),
    )


def _report(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    return Subject(
        found.start.kind,
        found.start.ref,
        str(row),
        str(row),
        facts=_("It tells how things stood on %(day)s.") % {"day": day(row.until)},
        read=here.href if here else "",
        read_words=_("Read the paper") if here else "",
        trail=_delivery_trail(found),
    )


def _arising(found: Gathered, here: Stop | None) -> Subject:
    row = found.start.thing
    return Subject(
        found.start.kind,
        found.start.ref,
        _("Action %(number)s") % {"number": row.number},
        row.words,
        facts=_("Asked for at the %(meeting)s.") % {"meeting": row.meeting},
        read=here.href if here else "",
        read_words=_("See the action itself"),
        trail=((row.board.name, here.href if here else ""),),
    )


_SUBJECTS: dict[Kind, Callable[[Gathered, Stop | None], Subject]] = {
    Kind.PLEDGE: _promise,
    Kind.SECTION: _promise,
    Kind.PRIORITY: _priority,
    Kind.ACTION: _action,
    Kind.MEASURE: _measure,
    Kind.PAPER: _paper,
    Kind.DECISION: _decision,
    Kind.REPORT: _report,
    Kind.ARISING: _arising,
}
