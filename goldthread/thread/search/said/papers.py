"""What papers and their appendices say: as they are written, and as they were accepted for an agenda."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.audit import vault
from goldthread.core.governance.exemption import Marking, strictest
from goldthread.core.text import Kind as BlockKind
from goldthread.meetings.appendices import appendix_text, fit_for_public
from goldthread.meetings.doors import chain_of_paper, papers_for
from goldthread.meetings.models import (
    AgendaItem,
    Appendix,
    Board,
    Meeting,
    MeetingStage,
    Paper,
    PaperStage,
)
from goldthread.meetings.papers import latest, paper_text, version_text
from goldthread.plans.models import DocumentKind, Edition
from goldthread.thread.models import Entry, Kind, Reading
from goldthread.thread.search import marks
from goldthread.thread.search.entries import DESK, OPEN, Part, Saying, sealed, thread_of, words_in
from goldthread.thread.search.sources import Asker, Parts, Source, check_with, register, touched_by

PAPER = "paper"
UNTOLD = frozenset({BlockKind.CONTACT})
"""What is printed of a paper for a reader of it, and is no way to find it."""


def every() -> Iterable[int]:
    return Paper.objects.values_list("pk", flat=True)


def parts(pks: Sequence[int]) -> Parts:
    """Each paper, and each thing that is attached to it."""
    rows = Paper.objects.filter(pk__in=pks).select_related(
        "board", "document", "item__parent", "item__meeting"
    )
    for paper in rows.prefetch_related("sign_offs", "appendices"):
        sayings = {"": list(_of_paper(paper))}
        for appendix in paper.appendices.all():
            if appendix.removed_at is None:
                sayings[f"appendix {appendix.pk}"] = list(_of_appendix(paper, appendix))
        yield (
            paper.pk,
            tuple(Part(name, sealed(said), said.copy) for name, said in sayings.items() if said),
        )


def _of_paper(paper: Paper) -> Iterator[Saying]:
    words = words_in(paper_text(paper).sections, UNTOLD)
    href = reverse("meetings:desk-paper", args=[paper.slug])
    yield _saying(Kind.PAPER, paper, str(paper.pk), "living", _readers(paper), href, paper.title, words, DESK)
    chain, version = chain_of_paper(paper, placed=True), latest(paper)
    if version is not None and (lock := _lock(paper, chain)):
        if lock == marks.PUBLIC:
            href = reverse("meetings:site-paper", args=_steps(paper))
        said = words_in(version_text(version).sections, UNTOLD)
        yield _saying(Kind.PAPER, paper, str(paper.pk), "accepted", (lock,), href, version.title, said, OPEN)


def _of_appendix(paper: Paper, appendix: Appendix) -> Iterator[Saying]:
    words, title = words_of_appendix(appendix), f"{appendix.label}: {appendix.title}"
    desk = reverse("meetings:desk-appendix", args=[paper.slug, appendix.pk])
    ref = str(appendix.pk)
    yield _saying(Kind.APPENDIX, paper, ref, "living", _readers(paper), desk, title, words, DESK)
    lock = _lock(paper, chain_of_paper(paper, appendix.marking, placed=True))
    if lock == marks.PUBLIC:
        if fit_for_public(appendix):
            href = _public_address(paper, appendix)
            yield _saying(Kind.APPENDIX, paper, ref, "accepted", (lock,), href, title, words, OPEN)
    elif lock:
        href = reverse("meetings:desk-paper", args=[paper.slug])
        yield _saying(Kind.APPENDIX, paper, ref, "accepted", (lock,), href, title, words, OPEN)


def _public_address(paper: Paper, appendix: Appendix) -> str:
    if appendix.edition_id is not None:
        return reverse("meetings:site-appendix", args=[*_steps(paper), appendix.pk])
    return reverse("meetings:site-appendix-file", args=[*_steps(paper), appendix.pk, appendix.name or "file"])


def words_of_appendix(appendix: Appendix) -> str:
    """What an attached plan said, or what a worker read in an attached file; nothing before it has."""
    if appendix.edition_id is not None:
        if not vault.holds(appendix.sha256):
            return ""
        text = appendix_text(appendix)
        return words_in(text.sections, UNTOLD) if text else ""
    return Reading.objects.filter(sha256=appendix.sha256).values_list("words", flat=True).first() or ""


def _steps(paper: Paper) -> list[str]:
    item = paper.item
    assert item is not None  # noqa: S101 - only a paper on an agenda has a public address
    return [paper.board.slug, item.meeting.slug, paper.slug]


def _readers(paper: Paper) -> tuple[str, ...]:
    """Who may read the words of a paper as they are now: as `doors.papers_for` has it."""
    body = paper.board.body_id
    offices = {each.office_id for each in paper.sign_offs.all()} | {paper.owner_office_id} - {None}
    found = {marks.person(paper.author_id, body), marks.managers(body)}
    found |= {marks.office(office) for office in offices}
    return tuple(sorted(found if paper.stage == PaperStage.DRAFTING else found | {marks.full(body)}))


def _lock(paper: Paper, chain: Sequence[str]) -> str:
    """Who may read what was accepted, once the agenda was published; nobody where it is exempt."""
    item, body = paper.item, paper.board.body_id
    if paper.stage != PaperStage.ACCEPTED or item is None or item.meeting.published_at is None:
        return ""
    found = strictest(*chain)
    if found is Marking.OPEN:
        listed = paper.board.listed and item.meeting.stage != MeetingStage.PLANNED
        return marks.PUBLIC if listed else marks.members(body)
    return marks.members(body) if found is Marking.MEMBERS else ""


def _saying(
    kind: Kind,
    paper: Paper,
    ref: str,
    face: str,
    locks: tuple[str, ...],
    href: str,
    title: str,
    words: str,
    place: int,
) -> Saying:
    day = paper.item.meeting.on if paper.item else paper.dated or localdate(paper.made_at)
    return Saying(
        kind=kind,
        ref=ref,
        face=face,
        locks=locks,
        href=href,
        title=title,
        words=words,
        body=paper.board.body_id,
        on=day,
        place=place,
        board=paper.board_id,
        within=paper.board.name,
        thread=thread_of("paper", paper.slug),
    )


def public_papers() -> QuerySet[Paper]:
    """The papers that everybody may read."""
    meeting = "item__meeting"
    rows = Paper.objects.filter(
        stage=PaperStage.ACCEPTED,
        marking=Marking.OPEN,
        item__marking=Marking.OPEN,
        **{f"{meeting}__published_at__isnull": False, f"{meeting}__board__listed": True},
    )
    above = Q(item__parent=None) | Q(item__parent__marking=Marking.OPEN)
    return rows.filter(above).exclude(item__meeting__stage=MeetingStage.PLANNED)


def check_papers(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The papers that the asker may read, living or as they were accepted."""
    refs = {entry.pk: (int(entry.ref), entry.face) for entry in entries}
    wanted = [ref for ref, _face in refs.values()]
    public = set(public_papers().filter(pk__in=wanted).values_list("pk", flat=True))
    told = {"accepted": public, "living": set()}
    if asker.user is not None:
        handed = papers_for(asker.user, on=asker.on).filter(pk__in=wanted)
        living = papers_for(asker.user, on=asker.on, living=True).filter(pk__in=wanted)
        told["accepted"] = public | set(handed.values_list("pk", flat=True))
        told["living"] = set(living.values_list("pk", flat=True))
    return {pk for pk, (ref, face) in refs.items() if ref in told[face]}


def check_appendices(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The appendices that the asker may open: of papers that they read living, or as they are marked."""
    rows = {row.pk: row for row in _appendices(int(entry.ref) for entry in entries)}
    papers = [row.paper_id for row in rows.values()]
    public = set(public_papers().filter(pk__in=papers).values_list("pk", flat=True))
    handed, living = set[int](), set[int]()
    if asker.user is not None:
        handed = set(papers_for(asker.user, on=asker.on).filter(pk__in=papers).values_list("pk", flat=True))
        own = papers_for(asker.user, on=asker.on, living=True).filter(pk__in=papers)
        living = set(own.values_list("pk", flat=True))
    found = set()
    for entry in entries:
        row = rows.get(int(entry.ref))
        if row is None:
            continue
        marking = strictest(*chain_of_paper(row.paper, row.marking, placed=True))
        seen = row.paper_id in public and marking is Marking.OPEN and fit_for_public(row)
        below = row.paper_id in handed and marking in (Marking.OPEN, Marking.MEMBERS)
        if row.paper_id in living or (entry.face == "accepted" and (seen or below)):
            found.add(entry.pk)
    return found


def _appendices(pks: Iterable[int]) -> QuerySet[Appendix]:
    rows = Appendix.objects.filter(pk__in=list(pks), removed_at=None)
    return rows.select_related("paper__item__parent", "paper__board")


def _touches(thing: Model, verb: str) -> Iterator[tuple[str, Iterable[int]]]:
    if isinstance(thing, Paper):
        yield PAPER, (thing.pk,)
    elif isinstance(thing, Edition):
        if thing.document.kind == DocumentKind.PAPER:
            yield PAPER, Paper.objects.filter(document=thing.document_id).values_list("pk", flat=True)
    elif isinstance(thing, AgendaItem):
        under = Q(item=thing.pk) | Q(item__parent=thing.pk)
        yield PAPER, Paper.objects.filter(under).values_list("pk", flat=True)
    elif isinstance(thing, Meeting):
        yield PAPER, Paper.objects.filter(item__meeting=thing.pk).values_list("pk", flat=True)
    elif isinstance(thing, Board) and verb == "renamed":
        yield PAPER, Paper.objects.filter(board=thing.pk).values_list("pk", flat=True)


register(Source(PAPER, every, parts))
check_with(check_papers, Kind.PAPER)
check_with(check_appendices, Kind.APPENDIX)
touched_by(_touches, Paper, Edition, AgendaItem, Meeting, Board)
