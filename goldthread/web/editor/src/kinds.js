// What a block may be, in the office's words. A test compares this table with goldthread.core.text.

export const TYPED = {
  pledge: { kind: "pledge", name: "Pledge", counted: true, fields: [] },
  keyMeasure: {
    kind: "key_measure", name: "Key measure", counted: true,
    fields: [["baseline", "Baseline"], ["target", "Target"], ["unit", "Unit"], ["by_when", "By when"]],
  },
  action: {
    kind: "action", name: "Action", counted: true,
    fields: [["owner", "Owner"], ["by_when", "By when"]],
  },
  outcome: { kind: "outcome", name: "Outcome", counted: true, fields: [] },
  recommendation: { kind: "recommendation", name: "Recommendation", counted: true, fields: [] },
  contact: {
    kind: "contact", name: "Contact officer", counted: false,
    fields: [["name", "Name"], ["role", "Role"], ["email", "Email"], ["telephone", "Telephone"]],
  },
  sourceDocument: {
    kind: "source_document", name: "Source document", counted: false,
    fields: [["reference", "Reference"], ["address", "Address"], ["dated", "Dated"]],
  },
};

export const TEXT_BLOCKS = ["paragraph", "quotation", "note", ...Object.keys(TYPED)];

export function nameOf(node) {
  return TYPED[node]?.name ?? node;
}
