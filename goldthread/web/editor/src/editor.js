// One mounted editor: the text, its toolbar, its status and its saving.

import { EditorState } from "prosemirror-state";
import { redo, undo } from "prosemirror-history";
import { EditorView } from "prosemirror-view";
import { hasMark, linkAt, setLink } from "./commands.js";
import { Layers } from "./decorations.js";
import { el, freshId, labelled } from "./dom.js";
import { readContent, writeContent } from "./form.js";
import { giveKeys } from "./keys.js";
import { firstFrom } from "./labels.js";
import { askForLink } from "./link.js";
import { nodeViews } from "./nodeviews.js";
import { isNote, noteLayer } from "./notes.js";
import { picturePicker } from "./picture.js";
import { plugins } from "./plugins.js";
import { forgetWords, keptWords, Saver } from "./save.js";
import { schema } from "./schema.js";
import { conflictPanel, noticePanel, restorePanel, Status } from "./status.js";
import { Toolbar } from "./toolbar.js";
import { WORDS } from "./words.js";

function jsonIn(id) {
  const text = id ? document.getElementById(id)?.textContent : "";
  return text ? JSON.parse(text) : null;
}

function firstIn(data) {
  return { ...firstFrom(data.number ?? ""), ...(data.first ? JSON.parse(data.first) : {}) };
}

const deviceStore = () => {
  try {
    return window.localStorage;
  } catch {
    return null; // storage is switched off
  }
};

// A browser that enters a section by the keyboard finds no place for the caret where a note of the
// margin stands first, and words typed then would be lost: the caret goes where the editor has it.
function caretWithin(view) {
  setTimeout(() => {
    if (view.isDestroyed || !view.hasFocus()) return;
    const at = view.root.getSelection()?.anchorNode;
    const place = at?.nodeType === Node.ELEMENT_NODE ? at : at?.parentElement;
    if (!place || !view.dom.contains(place) || place.closest(".editor-margin")) view.focus();
  }, 30);
  return false;
}

export class Editor {
  constructor(mount) {
    this.mount = mount;
    this.data = mount.dataset;
    this.form = jsonIn(this.data.form) ?? { title: "", numbered: true, content: [] };
    this.findInputs();
    this.layers = new Layers(firstIn(this.data));
    this.notices = el("div", { class: "editor-notices" });
    this.saver = this.makeSaver();
    this.status = new Status(() => this.saver.flush());
    this.makeView();
    if (this.data.notes) this.note(JSON.parse(this.data.notes));
    this.listen();
    this.offerKept();
  }

  // The title and whether the section is numbered: the page's own inputs, or else ours.
  findInputs() {
    this.title = this.mount.querySelector("[data-editor-title]");
    this.numbered = this.mount.querySelector("[data-editor-numbered]");
    const frame = el("div", { class: "editor-heading" });
    if (!this.title) {
      this.title = el("input", { type: "text", class: "editor-input editor-title", autocomplete: "off", "data-editor-title": true });
      frame.append(el("div", {}, ...labelled(WORDS.title, this.title)));
    }
    if (!this.numbered) {
      this.numbered = el("input", { type: "checkbox", id: freshId("editor-numbered"), "data-editor-numbered": true });
      frame.append(el("div", { class: "editor-check" }, this.numbered, el("label", { for: this.numbered.id }, WORDS.numbered)));
    }
    this.title.value = this.form.title ?? "";
    this.numbered.checked = this.form.numbered !== false;
    if (frame.childElementCount) this.mount.append(frame);
  }

  makeView() {
    const id = freshId("editor-surface");
    const openLink = (state, dispatch) => this.openLink(state, dispatch);
    const { upload, csrf, imageUrl } = this.data;
    const pickPicture = upload ? picturePicker(upload, csrf, (words) => this.say(words)) : null;
    this.toolbar = new Toolbar({ openLink, pickPicture, surface: id });
    const host = el("div", { class: "text editor-text" });
    this.mount.append(this.notices, el("div", { class: "editor-frame" }, this.toolbar.dom, host), this.status.dom);
    this.view = new EditorView(host, {
      state: this.stateOf(this.form.content, openLink),
      nodeViews: nodeViews({ undo, redo }, imageUrl),
      attributes: { id, role: "textbox", "aria-multiline": "true", "aria-label": WORDS.surface, lang: this.form.lang || "", spellcheck: "true" },
      dispatchTransaction: (tr) => this.apply(tr),
      handleClick: (_view, _pos, event) => this.followLink(event),
      handleDOMEvents: { focus: caretWithin },
      scrollMargin: 80, scrollThreshold: 80,
    });
    this.toolbar.update(this.view);
  }

  stateOf(content, openLink) {
    const empty = EditorState.create({ schema, doc: readContent(content) });
    const doc = (content ?? []).length ? giveKeys(empty.tr).doc : empty.doc;
    const saveNow = () => this.saver.flush();
    return EditorState.create({
      doc, plugins: plugins({ doc, layers: this.layers, openLink, saveNow, pasted: (notices) => this.pasted(notices) }),
    });
  }

  apply(tr) {
    const before = this.view.state.doc;
    this.view.updateState(this.view.state.apply(tr));
    this.toolbar.update(this.view);
    if (!before.eq(this.view.state.doc)) this.changed();
  }

  changed() {
    this.saver.changed();
    this.emit("change");
  }

  read() {
    return {
      title: this.title.value,
      numbered: this.numbered.checked,
      lang: this.form.lang ?? "",
      content: writeContent(this.view.state.doc),
    };
  }

  makeSaver() {
    const { saveUrl, csrf, baseSeal, sectionKey } = this.data;
    return new Saver({
      url: saveUrl, csrf, base: baseSeal, section: sectionKey, read: () => this.read(), tell: (told) => this.told(told),
      fetch: (...given) => window.fetch(...given), storage: deviceStore(),
      timers: { set: (run, wait) => window.setTimeout(run, wait), clear: (id) => window.clearTimeout(id) }, now: () => new Date(),
    });
  }

  // What is said of the text by whoever reads it as it is saved.
  note(notes) {
    this.layers.set("notes", noteLayer(notes), this.view);
  }

  told(told) {
    const problems = told.problems?.filter((problem) => !isNote(problem));
    this.status.show({ ...told, problems });
    if (told.state === "saved" && this.data.notes) this.note(told.problems.filter(isNote));
    if (told.state === "saved") this.emit("saved", { seal: told.seal, at: told.at, problems: told.problems });
    if (told.state === "conflict") this.showConflict(told);
    else if (told.state !== "dirty" && told.state !== "saving" && told.state !== "saved") this.emit("unsaved", { state: told.state });
  }

  showConflict(told) {
    const { dom, heading } = conflictPanel(told, this.read());
    this.notices.replaceChildren(dom);
    heading.focus();
    this.emit("conflict", { theirs: told.theirs, url: told.url });
  }

  emit(name, detail = {}) {
    this.mount.dispatchEvent(new CustomEvent(`goldthread:${name}`, { bubbles: true, detail: { section: this.data.sectionKey, editor: this, ...detail } }));
  }

  listen() {
    this.title.addEventListener("input", () => this.changed());
    this.numbered.addEventListener("change", () => this.changed());
    window.addEventListener("online", () => this.saver.flush());
    window.addEventListener("beforeunload", (event) => this.saver.unsaved && event.preventDefault());
    window.addEventListener("pagehide", () => this.saver.keep());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) return;
      this.saver.keep();
      this.saver.flush();
    });
  }

  offerKept() {
    const store = deviceStore();
    const kept = store && keptWords(store, this.data.sectionKey);
    if (!kept) return;
    if (JSON.stringify(kept.form) === JSON.stringify(this.read())) forgetWords(store, this.data.sectionKey);
    else this.notices.append(restorePanel(kept, () => this.restore(kept), () => forgetWords(store, this.data.sectionKey)));
  }

  // Kept words are saved against the seal they were written on, so that a later save by someone
  // else shows as a conflict and is never written over. Undo takes them out again.
  restore(kept) {
    this.saver.base = kept.base;
    this.title.value = kept.form.title;
    this.numbered.checked = kept.form.numbered;
    const { tr, doc } = this.view.state;
    this.view.dispatch(tr.replaceWith(0, doc.content.size, readContent(kept.form.content).content));
    this.changed();
    this.view.focus();
  }

  pasted(notices) {
    this.notices.querySelector("[data-pasted]")?.remove();
    if (!notices.length) return;
    const dom = noticePanel(WORDS.pasteTitle, notices);
    dom.dataset.pasted = "";
    this.notices.append(dom);
  }

  say(words) {
    this.notices.querySelector("[data-said]")?.remove();
    if (words) this.notices.append(el("p", { class: "editor-said", role: "status", "data-said": "" }, words));
  }

  openLink(state, dispatch) {
    const present = linkAt(state);
    const can = present || (!state.selection.empty && state.selection.$from.parent.inlineContent);
    if (!dispatch) return Boolean(can) || hasMark(state, schema.marks.link);
    this.say(can ? "" : WORDS.linkSelect);
    if (!can) return true;
    askForLink(this.mount, present?.href ?? "", (href) => setLink(href)(this.view.state, this.view.dispatch), () => this.view.focus());
    return true;
  }

  // A link in the text is opened with Ctrl or Command held, in a new tab.
  followLink(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || !(event.ctrlKey || event.metaKey)) return false;
    window.open(link.href, "_blank", "noopener,noreferrer");
    return true;
  }
}
