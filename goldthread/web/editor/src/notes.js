// What others say of the text, such as what proofing found: each note stands in the margin beside
// its block, and one that belongs to no block stands at the top.

import { Decoration } from "prosemirror-view";
import { el } from "./dom.js";
import { WORDS } from "./words.js";

export const isNote = (problem) => problem.block !== undefined;

function beside(notes) {
  return () => el("div", { class: "editor-margin", role: "note", contenteditable: "false", "aria-label": WORDS.noteBeside },
    ...notes.map((note) => el("p", {}, note.message)));
}

// A layer that draws notes: a list of {"block": key, "message"}.
export function noteLayer(notes) {
  return (state) => {
    const places = new Map();
    state.doc.forEach((node, offset) => places.set(node.attrs.key, offset));
    const held = new Map();
    for (const note of notes) {
      const at = places.get(note.block) ?? 0;
      held.set(at, [...(held.get(at) ?? []), note]);
    }
    return [...held].map(([at, here]) => Decoration.widget(at, beside(here), {
      side: -1, ignoreSelection: true, stopEvent: () => true, key: JSON.stringify([at, here]),
    }));
  };
}
