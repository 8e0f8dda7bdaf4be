"""Runs of words and their marks, to and from the inline nodes of a ProseMirror document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from goldthread.core.problems import Problem
from goldthread.core.text.blocks import Mark, MarkKind, Run, Runs

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_NAME_OF_MARK = {
    MarkKind.STRONG: "bold",
    MarkKind.EMPHASIS: "italic",
    MarkKind.LINK: "link",
    MarkKind.SUPERSCRIPT: "superscript",
    MarkKind.SUBSCRIPT: "subscript",
    MarkKind.CITATION: "citation",
}
_MARK_OF_NAME = {name: kind for kind, name in _NAME_OF_MARK.items()}
_TARGET = {MarkKind.LINK: "href", MarkKind.CITATION: "ref"}


def safe_address(address: str) -> bool:
    """Whether a link may be kept: http, https and mailto only, with no control characters."""
    if any(ord(character) <= 32 for character in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in SAFE_SCHEMES and bool(parts.netloc or parts.path)


def tidy(runs: Iterable[Run]) -> Runs:
    """Runs with their marks sorted, neighbours alike joined and empty ones dropped."""
    kept: list[Run] = []
    for run in runs:
        marks = tuple(sorted(set(run.marks))) if len(run.marks) > 1 else run.marks
        reference = marks != () and any(mark.kind is MarkKind.NOTE_REFERENCE for mark in marks)
        if not run.words and not reference:
            continue
        if kept and kept[-1].marks == marks and not reference:
            kept[-1] = Run(kept[-1].words + run.words, marks)
        else:
            kept.append(Run(run.words, marks))
    return tuple(kept)


def inline_form(runs: Runs) -> list[dict[str, Any]]:
    """Runs as inline nodes: text with marks, line breaks and note references."""
    nodes: list[dict[str, Any]] = []
    for run in runs:
        note = next((mark for mark in run.marks if mark.kind is MarkKind.NOTE_REFERENCE), None)
        if note:
            nodes.append({"type": "noteReference", "attrs": {"note": note.target}})
            continue
        marks = [_mark_form(mark) for mark in run.marks]
        for place, line in enumerate(run.words.split("\n")):
            if place:
                nodes.append({"type": "hardBreak", "marks": marks} if marks else {"type": "hardBreak"})
            if line:
                node: dict[str, Any] = {"type": "text", "text": line}
                nodes.append({**node, "marks": marks} if marks else node)
    return nodes


def _mark_form(mark: Mark) -> dict[str, Any]:
    form: dict[str, Any] = {"type": _NAME_OF_MARK[mark.kind]}
    if mark.kind in _TARGET:
        form["attrs"] = {_TARGET[mark.kind]: mark.target}
    return form


def read_inline(content: Any, at: str, problems: list[Problem]) -> Runs:
    """Runs from inline nodes; what is unknown or unsafe is left out and said."""
    runs: list[Run] = []
    if content is not None and not isinstance(content, list):
        problems.append(Problem(at, "Words that are not in the form that we keep were left out."))
        return ()
    for node in content or ():
        name = node.get("type") if isinstance(node, dict) else None
        if name == "text" and isinstance(node.get("text"), str):
            runs.append(Run(clean(node["text"]), tuple(_read_marks(node.get("marks"), at, problems))))
        elif name == "hardBreak":
            runs.append(Run("\n", tuple(_read_marks(node.get("marks"), at, problems))))
        elif name == "noteReference":
            attrs = node.get("attrs")
            target = clean(attrs.get("note")) if isinstance(attrs, dict) else ""
            if target:
                runs.append(Run("", (Mark(MarkKind.NOTE_REFERENCE, target),)))
            else:
                problems.append(Problem(at, "A reference to a note that is not named was left out."))
        else:
            problems.append(Problem(at, "Something that is neither words nor a note was left out."))
    return tidy(runs)


def clean(words: Any) -> str:
    """Words without control characters, lone surrogates or line breaks of their own; else nothing."""
    if not isinstance(words, str):
        return ""
    return "".join(
        character
        for character in words.replace("\r", "").replace("\n", " ").replace("\t", " ")
        if character >= " " and not "\ud800" <= character <= "\udfff" and character != "\x7f"
    )


def _read_marks(marks: Any, at: str, problems: list[Problem]) -> Iterable[Mark]:
    for mark in marks if isinstance(marks, list) else ():
        name = mark.get("type") if isinstance(mark, dict) else None
        kind = _MARK_OF_NAME.get(name) if isinstance(name, str) else None
        if kind is None:
            continue
        attrs = mark.get("attrs")
        target = clean(attrs.get(_TARGET[kind])) if kind in _TARGET and isinstance(attrs, dict) else ""
        if kind is MarkKind.LINK and not safe_address(target):
            problems.append(Problem(at, f"A link to “{target[:80]}” was dropped; its words were kept."))
        elif target or kind not in _TARGET:
            yield Mark(kind, target)
