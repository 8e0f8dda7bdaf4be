// Alt with an arrow moves the item in which the focus is; the page's own buttons do the work.
(() => {
  const ways = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' }
  document.addEventListener('keydown', (event) => {
    const item = event.altKey && ways[event.key] && event.target.closest('.agenda__item')
    if (!item) return
    const button = item.querySelector(`[id^="${ways[event.key]}-"]`)
    if (!button) return
    event.preventDefault()
    button.focus()
    if (button.getAttribute('aria-disabled') !== 'true') button.click()
  })
  document.addEventListener('click', (event) => {
    const button = event.target.closest('.agenda__move[aria-disabled="true"]')
    if (button) event.preventDefault()
  })
})()
