"""Write sections: save, add, take out, move, put back, and settle what two people saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.problems import Problem
from goldthread.core.text import Section, new_key, read_section, section_form
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.plans.actions.editions import open_edition
from goldthread.plans.models import (
    Edition,
    How,
    KeptDraft,
    Placement,
    SectionChange,
    SectionVersion,
)
from goldthread.plans.standing import settle
from goldthread.plans.texts import keep_version

MAX_WORDS = 200_000
MAX_DEPTH = 5


class Saved(NamedTuple):
    """A section was saved (or said the same already); what had to be left out of it."""

    version: SectionVersion
    problems: tuple[Problem, ...] = ()


class Conflict(NamedTuple):
    """Somebody else saved first. Theirs stands; mine is kept and can be settled."""

    theirs: SectionVersion
    mine: KeptDraft
    by_name: str
    at: datetime


@transaction.atomic
def save_section(
    *,
    edition: Edition,
    key: str,
    form: dict[str, Any],
    base: str,
    by: User,
    at: datetime,
    how: How = How.TYPED,
) -> Saved | Conflict:
    """Make a section say this, if nobody saved since ``base`` (the seal it was opened at).

    Saving without a change changes nothing. Where somebody else saved first, both texts
    are kept and the conflict is returned, never overwritten.
    """
    require(by, Ability.WRITE_PLAN, edition.document.body, on=at.date())
    open_edition(edition)
    placed = _placed(edition, key)
    section, problems = read_section({**form, "key": key})
    _check(section)
    version = keep_version(edition.document, section, at=at)
    if version.pk == placed.version_id:
        return Saved(version, problems)
    if base != placed.version.seal:
        return _keep(edition, placed, section, base, by, at)
    _say(edition, placed, version, how, by, at)
    settle(edition=edition, by=by, at=at)
    return Saved(version, problems)


def _placed(edition: Edition, key: str) -> Placement:
    placed = edition.placements.select_related("version").filter(key=key).first()
    if placed is None:
        raise ValidationError(
            "This section is no longer in the edition. Your words are still on your screen."
        )
    return placed


def _check(section: Section) -> None:
    if not section.title.strip():
        raise ValidationError("Give the section a title.")
    if len(section.title) > 300:
        raise ValidationError("The title is too long: 300 characters is the most.")


def _say(
    edition: Edition, placed: Placement, version: SectionVersion, how: How, by: User, at: datetime
) -> None:
    placed.version = version
    placed.save(update_fields=["version"])
    _log(edition, placed.key, version, how, by, at)


def _log(
    edition: Edition, key: str, version: SectionVersion | None, how: How, by: User, at: datetime
) -> None:
    SectionChange.objects.create(edition=edition, key=key, version=version, how=how, at=at, by_name=by.name)


def _keep(
    edition: Edition, placed: Placement, section: Section, base: str, by: User, at: datetime
) -> Conflict:
    mine, _ = KeptDraft.objects.update_or_create(
        edition=edition,
        key=placed.key,
        owner=by,
        settled_at=None,
        defaults={"form": section_form(section), "kept_at": at, "base": base},
    )
    last = SectionChange.objects.filter(edition=edition, key=placed.key).last()
    record(edition, "kept words beside another's", by=by, at=at, body=edition.document.body, key=placed.key)
    return Conflict(placed.version, mine, last.by_name if last else "", last.at if last else at)


@transaction.atomic
def settle_conflict(
    *, kept: KeptDraft, outcome: str, form: dict[str, Any] | None, base: str, by: User, at: datetime
) -> Saved | Conflict:
    """Settle words kept beside another's: ``theirs`` stand, or ``mine`` (or both woven) are saved.

    Fails as a conflict again where the section moved on since ``base``.
    """
    require(by, Ability.WRITE_PLAN, kept.edition.document.body, on=at.date())
    if kept.settled_at is not None:
        raise ValidationError("This was settled already.")
    placed = _placed(kept.edition, kept.key)
    result: Saved | Conflict = Saved(placed.version)
    if outcome == "mine":
        result = save_section(
            edition=kept.edition,
            key=kept.key,
            form=form if form is not None else kept.form,
            base=base,
            by=by,
            at=at,
            how=How.SETTLED,
        )
    if isinstance(result, Conflict):
        return result
    kept.settled_at, kept.outcome = at, outcome
    kept.save(update_fields=["settled_at", "outcome"])
    return result


@transaction.atomic
def add_section(
    *, edition: Edition, title: str, after: str, depth: int, by: User, at: datetime, numbered: bool = True
) -> Placement:
    """Add an empty section after another (or first, where ``after`` is empty)."""
    require(by, Ability.WRITE_PLAN, edition.document.body, on=at.date())
    open_edition(edition)
    section = Section(new_key(), title.strip(), numbered=numbered)
    _check(section)
    order = list(edition.placements.order_by("position"))
    index = _after(order, after)
    allowed = order[index - 1].depth + 1 if index else 0
    placed = Placement(
        edition=edition,
        position=0,
        depth=max(0, min(depth, allowed, MAX_DEPTH)),
        key=section.key,
        version=keep_version(edition.document, section, at=at),
    )
    order.insert(index, placed)
    _renumber(order)
    _log(edition, section.key, placed.version, How.ADDED, by, at)
    record(edition, "added section", by=by, at=at, body=edition.document.body, key=section.key, title=title)
    settle(edition=edition, by=by, at=at)
    return placed


def _after(order: list[Placement], key: str) -> int:
    """The index just after a section and all its subsections; 0 where there is no such key."""
    start = next((i for i, placed in enumerate(order) if placed.key == key), None)
    return 0 if start is None else _end(order, start)


def _end(order: list[Placement], start: int) -> int:
    end = start + 1
    while end < len(order) and order[end].depth > order[start].depth:
        end += 1
    return end


def _renumber(order: list[Placement]) -> None:
    """Write positions 1, 2, 3… for those that do not have theirs."""
    for position, placed in enumerate(order, start=1):
        if placed.position != position or placed.pk is None:
            placed.position = position
            placed.save()


@transaction.atomic
def remove_section(*, edition: Edition, key: str, by: User, at: datetime) -> list[str]:
    """Take a section and its subsections out of an edition; their words can be put back."""
    require(by, Ability.WRITE_PLAN, edition.document.body, on=at.date())
    open_edition(edition)
    order = list(edition.placements.select_related("version").order_by("position"))
    start = next((i for i, placed in enumerate(order) if placed.key == key), None)
    if start is None:
        raise ValidationError("This section is no longer in the edition.")
    gone = order[start : _end(order, start)]
    if len(gone) == len(order):
        raise ValidationError("An edition must keep at least one section.")
    for placed in gone:
        _log(edition, placed.key, None, How.REMOVED, by, at)
        placed.delete()
    _renumber([placed for placed in order if placed not in gone and placed.pk])
    titles = [placed.version.title for placed in gone]
    record(edition, "took out section", by=by, at=at, body=edition.document.body, key=key, titles=titles)
    settle(edition=edition, by=by, at=at)
    return titles


@transaction.atomic
def move_section(*, edition: Edition, key: str, after: str, depth: int, by: User, at: datetime) -> None:
    """Move a section with its subsections to just after another one, at a depth."""
    require(by, Ability.WRITE_PLAN, edition.document.body, on=at.date())
    open_edition(edition)
    order = list(edition.placements.order_by("position"))
    start = next((i for i, placed in enumerate(order) if placed.key == key), None)
    if start is None:
        raise ValidationError("This section is no longer in the edition.")
    group = order[start : _end(order, start)]
    if after in {placed.key for placed in group}:
        raise ValidationError("A section cannot be moved to below itself.")
    rest = order[:start] + order[start + len(group) :]
    index = _place(rest, after, depth)
    allowed = rest[index - 1].depth + 1 if index else 0
    shift = max(0, min(depth, allowed)) - group[0].depth
    if max(placed.depth for placed in group) + shift > MAX_DEPTH:
        raise ValidationError(f"Sections can be nested {MAX_DEPTH + 1} deep at most.")
    for placed in group:
        placed.depth += shift
        placed.save(update_fields=["depth"])
    _renumber(rest[:index] + group + rest[index:])
    record(edition, "moved section", by=by, at=at, body=edition.document.body, key=key, after=after)
    settle(edition=edition, by=by, at=at)


def _place(rest: list[Placement], after: str, depth: int) -> int:
    """Where a group goes: as the first child of ``after`` if it is to hang below it, else after its end."""
    start = next((i for i, placed in enumerate(rest) if placed.key == after), None)
    if start is None:
        return 0
    return start + 1 if depth > rest[start].depth else _end(rest, start)


@transaction.atomic
def restore_section(
    *, edition: Edition, version: SectionVersion, after: str, depth: int, base: str, by: User, at: datetime
) -> Saved | Conflict:
    """Make a section say again what a version said; put it back where it was taken out."""
    require(by, Ability.WRITE_PLAN, edition.document.body, on=at.date())
    open_edition(edition)
    if version.document_id != edition.document_id:
        raise ValidationError("That version belongs to another document.")
    if edition.placements.filter(key=version.key).exists():
        return save_section(
            edition=edition, key=version.key, form=version.form, base=base, by=by, at=at, how=How.RESTORED
        )
    order = list(edition.placements.order_by("position"))
    index = _after(order, after)
    placed = Placement(edition=edition, position=0, depth=depth, key=version.key, version=version)
    placed.depth = max(0, min(depth, order[index - 1].depth + 1 if index else 0))
    order.insert(index, placed)
    _renumber(order)
    _log(edition, version.key, version, How.RESTORED, by, at)
    record(edition, "put back section", by=by, at=at, body=edition.document.body, key=version.key)
    settle(edition=edition, by=by, at=at)
    return Saved(version)
