// The JSON form to and from the editor's document. Reading never loses anything: a part that does
// not fit the schema becomes an unknown node that carries its JSON, and is written back untouched.

import { schema } from "./schema.js";
import { TYPED } from "./kinds.js";

const { nodes, marks } = schema;
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const text = (value) => (typeof value === "string" ? value : "");
const known = (allowed, given) => Object.keys(given).every((name) => allowed.includes(name));

class Unfit extends Error {}

function readMark(form) {
  const name = isObject(form) ? form.type : null;
  const type = name === "unknownMark" ? null : marks[name];
  if (!type) return marks.unknownMark.create({ form });
  try {
    return type.create(form.attrs);
  } catch {
    return marks.unknownMark.create({ form });
  }
}

function readInline(form) {
  const set = (Array.isArray(form?.marks) ? form.marks : []).reduce((all, mark) => readMark(mark).addToSet(all), []);
  if (form?.type === "text" && typeof form.text === "string") return form.text ? [schema.text(form.text, set)] : [];
  if (form?.type === "hardBreak") return [nodes.hardBreak.create(null, null, set)];
  if (form?.type === "noteReference" && text(form.attrs?.note)) return [nodes.noteReference.create({ note: form.attrs.note })];
  return [nodes.unknownInline.create({ form })];
}

function inlineOf(form) {
  if (form.content === undefined || form.content === null) return [];
  if (!Array.isArray(form.content)) throw new Unfit();
  return form.content.flatMap(readInline);
}

function childrenOf(form) {
  if (!Array.isArray(form.content) || !form.content.every(isObject)) throw new Unfit();
  return form.content;
}

function inner(form) {
  if (form.type !== "paragraph") throw new Unfit();
  return nodes.paragraph.create(null, inlineOf(form));
}

// An item is one paragraph and the lists under it; more paragraphs become line breaks, as in the core.
function readItem(form) {
  if (form.type !== "listItem") throw new Unfit();
  const words = [];
  const below = [];
  childrenOf(form).forEach((part) => {
    if (part.type === "bulletList" || part.type === "orderedList") below.push(readList(part, null));
    else if (part.type === "paragraph") words.push(inlineOf(part));
    else throw new Unfit();
  });
  const joined = words.flatMap((line, place) => (place ? [nodes.hardBreak.create(), ...line] : line));
  return nodes.listItem.create(null, [nodes.paragraph.create(null, joined), ...below]);
}

function readList(form, attrs) {
  if (form.attrs?.mixed === true) {
    return nodes.mixedList.create(attrs, childrenOf(form).map((part) => readList(part, null)));
  }
  if (form.type !== "bulletList" && form.type !== "orderedList") throw new Unfit();
  return nodes[form.type].create(attrs, childrenOf(form).map(readItem));
}

const span = (value) => (Number.isInteger(value) && value >= 1 && value <= 200 ? value : 1);

function readCell(form) {
  if (form.type !== "tableCell" && form.type !== "tableHeader") throw new Unfit();
  const attrs = { colspan: span(form.attrs?.colspan), rowspan: span(form.attrs?.rowspan) };
  return nodes[form.type].create(attrs, childrenOf(form).map(inner));
}

function readRow(form) {
  if (form.type !== "tableRow") throw new Unfit();
  return nodes.tableRow.create(null, childrenOf(form).map(readCell));
}

function readKnown(form, attrs) {
  const given = form.attrs ?? {};
  switch (form.type) {
    case "paragraph":
      return nodes.paragraph.create({ ...attrs, numbered: given.numbered === true }, inlineOf(form));
    case "quotation":
    case "note":
      return nodes[form.type].create(attrs, inlineOf(form));
    case "bulletList":
    case "orderedList":
      return readList(form, { ...attrs, start: Number.isInteger(given.start) ? given.start : 1 });
    case "table":
      return nodes.table.create({ ...attrs, caption: text(given.caption) }, childrenOf(form).map(readRow));
    case "figure":
      return nodes.figure.create({ ...attrs, image: text(given.image), alt: text(given.alt) }, inlineOf(form));
    default:
      return readTyped(form, attrs);
  }
}

function readTyped(form, attrs) {
  const type = TYPED[form.type];
  const fields = form.attrs?.fields ?? {};
  if (!type || !isObject(fields)) throw new Unfit();
  const values = Object.values(fields).every((value) => typeof value === "string");
  if (!values || !known(type.fields.map(([name]) => name), fields)) throw new Unfit();
  return nodes[form.type].create({ ...attrs, fields }, inlineOf(form));
}

export function readBlock(form) {
  const given = isObject(form) && isObject(form.attrs) ? form.attrs : {};
  const attrs = { key: text(given.key) || null, lang: text(given.lang) };
  try {
    if (!isObject(form)) throw new Unfit();
    const node = readKnown(form, attrs);
    node.check();
    return node;
  } catch {
    return nodes.unknownBlock.create({ ...attrs, form });
  }
}

export function readContent(content) {
  const blocks = (Array.isArray(content) ? content : []).map(readBlock);
  return nodes.doc.create(null, blocks.length ? blocks : [nodes.paragraph.create()]);
}

function writeMarks(set) {
  return set.map((mark) => {
    if (mark.type === marks.unknownMark) return mark.attrs.form;
    return Object.keys(mark.attrs).length ? { type: mark.type.name, attrs: { ...mark.attrs } } : { type: mark.type.name };
  });
}

const target = (mark) => mark.attrs.ref ?? mark.attrs.href ?? "";

function writeInline(node) {
  if (node.type === nodes.noteReference) return { type: "noteReference", attrs: { note: node.attrs.note } };
  if (node.type === nodes.unknownInline) return node.attrs.form;
  const set = [...node.marks].sort((a, b) => a.type.rank - b.type.rank || (target(a) < target(b) ? -1 : 1));
  const form = node.isText ? { type: "text", text: node.text } : { type: node.type.name };
  return set.length ? { ...form, marks: writeMarks(set) } : form;
}

function withContent(form, node, write) {
  return node.childCount ? { ...form, content: node.children.map(write) } : form;
}

const writeParagraph = (node) => withContent({ type: "paragraph" }, node, writeInline);

function writePart(node) {
  if (node.type === nodes.paragraph) return writeParagraph(node);
  const form = { type: node.type.name };
  if (node.type.spec.tableRole?.endsWith("cell")) {
    form.attrs = { colspan: node.attrs.colspan, rowspan: node.attrs.rowspan };
  }
  return { ...form, content: node.children.map(writePart) };
}

function tidyFields(node) {
  const pairs = TYPED[node.type.name].fields.map(([name]) => [name, text(node.attrs.fields[name]).trim()]);
  return Object.fromEntries(pairs.filter(([, value]) => value));
}

export function writeBlock(node) {
  const { key, lang, start } = node.attrs;
  const name = node.type.name;
  if (name === "unknownBlock") return keyed(node.attrs.form, key);
  const own = (more = {}) => ({ key, ...more, ...(lang ? { lang } : {}) });
  const begins = start !== undefined && start !== 1 ? { start } : {};
  if (name === "paragraph") return withContent({ type: name, attrs: own(node.attrs.numbered ? { numbered: true } : {}) }, node, writeInline);
  if (name === "mixedList") return { type: "bulletList", attrs: own({ ...begins, mixed: true }), content: node.children.map(writePart) };
  if (name === "bulletList" || name === "orderedList") return { type: name, attrs: own(begins), content: node.children.map(writePart) };
  if (name === "table") return { type: name, attrs: own({ caption: node.attrs.caption }), content: node.children.map(writePart) };
  if (name === "figure") return withContent({ type: name, attrs: own({ image: node.attrs.image, alt: node.attrs.alt }) }, node, writeInline);
  if (TYPED[name]) return withContent({ type: name, attrs: own({ fields: tidyFields(node) }) }, node, writeInline);
  return withContent({ type: name, attrs: own() }, node, writeInline);
}

// Only the key of an unknown block may change, and only where the editor had to give a new one.
function keyed(form, key) {
  if (!isObject(form) || form.attrs?.key === key || !key) return form;
  return { ...form, attrs: { ...form.attrs, key } };
}

export function writeContent(doc) {
  const only = doc.childCount === 1 ? doc.firstChild : null;
  if (only?.type === nodes.paragraph && only.content.size === 0 && !only.attrs.numbered && !only.attrs.key) return [];
  return doc.children.map(writeBlock);
}
