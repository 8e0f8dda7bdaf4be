// Mounts an editor on every element with data-editor, once, also in parts that htmx brings in.

import { Editor } from "./editor.js";
import { useWords } from "./words.js";

function mountAll(root) {
  const found = [...root.querySelectorAll("[data-editor]")];
  if (root.matches?.("[data-editor]")) found.push(root);
  for (const mount of found) {
    if (mount.goldthreadEditor) continue;
    const words = mount.dataset.words && document.getElementById(mount.dataset.words)?.textContent;
    if (words) useWords(JSON.parse(words));
    mount.goldthreadEditor = new Editor(mount);
  }
}

function start() {
  mountAll(document);
  document.addEventListener("htmx:load", (event) => mountAll(event.target));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
