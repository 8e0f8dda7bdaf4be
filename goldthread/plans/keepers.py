"""Documents whose affairs another app conducts: it says who reads and writes them, and where they live.

Plans keep the words of every document. Of papers a board keeps the rest: it registers a `Keeper`
from its `AppConfig.ready`, and from then on no door of plans opens a document of the keeper's
but by the keeper's leave, and every page of plans but the editor's own sends its reader on to
the keeper's page.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.db.models import Q

from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import User

if TYPE_CHECKING:
    from goldthread.plans.models import Document, Edition


class Note(NamedTuple):
    """Something to be told in the margin of a text: the keys it belongs to, the place in words, the words.

    ``block`` is empty where it concerns the whole section.
    """

    section: str
    block: str
    where: str
    message: str


class Keeper(Protocol):
    """What an app says of the documents that it keeps."""

    kept: Q
    """Which documents are its own."""
    handed_in: Q
    """Which files handed in are its own: they are read and shown by it alone."""
    room: str
    """The name of the address of the room that its documents belong to."""

    def keeps(self, document: Document) -> bool:
        """Whether a document is its own."""

    def readable(self, user: User, on: date) -> Q:
        """Which of its documents, drafts and history and all, a person may read on a day."""

    def abilities(self, user: User, document: Document, on: date) -> frozenset[Ability]:
        """What a person may do with a document, as plans name it; nothing where they may not read it."""

    def refuse(self, user: User, ability: Ability, document: Document, on: date) -> None:
        """Raise `NotAllowed` with the reason in words, for something that ``abilities`` does not hold."""

    def address(self, document: Document) -> str:
        """Where its page is."""

    def notes(self, edition: Edition) -> tuple[Note, ...]:
        """What is to be told in the margin of an edition, in reading order."""


_keepers: dict[str, Keeper] = {}


def register(kind: str, keeper: Keeper) -> None:
    """Let a keeper conduct the documents of a kind that are its own; the last to register does."""
    _keepers[str(kind)] = keeper


def keeper_of(document: Document) -> Keeper | None:
    """Whoever keeps a document, or nobody where plans do: no query for kinds that nobody keeps."""
    keeper = _keepers.get(str(document.kind))
    return keeper if keeper is not None and keeper.keeps(document) else None


def kept_elsewhere() -> Q:
    """Which documents other apps keep."""
    found = Q(pk__in=())
    for kind, keeper in _keepers.items():
        found |= Q(kind=kind) & keeper.kept
    return found


def files_elsewhere() -> Q:
    """Which files handed in other apps read and show."""
    found = Q(pk__in=())
    for keeper in _keepers.values():
        found |= keeper.handed_in
    return found


def readable_elsewhere(user: User, on: date) -> Q:
    """Which documents of other apps a person may read on a day, drafts and all."""
    found = Q(pk__in=())
    for kind, keeper in _keepers.items():
        found |= Q(kind=kind) & keeper.kept & keeper.readable(user, on)
    return found


def may_read(user: User, document: Document, on: date) -> bool:
    """Whether a person may read a document of another app's; true of every document of plans' own."""
    keeper = keeper_of(document)
    return keeper is None or bool(keeper.abilities(user, document, on))


def require_of(user: User, ability: Ability, document: Document, on: date) -> None:
    """Refuse, with the reason in words, unless a person may do something with a document on a day."""
    keeper = keeper_of(document)
    if keeper is None:
        require(user, ability, document.body, on=on)
    elif ability not in keeper.abilities(user, document, on):
        keeper.refuse(user, ability, document, on)


def notes_of(edition: Edition, section: str) -> tuple[Note, ...]:
    """What is to be told in the margin of one section of an edition."""
    keeper = keeper_of(edition.document)
    return tuple(note for note in keeper.notes(edition) if note.section == section) if keeper else ()
