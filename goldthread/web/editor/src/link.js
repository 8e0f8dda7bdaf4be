// The link dialog: it keeps only addresses that may be kept, and says why it refuses others.

import { safeAddress } from "./address.js";
import { el, freshId } from "./dom.js";
import { WORDS } from "./words.js";

// Why an address cannot be kept, in words; empty where it can.
export function refusal(address) {
  if (!address) return WORDS.linkEmpty;
  if (safeAddress(address)) return "";
  if (/\s/.test(address)) return WORDS.linkSpaces;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1];
  if (scheme && !/^(https?|mailto)$/i.test(scheme) && !/^[^:]+:\d+(\/|$)/.test(address)) return WORDS.linkScheme(scheme.toLowerCase());
  if (/^[^@\s/:]+@[^@\s/:]+\.[a-z]+$/i.test(address)) return WORDS.linkBare(`mailto:${address}`);
  return WORDS.linkBare(`https://${address.replace(/^(https?|mailto):\/*|^\/+/i, "") || "www.example.gov.uk"}`);
}

// Calls use(address), or use("") to take the link away; then() runs once it is closed.
export function askForLink(host, present, use, then) {
  const field = freshId("editor-link");
  const input = el("input", { id: field, type: "text", class: "editor-input", inputmode: "url", autocomplete: "off", spellcheck: "false", "aria-describedby": `${field}-hint ${field}-error` });
  const error = el("p", { id: `${field}-error`, class: "editor-error", role: "alert" });
  input.value = present;
  const submit = (event) => {
    event.preventDefault();
    const address = input.value.trim();
    const why = refusal(address);
    error.textContent = why;
    input.setAttribute("aria-invalid", String(Boolean(why)));
    if (why) return input.focus();
    use(address);
    return dialog.close();
  };
  const remove = el("button", { type: "button", class: "editor-button", hidden: !present, onclick: () => { use(""); dialog.close(); } }, WORDS.linkRemove);
  const form = el("form", { novalidate: true, onsubmit: submit },
    el("label", { for: field }, WORDS.linkAddress), el("p", { id: `${field}-hint`, class: "editor-hint" }, WORDS.linkHint), error, input,
    el("p", { class: "editor-row" },
      el("button", { type: "submit", class: "editor-button editor-button--main" }, WORDS.linkUse), remove,
      el("button", { type: "button", class: "editor-button", onclick: () => dialog.close() }, WORDS.cancel)));
  const dialog = el("dialog", { class: "editor-dialog", "aria-labelledby": `${field}-title`, onclose: () => { dialog.remove(); then(); } },
    el("h2", { id: `${field}-title` }, WORDS.linkTitle), form);
  host.append(dialog);
  dialog.showModal();
  input.select();
}
