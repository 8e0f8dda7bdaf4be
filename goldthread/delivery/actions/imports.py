"""Bringing in a list of actions: handed in, its columns chosen, looked at, taken in whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.core.records import to_form
from goldthread.delivery.actions.work import add_action, add_milestone
from goldthread.delivery.importing.found import Deed, Found
from goldthread.delivery.importing.known import Known, known_of
from goldthread.delivery.importing.layout import Layout, layout_of
from goldthread.delivery.importing.lines import understand
from goldthread.delivery.importing.owners import guesses
from goldthread.delivery.models import Action, Priority, WorkImport
from goldthread.files.refused import Refused
from goldthread.files.sheets import Sheet, read_sheet
from goldthread.files.sheets.faults import Fault
from goldthread.people.actions import require
from goldthread.people.models import Office, User
from goldthread.plans.models import Document

LARGEST = 10 * 1024 * 1024
KEPT = 300
"""How many problems an import keeps in words; the error file has them all."""
NOBODY, AS_WORDS = "nobody", "words"
"""What an owner of a list may be besides an office: nobody, or the words that name them."""


@transaction.atomic
def hand_in(*, plan: Document, year: int, name: str, file: File, by: User, at: datetime) -> WorkImport:
    """Keep a list of actions as it came. Nothing of it is taken in yet."""
    require(by, Ability.WRITE_DELIVERY, plan.body, on=localdate(at))
    if not file.size:
        raise ValidationError({"file": _("The file is empty. It may not have been sent whole: try again.")})
    if file.size > LARGEST:
        words = _("The file is larger than %(size)d MB. Send the list alone, without pictures.")
        raise ValidationError({"file": words % {"size": LARGEST // 2**20}})
    if not known_of(plan, year).priorities:
        raise ValidationError({"year": _("There are no priorities for that year yet. Draft them first.")})
    made = WorkImport(body=plan.body, plan=plan, year=year, name=name[:255], owner=by)
    made.sha256, made.made_at, made.made_by = vault.keep_file(file), at, by.name
    try:
        read_sheet(vault.read(made.sha256), name=made.name)
    except Refused as refused:
        raise ValidationError({"file": str(refused)}) from refused
    made.save(force_insert=True)
    record(made, "handed in a list of actions", by=by, at=at, body=plan.body, sha256=made.sha256, year=year)
    return made


def sheet_of(made: WorkImport) -> Sheet:
    """The file of an import as a sheet. Raises Refused with the reason."""
    try:
        return read_sheet(vault.read(made.sha256), name=made.name)
    except (vault.Missing, vault.Altered) as fault:
        raise Refused(str(fault), _("Hand the file in again.")) from fault


def found_in(made: WorkImport, sheet: Sheet, known: Known) -> tuple[Layout, Found]:
    """What the list of an import says as its columns were chosen, held against what is known."""
    layout = layout_of(made.columns, sheet)
    tab = sheet.tab(layout.tab)
    if tab is None:
        return layout, Found()
    priority = made.columns.get("priority")
    found = understand(
        tab,
        layout,
        known,
        year=made.year,
        since_1904=sheet.since_1904,
        priority=priority if priority else None,
    )
    return layout, found


@transaction.atomic
def choose(
    *,
    made: WorkImport,
    tab: str,
    columns: Mapping[str, int],
    priority: Priority | None = None,
    by: User,
    at: datetime,
) -> Found:
    """Say which column says what, and look at every row; ``priority`` is that of rows that say none."""
    made = _waiting(made, by=by, at=at)
    if "action" not in columns:
        raise ValidationError({"action": _("Choose the column that says what will be done.")})
    if len(set(columns.values())) < len(columns):
        raise ValidationError(_("One column was chosen twice. Each column can say one thing."))
    made.columns = {
        "tab": tab,
        "columns": dict(columns),
        "priority": priority.pk if priority else None,
        "owners": {},
    }
    made.sheet = tab[:255]
    sheet = _read(made)
    _layout, found = found_in(made, sheet, known_of(made.plan, made.year))
    meant = guesses(made.body, found.owners, localdate(at))
    made.columns["owners"] = {each.words: str(each.office or AS_WORDS) for each in meant}
    made.rows = [to_form(deed) for deed in found.deeds]
    made.problems = kept(found.faults)
    made.save(update_fields=["columns", "sheet", "rows", "problems"])
    record(made, "chose the columns", by=by, at=at, body=made.body, columns=dict(columns), tab=tab)
    return found


def kept(faults: Iterable[Fault]) -> list[list[str]]:
    """Faults as an import keeps them, the first few hundred."""
    return [[each.where, each.problem.message, each.code] for each in list(faults)[:KEPT]]


@transaction.atomic
def take_in(
    *,
    made: WorkImport,
    owners: Mapping[str, str],
    without_faults: bool = False,
    by: User,
    at: datetime,
) -> tuple[Action, ...]:
    """Take in every action of a list, or none. Rows with faults stay out only where that is said.

    ``owners`` says of each owner that the list names: the key of an office, ``words`` or ``nobody``.
    The file is read anew, so that what was changed since it was looked at is seen.
    """
    made = _waiting(made, by=by, at=at)
    known = known_of(made.plan, made.year)
    _layout, found = found_in(made, _read(made), known)
    if found.faults and not without_faults:
        raise ValidationError(_("Some rows have faults. Mend the file, or take it in without these rows."))
    if not found.deeds:
        raise ValidationError(_("There is nothing in it that could be taken in."))
    offices = _offices(made, owners, found.owners)
    priorities = Priority.objects.select_related("body").in_bulk({deed.priority for deed in found.deeds})
    taken = tuple(
        _take(deed, priorities[deed.priority], known, made, offices, owners, by=by, at=at)
        for deed in _in_order(found.deeds, known)
    )
    made.taken_at = at
    made.columns = {**made.columns, "owners": dict(owners)}
    made.rows = [to_form(deed) for deed in found.deeds]
    made.problems = kept(found.faults)
    made.save(update_fields=["taken_at", "columns", "rows", "problems"])
    facts = {"actions": len(taken), "milestones": found.steps, "left_out": len(found.faults)}
    record(made, "took in a list of actions", by=by, at=at, body=made.body, **facts)
    return taken


def _in_order(deeds: Sequence[Deed], known: Known) -> list[Deed]:
    """Those with a number of their own first, so that no other is given it."""
    return sorted(deeds, key=lambda deed: not _own_number(deed, known))


def _own_number(deed: Deed, known: Known) -> str:
    """The number that a row gives its action, where it is one of its priority's: V2.4 of V2."""
    begins = f"{known.priorities[deed.priority][0]}."
    number = deed.number.replace(" ", "")
    fits = number.casefold().startswith(begins.casefold()) and number[len(begins) :].isdecimal()
    return begins + number[len(begins) :] if fits and len(number) <= 16 else ""


def _offices(made: WorkImport, owners: Mapping[str, str], named: Sequence[str]) -> dict[str, Office]:
    """The offices that were chosen for the owners of a list; refused where one was left open."""
    left = [words for words in named if not owners.get(words)]
    if left:
        raise ValidationError(_("Say who is meant by “%(who)s”.") % {"who": "”, “".join(left[:5])})
    chosen = {value for value in owners.values() if value not in (NOBODY, AS_WORDS)}
    offices = Office.objects.filter(body=made.body).in_bulk(
        {int(each) for each in chosen if each.isdecimal()}
    )
    if len(offices) < len(chosen):
        raise ValidationError(_("An office that was chosen is not one of this body's."))
    return {str(pk): office for pk, office in offices.items()}


def _take(
    deed: Deed,
    priority: Priority,
    known: Known,
    made: WorkImport,
    offices: Mapping[str, Office],
    owners: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> Action:
    number = _own_number(deed, known)
    if number and priority.actions.filter(number=number).exists():
        number = ""
    _refuse_ahead(deed.row, deed.finished, at)
    whose = owners.get(deed.owner, NOBODY)
    action = add_action(
        priority=priority,
        title=deed.title,
        words=deed.words,
        owner_office=offices.get(whose),
        owner_words=deed.owner[:200] if whose == AS_WORDS else "",
        starts=deed.starts,
        due=deed.due or deed.forecast,
        forecast=deed.forecast if deed.due and deed.forecast != deed.due else None,
        finished=deed.finished,
        begun=deed.begun or any(step.reached for step in deed.steps),
        weight=deed.weight,
        cost=Decimal(deed.cost) if deed.cost else None,
        cost_words=deed.cost_words,
        number=number,
        source=made,
        by=by,
        at=at,
    )
    _take_steps(action, deed, offices, owners, by=by, at=at)
    return action


def _take_steps(
    action: Action,
    deed: Deed,
    offices: Mapping[str, Office],
    owners: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    for step in deed.steps:
        _refuse_ahead(step.row, step.reached, at)
        office = offices.get(owners.get(step.owner, NOBODY))
        add_milestone(
            action=action,
            title=step.title,
            due=step.due,
            owner_office=office,
            reached=step.reached,
            by=by,
            at=at,
        )


def _refuse_ahead(row: int, done: Any, at: datetime) -> None:
    if done is not None and done > localdate(at):
        words = _("Row %(row)s says that it was done on %(day)s, which has not come yet. Mend the file.")
        raise ValidationError(words % {"row": row, "day": f"{done:%-d %B %Y}"})


def _read(made: WorkImport) -> Sheet:
    try:
        return sheet_of(made)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused


def _waiting(made: WorkImport, *, by: User, at: datetime) -> WorkImport:
    """An import that is neither taken in nor put away, held until the commit."""
    require(by, Ability.WRITE_DELIVERY, made.body, on=localdate(at))
    rows = WorkImport.objects.select_for_update(of=("self",)).select_related("body", "plan")
    found = rows.get(pk=made.pk)
    if found.taken_at is not None or found.discarded_at is not None:
        raise ValidationError(_("This list has been dealt with already."))
    return found


@transaction.atomic
def put_away(*, made: WorkImport, by: User, at: datetime) -> None:
    """Put a list away of which nothing was taken in; the file stays kept."""
    made = _waiting(made, by=by, at=at)
    made.discarded_at = at
    made.save(update_fields=["discarded_at"])
    record(made, "put a list of actions away", by=by, at=at, body=made.body)
