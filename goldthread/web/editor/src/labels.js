// Printed numbers, computed as goldthread.core.text.numbering does, from where the section begins.

import { TYPED } from "./kinds.js";

// start: { number: "1.2", top: "1", counts: { pledge: 3 }, notes: 4 }, what stands before this section.
export function labelsOf(doc, start = {}) {
  const labels = new Map();
  const counts = { ...start.counts };
  let notes = start.notes ?? 0;
  let below = 0;
  doc.forEach((node) => {
    const name = node.type.name;
    const { key } = node.attrs;
    if (name === "note") {
      notes += 1;
      labels.set(key, String(notes));
    } else if (name === "paragraph" && node.attrs.numbered) {
      below += 1;
      labels.set(key, start.number ? `${start.number}.${below}` : String(below));
    } else if (TYPED[name]?.counted) {
      const { kind } = TYPED[name];
      counts[kind] = (counts[kind] ?? 0) + 1;
      labels.set(key, `${TYPED[name].name} ${start.top ? `${start.top}.` : ""}${counts[kind]}`);
    } else if (TYPED[name]) {
      labels.set(key, TYPED[name].name);
    }
  });
  return labels;
}
