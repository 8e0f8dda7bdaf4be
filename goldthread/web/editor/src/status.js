// What the writer is told about saving: one line, problems found, kept words, the conflict.

import { DOMSerializer } from "prosemirror-model";
import { el } from "./dom.js";
import { readContent } from "./form.js";
import { TYPED } from "./kinds.js";
import { schema } from "./schema.js";
import { WORDS } from "./words.js";

export function clock(at) {
  const date = new Date(at);
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }).format(date);
}

const LINES = {
  dirty: () => WORDS.notSaved,
  saving: () => WORDS.saving,
  saved: (told) => WORDS.saved(clock(told.at)),
  offline: (told) => `${WORDS.offline}${told.kept ? "" : ` ${WORDS.noRoom}`}`,
  down: () => WORDS.serverDown,
  signedOut: () => WORDS.signedOut,
  refused: (told) => WORDS.refused(told.message || told.problems[0]?.message || WORDS.refusedPlain),
  conflict: () => WORDS.conflictTitle,
};
const TROUBLE = new Set(["offline", "down", "signedOut", "refused", "conflict"]);

export class Status {
  constructor(saveNow) {
    this.line = el("p", { class: "editor-status__line", role: "status", "aria-live": "polite" }, WORDS.unchanged);
    this.retry = el("button", { type: "button", class: "editor-button", hidden: true, onclick: saveNow }, WORDS.saveNow);
    this.problems = el("ul", { class: "editor-problems", hidden: true });
    this.dom = el("div", { class: "editor-status" }, this.line, this.retry, this.problems);
  }

  show(told) {
    const words = LINES[told.state](told);
    if (this.line.textContent !== words) this.line.textContent = words;
    this.dom.dataset.state = told.state;
    this.dom.classList.toggle("editor-status--trouble", TROUBLE.has(told.state));
    this.retry.hidden = !TROUBLE.has(told.state) || told.state === "conflict";
    if (told.problems) this.list(told.problems);
  }

  list(problems) {
    const lines = problems.map((problem) => el("li", {}, problem.where ? el("b", {}, `${problem.where}: `) : null, problem.message ?? ""));
    this.problems.replaceChildren(...lines);
    this.problems.hidden = lines.length === 0;
  }
}

function panel(title, ...children) {
  const heading = el("h2", { class: "editor-panel__title", tabindex: "-1" }, title);
  const dom = el("section", { class: "editor-panel", "aria-label": title }, heading, ...children);
  return { dom, heading };
}

export function restorePanel(kept, use, drop) {
  const answer = (then) => () => { dom.remove(); then(); };
  const { dom } = panel(WORDS.restoreTitle, el("p", {}, WORDS.restore(clock(kept.at))),
    el("p", { class: "editor-row" },
      el("button", { type: "button", class: "editor-button editor-button--main", onclick: answer(use) }, WORDS.restoreUse),
      el("button", { type: "button", class: "editor-button", onclick: answer(drop) }, WORDS.restoreDrop)));
  return dom;
}

const line = (name, value) => [el("dt", {}, name), el("dd", {}, value)];

// What a block holds beside its words, so that two texts that differ only there are seen to differ.
function beside(node) {
  const { caption, alt, fields } = node.attrs;
  if (caption) return el("dl", {}, ...line(WORDS.caption, caption));
  if (node.type.name === "figure") return el("dl", {}, ...line(WORDS.altShort, alt));
  const given = (TYPED[node.type.name]?.fields ?? []).filter(([name]) => fields[name]);
  return given.length ? el("dl", {}, ...given.flatMap(([name, words]) => line(words, fields[name]))) : null;
}

// It may be longer than its frame, so it can be scrolled with the keys alone.
function rendered(form, name) {
  const box = el("div", { class: "text editor-reading", role: "region", "aria-label": name, tabindex: "0" });
  if (form?.title) box.append(el("h3", {}, form.title));
  const serializer = DOMSerializer.fromSchema(schema);
  readContent(form?.content).forEach((node) => {
    const dom = serializer.serializeNode(node, { document });
    const more = beside(node);
    if (TYPED[node.type.name]) dom.prepend(el("p", { class: "block__kind" }, TYPED[node.type.name].name));
    if (more && node.type.name === "table") box.append(more);
    else if (more) dom.append(more);
    box.append(dom);
  });
  return box;
}

// Both texts side by side, and the way to the page where one is chosen. The other text is drawn
// from its form by the editor's own schema: no markup from elsewhere is put into the page.
export function conflictPanel(told, mine) {
  const { theirs } = told;
  const by = [theirs.by, theirs.at ? clock(theirs.at) : ""].filter(Boolean).join(", ");
  const link = told.url ? el("p", {}, el("a", { class: "editor-button editor-button--main", href: told.url }, WORDS.conflictLink)) : null;
  const { dom, heading } = panel(WORDS.conflictTitle, el("p", {}, told.message || WORDS.conflict(theirs.by)), link,
    el("div", { class: "editor-both" },
      el("div", {}, el("h3", {}, by ? `${WORDS.conflictTheirs} (${by})` : WORDS.conflictTheirs), rendered(theirs.form, WORDS.conflictTheirs)),
      el("div", {}, el("h3", {}, WORDS.conflictMine), rendered(mine, WORDS.conflictMine))));
  dom.classList.add("editor-panel--trouble");
  return { dom, heading };
}

export function noticePanel(title, notices) {
  const { dom } = panel(title, el("ul", {}, ...notices.map((notice) => el("li", {}, notice))),
    el("p", {}, el("button", { type: "button", class: "editor-button", onclick: () => dom.remove() }, WORDS.close)));
  dom.setAttribute("role", "status");
  return dom;
}
