"""The append-only, sealed record of who did what."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.audit.chain import record

__all__ = ["record"]


def __getattr__(name: str) -> Any:
    """Give `record` on first use: Django imports this package before any model can be loaded."""
    if name == "record":
        return import_module("goldthread.audit.chain").record
    raise AttributeError(name)
