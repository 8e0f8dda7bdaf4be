"""Write sections: save, add, take out, move, put back, and settle what two people saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.problems import Problem
from goldthread.core.text import Section, another_key, new_key, read_section, section_form, words_of
from goldthread.core.text.inline import clean
from goldthread.people.models import User
from goldthread.plans.actions.editions import open_edition
from goldthread.plans.keepers import keeper_of, require_of
from goldthread.plans.models import (
    Edition,
    How,
    KeptDraft,
    Placement,
    SectionChange,
    SectionVersion,
)
from goldthread.plans.seals import sealed
from goldthread.plans.standing import settle
from goldthread.plans.texts import keep_version

MAX_WORDS = 200_000
MAX_CHARACTERS = 2_000_000
MAX_BLOCKS = 20_000
MAX_DEPTH = 5


class Saved(NamedTuple):
    """A section says this now (nothing where it was taken out); what had to be left out of it."""

    version: SectionVersion | None
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
    content = form.get("content")
    if isinstance(content, list) and len(content) > MAX_BLOCKS:
        raise ValidationError(f"This is too long for one section: {MAX_BLOCKS:,} paragraphs is the most.")
    _open(edition, by, at)
    placed = _placed(edition, key)
    section, problems = read_section({**form, "key": key})
    _check(section)
    section = _with_own_keys(edition, placed, section)
    version = keep_version(edition.document, section, at=at)
    if version.pk == placed.version_id:
        return Saved(version, problems)
    if base != placed.version.seal:
        return _keep(edition, placed, section, base, by, at)
    _say(edition, placed, version, how, by, at)
    settle(edition=edition, by=by, at=at)
    return Saved(version, problems)


def _open(edition: Edition, by: User, at: datetime) -> None:
    """Ask leave to write and lock the edition; ask again where its keeper may have closed it meanwhile."""
    require_of(by, Ability.WRITE_PLAN, edition.document, on=localdate(at))
    open_edition(edition)
    if keeper_of(edition.document) is not None:
        require_of(by, Ability.WRITE_PLAN, edition.document, on=localdate(at))


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
    said = [words_of(block) for block in section.blocks]
    if sum(map(len, said)) > MAX_CHARACTERS:
        raise ValidationError(f"This is too long for one section: {MAX_CHARACTERS:,} letters is the most.")
    if sum(len(words.split()) for words in said) > MAX_WORDS:
        raise ValidationError(f"This is too long for one section: {MAX_WORDS:,} words is the most.")


def _with_own_keys(edition: Edition, placed: Placement, section: Section) -> Section:
    """A block copied from another section of the edition gets a key of its own, always the same one."""
    brought = {block.key for block in section.blocks} - _block_keys(placed.version.form)
    if not brought:
        return section
    others = edition.placements.exclude(key=placed.key).values_list("version__form", flat=True)
    copied = brought & set().union(*(_block_keys(form) for form in others))
    blocks = (
        replace(block, key=another_key(block.key, section.key)) if block.key in copied else block
        for block in section.blocks
    )
    return replace(section, blocks=tuple(blocks))


def _block_keys(form: dict[str, Any]) -> set[str]:
    return {node["attrs"]["key"] for node in form["content"]}


def _say(
    edition: Edition, placed: Placement, version: SectionVersion, how: How, by: User, at: datetime
) -> None:
    placed.version = version
    placed.save(update_fields=["version"])
    change = _log(edition, placed.key, version, how, by, at)
    facts = _told(edition, title=version.title)
    facts |= {"key": placed.key, "seal": version.seal, "rows": sealed(change)}
    record(edition, "wrote section", by=by, at=at, body=edition.document.body, **facts)


def _told(edition: Edition, **facts: Any) -> dict[str, Any]:
    """Titles as facts of an event; nothing of what another app keeps, whose words may be exempt."""
    return {} if keeper_of(edition.document) is not None else facts


def _log(
    edition: Edition, key: str, version: SectionVersion | None, how: How, by: User, at: datetime
) -> SectionChange:
    return SectionChange.objects.create(
        edition=edition, key=key, version=version, how=how, at=at, by_name=by.name
    )


def _keep(
    edition: Edition, placed: Placement, section: Section, base: str, by: User, at: datetime
) -> Conflict:
    mine, _ = KeptDraft.objects.update_or_create(
        edition=edition,
        key=placed.key,
        owner=by,
        settled_at=None,
        base=clean(base)[:64],
        defaults={"form": section_form(section), "kept_at": at},
    )
    record(edition, "kept words beside another's", by=by, at=at, body=edition.document.body, key=placed.key)
    return _conflict(edition, placed, mine, at)


def _conflict(edition: Edition, placed: Placement, mine: KeptDraft, at: datetime) -> Conflict:
    last = SectionChange.objects.filter(edition=edition, key=placed.key).last()
    return Conflict(placed.version, mine, last.by_name if last else "", last.at if last else at)


@transaction.atomic
def settle_conflict(
    *, kept: KeptDraft, outcome: str, form: dict[str, Any] | None, base: str, by: User, at: datetime
) -> Saved | Conflict:
    """Settle words kept beside another's: ``theirs`` stand, or ``mine`` (or both woven) are saved.

    Fails as a conflict again where the section moved on since ``base``.
    """
    edition, body = kept.edition, kept.edition.document.body
    require_of(by, Ability.WRITE_PLAN, edition.document, on=localdate(at))
    if outcome not in ("mine", "theirs"):
        raise ValidationError("Choose whose words stand.")
    Edition.objects.select_for_update().get(pk=edition.pk)
    kept.refresh_from_db(fields=["settled_at"])
    if kept.settled_at is not None:
        raise ValidationError("This was settled already.")
    placed = edition.placements.select_related("version").filter(key=kept.key).first()
    result: Saved | Conflict = Saved(placed.version if placed else None)
    if outcome == "mine":
        placed = _placed(edition, kept.key)
        kept.form = form if form is not None else kept.form
        kept.save(update_fields=["form"])
        if base != placed.version.seal:
            return _conflict(edition, placed, kept, at)
        result = save_section(
            edition=edition, key=kept.key, form=kept.form, base=base, by=by, at=at, how=How.SETTLED
        )
    kept.settled_at, kept.outcome = at, outcome
    kept.save(update_fields=["settled_at", "outcome"])
    record(edition, "settled two texts", by=by, at=at, body=body, key=kept.key, outcome=outcome)
    return result


@transaction.atomic
def add_section(
    *, edition: Edition, title: str, after: str, depth: int, by: User, at: datetime, numbered: bool = True
) -> Placement:
    """Add an empty section after another (or first, where ``after`` is empty)."""
    _open(edition, by, at)
    section = Section(new_key(), title.strip(), numbered=numbered)
    _check(section)
    order = list(edition.placements.order_by("position"))
    index = _after(order, after, depth)
    placed = Placement(
        edition=edition,
        position=0,
        depth=_fitting(order, index, depth),
        key=section.key,
        version=keep_version(edition.document, section, at=at),
    )
    order.insert(index, placed)
    _renumber(order)
    change = _log(edition, section.key, placed.version, How.ADDED, by, at)
    facts = {"key": section.key, **_told(edition, title=title), "rows": sealed(change)}
    record(edition, "added section", by=by, at=at, body=edition.document.body, **facts)
    settle(edition=edition, by=by, at=at)
    return placed


def _after(order: list[Placement], key: str, depth: int) -> int:
    """The index after a section and all its subsections, and after those of whatever stands around
    it below ``depth``, so that none of them changes hands; 0 where there is no such key."""
    start = next((i for i, placed in enumerate(order) if placed.key == key), None)
    return 0 if start is None else _end(order, start, min(depth, order[start].depth))


def _end(order: list[Placement], start: int, depth: int) -> int:
    end = start + 1
    while end < len(order) and order[end].depth > depth:
        end += 1
    return end


def _fitting(order: list[Placement], index: int, depth: int) -> int:
    """The depth asked for, as far as the section before allows it."""
    return max(0, min(depth, order[index - 1].depth + 1 if index else 0, MAX_DEPTH))


def _renumber(order: list[Placement]) -> None:
    """Write positions 1, 2, 3… for those that do not have theirs."""
    for position, placed in enumerate(order, start=1):
        if placed.position != position:
            placed.position = position
            placed.save(update_fields=["position"] if placed.pk else None)


@transaction.atomic
def remove_section(*, edition: Edition, key: str, by: User, at: datetime) -> list[str]:
    """Take a section and its subsections out of an edition; their words can be put back."""
    _open(edition, by, at)
    order = list(edition.placements.select_related("version").order_by("position"))
    start = next((i for i, placed in enumerate(order) if placed.key == key), None)
    if start is None:
        raise ValidationError("This section is no longer in the edition.")
    gone = order[start : _end(order, start, order[start].depth)]
    if len(gone) == len(order):
        raise ValidationError("An edition must keep at least one section.")
    changes = [_log(edition, placed.key, None, How.REMOVED, by, at) for placed in gone]
    for placed in gone:
        placed.delete()
    _renumber(order[:start] + order[start + len(gone) :])
    titles = [placed.version.title for placed in gone]
    facts = {"key": key, **_told(edition, titles=titles), "rows": sealed(*changes)}
    record(edition, "took out section", by=by, at=at, body=edition.document.body, **facts)
    settle(edition=edition, by=by, at=at)
    return titles


@transaction.atomic
def move_section(*, edition: Edition, key: str, after: str, depth: int, by: User, at: datetime) -> None:
    """Move a section with its subsections to just after another one, at a depth."""
    _open(edition, by, at)
    order = list(edition.placements.order_by("position"))
    start = next((i for i, placed in enumerate(order) if placed.key == key), None)
    if start is None:
        raise ValidationError("This section is no longer in the edition.")
    group = order[start : _end(order, start, order[start].depth)]
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
    return start + 1 if depth > rest[start].depth else _end(rest, start, depth)


@transaction.atomic
def restore_section(
    *, edition: Edition, version: SectionVersion, after: str, depth: int, base: str, by: User, at: datetime
) -> Saved | Conflict:
    """Make a section say again what a version said; put it back where it was taken out.

    It comes to stand after ``after``; where that is empty, as it stood in the parent edition,
    or else at the end.
    """
    _open(edition, by, at)
    if version.document_id != edition.document_id:
        raise ValidationError("That version belongs to another document.")
    if edition.placements.filter(key=version.key).exists():
        return save_section(
            edition=edition, key=version.key, form=version.form, base=base, by=by, at=at, how=How.RESTORED
        )
    order = list(edition.placements.order_by("position"))
    before = after
    if not after:
        before, depth = _where_it_stood(edition, version.key, order)
    index = _place(order, before, depth)
    placed = Placement(edition=edition, position=0, key=version.key, version=version)
    placed.depth = _fitting(order, index, depth)
    order.insert(index, placed)
    _renumber(order)
    change = _log(edition, version.key, version, How.RESTORED, by, at)
    facts = {"key": version.key, "rows": sealed(change)}
    record(edition, "put back section", by=by, at=at, body=edition.document.body, **facts)
    settle(edition=edition, by=by, at=at)
    return Saved(version)


def _where_it_stood(edition: Edition, key: str, order: list[Placement]) -> tuple[str, int]:
    """The section after which another stood in the parent edition, as far as it is here still; its depth."""
    here = {placed.key for placed in order}
    before, depth = order[-1].key if order else "", 0
    past = list(edition.parent.placements.order_by("position")) if edition.parent else []
    start = next((i for i, placed in enumerate(past) if placed.key == key), None)
    if start is not None:
        before = next((placed.key for placed in reversed(past[:start]) if placed.key in here), "")
        depth = past[start].depth
    return before, depth
