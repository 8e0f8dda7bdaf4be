"""Where the thread of a thing is read: told by the app that keeps threads, asked by every page below it.

The app of threads calls `answer_with` as it starts. A page that shows a pledge, a measure or a
decision asks `address_of` (in a template: `{% became %}`) and shows no link where it gets none.
"""

from __future__ import annotations

from collections.abc import Callable

Address = Callable[[str, str, bool], str]


def _nowhere(kind: str, ref: str, public: bool) -> str:
    """No address, until somebody keeps threads."""
    return ""


_address: list[Address] = [_nowhere]


def answer_with(address: Address) -> None:
    """Let `address(kind, ref, public)` say where threads are read."""
    _address[:] = [address]


def address_of(kind: str, *ref: str, public: bool = False) -> str:
    """Where the thread of a thing is read, at the desk or by the public; nothing where there is none.

    ``ref`` names the thing for good: a slug, or for a part of something the slug and the part.
    """
    return _address[0](kind, ".".join(str(step) for step in ref), public) if all(ref) else ""
