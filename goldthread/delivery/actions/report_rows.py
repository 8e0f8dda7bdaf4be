"""What every report does alike: keep its charts and sources, write its text, weave a fresh one into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.text import Section, Text, section_form
from goldthread.delivery.models import Report, ReportSource
from goldthread.delivery.reporting.blocks import Composed, Source
from goldthread.delivery.reporting.gathering import Gathered
from goldthread.delivery.reporting.gathering_measures import Charted
from goldthread.delivery.reporting.in_depth import in_depth
from goldthread.delivery.reporting.merging import Merged, Written, is_untouched, merge, settled, written_of
from goldthread.delivery.reporting.records import MeasureSaid, Ref, ThemeSaid, record_form
from goldthread.delivery.reporting.theme_document import theme_document
from goldthread.mail.addresses import absolute
from goldthread.meetings.models import Paper
from goldthread.people.models import User
from goldthread.performance.actions.reporting import keep_chart
from goldthread.performance.models import ShownChart, ShownTo
from goldthread.plans.actions.sections import Conflict, remove_section, restore_section, save_section
from goldthread.plans.models import Edition, How
from goldthread.plans.seals import sealed
from goldthread.plans.texts import flatten, keep_version, section_of

MEANWHILE = "Somebody saved a section of it at the same moment. Nothing was assembled: try again."
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and when."""

    by: User
    at: datetime


def written(report: Report, gathered: Gathered) -> tuple[ThemeSaid, Composed]:
    """What a report says of what was gathered, under its own keys, and as it is read again once kept."""
    own = Ref("report", report.pk, gathered.said.source.label, report.get_absolute_url())
    said = replace(gathered.said, source=own)
    if report.kind == "theme":
        composed = theme_document(said, key=report.data["key"], absolute=absolute)
    else:
        charts = {each.measure.pk: each.shown.chart for each in gathered.charted if each.shown is not None}
        composed = in_depth(said, charts, key=report.data["key"], absolute=absolute)
    for image in composed.images.values():
        vault.keep(image)
    return said, replace(composed, text=settled(composed.text))


def keep_charts(said: ThemeSaid, charted: Iterable[Charted], paper: Paper, who: Writer) -> ThemeSaid:
    """Keep every chart as it is reported to the board in this paper, each once for the same figures."""
    rows = {each.measure.pk: _kept_chart(each, paper, who) for each in charted if each.form is not None}
    return replace(said, measures=tuple(_with_chart(each, rows) for each in said.measures))


def _with_chart(said: MeasureSaid, rows: Mapping[int, ShownChart]) -> MeasureSaid:
    row = rows.get(said.ref.pk)
    return said if row is None else replace(said, shown=row.pk)


def _kept_chart(charted: Charted, paper: Paper, who: Writer) -> ShownChart:
    """The chart just as it was written, kept as reported to the board; once for the same figures."""
    series = charted.series
    kept = ShownChart.objects.filter(paper=paper, measure=charted.measure, area=series.area)
    found = kept.filter(seal=charted.said.shown_seal).first()
    if found is not None:
        return found
    meeting = paper.item.meeting if paper.item else None
    on = meeting.on if meeting else localdate(who.at)
    about = {"on": on, "paper": paper, "meeting": meeting, "by": who.by, "at": who.at}
    row = keep_chart(series, charted.form, ShownTo.BOARD, **about)
    facts = {"area": series.area_name, "on": on, "seal": row.seal, "rows": sealed(row)}
    record(row, "reported to the board", by=who.by, at=who.at, body=charted.measure.body, **facts)
    return row


def keep_report(report: Report, said: ThemeSaid, composed: Composed, at: datetime) -> None:
    """Keep what a report was made of now: its record, what it wrote, where each block comes from."""
    before = report.data.get("written", {})
    report.data = {
        "key": report.data["key"],
        "record": record_form(said),
        "written": {**before, **written_of(composed.text)},
    }
    report.since, report.until, report.theme_title = said.since, said.until, said.title
    report.assembled_at = at
    report.save()
    _keep_sources(report, composed.sources)


def _keep_sources(report: Report, sources: Iterable[Source]) -> None:
    report.sources.all().delete()
    rows = (
        ReportSource(
            report=report,
            position=position,
            block_key=each.block_key,
            kind=each.ref.kind,
            ref_id=each.ref.pk,
            label=each.ref.label[:300],
            address=each.ref.address[:300],
            seal=each.ref.seal,
        )
        for position, each in enumerate(sources, start=1)
    )
    ReportSource.objects.bulk_create(rows, batch_size=BATCH)


def weave_in(edition: Edition, fresh: Text, before: Written, who: Writer) -> tuple[str, ...]:
    """Put a fresh text into an edition; gives the keys of a person's own blocks that the records outran."""
    placed = {each.key: each for each in edition.placements.select_related("version").order_by("position")}
    kept: list[str] = []
    last = ""
    for depth, section in flatten(fresh):
        stands = placed.get(section.key)
        if stands is not None:
            merged = merge(section_of(stands.version), section, before)
            kept.extend(merged.kept)
            _save(edition, merged, stands.version.seal, stands.version.form, who)
        elif section.key in before:
            continue
        else:
            _add(edition, section, last, depth, who)
        last = section.key
    _take_out(edition, fresh, placed, before, who)
    return tuple(kept)


def _save(edition: Edition, merged: Merged, base: str, stands: Mapping[str, Any], who: Writer) -> None:
    form = section_form(merged.section)
    if form == stands:
        return
    saved = save_section(
        edition=edition, key=merged.section.key, form=form, base=base, by=who.by, at=who.at, how=How.ADDED
    )
    if isinstance(saved, Conflict):
        raise ValidationError(_(MEANWHILE))


def _add(edition: Edition, section: Section, after: str, depth: int, who: Writer) -> None:
    """Place a section that the text did not have, under the key that the report gave it."""
    version = keep_version(edition.document, section, at=who.at)
    restore_section(edition=edition, version=version, after=after, depth=depth, base="", by=who.by, at=who.at)


def _take_out(edition: Edition, fresh: Text, placed: Mapping[str, Any], before: Written, who: Writer) -> None:
    """Take out what the report wrote once and would not write now, where nobody has touched it."""
    wanted = {section.key for _, section in fresh.walk()}
    for key, each in placed.items():
        if key not in wanted and key in before and is_untouched(section_of(each.version), before):
            remove_section(edition=edition, key=key, by=who.by, at=who.at)
