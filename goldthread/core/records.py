"""Frozen records as plain data that can be sealed and kept, and back again without loss."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def to_form(thing: Any) -> Any:
    """A record as JSON would hold it: numbers, words, lists and objects; dates as 2026-03-01."""
    if is_dataclass(thing):
        return {field.name: to_form(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, tuple):
        return [to_form(part) for part in thing]
    if isinstance(thing, Enum):
        return thing.value
    return thing.isoformat() if isinstance(thing, date) else thing


def of_form(kind: type[Record], form: Any) -> Record:
    """The record of that kind that a form was made of; raises where the form lacks something."""
    read: Record = _read(kind, form)
    return read


def _read(kind: Any, thing: Any) -> Any:
    """The thing as that kind of value: a record, tuple, enum, date, number, or None where allowed."""
    if get_origin(kind) is UnionType:
        kinds = [each for each in get_args(kind) if each is not NoneType]
        return None if thing is None else _read(kinds[0], thing)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in thing)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _read(hint, thing[name]) for name, hint in _hints(kind)})
    return date.fromisoformat(thing) if kind is date else kind(thing)


@cache
def _hints(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a record and what each of them is."""
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))
