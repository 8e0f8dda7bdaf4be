// Sending a picture: the server answers { image: "<sha-256>" }, or { message } where it refuses.

import { el } from "./dom.js";
import { insertFigure } from "./commands.js";
import { WORDS } from "./words.js";

async function send(file, url, csrf) {
  const body = new FormData();
  body.append("file", file);
  const response = await fetch(url, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": csrf } });
  const said = await response.json().catch(() => ({}));
  if (!response.ok || !said.image) throw new Error(said.message ?? WORDS.uploadFailed);
  return said.image;
}

// A command that lets the writer choose a file; tell(words) says how it went.
export function picturePicker(url, csrf, tell) {
  return (_state, dispatch, view) => {
    if (!dispatch) return true;
    const input = el("input", { type: "file", accept: "image/png,image/jpeg" });
    input.addEventListener("change", async () => {
      tell(WORDS.uploading);
      try {
        insertFigure(await send(input.files[0], url, csrf))(view.state, view.dispatch);
        tell("");
      } catch (error) {
        tell(error instanceof TypeError ? WORDS.uploadFailed : error.message);
      }
      view.focus();
    });
    input.click();
    return true;
  };
}
