"""A judgement as plain data that can be sealed and kept, and back again without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from goldthread.core.spc.judgement import Judgement

FORM = 1


def as_record(judgement: Judgement) -> dict[str, Any]:
    """The judgement as JSON would hold it: numbers, words, lists and objects; dates as 2026-03-01."""
    return {"form": FORM, **_out(judgement)}


def from_record(record: Mapping[str, Any]) -> Judgement:
    """The judgement that a record was made of; raises ValueError for a record of another form."""
    if record.get("form") != FORM:
        raise ValueError(f"this is no record of a judgement in form {FORM}")
    try:
        read: Judgement = _in(Judgement, {name: part for name, part in record.items() if name != "form"})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this record of a judgement cannot be read: {error}") from error
    return read


def _out(thing: Any) -> Any:
    if is_dataclass(thing):
        return {field.name: _out(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, tuple):
        return [_out(part) for part in thing]
    if isinstance(thing, Enum):
        return thing.value
    return thing.isoformat() if isinstance(thing, date) else thing


def _in(kind: Any, thing: Any) -> Any:
    """The thing as that kind of value: a record, tuple, enum, date, number, or None where allowed."""
    if get_origin(kind) is UnionType:
        kinds = [each for each in get_args(kind) if each is not NoneType]
        return None if thing is None else _in(kinds[0], thing)
    if get_origin(kind) is tuple:
        return tuple(_in(get_args(kind)[0], part) for part in thing)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _in(hints[field.name], thing[field.name]) for field in fields(kind)})
    return date.fromisoformat(thing) if kind is date else kind(thing)
