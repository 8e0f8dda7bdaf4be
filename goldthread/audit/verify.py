"""Checking that what was sealed is still as it was: `goldthread verify`.

An app registers a check in its `AppConfig.ready`: `register("editions", editions.problems)`. A check
is a function without arguments that yields every `Problem` it finds, and nothing when all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps

from goldthread.audit import guards, vault
from goldthread.audit.models import Event, Head
from goldthread.core.problems import Problem

Check = Callable[[], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one named check found; no problems means that all is well."""

    check: str
    problems: tuple[Problem, ...]


_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check under a name; a second one of the same name replaces the first."""
    _checks[name] = check


def findings() -> Iterator[Finding]:
    """What each registered check finds, in the order in which they were registered."""
    for name, check in _checks.items():
        yield Finding(name, tuple(check()))


def chain_problems() -> Iterator[Problem]:
    """The first event at which the chain no longer holds, and why; later events rest on it."""
    number, seal = 0, ""
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        where = f"event {event.number}"
        if event.number != number + 1:
            yield Problem(f"event {number + 1}", "This event is missing from the record.", "missing")
            return
        if event.previous != seal:
            yield Problem(where, f"It does not follow from event {number}.", "broken")
            return
        if event.seal != event.computed_seal():
            yield Problem(where, f"It was altered after it was written: “{event}”.", "altered")
            return
        number, seal = event.number, event.seal
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.number, head.seal) != (number, seal):
        message = f"The record ends at event {number}, but it was last written at event {head.number}."
        yield Problem(f"event {max(number, head.number)}", message, "ended")


def head() -> tuple[int, str]:
    """The number and the seal of the last event: kept elsewhere, they prove that none was taken off."""
    last = Head.objects.filter(pk=1).first() or Head()
    return last.number, last.seal


def register_own() -> None:
    """Register the checks of this app: the chain, the guards and the kept files."""
    register("events", chain_problems)
    register("guards", lambda: guards.problems(apps))
    register("files", vault.problems)
