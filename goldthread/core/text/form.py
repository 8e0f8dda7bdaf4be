"""The one JSON form of a text, identical in the editor (a ProseMirror document) and the database.

Writing gives plain dicts and lists. Reading is for JSON that may come from anywhere: it
never raises for a bad value; it leaves the bad part out and says so as a ``Problem``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from goldthread.core.problems import Problem
from goldthread.core.text.blocks import (
    FIELDS,
    Block,
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Prose,
    Row,
    Run,
    Runs,
    Section,
    Table,
    Typed,
    another_key,
    new_key,
)
from goldthread.core.text.inline import clean, inline_form, read_inline, tidy

Json = dict[str, Any]

NODE_OF_KIND: dict[Kind, str] = {
    Kind.PARAGRAPH: "paragraph",
    Kind.QUOTATION: "quotation",
    Kind.NOTE: "note",
    Kind.TABLE: "table",
    Kind.FIGURE: "figure",
    Kind.PLEDGE: "pledge",
    Kind.KEY_MEASURE: "keyMeasure",
    Kind.ACTION: "action",
    Kind.OUTCOME: "outcome",
    Kind.RECOMMENDATION: "recommendation",
    Kind.CONTACT: "contact",
    Kind.SOURCE_DOCUMENT: "sourceDocument",
}
KIND_OF_NODE = {node: kind for kind, node in NODE_OF_KIND.items()}
MAX_DEPTH = 8
MAX_SPAN = 200
MAX_KEY = 64
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY}}}")
_IMAGE = re.compile(r"[0-9a-f]{64}|")


def section_form(section: Section) -> Json:
    """A section's own content (not its subsections) as JSON."""
    return {
        "key": section.key,
        "title": section.title,
        "numbered": section.numbered,
        "lang": section.lang,
        "content": [block_form(block) for block in section.blocks],
    }


def block_form(block: Block) -> Json:
    """One block as a ProseMirror node."""
    match block:
        case ListBlock():
            return _list_form(block)
        case Table():
            rows = [{"type": "tableRow", "content": [_cell_form(c) for c in row.cells]} for row in block.rows]
            return {"type": "table", "attrs": _attrs(block, caption=block.caption), "content": rows}
        case Figure():
            attrs = _attrs(block, image=block.image, alt=block.alt)
            return _node("figure", attrs, block.runs)
        case Typed():
            return _node(NODE_OF_KIND[block.kind], _attrs(block, fields=dict(block.fields)), block.runs)
        case _:
            attrs = _attrs(block, numbered=True) if block.numbered else _attrs(block)
            return _node(NODE_OF_KIND[block.kind], attrs, block.runs)


def _attrs(block: Block, **more: Any) -> Json:
    attrs: Json = {"key": block.key, **more}
    if block.lang:
        attrs["lang"] = block.lang
    return attrs


def _node(kind: str, attrs: Json, runs: Runs) -> Json:
    node: Json = {"type": kind, "attrs": attrs}
    if content := inline_form(runs):
        node["content"] = content
    return node


def _paragraph(runs: Runs) -> Json:
    content = inline_form(runs)
    return {"type": "paragraph", "content": content} if content else {"type": "paragraph"}


def _cell_form(cell: Cell) -> Json:
    return {
        "type": "tableHeader" if cell.header else "tableCell",
        "attrs": {"colspan": cell.colspan, "rowspan": cell.rowspan},
        "content": [_paragraph(runs) for runs in cell.paragraphs or ((),)],
    }


def _list_form(block: ListBlock) -> Json:
    """Nest the flat items; an item deeper than its neighbour allows is raised to fit."""
    root: Json = {"content": []}
    stack: list[Json] = [root]
    for item in block.items:
        depth = min(item.depth, len(stack) - 1, MAX_DEPTH)
        del stack[depth + 1 :]
        kind = "orderedList" if item.ordered else "bulletList"
        holder = stack[depth]["content"]
        if not holder or holder[-1]["type"] != kind:
            holder.append({"type": kind, "content": []})
        node: Json = {"type": "listItem", "content": [_paragraph(item.runs)]}
        holder[-1]["content"].append(node)
        stack.append(node)
    top = root["content"]
    attrs = _attrs(block, start=block.start) if block.start != 1 else _attrs(block)
    if len(top) == 1:
        return {"type": top[0]["type"], "attrs": attrs, "content": top[0]["content"]}
    return {"type": "bulletList", "attrs": {**attrs, "mixed": True}, "content": top}


def read_section(form: Any, where: str = "") -> tuple[Section, tuple[Problem, ...]]:
    """A section from its JSON form, and what had to be left out."""
    if not isinstance(form, dict):
        return Section(new_key(), ""), (Problem(where, "This section is not in the form that we keep."),)
    title = clean(form.get("title"))
    blocks, problems = read_blocks(form.get("content"), where or title)
    if not isinstance(form.get("title", ""), str):
        problems = (Problem(where, "The title is not in the form that we keep."), *problems)
    section = Section(
        key=_fresh(form.get("key"), set()),
        title=title,
        blocks=blocks,
        numbered=form.get("numbered") is not False,
        lang=clean(form.get("lang")),
    )
    return section, problems


def read_blocks(content: Any, where: str = "") -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a ProseMirror document's content, each key kept once.

    A block without a key, or with one that stands already in this content (as after a
    copy and paste), gets a new key.
    """
    problems: list[Problem] = []
    blocks: list[Block] = []
    seen: set[str] = set()
    if content is not None and not isinstance(content, list):
        problems.append(Problem(where, "The text is not in the form that we keep."))
        content = None
    for place, node in enumerate(content or (), start=1):
        at = f"{where}, block {place}" if where else f"Block {place}"
        if not isinstance(node, dict):
            problems.append(Problem(at, "Something that is not a block was left out."))
            continue
        block = _read_block(node, _fresh(_dict(node.get("attrs")).get("key"), seen), at, problems)
        if block is not None:
            blocks.append(block)
    return tuple(blocks), tuple(problems)


def _fresh(key: Any, seen: set[str]) -> str:
    kept = key if isinstance(key, str) and _KEY.fullmatch(key) else new_key()
    while kept in seen:
        kept = another_key(kept, "copy")
    seen.add(kept)
    return kept


def _read_block(node: Json, key: str, at: str, problems: list[Problem]) -> Block | None:
    attrs, name, content = _dict(node.get("attrs")), node.get("type"), node.get("content")
    lang = clean(attrs.get("lang"))
    if name in ("bulletList", "orderedList"):
        start = attrs.get("start")
        items = tuple(_read_items(node, 0, at, problems, mixed=attrs.get("mixed") is True))
        return ListBlock(key, items, start if type(start) is int and 0 <= start < 10_000 else 1, lang)
    if name == "table":
        return Table(key, tuple(_read_rows(content, at, problems)), clean(attrs.get("caption")), lang)
    kind = KIND_OF_NODE.get(name) if isinstance(name, str) else None
    if kind is None:
        named = str(name)[:40] if isinstance(name, str) else "no name"
        problems.append(Problem(at, f"A part of a kind that we do not keep ({named}) was left out."))
        return None
    runs = read_inline(content, at, problems)
    if kind is Kind.FIGURE:
        image = clean(attrs.get("image"))
        if not _IMAGE.fullmatch(image):
            problems.append(Problem(at, "A picture that is not kept here was left out; its words were kept."))
            image = ""
        return Figure(key, image, clean(attrs.get("alt")), runs, lang)
    if kind in FIELDS:
        given = _dict(attrs.get("fields"))
        fields = tuple((f, clean(given.get(f)).strip()) for f in FIELDS[kind])
        return Typed(key, kind, runs, tuple(pair for pair in fields if pair[1]), lang)
    return Prose(key, kind, runs, attrs.get("numbered") is True, lang)


def _read_items(
    node: Json, depth: int, at: str, problems: list[Problem], *, mixed: bool = False
) -> Iterator[ListItem]:
    for child in _children(node, at, problems):
        if mixed:
            yield from _read_items(child, depth, at, problems)
            continue
        runs: list[Run] = []
        below: list[Json] = []
        for part in _children(child, at, problems):
            if part.get("type") in ("bulletList", "orderedList"):
                below.append(part)
            else:
                runs.extend([Run("\n")] if runs else [])
                runs.extend(read_inline(part.get("content"), at, problems))
        yield ListItem(tidy(runs), min(depth, MAX_DEPTH), node.get("type") == "orderedList")
        if below and depth >= MAX_DEPTH * 2:
            problems.append(Problem(at, "A list nested too deeply was cut."))
            continue
        for part in below:
            yield from _read_items(part, depth + 1, at, problems)


def _read_rows(content: Any, at: str, problems: list[Problem]) -> Iterator[Row]:
    for row in _children({"content": content}, at, problems):
        yield Row(tuple(_read_cell(cell, at, problems) for cell in _children(row, at, problems)))


def _read_cell(cell: Json, at: str, problems: list[Problem]) -> Cell:
    parts = _children(cell, at, problems)
    paragraphs = tuple(read_inline(part.get("content"), at, problems) for part in parts)
    attrs = _dict(cell.get("attrs"))
    return Cell(
        () if paragraphs == ((),) else paragraphs,
        cell.get("type") == "tableHeader",
        _span(attrs.get("colspan")),
        _span(attrs.get("rowspan")),
    )


def _children(node: Json, at: str, problems: list[Problem]) -> Iterable[Json]:
    content = node.get("content")
    if content is None:
        return ()
    if not isinstance(content, list) or not all(isinstance(child, dict) for child in content):
        problems.append(Problem(at, "A part that is not in the form that we keep was left out."))
        return ()
    return content


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _span(value: Any) -> int:
    return value if type(value) is int and 1 <= value <= MAX_SPAN else 1
