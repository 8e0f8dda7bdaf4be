import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { readPasted, withoutStyles } from "../src/paste/read.js";
import { readBlock, writeBlock } from "../src/form.js";

let count = 0;
const key = () => `note-${(count += 1)}`;

function paste(html) {
  count = 0;
  return readPasted(new JSDOM(withoutStyles(html)).window.document, key);
}

const sample = (name) => paste(readFileSync(new URL(`samples/${name}.html`, import.meta.url), "utf8"));
const words = (node) => node.text ?? (node.content ?? []).map(words).join(node.type.endsWith("List") ? "|" : "");
const text = (value, ...marks) => (marks.length ? { type: "text", text: value, marks: marks.map((type) => ({ type })) } : { type: "text", text: value });
const item = (line, ...below) => ({ type: "listItem", content: [{ type: "paragraph", content: [text(line)] }, ...below] });

test("Word: headings become bold and are told of", () => {
  const { blocks, notices } = sample("word");
  assert.deepEqual(blocks[0], { type: "paragraph", content: [text("Visible policing", "bold")] });
  assert.match(notices[0], /^1 heading came in as bold text\. Headings belong to sections/);
});

test("Word: words, marks, safe links and footnote references are kept", () => {
  const { blocks } = sample("word");
  assert.deepEqual(blocks[1].content, [
    text("We will put "), text("more", "bold"), text(" officers where "), text("people", "italic"), text(" are."),
    { type: "noteReference", attrs: { note: "note-1" } }, text(" See "),
    { type: "text", text: "the plan", marks: [{ type: "link", attrs: { href: "https://www.example.gov.uk/plan?a=1&b=2" } }] },
    text(", this and that."),
  ]);
});

test("Word: list paragraphs are rebuilt as nested lists without their bullets", () => {
  const { blocks } = sample("word");
  assert.deepEqual(blocks[2], {
    type: "bulletList",
    content: [item("First point", { type: "orderedList", content: [item("Under the first")] }), item("Second point")],
  });
});

test("Word: deletions, hidden words, comments, pictures and unsafe links stay out and are named", () => {
  const { blocks, notices } = sample("word");
  assert.equal(words(blocks[3]), "It costs £2m a year.");
  const said = notices.join("\n");
  for (const part of ["2 links could not", "1 deletion", "1 comment was", "1 piece of hidden", "1 picture was left out: “Chart of crime”"]) {
    assert.ok(said.includes(part), part);
  }
  assert.ok(!JSON.stringify(blocks).match(/secret|alert|Check this|KF1|javascript|file:|clip_image/));
});

test("Word: tables keep their spans, bold first rows become headers", () => {
  const table = sample("word").blocks[4];
  assert.deepEqual(table.content[0].content.map((cell) => [cell.type, cell.attrs, words(cell)]), [
    ["tableHeader", { colspan: 1, rowspan: 2 }, "Area"], ["tableHeader", { colspan: 2, rowspan: 1 }, "Officers"],
  ]);
  assert.equal(table.content[2].content[0].content.length, 2);
  assert.deepEqual(table.content[2].content[2].content[0].content, [text("44"), { type: "hardBreak" }, text("(planned)")]);
});

test("Word: footnotes become notes at the end", () => {
  const { blocks } = sample("word");
  assert.equal(blocks.length, 6);
  assert.deepEqual(blocks[5], { type: "note", attrs: { key: "note-1" }, content: [text("Counted on "), text("31 March", "bold"), text(".")] });
});

test("Google Docs: weights, lists, spans, a cell's list and a footnote", () => {
  const { blocks, notices } = sample("google-docs");
  assert.deepEqual(blocks[0].content, [text("Plain and "), text("strong", "bold"), text(" slanted", "italic"), text("th", "superscript")]);
  assert.deepEqual(blocks[1].content, [item("One", { type: "bulletList", content: [item("One below")] }), item("Two")]);
  assert.deepEqual([blocks[2].type, blocks[2].attrs.start], ["orderedList", 3]);
  assert.equal(blocks[3].content[0].content[0].attrs.colspan, 2);
  assert.equal(words(blocks[3].content[1].content[0]), "• in a cell");
  assert.deepEqual(blocks[4].content[1], { type: "noteReference", attrs: { note: "note-1" } });
  assert.deepEqual(blocks[5], { type: "note", attrs: { key: "note-1" }, content: [text("The source")] });
  assert.match(notices.join(), /“pic.png”/);
});

test("LibreOffice: notes, nested numbers, quotation, header cells", () => {
  const { blocks } = sample("libreoffice");
  assert.deepEqual(blocks.map((block) => block.type), ["paragraph", "orderedList", "quotation", "table", "note"]);
  assert.deepEqual(blocks[0].content[1], { type: "noteReference", attrs: { note: "note-1" } });
  assert.deepEqual(blocks[1].content[0], item("Alpha", { type: "orderedList", content: [item("Inner")] }));
  assert.equal(blocks[3].content[0].content[0].type, "tableHeader");
  assert.equal(words(blocks[4]), "Below the line");
});

test("everything pasted fits the schema", () => {
  for (const name of ["word", "google-docs", "libreoffice"]) {
    for (const block of sample(name).blocks) {
      const node = readBlock(block);
      assert.notEqual(node.type.name, "unknownBlock", JSON.stringify(block));
      assert.deepEqual(writeBlock(node).content, block.content);
    }
  }
});

test("hostile and odd HTML", () => {
  const { blocks, notices } = paste(`<p onclick="x()">a<iframe src="https://x"></iframe><svg><script>1</script></svg></p>
    <object data="x"></object><p><a href="java\nscript:x">b</a> <a href="HTTPS://X.uk/a b">c</a></p><p>&nbsp;</p><td>loose</td>`);
  assert.deepEqual(blocks.map(words), ["a", "b c", "loose"]);
  assert.deepEqual(blocks[1].content[1].marks, [{ type: "link", attrs: { href: "HTTPS://X.uk/a%20b" } }]);
  assert.match(notices.at(-1), /a frame, an object/);
});

test("a table inside a table comes in as words", () => {
  const { blocks, notices } = paste("<table><tr><td>out<table><tr><td>in</td></tr></table></td></tr></table>");
  assert.deepEqual(blocks[0].content[0].content[0].content.map(words), ["out", "in"]);
  assert.match(notices.join(), /1 table inside/);
});

test("only style attributes are set aside before parsing, never words", () => {
  const html = "<STYLE type='a'>p { }</STYLE><p class=x style='a'>in style = plain</p>";
  assert.equal(withoutStyles(html), "<p class=x data-style='a'>in style = plain</p>");
});
