// Whether a link may be kept: the same rule as goldthread.core.text.inline.safe_address.

export function safeAddress(address) {
  if (typeof address !== "string" || /[\u0000-\u0020]/.test(address)) return false;
  const found = /^(https?|mailto):(.*)$/i.exec(address);
  if (!found) return false;
  const rest = found[2].replace(/[?#].*$/s, "");
  return rest.replace(/^\/\//, "") !== "";
}
