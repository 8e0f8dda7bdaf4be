"""What a paper means for money, law and the like, and who has signed it off by when."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.actions.paper_rows import CLOSED, locked
from goldthread.meetings.doors import may_write
from goldthread.meetings.models import Implication, Paper, PaperStage, SignOff
from goldthread.meetings.papers import OPEN_STAGES, content_seal, house
from goldthread.people.actions import NotAllowed, require
from goldthread.people.models import Office, User
from goldthread.people.queries import abilities, offices_of
from goldthread.plans.seals import sealed

KINDS = ("finance", "legal", "monitoring")
OUTCOMES = ("signed", "conditions", "refused")


@transaction.atomic
def ask_sign_off(*, paper: Paper, kind: str, office: Office, due: date, by: User, at: datetime) -> SignOff:
    """Ask an office to sign a paper off by a day; from then on its holders may read it."""
    on = localdate(at)
    fresh = locked(paper)
    _may_ask(by, fresh, on)
    if kind not in KINDS:
        raise ValidationError({"kind": f"Choose one of {', '.join(KINDS)}."})
    if office.body_id != fresh.board.body_id or Ability.SIGN_OFF not in office.abilities:
        raise ValidationError(
            {"office": f"{office.title} does not sign papers off. Choose an office that does."}
        )
    if due < on:
        raise ValidationError({"due": "That day has passed. Give one that is still to come."})
    if fresh.sign_offs.filter(kind=kind, office=office, outcome="").exists():
        raise ValidationError({"office": f"{office.title} has been asked for this and has not answered yet."})
    asked = SignOff.objects.create(
        paper=fresh, kind=kind, office=office, due=due, asked_at=at, asked_by=by.name
    )
    facts = {"kind": kind, "office": office.title, "due": due}
    record(fresh, "asked for sign-off", by=by, at=at, body=fresh.board.body, **facts)
    return asked


def _may_ask(by: User, paper: Paper, on: date) -> None:
    if paper.stage == PaperStage.WITHDRAWN:
        raise ValidationError("It was withdrawn, so there is nothing to sign off.")
    can = abilities(by, paper.board.body, on)
    mine = paper.author_id == by.pk or paper.owner_office_id in {each.pk for each in offices_of(by, on)}
    if Ability.MANAGE_MEETINGS in can or (mine and Ability.WRITE_PAPER in can):
        return
    raise NotAllowed(f"{by.name} may not ask for this paper to be signed off.")


@transaction.atomic
def answer_sign_off(
    *, sign_off: SignOff, outcome: str, words: str, seen: str, by: User, at: datetime
) -> SignOff:
    """Sign, sign with conditions or refuse, of exactly what the paper says now (``seen``: `content_seal`).

    Only somebody who holds the office today answers for it. An answer stays as it was given; when
    the paper changes it is shown as one of an earlier version.
    """
    on = localdate(at)
    paper = locked(sign_off.paper)
    require(by, Ability.SIGN_OFF, paper.board.body, on=on)
    row = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    if row.office_id not in {each.pk for each in offices_of(by, on)}:
        raise NotAllowed(f"{by.name} does not hold the office of {sign_off.office.title} today.")
    if row.outcome:
        raise ValidationError("This was answered already.")
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": "Choose whether you sign, sign with conditions, or refuse."})
    if outcome != "signed" and not words.strip():
        raise ValidationError({"words": "Say what would have to change, so that the author can act on it."})
    if seen != content_seal(paper):
        raise ValidationError(
            "The paper has changed since you opened this page. Read what changed, then answer again."
        )
    row.outcome, row.words, row.seal = outcome, words.strip(), seen
    row.answered_at, row.answered_by = at, by.name
    row.save(update_fields=["outcome", "words", "seal", "answered_at", "answered_by"])
    facts = {"kind": row.kind, "outcome": outcome, "seal": seen, "rows": sealed(row)}
    record(paper, "answered sign-off", by=by, at=at, body=paper.board.body, **facts)
    return row


@transaction.atomic
def set_implication(*, paper: Paper, kind: str, words: str, by: User, at: datetime) -> Implication:
    """Say what a paper means for one thing the template asks for; its author, or an office asked to sign."""
    on = localdate(at)
    fresh = locked(paper)
    if fresh.stage not in OPEN_STAGES:
        raise ValidationError(CLOSED.format(stage=fresh.get_stage_display().lower()))
    asked = fresh.sign_offs.filter(kind=kind, office__in=offices_of(by, on)).exists()
    if not asked and not may_write(by, fresh, on=on):
        raise NotAllowed(f"{by.name} may not write in this paper.")
    if kind not in {each.kind for each in house(fresh).implications}:
        raise ValidationError({"kind": "The template of this paper does not ask for that."})
    row, _ = Implication.objects.get_or_create(paper=fresh, kind=kind)
    row.words, row.by_name, row.at = words.strip(), by.name, at
    row.save(update_fields=["words", "by_name", "at"])
    record(fresh, "wrote implication", by=by, at=at, body=fresh.board.body, kind=kind)
    return row
