// Pasted HTML as blocks of the JSON form, with notices in words. Structure is kept; styling,
// scripts and pictures from outside are not. Pure: give it a parsed document and a maker of keys.

import { InlineReader, leftOut, styleOf, tidy } from "./inline.js";
import { nest, realItems, wordItem } from "./lists.js";
import { WORDS } from "../words.js";

const BLOCKS = new Set(["ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "BODY", "CENTER", "DD", "DETAILS", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE", "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6", "HEADER", "HR", "LI", "MAIN", "NAV", "OL", "P", "PRE", "SECTION", "SUMMARY", "TABLE", "UL"]);
const tagOf = (node) => node.tagName?.toUpperCase() ?? "";
const isHeading = (node) => /^H[1-6]$/.test(tagOf(node)) || /^(MsoTitle|MsoSubtitle|MsoHeading\d)/.test(node.className);
const NOTE_BOX = /^(ftn|edn|sdfootnote|sdendnote)\d+$/;

function ledger() {
  return { headings: 0, pictures: [], links: 0, deleted: 0, comments: 0, hidden: 0, nested: 0, objects: new Set(), notes: 0 };
}

function notices(told) {
  const said = [];
  for (const name of ["headings", "notes", "links", "deleted", "comments", "hidden", "nested"]) {
    if (told[name]) said.push(WORDS.paste[name](told[name]));
  }
  if (told.pictures.length) said.push(WORDS.paste.pictures(told.pictures));
  if (told.objects.size) said.push(WORDS.paste.objects([...told.objects]));
  return said;
}

class Reader {
  constructor(document, newKey) {
    this.told = ledger();
    this.newKey = newKey;
    this.document = document;
    this.notes = new Map();
    this.inline = new InlineReader(this.told, this.notes);
    this.blocks = [];
    this.items = [];
    this.loose = [];
  }

  // Takes the footnotes out of the document before the words are read: [{ key, box }].
  takeNotes() {
    const taken = [];
    for (const anchor of this.document.querySelectorAll("a[name], a[id]")) {
      const names = [anchor.getAttribute("name"), anchor.id].filter(Boolean);
      const name = names.find((one) => /^(_ftn\d|_edn\d|ftnt\d|sdfootnote\d+sym|sdendnote\d+sym)/.test(one));
      if (!name || this.notes.has(name)) continue;
      const box = anchor.closest("div[id]");
      const own = box && NOTE_BOX.test(box.id) ? box : anchor.closest("p, div, li");
      if (!own || own === this.document.body) continue;
      const key = this.newKey();
      this.notes.set(name, key);
      taken.push({ key, own });
    }
    taken.forEach(({ own }) => own.remove());
    for (const list of this.document.querySelectorAll("div")) {
      if (/mso-element:(footnote|endnote)-list/.test(styleOf(list))) list.remove();
    }
    return taken;
  }

  noteBlocks(taken) {
    this.told.notes = taken.length;
    return taken.map(({ key, own }) => {
      const lines = own.querySelectorAll("p").length ? [...own.querySelectorAll("p")] : [own];
      const content = this.lines(lines);
      return { type: "note", attrs: { key }, ...(content.length ? { content } : {}) };
    });
  }

  lines(parts) {
    const read = parts.map((part) => this.inline.read([part])).filter((line) => line.length);
    return read.flatMap((line, place) => (place ? [{ type: "hardBreak" }, ...line] : line));
  }

  flushItems() {
    if (this.items.length) this.blocks.push(...nest(this.items));
    this.items = [];
  }

  flush() {
    const content = this.inline.read(this.loose);
    this.loose = [];
    if (content.length) this.add({ type: "paragraph", content });
  }

  add(block) {
    this.flushItems();
    this.blocks.push(block);
  }

  walk(nodes) {
    for (const node of nodes) {
      if (node.nodeType === 3 || (node.nodeType === 1 && !holdsBlocks(node))) this.loose.push(node);
      else if (node.nodeType === 1 && !leftOut(node, this.told)) {
        this.flush();
        this.block(node);
      }
    }
    this.flush();
  }

  block(node) {
    const tag = tagOf(node);
    const item = wordItem(node);
    if (item) this.items.push({ ...item, content: this.inline.read(node.childNodes) });
    else if (tag === "UL" || tag === "OL") this.list(node);
    else if (tag === "TABLE") this.add(this.table(node));
    else if (isHeading(node)) this.heading(node);
    else if (tag === "BLOCKQUOTE") this.quotation(node);
    else if (tag === "PRE") this.preformatted(node);
    else if (tag !== "HR") this.walk(node.childNodes);
  }

  list(node) {
    this.flushItems();
    const items = realItems(node, 0, (parts) => this.inline.read(parts));
    const start = Number(node.getAttribute("start"));
    if (items.length && tagOf(node) === "OL" && start > 1 && start < 10000) items[0].start = start;
    this.blocks.push(...nest(items));
  }

  heading(node) {
    const content = this.inline.read(node.childNodes);
    if (!content.length) return;
    this.told.headings += 1;
    const bold = { type: "bold" };
    const order = ["citation", "italic", "link", "bold", "subscript", "superscript"];
    this.add({
      type: "paragraph",
      content: content.map((part) => {
        if (part.type === "noteReference") return part;
        const marks = [...(part.marks ?? []).filter((mark) => mark.type !== "bold"), bold];
        return { ...part, marks: marks.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type)) };
      }),
    });
  }

  quotation(node) {
    const inner = new Reader(this.document, this.newKey);
    Object.assign(inner, { told: this.told, notes: this.notes, inline: this.inline });
    inner.walk(node.childNodes);
    inner.flushItems();
    inner.blocks.forEach((block) => this.add(block.type === "paragraph" ? { ...block, type: "quotation" } : block));
  }

  preformatted(node) {
    node.textContent.split(/\r?\n\s*\r?\n/).forEach((part) => {
      const lines = part.split(/\r?\n/).flatMap((line, place) => [...(place ? [{ type: "hardBreak" }] : []), { type: "text", text: line }]);
      const content = tidy(lines);
      if (content.length) this.add({ type: "paragraph", content });
    });
  }

  table(node) {
    const rows = [...node.querySelectorAll("tr")].filter((row) => row.closest("table") === node);
    if (node.parentElement.closest("table")) this.told.nested += 1;
    const caption = tidy([{ type: "text", text: node.querySelector("caption")?.textContent ?? "" }])[0]?.text ?? "";
    const content = rows.map((row) => ({ type: "tableRow", content: this.cells(row) })).filter((row) => row.content.length);
    return content.length ? { type: "table", attrs: { caption }, content } : { type: "paragraph" };
  }

  cells(row) {
    const first = row.closest("thead") !== null || /mso-yfti-firstrow:yes/.test(styleOf(row));
    const repeated = row.closest("thead") !== null;
    return [...row.children].filter((cell) => /^T[DH]$/.test(tagOf(cell))).map((cell) => ({
      type: tagOf(cell) === "TH" || repeated || (first && allBold(cell)) ? "tableHeader" : "tableCell",
      attrs: { colspan: span(cell, "colspan"), rowspan: span(cell, "rowspan") },
      content: this.cellParagraphs(cell),
    }));
  }

  // A cell holds paragraphs only: items keep a bullet or their number as words.
  cellParagraphs(cell) {
    const inner = new Reader(this.document, this.newKey);
    Object.assign(inner, { told: this.told, notes: this.notes, inline: this.inline });
    inner.walk(cell.childNodes);
    inner.flushItems();
    const flat = inner.blocks.flatMap((block) => asParagraphs(block));
    return flat.length ? flat : [{ type: "paragraph" }];
  }

  read() {
    const taken = this.takeNotes();
    this.walk(this.document.body.childNodes);
    this.flushItems();
    const blocks = [...this.blocks, ...this.noteBlocks(taken)];
    return { blocks: blocks.filter((block) => block.content?.length), notices: notices(this.told) };
  }
}

function allBold(cell) {
  const strong = [...cell.querySelectorAll("b, strong")].map((part) => part.textContent).join("");
  return strong.trim() !== "" && strong.replace(/\s/g, "") === cell.textContent.replace(/\s/g, "");
}

function asParagraphs(block) {
  if (block.type === "paragraph" || block.type === "quotation" || block.type === "note") {
    return [{ type: "paragraph", ...(block.content ? { content: block.content } : {}) }];
  }
  if (block.type === "table") return block.content.flatMap((row) => row.content.flatMap((cell) => cell.content));
  return listParagraphs(block);
}

function listParagraphs(list) {
  const start = list.attrs?.start ?? 1;
  return list.content.flatMap((item, place) => {
    const marker = list.type === "orderedList" ? `${start + place}. ` : "• ";
    const [words, ...below] = item.content;
    const line = { type: "paragraph", content: tidy([{ type: "text", text: marker, marks: [] }, ...(words.content ?? []).map((part) => ({ marks: [], ...part }))]) };
    return [line, ...below.flatMap(listParagraphs)];
  });
}

function span(cell, name) {
  const value = Number(cell.getAttribute(name));
  return Number.isInteger(value) && value >= 1 && value <= 200 ? value : 1;
}

function holdsBlocks(node) {
  if (BLOCKS.has(tagOf(node))) return true;
  return [...node.children].some(holdsBlocks);
}

// Pasted HTML before it is parsed: the page's policy refuses styles even in a document that is never
// shown, and would report each one, so style sheets go and style attributes are only read as data.
export function withoutStyles(html) {
  return html.replace(/<style[\s>][\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(?=\s*=)/gi, "$1data-style"));
}

export function readPasted(document, newKey) {
  return new Reader(document, newKey).read();
}
