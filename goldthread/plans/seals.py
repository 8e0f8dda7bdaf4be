"""The seals of rows that are kept as they were written, and the line each has in the record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from goldthread.core.text import seal_of
from goldthread.plans.models import Bundle, Edition, GateEvidence


def row_seal(row: models.Model, *, but: tuple[str, ...] = ()) -> str:
    """The seal of everything that a row says, but for its number and the fields named."""
    names = [field.attname for field in row._meta.concrete_fields if field.name not in ("id", *but)]
    return seal_of([row._meta.label_lower, {name: _plain(getattr(row, name)) for name in names}])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def edition_record_seal(edition: Edition) -> str:
    """The seal of an edition's record: its text's seal and every fact fixed with it."""
    return row_seal(edition, but=("stage", "record_seal"))


def evidence_seal(evidence: GateEvidence) -> str:
    """The seal of a piece of evidence: everything that it says."""
    return row_seal(evidence, but=("record_seal",))


def bundle_seal(bundle: Bundle) -> str:
    """The seal of a bundle: its edition, its evidence and each file's name and SHA-256."""
    return row_seal(bundle, but=("seal",))


def name_of(row: models.Model) -> str:
    """How the record names a row: its model and number."""
    return f"{row._meta.model_name} {row.pk}"


def seal_kept(row: models.Model) -> str:
    """The seal by which the record knows a row: the one that it holds, or that of what it says."""
    match row:
        case Edition() | GateEvidence():
            return row.record_seal
        case Bundle():
            return row.seal
        case _:
            return row_seal(row)


def sealed(*rows: models.Model) -> dict[str, str]:
    """Rows as a fact of an event: by their names, the seals under which they were kept."""
    return {name_of(row): seal_kept(row) for row in rows}
