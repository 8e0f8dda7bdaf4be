import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState, TextSelection } from "prosemirror-state";
import { history, undo } from "prosemirror-history";
import * as commands from "../src/commands.js";
import { readContent, writeContent } from "../src/form.js";
import { freshSlice, keysPlugin } from "../src/keys.js";
import { firstFrom, labelsOf } from "../src/labels.js";
import { refusal } from "../src/link.js";
import { schema } from "../src/schema.js";

const p = (key, text, more = {}) => ({ type: "paragraph", attrs: { key, ...more }, ...(text ? { content: [{ type: "text", text }] } : {}) });
const pledge = (key, text) => ({ ...p(key, text), type: "pledge", attrs: { key, fields: {} } });
const item = (text, ...below) => ({ type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text }] }, ...below] });

function at(content, find, offset = 0) {
  const doc = readContent(content);
  let pos = 1;
  doc.descendants((node, place) => { if (node.isText && node.text.includes(find)) pos = place + node.text.indexOf(find) + offset; });
  return EditorState.create({ doc, selection: TextSelection.create(doc, pos), plugins: [history(), keysPlugin(doc)] });
}

function run(state, command) {
  let next = state;
  assert.ok(command(state, (tr) => { next = next.apply(tr); }), "the command does not apply");
  next.doc.check();
  return next;
}

const keys = (state) => state.doc.children.map((node) => node.attrs.key);
const types = (state) => state.doc.children.map((node) => node.type.name);

test("a split keeps the first half's key and gives the second a new one", () => {
  const state = run(at([p("a", "onetwo")], "two"), commands.enter);
  assert.equal(keys(state)[0], "a");
  assert.equal(new Set(keys(state)).size, 2);
  assert.match(keys(state)[1], /^[0-9a-f-]{36}$/);
});

test("Enter before a block's first word leaves the key with the words", () => {
  for (const block of [p("a", "words"), pledge("a", "words")]) {
    const state = run(at([block], "words"), commands.enter);
    assert.equal(state.doc.child(1).attrs.key, "a");
    assert.notEqual(state.doc.child(0).attrs.key, "a");
  }
});

test("Enter goes on with numbers and, in an empty paragraph, leaves them", () => {
  const state = run(at([p("a", "one", { numbered: true })], "one", 3), commands.enter);
  assert.equal(state.doc.child(1).attrs.numbered, true);
  assert.equal(run(state, commands.enter).doc.child(1).attrs.numbered, false);
});

test("undo of a split gives the first form back exactly", () => {
  const before = [p("a", "onetwo"), pledge("b", "x")];
  assert.deepEqual(writeContent(run(run(at(before, "two"), commands.enter), undo).doc), before);
});

test("a block changes its kind and keeps its key and words", () => {
  const state = run(at([p("a", "We will")], "We"), commands.setKind("keyMeasure"));
  assert.deepEqual(writeContent(state.doc), [{ type: "keyMeasure", attrs: { key: "a", fields: {} }, content: [{ type: "text", text: "We will" }] }]);
  assert.deepEqual(keys(run(state, commands.setKind("numbered"))), ["a"]);
});

test("a paragraph made into a list hands the list its key", () => {
  const state = run(at([p("a", "one"), p("b", "two")], "one"), commands.setKind("bulletList"));
  assert.deepEqual(keys(state), ["a", "b"]);
  assert.equal(state.doc.firstChild.firstChild.firstChild.attrs.key, null);
  assert.deepEqual(types(run(state, commands.setKind("paragraph"))), ["paragraph", "paragraph"]);
});

test("an item deep in a list becomes a pledge", () => {
  const list = { type: "bulletList", attrs: { key: "l" }, content: [item("one", { type: "bulletList", content: [item("two")] })] };
  const state = run(at([list], "two"), commands.setKind("pledge"));
  assert.deepEqual(types(state), ["bulletList", "pledge"]);
  assert.deepEqual([keys(state)[0], state.doc.child(1).textContent], ["l", "two"]);
  assert.deepEqual(writeContent(run(state, undo).doc), [list]);
});

test("an item comes out of a list that is marked in two ways", () => {
  const mixed = {
    type: "bulletList", attrs: { key: "m", mixed: true },
    content: [{ type: "orderedList", content: [item("one")] }, { type: "bulletList", content: [item("two"), item("three")] }],
  };
  const state = run(at([mixed], "two"), commands.outdent);
  assert.deepEqual(types(state), ["orderedList", "paragraph", "bulletList"]);
  assert.equal(keys(state)[0], "m");
  assert.equal(new Set(keys(state)).size, 3);
  assert.deepEqual(writeContent(run(state, undo).doc), [mixed]);
});

test("a duplicate has new keys, and its note reference follows its note", () => {
  const doc = readContent([
    { type: "paragraph", attrs: { key: "a" }, content: [{ type: "noteReference", attrs: { note: "n" } }] },
    { type: "note", attrs: { key: "n" }, content: [{ type: "text", text: "source" }] },
  ]);
  const copy = freshSlice(doc.slice(0, doc.content.size), () => false).content;
  assert.equal(copy.firstChild.firstChild.attrs.note, copy.lastChild.attrs.key);
  assert.notEqual(copy.lastChild.attrs.key, "n");
  const state = run(at([pledge("b", "x")], "x"), commands.duplicate);
  assert.equal(keys(state)[0], "b");
  assert.equal(new Set(keys(state)).size, 2);
});

test("a note is put after its block, with a reference to it", () => {
  const [first, note, last] = writeContent(run(at([p("a", "claim"), p("b", "x")], "claim", 5), commands.insertNote).doc);
  assert.deepEqual(first.content[1], { type: "noteReference", attrs: { note: note.attrs.key } });
  assert.deepEqual([note.type, last.attrs.key], ["note", "b"]);
});

test("a table goes after the block and the last block can be deleted", () => {
  const state = run(at([p("a", "x")], "x"), commands.insertTable);
  assert.deepEqual(types(state), ["paragraph", "table", "paragraph"]);
  assert.deepEqual(writeContent(state.doc)[1].content[0].content[0], { type: "tableHeader", attrs: { colspan: 1, rowspan: 1 }, content: [{ type: "paragraph" }] });
  assert.deepEqual(types(run(at([pledge("a", "x")], "x"), commands.removeBlock)), ["paragraph"]);
});

test("superscript takes subscript away", () => {
  const base = at([p("a", "H2O")], "2");
  const chosen = base.apply(base.tr.setSelection(TextSelection.create(base.doc, 2, 3)));
  const state = run(run(chosen, commands.toggle("subscript")), commands.toggle("superscript"));
  assert.deepEqual(writeContent(state.doc)[0].content[1].marks, [{ type: "superscript" }]);
});

test("what is unknown is carried and written back untouched", () => {
  const odd = [
    { type: "chart", attrs: { key: "c", of: [1, 2] }, content: [{ type: "x" }] },
    { type: "pledge", attrs: { key: "d", fields: { later: "yes" } } },
    { type: "paragraph", attrs: { key: "e" }, content: [{ type: "emoji", attrs: { n: 1 } }, { type: "text", text: "a", marks: [{ type: "shout", attrs: { n: 2 } }] }] },
    { type: "table", attrs: { key: "f", caption: "No rows" } },
  ];
  assert.deepEqual(writeContent(readContent(odd)), odd);
});

test("an empty section stays empty until something is written", () => {
  assert.deepEqual(writeContent(readContent([])), []);
});

test("labels go on from where the section begins", () => {
  const doc = readContent([p("a", "x", { numbered: true }), pledge("b"), { ...pledge("c"), type: "contact" }, p("d", "y", { numbered: true }), { type: "note", attrs: { key: "n" } }, pledge("e")]);
  const labels = labelsOf(doc, { ...firstFrom("1.2"), pledge: "Pledge 1.4", note: "5" });
  assert.deepEqual(Object.fromEntries(labels), { a: "1.2.1", b: "Pledge 1.4", c: "Contact officer", d: "1.2.2", n: "5", e: "Pledge 1.5" });
});

test("links are refused with a reason", () => {
  assert.equal(refusal("https://www.example.gov.uk"), "");
  assert.equal(refusal("mailto:a@example.gov.uk"), "");
  assert.match(refusal("javascript:alert(1)"), /“javascript:” cannot be kept/);
  assert.match(refusal("www.example.gov.uk/a"), /https:\/\/www\.example\.gov\.uk\/a\?/);
  assert.match(refusal("a@example.gov.uk"), /mailto:a@example\.gov\.uk/);
  assert.match(refusal("https://a b"), /no spaces/);
  assert.match(refusal("https://"), /whole address/);
  assert.ok(schema.marks.link);
});
