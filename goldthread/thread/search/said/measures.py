"""What measures say: how each is defined and what was last told of it; to the public, as it was released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from django.db.models import Model
from django.utils.timezone import localdate

from goldthread.core.text import seal_of
from goldthread.performance.definitions import Defined, defined
from goldthread.performance.models import (
    Definition,
    Identification,
    Measure,
    Narrative,
    Release,
)
from goldthread.performance.published import Homes, Released, address_of_series
from goldthread.performance.queries import measures_for, public_releases
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search import marks
from goldthread.thread.search.entries import DESK, FORM, Part, Saying, joined, sealed, thread_of
from goldthread.thread.search.sources import Asker, Parts, Source, check_with, register, touched_by

MEASURE = "measure"


def every() -> Iterable[int]:
    return Measure.objects.values_list("pk", flat=True)


def parts(pks: Sequence[int]) -> Parts:
    """Each measure as those who read drafts know it, and each of its releases that the public reads."""
    rows = Measure.objects.filter(pk__in=pks).select_related("theme", "body")
    for measure in rows.prefetch_related("definitions", "narratives__area"):
        said = _of_measure(measure)
        yield measure.pk, (Part("", sealed((said,)), lambda said=said: (said,)), *_released(measure))


def _of_measure(measure: Measure) -> Saying:
    definition = max(measure.definitions.all(), key=lambda each: each.number, default=None)
    what = defined(definition.form) if definition else None
    newest: dict[int, Narrative] = {}
    for each in measure.narratives.all():
        newest.setdefault(each.area_id, each)
    told = [f"{each.area.name}: {each.words}" for each in newest.values()]
    return Saying(
        kind=Kind.MEASURE,
        ref=str(measure.pk),
        face="desk",
        locks=(marks.drafts(measure.body_id),),
        href=measure.get_absolute_url(),
        title=measure.name,
        words=joined(*_defined(what), *told),
        body=measure.body_id,
        on=max((localdate(each.at) for each in newest.values()), default=localdate(measure.made_at)),
        place=DESK,
        theme=measure.theme.name,
        within=measure.body.name,
        thread=thread_of("measure", measure.slug),
    )


def _defined(what: Defined | None) -> Iterator[str]:
    if what is not None:
        yield what.name
        yield what.why
        yield what.numerator.words
        yield what.denominator.words if what.denominator else ""
        yield from what.caveats
        yield what.target.none


def _released(measure: Measure) -> Iterator[Part]:
    homes = Homes()
    rows = (
        public_releases()
        .filter(measure=measure.pk)
        .select_related("body", "shown__definition", "shown__measure", "shown__area")
    )
    for release in rows:
        href = address_of_series(release, homes)
        seal = seal_of([FORM, release.pk, release.seal, href, measure.theme.name, release.area.name])
        yield Part(f"area {release.area_id}", seal, partial(_of_release, release, href))


def _of_release(release: Release, href: str) -> tuple[Saying, ...]:
    seen = Released(release)
    what = seen.shown.series.defined
    saying = Saying(
        kind=Kind.MEASURE,
        ref=str(release.measure_id),
        face=f"area {release.area_id}",
        locks=(marks.PUBLIC,),
        href=href,
        title=f"{what.name}, {seen.shown.series.area_name}",
        words=joined(*_defined(what), seen.shown.narrative),
        body=release.body_id,
        on=localdate(release.approved_at),
        theme=release.measure.theme.name,
        within=release.body.name,
        thread=thread_of("measure", release.measure.slug),
    )
    return (saying,)


def check(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The measures that were released, or that the asker reads at the desk."""
    wanted = {int(entry.ref) for entry in entries}
    released = set(public_releases().filter(measure__in=wanted).values_list("measure", "area"))
    desk: set[int] = set()
    if asker.user is not None:
        rows = measures_for(asker.user, asker.on).filter(pk__in=wanted)
        desk = set(rows.values_list("pk", flat=True))
    return {
        entry.pk
        for entry in entries
        if (int(entry.ref) in desk if entry.face == "desk" else _pair(entry) in released)
    }


def _pair(entry: Entry) -> tuple[int, int]:
    return int(entry.ref), int(entry.face.removeprefix("area "))


def _touches(thing: Model, _verb: str) -> Iterator[tuple[str, Iterable[int]]]:
    yield MEASURE, (thing.pk if isinstance(thing, Measure) else thing.measure_id,)


register(Source(MEASURE, every, parts))
check_with(check, Kind.MEASURE)
touched_by(_touches, Measure, Definition, Narrative, Release, Identification)
