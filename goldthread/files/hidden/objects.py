"""Reading the objects of a PDF from strangers: what is of the wrong kind counts as not there."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

_LONGEST_CHAIN = 20
_LONG = 2_000
Value = pikepdf.Object | None


def entry(thing: Value, name: str) -> Value:
    """An entry of a dictionary, or of a stream's dictionary; None where there is none."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return thing.get(name)
    return None


def items(thing: Value) -> list[pikepdf.Object]:
    """The objects of an array; nothing where it is not one."""
    return list(thing) if isinstance(thing, pikepdf.Array) else []


def words_of(thing: object) -> str:
    """The words of a string, or of a stream in a string's place; nothing for anything else."""
    if isinstance(thing, pikepdf.String):
        return str(thing)[:_LONG]
    if isinstance(thing, pikepdf.Stream):
        return thing.read_bytes()[:_LONG].decode("utf-8", "replace")
    return ""


def number(thing: object) -> int:
    """A whole number, or 0."""
    return int(thing) if isinstance(thing, int) else 0


def actions(thing: Value) -> Iterator[tuple[str, str]]:
    """The kind and target of every action that a document, page or annotation sets off."""
    waiting = [entry(thing, "/A"), entry(thing, "/OpenAction")]
    more = entry(thing, "/AA")
    if isinstance(more, pikepdf.Dictionary):
        waiting.extend(more.get(name) for name in more.keys())  # noqa: SIM118
    for _ in range(_LONGEST_CHAIN * 5):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, pikepdf.Array):
            continue
        kind = str(entry(action, "/S") or "")
        if kind:
            yield kind, _target(action)
        following = entry(action, "/Next")
        waiting.extend(items(following) or [following] if following is not None else [])


def _target(action: Value) -> str:
    for name in ("/JS", "/URI", "/F", "/Win"):
        said = entry(action, name)
        words = words_of(said) or words_of(entry(said, "/UF")) or words_of(entry(said, "/F"))
        if words:
            return words
    return ""
