"""Define a measure, have it checked by another person, change it in a new version, end it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.core.spc.rulesets import named
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.actions.frameworks import join_frameworks
from goldthread.performance.definitions import Defined, definition_seal, form_of, read_form, shipped
from goldthread.performance.models import Definition, Measure, RuleChoice, Theme
from goldthread.plans.seals import sealed

REVIEWED_WITHIN = 365 * 3
"""The most days for which a definition may stand before somebody looks at it again."""


@transaction.atomic
def make_theme(*, body: Body, name: str, position: int = 0, by: User, at: datetime) -> Theme:
    """A theme under which measures are shown; the one of that name where there is one."""
    require(by, Ability.WRITE_MEASURES, body, on=localdate(at))
    key = slugify(name)[:60]
    if not key:
        raise ValidationError({"name": _("Give the theme a name.")})
    theme, made = Theme.objects.get_or_create(
        body=body, key=key, defaults={"name": name.strip(), "position": position}
    )
    if made:
        theme.full_clean()
        record(theme, "made a theme", by=by, at=at, body=body, name=theme.name)
    return theme


@transaction.atomic
def define_measure(
    *, body: Body, theme: Theme, form: Mapping[str, Any], by: User, at: datetime
) -> Definition:
    """Write the first definition of a measure. It counts nothing until another person has checked it."""
    require(by, Ability.WRITE_MEASURES, body, on=localdate(at))
    what = _read(form)
    measure = _measure(body, theme, what, "", by, at)
    return _draft(measure, what, 1, "", by, at)


@transaction.atomic
def revise_measure(
    *, measure: Measure, form: Mapping[str, Any], change: str, by: User, at: datetime
) -> Definition:
    """Change what a measure is: a new version, to be checked like the first. What was checked stays."""
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    _running(measure)
    what = _read({**form, "key": measure.key})
    draft = measure.definitions.drafts().select_for_update().first()
    last = measure.definitions.checked().order_by("-number").first()
    if last is not None and not change.strip():
        raise ValidationError({"change": _("Say what is different from the version before, and why.")})
    if last is not None and definition_seal(form_of(what)) == last.seal:
        raise ValidationError(_("Nothing is different from the version that was checked."))
    if draft is None:
        return _draft(measure, what, last.number + 1 if last else 1, change, by, at)
    draft.form, draft.change = form_of(what), change.strip()
    draft.author, draft.author_name, draft.made_at = by, by.name, at
    draft.save(update_fields=["form", "change", "author", "author_name", "made_at"])
    record(draft, "wrote a definition", by=by, at=at, body=measure.body, number=draft.number)
    return draft


@transaction.atomic
def check_definition(
    *, definition: Definition, seen: str, review_on: date, by: User, at: datetime
) -> Definition:
    """Put one's name to a definition that another person wrote: it is fixed, and counts from now.

    ``seen`` is the seal of the form that the checker read; refused where it was changed since.
    """
    measure = definition.measure
    require(by, Ability.CHECK_MEASURES, measure.body, on=localdate(at))
    definition = (
        Definition.objects.select_for_update(of=("self",))
        .select_related("measure__body")
        .get(pk=definition.pk)
    )
    if definition.is_checked:
        raise ValidationError(_("This version was checked already."))
    if definition.author_id == by.pk:
        raise ValidationError(_("Somebody other than its author checks a definition."))
    if definition_seal(definition.form) != seen:
        raise ValidationError(_("The definition changed while you were reading. Read it again."))
    _in_time(review_on, at)
    return _seal(definition, _read(definition.form), review_on, by, at)


@transaction.atomic
def drop_draft(*, definition: Definition, by: User, at: datetime) -> None:
    """Throw away a version that nobody has checked; of a measure with no other, the measure too."""
    measure = definition.measure
    require(by, Ability.WRITE_MEASURES, measure.body, on=localdate(at))
    if Definition.objects.select_for_update().get(pk=definition.pk).is_checked:
        raise ValidationError(_("A version that was checked stays. Write a new one in its place."))
    record(definition, "dropped a definition", by=by, at=at, body=measure.body, number=definition.number)
    definition.delete()
    if not measure.definitions.exists():
        measure.delete()


@transaction.atomic
def adopt_shipped(
    *,
    body: Body,
    key: str,
    theme: Theme | None = None,
    review_on: date | None = None,
    by: User,
    at: datetime,
) -> Measure:
    """Take over a shipped definition as it is: whoever takes it over has read it, and is its checker.

    Without ``theme`` the definition's own is used; without ``review_on`` its own day of review, or two
    years from now where that day has passed or is far off.
    """
    require(by, Ability.CHECK_MEASURES, body, on=localdate(at))
    if review_on is not None:
        _in_time(review_on, at)
    what = shipped().get(key)
    if what is None:
        raise ValidationError(_("No measure is shipped under the key “%(key)s”.") % {"key": key})
    if theme is None:
        theme = Theme.objects.get_or_create(
            body=body, key=slugify(what.theme)[:60], defaults={"name": what.theme}
        )[0]
    measure = _measure(body, theme, what, key, by, at)
    definition = Definition.objects.create(
        measure=measure, number=1, form=form_of(what), author_name=what.review.author, made_at=at
    )
    _seal(definition, what, review_on or _review_day(what, localdate(at)), by, at)
    return measure


@transaction.atomic
def end_measure(*, measure: Measure, reason: str, by: User, at: datetime) -> None:
    """Stop using a measure. What was reported and released of it stays."""
    require(by, Ability.CHECK_MEASURES, measure.body, on=localdate(at))
    _running(measure)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the measure is no longer used.")})
    measure.ended_at, measure.ended_by, measure.ended_reason = at, by.name, reason.strip()
    measure.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    record(measure, "ended a measure", by=by, at=at, body=measure.body, reason=measure.ended_reason)


@transaction.atomic
def choose_rules(*, body: Body, rules: str, reason: str, by: User, at: datetime) -> RuleChoice:
    """Choose the rule set by which the office judges its series, and say why."""
    require(by, Ability.APPROVE_REBASE, body, on=localdate(at))
    try:
        chosen = named(rules)
    except ValueError as error:
        raise ValidationError({"rules": str(error)}) from error
    if not reason.strip():
        raise ValidationError({"reason": _("Say why series are judged by these rules.")})
    row = RuleChoice.objects.create(
        body=body, rules=chosen.name, reason=reason.strip(), at=at, by_name=by.name
    )
    record(row, "chose rules", by=by, at=at, body=body, rules=row.rules, rows=sealed(row))
    return row


def _read(form: Mapping[str, Any]) -> Defined:
    what, problems = read_form(form, _("definition"))
    if what is None:
        raise ValidationError([str(problem) for problem in problems])
    return what


def _running(measure: Measure) -> None:
    if Measure.objects.select_for_update().get(pk=measure.pk).ended_at is not None:
        raise ValidationError(_("This measure is no longer used."))


def _measure(body: Body, theme: Theme, what: Defined, source: str, by: User, at: datetime) -> Measure:
    if theme.body_id != body.pk:
        raise ValidationError({"theme": _("This theme is of another body.")})
    if Measure.objects.filter(body=body, key=what.key).exists():
        raise ValidationError({"key": _("There is a measure with the key “%(key)s”.") % {"key": what.key}})
    taken = Measure.objects.filter(slug=what.key).exists()
    slug = f"{what.key}-{body.slug}" if taken else what.key
    measure = Measure(body=body, theme=theme, key=what.key, slug=slug, name=what.name, shipped=source)
    measure.made_at, measure.made_by = at, by.name
    measure.full_clean()
    measure.save()
    return measure


def _draft(measure: Measure, what: Defined, number: int, change: str, by: User, at: datetime) -> Definition:
    draft = Definition.objects.create(
        measure=measure,
        number=number,
        form=form_of(what),
        change=change.strip(),
        author=by,
        author_name=by.name,
        made_at=at,
    )
    record(draft, "wrote a definition", by=by, at=at, body=measure.body, number=number)
    return draft


def _review_day(what: Defined, today: date) -> date:
    named_day = what.review.next
    if named_day is not None and 0 < (named_day - today).days <= REVIEWED_WITHIN:
        return named_day
    return date(today.year + 2, today.month, 1)


def _in_time(review_on: date, at: datetime) -> None:
    days = (review_on - localdate(at)).days
    if not 0 < days <= REVIEWED_WITHIN:
        words = _("Name a day within three years on which somebody will look at it again.")
        raise ValidationError({"review_on": words})


def _seal(definition: Definition, what: Defined, review_on: date, by: User, at: datetime) -> Definition:
    measure = definition.measure
    definition.checker, definition.checker_name, definition.checked_at = by, by.name, at
    definition.review_on, definition.seal = review_on, definition_seal(definition.form)
    definition.save()
    if measure.name != what.name:
        measure.name = what.name
        measure.save(update_fields=["name"])
    join_frameworks(measure, what, by, at)
    facts = {"number": definition.number, "seal": definition.seal, "rows": sealed(definition)}
    record(definition, "checked a definition", by=by, at=at, body=measure.body, **facts)
    return definition
