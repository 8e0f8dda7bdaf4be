"""Formulas as a line of text: every character kept, structure shown by brackets and signs."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from goldthread.files.docx.names import VAL, M, T, W

MAX_DEPTH = 60
_FENCE = {"begChr": "(", "endChr": ")", "sepChr": "|"}


def formula(element: etree._Element, gone: frozenset[str], depth: int = 0) -> str:
    """The words of an ``m:oMath`` or anything inside one, in this view of tracked changes."""
    tag = element.tag
    if tag in (M + "t", T, W + "delText"):
        return element.text or ""
    if tag in gone or tag.endswith("Pr") or depth > MAX_DEPTH:
        return "".join(text.text or "" for text in element.iter(M + "t", T)) if depth > MAX_DEPTH else ""
    if tag.startswith(M) and gone and _control_gone(element, gone):
        return "".join(formula(child, gone, depth + 1) for child in element)
    writer = _WRITERS.get(tag)
    if writer:
        return writer(element, gone, depth + 1)
    return "".join(formula(child, gone, depth + 1) for child in element)


def _control_gone(element: etree._Element, gone: frozenset[str]) -> bool:
    """Whether the mark that holds a fraction or the like together is deleted in this view."""
    for properties in element:
        if properties.tag.endswith("Pr"):
            control = properties.find(M + "ctrlPr")
            return control is not None and any(child.tag in gone for child in control)
    return False


def _part(element: etree._Element, name: str, gone: frozenset[str], depth: int) -> str:
    part = element.find(M + name)
    return "" if part is None else formula(part, gone, depth)


def _grouped(words: str) -> str:
    return words if len(words) <= 1 or words.isalnum() else f"({words})"


def _fraction(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    over, under = _part(element, "num", gone, depth), _part(element, "den", gone, depth)
    return f"{_grouped(over)}/{_grouped(under)}"


def _script(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    base, sub, sup = (_part(element, name, gone, depth) for name in ("e", "sub", "sup"))
    return base + (f"_{_grouped(sub)}" if sub else "") + (f"^{_grouped(sup)}" if sup else "")


def _before(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    base, sub, sup = (_part(element, name, gone, depth) for name in ("e", "sub", "sup"))
    return (f"_{_grouped(sub)}" if sub else "") + (f"^{_grouped(sup)}" if sup else "") + base


def _root(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    return f"{_part(element, 'deg', gone, depth)}√({_part(element, 'e', gone, depth)})"


def _fence(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    signs = dict(_FENCE)
    properties = element.find(M + "dPr")
    for child in properties if properties is not None else ():
        name = child.tag.rpartition("}")[2]
        if name in signs:
            signs[name] = child.get(M + "val", child.get(VAL, ""))[:4]
    inner = signs["sepChr"].join(formula(child, gone, depth) for child in element.iterchildren(M + "e"))
    return f"{signs['begChr']}{inner}{signs['endChr']}"


def _many(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    properties = element.find(M + "naryPr")
    sign = properties.find(M + "chr") if properties is not None else None
    shown = "∫" if sign is None else sign.get(M + "val", "")[:4]
    return (
        shown
        + _script(element, gone, depth).removeprefix(_part(element, "e", gone, depth))
        + " "
        + _part(element, "e", gone, depth)
    )


def _function(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    return f"{_part(element, 'fName', gone, depth)} {_part(element, 'e', gone, depth)}"


def _limit(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    sign = "_" if element.tag == M + "limLow" else "^"
    return f"{_part(element, 'e', gone, depth)}{sign}{_grouped(_part(element, 'lim', gone, depth))}"


def _rows(element: etree._Element, gone: frozenset[str], depth: int) -> str:
    return "; ".join(formula(child, gone, depth) for child in element if not child.tag.endswith("Pr"))


_WRITERS: dict[str, Callable[[etree._Element, frozenset[str], int], str]] = {
    M + "f": _fraction,
    M + "sSup": _script,
    M + "sSub": _script,
    M + "sSubSup": _script,
    M + "sPre": _before,
    M + "rad": _root,
    M + "d": _fence,
    M + "nary": _many,
    M + "func": _function,
    M + "limLow": _limit,
    M + "limUpp": _limit,
    M + "eqArr": _rows,
    M + "m": _rows,
}
