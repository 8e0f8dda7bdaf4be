// Reads {"content": [...], "addresses": [...]} and gives back what the editor makes of them, for
// tests/web/test_editor_bundle.py: the content through the schema, each address's safety, the kinds.

import { readFileSync } from "node:fs";
import { safeAddress } from "../src/address.js";
import { readContent, writeContent } from "../src/form.js";
import { giveKeys } from "../src/keys.js";
import { TYPED } from "../src/kinds.js";
import { labelsOf } from "../src/labels.js";
import { schema } from "../src/schema.js";
import { EditorState } from "prosemirror-state";

const { content, addresses, first } = JSON.parse(readFileSync(0, "utf8"));
const read = readContent(content);
read.check();
const { doc } = giveKeys(EditorState.create({ schema, doc: read }).tr);
const unknown = [];
doc.descendants((node) => { if (node.type.name.startsWith("unknown")) unknown.push(node.attrs.form); });
process.stdout.write(JSON.stringify({
  content: writeContent(doc), unknown, kinds: TYPED,
  addresses: addresses.map(safeAddress), labels: Object.fromEntries(labelsOf(doc, first)),
}));
