// The save protocol: one request at a time, after a pause in the writing; words that could not be
// saved are kept on this device. Everything outside is given, so that tests can stand in for it.

export const PAUSE = 1500;
export const LONGEST = 15000;
const KEEP = 400;
const BACKOFF = [2000, 4000, 8000, 15000, 30000, 60000];
const PREFIX = "goldthread:";

// Words of this section that an earlier visit could not save: { form, base, at }, or null.
export function keptWords(storage, section) {
  try {
    const kept = [];
    for (let i = 0; i < storage.length; i += 1) {
      const name = storage.key(i);
      if (name.startsWith(`${PREFIX}${section}:`)) kept.push({ name, ...JSON.parse(storage.getItem(name)) });
    }
    return kept.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
  } catch {
    return null;
  }
}

export function forgetWords(storage, section) {
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i));
  names.filter((name) => name.startsWith(`${PREFIX}${section}:`)).forEach((name) => storage.removeItem(name));
}

export class Saver {
  // read() gives { title, numbered, content }; tell(state) hears every change of state.
  constructor({ url, csrf, base, section, read, tell, fetch, storage, timers, now }) {
    Object.assign(this, { url, csrf, base, section, read, tell, fetch, storage, timers, now });
    this.dirty = false;
    this.busy = false;
    this.stopped = false;
    this.tries = 0;
    this.version = 0;
    this.since = null;
    this.timer = null;
    this.keeping = null;
  }

  changed() {
    this.dirty = true;
    this.version += 1;
    this.keeping ??= this.timers.set(() => this.keep(), KEEP);
    if (this.stopped) return;
    const now = this.now().getTime();
    this.since ??= now;
    if (!this.busy && this.tries === 0) this.tell({ state: "dirty" });
    if (!this.busy && this.tries === 0) this.later(Math.max(0, Math.min(PAUSE, this.since + LONGEST - now)));
  }

  later(wait) {
    this.timers.clear(this.timer);
    this.timer = this.timers.set(() => this.flush(), wait);
  }

  // Keeps the words on this device until they are saved.
  keep() {
    this.timers.clear(this.keeping);
    this.keeping = null;
    if (!this.dirty) return;
    try {
      const kept = { form: this.read(), base: this.base, at: this.now().toISOString() };
      this.storage.setItem(`${PREFIX}${this.section}:${this.base}`, JSON.stringify(kept));
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }

  forget() {
    this.timers.clear(this.keeping);
    this.keeping = null;
    try {
      forgetWords(this.storage, this.section);
    } catch {
      this.kept = false; // nothing was kept, so there is nothing to forget
    }
  }

  async flush() {
    this.timers.clear(this.timer);
    if (!this.dirty || this.busy || this.stopped) return;
    this.busy = true;
    this.since = null;
    const { version } = this;
    this.tell({ state: "saving" });
    const answer = await this.post();
    this.busy = false;
    this.settle(answer, version);
  }

  async post() {
    const body = JSON.stringify({ ...this.read(), base: this.base });
    try {
      const response = await this.fetch(this.url, {
        method: "POST", body, credentials: "same-origin", redirect: "manual",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf },
      });
      return { status: response.type === "opaqueredirect" ? 401 : response.status, said: await readJson(response) };
    } catch {
      return { status: 0, said: {} };
    }
  }

  settle({ status, said }, version) {
    if (status === 200 && said.seal) this.saved(said, version);
    else if (status === 409) this.conflict(said, version);
    else if (status === 0 || status >= 500 || status === 200) this.again(status === 0 ? "offline" : "down");
    else if (status === 401) this.refuse({ state: "signedOut" });
    else this.refuse({ state: "refused", message: said.message ?? "", problems: said.problems ?? [] });
  }

  saved(said, version) {
    this.tries = 0;
    this.base = said.seal;
    this.dirty = this.version !== version;
    this.forget();
    this.tell({ state: "saved", seal: said.seal, at: said.saved_at ?? this.now().toISOString(), problems: said.problems ?? [] });
    if (this.dirty) {
      this.keep();
      this.since = this.now().getTime();
      this.later(PAUSE);
    }
  }

  conflict(said, version) {
    this.stopped = true;
    this.dirty = this.version !== version; // the server keeps what was sent, not what came after
    this.forget();
    this.keep();
    this.tell({ state: "conflict", theirs: said.theirs ?? {}, url: said.conflict_url ?? "", message: said.message ?? "" });
  }

  again(why) {
    const wait = BACKOFF[Math.min(this.tries, BACKOFF.length - 1)];
    this.tries += 1;
    this.keep();
    this.tell({ state: why, kept: this.kept });
    this.later(wait);
  }

  // A refusal is not tried again by itself: the next change, or "Save now", tries once more.
  refuse(told) {
    this.tries = 0;
    this.since = null;
    this.keep();
    this.tell({ ...told, kept: this.kept });
  }

  get unsaved() {
    return this.dirty || this.busy;
  }
}

async function readJson(response) {
  try {
    const said = await response.json();
    return said !== null && typeof said === "object" ? said : {};
  } catch {
    return {};
  }
}
