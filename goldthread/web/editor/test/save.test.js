import assert from "node:assert/strict";
import { test } from "node:test";
import { keptWords, Saver } from "../src/save.js";

class Store {
  constructor() { this.map = new Map(); }
  get length() { return this.map.size; }
  key(i) { return [...this.map.keys()][i]; }
  getItem(name) { return this.map.get(name) ?? null; }
  setItem(name, value) { this.map.set(name, value); }
  removeItem(name) { this.map.delete(name); }
}

// A clock that moves only when told to, and a server that answers from a list.
function rig(...answers) {
  const due = new Map();
  let ids = 0;
  const the = { time: Date.UTC(2014, 9, 2, 13, 2), posts: [], told: [], text: "a", storage: new Store() };
  const timers = { set: (run, wait) => { ids += 1; due.set(ids, { run, at: the.time + wait }); return ids; }, clear: (id) => due.delete(id) };
  the.saver = new Saver({
    url: "/save", csrf: "token", base: "s0", section: "k", timers, storage: the.storage, now: () => new Date(the.time),
    read: () => ({ title: "T", numbered: true, content: [the.text] }), tell: (told) => the.told.push(told),
    fetch: async (url, options) => {
      the.posts.push({ url, headers: options.headers, body: JSON.parse(options.body) });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      if (typeof answer === "function") return answer(the);
      return { status: answer[0], json: async () => answer[1] };
    },
  });
  the.pass = async (ms) => {
    const end = the.time + ms;
    for (;;) {
      const next = [...due.entries()].filter(([, one]) => one.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!next) break;
      the.time = Math.max(the.time, next[1].at);
      due.delete(next[0]);
      await next[1].run();
    }
    the.time = end;
  };
  the.write = (text) => { the.text = text; the.saver.changed(); };
  the.states = () => the.told.map((told) => told.state);
  return the;
}

const ok = (seal) => [200, { seal, saved_at: "2014-10-02T13:02:00Z", problems: [] }];

test("saves once, after a pause, against the base seal, and moves the base on", async () => {
  const the = rig(ok("s1"), ok("s2"));
  the.write("b");
  await the.pass(1000);
  the.write("bc");
  await the.pass(1400);
  assert.equal(the.posts.length, 0);
  await the.pass(200);
  assert.deepEqual(the.posts[0].body, { title: "T", numbered: true, content: ["bc"], base: "s0" });
  assert.equal(the.posts[0].headers["X-CSRFToken"], "token");
  the.write("bcd");
  await the.pass(2000);
  assert.equal(the.posts[1].body.base, "s1");
  assert.equal(the.storage.length, 0);
  assert.equal(the.saver.unsaved, false);
});

test("saves at least every fifteen seconds of unbroken writing", async () => {
  const the = rig(ok("s1"), ok("s2"));
  for (let i = 0; i < 20; i += 1) {
    the.write(`b${i}`);
    await the.pass(1000);
  }
  assert.equal(the.posts.length, 1);
});

test("what is written during a save is saved next", async () => {
  const the = rig((one) => { one.write("later"); return { status: 200, json: async () => ({ seal: "s1" }) }; }, ok("s2"));
  the.write("b");
  await the.pass(1600);
  assert.equal(the.saver.unsaved, true);
  await the.pass(1600);
  assert.deepEqual(the.posts.map((post) => [post.body.base, post.body.content[0]]), [["s0", "b"], ["s1", "later"]]);
  assert.equal(the.saver.unsaved, false);
});

test("keeps the words on the device and tries again, more and more slowly", async () => {
  const the = rig(new TypeError("no"), new TypeError("no"), ok("s1"));
  the.write("b");
  await the.pass(1600);
  assert.equal(the.states().at(-1), "offline");
  assert.deepEqual(keptWords(the.storage, "k").form.content, ["b"]);
  assert.equal(keptWords(the.storage, "k").base, "s0");
  await the.pass(2000);
  assert.equal(the.posts.length, 2);
  await the.pass(3800);
  assert.equal(the.posts.length, 2);
  await the.pass(200);
  assert.equal(the.states().at(-1), "saved");
  assert.equal(the.storage.length, 0);
});

test("a conflict stops saving; later words stay on the device", async () => {
  const the = rig([409, { theirs: { by: "K Frost", seal: "x" }, conflict_url: "/conflict/1" }]);
  the.write("b");
  await the.pass(1600);
  assert.deepEqual([the.told.at(-1).state, the.told.at(-1).url], ["conflict", "/conflict/1"]);
  assert.equal(the.saver.unsaved, false);
  the.write("c");
  await the.pass(60000);
  assert.equal(the.posts.length, 1);
  assert.equal(the.saver.unsaved, true);
  assert.deepEqual(keptWords(the.storage, "k").form.content, ["c"]);
});

test("a refusal is shown in the server's words and tried again on the next change", async () => {
  const the = rig([403, { message: "You no longer hold this office." }], ok("s1"));
  the.write("b");
  await the.pass(60000);
  assert.equal(the.told.at(-1).message, "You no longer hold this office.");
  assert.equal(the.posts.length, 1);
  the.write("c");
  await the.pass(1600);
  assert.equal(the.states().at(-1), "saved");
});

test("a sign-in page in place of an answer is a sign-out; a broken server is tried again", async () => {
  const the = rig(async () => ({ type: "opaqueredirect", status: 0, json: async () => { throw new Error("none"); } }), [502, {}], ok("s1"));
  the.write("b");
  await the.pass(1600);
  assert.equal(the.states().at(-1), "signedOut");
  await the.saver.flush();
  assert.equal(the.states().at(-1), "down");
  await the.pass(2100);
  assert.equal(the.states().at(-1), "saved");
});

test("no room on the device is said, not thrown", async () => {
  const the = rig(new TypeError("no"));
  the.storage.setItem = () => { throw new Error("QuotaExceededError"); };
  the.write("b");
  await the.pass(1600);
  assert.equal(the.told.at(-1).kept, false);
});
