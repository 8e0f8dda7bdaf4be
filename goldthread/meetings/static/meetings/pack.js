// Reading a pack: where the reader is, the keys, the size of the words, and the copy on this device.
(() => {
  const main = document.querySelector('.pack__main')
  if (!main) return
  const { meeting, issue, person, address } = main.dataset
  const name = (what) => `goldthread-pack ${person} ${meeting} ${what}`
  const remember = (what, value) => { try { localStorage.setItem(name(what), value) } catch { /* it is a convenience */ } }
  const recall = (what) => { try { return localStorage.getItem(name(what)) } catch { return null } }
  const items = [...main.querySelectorAll('[data-item]')]
  const contents = document.getElementById('pack-contents')
  const opener = document.getElementById('pack-contents-open')
  const heading = document.getElementById('pack-here')
  const TOP = 76

  const current = () => {
    let found = -1
    items.forEach((item, at) => { if (item.getBoundingClientRect().top <= TOP + 30) found = at })
    return found
  }

  const mark = () => {
    const item = items[current()]
    heading.textContent = item ? item.dataset.name : ''
    for (const link of contents.querySelectorAll('a[data-to]')) {
      if (item && link.dataset.to === item.id) link.setAttribute('aria-current', 'location')
      else link.removeAttribute('aria-current')
    }
  }

  const go = (step) => {
    const to = current() + step
    window.dispatchEvent(new Event('pack:choose-nothing'))
    if (to < 0) { window.scrollTo({ top: 0 }); return }
    const item = items[Math.min(to, items.length - 1)]
    item.scrollIntoView({ block: 'start' })
    item.querySelector('h2').focus({ preventScroll: true })
  }

  const drawer = (open) => {
    contents.classList.toggle('is-open', open)
    opener.setAttribute('aria-expanded', String(open))
    if (open) (contents.querySelector('[aria-current]') ?? contents.querySelector('a')).focus()
    else if (contents.contains(document.activeElement)) opener.focus()
  }

  // The place is the block at the top of the screen, so that it holds whatever the size of the words.
  const keepPlace = () => {
    const blocks = main.querySelectorAll('[data-item], .ppaper [id]')
    let last = null
    for (const block of blocks) {
      if (block.getBoundingClientRect().top > TOP + 10) break
      if (block.getClientRects().length) last = block
    }
    if (last) remember('place', JSON.stringify([last.id, Math.round(last.getBoundingClientRect().top)]))
    else remember('place', '')
  }

  const opened = (target) => {
    const closed = target?.closest('details:not([open])')
    if (closed) { closed.open = true; target.scrollIntoView() }
  }

  const findPlace = () => {
    if (location.hash) { opened(document.getElementById(decodeURIComponent(location.hash.slice(1)))); return }
    const kept = recall('place')
    if (!kept) return
    const [id, top] = JSON.parse(kept)
    const block = document.getElementById(id)
    if (!block) return
    opened(block)
    window.scrollBy(0, block.getBoundingClientRect().top - top)
  }

  const SIZES = ['', 'pack--large', 'pack--larger']
  const size = (at) => {
    document.body.classList.remove(...SIZES.filter(Boolean))
    if (SIZES[at]) document.body.classList.add(SIZES[at])
    remember('size', String(at))
  }

  let waiting = 0
  window.addEventListener('scroll', () => {
    if (waiting) return
    waiting = setTimeout(() => { waiting = 0; mark(); keepPlace() }, 120)
  }, { passive: true })
  window.addEventListener('hashchange', () => opened(document.getElementById(decodeURIComponent(location.hash.slice(1)))))
  document.getElementById('pack-on').addEventListener('click', () => go(1))
  document.getElementById('pack-back').addEventListener('click', () => go(-1))
  document.getElementById('pack-size').addEventListener('click', () => size((Number(recall('size')) + 1) % SIZES.length))
  opener.addEventListener('click', () => drawer(!contents.classList.contains('is-open')))
  document.getElementById('pack-contents-close').addEventListener('click', () => drawer(false))
  contents.addEventListener('click', (event) => { if (event.target.closest('a')) drawer(false) })

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest('input, textarea, select')) return
    const across = event.target.closest('.table-frame, summary')
    const acts = {
      j: () => go(1),
      k: () => go(-1),
      ArrowRight: () => across || go(1),
      ArrowLeft: () => across || go(-1),
      n: () => window.dispatchEvent(new Event('pack:note')),
      c: () => { if (getComputedStyle(opener).display === 'none') contents.querySelector('a').focus(); else drawer(true) },
      Escape: () => { drawer(false); window.dispatchEvent(new Event('pack:choose-nothing')) }
    }
    const act = acts[event.key]
    if (!act) return
    if (event.key.length === 1) event.preventDefault()
    act()
  })

  size(Number(recall('size')) || 0)
  findPlace()
  mark()

  // The copy on this device.
  const box = document.getElementById('pack-offline')
  const words = document.getElementById('pack-offline-words')
  const remove = document.getElementById('pack-remove')
  const save = document.getElementById('pack-save')
  const say = (which) => {
    words.textContent = document.querySelector('#pack-words').content.querySelector(`[data-for="${which}"]`).textContent
    box.dataset.state = which
    remove.hidden = !['saved', 'offline', 'partly'].includes(which)
    save.hidden = which !== 'removed'
  }

  const ask = (worker, message) => new Promise((resolve) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = (event) => resolve(event.data)
    worker.postMessage(message, [channel.port2])
  })

  // Every font that the sheets name, whether or not it has arrived yet.
  const fonts = () => [...document.styleSheets].filter((sheet) => sheet.href).flatMap((sheet) => (
    [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule).flatMap((rule) => (
      [...rule.style.getPropertyValue('src').matchAll(/url\("?([^")]+)"?\)/g)].map(([, url]) => new URL(url, sheet.href).href)
    ))
  ))

  const needed = () => {
    const found = [address]
    const add = (url) => {
      const whole = new URL(url, location.href)
      whole.hash = ''
      if (whole.origin === location.origin && !found.includes(whole.href)) found.push(whole.href)
    }
    document.querySelectorAll('link[rel~="stylesheet"], link[rel~="icon"], a[data-keep]').forEach((link) => add(link.href))
    document.querySelectorAll('script[src], .pack__main img[src]').forEach((part) => add(part.src))
    fonts().forEach(add)
    return found
  }

  const keep = async (worker) => {
    say('saving')
    const answer = await ask(worker, { act: 'keep', person, meeting, issue, urls: needed() })
    if (!navigator.onLine) say('offline')
    else say(answer.fault ? 'cannot' : answer.missed ? 'partly' : 'saved')
  }

  const begin = async () => {
    if (!('serviceWorker' in navigator)) { say('cannot'); return }
    const registered = await navigator.serviceWorker.register(main.dataset.worker).catch(() => navigator.serviceWorker.getRegistration())
    if (!registered) { say('cannot'); return }
    const { active } = await navigator.serviceWorker.ready
    remove.addEventListener('click', async () => {
      remember('kept', 'no')
      await ask(active, { act: 'remove', person, meeting })
      say('removed')
    })
    save.addEventListener('click', () => { remember('kept', ''); keep(active) })
    const state = async () => (await ask(active, { act: 'holds', person, meeting, issue })).held
    window.addEventListener('offline', async () => { if (await state()) say('offline') })
    window.addEventListener('online', () => { if (recall('kept') !== 'no') keep(active) })
    if (recall('kept') === 'no') say('removed')
    else if (navigator.onLine) await keep(active)
    else say('offline')
  }

  if ('offline' in main.dataset) begin()
  else box.remove()
})()
