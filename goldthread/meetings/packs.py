"""Reads of packs: which issues there are, which of them somebody reads, what is kept back from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, allowed, reason_of
from goldthread.core.problems import Problem
from goldthread.meetings.doors import audience_of, chain_of, chain_of_paper
from goldthread.meetings.models import AgendaItem, Appendix, Meeting, MeetingStage, Pack, PackStage, Paper
from goldthread.meetings.pack_contents import Contents, HeldPaper, read_contents
from goldthread.people.models import User
from goldthread.people.queries import bodies_where, may
from goldthread.plans import needs
from goldthread.plans.needs import Need

STALE = timedelta(minutes=15)
"""How long a pack may be in the making before its worker is taken to have died."""

VARIANTS = (Audience.MEMBERS, Audience.FULL, Audience.PUBLIC)
NAMES = {
    Audience.PUBLIC: "Public pack",
    Audience.MEMBERS: "Members’ pack",
    Audience.FULL: "Full pack",
}
MAY_READ = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.MEMBERS: (Audience.MEMBERS, Audience.PUBLIC),
    Audience.FULL: (Audience.FULL, Audience.MEMBERS, Audience.PUBLIC),
}
"""The variants that an audience may read, the one made for it first."""


def contents_of(pack: Pack) -> Contents:
    """What a pack holds."""
    return read_contents(pack.contents)


def variant_name(variant: str) -> str:
    """What a variant is called."""
    return str(_(NAMES[Audience(variant)]))


def issue_name(pack: Pack) -> str:
    """What an issue is called: “Issue 2”, or “Supplement 1”."""
    name = _("Supplement %(number)s") if pack.supplement else _("Issue %(number)s")
    return name % {"number": pack.contents["ordinal"]}


def issues(meeting: Meeting, variant: str) -> QuerySet[Pack]:
    """Every issue and supplement of a variant, oldest first."""
    return Pack.objects.filter(meeting=meeting, variant=variant).order_by("issue")


def newest(meeting: Meeting, variant: str) -> Pack | None:
    """The newest whole issue of a variant, ready or not."""
    return issues(meeting, variant).filter(supplement=False).last()


def released(meeting: Meeting, variant: str) -> QuerySet[Pack]:
    """The issues of a variant that its readers may read: released ones, newest first."""
    found = Pack.objects.filter(
        meeting=meeting, variant=variant, stage=PackStage.READY, released_at__isnull=False
    )
    return found.order_by("-issue")


def is_stale(pack: Pack, at: datetime) -> bool:
    """Whether the worker that was making a pack seems to have died, or never came."""
    if pack.stage not in (PackStage.WAITING, PackStage.BUILDING):
        return False
    return (pack.begun_at or pack.asked_at) <= at - STALE


def public_packs(meeting: Meeting) -> tuple[Pack, ...]:
    """What the public may have of a meeting's packs: its newest issue, and the supplements to it."""
    if meeting.published_at is None or not meeting.board.listed:
        return ()
    return tuple(pack for pack in current(meeting, Audience.PUBLIC) if still_allowed(pack))


def current(meeting: Meeting, variant: str) -> tuple[Pack, ...]:
    """The newest released issue of a variant, and the supplements that were released to it."""
    packs = list(released(meeting, variant))
    main = next((pack for pack in packs if not pack.supplement), None)
    if main is None:
        return ()
    return (main, *(pack for pack in reversed(packs) if pack.supplement and pack.previous_id == main.pk))


def pack_for(user: User, meeting: Meeting, *, on: date) -> Pack | None:
    """The newest issue that somebody reads of a meeting's packs: of the fullest variant that is out."""
    for variant in MAY_READ[audience_of(user, meeting.board.body, on)]:
        found = current(meeting, variant)
        if found:
            return found[0]
    return None


def issue_for(user: User, meeting: Meeting, pk: int, *, on: date) -> Pack:
    """One issue that somebody may read: released, and for their audience; 404 else.

    Whoever manages meetings also reads one that is ready and not yet released.
    """
    pack = Pack.objects.filter(meeting=meeting, pk=pk, stage=PackStage.READY).first()
    readable = MAY_READ[audience_of(user, meeting.board.body, on)]
    manages = may(user, Ability.MANAGE_MEETINGS, meeting.board.body, on)
    if pack is None or pack.variant not in readable or not (pack.released_at or manages):
        raise Http404(_("There is no such pack here."))
    pack.meeting = meeting
    return pack


def still_allowed(pack: Pack) -> bool:
    """Whether everything in a pack may still be shown to its audience: four queries.

    What was marked more strictly after a pack was made shuts the whole pack, until it is made anew.
    """
    if pack.variant == Audience.FULL:
        return True
    contents = contents_of(pack)
    shown = [item for item in contents.items if not item.exempt]
    held = [(item, paper) for item, paper in contents.papers() if paper.paper]
    items = dict(AgendaItem.objects.filter(pk__in=[i.pk for i in shown]).values_list("pk", "marking"))
    papers = dict(Paper.objects.filter(pk__in=[p.paper for _i, p in held]).values_list("pk", "marking"))
    pks = [each.pk for _item, paper in held for each in paper.appendices]
    appendices = dict(Appendix.objects.filter(pk__in=pks).values_list("pk", "marking"))
    chains: list[tuple[str | None, ...]] = [(items.get(item.pk),) for item in shown]
    for item, paper in held:
        chain = (items.get(item.pk), papers.get(paper.paper))
        chains.append(chain)
        chains.extend((*chain, appendices.get(each.pk) or chain[1]) for each in paper.appendices)
    minuted = AgendaItem.objects.filter(pk__in=_minuted(contents)).values_list("marking", flat=True)
    chains.extend((marking,) for marking in minuted)
    return all(allowed(*chain, audience=pack.variant) for chain in chains)


def _minuted(contents: Contents) -> Iterator[int]:
    """The items of earlier meetings under which the minutes in a pack say something."""
    for _item, paper in contents.papers():
        if paper.kind == "minutes":
            for section in paper.text.sections:
                number = section.key.removeprefix("item-")
                if number != section.key and number.isdecimal():
                    yield int(number)


def may_still_be_named(variant: str, papers: Iterable[HeldPaper]) -> frozenset[str]:
    """The keys of those papers whose titles an audience may still be told."""
    rows = Paper.objects.filter(pk__in=[paper.paper for paper in papers if paper.paper])
    return frozenset(
        f"paper-{row.pk}"
        for row in rows.select_related("item__parent")
        if allowed(*chain_of_paper(row, placed=True), audience=variant)
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what each variant would hold: what it is, for whom, and why not for the others."""

    number: str
    title: str
    depth: int
    shown: tuple[tuple[str, bool, str], ...]
    """For each variant in order: its name, whether this is in it, and why not or what instead."""


def lines_of(meeting: Meeting) -> Iterator[Line]:
    """Every item, paper and appendix of a meeting, and in which variant it goes: three queries."""
    papers: dict[int, list[Paper]] = {}
    rows = Paper.objects.filter(item__meeting=meeting).exclude(stage="withdrawn").order_by("position", "pk")
    for paper in rows.select_related("item__parent").prefetch_related("appendices"):
        papers.setdefault(paper.item_id, []).append(paper)
    for item in meeting.items.select_related("parent").order_by("position", "pk"):
        yield Line(item.number, item.title, 0, _shown(chain_of(item), item.reason_code, item.public_title))
        for paper in papers.get(item.pk, ()):
            yield from _lines_of_paper(item, paper)


def _lines_of_paper(item: AgendaItem, paper: Paper) -> Iterator[Line]:
    chain = chain_of_paper(paper)
    waiting = (
        ""
        if paper.stage == "accepted"
        else _("Not accepted yet: %(stage)s") % {"stage": paper.get_stage_display().lower()}
    )
    reason = paper.reason_code or item.reason_code
    yield Line("", paper.title, 1, _shown(chain, reason, "", waiting))
    for each in paper.appendices.all():
        if each.removed_at is None:
            own = chain_of_paper(paper, each.marking)
            title = f"{each.label}: {each.title}"
            yield Line("", title, 2, _shown(own, each.reason_code or reason, "", waiting))


def _shown(
    chain: tuple[str, ...], reason: str, instead: str, waiting: str = ""
) -> tuple[tuple[str, bool, str], ...]:
    found = []
    for variant in VARIANTS:
        seen = allowed(*chain, audience=variant)
        why = waiting if seen else _why_not(chain, reason, instead)
        found.append((variant_name(variant), seen and not waiting, why))
    return tuple(found)


def _why_not(chain: tuple[str, ...], reason: str, instead: str) -> str:
    if "" in chain:
        return _("Not marked yet")
    found = reason_of(reason)
    said = found.title if found else _("For members only")
    return _("%(why)s. Shown as ‘%(title)s’") % {"why": said, "title": instead} if instead else str(said)


def problems_of(pack: Pack) -> tuple[Problem, ...]:
    """What was wrong when a pack was built."""
    return tuple(Problem(where, message, code) for code, where, message in pack.problems)


@dataclass(frozen=True, slots=True)
class Out:
    """A pack that somebody has to read before a meeting."""

    meeting: Meeting
    pack: Pack


def packs_to_read(user: User, *, on: date) -> tuple[Out, ...]:
    """The packs of meetings to come that a person reads: the newest issue of each."""
    bodies = bodies_where(user, Ability.READ_PACKS, on)
    if not bodies:
        return ()
    coming = Meeting.objects.filter(
        board__body__in=bodies, on__gte=on, held_at__isnull=True, packs__released_at__isnull=False
    ).exclude(stage=MeetingStage.CANCELLED)
    found = []
    for meeting in coming.select_related("board__body").distinct().order_by("on"):
        pack = pack_for(user, meeting, on=on)
        if pack is not None:
            found.append(Out(meeting, pack))
    return tuple(found)


def register_own() -> None:
    """Let the page of what needs a person tell of the packs that they have to read."""
    needs.register(waiting_for)


def waiting_for(user: User, on: date) -> tuple[Need, ...]:
    """The packs that somebody has to read before a meeting."""
    return tuple(
        Need(
            _("Pack for %(day)s is out") % {"day": f"{out.meeting.on:%-d %B}"},
            reverse("meetings:desk-pack", args=[out.meeting.board.slug, out.meeting.slug]),
            out.meeting.board.name,
            issue_name(out.pack),
        )
        for out in packs_to_read(user, on=on)
    )
