"""A reader's own notes in a pack. They are nobody else's affair: no record names them or their words."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.meetings.models import Meeting, Paper, PrivateNote
from goldthread.people.models import User

LONGEST = 20_000
ALSO = "\n\n— also written on another device —\n"


class NotYours(Exception):
    """Another person's note bears this name; nothing is said about it."""


@transaction.atomic
def keep_note(
    *,
    owner: User,
    uid: str,
    meeting: Meeting,
    paper: Paper | None,
    block_key: str,
    quoted: str,
    words: str,
    changed_at: datetime,
    base: datetime | None = None,
    at: datetime,
) -> PrivateNote:
    """Keep a note as its writer's device gives it; the same sent again changes nothing.

    ``base`` is when the note that the writer saw had last been changed. Where it was changed on
    another device meanwhile, the newer words stand first and the others follow: none are lost.
    """
    words = words.strip()[:LONGEST]
    if not words:
        raise ValidationError({"words": _("Write something, or remove the note.")})
    changed_at = min(changed_at, at)
    note = PrivateNote.objects.select_for_update().filter(uid=uid).first()
    if note is None:
        return PrivateNote.objects.create(
            owner=owner,
            meeting=meeting,
            paper=paper,
            block_key=block_key[:64],
            quoted=quoted[:2000],
            words=words,
            uid=uid,
            made_at=changed_at,
            changed_at=changed_at,
        )
    if note.owner_id != owner.pk or note.meeting_id != meeting.pk:
        raise NotYours
    if words in note.words and changed_at <= note.changed_at:
        return note
    if base is None or base != note.changed_at:
        words = _both(note, words, changed_at)
    note.words, note.changed_at = words, max(changed_at, note.changed_at)
    note.save(update_fields=["words", "changed_at"])
    return note


def _both(note: PrivateNote, words: str, changed_at: datetime) -> str:
    """The newer of two versions of a note, and after it what only the other says."""
    newer, older = (words, note.words) if changed_at >= note.changed_at else (note.words, words)
    return newer if older in newer else f"{newer}{ALSO}{older}"


@transaction.atomic
def drop_note(*, owner: User, uid: str, base: datetime | None = None) -> bool:
    """Take a note away; whether it is gone. One that was changed elsewhere since ``base`` stays."""
    note = PrivateNote.objects.select_for_update().filter(uid=uid, owner=owner).first()
    if note is None:
        return True
    if base is not None and note.changed_at > base:
        return False
    note.delete()
    return True
