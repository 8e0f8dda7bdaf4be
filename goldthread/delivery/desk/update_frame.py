"""What every page about an update does alike: the thing, who speaks for it, what was said before."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.standing import Stand, stand
from goldthread.delivery.actions.asking import Giver, giver_of
from goldthread.delivery.doors import actions_for, milestone_for, priorities_for
from goldthread.delivery.forms.updates import UpdateForm
from goldthread.delivery.models import KeptUpdate, Priority, Update
from goldthread.delivery.snapshots import dates_of
from goldthread.delivery.updates import (
    KIND_WORDS,
    Subject,
    body_of,
    kept_for,
    kind_of,
    last_seen,
    last_word,
    level_of,
    levels,
    of,
    owner_office,
    period_for,
    scale_in_force,
    title_of,
)
from goldthread.people.queries import offices_of
from goldthread.plans.desk.frame import Acting


def subject_for(acting: Acting, kind: str, pk: int) -> Subject:
    """A thing that the reader may see at the desk, by its kind and number; 404 else."""
    if kind == "milestone":
        return milestone_for(acting.user, pk, acting.on)
    rows = {"action": actions_for, "priority": priorities_for}
    found = rows[kind](acting.user, acting.on).filter(pk=pk).first() if kind in rows else None
    if found is None:
        raise Http404(_("There is no such thing here."))
    return found


class Speaking:
    """Somebody about to speak for a thing: 404 where it is not theirs to see, 403 where not to speak for."""

    def __init__(self, acting: Acting, kind: str, pk: int) -> None:
        self.acting = acting
        self.subject = subject_for(acting, kind, pk)
        self.giver: Giver = giver_of(self.subject, by=acting.user, link=None, at=acting.at)

    @cached_property
    def kept(self) -> KeptUpdate | None:
        """What the reader was typing about it before."""
        return kept_for(self.subject, by=self.acting.user)

    @cached_property
    def for_another(self) -> bool:
        """Whether the reader types what another office owes."""
        office = owner_office(self.subject)
        return office is None or office not in offices_of(self.acting.user, self.acting.on)

    def form(self, *given: Any) -> UpdateForm:
        """The questions, with what was typed before; it knows the newest update and the open period."""
        body = body_of(self.subject)
        period = period_for(body, self.acting.on)
        fresh = {"seen": last_seen(self.subject), "period": period.pk if period else None}
        kept = {name: value for name, value in (self.kept.form if self.kept else {}).items() if value}
        return UpdateForm(
            levels(scale_in_force(body, self.acting.on)),
            *given,
            speaks_for=self.for_another,
            dated=not isinstance(self.subject, Priority),
            initial=fresh | kept,
            auto_id=f"{kind_of(self.subject)}-{self.subject.pk}-%s",
        )

    def context(self, form: UpdateForm, **more: Any) -> dict[str, Any]:
        """What the page shows beside the questions."""
        last = last_word(self.subject, signed=False)
        returned = of(self.subject).filter(stage="returned", replaced_by__isnull=True).last()
        return {
            "form": form,
            "subject": self.subject,
            "kind": kind_of(self.subject),
            "kind_words": KIND_WORDS[kind_of(self.subject)],
            "title": title_of(self.subject),
            "stand": stand_of(self.subject, self.acting),
            "last": said(last) if last else None,
            "returned": returned,
            "giver": self.giver,
            "for_another": self.for_another,
            "kept": self.kept,
            "files": self.kept.evidence.filter(removed_at__isnull=True) if self.kept else (),
            "period": period_for(body_of(self.subject), self.acting.on),
            **more,
        }


def stand_of(subject: Subject, acting: Acting) -> Stand | None:
    """How a thing stands by its dates; a priority has none of its own."""
    return None if isinstance(subject, Priority) else stand(dates_of(subject), acting.on)


def said(update: Update) -> dict[str, Any]:
    """An update as a card shows it: its status with what that means, and who gave it when."""
    return {
        "update": update,
        "level": level_of(update),
        "who": update.given_by,
        "office": update.given_as,
        "on": localdate(update.given_at),
        "files": update.evidence.filter(removed_at__isnull=True),
    }
