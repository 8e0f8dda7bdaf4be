// Small conveniences; every page works without them.
(() => {
  const room = document.querySelector('.rail__rooms a[aria-current]')
  const rooms = room && room.closest('.rail__rooms')
  if (rooms && rooms.scrollWidth > rooms.clientWidth) rooms.scrollLeft = room.offsetLeft - 16
})()
