// Keeps the packs that somebody opened on their device, and answers with them where there is no connection.
// Served with pack-store.js before it, at an address above every pack.
const PREFIX = 'goldthread-pack:'
const READER = 'X-Goldthread-Reader'
const PATIENCE = 5000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

const packs = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX))

// A cache is named goldthread-pack:<person>:<meeting>:<issue>; whatever is another person's goes.
const onlyFor = async (person) => {
  for (const name of await packs()) if (name.split(':')[1] !== person) await caches.delete(name)
  await packStore.others(person)
}

const drop = async (begins) => {
  for (const name of await packs()) if (name.startsWith(begins)) await caches.delete(name)
}

const keep = async ({ person, meeting, issue, urls }) => {
  await onlyFor(person)
  const name = `${PREFIX}${person}:${meeting}:${issue}`
  const cache = await caches.open(name)
  let missed = 0
  for (const url of urls) {
    try {
      const response = await fetch(url, { credentials: 'same-origin', redirect: 'error', cache: 'no-cache' })
      const reader = response.headers.get(READER)
      if (!response.ok || (reader && reader !== person)) throw new Error('not for this reader')
      await cache.put(url, response)
    } catch {
      if (!(await cache.match(url))) missed += 1
    }
  }
  for (const other of await packs()) {
    if (other.startsWith(`${PREFIX}${person}:${meeting}:`) && other !== name) await caches.delete(other)
  }
  return { missed }
}

// One issue is kept after another: two at once would each take the other for an old one.
let turn = Promise.resolve()
const keepInTurn = (asked) => {
  const kept = turn.then(() => keep(asked))
  turn = kept.catch(() => {})
  return kept
}

const leave = async ({ person, token, certain }) => {
  const waiting = await packStore.sendAll(person, token).catch(() => 0)
  if (waiting && !certain) return { waiting }
  await drop(PREFIX)
  await packStore.clear()
  return { waiting: 0 }
}

const acts = {
  keep: keepInTurn,
  leave,
  only: async ({ person }) => onlyFor(person),
  remove: async ({ person, meeting }) => drop(`${PREFIX}${person}:${meeting}:`),
  holds: async ({ person, meeting, issue }) => ({ held: await caches.has(`${PREFIX}${person}:${meeting}:${issue}`) })
}

self.addEventListener('message', (event) => {
  const act = acts[event.data.act]
  if (!act) return
  event.waitUntil(act(event.data).then(
    (answer) => event.ports[0]?.postMessage(answer ?? {}),
    (fault) => event.ports[0]?.postMessage({ fault: String(fault) })
  ))
})

const kept = async (request) => {
  for (const name of await packs()) {
    const found = await (await caches.open(name)).match(request, { ignoreSearch: true, ignoreVary: true })
    if (found) return found
  }
}

const late = (after) => new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), after))

const plain = (words) => new Response(
  `<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>No connection</title><h1>No connection</h1><p>${words}</p></html>`,
  { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } }
)

// The office answers wherever it can be reached; the copy stands in where it cannot.
const answer = async (request) => {
  const copy = await kept(request)
  try {
    const asked = fetch(request)
    const response = await (copy ? Promise.race([asked, late(PATIENCE)]) : asked)
    if (copy && (response.status === 403 || response.status === 404)) await shut(request)
    const reader = response.headers.get(READER)
    if (reader) await onlyFor(reader)
    return response
  } catch {
    if (copy) return copy
    if (request.mode !== 'navigate') return Response.error()
    return plain('This page is not on this device. A pack that you opened before can be read: go back to it.')
  }
}

// What its reader may no longer open is not kept any longer either.
const shut = async (request) => {
  for (const name of await packs()) {
    if (await (await caches.open(name)).match(request, { ignoreSearch: true })) await caches.delete(name)
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) {
    event.respondWith(answer(request))
  }
})
