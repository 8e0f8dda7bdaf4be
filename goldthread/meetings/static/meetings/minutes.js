// Taking minutes: every item on one page, saved as it is written. Words are kept on this device until the
// office has them, and two people who write at once never overwrite each other: see docs/reference/minutes.md.
(() => {
  const root = document.querySelector('[data-taking]')
  if (!root) return
  const writes = root.dataset.writes === 'yes'
  const say = root.querySelector('[data-say]').dataset
  const status = root.querySelector('[data-save-state]')
  const PAUSE = 1200
  const LONGEST = 6000
  const POLL = 8000
  const WAITS = [2, 4, 8, 15, 30, 60]

  const store = {
    name: (sheet) => `goldthread:minute:${root.dataset.user}:${root.dataset.minutes}:${sheet.pk}`,
    keep(sheet) {
      try {
        localStorage.setItem(this.name(sheet), JSON.stringify({ words: sheet.area.value, base: sheet.base.value }))
        return true
      } catch {
        return false
      }
    },
    drop(sheet) {
      try { localStorage.removeItem(this.name(sheet)) } catch { /* nothing was kept */ }
    },
    read(sheet) {
      try { return JSON.parse(localStorage.getItem(this.name(sheet))) } catch { return null }
    }
  }

  const sheets = [...root.querySelectorAll('[data-sheet]')].map((element) => {
    const form = element.querySelector('[data-paper]')
    return {
      pk: element.dataset.sheet,
      element,
      form,
      area: form.querySelector('[data-words]'),
      base: form.elements.base,
      exempt: form.querySelector('[data-exempt]'),
      wasExempt: form.elements.was_exempt,
      side: element.querySelector('[data-side]'),
      notice: form.querySelector('[data-notice]'),
      who: form.querySelector('[data-who]'),
      link: root.querySelector(`[data-goto="${element.dataset.sheet}"]`),
      dirty: false,
      saving: null,
      stopped: false,
      problem: '',
      tries: 0,
      timer: 0,
      since: 0
    }
  })
  if (!sheets.length) return
  let at = Math.max(0, sheets.findIndex((sheet) => !sheet.element.hidden))
  let savedAt = ''

  function tell() {
    if (!writes) return
    const problem = sheets.find((sheet) => sheet.problem)
    const busy = sheets.some((sheet) => sheet.saving)
    const dirty = sheets.some((sheet) => sheet.dirty)
    status.dataset.tone = problem ? 'bad' : busy || dirty ? 'busy' : 'good'
    const words = problem ? problem.problem : busy ? say.saving : dirty ? say.unsaved : savedAt ? `${say.saved} ${savedAt}` : ''
    if (words && status.textContent !== words) status.textContent = words
    for (const sheet of sheets) sheet.link.toggleAttribute('data-unsaved', sheet.dirty)
  }

  function notice(sheet, words, href, action) {
    sheet.notice.hidden = !words
    sheet.notice.replaceChildren()
    if (!words) return
    const line = document.createElement('p')
    line.append(words)
    if (href) {
      const link = document.createElement('a')
      link.href = href
      link.textContent = action
      line.append(' ', link)
    }
    sheet.notice.append(line)
  }

  function mark(sheet, state, words) {
    sheet.link.dataset.state = state
    sheet.link.querySelector('[data-mark]').textContent = words
    sheet.link.toggleAttribute('data-waiting', Boolean(sheet.side.querySelector('[data-confirm]')))
  }

  function ready(sheet) {
    for (const button of sheet.element.querySelectorAll('[data-do], [data-insert]')) button.hidden = false
  }

  function drawSide(sheet, html) {
    if (sheet.side.contains(document.activeElement) && sheet.side.querySelector(':focus:is(input, select)')) return
    sheet.side.innerHTML = html
    ready(sheet)
    window.htmx?.process(sheet.side)
  }

  function changed(sheet) {
    sheet.dirty = true
    sheet.since ||= Date.now()
    if (!store.keep(sheet)) notice(sheet, say.full)
    clearTimeout(sheet.timer)
    const wait = Math.max(0, Math.min(PAUSE, LONGEST - (Date.now() - sheet.since)))
    sheet.timer = setTimeout(() => save(sheet), wait)
    grow(sheet)
    tell()
  }

  function save(sheet, { leaving = false } = {}) {
    clearTimeout(sheet.timer)
    if (!writes || sheet.stopped || !sheet.dirty) return sheet.saving || Promise.resolve()
    if (sheet.saving) return sheet.saving.then(() => save(sheet, { leaving }))
    sheet.saving = send(sheet, leaving).finally(() => {
      sheet.saving = null
      tell()
      if (sheet.dirty && !sheet.stopped && !sheet.problem) sheet.timer = setTimeout(() => save(sheet), PAUSE)
    })
    tell()
    return sheet.saving
  }

  async function send(sheet, leaving) {
    const words = sheet.area.value
    const exempt = sheet.exempt.checked
    const body = new URLSearchParams({ words, base: sheet.base.value, was_exempt: sheet.wasExempt.value })
    if (exempt) body.set('exempt', 'on')
    let response
    try {
      response = await fetch(sheet.form.action, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json', 'X-CSRFToken': root.dataset.csrf },
        redirect: 'manual',
        keepalive: leaving && words.length < 60000
      })
    } catch {
      return again(sheet, say.offline)
    }
    if (response.type === 'opaqueredirect' || response.status === 401) return again(sheet, say.signedOut)
    if (response.status >= 500) return again(sheet, say.offline)
    let told = {}
    try { told = await response.json() } catch { return again(sheet, response.status === 403 ? say.signedOut : say.offline) }
    if (response.status === 409) return conflict(sheet, told)
    if (!response.ok) {
      sheet.problem = told.message
      return
    }
    taken(sheet, words, exempt, told)
  }

  function taken(sheet, words, exempt, told) {
    sheet.base.value = told.seal
    sheet.wasExempt.value = told.exempt ? 'on' : ''
    sheet.problem = ''
    sheet.tries = 0
    if (sheet.area.value === words && sheet.exempt.checked === exempt) {
      sheet.dirty = false
      sheet.since = 0
      store.drop(sheet)
    } else {
      sheet.since = Date.now()
      store.keep(sheet)
    }
    savedAt = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    if (told.by) sheet.who.textContent = `${say.by} ${told.by}, ${savedAt}`
    notice(sheet, '')
    drawSide(sheet, told.side)
    mark(sheet, told.state, told.state_words)
  }

  function again(sheet, words) {
    sheet.problem = words
    const wait = WAITS[Math.min(sheet.tries++, WAITS.length - 1)]
    clearTimeout(sheet.timer)
    sheet.timer = setTimeout(() => { sheet.problem = ''; save(sheet) }, wait * 1000)
  }

  function conflict(sheet, told) {
    sheet.stopped = true
    sheet.dirty = false
    sheet.problem = say.conflict
    store.drop(sheet)
    notice(sheet, `${told.by} ${say.differs}`, told.conflict_url, say.choose)
  }

  async function look() {
    if (document.hidden || !navigator.onLine) return
    try {
      const response = await fetch(root.dataset.stateUrl, { redirect: 'manual' })
      if (!response.ok) return
      const { items } = await response.json()
      for (const sheet of sheets) {
        const theirs = items[sheet.pk]
        if (theirs && theirs.seal !== sheet.base.value && !sheet.dirty && !sheet.saving && !sheet.stopped) await follow(sheet)
      }
    } catch { /* the next look will do */ }
  }

  async function follow(sheet) {
    const response = await fetch(sheet.form.dataset.wordsUrl, { redirect: 'manual' })
    if (!response.ok) return
    const told = await response.json()
    if (sheet.dirty || sheet.saving) return
    const { selectionStart, selectionEnd } = sheet.area
    sheet.area.value = told.words
    sheet.area.setSelectionRange(selectionStart, selectionEnd)
    sheet.base.value = told.seal
    sheet.exempt.checked = told.exempt
    sheet.wasExempt.value = told.exempt ? 'on' : ''
    sheet.who.textContent = `${say.by} ${told.by}`
    drawSide(sheet, told.side)
    mark(sheet, told.state, told.state_words)
    grow(sheet)
  }

  function grow(sheet) {
    if (CSS.supports('field-sizing', 'content')) return
    sheet.area.style.height = 'auto'
    sheet.area.style.height = `${sheet.area.scrollHeight + 4}px`
  }

  function insert(sheet, words) {
    const area = sheet.area
    area.focus()
    let end = area.value.indexOf('\n', area.selectionEnd)
    if (end < 0) end = area.value.length
    const start = area.value.lastIndexOf('\n', end - 1) + 1
    area.setSelectionRange(end, end)
    const line = area.value.slice(start, end).trim() ? `\n${words}` : words
    if (!document.execCommand('insertText', false, line)) {
      area.setRangeText(line, end, end, 'end')
      changed(sheet)
    }
  }

  function resolve(sheet) {
    const said = [...sheet.side.querySelectorAll('[data-insert]')].map((button) => button.dataset.insert)
    insert(sheet, `RESOLVED: ${said.find((words) => !sheet.area.value.includes(words)) || ''}`)
  }

  function go(place, { focus = true } = {}) {
    const next = sheets[place]
    if (!next || place === at) return
    save(sheets[at])
    sheets[at].element.hidden = true
    sheets[at].link.removeAttribute('aria-current')
    at = place
    next.element.hidden = false
    next.link.setAttribute('aria-current', 'true')
    next.link.scrollIntoView({ block: 'nearest', inline: 'center' })
    history.replaceState(null, '', next.link.href)
    grow(next)
    ends()
    if (focus && writes) {
      next.area.focus()
      next.area.setSelectionRange(next.area.value.length, next.area.value.length)
    } else {
      next.element.scrollIntoView({ block: 'nearest' })
    }
  }

  function ends() {
    for (const sheet of sheets) {
      const place = sheets.indexOf(sheet)
      for (const [name, last] of [['previous', 0], ['next', sheets.length - 1]]) {
        const button = sheet.form.querySelector(`[data-do="${name}"]`)
        if (button) button.disabled = place === last
      }
    }
  }

  async function confirm(sheet) {
    await save(sheet)
    const button = sheet.side.querySelector('[data-confirm]')
    if (button) button.click()
  }

  const DEEDS = {
    action: (sheet) => insert(sheet, 'ACTION: '),
    resolved: resolve,
    previous: () => go(at - 1),
    next: () => go(at + 1),
    confirm,
    people: (sheet) => sheet.side.querySelector('[data-people]')?.focus()
  }
  const KEYS = { ArrowDown: 'next', ArrowUp: 'previous', KeyA: 'action', KeyR: 'resolved', Enter: 'confirm', KeyP: 'people' }

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyS') {
      event.preventDefault()
      for (const sheet of sheets) save(sheet)
      return
    }
    const deed = event.altKey && !event.ctrlKey && !event.metaKey && KEYS[event.code]
    if (!deed || (!writes && !['next', 'previous'].includes(deed))) return
    event.preventDefault()
    DEEDS[deed](sheets[at])
  })

  root.addEventListener('click', (event) => {
    const link = event.target.closest('[data-goto]')
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      go(sheets.findIndex((sheet) => sheet.link === link), { focus: matchMedia('(pointer: fine)').matches })
    }
    const button = event.target.closest('[data-do], [data-insert], [data-went]')
    if (!button) return
    const sheet = sheets[at]
    if (button.dataset.do) DEEDS[button.dataset.do](sheet)
    if (button.dataset.insert) insert(sheet, `RESOLVED: ${button.dataset.insert}`)
    if (button.dataset.went) insert(sheet, `${button.dataset.went} left the meeting.`)
  })

  document.body.addEventListener('htmx:afterSwap', (event) => {
    const sheet = sheets.find((each) => each.side === event.detail.target)
    if (!sheet) return
    ready(sheet)
    const state = event.detail.xhr.getResponseHeader('X-State')
    if (state) mark(sheet, state, decodeURIComponent(event.detail.xhr.getResponseHeader('X-State-Words')))
    sheet.area.focus()
  })

  for (const sheet of sheets) {
    ready(sheet)
    if (!writes) continue
    sheet.form.querySelector('[data-plain]').hidden = true
    sheet.area.addEventListener('input', () => changed(sheet))
    sheet.exempt.addEventListener('change', () => changed(sheet))
    sheet.form.addEventListener('submit', (event) => { event.preventDefault(); save(sheet) })
    const kept = store.read(sheet)
    if (!kept) continue
    if (kept.words === sheet.area.value) { store.drop(sheet); continue }
    sheet.area.value = kept.words
    sheet.base.value = kept.base
    sheet.dirty = true
    notice(sheet, say.back)
    save(sheet)
  }
  ends()
  grow(sheets[at])
  sheets[at].link.scrollIntoView({ block: 'nearest', inline: 'center' })
  if (!writes) return
  if (matchMedia('(pointer: fine)').matches) sheets[at].area.focus()

  addEventListener('online', () => { for (const sheet of sheets) { sheet.problem = ''; sheet.tries = 0; save(sheet) } look() })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) for (const sheet of sheets) save(sheet, { leaving: true })
    else look()
  })
  addEventListener('pagehide', () => { for (const sheet of sheets) save(sheet, { leaving: true }) })
  addEventListener('beforeunload', (event) => { if (sheets.some((sheet) => sheet.dirty)) event.preventDefault() })
  setInterval(look, POLL)
})()
