// Lists of pasted HTML: real lists, and the paragraphs that Word marks as items with mso-list.

import { styleOf } from "./inline.js";

const MARKED = /mso-list:(?!none|skip|ignore)\w+ level(\d+)/;
const COUNTED = /^\(?(\d+|[a-z]{1,2}|[ivxlc]+)[.)]|^\d+(\.\d+)+/i;

function markerOf(node) {
  for (const span of node.querySelectorAll("span")) {
    if (/mso-list:ignore/.test(styleOf(span))) return span.textContent.replace(/[\s\u00a0]+/g, " ").trim();
  }
  return "";
}

// For a paragraph that Word marks as an item: { depth, ordered, start }, else null.
export function wordItem(node) {
  const level = MARKED.exec(styleOf(node))?.[1];
  if (!level || /^H[1-6]$/i.test(node.tagName)) return null;
  const marker = markerOf(node);
  const ordered = COUNTED.test(marker);
  const start = ordered && /^\(?\d+[.)]?$/.test(marker) ? Number(marker.replace(/\D/g, "")) : 1;
  return { depth: Number(level) - 1, ordered, start };
}

// Items of a real list with their depth, as [{ depth, ordered, content }]; lists within items follow them.
export function realItems(list, depth, readInline) {
  const ordered = list.tagName.toUpperCase() === "OL";
  const items = [];
  for (const child of list.children) {
    const tag = child.tagName.toUpperCase();
    if (tag === "UL" || tag === "OL") items.push(...realItems(child, depth + 1, readInline));
    else if (tag === "LI") items.push(...oneItem(child, depth, ordered, readInline));
  }
  return items;
}

function oneItem(item, depth, ordered, readInline) {
  const words = [];
  const below = [];
  const gather = (node) => {
    for (const child of node.childNodes) {
      const tag = child.tagName?.toUpperCase();
      if (tag === "UL" || tag === "OL") below.push(...realItems(child, depth + 1, readInline));
      else if (tag && /^(P|DIV|H[1-6]|BLOCKQUOTE)$/.test(tag)) {
        if (child.querySelector("ul, ol")) gather(child);
        else words.push(readInline([child]));
      } else words.push(child);
    }
  };
  gather(item);
  return [{ depth, ordered, content: joined(words, readInline) }, ...below].filter((one) => one.content.length || below.length);
}

// Loose words side by side are one line; each paragraph inside an item is a line of its own.
function joined(words, readInline) {
  const lines = [];
  let loose = [];
  const flush = () => {
    const line = readInline(loose);
    if (line.length) lines.push(line);
    loose = [];
  };
  for (const part of words) {
    if (Array.isArray(part)) {
      flush();
      if (part.length) lines.push(part);
    } else loose.push(part);
  }
  flush();
  return lines.flatMap((line, place) => (place ? [{ type: "hardBreak" }, ...line] : line));
}

const paragraph = (content) => (content.length ? { type: "paragraph", content } : { type: "paragraph" });

// Flat items as nested list nodes; an item deeper than its neighbour allows is raised to fit.
export function nest(items) {
  const root = { content: [] };
  const stack = [root];
  for (const item of items) {
    const depth = Math.min(item.depth, stack.length - 1, 8);
    stack.length = depth + 1;
    const type = item.ordered ? "orderedList" : "bulletList";
    const holder = stack[depth].content;
    if (holder.at(-1)?.type !== type) {
      const start = depth === 0 && item.start > 1 ? { attrs: { start: item.start } } : {};
      holder.push({ type, ...start, content: [] });
    }
    const node = { type: "listItem", content: [paragraph(item.content)] };
    holder.at(-1).content.push(node);
    stack.push(node);
  }
  return root.content;
}
