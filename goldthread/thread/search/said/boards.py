"""What boards say: the items of agendas, minutes, decisions and the actions that arise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.core.governance.exemption import Audience, allowed
from goldthread.meetings.actions.arising import is_owner
from goldthread.meetings.doors import audience_of, boards_for, chain_of, decisions_for, public_decisions
from goldthread.meetings.doors import is_public as is_published
from goldthread.meetings.logs import is_open_to, is_seen
from goldthread.meetings.minutes_text import minutes_text, public_minutes
from goldthread.meetings.models import (
    AgendaItem,
    Arising,
    Board,
    Decision,
    DecisionStage,
    Meeting,
    MeetingStage,
    Minutes,
    MinutesStage,
    Paper,
)
from goldthread.meetings.registers import shown
from goldthread.people.models import User
from goldthread.thread.models import Entry, Kind
from goldthread.thread.search import marks
from goldthread.thread.search.entries import (
    DESK,
    OPEN,
    Part,
    Saying,
    joined,
    sealed,
    thread_of,
    whole,
    words_in,
)
from goldthread.thread.search.sources import Asker, Parts, Source, check_with, register, touched_by

MEETING, DECISION, ARISING = "meeting", "decision", "arising"
DESKS = (("members", Audience.MEMBERS, marks.members), ("full", Audience.FULL, marks.full))


def _public_meeting(meeting: Meeting) -> bool:
    return is_published(meeting) and meeting.stage != MeetingStage.PLANNED


def meetings(pks: Sequence[int]) -> Parts:
    """The items of each meeting's agenda and its minutes."""
    rows = Meeting.objects.filter(pk__in=pks).select_related("board", "minutes")
    for meeting in rows.prefetch_related("items__parent"):
        made: dict[str, list[Saying]] = {}
        for item in meeting.items.all():
            item.meeting = meeting
            made[f"item {item.pk}"] = list(_of_item(item))
        if minutes := getattr(meeting, "minutes", None):
            minutes.meeting = meeting
            made["minutes"] = list(_of_minutes(minutes))
        yield (
            meeting.pk,
            tuple(Part(name, sealed(said), said.copy) for name, said in made.items() if said),
        )


def _of_item(item: AgendaItem) -> Iterator[Saying]:
    meeting, body = item.meeting, item.meeting.board.body_id
    chain = chain_of(item)
    words = joined(item.note, item.lead)
    href = reverse("meetings:desk-item", args=[meeting.board.slug, meeting.slug, item.pk])
    open_to = marks.drafts(body) if is_published(meeting) else marks.members(body)
    lock = marks.marked(chain, body, open_to=open_to)
    yield _saying(meeting, Kind.ITEM, str(item.pk), "desk", lock, href, item.title, words, DESK)
    if allowed(*chain, audience=Audience.PUBLIC) and _public_meeting(meeting):
        href = f"{reverse('meetings:site-meeting', args=[meeting.board.slug, meeting.slug])}#{item.anchor}"
        yield _saying(meeting, Kind.ITEM, str(item.pk), "public", marks.PUBLIC, href, item.title, words, OPEN)


def _of_minutes(minutes: Minutes) -> Iterator[Saying]:
    meeting, ref = minutes.meeting, str(minutes.pk)
    steps = [meeting.board.slug, meeting.slug]
    text = public_minutes(minutes) if _public_meeting(meeting) else None
    if text is not None:
        href = reverse("meetings:site-minutes", args=steps)
        words = words_in(text.sections)
        yield _saying(meeting, Kind.MINUTES, ref, "public", marks.PUBLIC, href, text.title, words, OPEN)
    href = reverse("meetings:desk-minutes", args=steps)
    for place, (name, audience, lock_of) in enumerate(DESKS, start=DESK):
        if text := minutes_text(minutes, audience):
            lock = lock_of(meeting.board.body_id)
            words = words_in(text.sections)
            yield _saying(meeting, Kind.MINUTES, ref, name, lock, href, text.title, words, place)


def _saying(
    meeting: Meeting,
    kind: Kind,
    ref: str,
    face: str,
    lock: str,
    href: str,
    title: str,
    words: str,
    place: int,
) -> Saying:
    return Saying(
        kind=kind,
        ref=ref,
        face=face,
        locks=(lock,),
        href=href,
        title=title,
        words=words,
        body=meeting.board.body_id,
        on=meeting.on,
        place=place,
        board=meeting.board_id,
        within=meeting.board.name,
    )


def decisions(pks: Sequence[int]) -> Parts:
    """Each decision, in corrected words, as those at the desk and the public are told of it."""
    rows = Decision.objects.filter(pk__in=pks).select_related(
        "register", "version__paper__item__parent", "version__paper__board"
    )
    for decision in rows.prefetch_related("corrections"):
        yield decision.pk, whole(_of_decision(decision))


def _of_decision(decision: Decision) -> Iterator[Saying]:
    body = decision.register.body_id
    chain = (decision.marking,)
    lock = marks.marked(chain, body, open_to=marks.drafts(body)) if decision.decided_at else marks.full(body)
    audience = {"d": Audience.PUBLIC, "m": Audience.MEMBERS}.get(lock[0], Audience.FULL)
    href = reverse("meetings:desk-decision", args=[decision.pk])
    yield _decided(decision, "desk", lock, href, audience, DESK)
    if decision.published_at is not None and decision.slug:
        href = reverse("meetings:site-decision", args=[decision.slug])
        yield _decided(decision, "public", marks.PUBLIC, href, Audience.PUBLIC, OPEN)


def _decided(decision: Decision, face: str, lock: str, href: str, audience: Audience, place: int) -> Saying:
    """A decision as an audience is told of it; of an exempt one the public only what it is to be told."""
    seen = shown(decision, audience=audience, corrections=list(decision.corrections.all()))
    told = (seen.resolved, seen.recommended, seen.reasons, seen.powers, seen.consulted, seen.decided_by)
    options = [line for pair in seen.options for line in pair]
    title = " ".join(each for each in (seen.reference, seen.title) if each)
    return Saying(
        kind=Kind.DECISION,
        ref=str(decision.pk),
        face=face,
        locks=(lock,),
        href=href,
        title=title,
        words=joined(seen.words, *told, *options),
        body=decision.register.body_id,
        on=decision.decided_on or localdate(decision.made_at),
        place=place,
        board=decision.board_id,
        within=decision.register.name,
        thread="" if seen.exempt else thread_of("decision", decision.slug or str(decision.pk)),
    )


def arisings(pks: Sequence[int]) -> Parts:
    """Each action that arose, for those who read its log and for those who owe it."""
    rows = Arising.objects.filter(pk__in=pks)
    rows = rows.select_related("board", "meeting__minutes", "item__parent").prefetch_related("owners", "news")
    for action in rows:
        yield action.pk, whole(_of_arising(action))


def _of_arising(action: Arising) -> Iterator[Saying]:
    board, body = action.board, action.board.body_id
    news = [each.words for each in action.news.all()]
    words = joined(action.words, action.owner_words, action.due_words)
    lock = _arising_lock(action)
    locks = tuple(sorted({lock, *_owners(action)}))
    href = reverse("meetings:desk-action", args=[board.slug, *action.number.split("/")])
    title = f"{action.number}: {action.words}"
    common = {"kind": Kind.ARISING, "ref": str(action.pk), "title": title, "body": body}
    common |= {"on": action.meeting.on, "board": board.pk, "within": board.name}
    common |= {"thread": thread_of("arising", board.slug, action.number.replace("/", "-"))}
    yield Saying(face="desk", locks=locks, href=href, words=joined(words, *news), place=DESK, **common)
    meeting = action.meeting
    meeting.board = board
    if is_seen(action, Audience.PUBLIC) and _public_meeting(meeting):
        href = reverse("meetings:site-actions", args=[board.slug])
        yield Saying(face="public", locks=(marks.PUBLIC,), href=href, words=words, **common)


def _arising_lock(action: Arising) -> str:
    body = action.board.body_id
    if is_seen(action, Audience.PUBLIC):
        return marks.drafts(body)
    return marks.members(body) if is_open_to(action, Audience.MEMBERS) else marks.full(body)


def _owners(action: Arising) -> set[str]:
    """The keys of those who owe it, as `is_owner` has it."""
    body, found = action.board.body_id, set()
    if action.owner_office_id:
        found.add(marks.office(action.owner_office_id))
    for seat in action.owners.all():
        if seat.user_id is not None:
            found.add(marks.person(seat.user_id, body))
        elif seat.office_id is not None:
            found.add(marks.office(seat.office_id))
    return found


def check_items(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The items that the asker's audience may read, of boards whose desk is theirs or that are public."""
    rows = AgendaItem.objects.filter(pk__in=[int(entry.ref) for entry in entries])
    items = {row.pk: row for row in rows.select_related("parent", "meeting__board__body")}
    found = set()
    for entry in entries:
        item = items.get(int(entry.ref))
        if item is not None and _opens(asker, item.meeting, chain_of(item), public=entry.face == "public"):
            found.add(entry.pk)
    return found


def _opens(asker: Asker, meeting: Meeting, chain: Iterable[str], *, public: bool) -> bool:
    if public:
        return _public_meeting(meeting) and allowed(*chain, audience=Audience.PUBLIC)
    if asker.user is None or not boards_for(asker.user, on=asker.on).filter(pk=meeting.board_id).exists():
        return False
    audience = audience_of(asker.user, meeting.board.body, asker.on)
    told = audience is not Audience.PUBLIC or is_published(meeting)
    return told and allowed(*chain, audience=audience)


def check_minutes(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The minutes that were published, or that have come as far as the asker's audience."""
    rows = Minutes.objects.filter(pk__in=[int(entry.ref) for entry in entries])
    kept = {row.pk: row for row in rows.select_related("meeting__board__body")}
    found = set()
    for entry in entries:
        row = kept.get(int(entry.ref))
        if row is None:
            continue
        if entry.face == "public":
            seen = row.stage == MinutesStage.PUBLISHED and _public_meeting(row.meeting)
        else:
            seen = _reads_minutes(asker.user, row, entry.face, asker)
        if seen:
            found.add(entry.pk)
    return found


def _reads_minutes(user: User | None, row: Minutes, face: str, asker: Asker) -> bool:
    if user is None or not boards_for(user, on=asker.on).filter(pk=row.meeting.board_id).exists():
        return False
    audience = audience_of(user, row.meeting.board.body, asker.on)
    if face == "full":
        return audience is Audience.FULL
    return audience is not Audience.PUBLIC and row.stage != MinutesStage.DRAFT


def check_decisions(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The decisions that were published, or that the asker may read at the desk."""
    wanted = [int(entry.ref) for entry in entries]
    public = {row.pk: row for row in public_decisions().filter(pk__in=wanted)}
    desk: set[int] = set()
    if asker.user is not None:
        rows: QuerySet[Decision] = decisions_for(asker.user, on=asker.on).filter(pk__in=wanted)
        desk = set(rows.values_list("pk", flat=True))
    told = {"public": set(public), "desk": desk}
    return {entry.pk for entry in entries if int(entry.ref) in told[entry.face]}


def check_arisings(asker: Asker, entries: Sequence[Entry]) -> set[int]:
    """The actions arising that the public is told of, that the asker owes, or whose log they read."""
    rows = Arising.objects.filter(pk__in=[int(entry.ref) for entry in entries])
    rows = rows.select_related("board__body", "meeting__minutes", "meeting__board", "item__parent")
    actions = {row.pk: row for row in rows.prefetch_related("owners")}
    found = set()
    for entry in entries:
        action = actions.get(int(entry.ref))
        if action is not None and _tells(asker, action, public=entry.face == "public"):
            found.add(entry.pk)
    return found


def _tells(asker: Asker, action: Arising, *, public: bool) -> bool:
    if public:
        return is_seen(action, Audience.PUBLIC) and _public_meeting(action.meeting)
    if asker.user is None:
        return False
    if is_owner(asker.user, action, on=asker.on):
        return True
    desk = boards_for(asker.user, on=asker.on).filter(pk=action.board_id).exists()
    return desk and is_seen(action, audience_of(asker.user, action.board.body, asker.on))


def _touches(thing: Model, verb: str) -> Iterator[tuple[str, Iterable[int]]]:
    if isinstance(thing, Meeting):
        yield MEETING, (thing.pk,)
        yield ARISING, Arising.objects.filter(meeting=thing.pk).values_list("pk", flat=True)
    elif isinstance(thing, AgendaItem):
        yield MEETING, (thing.meeting_id,)
        under = Q(item=thing.pk) | Q(item__parent=thing.pk)
        yield ARISING, Arising.objects.filter(under).values_list("pk", flat=True)
        yield (
            DECISION,
            _resting_on(Q(version__paper__item=thing.pk) | Q(version__paper__item__parent=thing.pk)),
        )
    elif isinstance(thing, Minutes):
        yield MEETING, (thing.meeting_id,)
        yield ARISING, Arising.objects.filter(meeting=thing.meeting_id).values_list("pk", flat=True)
    elif isinstance(thing, Decision):
        yield DECISION, (thing.pk,)
    elif isinstance(thing, Paper):
        yield DECISION, _resting_on(Q(version__paper=thing.pk))
    elif isinstance(thing, Arising):
        yield ARISING, (thing.pk,)
    elif isinstance(thing, Board) and verb == "renamed":
        yield MEETING, thing.meetings.values_list("pk", flat=True)
        yield ARISING, thing.actions.values_list("pk", flat=True)


def _resting_on(which: Q) -> QuerySet[Decision]:
    """The decisions that quote what a paper recommends, which is shown as the paper is marked."""
    return Decision.objects.filter(which).exclude(stage=DecisionStage.DRAFT).values_list("pk", flat=True)


def _every(model: type[Model]) -> Iterable[int]:
    return model._default_manager.values_list("pk", flat=True)


register(Source(MEETING, lambda: _every(Meeting), meetings))
register(Source(DECISION, lambda: _every(Decision), decisions))
register(Source(ARISING, lambda: _every(Arising), arisings))
check_with(check_items, Kind.ITEM)
check_with(check_minutes, Kind.MINUTES)
check_with(check_decisions, Kind.DECISION)
check_with(check_arisings, Kind.ARISING)
touched_by(_touches, Meeting, AgendaItem, Minutes, Decision, Paper, Arising, Board)
