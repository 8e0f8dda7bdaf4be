"""The append-only, sealed record of who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.audit.chain import record

__all__ = ["record"]


def __getattr__(name: str) -> Any:
    """Give `record` on first use: an app's package is imported before Django's models can be."""
    if name == "record":
        from goldthread.audit import chain  # noqa: PLC0415 - models cannot load before the app registry

        return chain.record
    raise AttributeError(name)
