// What the toolbar and the keyboard do.

import { chainCommands, createParagraphNear, liftEmptyBlock, splitBlockAs, toggleMark } from "prosemirror-commands";
import { EditorState, Selection, TextSelection } from "prosemirror-state";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { freshSlice, newKey } from "./keys.js";
import { TEXT_BLOCKS } from "./kinds.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const isList = (node) => node.type === nodes.bulletList || node.type === nodes.orderedList;

// The top-level block the selection starts in: { node, pos }, or null.
export function topBlock(state) {
  const { $from, node } = state.selection;
  if ($from.depth === 0) return node ? { node, pos: $from.pos } : null;
  return { node: $from.node(1), pos: $from.before(1) };
}

// The name in the "kind of block" list for where the cursor is.
export function kindAt(state) {
  const top = topBlock(state);
  if (!top) return "";
  if (top.node.type === nodes.paragraph) return top.node.attrs.numbered ? "numbered" : "paragraph";
  const list = listAround(state);
  return list ? list.node.type.name : top.node.type.name;
}

function listAround(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (isList($from.node(depth))) return { node: $from.node(depth), pos: $from.before(depth), depth };
  }
  return null;
}

function topBlocks(state) {
  const { from, to } = state.selection;
  const found = [];
  state.doc.forEach((node, pos) => {
    if (pos < Math.max(to, from + 1) && pos + node.nodeSize > from) found.push({ node, pos });
  });
  return found;
}

// Makes the selected blocks of text another kind; each keeps its key, words and language.
export function setKind(kind) {
  if (kind === "bulletList" || kind === "orderedList") return toggleList(nodes[kind], true);
  const type = nodes[kind === "numbered" ? "paragraph" : kind];
  return (state, dispatch) => {
    if (listAround(state)) {
      return liftAll(state, dispatch, kind);
    }
    const blocks = topBlocks(state).filter(({ node }) => TEXT_BLOCKS.includes(node.type.name));
    if (!blocks.length) return false;
    if (dispatch) {
      const { tr } = state;
      blocks.forEach(({ node, pos }) => {
        const { key, lang, fields } = node.attrs;
        const attrs = { key, lang, numbered: kind === "numbered" };
        tr.setNodeMarkup(pos, type, node.type === type && fields ? { ...attrs, fields } : attrs);
      });
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

// Takes the item out of all its lists and makes its words the kind that was chosen, in one step.
function liftAll(state, dispatch, kind) {
  const { tr } = state;
  const done = (command) => {
    const before = tr.steps.length;
    command(EditorState.create({ doc: tr.doc, selection: tr.selection }), (next) => next.steps.forEach((step) => tr.step(step)));
    return tr.steps.length > before;
  };
  while (listAround(tr)) if (!done(outdent)) return false;
  if (kind !== "paragraph" && !done(setKind(kind))) return false;
  if (dispatch) dispatch(tr.scrollIntoView());
  return true;
}

// Wraps blocks in a list, changes a list's marks, or (pressed again) takes the list away.
export function toggleList(type, keep = false) {
  return (state, dispatch) => {
    const list = listAround(state);
    if (!list) return wrapInList(type)(state, dispatch);
    if (list.node.type === type) return keep ? true : liftListItem(nodes.listItem)(state, dispatch) || outdent(state, dispatch);
    if (dispatch) {
      const { key, lang, start } = list.node.attrs;
      dispatch(state.tr.setNodeMarkup(list.pos, type, { key, lang, start }));
    }
    return true;
  };
}

export const indent = sinkListItem(nodes.listItem);

// A list marked in two ways is first parted into its lists, so that its items can come out.
export function outdent(state, dispatch) {
  const top = topBlock(state);
  const list = listAround(state);
  if (top?.node.type !== nodes.mixedList || list?.depth !== 2) return liftListItem(nodes.listItem)(state, dispatch);
  if (!dispatch) return true;
  const parts = top.node.children.map((part, place) =>
    part.type.create({ ...part.attrs, key: place ? newKey() : top.node.attrs.key, lang: top.node.attrs.lang }, part.content));
  const { tr } = state;
  const from = state.selection.from - 1;
  tr.replaceWith(top.pos, top.pos + top.node.nodeSize, parts);
  tr.setSelection(TextSelection.near(tr.doc.resolve(from)));
  const parted = state.apply(tr);
  let done = false;
  liftListItem(nodes.listItem)(parted, (lift) => {
    lift.steps.forEach((step) => tr.step(step));
    tr.setSelection(Selection.near(tr.doc.resolve(Math.min(lift.selection.from, tr.doc.content.size))));
    done = true;
  });
  dispatch(tr.scrollIntoView());
  return done;
}

// The second half of a split paragraph; with no first half, it bears the key (see keys.js).
const onlyParagraphs = (node, _atEnd, $from) => {
  if (node.type !== nodes.paragraph) return null;
  const { key, lang, numbered } = node.attrs;
  const whole = $from.parentOffset === 0 && node.content.size > 0;
  return { type: nodes.paragraph, attrs: { key: whole ? key : null, lang, numbered } };
};

// An empty numbered paragraph, left with Enter, becomes a plain one.
function leaveNumbers(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth !== 1 || !$from.parent.attrs.numbered || $from.parent.content.size) return false;
  if (dispatch) dispatch(state.tr.setNodeAttribute($from.before(1), "numbered", false));
  return true;
}

export const enter = chainCommands(
  splitListItem(nodes.listItem), liftFromList, createParagraphNear, leaveNumbers, liftEmptyBlock,
  splitBlockAs(onlyParagraphs),
);

function liftFromList(state, dispatch) {
  const { $from, empty } = state.selection;
  if (!empty || !listAround(state) || $from.parent.content.size) return false;
  return outdent(state, dispatch);
}

export function hardBreak(state, dispatch) {
  if (!state.selection.$from.parent.inlineContent) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hardBreak.create()).scrollIntoView());
  return true;
}

// A note's mark at the cursor, and the note itself after this block and the notes that follow it.
export function insertNote(state, dispatch) {
  const top = topBlock(state);
  const { $to } = state.selection;
  if (!top || !$to.parent.inlineContent || top.node.type === nodes.note) return false;
  if (dispatch) {
    const key = newKey();
    const tr = state.tr.insert($to.pos, nodes.noteReference.create({ note: key }));
    const place = tr.doc.resolve(tr.mapping.map(top.pos, -1) + 1).index(0);
    let index = place + 1;
    while (index < tr.doc.childCount && tr.doc.child(index).type === nodes.note) index += 1;
    let pos = 0;
    for (let i = 0; i < index; i += 1) pos += tr.doc.child(i).nodeSize;
    tr.insert(pos, nodes.note.create({ key }));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1)).scrollIntoView());
  }
  return true;
}

export function insertTable(state, dispatch) {
  const top = topBlock(state);
  if (!top || top.node.type === nodes.table || listAround(state)) return false;
  if (dispatch) {
    const row = (type) => nodes.tableRow.create(null, [0, 1, 2].map(() => type.createAndFill()));
    const table = nodes.table.create({ key: newKey() }, [row(nodes.tableHeader), row(nodes.tableCell), row(nodes.tableCell)]);
    placeAfter(state, dispatch, top, table, 4);
  }
  return true;
}

export function insertFigure(image) {
  return (state, dispatch) => {
    const top = topBlock(state);
    if (!top) return false;
    if (dispatch) placeAfter(state, dispatch, top, nodes.figure.create({ key: newKey(), image }), 1);
    return true;
  };
}

// After this block, or in its place where it is an empty paragraph.
function placeAfter(state, dispatch, top, node, inside) {
  const empty = top.node.type === nodes.paragraph && top.node.content.size === 0;
  const end = top.pos + top.node.nodeSize;
  const pos = empty ? top.pos : end;
  const last = end === state.doc.content.size;
  const { tr } = state;
  tr.replaceWith(pos, end, last ? [node, nodes.paragraph.create({ key: newKey() })] : [node]);
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(pos + inside))).scrollIntoView());
}

export function duplicate(state, dispatch) {
  const top = topBlock(state);
  if (!top) return false;
  if (dispatch) {
    const copy = freshSlice(state.doc.slice(top.pos, top.pos + top.node.nodeSize), () => false);
    const tr = state.tr.insert(top.pos + top.node.nodeSize, copy.content);
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(top.pos + top.node.nodeSize + 1))).scrollIntoView());
  }
  return true;
}

export function removeBlock(state, dispatch) {
  const top = topBlock(state);
  if (!top) return false;
  if (dispatch) {
    const end = top.pos + top.node.nodeSize;
    const { tr } = state;
    if (state.doc.childCount === 1) tr.replaceWith(top.pos, end, nodes.paragraph.create());
    else tr.delete(top.pos, end);
    dispatch(tr.scrollIntoView());
  }
  return true;
}

export const toggle = (name) => (state, dispatch) => {
  const other = { superscript: marks.subscript, subscript: marks.superscript }[name];
  return toggleMark(marks[name])(state, dispatch && ((tr) => {
    const { from, to } = state.selection;
    if (other && to > from) tr.removeMark(from, to, other);
    dispatch(tr);
  }));
};

export function hasMark(state, type) {
  const { from, $from, to, empty } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

// The whole of the link under the cursor: { from, to, href }, or null.
export function linkAt(state) {
  const { $from } = state.selection;
  const here = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!here) return null;
  let place = $from.index();
  let from = $from.pos - $from.textOffset;
  const holds = (index) => index >= 0 && index < $from.parent.childCount && here.isInSet($from.parent.child(index).marks);
  if (!holds(place)) {
    place -= 1;
    from -= $from.parent.child(place).nodeSize;
  }
  let to = from + $from.parent.child(place).nodeSize;
  for (let i = place - 1; holds(i); i -= 1) from -= $from.parent.child(i).nodeSize;
  for (let i = place + 1; holds(i); i += 1) to += $from.parent.child(i).nodeSize;
  return { from, to, href: here.attrs.href };
}

export function setLink(href) {
  return (state, dispatch) => {
    const found = state.selection.empty ? linkAt(state) : state.selection;
    if (!found) return false;
    const tr = state.tr.removeMark(found.from, found.to, marks.link);
    if (href) tr.addMark(found.from, found.to, marks.link.create({ href }));
    if (dispatch) dispatch(tr.removeStoredMark(marks.link));
    return true;
  };
}
