// Building page parts without markup strings.

let count = 0;

export function el(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function freshId(stem) {
  count += 1;
  return `${stem}-${count}`;
}

export function labelled(words, input) {
  input.id ||= freshId("editor-field");
  return [el("label", { for: input.id }, words), input];
}
