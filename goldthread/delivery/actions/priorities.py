"""Write priorities for action: draft one, change its words, say what it serves and what tells how it goes.

What becomes of one as a whole (proposed, approved, carried forward, closed, dropped) is in
`priority_steps`, what it is tied to in `priority_ties`; all of it can be had from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.delivery.stages import PriorityStage
from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.priority_rows import keep_wording, new_priority, theme_title
from goldthread.delivery.actions.priority_steps import (
    approve,
    carry_forward,
    close,
    drop,
    propose,
    return_to_draft,
)
from goldthread.delivery.actions.priority_ties import (
    measure_by,
    pin_again,
    serve,
    stop_measuring,
    stop_serving,
)
from goldthread.delivery.models import Lead, Priority, PriorityVersion
from goldthread.delivery.wording import Wording, tidied
from goldthread.people.actions import require
from goldthread.people.models import Body, Office, User
from goldthread.plans.models import Document, DocumentKind
from goldthread.plans.seals import sealed

__all__ = [
    "WRITABLE",
    "WrittenMeanwhile",
    "approve",
    "carry_forward",
    "close",
    "draft_priority",
    "drop",
    "measure_by",
    "pin_again",
    "propose",
    "return_to_draft",
    "serve",
    "stop_measuring",
    "stop_serving",
    "write_priority",
]

WRITABLE = (PriorityStage.DRAFT, PriorityStage.LIVE)
"""The stages in which the words of a priority may change."""

LONGEST_TITLE = 200


class WrittenMeanwhile(ValidationError):
    """Somebody else changed the words first: ``theirs`` is what they say now. Nothing was written."""

    def __init__(self, theirs: PriorityVersion) -> None:
        super().__init__(
            _(
                "%(who)s changed this priority while you were writing. Your words are still below, and "
                "theirs stand beside them: put the two together, then save."
            )
            % {"who": theirs.made_by}
        )
        self.theirs = theirs


@transaction.atomic
def draft_priority(
    *,
    plan: Document,
    theme_key: str,
    year: int,
    title: str,
    words: str,
    lead: str,
    lead_office: Office | None = None,
    lead_words: str = "",
    support: Sequence[tuple[str, str]] = (),
    success: str = "",
    number: str | None = None,
    by: User,
    at: datetime,
) -> Priority:
    """Draft a priority for action for a theme of a plan in a year.

    It is numbered after its theme unless a ``number`` is given; a number is never given twice in a year.
    """
    require(by, Ability.WRITE_DELIVERY, plan.body, on=localdate(at))
    if plan.kind != DocumentKind.PLAN:
        raise ValidationError({"plan": _("Priorities for action belong to a plan.")})
    Document.objects.select_for_update().get(pk=plan.pk)
    theme = (theme_key, theme_title(plan, theme_key, at))
    wording = _checked(
        Wording(title, words, lead, lead_office, lead_words, tuple(support), success), plan.body
    )
    priority = new_priority(plan, theme, year, number, by, at)
    version = keep_wording(priority, wording, "", by, at)
    facts = {"plan": str(plan), "theme": priority.theme_title, "seal": version.seal, "rows": sealed(version)}
    record(priority, "drafted a priority", by=by, at=at, **facts)
    return priority


def _checked(wording: Wording, body: Body) -> Wording:
    """A wording tidied, or every reason why it is not in order."""
    wording = tidied(wording)
    problems: dict[str, list[str]] = {}
    if not wording.title:
        problems["title"] = [_("Give the priority a title: what will be done, in a few words.")]
    elif len(wording.title) > LONGEST_TITLE:
        problems["title"] = [_("The title is too long: %(n)d characters is the most.") % {"n": LONGEST_TITLE}]
    if wording.lead not in Lead.values:
        problems["lead"] = [_("Say who leads: the constabulary, the office or a partner.")]
    if wording.lead_office is not None and wording.lead_office.body_id != body.pk:
        problems["lead_office"] = [_("Choose an office of %(body)s.") % {"body": body.name}]
    if len(wording.lead_words) > LONGEST_TITLE:
        problems["lead_words"] = [_("Say more shortly who leads.")]
    if any(not all(each) for each in wording.support):
        problems["support"] = [_("For each partner, say who it is and what it gives.")]
    if problems:
        raise ValidationError(problems)
    return wording


@transaction.atomic
def write_priority(
    *,
    priority: Priority,
    title: str,
    words: str,
    lead: str,
    lead_office: Office | None = None,
    lead_words: str = "",
    support: Sequence[tuple[str, str]] = (),
    success: str = "",
    why: str = "",
    base: str,
    by: User,
    at: datetime,
) -> PriorityVersion:
    """Make a priority say this, if nobody wrote since ``base``, the seal of the words that were opened.

    Raises `WrittenMeanwhile` where somebody did. Saving without a change changes nothing. Of a live one
    the board's words stay on record and before the public; what is new shows as a change, with ``why``.
    """
    require(by, Ability.WRITE_DELIVERY, priority.body, on=localdate(at))
    row = Priority.objects.select_for_update(of=("self",)).select_related("body").get(pk=priority.pk)
    if row.stage not in WRITABLE:
        raise ValidationError(_refusal(PriorityStage(row.stage)))
    wording = _checked(
        Wording(title, words, lead, lead_office, lead_words, tuple(support), success), row.body
    )
    now = row.version
    if wording.seal == now.seal:
        return now
    if base != now.seal:
        raise WrittenMeanwhile(now)
    if row.stage == PriorityStage.LIVE and not why.strip():
        raise ValidationError({"why": _("The board approved other words. Say why they change.")})
    version = keep_wording(row, wording, why, by, at)
    facts = {"seal": version.seal, "was": now.seal, "why": version.why, "rows": sealed(version)}
    record(row, "wrote a priority", by=by, at=at, **facts)
    return version


def _refusal(stage: PriorityStage) -> str:
    if stage is PriorityStage.PROPOSED:
        return _("This is before the board, so its words stand still. Return it to draft to change them.")
    return _("This priority has ended, so its words stay as they are.")
