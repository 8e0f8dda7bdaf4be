// Inline content of pasted HTML as inline nodes of the JSON form: words, line breaks, marks that
// we keep, links that are safe, and references to footnotes.

import { safeAddress } from "../address.js";

const MARK_OF_TAG = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", SUP: "superscript", SUB: "subscript" };
const ORDER = ["citation", "italic", "link", "bold", "subscript", "superscript"];
export const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "META", "LINK", "TITLE", "HEAD", "NOSCRIPT", "XML", "O:P", "COL", "COLGROUP", "SVG", "MATH"]);
const OBJECTS = {
  IFRAME: "a frame", OBJECT: "an object", EMBED: "an object", VIDEO: "a video", AUDIO: "a recording",
  FORM: "a form", INPUT: "a form field", SELECT: "a form field", TEXTAREA: "a form field", BUTTON: "a button", CANVAS: "a drawing",
};
const PARTED = /^(P|DIV|LI|T[DHR])$/; // blocks met inside a line are parted by a space
const REFERENCE = /^#(_ftn\d|_edn\d|ftnt\d|sdfootnote\d+sym|sdendnote\d+sym)/;
const BACK = /^#(_ftnref|_ednref|ftnt_ref|sdfootnote\d+anc|sdendnote\d+anc)/;

export const styleOf = (node) => (node.getAttribute?.("data-style") ?? node.getAttribute?.("style") ?? "").toLowerCase().replace(/\s*([:;])\s*/g, "$1");
const tagOf = (node) => node.tagName?.toUpperCase();

function pictureName(node) {
  const alt = (node.getAttribute("alt") ?? "").trim();
  if (alt) return `“${alt.slice(0, 60)}”`;
  const source = node.getAttribute("src") ?? "";
  const file = source.startsWith("data:") ? "" : source.split(/[?#]/)[0].split(/[/\\]/).pop();
  return file ? `“${decodeSafely(file).slice(0, 60)}”` : "one without a name";
}

function decodeSafely(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

// Whether the part is left out; what the reader would miss is told to the notices.
export function leftOut(node, told) {
  const tag = tagOf(node);
  if (DROPPED.has(tag)) return true;
  if (tag === "IMG" || tag === "PICTURE" || tag === "V:IMAGEDATA") {
    told.pictures.push(pictureName(tag === "PICTURE" ? node.querySelector("img") ?? node : node));
    return true;
  }
  if (OBJECTS[tag]) {
    told.objects.add(OBJECTS[tag]);
    return true;
  }
  if (tag === "DEL") {
    told.deleted += 1;
    return true;
  }
  return leftOutByStyle(node, told);
}

function leftOutByStyle(node, told) {
  const style = styleOf(node);
  if (/\bmsocomanchor\b/i.test(node.className)) {
    told.comments += 1;
    return true;
  }
  if (/mso-element:comment-list/.test(style) || /\bmsocom/i.test(node.className)) return true;
  if (/mso-list:ignore/.test(style)) return true;
  if (/display:none|mso-hide:all|visibility:hidden/.test(style)) {
    if (node.textContent.trim()) told.hidden += 1;
    return true;
  }
  return false;
}

// The marks that a part adds to or takes from those around it.
function marksOf(node, around) {
  const marks = new Map(around);
  const mark = MARK_OF_TAG[tagOf(node)];
  const style = styleOf(node);
  if (mark) marks.set(mark, { type: mark });
  const weight = /(?:^|;)font-weight:(\w+)/.exec(style)?.[1];
  if (weight) toggle(marks, "bold", weight.startsWith("bold") || Number(weight) >= 600);
  const slant = /(?:^|;)font-style:(\w+)/.exec(style)?.[1];
  if (slant) toggle(marks, "italic", slant === "italic" || slant === "oblique");
  const raised = { super: "superscript", sub: "subscript" }[/(?:^|;)vertical-align:(super|sub)\b/.exec(style)?.[1]];
  if (raised) marks.set(raised, { type: raised });
  return marks;
}

function toggle(marks, name, on) {
  if (on) marks.set(name, { type: name });
  else marks.delete(name);
}

function asList(marks) {
  return ORDER.filter((name) => marks.has(name)).map((name) => marks.get(name));
}

export class InlineReader {
  constructor(told, notes) {
    this.told = told;
    this.notes = notes; // maps an anchor's name to the key of its note
  }

  read(children, around = new Map()) {
    const found = [];
    for (const child of children) this.one(child, around, found);
    return tidy(found);
  }

  one(node, around, found) {
    if (node.nodeType === 3) {
      found.push({ type: "text", text: node.data, marks: asList(around) });
      return;
    }
    if (node.nodeType !== 1 || leftOut(node, this.told)) return;
    const tag = tagOf(node);
    if (tag === "BR") {
      if (!/page-break-before:always/.test(styleOf(node))) found.push({ type: "hardBreak", marks: asList(around) });
      return;
    }
    if (tag === "A" && this.anchor(node, around, found)) return;
    if (/mso-spacerun:yes|mso-tab-count/.test(styleOf(node))) {
      found.push({ type: "text", text: " ", marks: asList(around) });
      return;
    }
    this.descend(node, this.linked(node, marksOf(node, around)), found);
    if (PARTED.test(tag)) found.push({ type: "text", text: " ", marks: [] });
  }

  descend(node, marks, found) {
    for (const child of node.childNodes) this.one(child, marks, found);
  }

  // A footnote's mark becomes a reference; a note's mark back to the text is dropped.
  anchor(node, around, found) {
    const href = hrefOf(node);
    if (BACK.test(href) && !REFERENCE.test(href)) return true;
    if (!REFERENCE.test(href)) return false;
    const key = this.notes.get(href.slice(1));
    if (key) found.push({ type: "noteReference", attrs: { note: key } });
    else this.descend(node, around, found);
    return true;
  }

  linked(node, marks) {
    if (tagOf(node) !== "A" || !node.hasAttribute("href")) return marks;
    const href = hrefOf(node).trim();
    const safe = safeAddress(href) ? href : encoded(href);
    if (safe) return new Map(marks).set("link", { type: "link", attrs: { href: safe } });
    if (node.textContent.trim()) this.told.links += 1;
    return marks;
  }
}

// Word writes file-relative marks as "about:blank#_ftn1" or with the document's own path before them.
function hrefOf(node) {
  const href = node.getAttribute("href") ?? "";
  const mark = /#(_ftn|_edn|ftnt|sdfootnote|sdendnote)\w*$/.exec(href);
  return mark ? mark[0] : href;
}

function encoded(href) {
  const tried = href.replace(/ /g, "%20");
  return safeAddress(tried) ? tried : "";
}

const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

// Spaces as a reader sees them: runs of blanks are one, none at the ends or beside a line break.
export function tidy(parts) {
  const out = [];
  let blank = true;
  for (const part of parts) {
    const last = out.at(-1);
    if (part.type === "hardBreak") {
      trimEnd(out);
      out.push(part);
      blank = true;
    } else if (part.type === "text") {
      let words = part.text.replace(/[\u00ad\ufeff]/g, "").replace(/[ \t\r\n\f]*\u00a0[ \t\r\n\f\u00a0]+|[ \t\r\n\f]+\u00a0|[ \t\r\n\f]+/g, " ");
      if (blank) words = words.replace(/^[ \u00a0]+/, "");
      if (!words) continue;
      blank = words.endsWith(" ");
      if (last?.type === "text" && same(last.marks, part.marks)) last.text += words;
      else out.push({ ...part, text: words });
    } else {
      out.push(part);
      blank = false;
    }
  }
  while (out.at(-1)?.type === "hardBreak") out.pop();
  trimEnd(out);
  return out.map(({ marks, ...part }) => (marks?.length ? { ...part, marks } : part));
}

function trimEnd(out) {
  const last = out.at(-1);
  if (last?.type !== "text") return;
  last.text = last.text.replace(/[ \u00a0]+$/, "");
  if (!last.text) out.pop();
}
