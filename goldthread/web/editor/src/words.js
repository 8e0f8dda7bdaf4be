// Every string that the editor shows. A page may give others through data-words (see editor.md).

import { TYPED } from "./kinds.js";

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const WORDS = {
  surface: "The words of this section",
  title: "Title of the section",
  numbered: "This section is numbered",
  toolbar: "Text tools",
  tableTools: "Table tools",
  kind: "Kind of block",
  kinds: {
    paragraph: "Paragraph", numbered: "Numbered paragraph", quotation: "Quotation",
    bulletList: "List", orderedList: "Numbered list", table: "Table", figure: "Picture", note: "Note",
    unknownBlock: "Something else", mixedList: "List",
    ...Object.fromEntries(Object.entries(TYPED).map(([name, type]) => [name, type.name])),
  },
  bold: "Bold", italic: "Italic", link: "Link", bulletList: "List", orderedList: "Numbered list",
  indent: "Indent", outdent: "Outdent", note: "Note", table: "Table", picture: "Picture",
  superscript: "Superscript", subscript: "Subscript", undo: "Undo", redo: "Redo", duplicate: "Duplicate", remove: "Delete block",
  more: "More",
  rowAbove: "Row above", rowBelow: "Row below", deleteRow: "Delete row",
  columnBefore: "Column before", columnAfter: "Column after", deleteColumn: "Delete column",
  mergeCells: "Merge cells", splitCell: "Split cell", headerRow: "Header row", deleteTable: "Delete table",
  caption: "Caption of the table",
  alt: "Describe the picture for people who cannot see it",
  noteBeside: "Said of the text beside this",
  altShort: "Description of the picture",
  altNeeded: "This picture needs a description before the section can be approved.",
  figureCaption: "Caption (may be left empty)",
  statement: (name) => `Write the ${name.toLowerCase()} here`,
  linkTitle: "Link", linkAddress: "Address", linkHint: "It starts with https://, http:// or mailto:.",
  linkUse: "Use this link", linkRemove: "Take the link away", cancel: "Cancel",
  linkEmpty: "Enter an address.",
  linkSpaces: "An address has no spaces in it.",
  linkScheme: (scheme) => `An address that starts with “${scheme}:” cannot be kept. Only https://, http:// and mailto: can.`,
  linkBare: (address) => `Enter the whole address. Did you mean ${address}?`,
  linkSelect: "Select the words to link first, then choose Link.",
  notSaved: "Changes not saved yet",
  saving: "Saving…",
  saved: (time) => `Saved ${time}`,
  unchanged: "No changes",
  offline: "Not saved: no connection. Your words are kept on this device.",
  serverDown: "Not saved: the server did not answer. Your words are kept on this device.",
  signedOut: "Not saved: you have been signed out. Sign in again in another tab, then choose Save now.",
  refused: (why) => `Not saved: ${why}`,
  refusedPlain: "the server refused it.",
  saveNow: "Save now",
  noRoom: "This device has no room to keep your words.",
  conflictTitle: "Someone else has saved this section",
  conflict: (by) => `${by || "Someone else"} saved this section while you were writing. Both texts are kept. Nothing you write here is saved until you have chosen between them.`,
  conflictLink: "Compare the two and choose",
  conflictTheirs: "Their text", conflictMine: "Your text",
  restoreTitle: "Words that were not saved",
  restore: (time) => `This device keeps words that you wrote here at ${time} and that were not saved.`,
  restoreUse: "Put them back", restoreDrop: "Leave them out",
  pasteTitle: "What was pasted",
  close: "Close",
  uploading: "Sending the picture…",
  uploadFailed: "The picture was not sent. Try again.",
  paste: {
    headings: (count) => `${plural(count, "heading", "headings")} came in as bold text. Headings belong to sections: add a section for each in the outline of the plan.`,
    pictures: (names) => `${plural(names.length, "picture was", "pictures were")} left out: ${names.join(", ")}. Add a picture with the Picture button, where there is one.`,
    links: (count) => `${plural(count, "link", "links")} could not be kept; the words were. Only https, http and mailto links are kept.`,
    deleted: (count) => `${plural(count, "deletion", "deletions")} marked as a tracked change stayed out.`,
    comments: (count) => `${plural(count, "comment was", "comments were")} left out.`,
    hidden: (count) => `${plural(count, "piece", "pieces")} of hidden text stayed out.`,
    nested: (count) => `${plural(count, "table", "tables")} inside a table came in as words.`,
    objects: (names) => `Left out, because it is not text: ${names.join(", ")}.`,
    notes: (count) => `${plural(count, "footnote", "footnotes")} came in as notes at the end of what was pasted.`,
  },
};

export function useWords(others) {
  for (const [name, words] of Object.entries(others ?? {})) {
    if (typeof words === "string" && typeof WORDS[name] === "string") WORDS[name] = words;
  }
}
