"""Every door to a board's affairs. What is not plainly allowed is refused, and is not even named.

A page never shows a title, number of papers or reason straight from a row: it asks here for what
its reader may be shown. ``Audience`` is the reader's: the public's, the members', or of those who
read everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, Marking, allowed
from goldthread.meetings.models import (
    AgendaItem,
    Appendix,
    Board,
    Decision,
    Meeting,
    MeetingStage,
    Paper,
    PaperStage,
)
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.people.queries import abilities, offices_of

EXEMPT_TITLE = "Exempt item"
OF_A_DECISION = ("register__body", "meeting__board", "item", "version__paper__item__parent")


def audience_of(user: User, body: Body, on: date) -> Audience:
    """As which audience a person reads the business of a body on a day."""
    return _audience(abilities(user, body, on))


def _audience(held: Iterable[Ability]) -> Audience:
    held = frozenset(held)
    if Ability.READ_EXEMPT in held:
        return Audience.FULL
    return Audience.MEMBERS if Ability.READ_PACKS in held else Audience.PUBLIC


def boards_for(user: User, *, on: date) -> QuerySet[Board]:
    """The boards whose desk a person may open: of every body where they read drafts."""
    bodies = {o.body_id for o in offices_of(user, on) if Ability.READ_DRAFTS in o.abilities}
    return Board.objects.filter(body__in=bodies).select_related("body", "decider")


def board_for(user: User, slug: str, *, on: date, ability: Ability = Ability.READ_DRAFTS) -> Board:
    """One board: 404 where it is not theirs to see, 403 where they may not do what they ask."""
    board = boards_for(user, on=on).filter(slug=slug).first()
    if board is None:
        raise Http404("There is no such board here.")
    require(user, ability, board.body, on=on)
    return board


def meeting_for(
    user: User, board: str, slug: str, *, on: date, ability: Ability = Ability.READ_DRAFTS
) -> Meeting:
    """One meeting of a board, by the addresses of both."""
    found = board_for(user, board, on=on, ability=ability)
    meeting = found.meetings.filter(slug=slug).first()
    if meeting is None:
        raise Http404(f"{found.name} has no such meeting.")
    meeting.board = found
    return meeting


def item_for(meeting: Meeting, pk: int, *, audience: Audience) -> AgendaItem:
    """One item of a meeting whose words an audience may read; 404 else, as if it were not there."""
    item = meeting.items.filter(pk=pk).select_related("parent").first()
    if item is None or not allowed(*chain_of(item), audience=audience):
        raise Http404("There is no such item here.")
    item.meeting = meeting
    return item


def chain_of(item: AgendaItem) -> tuple[str, ...]:
    """The markings under which an item stands: of the item above it, where there is one, and its own."""
    return (item.marking,) if item.parent is None else (item.parent.marking, item.marking)


def chain_of_paper(
    paper: Paper, appendix_marking: str | None = None, *, placed: bool = False
) -> tuple[str, ...]:
    """The markings under which a paper stands: of its item and whatever is above that, and its own.

    With the marking of something attached to it, the chain of that: where none was given, the paper's.
    Where only what is ``placed`` on an agenda may be told of, one that is on none counts as unmarked.
    Select ``item__parent`` where there are many.
    """
    above = chain_of(paper.item) if paper.item else ("",) * placed
    below = () if appendix_marking is None else (appendix_marking or paper.marking,)
    return (*above, paper.marking, *below)


def papers_for(user: User, *, on: date, living: bool = False) -> QuerySet[Paper]:
    """The papers that a person may read at the desk.

    Their own and their office's; those they are asked to sign off; every paper for those who read
    everything, once it was submitted; and what was accepted for a published agenda, as marked. Of
    these last a person may read only what was handed in: ``living`` leaves them out.
    """
    offices = offices_of(user, on)
    if not offices:
        return Paper.objects.none()
    held = {body: [o for o in offices if o.body_id == body] for body in {o.body_id for o in offices}}
    seen = Q(author=user) | Q(owner_office__in=offices) | Q(sign_offs__office__in=offices)
    for body, own in held.items():
        can = frozenset().union(*(office.abilities for office in own))
        here = Q(board__body=body)
        audience = _audience(can)
        if Ability.MANAGE_MEETINGS in can:
            seen |= here
        elif audience is Audience.FULL:
            seen |= here & ~Q(stage=PaperStage.DRAFTING)
        elif audience is Audience.MEMBERS and not living:
            open_to = [marking for marking in ("open", "members") if allowed(marking, audience=audience)]
            published = Q(stage=PaperStage.ACCEPTED, item__meeting__published_at__isnull=False)
            above = Q(item__parent=None) | Q(item__parent__marking__in=open_to)
            seen |= here & published & above & Q(marking__in=open_to, item__marking__in=open_to)
    bodies = Q(board__body__in=held)
    return Paper.objects.filter(seen & bodies).distinct().select_related("board__body", "document", "author")


def paper_for(user: User, slug: str, *, on: date) -> Paper:
    """One paper that a person may read at the desk; 404 else."""
    paper = papers_for(user, on=on).filter(slug=slug).first()
    if paper is None:
        raise Http404("There is no such paper here.")
    return paper


def may_write(user: User, paper: Paper, *, on: date) -> bool:
    """Whether a person may change the words of a paper now: its author or office, or whoever manages
    meetings, while it is with its author."""
    if paper.stage not in (PaperStage.DRAFTING, PaperStage.RETURNED):
        return False
    can = abilities(user, paper.board.body, on)
    if Ability.MANAGE_MEETINGS in can:
        return True
    if Ability.WRITE_PAPER not in can:
        return False
    mine = {office.pk for office in offices_of(user, on, paper.board.body)}
    return paper.author_id == user.pk or paper.owner_office_id in mine


def decisions_for(user: User, *, on: date) -> QuerySet[Decision]:
    """The decisions that a person may read at the desk: exempt ones only for those who read everything."""
    seen = Q(pk__in=())
    for body in {office.body for office in offices_of(user, on)}:
        can = abilities(user, body, on)
        if Ability.READ_DRAFTS not in can:
            continue
        audience = _audience(can)
        here = Q(register__body=body)
        if audience is Audience.FULL:
            seen |= here
        else:
            markings = [m for m in ("open", "members") if allowed(m, audience=audience)]
            seen |= here & Q(decided_at__isnull=False, marking__in=markings)
    return Decision.objects.filter(seen).select_related(*OF_A_DECISION)


@dataclass(frozen=True, slots=True)
class SeenPaper:
    """A paper on an agenda as its reader may see it, with the appendices that they may open."""

    paper: Paper
    title: str
    appendices: tuple[Appendix, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An agenda item as its reader may see it. An exempt one has neither its own title, words nor papers."""

    pk: int
    anchor: str
    number: str
    title: str
    kind: str
    depth: int = 0
    exempt: bool = False
    reason_code: str = ""
    marked_by: str = ""
    review_on: date | None = None
    note: str = ""
    lead: str = ""
    purpose: str = ""
    late: str = ""
    withdrawn: str = ""
    papers: tuple[SeenPaper, ...] = ()
    item: AgendaItem | None = None


def seen_agenda(meeting: Meeting, *, audience: Audience) -> tuple[SeenItem, ...]:
    """The agenda of a meeting as an audience may see it, in order: three queries.

    The public is shown an agenda only once it was published; a paper of one of those is shown only
    when it was accepted, and to the public or members only as it was marked.
    """
    if audience is Audience.PUBLIC and not is_public(meeting):
        return ()
    items = list(meeting.items.select_related("parent").order_by("position"))
    papers = _papers_by_item(meeting, audience)
    return tuple(_seen(item, papers.get(item.pk, ()), audience) for item in items)


def is_public(meeting: Meeting) -> bool:
    """Whether the public is told of a meeting's agenda."""
    return meeting.published_at is not None and meeting.board.listed


def _papers_by_item(meeting: Meeting, audience: Audience) -> dict[int, tuple[SeenPaper, ...]]:
    rows = Paper.objects.filter(item__meeting=meeting).exclude(stage=PaperStage.WITHDRAWN)
    if audience is not Audience.FULL:
        rows = rows.filter(stage=PaperStage.ACCEPTED)
    found: dict[int, tuple[SeenPaper, ...]] = {}
    rows = rows.select_related("item__parent", "document", "author").prefetch_related("appendices")
    for paper in rows.order_by("position", "pk"):
        if allowed(*chain_of_paper(paper), audience=audience):
            attached = tuple(a for a in paper.appendices.all() if _shown(a, paper, audience))
            found[paper.item_id] = (*found.get(paper.item_id, ()), SeenPaper(paper, paper.title, attached))
    return found


def _shown(appendix: Appendix, paper: Paper, audience: Audience) -> bool:
    chain = chain_of_paper(paper, appendix.marking)
    return appendix.removed_at is None and allowed(*chain, audience=audience)


def _seen(item: AgendaItem, papers: tuple[SeenPaper, ...], audience: Audience) -> SeenItem:
    depth = 1 if item.parent_id else 0
    if not allowed(*chain_of(item), audience=audience):
        return SeenItem(
            item.pk,
            item.anchor,
            item.number,
            item.public_title or EXEMPT_TITLE,
            item.kind,
            depth,
            True,
            item.reason_code,
            item.marked_by,
            item.review_on,
            withdrawn="Withdrawn" if item.withdrawn_at else "",
        )
    return SeenItem(
        item.pk,
        item.anchor,
        item.number,
        item.title,
        item.kind,
        depth,
        note=item.note,
        lead=item.lead,
        purpose=item.purpose,
        late=item.late_reason,
        withdrawn=item.withdrawn_reason,
        papers=papers,
        item=item,
    )


def public_boards() -> QuerySet[Board]:
    """The boards of which the public is told."""
    return Board.objects.filter(listed=True).select_related("body")


def public_meetings() -> QuerySet[Meeting]:
    """The meetings of which the public is told: their agenda was published, or they were cancelled then."""
    found = Meeting.objects.filter(board__listed=True, published_at__isnull=False)
    return found.exclude(stage=MeetingStage.PLANNED).select_related("board__body")


def public_decisions() -> QuerySet[Decision]:
    """The decisions of which the public is told anything. Of one that is not open it is told only
    ``public_title``, ``public_words``, the reason, the number and the date."""
    return Decision.objects.filter(published_at__isnull=False).select_related(*OF_A_DECISION)


def decision_for(user: User, pk: int, *, on: date) -> Decision:
    """One decision that a person may read at the desk; 404 else."""
    rows = decisions_for(user, on=on).select_related("board", "decider", "recommendation", "version__paper")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such decision here.")
    return found


def note_reading(thing: AgendaItem | Paper | Decision, *, by: User, at: datetime, body: Body) -> None:
    """Record that somebody opened exempt business at the desk; nothing where it is not exempt."""
    if thing.marking == Marking.EXEMPT:
        record(thing, "read exempt business", by=by, at=at, body=body)
