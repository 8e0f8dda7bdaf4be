"""A judgement as plain data that can be sealed and kept, and back again without loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.core.records import of_form, to_form
from goldthread.core.spc.judgement import Judgement

FORM = 1


def as_record(judgement: Judgement) -> dict[str, Any]:
    """The judgement as JSON would hold it: numbers, words, lists and objects; dates as 2026-03-01."""
    return {"form": FORM, **to_form(judgement)}


def from_record(record: Mapping[str, Any]) -> Judgement:
    """The judgement that a record was made of; raises ValueError for a record of another form."""
    if record.get("form") != FORM:
        raise ValueError(f"this is no record of a judgement in form {FORM}")
    try:
        return of_form(Judgement, {name: part for name, part in record.items() if name != "form"})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this record of a judgement cannot be read: {error}") from error
