"""Words that are being typed: kept as they come, so that a lost line or a closed lid loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.delivery.actions.asking import giver_of
from goldthread.delivery.models import KeptUpdate, UpdateLink
from goldthread.delivery.updates import Subject, body_of, kind_of, period_for
from goldthread.people.models import User

FIELDS = ("words", "status", "forecast", "done_on", "given_by", "seen")
"""What is kept of a form while it is filled in."""
LONGEST = 20_000


@transaction.atomic
def keep_typing(
    *,
    subject: Subject,
    form: Mapping[str, str],
    by: User | None = None,
    link: UpdateLink | None = None,
    at: datetime,
) -> KeptUpdate:
    """Keep what somebody has typed so far about a thing, in place of what was kept before.

    It is theirs alone until they give it: nobody else reads it, and the record does not tell of it.
    It remembers the period that was open when it was begun.
    """
    giver_of(subject, by=by, link=link, at=at)
    row = kept_row(subject, by=by, link=link, at=at)
    given = {name: str(form[name]) for name in FIELDS if form.get(name)}
    if len(given.get("words", "")) > LONGEST:
        raise ValidationError({"words": _("This is longer than an update can be. Attach it as a file.")})
    row.form = {"period": row.form.get("period"), **given}
    row.saved_at = at
    row.save(update_fields=["form", "saved_at"])
    return row


@transaction.atomic
def stop_typing(
    *, subject: Subject, by: User | None = None, link: UpdateLink | None = None, at: datetime
) -> None:
    """Throw away what somebody was typing about a thing; a file that went with it is taken off."""
    giver_of(subject, by=by, link=link, at=at)
    row = kept_row(subject, by=by, link=link, at=at)
    row.evidence.filter(removed_at__isnull=True).update(removed_at=at)
    row.delete()


def kept_row(subject: Subject, *, by: User | None, link: UpdateLink | None, at: datetime) -> KeptUpdate:
    """The row that holds what somebody types about a thing, held until the commit; made where missing."""
    about = {"kind": kind_of(subject), "ref_id": subject.pk}
    whose = {"link": link} if link is not None else {"user": by, **about}
    period = period_for(body_of(subject), localdate(at))
    fresh = {**about, "form": {"period": period.pk if period else None}, "saved_at": at}
    row, _made = KeptUpdate.objects.select_for_update().get_or_create(**whose, defaults=fresh)
    return row
