"""What becomes of priorities as a whole: proposed, approved by decision, carried forward, closed, dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.audit import record
from goldthread.core.delivery.stages import PRIORITY_MOVES, IllegalMove, PriorityStage, advance
from goldthread.core.delivery.years import year_words
from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.verbs import Outcome
from goldthread.delivery.actions.priority_rows import free_number, keep_wording, new_priority, theme_title
from goldthread.delivery.models import Approval, Priority, PriorityMeasure, Report, ReportSource, Serves
from goldthread.delivery.serving import current_edition
from goldthread.delivery.wording import wording_of
from goldthread.meetings.actions.drafting import require_recorder
from goldthread.meetings.models import Decision, DecisionStage
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.models import Document
from goldthread.plans.seals import sealed

APPROVES = (Outcome.AGREED, Outcome.AGREED_WITH_CHANGES)
"""The outcomes of a decision that make priorities live."""


@transaction.atomic
def propose(*, priorities: Sequence[Priority], by: User, at: datetime) -> None:
    """Put drafts before the board together. From now on their words stand still."""
    for row in _locked(priorities, by, at):
        _move(row, "propose")
        row.save(update_fields=["stage"])
        record(row, "proposed a priority", by=by, at=at, seal=row.version.seal)


@transaction.atomic
def return_to_draft(*, priority: Priority, reason: str, by: User, at: datetime) -> None:
    """Take a proposed priority back to be written again, with the reason."""
    (row,) = _locked((priority,), by, at)
    _move(row, "return")
    reason = _reason(reason, _("Say why it goes back to draft."))
    row.save(update_fields=["stage"])
    record(row, "returned a priority to draft", by=by, at=at, reason=reason)


@transaction.atomic
def approve(*, priorities: Sequence[Priority], decision: Decision, by: User, at: datetime) -> None:
    """Make priorities live by a decision of the board, each in exactly the words it has now; all or none.

    The decision was taken, agreed to what was asked, and relied on the paper it was asked in. It cannot
    approve words that were written after its day. A live priority whose words changed may be approved
    again, by a later decision.
    """
    rows = _chosen(priorities)
    taken = Decision.objects.select_related("register__body", "version").get(pk=decision.pk)
    for body in {row.body_id: row.body for row in rows}.values():
        require_recorder(by, body, localdate(at))
    _may_approve(taken, rows)
    for row in rows:
        _approve(row, taken, by, at)


def _may_approve(decision: Decision, rows: Iterable[Priority]) -> None:
    """Refuse a decision that did not, or could not, approve these."""
    if any(decision.register.body_id != row.body_id for row in rows):
        raise ValidationError({"decision": _("Choose a decision of the body whose priorities these are.")})
    if decision.stage != DecisionStage.DECIDED or not decision.seal:
        words = _("Only a decision that was taken, and stands, makes priorities live.")
        raise ValidationError({"decision": words})
    if decision.outcome not in APPROVES:
        raise ValidationError({"decision": _("That decision did not agree to what was asked.")})
    if decision.version is not None:
        paper = decision.version.paper_id
        if not decision.relied_on.filter(target="paper", target_id=paper).exists():
            words = _(
                "That decision does not say that it relied on the paper in which it was asked for. "
                "Choose one that does."
            )
            raise ValidationError({"decision": words})


def _approve(row: Priority, decision: Decision, by: User, at: datetime) -> None:
    version = row.version
    if row.stage == PriorityStage.LIVE:
        if not row.changed_since_approval:
            words = _("%(number)s says what the board approved, so there is nothing to approve.")
            raise ValidationError(words % {"number": row.number})
        _move(row, "approve its change")
    else:
        _move(row, "approve")
    if localdate(version.made_at) > decision.decided_on:
        words = _("%(number)s was written on %(written)s, after the decision of %(decided)s was taken.")
        days = {
            "written": f"{localdate(version.made_at):%-d %B %Y}",
            "decided": f"{decision.decided_on:%-d %B %Y}",
        }
        raise ValidationError(words % {"number": row.number, **days})
    made = Approval.objects.create(
        priority=row,
        version=version,
        decision=decision,
        decision_seal=decision.seal,
        on=decision.decided_on,
        by=decision.decided_by,
        made_at=at,
        made_by=by.name,
    )
    row.decision, row.approved_version = decision, version
    row.approved_on, row.approved_by = decision.decided_on, decision.decided_by
    row.save(update_fields=["stage", "decision", "approved_version", "approved_on", "approved_by"])
    facts = {"decision": str(decision), "decision_seal": decision.seal, "seal": version.seal}
    record(row, "approved a priority", by=by, at=at, **facts, rows=sealed(made))


@transaction.atomic
def carry_forward(*, priority: Priority, year: int, reason: str, by: User, at: datetime) -> Priority:
    """Carry a live priority forward into a later year, as a draft there that the board decides on anew.

    It keeps its words, what it serves as it was pinned, its measures and, where it is free, its number.
    Its open actions stay as their year left them, until they are taken along (`carrying.take_along`).
    """
    (row,) = _locked((priority,), by, at)
    if year <= row.year:
        raise ValidationError({"year": _("A priority is carried into a later year.")})
    _end(row, "carry forward", localdate(at), reason, by)
    Document.objects.select_for_update().get(pk=row.plan_id)
    theme = (row.theme_key, _title_now(row, at))
    taken = Priority.objects.filter(plan=row.plan, year=year, number=row.number).exists()
    number = free_number(row.plan, theme, year, None if taken else row.number)
    made = new_priority(row.plan, theme, year, number, by, at, carried_from=row)
    why = _("Carried forward from %(priority)s.") % {"priority": str(row)}
    version = keep_wording(made, wording_of(row.version), why, by, at)
    ties = (*_same_pins(row, made, by, at), *_same_measures(row, made, by, at))
    facts = {"reason": row.closed_reason, "year": year_words(year), "to": str(made)}
    record(row, "carried a priority forward", by=by, at=at, **facts)
    record(made, "drafted a priority", by=by, at=at, carried_from=str(row), rows=sealed(version, *ties))
    return made


def _title_now(row: Priority, at: datetime) -> str:
    """The title of its theme as the plan has it now, or as it was where the theme is gone."""
    edition = current_edition(row.plan, localdate(at))
    still = edition is not None and edition.placements.filter(key=row.theme_key, depth=0).exists()
    return theme_title(row.plan, row.theme_key, at) if still else row.theme_title


def _same_pins(old: Priority, new: Priority, by: User, at: datetime) -> list[Serves]:
    """What the old one served, pinned for the new one to the same words: what is suspect stays suspect."""
    same = ("plan", "edition", "section_key", "block_key", "label", "words", "seal")
    rows = old.serves.filter(ended_at=None).select_related("plan", "edition")
    return [
        Serves.objects.create(
            priority=new, pinned_at=at, pinned_by=by.name, **{name: getattr(row, name) for name in same}
        )
        for row in rows
    ]


def _same_measures(old: Priority, new: Priority, by: User, at: datetime) -> list[PriorityMeasure]:
    rows = old.measured_by.filter(ended_at=None, measure__ended_at=None)
    return [
        PriorityMeasure.objects.create(
            priority=new, measure_id=row.measure_id, why=row.why, added_at=at, adder=by, added_by=by.name
        )
        for row in rows
    ]


@transaction.atomic
def close(*, priority: Priority, reason: str, on: date, by: User, at: datetime) -> None:
    """Close a live priority on a day, with the reason; refused while actions of it are still open."""
    (row,) = _locked((priority,), by, at)
    still = [each.number for each in row.actions.all() if each.is_open]
    if still:
        words = ngettext(
            "%(numbers)s is still open. Finish or drop it first, or carry the priority forward.",
            "%(numbers)s are still open. Finish or drop them first, or carry the priority forward.",
            len(still),
        )
        raise ValidationError(words % {"numbers": ", ".join(still)})
    if row.approved_on is not None and on < row.approved_on:
        raise ValidationError({"on": _("The day is before the board approved it.")})
    if on > localdate(at):
        raise ValidationError({"on": _("The day is still to come.")})
    _end(row, "close", on, reason, by)
    record(row, "closed a priority", by=by, at=at, reason=row.closed_reason, on=on)


@transaction.atomic
def drop(*, priority: Priority, reason: str, by: User, at: datetime) -> None:
    """Drop a priority that never became live. Refused, with where, while a report that was frozen or a
    paper that was handed in cites it."""
    (row,) = _locked((priority,), by, at)
    cited = cited_in(row)
    if cited:
        words = _("%(number)s cannot be dropped, because it is cited in %(where)s.")
        raise ValidationError(words % {"number": row.number, "where": "; ".join(cited)})
    _end(row, "drop", localdate(at), reason, by)
    record(row, "dropped a priority", by=by, at=at, reason=row.closed_reason)


def cited_in(priority: Priority) -> tuple[str, ...]:
    """Every frozen report, and every paper that was handed in, that cites a priority: where, in words."""
    about = Q(kind="priority", ref_id=priority.pk)
    about |= Q(kind="action", ref_id__in=priority.actions.values("pk"))
    rows = ReportSource.objects.filter(about)
    handed_in = Q(report__paper__versions__isnull=False) | Q(report__appendix__paper__versions__isnull=False)
    fixed = rows.filter(Q(report__frozen_at__isnull=False) | handed_in)
    papers = ("report__paper", "report__appendix__paper")
    fixed = fixed.select_related(*(f"{paper}__item__meeting__board" for paper in papers)).order_by("report")
    reports = {row.report_id: row.report for row in fixed}
    return tuple(_where(report) for report in reports.values())


def _where(report: Report) -> str:
    """A report that keeps what it cites, and the meeting it went to."""
    paper = report.paper or (report.appendix.paper if report.appendix is not None else None)
    item = paper.item if paper is not None else None
    if item is None:
        return f"“{report}”"
    return _("“%(report)s”, item %(number)s of %(meeting)s") % {
        "report": str(report),
        "number": item.number,
        "meeting": str(item.meeting),
    }


def _chosen(priorities: Sequence[Priority]) -> list[Priority]:
    """The rows of these priorities, locked, in order of number; refused where there is none."""
    wanted = {priority.pk for priority in priorities}
    rows = Priority.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    found = list(rows.select_related("body", "plan__body", "approved_version").order_by("pk"))
    if not found:
        raise ValidationError({"priorities": _("Choose at least one priority.")})
    return found


def _locked(priorities: Sequence[Priority], by: User, at: datetime) -> list[Priority]:
    """The rows of these priorities, locked, for somebody who may write them all."""
    rows = _chosen(priorities)
    for body in {row.body_id: row.body for row in rows}.values():
        require(by, Ability.WRITE_DELIVERY, body, on=localdate(at))
    return rows


def _move(row: Priority, move: str) -> None:
    """Take a priority to the stage that a move leads to, or say by its number why it may not go there."""
    try:
        row.stage = advance(PRIORITY_MOVES, PriorityStage(row.stage), move)
    except IllegalMove as refusal:
        words = _("%(number)s: %(why)s") % {"number": row.number, "why": refusal}
        raise ValidationError(words) from refusal


def _reason(given: str, ask: str) -> str:
    if not given.strip():
        raise ValidationError({"reason": ask})
    return given.strip()


def _end(row: Priority, move: str, on: date, reason: str, by: User) -> None:
    """Move a priority to its end, with day, reason and name."""
    _move(row, move)
    row.closed_reason = _reason(reason, _("Say why, in a sentence that somebody will understand next year."))
    row.closed_on, row.closed_by = on, by.name
    row.save(update_fields=["stage", "closed_on", "closed_by", "closed_reason"])
