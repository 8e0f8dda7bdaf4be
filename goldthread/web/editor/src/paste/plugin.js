// Takes pasted and dropped HTML from other programs; what this editor copied itself goes its own way.

import { Fragment, Slice } from "prosemirror-model";
import { Plugin, TextSelection } from "prosemirror-state";
import { handlePaste as pasteIntoTable, isInTable } from "prosemirror-tables";
import { readBlock } from "../form.js";
import { newKey } from "../keys.js";
import { schema } from "../schema.js";
import { readPasted, withoutStyles } from "./read.js";

const isOurs = (html) => /<[^>]+\sdata-pm-slice=/.test(html);

export function sliceOf(blocks) {
  const content = Fragment.fromArray(blocks.map(readBlock));
  const open = (node) => (node?.type === schema.nodes.paragraph ? 1 : 0);
  return new Slice(content, open(content.firstChild), open(content.lastChild));
}

function put(view, event, html, pasted) {
  const { blocks, notices } = readPasted(new DOMParser().parseFromString(withoutStyles(html), "text/html"), newKey);
  const slice = sliceOf(blocks);
  if (slice.size) {
    const done = isInTable(view.state) && pasteIntoTable(view, event, slice);
    if (!done) view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
  }
  pasted(notices);
}

export function pastePlugin(pasted) {
  let plain = false; // Shift held: paste as plain text, which ProseMirror does
  const own = (event) => event.target.closest?.("input, textarea");
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown(_view, event) {
          plain = event.shiftKey;
          return false;
        },
        keyup() {
          plain = false;
          return false;
        },
        paste(view, event) {
          const html = event.clipboardData?.getData("text/html");
          if (!html || plain || isOurs(html) || own(event) || !view.editable) return false;
          event.preventDefault();
          put(view, event, html, pasted);
          return true;
        },
        drop(view, event) {
          const html = event.dataTransfer?.getData("text/html");
          if (!html || isOurs(html) || own(event) || view.dragging || !view.editable) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (!at) return false;
          event.preventDefault();
          view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
          put(view, event, html, pasted);
          return true;
        },
      },
    },
  });
}
