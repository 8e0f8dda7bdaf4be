"""Everything that hangs on one thread, read through its reader's doors in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Prefetch, Q, prefetch_related_objects

from goldthread.delivery.doors import public_priorities
from goldthread.delivery.models import Priority, PriorityVersion, Report, Serves
from goldthread.plans.models import Edition
from goldthread.thread.reader import Reader
from goldthread.thread.refs import Kind
from goldthread.thread.starts import Start
from goldthread.thread.texts import Place, Said, said_in


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as its reader may read it: its issued editions, oldest first, a draft if any, what each says."""

    pk: int
    slug: str
    title: str
    runs_to: date | None
    issued: tuple[Edition, ...]
    draft: Edition | None
    said: dict[int, Said]

    @property
    def newest(self) -> Edition:
        """The edition in force, or the draft of a plan that was never issued."""
        found = self.issued[-1] if self.issued else self.draft
        if found is None:
            raise ValueError("a plan is read by at least one edition")
        return found

    @property
    def now(self) -> Said:
        """What the newest edition says."""
        return self.said[self.newest.pk]

    def last_with(self, place: Place) -> Edition:
        """The newest edition in which something stands at a place."""
        order = (*reversed(self.issued), *((self.draft,) if self.draft else ()))
        return next((each for each in order if self.said[each.pk].said_at(place)), self.newest)


@dataclass(frozen=True, slots=True)
class Taken:
    """A priority for action as its reader may know of it: the words they read, and by which decision."""

    priority: Priority
    version: PriorityVersion
    decision: int | None
    on: date | None
    public: bool
    serves: tuple[Serves, ...] = ()

    @property
    def name(self) -> str:
        """The priority as it is cited."""
        return f"{self.priority.number} {self.version.title}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The promises, priorities and reports of a thread. ``places`` are its promises, by plan."""

    start: Start
    reader: Reader
    plans: dict[int, PlanRead]
    places: tuple[tuple[int, Place], ...]
    taken: tuple[Taken, ...]
    reports: tuple[Report, ...]

    @property
    def priorities(self) -> tuple[int, ...]:
        """The numbers of the priorities."""
        return tuple(each.priority.pk for each in self.taken)

    def around(self) -> dict[int, set[str]]:
        """By plan, the sections that the promises stand in, those above them and those below."""
        found: dict[int, set[str]] = {}
        for plan, place in self.places:
            read = self.plans.get(plan)
            if read is not None:
                found.setdefault(plan, set()).update(sections_around(read, place))
        return found


def sections_around(read: PlanRead, place: Place) -> set[str]:
    """The keys of the section that a place is in, of those above it and, of a whole section, those in it."""
    found = {place.section}
    for said in read.said.values():
        section = said.section_of(place)
        if section is not None:
            found |= {section.key, *section.above}
            if not place.block:
                found |= {key for key, each in said.sections.items() if section.key in each.above}
    return found


def gather(start: Start, reader: Reader) -> Gathered:
    """All that hangs on the start of a thread, as far as the reader may see it."""
    plans = _plans({start.plan} if start.plan else set(), reader, start.editions)
    wanted = start.priorities
    if start.is_promise and start.plan is not None:
        wanted |= _serving(start.plan, start.places[0], plans[start.plan])
    rows = _priorities(wanted, reader)
    served = _serves(row.pk for row in rows)
    more = {each.plan_id for found in served.values() for each in found} - set(plans)
    plans |= _plans(more, reader)
    taken = tuple(_taken(rows, served, reader))
    places = tuple((start.plan, each) for each in start.places if start.plan) or _places(start, taken, plans)
    found = Gathered(start, reader, plans, places, taken, ())
    return Gathered(start, reader, plans, places, taken, tuple(_reports(found)))


def _plans(pks: Iterable[int], reader: Reader, known: tuple[Edition, ...] = ()) -> dict[int, PlanRead]:
    """Plans as the reader may read them: three queries at most, whatever their number."""
    pks = set(pks)
    if not pks:
        return {}
    editions = list(known or reader.editions().filter(document__in=pks))
    prefetch_related_objects(editions, "evidence")
    by_plan: dict[int, list[Edition]] = {}
    for edition in editions:
        by_plan.setdefault(edition.document_id, []).append(edition)
    chosen = {pk: _chosen(found) for pk, found in by_plan.items()}
    said = said_in([each for issued, draft in chosen.values() for each in (*issued, draft) if each])
    return {
        pk: PlanRead(
            pk,
            by_plan[pk][0].document.slug,
            by_plan[pk][0].document.title,
            by_plan[pk][0].document.runs_to,
            issued,
            draft,
            {each.pk: said[each.pk] for each in (*issued, draft) if each},
        )
        for pk, (issued, draft) in chosen.items()
    }


def _chosen(editions: Sequence[Edition]) -> tuple[tuple[Edition, ...], Edition | None]:
    issued = sorted((e for e in editions if e.issued_on), key=lambda e: (e.issued_on, e.pk))
    drafts = sorted((e for e in editions if not e.issued_on), key=lambda e: (e.made_at, e.pk))
    return tuple(issued), drafts[-1] if drafts else None


def _serving(plan: int, place: Place, read: PlanRead) -> Q:
    """Priorities that serve a place: a pledge, the sections around it as a whole, what is in a section."""
    serving = Q(plan=plan, ended_at__isnull=True)
    around = sections_around(read, place)
    if place.block:
        serving &= Q(block_key=place.block) | Q(block_key="", section_key__in=around)
    else:
        serving &= Q(section_key__in=around)
    return Q(pk__in=Serves.objects.filter(serving).values("priority"))


def _priorities(wanted: Q, reader: Reader) -> list[Priority]:
    """Priorities with every version that the reader may read, oldest year first."""
    rows = reader.priorities().filter(wanted).order_by("year", "position", "pk")
    if reader.public:
        return list(rows)
    versions = PriorityVersion.objects.select_related("lead_office").order_by("number")
    return list(rows.prefetch_related(Prefetch("versions", queryset=versions)))


def _serves(pks: Iterable[int]) -> dict[int, list[Serves]]:
    found: dict[int, list[Serves]] = {}
    pks = tuple(pks)
    if pks:
        rows = Serves.objects.filter(priority__in=pks, ended_at__isnull=True).order_by("pk")
        for row in rows:
            found.setdefault(row.priority_id, []).append(row)
    return found


def _taken(rows: Sequence[Priority], served: dict[int, list[Serves]], reader: Reader) -> Iterable[Taken]:
    public = {row.pk for row in rows}
    if not reader.public and public:
        public = set(public_priorities().filter(pk__in=public).values_list("pk", flat=True))
    for row in rows:
        if reader.public:
            approval = row.public_approvals[-1]
            version, decision, on = approval.version, approval.decision_id, approval.on
        else:
            version = list(row.versions.all())[-1]
            decision, on = row.decision_id, row.approved_on
        yield Taken(row, version, decision, on, row.pk in public, tuple(served.get(row.pk, ())))


def _places(
    start: Start, taken: Iterable[Taken], plans: dict[int, PlanRead]
) -> tuple[tuple[int, Place], ...]:
    """The promises that priorities serve, each once; of a report with none, its theme.

    Words that stand in no edition which the reader may read are left out.
    """
    served = chain.from_iterable(each.serves for each in taken)
    found = dict.fromkeys((each.plan_id, Place(each.section_key, each.block_key)) for each in served)
    if not found and start.kind is Kind.REPORT and start.plan is not None:
        found[start.plan, Place(start.thing.theme_key)] = None
    return tuple((plan, place) for plan, place in found if plan in plans and _stands(plans[plan], place))


def _stands(read: PlanRead, place: Place) -> bool:
    return any(said.said_at(place) for said in read.said.values())


def _reports(found: Gathered) -> Iterable[Report]:
    """The reports on the themes and years of a thread, oldest first."""
    wanted = Q(pk__in=found.start.reports) | Q(paper__in=found.start.papers)
    for each in found.taken:
        row = each.priority
        wanted |= Q(plan=row.plan_id, theme_key=row.theme_key, year=row.year)
    if found.start.is_promise:
        for plan, keys in found.around().items():
            wanted |= Q(plan=plan, theme_key__in=keys)
    rows = found.reader.reports().filter(wanted).select_related("paper")
    return rows.order_by("until", "pk")
