"""What the public reads of boards, ready to be shown: built up from what is open and was published.

Nothing here knows who is reading. A page gets records with words and addresses in them and never a
row of exempt business, so that it has nothing to give away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from goldthread.core.governance.exemption import Audience, Reason, allowed, reason_of
from goldthread.core.text import Text
from goldthread.meetings.appendices import fit_for_public
from goldthread.meetings.doors import (
    SeenItem,
    SeenPaper,
    chain_of,
    public_boards,
    public_meetings,
    seen_agenda,
)
from goldthread.meetings.models import (
    ActionState,
    Appendix,
    Arising,
    Board,
    Correction,
    Decision,
    ItemKind,
    Meeting,
    MeetingStage,
    MinutesStage,
    Pack,
    PaperVersion,
    PublicQuestion,
    Seat,
)
from goldthread.meetings.packs import issue_name, public_packs
from goldthread.meetings.registers import Shown, shown
from goldthread.meetings.texts import text_of_form

PUBLIC = Audience.PUBLIC


class AppendixLine(NamedTuple):
    """An appendix on a public page; without an address while it is being made ready."""

    label: str
    title: str
    address: str
    size: int
    is_text: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper on a public agenda."""

    title: str
    address: str
    pdf: str
    docx: str
    appendices: tuple[AppendixLine, ...]


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """Published minutes that an item approved: of which day, and where they are read."""

    on: date
    address: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a public agenda; of an exempt one its public title, ground, who decided, when it is
    to be reviewed, and nothing else."""

    anchor: str
    number: str
    title: str
    depth: int
    exempt: bool
    reason: Reason | None
    marked_by: str
    review_on: date | None
    note: str
    lead: str
    late: str
    withdrawn: str
    papers: tuple[PaperLine, ...]
    minutes: tuple[MinutesLine, ...] = ()


def board_of(slug: str) -> Board:
    """One board of which the public is told; 404 else."""
    board = public_boards().filter(slug=slug).first()
    if board is None:
        raise Http404("There is no such board here.")
    return board


def meeting_of(board: str, slug: str) -> Meeting:
    """One meeting of which the public is told; 404 else."""
    meeting = public_meetings().filter(board__slug=board, slug=slug).first()
    if meeting is None:
        raise Http404("There is no such meeting here.")
    return meeting


def agenda_of(meeting: Meeting) -> tuple[ItemLine, ...]:
    """The agenda of a meeting as the public reads it: four queries."""
    approved = _approved_at(meeting)
    return tuple(_line(meeting, seen, approved) for seen in seen_agenda(meeting, audience=PUBLIC))


def _approved_at(meeting: Meeting) -> tuple[MinutesLine, ...]:
    """The minutes that a meeting approved, as far as they have been published."""
    rows = meeting.approved_minutes.filter(stage=MinutesStage.PUBLISHED).select_related("meeting")
    steps = meeting.board.slug
    return tuple(
        MinutesLine(row.meeting.on, reverse("meetings:site-minutes", args=[steps, row.meeting.slug]))
        for row in rows.order_by("meeting__on")
    )


def _line(meeting: Meeting, seen: SeenItem, approved: tuple[MinutesLine, ...]) -> ItemLine:
    return ItemLine(
        seen.anchor,
        seen.number,
        seen.title,
        seen.depth,
        seen.exempt,
        reason_of(seen.reason_code) if seen.exempt else None,
        seen.marked_by,
        seen.review_on,
        seen.note,
        seen.lead,
        seen.late,
        seen.withdrawn,
        tuple(paper_line(meeting, each) for each in seen.papers),
        approved if seen.kind == ItemKind.MINUTES and not seen.exempt else (),
    )


def paper_line(meeting: Meeting, seen: SeenPaper) -> PaperLine:
    """A paper that the public may read, with the addresses of its forms."""
    steps = [meeting.board.slug, meeting.slug, seen.paper.slug]
    return PaperLine(
        seen.title,
        reverse("meetings:site-paper", args=steps),
        reverse("meetings:site-paper-file", args=[*steps, "pdf"]),
        reverse("meetings:site-paper-file", args=[*steps, "docx"]),
        tuple(appendix_line(steps, each) for each in seen.appendices),
    )


def appendix_line(steps: list[str], appendix: Appendix) -> AppendixLine:
    """An appendix that the public may read; ``steps`` are the addresses of board, meeting and paper."""
    is_text = appendix.edition_id is not None
    address = ""
    if fit_for_public(appendix):
        name = "meetings:site-appendix" if is_text else "meetings:site-appendix-file"
        more = [appendix.pk] if is_text else [appendix.pk, appendix.name or "file"]
        address = reverse(name, args=[*steps, *more])
    return AppendixLine(appendix.label, appendix.title, address, appendix.size, is_text)


class Opened(NamedTuple):
    """A paper that the public may read: its item, itself, the version that was accepted."""

    item: SeenItem
    paper: SeenPaper
    version: PaperVersion


def paper_of(meeting: Meeting, slug: str) -> Opened:
    """One paper of a meeting that is open and was accepted for a published agenda; 404 else."""
    for item in seen_agenda(meeting, audience=PUBLIC):
        for each in item.papers:
            version = each.paper.versions.order_by("-number").first() if each.paper.slug == slug else None
            if version is not None:
                version.paper = each.paper
                each.paper.board = meeting.board
                return Opened(item, each, version)
    raise Http404("There is no such paper here.")


def appendix_of(opened: Opened, pk: int) -> Appendix:
    """One appendix of an open paper that is open itself and hides nothing; 404 else."""
    for each in opened.paper.appendices:
        if each.pk == pk and fit_for_public(each):
            return each
    raise Http404("There is no such appendix here.")


class PackLine(NamedTuple):
    """A pack that the public may have: what it is called, where it is, how long, and its file."""

    name: str
    address: str
    pages: int
    pack: Pack


def packs_of(meeting: Meeting) -> tuple[PackLine, ...]:
    """The packs of a meeting that were released to the public and hold nothing exempt: the whole one
    and its supplements."""
    found = []
    for pack in public_packs(meeting):
        steps = [meeting.board.slug, meeting.slug]
        if pack.supplement:
            name, step = "meetings:site-supplement", [int(pack.contents["ordinal"])]
        else:
            name, step = "meetings:site-pack", []
        found.append(PackLine(issue_name(pack), reverse(name, args=[*steps, *step]), pack.page_count, pack))
    return tuple(found)


def pack_of(meeting: Meeting, ordinal: int = 0) -> Pack:
    """The whole pack of a meeting, or one of its supplements; 404 where the public may not have it."""
    for pack in public_packs(meeting):
        if (int(pack.contents["ordinal"]) if pack.supplement else 0) == ordinal and pack.sha256:
            return pack
    raise Http404("No such pack of this meeting has been released.")


def decisions_of(meeting: Meeting) -> tuple[Shown, ...]:
    """What was decided at a meeting, so far as the public is told: two queries."""
    rows = Decision.objects.filter(meeting=meeting, published_at__isnull=False).order_by("serial")
    return shown_to_public(rows.select_related("register", "version__paper__item__parent"))


def shown_to_public(rows: Iterable[Decision]) -> tuple[Shown, ...]:
    """Published decisions as the public is told of them, with what was put right: one query more."""
    found = list(rows)
    corrected: dict[int, list[Correction]] = {}
    for row in Correction.objects.filter(decision__in=found):
        corrected.setdefault(row.decision_id, []).append(row)
    return tuple(shown(each, audience=PUBLIC, corrections=corrected.get(each.pk, ())) for each in found)


def questions_of(meeting: Meeting) -> tuple[PublicQuestion, ...]:
    """The questions from the public that are published, none of which stands under an exempt item."""
    rows = meeting.questions.filter(listed=True).select_related("item__parent")
    return tuple(row for row in rows if row.item is None or allowed(*chain_of(row.item), audience=PUBLIC))


def minutes_published(meeting: Meeting) -> date | None:
    """The day on which the minutes of a meeting were published, or nothing."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is None or minutes.stage != MinutesStage.PUBLISHED or minutes.published_at is None:
        return None
    return timezone.localdate(minutes.published_at)


class Years(NamedTuple):
    """The meetings of a board for its page: the next, those after it, the past ones by year."""

    coming: tuple[Meeting, ...]
    past: tuple[tuple[int, tuple[Meeting, ...]], ...]


def meetings_of(board: Board, on: date) -> Years:
    """The published meetings of a board: those to come in order, the past ones newest first by year."""
    rows = list(public_meetings().filter(board=board).select_related("minutes").order_by("starts_at"))
    coming = tuple(row for row in rows if row.on >= on and row.stage != MeetingStage.HELD)
    past: dict[int, tuple[Meeting, ...]] = {}
    for row in reversed(rows):
        if row not in coming:
            past[row.on.year] = (*past.get(row.on.year, ()), row)
    return Years(coming, tuple(past.items()))


def members_of(board: Board, on: date) -> tuple[Seat, ...]:
    """Who sits at a board's table on a day, in its order."""
    return tuple(
        seat for seat in board.seats.all() if seat.starts <= on and (seat.ends is None or on <= seat.ends)
    )


def terms_of(board: Board, on: date) -> tuple[Text, date, str] | None:
    """The terms of reference in force on a day, since when, and where they were adopted."""
    row = board.terms.filter(from_day__lte=on).first()
    if row is None:
        return None
    return text_of_form(row.form, title=str(row)), row.from_day, row.adopted


class ActionLine(NamedTuple):
    """An action of published minutes, as the public reads it."""

    number: str
    words: str
    owners: str
    due: str
    state: str
    open: bool
    meeting: Meeting


def actions_of(board: Board) -> tuple[ActionLine, ...]:
    """The actions that arose at meetings whose minutes are published, but for exempt ones."""
    rows = Arising.objects.filter(board=board, exempt=False, meeting__minutes__stage=MinutesStage.PUBLISHED)
    rows = rows.filter(meeting__published_at__isnull=False).select_related("item__parent", "meeting")
    return tuple(
        ActionLine(
            row.number,
            row.words,
            row.owner_words,
            row.due_words or (f"{row.due:%-d %B %Y}" if row.due else ""),
            row.get_state_display(),
            row.state in (ActionState.OPEN, ActionState.DONE),
            row.meeting,
        )
        for row in rows.order_by("-meeting__on", "number")
        if row.item is None or allowed(*chain_of(row.item), audience=PUBLIC)
    )


def address_of(meeting: Meeting) -> str:
    """The public page of a meeting."""
    return reverse("meetings:site-meeting", args=[meeting.board.slug, meeting.slug])


class News(NamedTuple):
    """Something that was put before the public: for feeds, newest first."""

    title: str
    words: str
    address: str
    at: datetime
