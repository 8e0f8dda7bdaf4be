// Printed numbers: the core says what the first of each kind in this section is called, and
// counting on from there is all that is done here.

import { TYPED } from "./kinds.js";

// The same from a section's own number alone, where the page gives no more.
export function firstFrom(number) {
  const top = number.split(".")[0];
  const typed = Object.values(TYPED).filter((type) => type.counted);
  return {
    paragraph: number ? `${number}.1` : "1", note: "1",
    ...Object.fromEntries(typed.map((type) => [type.kind, `${type.name} ${top ? `${top}.` : ""}1`])),
  };
}

function onward(label, steps) {
  return label.replace(/\d+$/, (last) => String(Number(last) + steps));
}

function countedAs(node) {
  const name = node.type.name;
  if (name === "note") return "note";
  if (name === "paragraph") return node.attrs.numbered ? "paragraph" : null;
  return TYPED[name]?.counted ? TYPED[name].kind : null;
}

// first: { paragraph: "1.2.1", note: "5", pledge: "Pledge 1.4", … }, by the core's names of kinds.
export function labelsOf(doc, first) {
  const labels = new Map();
  const seen = {};
  doc.forEach((node) => {
    const kind = countedAs(node);
    if (kind) {
      labels.set(node.attrs.key, onward(first[kind] ?? "1", seen[kind] ?? 0));
      seen[kind] = (seen[kind] ?? 0) + 1;
    } else if (TYPED[node.type.name]) {
      labels.set(node.attrs.key, TYPED[node.type.name].name);
    }
  });
  return labels;
}
