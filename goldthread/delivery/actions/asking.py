"""Who may speak for a thing: whoever holds the office that owes it, the office for them, or a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.models import Milestone, Priority, UpdateLink
from goldthread.delivery.updates import Subject, body_of, owner_office, owner_words, priority_of
from goldthread.people.actions import NotAllowed
from goldthread.people.models import User
from goldthread.people.queries import offices_of


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives an update: the name it is kept under, the office it is given as, the person if known."""

    name: str
    office: str = ""
    user: User | None = None


def giver_of(
    subject: Subject, *, by: User | None, link: UpdateLink | None, at: datetime, given_by: str = ""
) -> Giver:
    """Who speaks for a thing, or a refusal in words.

    The holder of the office that owes it speaks for it. Whoever writes delivery may type for them,
    which is said: “Kit Frost for Head of Victim Services”. A link speaks for whom it was sent to.
    """
    if link is not None:
        return _by_link(subject, link)
    if by is None:
        raise NotAllowed("An update is given by a person who signed in, or by an emailed link.")
    office = owner_office(subject)
    held = offices_of(by, localdate(at), body_of(subject))
    own = [each for each in held if office is not None and each.pk == office.pk]
    if own and Ability.GIVE_UPDATE in own[0].abilities and not given_by.strip():
        return Giver(by.name, own[0].title, by)
    if any(Ability.WRITE_DELIVERY in each.abilities for each in held):
        spoken_for = given_by.strip() or owner_words(subject)
        name = _("%(who)s for %(owner)s") % {"who": by.name, "owner": spoken_for} if spoken_for else by.name
        return Giver(name[:200], office.title if office else "", by)
    owner = owner_words(subject) or "nobody yet"
    raise NotAllowed(f"{by.name} may not give this update: it is for {owner} to give.")


def _by_link(subject: Subject, link: UpdateLink) -> Giver:
    if isinstance(subject, Priority) or link.subject != subject:
        raise NotAllowed("This link is for an update on something else.")
    return Giver(link.name, link.office.title if link.office else "", link.user)


def refuse_ended(subject: Subject) -> None:
    """Raise ValidationError where a thing takes no updates: not approved, over, done or dropped."""
    priority = priority_of(subject)
    if priority.stage in (PriorityStage.DRAFT, PriorityStage.PROPOSED):
        words = _("%(priority)s was not approved by the board yet. Updates begin once it is.")
        raise ValidationError(words % {"priority": priority})
    if priority.stage != PriorityStage.LIVE:
        words = _("%(priority)s is over, so nothing more is said of it here.")
        raise ValidationError(words % {"priority": priority})
    if isinstance(subject, Priority):
        return
    action = subject.action if isinstance(subject, Milestone) else subject
    if not subject.is_open or not action.is_open:
        words = _("“%(title)s” is done or dropped. If that is wrong, ask the office to open it again.")
        raise ValidationError(words % {"title": subject.title})
