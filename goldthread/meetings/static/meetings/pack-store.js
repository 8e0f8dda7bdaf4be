// A reader's notes on this device: kept at once, sent when there is a connection. Used by the page and by its worker.
const packStore = (() => {
  const NAME = 'goldthread-notes'
  let opened = null

  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => request.result.createObjectStore('notes', { keyPath: 'uid' })
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opened = null }
        resolve(request.result)
      }
      request.onerror = () => { opened = null; reject(request.error) }
    })
    return opened
  }

  const run = async (mode, act) => {
    const database = await open()
    return done(act(database.transaction('notes', mode).objectStore('notes')))
  }

  const all = () => run('readonly', (notes) => notes.getAll())
  const put = (note) => run('readwrite', (notes) => notes.put(note))
  const forget = (uid) => run('readwrite', (notes) => notes.delete(uid))

  // A row: {uid, person, sync, place, block, quoted, words, changed_at, base, unsent, dropped, refused}.
  const of = async (person, sync) =>
    (await all()).filter((note) => note.person === person && note.sync === sync && !note.dropped)

  const waiting = async (person) => (await all()).filter((note) => note.person === person && note.unsent)

  const words = (note) => ({
    uid: note.uid,
    place: note.place,
    block: note.block,
    quoted: note.quoted,
    words: note.words,
    changed_at: note.changed_at,
    base: note.base,
    dropped: Boolean(note.dropped)
  })

  // What the office has becomes what is here, except where something was written here since it was sent.
  const settle = async (person, sync, sent, answer) => {
    const theirs = new Map(answer.notes.map((note) => [note.uid, note]))
    for (const mine of (await all()).filter((note) => note.person === person && note.sync === sync)) {
      const known = theirs.get(mine.uid)
      theirs.delete(mine.uid)
      const asSent = sent.get(mine.uid)
      if (mine.unsent && asSent !== mine.changed_at) {
        if (known) await put({ ...mine, base: known.changed_at })
      } else if (answer.refused.includes(mine.uid)) {
        await put({ ...mine, unsent: false, refused: true })
      } else if (known) {
        await put({ ...mine, ...known, base: known.changed_at, unsent: false, dropped: false, refused: false })
      } else if (!mine.refused) {
        await forget(mine.uid)
      }
    }
    for (const note of theirs.values()) await put({ ...note, person, sync, base: note.changed_at, unsent: false })
  }

  const send = async (person, sync, token) => {
    const mine = (await waiting(person)).filter((note) => note.sync === sync)
    const response = await fetch(sync, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({ notes: mine.map(words) })
    })
    if (!response.ok) throw new Error(`The notes were not taken in: ${response.status}`)
    await settle(person, sync, new Map(mine.map((note) => [note.uid, note.changed_at])), await response.json())
  }

  // Everything that waits, of every meeting; says how many notes still wait afterwards.
  const sendAll = async (person, token) => {
    for (const sync of new Set((await waiting(person)).map((note) => note.sync))) {
      try {
        await send(person, sync, token)
      } catch { /* it is counted below */ }
    }
    return (await waiting(person)).length
  }

  const clear = async () => {
    const database = await open()
    await done(database.transaction('notes', 'readwrite').objectStore('notes').clear())
  }

  const others = async (person) => {
    for (const note of await all()) if (note.person !== person) await forget(note.uid)
  }

  return { of, put, forget, send, sendAll, clear, others }
})()
