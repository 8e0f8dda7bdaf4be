// The one place where anything is drawn upon the text without being part of it. Labels are drawn
// here; comments, suggestions and presence register a layer of their own later.

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { labelsOf } from "./labels.js";

const REDRAW = new PluginKey("goldthread-decorations");

function labelLayer(first) {
  return (state) => {
    const labels = labelsOf(state.doc, first);
    const drawn = [];
    state.doc.forEach((node, offset) => {
      const label = labels.get(node.attrs.key);
      if (label) drawn.push(Decoration.node(offset, offset + node.nodeSize, { "data-label": label }, { label }));
    });
    state.doc.descendants((node, pos) => {
      if (node.type.name !== "noteReference") return;
      const label = labels.get(node.attrs.note) ?? "?";
      drawn.push(Decoration.node(pos, pos + 1, { "data-label": label }, { label }));
    });
    return drawn;
  };
}

// A layer is a function of the editor state that gives ProseMirror decorations.
export class Layers {
  constructor(first) {
    this.layers = new Map([["labels", labelLayer(first)]]);
  }

  set(name, layer, view) {
    if (layer) this.layers.set(name, layer);
    else this.layers.delete(name);
    view.dispatch(view.state.tr.setMeta(REDRAW, true).setMeta("addToHistory", false));
  }

  draw(state) {
    return DecorationSet.create(state.doc, [...this.layers.values()].flatMap((layer) => layer(state)));
  }

  plugin() {
    return new Plugin({
      key: REDRAW,
      state: {
        init: (_config, state) => this.draw(state),
        apply: (tr, drawn, _old, state) => (tr.docChanged || tr.getMeta(REDRAW) ? this.draw(state) : drawn),
      },
      props: { decorations: (state) => REDRAW.getState(state) },
    });
  }
}
