"""What goes into a pack now: built up from what its audience may see, never cut down from more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from goldthread.core.governance.exemption import Audience, allowed, strictest
from goldthread.core.problems import Problem
from goldthread.core.text import Text, numbers, seal_of, text_seal
from goldthread.meetings.appendices import Attached, attached_of, fit_for_public
from goldthread.meetings.doors import SeenItem, SeenPaper, chain_of, seen_agenda
from goldthread.meetings.logs import action_log_text
from goldthread.meetings.minutes_text import labels_of, minutes_text, minutes_to_approve
from goldthread.meetings.models import AgendaItem, Appendix, ItemKind, Meeting, PaperStage
from goldthread.meetings.pack_contents import Contents, HeldItem, HeldPaper
from goldthread.meetings.papers import latest
from goldthread.meetings.texts import form_of


def freeze(meeting: Meeting, variant: Audience, *, ordinal: int = 1) -> Contents:
    """Everything that a pack of a meeting holds if it is asked for now."""
    rows = {item.pk: item for item in meeting.items.select_related("parent")}
    items = tuple(
        _item(meeting, seen, rows[seen.pk], variant) for seen in seen_agenda(meeting, audience=variant)
    )
    return Contents(
        board=meeting.board.name,
        body=meeting.board.body.name,
        on=meeting.on.isoformat(),
        time=f"{localtime(meeting.starts_at):%H:%M}",
        place=meeting.place,
        variant=variant.value,
        supplement=False,
        ordinal=ordinal,
        items=items,
    )


def only_new(contents: Contents, known: Collection[Contents], *, ordinal: int) -> Contents:
    """A supplement: the items and papers that none of the packs which are out already holds."""
    items = {item.pk for each in known for item in each.items}
    papers = {paper.key for each in known for _item, paper in each.papers()}
    found = []
    for item in contents.items:
        new = tuple(paper for paper in item.papers if paper.key not in papers)
        if new or item.pk not in items:
            found.append(replace(item, papers=new))
    return replace(contents, items=tuple(found), supplement=True, ordinal=ordinal)


def _item(meeting: Meeting, seen: SeenItem, row: AgendaItem, variant: Audience) -> HeldItem:
    held = HeldItem(
        pk=seen.pk,
        anchor=seen.anchor,
        number=seen.number,
        title=seen.title,
        kind=seen.kind,
        depth=seen.depth,
        exempt=seen.exempt,
        reason=seen.reason_code,
        note=seen.note,
        lead=seen.lead,
        purpose=seen.purpose,
        late=seen.late,
        withdrawn=seen.withdrawn,
        marking="" if seen.exempt else row.marking,
    )
    if seen.exempt or seen.withdrawn:
        return held
    papers = (*_standing(meeting, row, variant), *_papers(seen, row, variant))
    return replace(held, papers=papers)


def _papers(seen: SeenItem, row: AgendaItem, variant: Audience) -> Iterator[HeldPaper]:
    """The papers that were accepted, each as it was last handed in."""
    for each in seen.papers:
        version = latest(each.paper)
        if each.paper.stage != PaperStage.ACCEPTED or version is None:
            continue
        chain = (*chain_of(row), each.paper.marking)
        if not allowed(*chain, audience=variant):
            continue
        yield HeldPaper(
            key=f"paper-{each.paper.pk}",
            kind="paper",
            title=version.title,
            seal=version.seal,
            paper=each.paper.pk,
            version=version.pk,
            number=version.number,
            marking=strictest(*chain) or "",
            appendices=_appendices(each, attached_of(version), row, variant),
        )


def _appendices(
    seen: SeenPaper, kept: tuple[Attached, ...], row: AgendaItem, variant: Audience
) -> tuple[Attached, ...]:
    shown = {appendix.pk: appendix for appendix in seen.appendices}
    found = []
    for each in kept:
        living = shown.get(each.pk)
        if living is None:
            continue
        chain = (*chain_of(row), seen.paper.marking, living.marking or seen.paper.marking)
        if allowed(*chain, audience=variant):
            found.append(replace(each, marking=strictest(*chain) or ""))
    return tuple(found)


def _standing(meeting: Meeting, row: AgendaItem, variant: Audience) -> Iterator[HeldPaper]:
    """The minutes that the meeting is to approve, or did, under their item; the action log under its own."""
    if row.kind == ItemKind.MINUTES:
        approved = meeting.approved_minutes.select_related("meeting__board").order_by("meeting__starts_at")
        for minutes in (*approved, *minutes_to_approve(meeting.board, meeting.on)):
            text = minutes_text(minutes, variant)
            if text is not None:
                labels = labels_of(minutes.meeting, text)
                yield _frozen(f"minutes-{minutes.pk}", "minutes", text, labels, row.marking)
    elif row.kind == ItemKind.ACTIONS:
        text = action_log_text(meeting.board, meeting.on, variant)
        yield _frozen("actions", "actions", text, numbers(text), row.marking)


def _frozen(key: str, kind: str, text: Text, labels: dict[str, str], marking: str) -> HeldPaper:
    seal = seal_of([text_seal(text), labels])
    return HeldPaper(key, kind, text.title, seal, marking=marking, form=tuple(form_of(text)), labels=labels)


def unfit(contents: Contents) -> Iterator[Problem]:
    """A problem for each appendix that cannot go to the public as it is, naming it."""
    pks = [each.pk for _item, paper in contents.papers() for each in paper.appendices]
    rows = {row.pk: row for row in Appendix.objects.filter(pk__in=pks)}
    for item, paper in contents.papers():
        for each in paper.appendices:
            row = rows[each.pk]
            if row.sha256 == each.sha256 and fit_for_public(row):
                continue
            words = _(
                "%(label)s, ‘%(title)s’, hides something that nobody has settled. Open the paper, see what "
                "was found under the appendix, and mend the file or settle each finding."
            ) % {"label": each.label, "title": each.title}
            yield Problem(
                _("Item %(name)s: %(title)s") % {"name": item.number, "title": paper.title}, words, "unfit"
            )
