// A reader's own notes beside the words of a pack: written anywhere, found again by the block they stand beside.
(() => {
  const main = document.querySelector('.pack__main')
  if (!main || !window.indexedDB) return
  const { person, sync } = main.dataset
  const BLOCKS = ':is(p, ul, ol, table, figure, blockquote, div.block)[id]'
  const shown = document.getElementById('pack-note-shown')
  const blank = document.getElementById('pack-note-form')
  const lost = document.getElementById('pack-note-lost')
  const add = document.getElementById('pack-note-add')
  const say = (name) => document.querySelector('#pack-words').content.querySelector(`[data-for="${name}"]`).textContent
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) ?? [])[1] ?? ''
  const flat = (words) => words.replace(/\s+/g, ' ').trim()
  let chosen = null
  let timer = 0

  const places = () => [...main.querySelectorAll('[data-place]')]
  const placeOf = (element) => element.closest('[data-place]')
  const framed = (block) => block.closest('.table-frame') ?? block

  // Every block by "place block": where a note finds the words it stands beside.
  const blocks = () => {
    const found = new Map()
    for (const place of places()) {
      const { prefix } = place.dataset
      for (const block of place.querySelectorAll(BLOCKS)) {
        const inside = block.parentElement.closest(BLOCKS)
        if (inside && place.contains(inside)) continue
        const key = block.id.startsWith(prefix) ? block.id.slice(prefix.length) : block.id
        found.set(`${place.dataset.place} ${key}`, block)
      }
    }
    return found
  }
  const byKey = blocks()
  const keyOf = new Map([...byKey].map(([key, block]) => [block, key.slice(key.indexOf(' ') + 1)]))

  const wordsOf = (block) => {
    const copy = block.cloneNode(true)
    copy.querySelectorAll('.num, .govuk-visually-hidden').forEach((part) => part.remove())
    return flat(copy.textContent).slice(0, 600)
  }

  const stateOf = (note) => say(note.refused ? 'refused' : note.unsent ? 'here' : 'sent')

  const drawn = (note, block) => {
    const aside = shown.content.firstElementChild.cloneNode(true)
    aside.dataset.uid = note.uid
    aside.querySelector('.pnote__words').textContent = note.words
    aside.querySelector('.pnote__state').textContent = stateOf(note)
    const moved = note.quoted && (!block || wordsOf(block) !== note.quoted)
    const quoted = aside.querySelector('.pnote__quoted')
    quoted.hidden = !moved
    quoted.textContent = moved ? `${block ? `${say('beside')} ` : ''}“${note.quoted}”` : ''
    aside.querySelector('.pnote__edit').addEventListener('click', () => write(note, aside))
    return aside
  }

  // A note whose words are gone stands at the end of its item; one whose item is gone, at the end of all.
  const lostIn = (note) => {
    const place = places().find((each) => each.dataset.place === note.place)
    const end = place ?? main
    let box = [...end.children].find((each) => each.matches('.pnotes-lost'))
    if (!box) {
      box = lost.content.firstElementChild.cloneNode(true)
      end.append(box)
    }
    return box
  }

  const stand = (note) => {
    const block = byKey.get(`${note.place} ${note.block}`)
    const place = places().find((each) => each.dataset.place === note.place)
    const aside = drawn(note, note.block ? block : place)
    if (!note.block) aside.querySelector('.pnote__quoted').hidden = true
    if (block) {
      let after = framed(block)
      while (after.nextElementSibling?.matches('.pnote')) after = after.nextElementSibling
      after.after(aside)
    } else if (place && !note.block) {
      const head = place.querySelector('.ppaper__head')
      if (head) head.append(aside)
      else place.append(aside)
    } else {
      lostIn(note).append(aside)
    }
  }

  const draw = async () => {
    if (main.querySelector('.pnote--form')) return
    const notes = await packStore.of(person, sync)
    main.querySelectorAll('.pnote, .pnotes-lost').forEach((each) => each.remove())
    notes.sort((a, b) => (a.made_at ?? a.changed_at).localeCompare(b.made_at ?? b.changed_at)).forEach(stand)
    const count = document.getElementById('pack-note-count')
    if (count) count.textContent = notes.length ? `(${notes.length})` : ''
  }

  const send = async () => {
    try {
      await packStore.send(person, sync, token())
    } catch { /* they stay on the device until there is a connection */ }
    await draw()
  }

  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(send, 1200)
  }

  // Every letter is on the device at once; the office is told when the writer is done, or pauses.
  const write = (note, aside) => {
    const form = blank.content.firstElementChild.cloneNode(true)
    const box = form.querySelector('textarea')
    box.value = note.words
    aside.replaceWith(form)
    let last = Promise.resolve()
    const keep = () => {
      const words = box.value.trim()
      if (!words || words === note.words) return last
      note = { ...note, words, changed_at: new Date().toISOString(), unsent: true, refused: false }
      last = packStore.put(note)
      last.then(() => { form.querySelector('.pnote__state').textContent = say('here') })
      return last
    }
    const close = async () => {
      await keep()
      form.remove()
      await draw()
      await send()
    }
    box.addEventListener('input', keep)
    form.addEventListener('submit', (event) => { event.preventDefault(); close() })
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
        event.preventDefault()
        event.stopPropagation()
        close()
      }
    })
    form.querySelector('.pnote__drop').addEventListener('click', async () => {
      if (box.value.trim() && !window.confirm(say('remove'))) return
      if (note.base) await packStore.put({ ...note, dropped: true, unsent: true })
      else await packStore.forget(note.uid)
      form.remove()
      await draw()
      await send()
    })
    box.focus()
    box.selectionStart = box.value.length
  }

  const begin = (block) => {
    const place = placeOf(block)
    if (!place) return
    add.hidden = true
    const holder = document.createElement('aside')
    const whole = place === block
    if (whole) (place.querySelector('.ppaper__head') ?? place).append(holder)
    else framed(block).after(holder)
    write({
      uid: crypto.randomUUID(),
      person,
      sync,
      place: place.dataset.place,
      block: whole ? '' : keyOf.get(block),
      quoted: whole ? '' : wordsOf(block),
      words: ''
    }, holder)
  }

  const choose = (block) => {
    chosen?.classList.remove('is-chosen')
    chosen = block
    add.hidden = !block
    if (!block) return
    framed(block).classList.add('is-chosen')
    chosen = framed(block)
    add.block = block
    const box = chosen.getBoundingClientRect()
    add.style.setProperty('top', `${window.scrollY + box.bottom + 4}px`)
    add.style.setProperty('left', `${window.scrollX + Math.max(12, Math.min(box.right - 130, window.innerWidth - 150))}px`)
  }

  const blockAt = (target) => {
    let block = target.closest?.(BLOCKS)
    while (block && !keyOf.has(block)) block = block.parentElement?.closest(BLOCKS)
    return block ?? (target.closest?.('.table-frame')?.querySelector(BLOCKS) || target.closest?.('.pplace') || null)
  }

  main.addEventListener('click', (event) => {
    if (event.target.closest('a, button, summary, textarea, .pnote')) return
    if (String(window.getSelection())) return
    const block = blockAt(event.target)
    choose(block && framed(block) === chosen ? null : block)
  })
  add.addEventListener('click', () => { const block = add.block; choose(null); begin(block) })
  for (const paper of main.querySelectorAll('.ppaper')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'ppaper__note'
    button.textContent = add.textContent
    button.addEventListener('click', () => begin(paper))
    paper.querySelector('.ppaper__facts').append(button)
  }
  for (const place of main.querySelectorAll('.pplace')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'ppaper__note'
    button.textContent = add.textContent
    button.addEventListener('click', () => begin(place))
    place.append(button)
  }

  // The key n: beside the chosen words, else beside the first that are on the screen.
  const here = () => chosen ? add.block : [...byKey.values()].find((block) => {
    const box = block.getBoundingClientRect()
    return box.bottom > 90 && box.height > 0
  })
  window.addEventListener('pack:note', () => { const block = here(); choose(null); if (block) begin(block) })
  window.addEventListener('pack:choose-nothing', () => choose(null))
  window.addEventListener('online', send)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) soon() })
  packStore.others(person).then(draw).then(send)
})()
