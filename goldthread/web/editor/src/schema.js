// The ProseMirror schema: exactly the nodes and marks of the JSON form, and three nodes of our
// own that the form does not name: mixedList (a list whose top items are marked in two ways) and
// unknownBlock and unknownInline, which carry what this editor does not know, untouched.

import { Schema } from "prosemirror-model";
import { safeAddress } from "./address.js";
import { TYPED } from "./kinds.js";

const identity = { key: { default: null }, lang: { default: "" } };

function written(node, more = {}) {
  const attrs = { "data-key": node.attrs.key || null, lang: node.attrs.lang || null, ...more };
  return Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null && value !== false));
}

function readIdentity(dom) {
  return { key: dom.getAttribute("data-key"), lang: dom.getAttribute("lang") || "" };
}

function readJson(dom, name) {
  try {
    return JSON.parse(dom.getAttribute(name)) ?? {};
  } catch {
    return {};
  }
}

function number(dom, name, least, most, otherwise) {
  const value = Number(dom.getAttribute(name));
  return Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
}

const prose = {
  paragraph: {
    group: "block", content: "inline*", attrs: { ...identity, numbered: { default: false } },
    parseDOM: [{ tag: "p", getAttrs: (dom) => ({ ...readIdentity(dom), numbered: dom.hasAttribute("data-numbered") }) }],
    toDOM: (node) => ["p", written(node, { "data-numbered": node.attrs.numbered ? "" : null }), 0],
  },
  quotation: {
    group: "block", content: "inline*", attrs: identity, defining: true,
    parseDOM: [{ tag: "blockquote", getAttrs: readIdentity }],
    toDOM: (node) => ["blockquote", written(node), 0],
  },
  note: {
    group: "block", content: "inline*", attrs: identity, defining: true,
    parseDOM: [{ tag: "div[data-kind=note]", getAttrs: readIdentity }],
    toDOM: (node) => ["div", written(node, { "data-kind": "note", class: "editor-note" }), 0],
  },
};

function typed(name) {
  return {
    group: "block", content: "inline*", attrs: { ...identity, fields: { default: {} } }, defining: true,
    parseDOM: [{
      tag: `div[data-kind=${name}]`, contentElement: "p",
      getAttrs: (dom) => ({ ...readIdentity(dom), fields: readJson(dom, "data-fields") }),
    }],
    toDOM: (node) => ["div", written(node, {
      "data-kind": name, "data-fields": JSON.stringify(node.attrs.fields),
      class: `block block--${TYPED[name].kind}`,
    }), ["p", 0]],
  };
}

const lists = {
  bulletList: {
    group: "block list", content: "listItem+", attrs: { ...identity, start: { default: 1 } },
    parseDOM: [{ tag: "ul", getAttrs: (dom) => ({ ...readIdentity(dom), start: number(dom, "data-start", 0, 9999, 1) }) }],
    toDOM: (node) => ["ul", written(node, { "data-start": node.attrs.start === 1 ? null : node.attrs.start }), 0],
  },
  orderedList: {
    group: "block list", content: "listItem+", attrs: { ...identity, start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ ...readIdentity(dom), start: number(dom, "start", 0, 9999, 1) }) }],
    toDOM: (node) => ["ol", written(node, { start: node.attrs.start === 1 ? null : node.attrs.start }), 0],
  },
  mixedList: {
    group: "block", content: "(bulletList | orderedList)+", attrs: { ...identity, start: { default: 1 } },
    parseDOM: [{ tag: "div[data-kind=mixedList]", getAttrs: readIdentity }],
    toDOM: (node) => ["div", written(node, { "data-kind": "mixedList" }), 0],
  },
  listItem: {
    content: "paragraph (bulletList | orderedList)*", defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
};

const cellAttrs = { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } };

function cell(tag, role) {
  return {
    content: "paragraph+", attrs: cellAttrs, tableRole: role, isolating: true,
    parseDOM: [{
      tag,
      getAttrs: (dom) => ({ colspan: number(dom, "colspan", 1, 200, 1), rowspan: number(dom, "rowspan", 1, 200, 1) }),
    }],
    toDOM: (node) => [tag, {
      ...(node.attrs.colspan === 1 ? {} : { colspan: node.attrs.colspan }),
      ...(node.attrs.rowspan === 1 ? {} : { rowspan: node.attrs.rowspan }),
    }, 0],
  };
}

const tables = {
  table: {
    group: "block", content: "tableRow+", attrs: { ...identity, caption: { default: "" } },
    tableRole: "table", isolating: true,
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ ...readIdentity(dom), caption: dom.getAttribute("data-caption") || "" }) }],
    toDOM: (node) => ["table", written(node, { "data-caption": node.attrs.caption || null }), ["tbody", 0]],
  },
  tableRow: {
    content: "(tableCell | tableHeader)*", tableRole: "row",
    parseDOM: [{ tag: "tr" }],
    toDOM: () => ["tr", 0],
  },
  tableHeader: cell("th", "header_cell"),
  tableCell: cell("td", "cell"),
};

const others = {
  figure: {
    group: "block", content: "inline*", defining: true,
    attrs: { ...identity, image: { default: "" }, alt: { default: "" } },
    parseDOM: [{
      tag: "figure[data-image]", contentElement: "figcaption",
      getAttrs: (dom) => ({ ...readIdentity(dom), image: dom.getAttribute("data-image"), alt: dom.getAttribute("data-alt") || "" }),
    }],
    toDOM: (node) => ["figure", written(node, { "data-image": node.attrs.image, "data-alt": node.attrs.alt }), ["figcaption", 0]],
  },
  unknownBlock: {
    group: "block", atom: true, attrs: { ...identity, form: { default: {} } },
    parseDOM: [{
      tag: "div[data-kind=unknown]",
      getAttrs: (dom) => ({ ...readIdentity(dom), form: readJson(dom, "data-form") }),
    }],
    toDOM: (node) => ["div", written(node, {
      "data-kind": "unknown", "data-form": JSON.stringify(node.attrs.form), class: "editor-unknown",
    }), "A part of a kind that this editor does not know. It is kept as it is."],
  },
};

const inline = {
  text: { group: "inline" },
  hardBreak: {
    group: "inline", inline: true, selectable: false, linebreakReplacement: true,
    parseDOM: [{ tag: "br" }], toDOM: () => ["br"],
  },
  noteReference: {
    group: "inline", inline: true, atom: true, attrs: { note: {} },
    parseDOM: [{ tag: "span[data-note]", getAttrs: (dom) => ({ note: dom.getAttribute("data-note") }) }],
    toDOM: (node) => ["span", { "data-note": node.attrs.note, class: "editor-reference" }],
  },
  unknownInline: {
    group: "inline", inline: true, atom: true, attrs: { form: {} },
    parseDOM: [{ tag: "span[data-form]", getAttrs: (dom) => ({ form: readJson(dom, "data-form") }) }],
    toDOM: (node) => ["span", { "data-form": JSON.stringify(node.attrs.form), class: "editor-unknown" }, "[kept as it is]"],
  },
};

const simple = (tags, written) => ({ parseDOM: tags.map((tag) => ({ tag })), toDOM: () => [written, 0] });

// In the order in which the form writes them.
const marks = {
  citation: {
    attrs: { ref: {} }, inclusive: false, excludes: "",
    parseDOM: [{ tag: "cite[data-ref]", getAttrs: (dom) => ({ ref: dom.getAttribute("data-ref") }) }],
    toDOM: (mark) => ["cite", { "data-ref": mark.attrs.ref, class: "editor-citation" }, 0],
  },
  italic: simple(["em", "i"], "em"),
  link: {
    attrs: { href: {} }, inclusive: false,
    parseDOM: [{
      tag: "a[href]",
      getAttrs: (dom) => (safeAddress(dom.getAttribute("href")) ? { href: dom.getAttribute("href") } : false),
    }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noopener noreferrer" }, 0],
  },
  bold: simple(["strong", "b"], "strong"),
  subscript: simple(["sub"], "sub"),
  superscript: simple(["sup"], "sup"),
  unknownMark: {
    attrs: { form: {} }, excludes: "",
    parseDOM: [{ tag: "span[data-mark]", getAttrs: (dom) => ({ form: readJson(dom, "data-mark") }) }],
    toDOM: (mark) => ["span", { "data-mark": JSON.stringify(mark.attrs.form) }, 0],
  },
};

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    ...prose, ...Object.fromEntries(Object.keys(TYPED).map((name) => [name, typed(name)])),
    ...lists, ...tables, ...others, ...inline,
  },
  marks,
});
