// main.js - builds the parts and wires them.
import { io } from 'socket.io-client'
import { apiElementDetails } from './actions/api-element-details.js'
import { apiElementsSearch } from './actions/api-elements-search.js'
import { apiLoad } from './actions/api-load.js'
import { apiSearch } from './actions/api-search.js'
import { onCatalogueUpdated } from './actions/catalogue-updated.js'
import { focusSearch } from './components/search-box/search-box.js'
import { Connection } from './framework/connection.js'
import { Controller } from './framework/controller.js'
import { loadHighlighter } from './model/highlight.js'
import { Library } from './model/library.js'
import { Recents } from './model/recents.js'
import { loadSanitizer } from './model/sanitize.js'
import { ApiPage } from './pages/api/api-page.js'
import { HomePage } from './pages/home/home-page.js'
import { NotFoundPage } from './pages/not-found/not-found-page.js'

const socket = io({
  transports: ['websocket', 'polling'], // one round trip where WebSocket works; polling where it does not
  tryAllTransports: true,
  reconnectionDelay: 250,
  reconnectionDelayMax: 8000,
})
const connection = new Connection(socket)
const actions = {
  apiSearch: apiSearch(connection),
  apiLoad: apiLoad(connection),
  apiElementsSearch: apiElementsSearch(connection),
  apiElementDetails: apiElementDetails(connection),
}
const library = new Library(actions)
const controller = new Controller({
  window,
  routes: [{ path: '/', page: HomePage }, { path: '/api/*', page: ApiPage }],
  missing: NotFoundPage,
  context: { root: document.getElementById('app'), connection, actions, library, recents: new Recents(() => localStorage) },
})

connection.watch((isOnline) => {
  controller.page.set({})
  if (isOnline) controller.page.reconnected?.()
})
onCatalogueUpdated(connection, () => {
  library.clear()
  controller.page.reload?.()
})
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches?.('input:not([type=radio]), textarea')
  const isSearchKey = (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) ||
    (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey))
  if (isSearchKey) focusSearch(document, true)
  if (isSearchKey || controller.page.onKey?.(event)) event.preventDefault()
})

controller.start()

// After the first paint: what makes texts and code prettier.
requestAnimationFrame(() => setTimeout(async () => {
  await Promise.all([loadSanitizer(), loadHighlighter()])
  controller.page.set({})
}))
