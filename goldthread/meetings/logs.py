"""The action log of a board: what is open on a day, who owes it, and how it reads in a pack."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.exemption import Audience, Marking, allowed
from goldthread.core.text import Block, Cell, Kind, Prose, Row, Run, Runs, Section, Table, Text
from goldthread.meetings.actions.arising import is_owner
from goldthread.meetings.doors import audience_of, chain_of
from goldthread.meetings.models import ActionNews, ActionState, Arising, Board, Meeting, MinutesStage
from goldthread.people.models import User
from goldthread.people.queries import may, offices_of
from goldthread.plans.comparing import sheet_cell

CLOSED = (ActionState.CLOSED, ActionState.DROPPED)


def open_actions(board: Board, on: date) -> QuerySet[Arising]:
    """The actions of a board that come to its meeting on a day: those of earlier meetings which were
    not closed or dropped before it. What an audience may see of them is for `seen_actions` to say."""
    before = Arising.objects.filter(board=board, meeting__on__lt=on)
    still = Q(closed_on__isnull=True) | Q(closed_on__gte=on)
    return before.filter(still).select_related("board", "meeting__minutes", "item__parent").order_by("number")


def actions_of(board: Board) -> QuerySet[Arising]:
    """Every action of a board's log, oldest first."""
    return board.actions.select_related("board__body", "meeting__minutes", "item__parent").prefetch_related(
        "owners"
    )


def seen_actions(actions: Iterable[Arising], audience: Audience) -> tuple[Arising, ...]:
    """Those of some actions that an audience may see; an exempt one is not even counted."""
    return tuple(action for action in actions if is_seen(action, audience))


def is_seen(action: Arising, audience: Audience) -> bool:
    """Whether an audience may see an action: as it is marked; the public, only once the minutes that it
    arose from are published."""
    if audience is Audience.PUBLIC and not _is_published(action.meeting):
        return False
    return is_open_to(action, audience)


def is_open_to(action: Arising, audience: Audience) -> bool:
    """Whether an action's marking lets an audience see it: its item's, and unless it is exempt itself."""
    markings = list(chain_of(action.item)) if action.item else [Marking.OPEN.value]
    if action.exempt:
        markings.append(Marking.EXEMPT.value)
    return allowed(*markings, audience=audience)


def _is_published(meeting: Meeting) -> bool:
    minutes = getattr(meeting, "minutes", None)
    return minutes is not None and minutes.stage == MinutesStage.PUBLISHED


def action_for(user: User, board: str, number: str, *, on: date) -> Arising:
    """One action that a person may read at the desk: as one of its owners, or of the log as its reader
    may see it. 404 else, as if it were not there."""
    rows = Arising.objects.select_related("board__body", "meeting__minutes", "item__parent").prefetch_related(
        "owners"
    )
    action = rows.filter(board__slug=board, number=number).first()
    if action is None or not (is_owner(user, action, on=on) or _reads(user, action, on)):
        raise Http404(_("There is no such action here."))
    return action


def _reads(user: User, action: Arising, on: date) -> bool:
    body = action.board.body
    return may(user, Ability.READ_DRAFTS, body, on) and is_seen(action, audience_of(user, body, on))


def own_actions(user: User, *, on: date) -> tuple[Arising, ...]:
    """The open actions that a person owes, those due first before the rest."""
    offices = offices_of(user, on)
    held = {office.pk for office in offices}
    mine = (
        Q(owners__user=user)
        | Q(owner_office__in=held)
        | Q(owners__user__isnull=True, owners__office__in=held)
    )
    bodies = {office.body_id for office in offices}
    rows = Arising.objects.filter(mine, state=ActionState.OPEN, board__body__in=bodies).distinct()
    found = rows.select_related("board", "meeting", "item").prefetch_related("owners")
    return tuple(sorted(found, key=lambda row: (row.due is None, row.due or on, row.number)))


def action_log_text(board: Board, on: date, audience: Audience) -> Text:
    """The log as it goes into the pack of a meeting on a day: what is open, and what was closed since
    the meeting before, as far as the audience may see either."""
    previous = _previous(board, on)
    shown = seen_actions(open_actions(board, on).prefetch_related("owners", "news"), audience)
    closed: tuple[Arising, ...] = ()
    if previous is not None:
        rows = actions_of(board).filter(state__in=CLOSED, closed_on__gte=previous.on, closed_on__lt=on)
        closed = seen_actions(rows.prefetch_related("news"), audience)
    sections = [Section("actions-open", _("Open actions"), (_table("open", shown, on),), (), numbered=False)]
    if closed:
        table = _table("closed", closed, on)
        sections.append(
            Section("actions-closed", _("Closed since the last meeting"), (table,), (), numbered=False)
        )
    return Text(_("Action log of the %(board)s") % {"board": board.name}, tuple(sections))


def _previous(board: Board, on: date) -> Meeting | None:
    return board.meetings.filter(on__lt=on, held_at__isnull=False).order_by("on").last()


def _table(name: str, actions: Sequence[Arising], on: date) -> Block:
    if not actions:
        words = _("No action is open.")
        return Prose(f"actions-{name}-none", Kind.PARAGRAPH, (Run(words),))
    titles = (_("Number"), _("Action"), _("Owner"), _("Due"), _("How it stands"))
    head = Row(tuple(Cell(((Run(title),),), True) for title in titles))
    rows = (
        Row(
            (
                Cell(((Run(action.number),),), True),
                _cell(action.words),
                _cell(action.owner_words or _("No owner is named")),
                _cell(due_words(action)),
                _cell(standing_words(action, on)),
            )
        )
        for action in actions
    )
    return Table(f"actions-{name}", (head, *rows))


def _cell(words: str) -> Cell:
    paragraphs: tuple[Runs, ...] = tuple((Run(line),) for line in words.split("\n") if line.strip())
    return Cell(paragraphs)


def due_words(action: Arising) -> str:
    """When an action is due, in words."""
    if action.due:
        return f"{action.due:%-d %B %Y}"
    return action.due_words or _("No date")


def standing_words(action: Arising, on: date) -> str:
    """How an action stands on a day: its last news, after overdue, closed or dropped where it is."""
    state = action.get_state_display()
    if action.is_overdue(on):
        state = _("Overdue")
    if action.closed_on:
        state = f"{state}, {action.closed_on:%-d %B %Y}"
    said = [news.words for news in action.news.all() if news.words]
    return f"{state}\n{said[-1]}" if said else state


def moves_of(news: ActionNews) -> tuple[tuple[str, str, str], ...]:
    """What a line of history changed: what it was about, from what, to what, in words."""
    names = {
        "due": _("Due"),
        "owners": _("Owner"),
        "words": _("Words"),
        "state": _("State"),
        "closed": _("Closed"),
    }
    pairs = ((name, str(news.was.get(name, "")), str(news.now.get(name, ""))) for name in names)
    return tuple((str(names[name]), _plain(was), _plain(now)) for name, was, now in pairs if was != now)


def _plain(value: str) -> str:
    """A day or a state as it is said."""
    states = dict(ActionState.choices)
    if value in states:
        return str(states[value])
    try:
        return f"{date.fromisoformat(value):%-d %B %Y}"
    except ValueError:
        return value or _("none")


def log_csv(actions: Iterable[Arising], on: date) -> str:
    """Actions as CSV, one a line; no cell is taken for a formula by a spreadsheet."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["number", "action", "owner", "due", "state", "overdue", "meeting", "item", "closed"])
    for action in actions:
        cells = (
            action.number,
            action.words,
            action.owner_words,
            action.due.isoformat() if action.due else action.due_words,
            action.state,
            "yes" if action.is_overdue(on) else "",
            action.meeting.on.isoformat(),
            action.item.number if action.item else "",
            action.closed_on.isoformat() if action.closed_on else "",
        )
        sheet.writerow([sheet_cell(cell) for cell in cells])
    return out.getvalue()
