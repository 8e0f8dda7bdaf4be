"""A return typed by hand, kept as the file that it would have been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.governance.abilities import Ability
from goldthread.people.actions import require
from goldthread.people.models import Body, User
from goldthread.performance.actions.loads import open_source
from goldthread.performance.loading.checking import Found
from goldthread.performance.loading.known import InUse
from goldthread.performance.loading.standing import compared, standing_now
from goldthread.performance.loading.typed import Line, choice_for, written
from goldthread.performance.models import Area, Load, LoadStage, SourceKind

TYPED = "Returns typed here"


@transaction.atomic
def take_typed(
    *,
    body: Body,
    each: InUse,
    area: Area,
    lines: Sequence[Line],
    found: Found,
    provisional: bool,
    by: User,
    at: datetime,
) -> Load:
    """Keep typed rows that were found in order, as a load that waits to be confirmed."""
    require(by, Ability.LOAD_FIGURES, body, on=localdate(at))
    if found.faults or not found.figures:
        raise ValidationError(_("There is nothing in it that could be loaded."))
    source = open_source(body=body, kind=SourceKind.RETURN, name=TYPED, by=by, at=at)
    content = written([line for line in lines if not line.blank], each)
    changes = compared(found.figures, standing_now(figure.key for figure in found.figures))
    load = Load.objects.create(
        body=body,
        source=source,
        name=_("%(measure)s, %(area)s") % {"measure": each.measure.name, "area": area.name},
        size=len(content),
        sha256=vault.keep_file(ContentFile(content)),
        status=LoadStage.CHECKED,
        understood={"kind": "csv", "typed": True, "tabs": [["", False]], "notes": []},
        match=choice_for(each, area.code).as_form(),
        counts={"rows": found.rows, "figures": len(found.figures), "wrong": 0, "changes": changes.as_form()},
        provisional=provisional,
        handed_in_at=at,
        handed_in_by=by.name,
    )
    record(load, "typed figures", by=by, at=at, body=body, sha256=load.sha256, measure=each.measure.key)
    return load
