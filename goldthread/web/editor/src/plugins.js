// The editor's plugins: history, keyboard, tables, input rules and paste, in order.

import { baseKeymap, chainCommands, selectAll } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { InputRule, inputRules, undoInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import * as commands from "./commands.js";
import { keysPlugin } from "./keys.js";
import { pastePlugin } from "./paste/plugin.js";
import { schema } from "./schema.js";

const { nodes } = schema;

// At the start of a plain paragraph only, so that a typed block or a note is never turned.
function listRule(pattern, type, attrs) {
  const rule = wrappingInputRule(pattern, type, attrs);
  return new InputRule(pattern, (state, match, start, end) => {
    const { parent, depth } = state.doc.resolve(start);
    return depth === 1 && parent.type === nodes.paragraph && !parent.attrs.numbered ? rule.handler(state, match, start, end) : null;
  });
}

function keyboard(openLink, saveNow) {
  return {
    "Mod-z": chainCommands(undoInputRule, undo), "Mod-y": redo, "Mod-Shift-z": redo,
    "Mod-b": commands.toggle("bold"), "Mod-i": commands.toggle("italic"), "Mod-k": openLink,
    "Mod-.": commands.toggle("superscript"), "Mod-,": commands.toggle("subscript"),
    "Mod-Shift-8": commands.toggleList(nodes.bulletList), "Mod-Shift-7": commands.toggleList(nodes.orderedList),
    "Mod-Alt-f": commands.insertNote, "Mod-Alt-0": commands.setKind("paragraph"), "Mod-Alt-1": commands.setKind("numbered"),
    Enter: commands.enter, "Shift-Enter": commands.hardBreak,
    Backspace: undoInputRule,
    Tab: chainCommands(goToNextCell(1), commands.indent),
    "Shift-Tab": chainCommands(goToNextCell(-1), commands.outdent),
    "Mod-s": () => { saveNow(); return true; },
    "Mod-a": selectAll,
  };
}

export function plugins({ doc, layers, openLink, saveNow, pasted }) {
  return [
    pastePlugin(pasted),
    inputRules({ rules: [listRule(/^\s*([-*•])\s$/, nodes.bulletList), listRule(/^1[.)]\s$/, nodes.orderedList)] }),
    keymap(keyboard(openLink, saveNow)), keymap(baseKeymap),
    tableEditing(), gapCursor(), dropCursor({ class: "editor-drop", color: false, width: 3 }), history(),
    keysPlugin(doc), layers.plugin(),
  ];
}
