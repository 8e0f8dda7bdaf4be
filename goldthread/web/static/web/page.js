// Small conveniences; every page works without them.
(() => {
  const room = document.querySelector('.rail__rooms a[aria-current]')
  const rooms = room && room.closest('.rail__rooms')
  if (rooms && rooms.scrollWidth > rooms.clientWidth) rooms.scrollLeft = room.offsetLeft - 16
})()

// What this device keeps for its reader goes when another person signs in, and when they sign out.
;(() => {
  if (!('serviceWorker' in navigator)) return
  const { person } = document.body.dataset
  const out = document.querySelector('form[action$="/sign-out/"]')
  const ask = async (message) => {
    const all = await navigator.serviceWorker.getRegistrations()
    const worker = all.map((each) => each.active).find(Boolean)
    if (!worker) return {}
    return new Promise((resolve) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = (event) => resolve(event.data)
      setTimeout(() => resolve({}), 4000)
      worker.postMessage({ person, ...message }, [channel.port2])
    })
  }
  // Sends what waits, then clears; false where something could not be sent and its writer stays.
  const leave = async () => {
    const token = new FormData(out).get('csrfmiddlewaretoken')
    const { waiting } = await ask({ act: 'leave', token })
    if (waiting && out.dataset.waiting && !window.confirm(out.dataset.waiting)) return false
    if (waiting) await ask({ act: 'leave', token, certain: true })
    for (const name of await caches.keys()) await caches.delete(name)
    for (const { name } of await (indexedDB.databases?.() ?? [])) indexedDB.deleteDatabase(name)
    return true
  }
  if (person) ask({ act: 'only' })
  out?.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (await leave().catch(() => true)) out.submit()
  })
})()
