// How blocks with fields of their own are shown: typed blocks, tables and pictures.

import { el, labelled } from "./dom.js";
import { TYPED } from "./kinds.js";
import { WORDS } from "./words.js";

const labelIn = (decorations) => decorations.map((drawn) => drawn.spec.label).find(Boolean);

class Block {
  constructor(node, view, getPos) {
    this.node = node;
    this.view = view;
    this.getPos = getPos;
  }

  set(name, value) {
    const pos = this.getPos();
    if (pos === undefined) return;
    this.view.dispatch(this.view.state.tr.setNodeAttribute(pos, name, value));
  }

  // Inputs are ours: the editor neither handles their events nor reads their changes as text.
  stopEvent(event) {
    return Boolean(event.target.closest?.("input, textarea, button"));
  }

  ignoreMutation(change) {
    if (change.type === "selection") return false;
    return !this.contentDOM.contains(change.target);
  }
}

// A field's own undo would fight the text's: undo and redo go to the editor, Escape goes back to it.
function fieldKeys(view, keys) {
  return (event) => {
    const mod = event.ctrlKey || event.metaKey;
    const name = event.key.toLowerCase();
    if (event.key === "Escape") view.focus();
    else if (mod && name === "z") (event.shiftKey ? keys.redo : keys.undo)(view.state, view.dispatch);
    else if (mod && name === "y") keys.redo(view.state, view.dispatch);
    else return;
    event.preventDefault();
  };
}

class TypedView extends Block {
  constructor(node, view, getPos, decorations, keys) {
    super(node, view, getPos);
    const type = TYPED[node.type.name];
    this.label = el("p", { class: "block__kind", contenteditable: "false" });
    this.contentDOM = el("p", { class: "editor-statement", "data-empty": WORDS.statement(type.name) });
    this.inputs = type.fields.map(([name, words]) => {
      const input = el("input", {
        type: "text", class: "editor-input", autocomplete: "off", "data-field": name,
        oninput: () => this.set("fields", { ...this.node.attrs.fields, [name]: input.value }),
        onkeydown: fieldKeys(view, keys),
      });
      return [name, words, input];
    });
    const fields = this.inputs.map(([, words, input]) => el("div", {}, ...labelled(words, input)));
    const frame = fields.length ? el("div", { class: "editor-fields", contenteditable: "false" }, ...fields) : null;
    this.dom = el("div", { class: `block block--${type.kind}`, role: "group", "data-kind": node.type.name },
      this.label, this.contentDOM, frame);
    this.update(node, decorations);
  }

  update(node, decorations) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    const label = labelIn(decorations) ?? TYPED[node.type.name].name;
    if (this.label.textContent !== label) this.label.textContent = label;
    this.dom.setAttribute("aria-label", label);
    this.dom.lang = node.attrs.lang;
    this.contentDOM.toggleAttribute("data-blank", node.content.size === 0);
    for (const [name, , input] of this.inputs) {
      const value = node.attrs.fields[name] ?? "";
      if (input.value !== value) input.value = value;
    }
    return true;
  }
}

class TableView extends Block {
  constructor(node, view, getPos, keys) {
    super(node, view, getPos);
    this.caption = el("input", {
      type: "text", class: "editor-input", autocomplete: "off", "data-field": "caption",
      oninput: () => this.set("caption", this.caption.value),
      onkeydown: fieldKeys(view, keys),
    });
    this.contentDOM = el("tbody");
    this.dom = el("div", { class: "editor-table" },
      el("div", { class: "editor-fields editor-fields--one", contenteditable: "false" },
        el("div", {}, ...labelled(WORDS.caption, this.caption))),
      el("div", { class: "editor-table__frame" }, el("table", {}, this.contentDOM)));
    this.update(node);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    if (this.caption.value !== node.attrs.caption) this.caption.value = node.attrs.caption;
    return true;
  }
}

class FigureView extends Block {
  constructor(node, view, getPos, keys, imageUrl) {
    super(node, view, getPos);
    this.imageUrl = imageUrl;
    this.picture = el("img", { alt: "" });
    this.alt = el("input", {
      type: "text", class: "editor-input", autocomplete: "off", "data-field": "alt",
      oninput: () => this.set("alt", this.alt.value),
      onkeydown: fieldKeys(view, keys),
    });
    this.needed = el("p", { class: "editor-needed" }, WORDS.altNeeded);
    this.contentDOM = el("figcaption", { "data-empty": WORDS.figureCaption });
    this.dom = el("figure", { class: "editor-figure" },
      el("div", { contenteditable: "false" }, this.picture,
        el("div", { class: "editor-fields editor-fields--one" }, el("div", {}, ...labelled(WORDS.alt, this.alt))),
        this.needed),
      this.contentDOM);
    this.update(node);
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    const { image, alt } = node.attrs;
    const source = this.imageUrl && image ? this.imageUrl.replace("{image}", encodeURIComponent(image)) : "";
    if (source && this.picture.getAttribute("src") !== source) this.picture.src = source;
    this.picture.hidden = !source;
    this.picture.alt = alt;
    if (this.alt.value !== alt) this.alt.value = alt;
    this.needed.hidden = alt.trim() !== "";
    this.contentDOM.toggleAttribute("data-blank", node.content.size === 0);
    return true;
  }
}

export function nodeViews(keys, imageUrl) {
  const views = {
    table: (node, view, getPos) => new TableView(node, view, getPos, keys),
    figure: (node, view, getPos) => new FigureView(node, view, getPos, keys, imageUrl),
  };
  for (const name of Object.keys(TYPED)) {
    views[name] = (node, view, getPos, decorations) => new TypedView(node, view, getPos, decorations, keys);
  }
  return views;
}
