"""The words for how a thing goes: set anew from a day on, never changed under what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.audit.chain import ITSELF
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import seal_of
from goldthread.delivery.models import StatusScale
from goldthread.delivery.updates import FIRST_SCALE, scale_in_force
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.plans.seals import sealed

TONES = ("good", "warn", "bad", "calm")
FEWEST, MOST = 2, 8


@transaction.atomic
def set_scale(
    *, body: Body, name: str, levels: Sequence[Mapping[str, str]], from_day: date, by: User, at: datetime
) -> StatusScale:
    """Set the statuses of a body from a day on: ``{code, word, meaning, tone}`` each, in order.

    Updates that were given before keep the words that they were given with.
    """
    require(by, Ability.CLOSE_PERIOD, body, on=localdate(at))
    if not name.strip():
        raise ValidationError({"name": _("Give the scale a name, such as “Statuses from April 2020”.")})
    current = scale_in_force(body, localdate(at))
    if current is not None and from_day < current.from_day:
        words = _("The scale in force holds from %(day)s. A new one cannot hold from before it.")
        raise ValidationError({"from_day": words % {"day": f"{current.from_day:%-d %B %Y}"}})
    row = _keep(body, name.strip(), _checked(levels), from_day, by.name, at)
    facts = {"from_day": from_day, "statuses": [each["word"] for each in row.levels], "rows": sealed(row)}
    record(row, "set the statuses", by=by, at=at, body=body, **facts)
    return row


def scale_to_use(body: Body, at: datetime) -> StatusScale:
    """The scale that an update is given on; the first one of a body is kept when it is first needed."""
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    found = scale_in_force(body, localdate(at))
    if found is not None:
        return found
    first = [dict(each) for each in FIRST_SCALE]
    row = _keep(body, _("The first statuses"), first, localdate(at), ITSELF, at)
    record(row, "set the statuses", by=None, at=at, body=body, rows=sealed(row))
    return row


def _keep(
    body: Body, name: str, levels: list[dict[str, str]], from_day: date, who: str, at: datetime
) -> StatusScale:
    number = StatusScale.objects.filter(body=body).count() + 1
    row = StatusScale(body=body, number=number, name=name, levels=levels, from_day=from_day)
    row.seal, row.made_at, row.made_by = scale_seal(row), at, who
    row.full_clean()
    row.save(force_insert=True)
    return row


def scale_seal(scale: StatusScale) -> str:
    """The seal of what the statuses of a scale say."""
    return seal_of({"name": scale.name, "from": scale.from_day.isoformat(), "levels": scale.levels})


def _checked(levels: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The statuses as they are kept; refused, every problem at once, where they could not be told apart."""
    found = [
        {name: str(each.get(name, "")).strip() for name in ("code", "word", "meaning", "tone")}
        for each in levels
    ]
    problems = []
    if not FEWEST <= len(found) <= MOST:
        problems.append(_("Name from %(few)d to %(most)d statuses.") % {"few": FEWEST, "most": MOST})
    for each in found:
        if not (each["word"] and each["meaning"]):
            problems.append(_("Each status needs a word and what it means here."))
        if each["tone"] not in TONES or not each["code"]:
            problems.append(_("“%(word)s” needs a code and a tone.") % {"word": each["word"]})
    for name in ("code", "word"):
        if len({each[name].casefold() for each in found}) < len(found):
            problems.append(_("Two statuses have the same %(what)s. Name them apart.") % {"what": name})
    if problems:
        raise ValidationError({"levels": list(dict.fromkeys(problems))})
    return found
