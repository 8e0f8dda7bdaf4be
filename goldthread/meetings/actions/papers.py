"""Papers: begun, submitted, returned, accepted for an agenda, marked, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import Text
from goldthread.meetings.actions.accepting import (
    accept_paper,
    mark_paper,
    return_paper,
    warnings_of,
    withdraw_paper,
)
from goldthread.meetings.actions.paper_rows import (
    check_item,
    copy_saved,
    given_words,
    locked,
    require_writer,
)
from goldthread.meetings.actions.submitting import submit_paper
from goldthread.meetings.house import empty_text, house_of, houses
from goldthread.meetings.models import AgendaItem, Board, Paper
from goldthread.meetings.papers import (
    edition_of,
    header_seal,
    latest,
    paper_text,
    version_text,
)
from goldthread.people.actions import require
from goldthread.people.models import Office, User
from goldthread.people.queries import offices_of
from goldthread.plans.actions.editions import begin_kept
from goldthread.plans.models import Document, DocumentKind, How

__all__ = [
    "accept_paper",
    "begin_paper",
    "latest",
    "mark_paper",
    "paper_text",
    "return_paper",
    "set_header",
    "settle_numbers",
    "submit_paper",
    "version_text",
    "warnings_of",
    "withdraw_paper",
]

NOTHING: Mapping[str, str] = {}


@transaction.atomic
def begin_paper(
    *,
    board: Board,
    title: str,
    to: str = "",
    sender: str = "",
    author: User | None = None,
    owner_office: Office | None = None,
    dated: date | None = None,
    item: AgendaItem | None = None,
    house_template: str = "",
    text: Text | None = None,
    source: str = "",
    source_name: str = "",
    printed: Mapping[str, str] = NOTHING,
    header: Mapping[str, str] = NOTHING,
    by: User,
    at: datetime,
) -> Paper:
    """Begin a paper for a board: with the words given, or with the sections of the board's template.

    Until it is submitted only its author, their office and whoever manages meetings read it. It bears
    no marking until somebody who may gives it one, and its address says nothing of its title.
    """
    on, author = localdate(at), author or by
    _ask_leave(board, item, author, by, on)
    template = house_of(house_template or board.house_template)
    title = given_words(title, "title", "Give the paper a title.", 200)
    owner = _owner(owner_office, author, board, on)
    document = _write_first(board, text or empty_text(template, title), title, source, by, at)
    paper = Paper(
        board=board,
        document=document,
        item=item,
        position=item.papers.count() if item else 0,
        slug=document.slug,
        title=title,
        to=to.strip()[:200] or board.name,
        sender=sender.strip()[:200] or (owner.title if owner else author.name),
        dated=dated or (item.meeting.on if item else None),
        house_template=template.code,
        header=_header(header),
        author=author,
        owner_office=owner,
        made_at=at,
    )
    paper.source, paper.source_name, paper.printed = source, source_name[:255], dict(printed)
    paper.save(force_insert=True)
    record(paper, "began paper", by=by, at=at, body=board.body, source=source)
    return paper


def _ask_leave(board: Board, item: AgendaItem | None, author: User, by: User, on: date) -> None:
    """Refuse whoever writes no papers, or writes for somebody else without managing meetings.

    Refuses an item on which no paper of this board can come.
    """
    require(by, Ability.WRITE_PAPER, board.body, on=on)
    if author.pk != by.pk:
        require(by, Ability.MANAGE_MEETINGS, board.body, on=on)
    check_item(item, board)


def _write_first(board: Board, text: Text, title: str, source: str, by: User, at: datetime) -> Document:
    """The document that holds the words of a new paper, named without its title."""
    slug = _free_slug(board)
    edition = begin_kept(
        body=board.body,
        kind=DocumentKind.PAPER,
        name=slug.replace("-", " "),
        slug=slug,
        text=Text(title, text.sections, text.lang),
        how=How.IMPORTED if source else How.ADDED,
        by=by,
        at=at,
    )
    return edition.document


def _owner(office: Office | None, author: User, board: Board, on: date) -> Office | None:
    """The office given, if it is one of the board's body, else the author's own that writes papers."""
    if office is not None:
        if office.body_id != board.body_id:
            raise ValidationError({"owner_office": "Choose an office of the body whose board this is."})
        return office
    own = (each for each in offices_of(author, on, board.body) if Ability.WRITE_PAPER in each.abilities)
    return next(own, None)


def _free_slug(board: Board) -> str:
    """The next address of a paper of a board; it says nothing of what the paper is about."""
    base = f"{slugify(board.short) or board.slug[:20]}-paper"
    Board.objects.select_for_update().get(pk=board.pk)
    number = board.papers.count() + 1
    while Paper.objects.filter(slug=f"{base}-{number}").exists():
        number += 1
    return f"{base}-{number}"


def _header(given: Mapping[str, str]) -> dict[str, str]:
    return {name: words.strip()[:500] for name, words in given.items() if words and words.strip()}


@transaction.atomic
def set_header(
    *,
    paper: Paper,
    title: str,
    to: str,
    sender: str,
    dated: date | None,
    by: User,
    at: datetime,
    seen: str = "",
    owner_office: Office | None = None,
    house_template: str = "",
    header: Mapping[str, str] = NOTHING,
) -> None:
    """Say what stands in the header of a paper while it is with its author.

    ``seen`` is `header_seal` as the form was opened: refused where somebody changed it since.
    """
    fresh = locked(paper)
    require_writer(by, fresh, at)
    if seen and seen != header_seal(fresh):
        raise ValidationError(
            "Somebody else has changed this header since you opened it. What you typed is still here: "
            "open the paper in another window, see what changed, then save again."
        )
    fresh.title = given_words(title, "title", "Give the paper a title.", 200)
    fresh.to = given_words(to, "to", "Say whom the paper is for.", 200)
    fresh.sender = given_words(sender, "sender", "Say whom the paper is from.", 200)
    fresh.dated, fresh.header = dated, _header(header)
    if house_template:
        if house_template not in houses():
            raise ValidationError({"house_template": "There is no such template. Choose one of the list."})
        fresh.house_template = house_template
    if owner_office is not None:
        fresh.owner_office = _owner(owner_office, fresh.author, fresh.board, localdate(at))
    fields = ["title", "to", "sender", "dated", "header", "house_template", "owner_office"]
    fresh.save(update_fields=fields)
    _retitle(fresh)
    copy_saved(fresh, paper, fields)
    record(fresh, "set header of paper", by=by, at=at, body=fresh.board.body, seal=header_seal(fresh))


def _retitle(paper: Paper) -> None:
    """Let its words stand under its title; the document that holds them is named without it."""
    edition = edition_of(paper)
    if edition.title != paper.title:
        edition.title = paper.title
        edition.save(update_fields=["title"])


@transaction.atomic
def settle_numbers(*, paper: Paper, by: User, at: datetime) -> None:
    """Let the numbers that the file bore rest, and go by those that are counted here."""
    fresh = locked(paper)
    require_writer(by, fresh, at)
    fresh.printed = {}
    fresh.save(update_fields=["printed"])
    paper.printed = {}
    record(fresh, "let printed numbers rest", by=by, at=at, body=fresh.board.body)
