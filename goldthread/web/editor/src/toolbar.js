// The toolbar: one stop in the tab order, arrow keys within it, every label in words.

import { redo, undo } from "prosemirror-history";
import * as table from "prosemirror-tables";
import * as commands from "./commands.js";
import { el, freshId } from "./dom.js";
import { TYPED } from "./kinds.js";
import { schema } from "./schema.js";
import { WORDS } from "./words.js";

const { marks, nodes } = schema;
const inList = (type) => (state) => commands.kindAt(state) === type;
const holds = (name) => (state) => commands.hasMark(state, marks[name]);

function mainTools(openLink, pickPicture) {
  const tools = [
    { name: "bold", run: commands.toggle("bold"), on: holds("bold"), keys: "Control+B", mark: true },
    { name: "italic", run: commands.toggle("italic"), on: holds("italic"), keys: "Control+I", mark: true },
    { name: "link", run: openLink, on: (state) => Boolean(commands.linkAt(state)), keys: "Control+K", group: true },
    { name: "bulletList", run: commands.toggleList(nodes.bulletList), on: inList("bulletList"), keys: "Control+Shift+8" },
    { name: "orderedList", run: commands.toggleList(nodes.orderedList), on: inList("orderedList"), keys: "Control+Shift+7" },
    { name: "indent", run: commands.indent, keys: "Tab" },
    { name: "outdent", run: commands.outdent, keys: "Shift+Tab", group: true },
    { name: "note", run: commands.insertNote, keys: "Control+Alt+F" },
    { name: "table", run: commands.insertTable },
  ];
  if (pickPicture) tools.push({ name: "picture", run: pickPicture });
  tools.at(-1).group = true;
  return [...tools,
    { name: "undo", run: undo, keys: "Control+Z" },
    { name: "redo", run: redo, keys: "Control+Y", group: true },
    { name: "more", toggles: "more" },
  ];
}

const MORE_TOOLS = [
  { name: "superscript", run: commands.toggle("superscript"), on: holds("superscript"), keys: "Control+." },
  { name: "subscript", run: commands.toggle("subscript"), on: holds("subscript"), keys: "Control+,", group: true },
  { name: "duplicate", run: commands.duplicate },
  { name: "remove", run: commands.removeBlock },
];

const headed = (state) => table.isInTable(state) && table.rowIsHeader(table.selectedRect(state).map, table.selectedRect(state).table, 0);
const TABLE_TOOLS = [
  { name: "rowAbove", run: table.addRowBefore }, { name: "rowBelow", run: table.addRowAfter },
  { name: "deleteRow", run: table.deleteRow, group: true },
  { name: "columnBefore", run: table.addColumnBefore }, { name: "columnAfter", run: table.addColumnAfter },
  { name: "deleteColumn", run: table.deleteColumn, group: true },
  { name: "mergeCells", run: table.mergeCells }, { name: "splitCell", run: table.splitCell },
  { name: "headerRow", run: table.toggleHeader("row"), on: headed, group: true },
  { name: "deleteTable", run: table.deleteTable },
];

const KINDS = ["paragraph", "numbered", "quotation", "bulletList", "orderedList", ...Object.keys(TYPED)];

export class Toolbar {
  constructor({ openLink, pickPicture, surface }) {
    this.buttons = [];
    this.kind = el("select", { class: "editor-kind", "aria-label": WORDS.kind, onchange: () => this.chooseKind() },
      ...KINDS.map((name) => el("option", { value: name }, WORDS.kinds[name])));
    this.other = el("option", { value: "", disabled: true, hidden: true });
    this.kind.append(this.other);
    this.more = this.row(MORE_TOOLS);
    this.tableRow = this.row(TABLE_TOOLS);
    this.main = this.row(mainTools(openLink, pickPicture));
    this.main.prepend(this.kind);
    this.more.hidden = true;
    this.tableRow.hidden = true;
    this.tableRow.setAttribute("role", "group");
    this.tableRow.setAttribute("aria-label", WORDS.tableTools);
    this.dom = el("div", { class: "editor-toolbar", role: "toolbar", "aria-label": WORDS.toolbar, "aria-controls": surface, onkeydown: (event) => this.keys(event) },
      this.main, this.more, this.tableRow);
    this.dom.addEventListener("focusin", (event) => this.rove(event.target));
    this.rove(this.kind);
  }

  row(tools) {
    const row = el("div", { class: "editor-tools", id: freshId("editor-tools") });
    for (const tool of tools) {
      const button = el("button", {
        type: "button", class: tool.group ? "editor-tool editor-tool--last" : "editor-tool", "data-tool": tool.name,
        "aria-keyshortcuts": tool.keys, title: tool.keys ? `${WORDS[tool.name]} (${tool.keys.replaceAll("+", " + ").replace("Control", "Ctrl")})` : null,
        "aria-pressed": tool.on ? "false" : null, onclick: () => this.press(tool, button),
        onmousedown: (event) => event.preventDefault(),
      }, WORDS[tool.name]);
      if (tool.toggles) button.setAttribute("aria-expanded", "false");
      this.buttons.push({ tool, button });
      row.append(button);
    }
    return row;
  }

  press(tool, button) {
    if (tool.toggles) {
      this.more.hidden = !this.more.hidden;
      button.setAttribute("aria-expanded", String(!this.more.hidden));
      return;
    }
    if (button.getAttribute("aria-disabled") === "true") return;
    tool.run(this.view.state, this.view.dispatch, this.view);
    if (tool.name !== "link" && tool.name !== "picture") this.view.focus();
  }

  chooseKind() {
    commands.setKind(this.kind.value)(this.view.state, this.view.dispatch);
    this.update(this.view);
    this.view.focus();
  }

  stops() {
    return [...this.dom.querySelectorAll("select, button")].filter((stop) => !stop.closest("[hidden]"));
  }

  rove(stop) {
    for (const other of this.dom.querySelectorAll("select, button")) other.tabIndex = other === stop ? 0 : -1;
  }

  keys(event) {
    const stops = this.stops();
    const place = stops.indexOf(event.target);
    const to = { ArrowRight: place + 1, ArrowLeft: place - 1 + stops.length, Home: 0, End: stops.length - 1 }[event.key];
    if (event.key === "Escape") this.view.focus();
    else if (to !== undefined && place >= 0) stops[to % stops.length].focus();
    else return;
    event.preventDefault();
  }

  update(view) {
    this.view = view;
    const { state } = view;
    for (const { tool, button } of this.buttons) {
      if (tool.run) button.setAttribute("aria-disabled", String(!tool.run(state)));
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on(state)));
    }
    this.tableRow.hidden = !table.isInTable(state);
    const kind = commands.kindAt(state);
    this.other.textContent = WORDS.kinds[kind] ?? "";
    this.other.hidden = KINDS.includes(kind);
    this.kind.value = KINDS.includes(kind) ? kind : "";
    if (this.dom.querySelector("[tabindex='0']")?.closest("[hidden]")) this.rove(this.kind);
  }
}
