// Permanent keys. A block keeps its key through every edit; a new block, the second half of a
// split and a copy get new ones; a block cut and put back elsewhere keeps its own.

import { Fragment, Slice } from "prosemirror-model";
import { Plugin } from "prosemirror-state";

export function newKey() {
  if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function keysOf(doc) {
  const keys = new Set();
  doc.forEach((node) => node.attrs.key && keys.add(node.attrs.key));
  return keys;
}

const fits = (key) => typeof key === "string" && /^[!-~]{1,64}$/.test(key);

// Which top-level block keeps each key: the first that bears it and is not empty, else the first.
function keepers(doc) {
  const kept = new Map();
  doc.forEach((node, offset) => {
    const { key } = node.attrs;
    if (!fits(key)) return;
    const before = kept.get(key);
    if (!before || (before.size === 0 && node.content.size > 0)) kept.set(key, { offset, size: node.content.size });
  });
  return kept;
}

function innerKey(node) {
  let found = null;
  node.descendants((child) => {
    if (found === null && fits(child.attrs.key)) found = child.attrs.key;
    return found === null;
  });
  return found;
}

function attrSteps(doc) {
  const kept = keepers(doc);
  const taken = new Set(kept.keys());
  const steps = [];
  doc.forEach((node, offset) => {
    if (kept.get(node.attrs.key)?.offset !== offset) {
      const inner = innerKey(node); // a paragraph made into a list hands its key to the list
      const key = inner && !taken.has(inner) ? inner : newKey();
      taken.add(key);
      steps.push([offset, "key", key]);
    }
    node.descendants((child, pos) => {
      if (child.type.name !== "paragraph") return true;
      const at = offset + 1 + pos;
      if (child.attrs.key) steps.push([at, "key", null]);
      if (child.attrs.numbered) steps.push([at, "numbered", false]);
      return false;
    });
  });
  return steps;
}

export function giveKeys(tr) {
  attrSteps(tr.doc).forEach(([pos, name, value]) => tr.setNodeAttribute(pos, name, value));
  return tr;
}

function strip(fragment, keeps, renamed) {
  const nodes = [];
  fragment.forEach((node) => {
    let attrs = node.attrs;
    if (attrs.key && !keeps(attrs.key)) {
      const fresh = newKey();
      renamed.set(attrs.key, fresh);
      attrs = { ...attrs, key: fresh };
    }
    const content = strip(node.content, keeps, renamed);
    nodes.push(node.isText ? node : node.type.create(attrs, content, node.marks));
  });
  return Fragment.fromArray(nodes);
}

function follow(fragment, renamed) {
  const nodes = [];
  fragment.forEach((node) => {
    const note = renamed.get(node.attrs.note);
    if (note) nodes.push(node.type.create({ note }, null, node.marks));
    else nodes.push(node.isText ? node : node.copy(follow(node.content, renamed)));
  });
  return Fragment.fromArray(nodes);
}

export function freshSlice(slice, keeps) {
  const renamed = new Map();
  const content = strip(slice.content, keeps, renamed);
  return new Slice(renamed.size ? follow(content, renamed) : content, slice.openStart, slice.openEnd);
}

export function keysPlugin(doc) {
  const known = keysOf(doc); // only keys that were born or read here may come back by paste
  return new Plugin({
    appendTransaction(transactions, _old, state) {
      if (!transactions.some((tr) => tr.docChanged)) return null;
      const tr = giveKeys(state.tr);
      keysOf(tr.doc).forEach((key) => known.add(key));
      return tr.docChanged ? tr : null;
    },
    props: {
      transformPasted(slice, view) {
        if (view.dragging?.move) return slice;
        const present = keysOf(view.state.doc);
        return freshSlice(slice, (key) => known.has(key) && !present.has(key));
      },
    },
  });
}
